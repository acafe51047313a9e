"""Where the row of a table that a quote tells stands on its PDF page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistai.documents.reading.pdf_characters import Box, turned, upright
from assistai.documents.reading.pdf_ruled import page_lines


def row_boxes(page, cells: Sequence[str], letters: Callable[[str], str]) -> list[Box]:  # type: ignore[no-untyped-def]
    """Return the boxes of the words of a row of a ruled table, the page unturned; none where no row has these cells.

    `letters` makes of a text what is compared. Of the last row of a page the rest may be on the next.
    """
    with upright(page):
        degrees = page.get_rotation()
        tables = [line.ruled for line in page_lines(page, 1) if line.ruled]
    for shows in (_shows, _shows_rest):
        for table in tables:
            for number, row in enumerate(table.grid.cells):
                there = [cell for cell in dict.fromkeys(row) if letters(table.text(cell))]
                texts = [letters(table.text(cell)) for cell in there]
                if shows(texts, cells, number == len(table.grid.cells) - 1):
                    pieces = [piece for cell in there for piece in table.pieces[cell]]
                    return [
                        turned((words[0].left, line.bottom, words[-1].right, line.top), -degrees % 360)
                        for line, words in pieces
                    ]
    return []


def _shows(texts: Sequence[str], cells: Sequence[str], is_last: bool) -> bool:
    """Tell whether a row has these cells, or their beginnings where the page may end within it."""
    if is_last and len(texts) == len(cells):
        return all(map(str.startswith, cells, texts))
    return list(texts) == list(cells)


def _shows_rest(texts: Sequence[str], cells: Sequence[str], _is_last: bool) -> bool:
    """Tell whether a row has these cells but for a label that the page before has, or a part of it."""
    rest = list(cells[1:])
    return len(rest) > 1 and rest in (list(texts), list(texts[1:]))
