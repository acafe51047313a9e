"""Pictures of PDF pages, with the words of a quote marked where they stand."""

from __future__ import annotations

import itertools
import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from assistai.documents.reading.ocr import word_boxes
from assistai.documents.reading.pdf_characters import page_text, upright
from assistai.documents.reading.pdf_row_boxes import row_boxes
from assistai.documents.reading.raised import unraised

PDFIUM = threading.RLock()
"""PDFium is not safe for several threads: whoever calls it holds this lock."""

_MARK = (255, 214, 0)
_MAX_PIXELS = 2400
_NEAR = 200
_FEW = 8
_LONG = 20
_KNOWN = 15
_FEW_OWN = 200
_OCR_SCALE = 2.5
_MOST_SECONDS = 20.0
_SIGNS = frozenset("€$£%°")
_SPACES = " \u00a0\u202f"
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG bytes, and where the quote is marked on it: none of `marks` where it was not found."""

    png: bytes
    size: tuple[int, int]
    marks: tuple[Box, ...]

    @property
    def marked(self) -> bool:
        """Tell whether the quote was found."""
        return bool(self.marks)


def page_image(
    data: bytes, page: int, quote: str, *, around: tuple[str, str] = ("", ""), scale: float = 2.0
) -> PageImage:
    """Return the picture of a 1-based page with `quote` marked; raises UnreadableInput where there is no such page.

    `around` is the text before and after the quote: it tells which of several places with the same words is meant.
    """
    import io

    import pypdfium2 as pdfium
    from PIL import Image, ImageDraw

    from assistai.errors import UnreadableInput

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
            try:
                if page < 1:
                    raise IndexError(page)
                shown = document[page - 1]
                scale = min(scale, _MAX_PIXELS / max(1, *shown.get_size()))
                picture = shown.render(scale=scale).to_pil().convert("RGB")
                boxes = _in_pixels(shown, quote_boxes(shown, quote, around), picture.size)
                scan = None
                if not boxes and _is_scan(shown):
                    scan = shown.render(scale=_OCR_SCALE * scale, grayscale=True).to_pil()
            finally:
                document.close()
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadableInput("pdf_broken", name=f"page {page}") from error
    if scan is not None:
        boxes = _recognised(scan, quote, around, scan.width / picture.width)
    marks = Image.new("RGB", picture.size, (255, 255, 255))
    draw = ImageDraw.Draw(marks)
    for left, top, right, bottom in boxes:
        draw.rectangle((left - 2, top - 1, right + 2, bottom + 1), fill=_MARK)
    from PIL import ImageChops

    out = io.BytesIO()
    ImageChops.multiply(picture, marks).save(out, "PNG")
    return PageImage(out.getvalue(), picture.size, tuple(boxes))


def _is_scan(page) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether a page has hardly any text of its own."""
    textpage = page.get_textpage()
    try:
        return sum(map(str.isalnum, page_text(textpage))) < _FEW_OWN
    finally:
        textpage.close()


def _recognised(scan, quote: str, around: tuple[str, str], scale: float) -> list[Box]:  # type: ignore[no-untyped-def]
    """Return where the words of a quote stand on a scan, as Tesseract finds them, `scale` times smaller."""
    words = word_boxes(scan, max_seconds=_MOST_SECONDS)
    places = [number for number, (word, _) in enumerate(words) for _ in _letters(word)]
    spans = _spans("".join(_letters(word) for word, _ in words), quote, around)
    numbers = sorted({number for start, end in spans for number in places[start:end]})
    return [
        (left / scale, top / scale, right / scale, bottom / scale)
        for left, top, right, bottom in (words[number][1] for number in numbers)
    ]


def _in_pixels(page, boxes: Sequence[Box], size: tuple[int, int]) -> list[Box]:  # type: ignore[no-untyped-def]
    """Return where boxes of a page lie on its picture, left, top, right, bottom, however the page is cut and turned."""
    import ctypes

    import pypdfium2.raw as raw

    found = []
    x, y = ctypes.c_int(), ctypes.c_int()
    for left, bottom, right, top in boxes:
        corners = []
        for corner in ((left, bottom), (right, top)):
            raw.FPDF_PageToDevice(page, 0, 0, *size, 0, *corner, ctypes.byref(x), ctypes.byref(y))
            corners.append((x.value, y.value))
        (x1, y1), (x2, y2) = corners
        found.append((float(min(x1, x2)), float(min(y1, y2)), float(max(x1, x2)), float(max(y1, y2))))
    return found


