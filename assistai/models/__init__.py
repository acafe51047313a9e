"""Models behind small Protocols: what the services ask of one, and one file a vendor."""
