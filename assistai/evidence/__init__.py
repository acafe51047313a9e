"""Checks that every service shares: is the quote there, does the claim hold. Pure functions."""
