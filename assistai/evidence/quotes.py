"""Is the quote there? The one check behind every "verified", and the repair of a quote that is nearly there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistai.language.words import fold, is_stop_word

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_SHORTEST = 2
"""Words that a quote must have to be repaired: a single word is found nearly everywhere."""

_CORE = 5
_MOST_DROPPED = 3


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
    words = [word for word, _, _ in _words(quote)]
    if len(words) < _SHORTEST or (span := _only_place(words, source)) is None:
        return None
    start, end = span
    return start, end + len(source[end:]) - len(source[end:].lstrip(".?!…")) if quote.rstrip()[-1:] in ".?!…" else end


def find_core(quote: str, source: str) -> tuple[int, int] | None:
    """Return the span of a quote of which only small words at its ends are wrong; else None, as `find_quote` does.

    At most three words without meaning of their own are left off, and five words stay: models begin or end a quote
    with a word of theirs ("se télétravailler un jour par semaine").
    """
    if span := find_quote(quote, source):
        return span
    words = [word for word, _, _ in _words(quote)]
    small = [is_stop_word(word, "fr") or is_stop_word(word, "en") for word in words]
    for dropped in range(1, min(_MOST_DROPPED, len(words) - _CORE) + 1):
        for before in range(dropped, -1, -1):
            end = len(words) - dropped + before
            if all(small[:before]) and all(small[end:]) and (span := _only_place(words[before:end], source)):
                return span
    return None


def _only_place(words: Sequence[str], source: str) -> tuple[int, int] | None:
    """Return the one span of the source that says these words one after another, None where none or several do."""
    here = _words(source)
    places = [
        at
        for at, (word, _, _) in enumerate(here)
        if word == words[0] and [one for one, _, _ in here[at : at + len(words)]] == [*words]
    ]
    return (here[places[0]][1], here[places[0] + len(words) - 1][2]) if len(places) == 1 else None


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
