"""Passages: a document cut where sentences and sections end, sized for the embedding model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistai.documents.reading.blocks import Placed
from assistai.language.sentences import sentence_spans

TARGET_TOKENS = 240
"""How long a passage gets before the next sentence starts a new one (benchmarks/retrieval.py compares sizes)."""

_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: `text == document_text[start:end]`, whole sentences of one section.

    `heading` is the path of headings above it ("Titre II › Article 5"), `page` that of its first character, `place`
    where it starts in a sheet.
    """

    start: int
    end: int
    text: str
    heading: str = ""
    page: int | None = None
    place: str | None = None

    def embedded_text(self, title: str) -> str:
        """Return what the embedding model reads: the words, after the document's title and the headings above."""
        head = (
            self.heading
            if title.casefold() in self.heading.casefold()
            else _SEPARATOR.join(part for part in (title, self.heading) if part)
        )
        return f"{head}\n{self.text}" if head else self.text


def digest(text: str) -> str:
    """Return what tells one embedded text from another: the first 20 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def split(
    text: str, placed: Sequence[Placed], count_tokens: Callable[[str], int], *, target: int = TARGET_TOKENS
) -> tuple[Passage, ...]:
    """Return the passages of a document, in order; together they hold every word below a heading.

    A section starts a new passage; a sentence, or a row of a table, is cut only where it alone is longer than twice
    `target` tokens, a row where its sentences end if they fit. A heading with nothing under it, not even another
    heading, is a passage of its own.
    """
    passages: list[Passage] = []
    path: list[tuple[int, str]] = []
    section: list[Placed] = []
    title_only: Placed | None = None

    def close() -> None:
        nonlocal title_only
        heading = _SEPARATOR.join(name for _, name in path)
        if section:
            passages.extend(_section(text, section, heading, count_tokens, target))
        elif title_only is not None:
            passages.append(_passage(text, title_only.start, title_only.end, title_only, heading))
        section.clear()
        title_only = None

    for item in placed:
        if item.block.kind != "heading":
            section.append(item)
            continue
        deeper = bool(path) and item.block.level > path[-1][0]
        if section or not deeper:
            close()
        while path and path[-1][0] >= item.block.level:
            path.pop()
        path.append((item.block.level, item.block.text[:150]))
        title_only = item
    close()
    return tuple(passages)


def _section(
    text: str, section: Sequence[Placed], heading: str, count_tokens: Callable[[str], int], target: int
) -> Iterator[Passage]:
    start: int | None = None
    first = section[0]
    end = 0
    used = 0
    for item in section:
        for begin, stop, tokens in _units(text, item, count_tokens, target):
            if start is not None and used + tokens > target:
                yield _passage(text, start, end, first, heading)
                start, used = None, 0
            if start is None:
                start, first = begin, item
            end = stop
            used += tokens
    if start is not None:
        yield _passage(text, start, end, first, heading)


def _passage(text: str, start: int, end: int, first: Placed, heading: str) -> Passage:
    return Passage(start, end, text[start:end], heading, first.block.page, first.block.place)


def _units(text: str, item: Placed, count_tokens: Callable[[str], int], target: int) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, tokens) of what is not cut: a table row that fits, a sentence."""
    if item.block.kind == "row" and (tokens := count_tokens(item.block.text)) <= 2 * target:
        yield item.start, item.end, tokens
        return
    for begin, stop in sentence_spans(item.block.text):
        yield from _halves(text, item.start + begin, item.start + stop, count_tokens, target)


def _halves(
    text: str, begin: int, stop: int, count_tokens: Callable[[str], int], target: int
) -> Iterator[tuple[int, int, int]]:
    """Cut at the white space nearest to the middle until each piece fits."""
    tokens = count_tokens(text[begin:stop])
    if tokens <= 2 * target or stop - begin < 2:
        yield begin, stop, tokens
        return
    middle = (begin + stop) // 2
    left, right = text.rfind(" ", begin, middle), text.find(" ", middle, stop)
    cuts = [cut for cut in (left, right) if begin < cut < stop - 1]
    cut = min(cuts, key=lambda place: abs(place - middle)) if cuts else middle
    yield from _halves(text, begin, cut, count_tokens, target)
    while cut < stop and text[cut].isspace():
        cut += 1
    if cut < stop:
        yield from _halves(text, cut, stop, count_tokens, target)
