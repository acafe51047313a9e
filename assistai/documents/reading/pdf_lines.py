"""The lines of a PDF page: their words with their places as the page is read, and how they are set."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from assistai.documents.reading.pdf_characters import JOINED, text_with_raised, turn_of, turned
from assistai.documents.reading.raised import unraised

if TYPE_CHECKING:
    from assistai.documents.reading.pdf_ruled import Ruled

_WORD = re.compile(r"[^\s]+(?:[\u00a0\u202f]+[^\s]+)*")
_LINE = re.compile(r"[^\r\n\u0002\ufffe]+[\u0002\ufffe]?")
_BOLD = 600
_MARK = re.compile(r"[-–—•▪◦·‣●○■□➢✓*o\ue000-\uf8ff]|\(?[a-zA-Z\d]{1,2}[.)]|[ivxIVX]{1,4}[.)]")
_MARK_GAP = 0.5
_SAME_LINE = 0.25
_ANOTHER_LEVEL = 0.35
_OTHER_HEIGHT = 0.2
_LEVEL = 0.1
_CUT_INSIDE, _OVERLAP = 0.1, 0.2
_LOOK_BACK = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or words that a gap does not part, and where it begins and ends, in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words from left to right, its height in points (y upwards), and how it is set.

    `bold` tells whether all of it is, `lead_bold` whether it begins so. `ruled` is the table in whose place it stands.
    """

    words: tuple[Word, ...]
    bottom: float
    top: float
    size: float
    bold: bool
    lead_bold: bool
    page: int
    ruled: Ruled | None = None

    @property
    def text(self) -> str:
        """Return the words, joined."""
        return " ".join(word.text for word in self.words)

    @property
    def mark(self) -> str:
        """Return the bullet or number that begins an item, set apart from it by more than a space."""
        if self.ruled or len(self.words) < 2 or self.words[1].left - self.words[0].right < _MARK_GAP * self.size:
            return ""
        return self.words[0].text if _MARK.fullmatch(self.words[0].text) else ""

    @property
    def left(self) -> float:
        """Return where the line begins."""
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        """Return where the line ends."""
        return max(word.right for word in self.words)

    def pieces(self, gap: float) -> list[Word]:
        """Return the words joined where the space between them is narrower than `gap` letters: the cells of a table.

        The mark of an item is no cell.
        """
        found: list[Word] = []
        for word in self.words[1:] if self.mark else self.words:
            if found and word.left - found[-1].right <= gap * self.size:
                found[-1] = Word(f"{found[-1].text} {word.text}", found[-1].left, max(word.right, found[-1].right))
            else:
                found.append(word)
        return found


def level_lines(written: Iterable[Line]) -> list[Line]:
    """Return the lines of a page in the order in which it was written.

    Where a table was written cell by cell, what stands at one height becomes one line again.
    """
    lines: list[Line] = []
    for line in written:
        for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _LOOK_BACK), -1):
            other = lines[index]
            if other.ruled or line.ruled:
                continue
            level = abs(other.top - line.top) < _SAME_LINE * line.size and other.right <= line.left
            if level and abs(other.size - line.size) < 1:
                both = other.bold and line.bold
                lines[index] = replace(other, words=(*other.words, *line.words), bold=both)
                break
        else:
            lines.append(line)
    return lines


def written_lines(page, number: int) -> Iterator[Line]:  # type: ignore[no-untyped-def]  # pypdfium2 has no types
    """Yield the lines of a page as PDFium tells them, those joined that it cuts within a word."""
    before: Line | None = None
    for line in _told_lines(page, number):
        if before is not None and _cut_inside(before, line):
            last, first = before.words[-1], line.words[0]
            word = Word(last.text + first.text, last.left, first.right)
            bold = before.bold and line.bold
            before = replace(before, words=(*before.words[:-1], word, *line.words[1:]), bold=bold)
            continue
        if before is not None:
            yield before
        before = line
    if before is not None:
        yield before


