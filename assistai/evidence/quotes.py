"""Is the quote there? The one check behind every "verified"."""

from __future__ import annotations


def is_verbatim(quote: str, source: str) -> bool:
    """Tell whether `quote` is a non-blank exact substring of `source`, character by character."""
    return bool(quote.strip()) and quote in source
