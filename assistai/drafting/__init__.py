"""Drafts that an assistant would sign: composed from a brief, checked against it, in the house style."""
