"""The numbers that Word counts for lists and headings and that are written nowhere: they are put before their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistai.documents.reading.word_parts import DOCUMENT, Parts, attribute, flag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBERING = "word/numbering.xml"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    pattern: str


@dataclass(slots=True)
class _List:
    """A list: its levels, where it has got to, and the rank of the headings and items of each style."""

    levels: dict[int, _Level]
    ranks: dict[str, int]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, rank: int) -> str:
        """Count one more on a level and return its number as it is shown, "" where it isn't made of figures."""
        level = self.levels.get(rank)
        if level is None:
            return ""
        self.counts[rank] = self.counts.get(rank, level.start - 1) + 1
        self.counts = {other: count for other, count in self.counts.items() if other <= rank}
        shown = [int(place) - 1 for place in _PLACE.findall(level.pattern)]
        if not shown or any(other not in self.levels or self.levels[other].kind != "decimal" for other in shown):
            return ""
        return _PLACE.sub(lambda place: str(self._count(int(place[1]) - 1)), level.pattern)

    def _count(self, rank: int) -> int:
        return self.counts.get(rank, self.levels[rank].start)


def write_numbers(parts: Parts) -> None:
    """Put the number of each numbered paragraph of the text before its words, where it is made of figures."""
    document, numbering = parts.tree(DOCUMENT), parts.tree(_NUMBERING)
    if document is None or numbering is None:
        return
    lists = dict(_lists(numbering))
    for paragraph in document.iter("{*}p"):
        properties = paragraph.find("{*}pPr")
        number, rank = _numbered(properties, parts, lists)
        found = lists.get(number)
        if found is None or properties is None or flag(properties.find("{*}rPr"), "del") is not None:
            continue
        shown = found.next(rank)
        if shown and any(text.text for text in paragraph.iter("{*}t")):
            _write(properties, f"{shown} ")


def _lists(numbering: _Element) -> Iterator[tuple[str, _List]]:
    """Yield the lists by number; those that are made alike count on, unless one is told to start anew."""
    kinds = {attribute(kind, "abstractNumId"): _kind(kind) for kind in numbering.iterfind("{*}abstractNum")}
    for number in numbering.iterfind("{*}num"):
        kind = kinds.get(value(number, "abstractNumId"))
        if kind is None:
            continue
        anew = {int(attribute(level, "ilvl") or 0): level for level in number.iterfind("{*}lvlOverride")}
        if anew:
            levels = dict(kind.levels)
            for rank, level in anew.items():
                changed = level.find("{*}lvl")
                if changed is not None:
                    levels[rank] = _level(changed)
                if (start := value(level, "startOverride")) and rank in levels:
                    levels[rank] = _Level(int(start), levels[rank].kind, levels[rank].pattern)
            kind = _List(levels, kind.ranks)
        yield attribute(number, "numId"), kind


def _kind(kind: _Element) -> _List:
    levels = {int(attribute(level, "ilvl") or 0): level for level in kind.iterfind("{*}lvl")}
    ranks = {value(level, "pStyle"): rank for rank, level in levels.items()}
    return _List({rank: _level(level) for rank, level in levels.items()}, ranks)


def _level(level: _Element) -> _Level:
    return _Level(int(value(level, "start") or 1), value(level, "numFmt"), value(level, "lvlText"))


def _numbered(properties: _Element | None, parts: Parts, lists: dict[str, _List]) -> tuple[str, int]:
    """Return the list and the level of a paragraph, its own or those of its style, "" for none."""
    style = value(properties, "pStyle")
    number = rank = ""
    for holder in (properties, *(known.find("{*}pPr") for known in parts.lineage(style))):
        told = None if holder is None else holder.find("{*}numPr")
        number, rank = number or value(told, "numId"), rank or value(told, "ilvl")
    known = lists.get(number)
    return number, int(rank) if rank else known.ranks.get(style, 0) if known else 0


def _write(properties: _Element, text: str) -> None:
    """Put words before a paragraph's own."""
    space = properties.tag[: -len("pPr")]
    run = properties.makeelement(f"{space}r")
    words = properties.makeelement(f"{space}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    words.text = text
    run.append(words)
    properties.addnext(run)
