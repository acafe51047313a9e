"""What charts, diagrams (SmartArt) and equations of Office documents say.

Charts and diagrams are DrawingML (ISO/IEC 29500-1, 21.2 and 21.4), equations Office MathML (22.1). A chart keeps
the values that it was last drawn with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistai.documents.reading.blocks import clean
from assistai.documents.reading.cell_values import shown

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_POINTS = 2_000
_SIGNS = {"sup": "^", "sub": "_"}


def chart_title(root: _Element) -> str:
    """Return the title of a chart, "" where it has none of its own."""
    title = root.find("{*}chart/{*}title")
    return "" if title is None else clean("".join(text.text or "" for text in title.iter("{*}t")))


def chart_rows(root: _Element) -> Sequence[Sequence[str]]:
    """Return a chart as a table: first the names of its series, "" for those without, then a row for each category; []
    where it has no values.

    Of more than 2,000 categories the first are returned: no reader sees more in a picture.
    """
    series = list(root.iter("{*}ser"))
    labels: dict[int, str] = {}
    columns: list[dict[int, str]] = []
    for one in series:
        labels = _points(one, "cat", "xVal") | labels
        columns.append(_points(one, "val", "yVal"))
    places = sorted(set().union(*columns))[:_MAX_POINTS]
    if not places:
        return []
    names = [" ".join(_points(one, "tx").values()) for one in series]
    rows = [[labels.get(place, str(place + 1)), *(column.get(place, "") for column in columns)] for place in places]
    return [["", *names], *rows]


def diagram_lines(root: _Element) -> Sequence[str]:
    """Return the paragraphs of a diagram, in the order in which they were written."""
    paragraphs = ("".join(text.text or "" for text in paragraph.iter("{*}t")) for paragraph in root.iter("{*}p"))
    return [text for text in map(clean, paragraphs) if text]


def write_equations(tree: _Element) -> None:
    """Put a run of text in the place of each equation, as one writes it on a line: "(a+b)/2", "x^2"."""
    for equation in list(tree.iter("{*}oMath")):
        paragraph = next(equation.iterancestors("{*}p"), None)
        if paragraph is None:
            continue
        prefix = str(paragraph.tag).removesuffix("p")
        run = equation.makeelement(f"{prefix}r")
        text = run.makeelement(f"{prefix}t")
        text.text = "".join(_on_a_line(equation))
        run.append(text)
        run.tail = equation.tail
        equation.getparent().replace(equation, run)
        holder = run.getparent()
        while holder is not None and holder is not paragraph:  # a display of equations, which readers do not know
            holder.addprevious(run)
            holder = run.getparent()


def _on_a_line(element: _Element) -> Iterator[str]:
    """Yield the pieces of an equation: fractions, powers, indices and roots are told by signs."""
    for part in element:
        name = str(part.tag).rpartition("}")[2]
        if name == "t":
            yield part.text or ""
        elif name == "f":
            yield f"{_grouped(part.find('{*}num'))}/{_grouped(part.find('{*}den'))}"
        elif name == "rad":
            yield f"√{_grouped(part.find('{*}e'))}"
        elif name in _SIGNS:
            yield f"{_SIGNS[name]}{_grouped(part)}"
        else:
            yield from _on_a_line(part)


def _grouped(element: _Element | None) -> str:
    text = "" if element is None else "".join(_on_a_line(element)).strip()
    return text if text.isalnum() else f"({text})"


def _points(series: _Element, *kinds: str) -> dict[int, str]:
    """Return the kept values of a series' names, categories or figures, by place; categories within
    categories are joined."""
    source = next((found for kind in kinds if (found := series.find(f"{{*}}{kind}")) is not None), None)
    if source is None:
        return {}
    levels = list(source.iter("{*}lvl")) or [source]
    pattern = source.findtext(".//{*}formatCode")
    inner, *outer = [
        {int(point.get("idx", "0")): _value(point, pattern) for point in level.iter("{*}pt")} for level in levels
    ]
    points = dict(inner)
    for level in outer:  # a category stands at the first of those within it
        for place in points:
            first = max((start for start in level if start <= place), default=None)
            points[place] = f"{level[first]} – {points[place]}" if first is not None else points[place]
    direct = source.findtext("{*}v")
    return {0: direct} if not points and direct else points


def _value(point: _Element, pattern: str | None) -> str:
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    text = clean(point.findtext("{*}v") or "")
    pattern = point.get("formatCode") or pattern
    if pattern is None:
        return text
    try:
        value = float(text)
        return shown(from_excel(value) if is_date_format(pattern) else value, pattern)
    except (ValueError, OverflowError):  # no number
        return text
