"""The characters of a PDF page: their places as the page is read, and which figures are set raised."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistai.documents.reading.raised import raised

Box = tuple[float, float, float, float]
JOINED = "\u200b"
"""Stands for a character between two parts of a line that PDFium parts for a raised one."""

_FIGURE = re.compile(r"[0-9]")
_BREAK = "\r\n"
_SPACES = frozenset(" \u00a0\u202f")
_BESIDE = frozenset("()-−+,;\r\n")
_MOST_BESIDE = 8
_HIGHER = 0.22
_MUCH_HIGHER = 0.4
_HIGHEST = 0.9
_LOW = 0.58
_LEVEL = 0.1
_CLOSE = 0.6
_MOST_SEEN = 500
_PARTED = 0.15
_SPACE, _WIDEST_SPACE = 0.22, 0.6


def page_text(textpage) -> str:  # type: ignore[no-untyped-def]  # pypdfium2 has no types
    """Return the text of a page, a character for each that PDFium counts, so that places in both are the same."""
    import pypdfium2.raw as raw

    return "".join(
        chr(code) if (code := raw.FPDFText_GetUnicode(textpage, index)) < 0x110000 else "\ufffd"
        for index in range(textpage.count_chars())
    )


def turned(box: Box, degrees: int) -> Box:
    """Return a box (left, bottom, right, top) as it lies once the page is turned clockwise, from another origin."""
    left, bottom, right, top = box
    if degrees == 90:
        return bottom, -right, top, -left
    if degrees == 180:
        return -right, -top, -left, -bottom
    if degrees == 270:
        return -top, left, -bottom, right
    return box


def turn_of(textpage, index: int) -> int:  # type: ignore[no-untyped-def]
    """Return how far clockwise, in degrees, a page is to be turned so that a character stands upright."""
    import pypdfium2.raw as raw

    return -round(math.degrees(raw.FPDFText_GetCharAngle(textpage, index)) / 90) * 90 % 360


@contextmanager
def upright(page) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Turn a page, in memory and for a while, so that most of its letters stand upright: PDFium sorts lines by that."""
    shown = page.get_rotation()
    page.set_rotation(_reading_turn(page))
    try:
        yield
    finally:
        page.set_rotation(shown)