def _cut_inside(before: Line, line: Line) -> bool:
    """Tell whether a line begins at the very place and level where another ends, as only letters of a word do."""
    height = line.top - line.bottom
    level = max(abs(before.bottom - line.bottom), abs(before.top - line.top)) < _LEVEL * height
    gap = line.words[0].left - before.words[-1].right
    return level and -_OVERLAP * height < gap < _CUT_INSIDE * height


def _told_lines(page, number: int) -> Iterator[Line]:  # type: ignore[no-untyped-def]
    """Yield the lines of a page as PDFium tells them; one that lies on its side, as in a margin, is one word."""
    import pypdfium2.raw as raw

    degrees = page.get_rotation()
    textpage = page.get_textpage()
    try:
        text = text_with_raised(textpage)
        for line in _LINE.finditer(text):
            placed = [_placed(textpage, match, degrees) for match in _WORD.finditer(text, *line.span())]
            for words, aside in _levels_each_way(placed):
                start, end = words[0].start, words[-1].end - 1
                start = next((at for at in range(start, end) if unraised(text[at]) == text[at] != JOINED), start)
                size = raw.FPDFText_GetFontSize(textpage, start) or 1.0
                size = max(size, (words[0].top - words[0].bottom) * 0.8) if size <= 1.0 else size
                lead = _bold(textpage, start)
                all_bold = lead and _bold(textpage, end) and _bold(textpage, words[len(words) // 2].start)
                bottom, top = min(word.bottom for word in words), max(word.top for word in words)
                shown = tuple(word.word for word in words)
                if aside:
                    left, right = min(word.left for word in shown), max(word.right for word in shown)
                    shown = (Word(" ".join(word.text for word in shown), left, right),)
                yield Line(shown, bottom, top, round(size, 1), all_bold, lead, number)
    finally:
        textpage.close()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word with its height on the page and its span in the page's text."""

    word: Word
    bottom: float
    top: float
    start: int
    end: int
    aside: bool


def _placed(textpage, match: re.Match[str], degrees: int) -> _Placed:  # type: ignore[no-untyped-def]
    first = turned(textpage.get_charbox(match.start(), loose=True), degrees)
    last = turned(textpage.get_charbox(match.end() - 1, loose=True), degrees)
    aside = turn_of(textpage, match.start()) != degrees
    word = Word(match.group().replace(JOINED, ""), min(first[0], last[0]), max(first[2], last[2]))
    return _Placed(word, min(first[1], last[1]), max(first[3], last[3]), *match.span(), aside)


def _levels_each_way(words: Sequence[_Placed]) -> Iterator[tuple[Sequence[_Placed], bool]]:
    """Yield the words of each level, and those that lie on their side, which PDFium may take for the same line."""
    for aside, group in groupby(words, key=lambda word: word.aside):
        found = list(group)
        yield from ((level, aside) for level in ([found] if aside else _levels(found)))


def _levels(words: Sequence[_Placed]) -> Iterator[Sequence[_Placed]]:
    """Yield the words of a line; one that stands lower, as in lists within lists, begins another.

    So does one of the same height at another level: PDFium takes cells whose text is centred in height for one line.
    """
    begin = 0
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        below = word.top <= before.bottom + 0.3 * (before.top - before.bottom)
        if (below and word.word.left <= before.word.left) or _shifted(before, word):
            yield words[begin:index]
            begin = index
    if words:
        yield words[begin:]


def _shifted(one: _Placed, other: _Placed) -> bool:
    """Tell whether two words of one height stand higher and lower, by more than raised letters do."""
    height, other_height = one.top - one.bottom, other.top - other.bottom
    least = min(abs(one.bottom - other.bottom), abs(one.top - other.top))
    return abs(height - other_height) < _OTHER_HEIGHT * height and least > _ANOTHER_LEVEL * height


def _bold(textpage, index: int) -> bool:  # type: ignore[no-untyped-def]
    import pypdfium2.raw as raw

    if raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD:
        return True
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, ctypes.byref(flags))
    return b"bold" in buffer.value.lower()
