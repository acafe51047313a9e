"""Bytes from outside: which encoding a text is in, and ZIP packages opened within limits."""
