"""Contradictions: two documents that say the same thing with other figures."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from assistai.documents.candidates import Candidate
from assistai.language.words import content_stems, fold

_FIGURE = re.compile(
    r"\d+(?:[.,\s\u00a0\u202f]\d+)*|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|two|three|four"
    r"|five|seven|eight|nine|ten|fifteen|twenty|thirty)\b"
)
_REFERENCE = re.compile(r"\b[A-Z]{2,}[-/ ]?\d[\w/-]*")
_ALIKE = 0.6
_LEAST = 3


def contradiction(quoted: Candidate, other: Candidate) -> Literal["newer_differs", "older_differs"] | None:
    """Tell whether another document says what is quoted with other figures, and whether it is the newer one.

    Two sentences speak of the same where most of their words, figures left out, are the same.
    """
    one, two = quoted.hit.document, other.hit.document
    if one.id == two.id or quoted.text == other.text:
        return None
    words, others = _words(quoted), _words(other)
    if len(words & others) < max(_LEAST, _ALIKE * min(len(words), len(others))):
        return None
    if not _figures(quoted.text) or not _figures(other.text) or _figures(quoted.text) == _figures(other.text):
        return None
    return "newer_differs" if _since(other) > _since(quoted) else "older_differs"


def _words(item: Candidate) -> frozenset[str]:
    text = _FIGURE.sub(" ", _REFERENCE.sub(" ", item.text))
    return frozenset(stem for stem in content_stems(text, item.hit.passage.language) if not stem[:1].isdigit())


def _figures(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"\s", "", match) for match in _FIGURE.findall(fold(_REFERENCE.sub(" ", text))))


def _since(item: Candidate) -> tuple[int, dt.date]:
    """Return what orders two documents by age: superseded ones first, then by the date from which they hold."""
    document = item.hit.document
    return (int(document.validity != "superseded"), document.effective_from or document.added_at.date())
