"""Quality and speed beside named peers; one command each."""
