"""Contradictions: two documents that say the same thing with other figures, and which of them is the newer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

from assistai.documents.candidates import Candidate
from assistai.language.words import content_stems, fold
from assistai.workspace.library import Document

_FIGURE = re.compile(
    r"\d+(?:[.,\s\u00a0\u202f]\d+)*|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|two|three|four"
    r"|five|seven|eight|nine|ten|fifteen|twenty|thirty)\b"
)
_REFERENCE = re.compile(r"\b[A-Z]{2,}[-/ ]?\d[\w/-]*")
_ALIKE = 0.6
_LEAST = 3


def differs(quoted: Candidate, other: Candidate) -> bool:
    """Tell whether another document says what is quoted with other figures.

    Two sentences speak of the same where most of their words, figures left out, are the same.
    """
    one, two = quoted.hit.document, other.hit.document
    if one.id == two.id or quoted.text == other.text:
        return False
    words, others = _words(quoted), _words(other)
    if len(words & others) < max(_LEAST, _ALIKE * min(len(words), len(others))):
        return False
    figures, other_figures = _figures(quoted.text), _figures(other.text)
    return bool(figures and other_figures) and figures != other_figures


def which_differs(
    quoted: Document, other: Document, replaced: Mapping[str, str], dates: Mapping[str, dt.date | None]
) -> Literal["newer_differs", "older_differs", "other_differs"]:
    """Return the remark on a document that says something else than the one quoted, by which of them is the newer.

    What a person said comes first (superseded, in force from a day), then `replaced` (the id of each document that
    another one replaces, with that one's), then `dates`, what each document says of its own date; where nothing tells,
    neither is called the newer.
    """
    superseded = [one.validity == "superseded" or one.id in replaced for one in (quoted, other)]
    if superseded[0] != superseded[1]:
        return "newer_differs" if superseded[0] else "older_differs"
    since = [one.effective_from or dates.get(one.id) for one in (quoted, other)]
    if since[0] is None or since[1] is None or since[0] == since[1]:
        return "other_differs"
    return "newer_differs" if since[1] > since[0] else "older_differs"


def _words(item: Candidate) -> frozenset[str]:
    text = _FIGURE.sub(" ", _REFERENCE.sub(" ", item.text))
    return frozenset(stem for stem in content_stems(text, item.hit.passage.language) if not stem[:1].isdigit())


def _figures(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"\s", "", match) for match in _FIGURE.findall(fold(_REFERENCE.sub(" ", text))))