def quote_boxes(page, quote: str, around: tuple[str, str] = ("", "")) -> list[Box]:  # type: ignore[no-untyped-def]
    """Return the boxes (left, bottom, right, top in points, the page unturned) of the quote's words on a page.

    Reading joins lines and names columns, so only letters and digits are compared: first those of the rows of ruled
    tables, then the whole quote, then, for a table row, its cells one by one near each other.
    """
    cells = _cells(quote)
    if len(cells) > 1 and (found := row_boxes(page, cells, _letters)):
        return found
    with upright(page):
        textpage = page.get_textpage()
    try:
        text = page_text(textpage)
        places = [index for index, char in enumerate(text) if char.isalnum()]
        letters = "".join(unraised(text[index]).lower()[:1] for index in places)
        signs = _SIGNS.intersection(quote)
        boxes: list[Box] = []
        for start, end in _spans(letters, quote, around):
            first, last = _with_signs(text, places[start], places[end - 1], signs)
            for number in range(textpage.count_rects(first, last - first + 1)):
                boxes.append(textpage.get_rect(number))
        return boxes
    finally:
        textpage.close()


def _with_signs(text: str, first: int, last: int, signs: frozenset[str]) -> tuple[int, int]:
    """Return the place of words with the sign beside a figure at either end ("45 €")."""
    before, after = first - 1, last + 1
    while after < len(text) and (text[after] in signs or text[after] in _SPACES):
        last = after if text[after] in signs else last
        after += 1
    while before >= 0 and (text[before] in signs or text[before] in _SPACES):
        first = before if text[before] in signs else first
        before -= 1
    return first, last


def _spans(letters: str, quote: str, around: tuple[str, str]) -> list[tuple[int, int]]:
    whole = _letters(quote)
    if whole and (at := _place(letters, whole, *map(_letters, around))) >= 0:
        return [(at, at + len(whole))]
    if spans := _row(letters, _cells(quote)):
        return spans
    before, after = map(_letters, around)
    words = [_letters(word) for word in quote.split()]
    if part := _beginning(letters, words, before):
        return [part]
    if part := _beginning(letters[::-1], [word[::-1] for word in reversed(words)], after[::-1]):
        return [(len(letters) - part[1], len(letters) - part[0])]
    return []


def _beginning(letters: str, words: Sequence[str], before: str) -> tuple[int, int] | None:
    """Return where a quote of these words begins that goes on over the page's end; None where that is not certain.

    It is where the page has half of it, or some words at its end but for a footer; few words must stand after the text
    `before` the quote.
    """
    beginnings = [size for size in itertools.accumulate(map(len, words)) if size]
    whole = "".join(words)
    number = bisect_left(beginnings, True, key=lambda size: whole[:size] not in letters)
    if not number:
        return None
    length = beginnings[number - 1]
    at = letters.rfind(whole[:length])
    known = _shared(letters[:at][::-1], before[::-1]) >= _KNOWN
    at_end = len(letters) - at - length <= _NEAR
    if length >= max(_LONG, len(whole) // 2) or (at_end and (known or length >= _LONG)):
        return at, at + length
    return None


def _cells(quote: str) -> list[str]:
    """Return the letters of each cell of a row, without the names of the columns."""
    cells = (_letters(cell.partition(" : ")[2] or cell) for cell in quote.split(" ; "))
    return [cell for cell in cells if cell]


def _place(letters: str, whole: str, before: str, after: str) -> int:
    """Return which place of the words has the most in common with what is around them, -1 where they have none."""
    best, place = -1, -1
    at = letters.find(whole)
    while at >= 0:
        shared = _shared(letters[:at][::-1], before[::-1]) + _shared(letters[at + len(whole) :], after)
        if shared > best:
            best, place = shared, at
        at = letters.find(whole, at + 1)
    return place


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _row(letters: str, cells: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the cells of a row stand, one after the other and near; none where that is not certain."""
    if not cells or (sum(map(len, cells)) < _FEW and letters.count("".join(cells)) != 1):
        return []
    begin = -1
    while (begin := letters.find(cells[0], begin + 1)) >= 0:
        spans = []
        at = begin
        for cell in cells:
            found = letters.find(cell, at, at + len(cell) + _NEAR)
            if found < 0:
                break
            at = found + len(cell)
            spans.append((found, at))
        else:
            return spans
    return []


def _letters(text: str) -> str:
    return "".join(char.lower()[:1] for char in unraised(text) if char.isalnum())
