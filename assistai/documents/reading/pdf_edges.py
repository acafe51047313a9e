"""The headers and footers that most pages of a PDF repeat: each is read once, the numbers of pages never."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistai.documents.reading.blocks import Block, clean
from assistai.documents.reading.pdf_lines import Line

_FEW_PAGES = 3
_MOST = 0.6
_AT_EDGE = 2
_NUMBER = re.compile(r"\d{1,9}")
_PAGE = re.compile(
    r"(?:\bpage\s*|\bp\.\s*|^\W*|\s[-–—|]\s*)\d{1,4}(?:\s*(?:/|sur|de|of)\s*\d{1,4})?(?=\W*$|\s*[-–—|])", re.IGNORECASE
)
_LOOSE = " \u00a0-–—|/·•,;:"


def without_edges(lines: Sequence[Line], pages: int) -> tuple[list[Line], list[Block]]:
    """Return the lines of the text, and a paragraph for each different header and footer, on its first page."""
    if pages < _FEW_PAGES:
        return list(lines), []
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        by_page.setdefault(line.page, []).append(index)
    alike: dict[str, list[int]] = {}
    for indexes in by_page.values():
        heights = sorted(indexes, key=lambda index: lines[index].top)
        for index in sorted({*heights[:_AT_EDGE], *heights[-_AT_EDGE:]}):
            if lines[index].ruled is None:
                alike.setdefault(_NUMBER.sub("#", lines[index].text.casefold()), []).append(index)
    edges: set[int] = set()
    blocks: list[Block] = []
    for indexes in alike.values():
        if len(indexes) >= max(_FEW_PAGES, _MOST * pages) and _repeats([lines[index] for index in indexes]):
            edges.update(indexes)
            first = lines[indexes[0]]
            text = clean(_PAGE.sub("", first.text)).strip(_LOOSE)
            if sum(map(str.isalpha, text)) > 1:
                blocks.append(Block("paragraph", text, page=first.page))
    if len(edges) == len(lines):
        return list(lines), []
    return [line for index, line in enumerate(lines) if index not in edges], blocks


def _repeats(lines: Sequence[Line]) -> bool:
    """Tell whether lines differ in nothing but the number of their page: rows of a table differ in others."""
    numbers = zip(*([int(number) for number in _NUMBER.findall(line.text)] for line in lines), strict=True)
    return all(
        len(set(column)) == 1 or len({number - line.page for number, line in zip(column, lines, strict=True)}) == 1
        for column in numbers
    )