def _reading_turn(page) -> int:  # type: ignore[no-untyped-def]
    textpage = page.get_textpage()
    try:
        letters = [index for index, letter in enumerate(page_text(textpage)) if letter.isalnum()]
        seen = letters[:: max(1, len(letters) // _MOST_SEEN)]
        turns = Counter(turn_of(textpage, index) for index in seen)
    finally:
        textpage.close()
    return turns.most_common(1)[0][0] if turns else int(page.get_rotation())


def text_with_raised(textpage) -> str:  # type: ignore[no-untyped-def]
    """Return `page_text` with figures that are set raised as raised ones ("110¹"), JOINED for breaks beside them."""
    text = page_text(textpage)
    page = _Characters(textpage, text)
    if text.count(_BREAK) > _PARTED * len(text):
        text = page.with_lines()
        page = _Characters(textpage, text)
    for match in _FIGURE.finditer(text):
        page.look_at(match.start())
    return page.shown()


@dataclass(frozen=True, slots=True)
class _Character:
    """Where the ink of a character lies, the line that it stands on, and how high its letters are."""

    left: float
    bottom: float
    right: float
    top: float
    base: float
    em: float

    def is_above(self, other: _Character, height: float) -> bool:
        """Tell whether it is small and set higher than another, by `height` letters."""
        higher = height * other.em < self.bottom - other.base < _HIGHEST * other.em
        return higher and self.top - self.bottom < _LOW * other.em

    def gap(self, other: _Character) -> float:
        """Return how far it is from another beside it, in letters."""
        return max(self.left - other.right, other.left - self.right) / (other.em or 1.0)


class _Characters:
    """The characters of a page by their places in its text."""

    def __init__(self, textpage, text: str) -> None:  # type: ignore[no-untyped-def]
        self._textpage = textpage
        self._text = text
        self._changed: dict[int, str] = {}

    def shown(self) -> str:
        """Return the text with what was changed."""
        letters = list(self._text)
        for index, letter in self._changed.items():
            letters[index] = letter
        return "".join(letters)

    def with_lines(self) -> str:
        """Return the text without the breaks between letters of one line: PDFium takes few wide lines for columns."""
        for match in re.finditer(r"(?<=\S)\r\n(?=\S)", self._text):
            before, after = self._at(match.start() - 1), self._at(match.end())
            gap = (after.left - before.right) / (before.em or 1.0)
            if abs(after.base - before.base) < _LEVEL * before.em and -_SPACE < gap < _WIDEST_SPACE:
                sign = JOINED if gap < _SPACE else " "
                self._changed.update(dict.fromkeys(range(*match.span()), sign))
        return self.shown()

    def look_at(self, index: int) -> None:
        """Change a figure, with the signs and breaks of the line beside it, where it is set raised."""
        figure = self._at(index)
        for step in (-1, 1):
            place = self._beside(index, step)
            if place is None:
                continue
            other = self._at(place)
            if figure.is_above(other, _HIGHER) and figure.gap(other) < _CLOSE * abs(place - index):
                self._raise(index, other)
                return

    def _beside(self, index: int, step: int) -> int | None:
        """Return the nearest character on one side that is not raised itself, beyond one space at most."""
        spaces = 0
        for place in range(index + step, index + step * _MOST_BESIDE, step):
            letter = self._text[place : place + 1] if place >= 0 else ""
            if not letter:
                return None
            spaces += letter in _SPACES
            if spaces > 1:
                return None
            raised_too = place in self._changed or (step > 0 and _FIGURE.match(letter))
            if letter not in _SPACES and letter not in _BESIDE and not raised_too:
                return place
        return None

    def _raise(self, index: int, other: _Character) -> None:
        first = last = index
        self._changed[index] = raised(self._text[index])
        before, after = self._text[index - 1 : index], self._text[index + 1 : index + 2]
        if before and before in "(-−" and self._goes_with(index - 1, index, other):
            first = index - 1
            self._changed[first] = raised(before)
        if after == ")" and self._goes_with(index + 1, index, other):
            last = index + 1
            self._changed[last] = raised(after)
        self._join(last, last + 3, (last + 1, last + 2), other)
        self._join(first, first - 3, (first - 2, first - 1), other)

    def _goes_with(self, index: int, figure: int, other: _Character) -> bool:
        """Tell whether a sign is raised with a figure: by its line, or where fonts have raised figures, by itself."""
        sign, base = self._at(index), self._at(figure).base
        by_itself = sign.bottom - other.base > (_HIGHER if self._text[index] in "()" else _MUCH_HIGHER) * other.em
        return sign.base == base if base - other.base > _LEVEL * other.em else by_itself

    def _join(self, index: int, place: int, breaks: tuple[int, int], other: _Character) -> None:
        """Take away the break between a raised character and one that stands beside it in the line of another."""
        if not 0 <= place < len(self._text) or self._text[breaks[0] : breaks[1] + 1] != _BREAK:
            return
        beside = self._at(place)
        level = abs(beside.base - other.base) < _LEVEL * other.em
        if level and beside.gap(self._at(index)) * self._at(index).em < _CLOSE * other.em:
            self._changed.update(dict.fromkeys(breaks, JOINED))

    def _at(self, index: int) -> _Character:
        """Return a character as it lies once its own line runs from left to right."""
        import pypdfium2.raw as raw

        degrees = turn_of(self._textpage, index)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._textpage, index, ctypes.byref(x), ctypes.byref(y))
        _, base, _, _ = turned((x.value, y.value, x.value, y.value), degrees)
        _, low, _, high = turned(self._textpage.get_charbox(index, loose=True), degrees)
        return _Character(*turned(self._textpage.get_charbox(index), degrees), base, high - low)
