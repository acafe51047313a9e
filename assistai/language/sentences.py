"""Sentences of French and English text, as exact character spans."""

from __future__ import annotations

import re

ABBREVIATIONS = frozenset(
    """
        m mm mme mmes mlle me dr pr st ste cf p pp ex art al vol chap env max min tél tel etc mr mrs ms prof
        jr sr vs inc ltd co corp fig approx dept est gen gov hon sen rep eg ie réf ref
        """.split()
)
"""Words that may carry a full stop inside a sentence, without it and in lower case."""

_END = re.compile(r"(?:\.{2,}|…|[.!?]+)(?:\s?[»”\"')\]]+)?(?=\s|$)|\n+")
_WORD_BEFORE = re.compile(r"([^\W\d_]+|\d+)\s?$")
_DOTS = re.compile(r"[.…]{3,}|[.…](?:[ \t\u00a0\u202f]{1,2}[.…]){3,}")
_LONGEST_NUMBER = 2
_MORE = re.compile(r"[ \t\u00a0\u202f]*[^\s»”\"')\].…!?]")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`, in order, without surrounding white space.

    A full stop after an abbreviation, an initial or the number that begins a line, or inside a number, does not end a
    sentence, nor do dots that lead to more text on the line (see `leaders`); a line break does.
    Every character that is not white space lies in exactly one span.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _END.finditer(_DOTS.sub(_without_leader, text)):
        if match.group().startswith(".") and not match.group().startswith("..") and _is_inside(text, match):
            continue
        _append(spans, text, begin, match.end())
        begin = match.end()
    _append(spans, text, begin, len(text))
    return spans


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, in order."""
    return [text[start:end] for start, end in sentence_spans(text)]


def leaders(text: str) -> list[tuple[int, int]]:
    """Return the spans of the runs of four dots or more, spaced or not, as in "Paris .......... 148 euros"."""
    return [match.span() for match in _DOTS.finditer(text) if _is_leader(match.group())]


def _is_leader(dots: str) -> bool:
    """Tell whether a run of dots is a leader; with "…" in it three signs are enough."""
    signs = "".join(dots.split())
    return len(signs) + ("…" in signs) >= 4


def _without_leader(dots: re.Match[str]) -> str:
    """Return letters in the place of dots that lead to more text."""
    leads = _is_leader(dots.group()) and _MORE.match(dots.string, dots.end())
    return "x" * len(dots.group()) if leads else dots.group()


def _is_inside(text: str, match: re.Match[str]) -> bool:
    """Tell whether the single full stop of `match` belongs to an abbreviation, an initial or the number of an item."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - 30), match.start())
    if before is None or match.group() != ".":
        return False
    word = before.group(1)
    if word.isdigit() and len(word) <= _LONGEST_NUMBER and text[before.start() - 1 : before.start()] in ("", "\n"):
        return True
    following = text[match.end() :].lstrip()
    if not following:
        return False
    if word.lower() in ABBREVIATIONS:
        return not (word.lower() == "etc" and following[0].isupper())
    return len(word) == 1 and word.isalpha() and word.isupper() and word not in "IÀ" and following[0].isupper()


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        offset = start + len(piece) - len(piece.lstrip())
        spans.append((offset, offset + len(stripped)))
