"""Is the quote there? The one check behind every "verified", and the repair of a quote that is nearly there."""

from __future__ import annotations

import re
from functools import lru_cache

from assistai.language.words import fold

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_SHORTEST = 2
"""Words that a quote must have to be repaired: a single word is found nearly everywhere."""


def is_verbatim(quote: str, source: str) -> bool:
    """Tell whether `quote` is a non-blank exact substring of `source`, character by character."""
    return bool(quote.strip()) and quote in source


def find_quote(quote: str, source: str) -> tuple[int, int] | None:
    """Return the one span of `source` that says the same words as `quote`, or None where there is none or several.

    Case, accents, spacing, apostrophes, dashes and punctuation may differ; words and figures may not. An exact
    substring is returned as it stands, at its first place.
    """
    if is_verbatim(quote, source):
        start = source.index(quote)
        return start, start + len(quote)
    wanted = _words(quote)
    if len(wanted) < _SHORTEST:
        return None
    here = _words(source)
    words, first = [word for word, _, _ in wanted], wanted[0][0]
    places = [
        at
        for at, (word, _, _) in enumerate(here)
        if word == first and [one for one, _, _ in here[at : at + len(words)]] == words
    ]
    if len(places) != 1:
        return None
    start, end = here[places[0]][1], here[places[0] + len(words) - 1][2]
    return start, end + len(source[end:]) - len(source[end:].lstrip(".?!…")) if quote.rstrip()[-1:] in ".?!…" else end


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span widened to whole words, so that no quote begins or ends inside one."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def word_count(text: str) -> int:
    """Return how many words and figures a text has, as `find_quote` compares them."""
    return len(_words(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple((fold(match.group()), *match.span()) for match in _WORD.finditer(text))
