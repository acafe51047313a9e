"""Meetings: transcripts in, minutes with checked evidence out."""
