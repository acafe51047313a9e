"""What is set raised beside a figure or a word, the mark of a note or a power, stays apart from it: 110¹, m²."""

from __future__ import annotations

import re

_FIGURES = "0123456789()-−"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁻⁻"
_TO_RAISED = str.maketrans(_FIGURES, _RAISED)
_TO_PLAIN = str.maketrans(_RAISED[:10], _FIGURES[:10])
_MARKS = re.compile(r"[\s\d()−,;–-]*\d[\s\d()−,;–-]*|[()−-]")


def raised(text: str) -> str:
    """Return text that is set raised with its figures as raised ones; letters ("1er", "2nd") stay as they are."""
    return text.translate(_TO_RAISED) if _MARKS.fullmatch(text) else text


def unraised(text: str) -> str:
    """Return text with plain figures in the place of raised ones, a character for each."""
    return text.translate(_TO_PLAIN)
