"""Words on pictures of pages, by Tesseract (extra `ocr`, and the program with its French and English data)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

_SURE = 60
"""Mean confidence, in percent, below which what Tesseract read are hardly words: sound scans have 85 and more."""

_FEW_LETTERS = 12
_DARK = 128
_INK, _MUCH_INK = 0.0005, 0.02
_TURNED_IF_NEEDED = "--psm 1"
Box = tuple[float, float, float, float]


@cache
def installed() -> frozenset[str]:
    """Return the data that Tesseract has here, none where it, or its Python package, is missing."""
    try:
        import pytesseract
    except ImportError:
        return frozenset()
    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return frozenset()


def languages() -> str:
    """Return the languages that Tesseract reads here ("fra+eng"), "" where it, or its Python package, is missing."""
    return "+".join(name for name in ("fra", "eng") if name in installed())


def read_picture(picture, *, max_seconds: float) -> tuple[str, str]:  # type: ignore[no-untyped-def]  # a PIL image
    """Return the text of a page's picture and "", or "" and the notice code that says why it was not read.

    A page that lies on its side is read all the same; an empty one has no text, and nothing that was not read.
    """
    if not languages():
        return "", "page_needs_ocr"
    try:
        words = _recognised(picture, max_seconds, _TURNED_IF_NEEDED if "osd" in installed() else "")
    except (RuntimeError, OSError) as error:  # what pytesseract raises for a failure, its timeout, a lost program
        return "", "page_ocr_too_long" if "timeout" in str(error).lower() else "page_ocr_failed"
    text, confidence = _text(words)
    ink = sum(picture.convert("L").histogram()[:_DARK]) / max(1, picture.width * picture.height)
    letters = sum(map(str.isalnum, text))
    if not letters or (letters < _FEW_LETTERS and ink > _MUCH_INK):
        return "", "page_without_words" if ink > _INK else ""
    return (text, "") if confidence >= _SURE else ("", "page_badly_read")


def word_boxes(picture, *, max_seconds: float) -> list[tuple[str, Box]]:  # type: ignore[no-untyped-def]  # a PIL image
    """Return the words on an upright picture, each with its left, top, right and bottom in pixels; none where Tesseract
    is missing or fails."""
    if not languages():
        return []
    try:
        words = _recognised(picture, max_seconds)
    except (RuntimeError, OSError):
        return []
    places = zip(words["left"], words["top"], words["width"], words["height"], strict=True)
    return [
        (str(word), (left, top, left + width, top + height))
        for word, (left, top, width, height) in zip(words["text"], places, strict=True)
        if str(word).strip()
    ]


def _recognised(picture, max_seconds: float, config: str = "") -> Mapping[str, Sequence[Any]]:  # type: ignore[no-untyped-def]
    """Return what Tesseract says of each word; raises RuntimeError or OSError where it fails or takes too long."""
    import pytesseract

    found: Mapping[str, Sequence[Any]] = pytesseract.image_to_data(
        picture, lang=languages(), config=config, timeout=max_seconds, output_type=pytesseract.Output.DICT
    )
    return found


def _text(words: Mapping[str, Sequence[object]]) -> tuple[str, float]:
    """Return the words by line and paragraph, and how sure Tesseract is of them on average, in percent."""
    places = zip(words["block_num"], words["par_num"], words["line_num"], strict=True)
    found = [
        (place, str(word), float(str(sure)))
        for place, word, sure in zip(places, words["text"], words["conf"], strict=True)
        if str(word).strip()
    ]
    paragraphs = [
        "\n".join(" ".join(word for _, word, _ in line) for _, line in groupby(lines, key=lambda item: item[0]))
        for _, lines in groupby(found, key=lambda item: item[0][:2])
    ]
    return "\n\n".join(paragraphs), sum(sure for *_, sure in found) / max(1, len(found))
