"""Pieces of screens: each reads its widgets and renders one thing."""
