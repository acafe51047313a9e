"""Documents: read, cut into passages, indexed, searched, answered from."""
