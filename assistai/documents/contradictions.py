"""Contradictions: two documents that say the same thing with other figures."""

from __future__ import annotations

import re

from assistai.documents.candidates import Candidate
from assistai.language.words import content_stems, fold

_FIGURE = re.compile(
    r"\d+(?:[.,\s\u00a0\u202f]\d+)*|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|vingt|trente|two|three|four"
    r"|five|seven|eight|nine|ten|fifteen|twenty|thirty)\b"
)
_REFERENCE = re.compile(r"\b[A-Z]{2,}[-/ ]?\d[\w/-]*")
_ALIKE = 0.6
_LEAST = 3


def speaks_alike(quoted: Candidate, other: Candidate) -> bool:
    """Tell whether another document speaks of the same: most of the words, figures left out, are the same."""
    if quoted.hit.document.id == other.hit.document.id:
        return False
    words, others = _words(quoted), _words(other)
    return len(words & others) >= max(_LEAST, _ALIKE * min(len(words), len(others)))


def differs(quoted: Candidate, other: Candidate) -> bool:
    """Tell whether another document says what is quoted with other figures."""
    if quoted.text == other.text or not speaks_alike(quoted, other):
        return False
    figures, other_figures = _figures(quoted.text), _figures(other.text)
    return bool(figures and other_figures) and figures != other_figures


def _words(item: Candidate) -> frozenset[str]:
    text = _FIGURE.sub(" ", _REFERENCE.sub(" ", item.text))
    return frozenset(stem for stem in content_stems(text, item.hit.passage.language) if not stem[:1].isdigit())


def _figures(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"\s", "", match) for match in _FIGURE.findall(fold(_REFERENCE.sub(" ", text))))
