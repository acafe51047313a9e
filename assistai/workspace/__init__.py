"""Saved work: meetings under review, in SQL."""
