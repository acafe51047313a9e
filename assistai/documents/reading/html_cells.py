"""The elements of HTML that make blocks, and the cells of its tables by row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistai.documents.reading.blocks import clean

if TYPE_CHECKING:
    from bs4 import Tag

IGNORED = frozenset(
    "script style noscript template svg nav iframe object embed head button select textarea datalist".split()
)
"""Elements whose text is no part of the page's words."""

_CONTAINERS = frozenset(
    "html body div section article main header footer aside figure details dl fieldset form center td th blockquote "
    "ul ol li table thead tbody tfoot tr address".split()
)
_PARAGRAPHS = frozenset("p pre dt dd caption figcaption summary legend".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""Headings and their ranks."""

BLOCKS = _CONTAINERS | _PARAGRAPHS | HEADINGS.keys()
"""Elements that stand below each other, not in a line."""

_MAX_SPAN = 200
_MAX_REPEATED = 80


def flat(tag: Tag, *, nested: bool = True) -> str:
    """Return the text inside an element on one line, without what is never shown, nor tables unless `nested`."""
    from bs4 import Tag
    from bs4.element import NavigableString

    pieces: list[str] = []
    waiting: list[object] = [tag]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Tag):
            if item.name not in IGNORED and (nested or item.name != "table"):
                edge = " " if item.name in BLOCKS or item.name == "br" else ""
                waiting.extend((edge, *reversed(item.contents), edge))
        elif type(item) in (NavigableString, str):
            pieces.append(str(item))
    return "".join(pieces)


def without_inner(cell: Tag) -> Iterator[Tag]:
    """Yield the elements of a cell, the tables in it but not what these hold."""
    from bs4 import Tag

    waiting = [item for item in reversed(cell.contents) if isinstance(item, Tag)]
    while waiting:
        item = waiting.pop()
        yield item
        if item.name != "table":
            waiting.extend(inner for inner in reversed(item.contents) if isinstance(inner, Tag))


def grid_of(rows: Sequence[Sequence[Tag]]) -> list[list[str]]:
    """Return the text of cells by row and column; a label that spans rows stands in each of them."""
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for cells in rows:
        line: list[str] = []
        for cell in (*cells, None):
            while len(line) in below:
                left, label = below.pop(len(line))
                if left > 1:
                    below[len(line)] = (left - 1, label)
                line.append(label)
            if cell is None:
                break
            text = clean(flat(cell, nested=False))
            down = _span(cell, "rowspan")
            for number in range(_span(cell, "colspan")):
                shown = text if number == 0 or cell.name == "th" else ""
                if down > 1:
                    below[len(line)] = (down - 1, shown if len(shown) <= _MAX_REPEATED else "")
                line.append(shown)
        grid.append(line)
    return grid


def begins_with_title(rows: Sequence[Sequence[Tag]]) -> bool:
    """Tell whether the first row is a single name, or a single cell as wide as the table."""
    cell = rows[0][0]
    width = max(sum(_span(cell, "colspan") for cell in row) for row in rows[1:])
    return len(rows[0]) == 1 and (cell.name == "th" or _span(cell, "colspan") >= width > 1)


def column_spans(row: Sequence[Tag]) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of each cell of the first row."""
    column = 0
    for cell in row:
        yield column, (column := column + _span(cell, "colspan")) - 1


def _span(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute, "1")).strip()
    return min(_MAX_SPAN, max(1, int(value))) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def is_bold(row: Sequence[Tag]) -> bool:
    """Tell whether all that is written in a row is bold."""
    written = [(cell, len(text)) for cell in row if (text := clean(flat(cell, nested=False)))]
    return len(written) > 1 and all(
        sum(len(clean(flat(tag))) for tag in without_inner(cell) if tag.name in ("b", "strong")) >= length
        for cell, length in written
    )
