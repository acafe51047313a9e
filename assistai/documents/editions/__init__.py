"""Editions: which document of a collection another one replaces, by its name or by what it says of itself."""
