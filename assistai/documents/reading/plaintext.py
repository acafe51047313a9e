"""Plain text: paragraphs, lines and tables between blank lines, headings where a line looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistai.documents.reading.blocks import Block, Reading, clean
from assistai.documents.reading.text_tables import has_gap, is_rule, text_tables
from assistai.files.encoding import decode
from assistai.language.sentences import leaders

_NUMBERED = re.compile(
    r"(?:(?P<article>(?:article|art\.|section|annexe|appendix|chapitre|chapter|titre|partie|part)\s+(?:[\divxlc]+|premier|1er)\b)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=[^\W\d_])"
    r"|(?P<roman>[IVX]{1,5})[.)–-]\s+(?=[^\W\d_]))",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-*•–▪◦·‣]|\(?[a-z\d]{1,2}\)|(?![npv]\.)[a-z\d]{1,2}\.)\s+(?=\S)")
"""A mark at the start of a line; "p. 12" after a line's end is a page, no item."""

_CONTACT = re.compile(
    r"\S+@\S|(?:https?://|www\.)\S|(?:tél(?:éphone)?|tel|portable|mobile|fax|e-?mail|courriel|standard)(?:\s?:|\.?\s?\d)",
    re.IGNORECASE,
)
_OPEN_ENDS = (":", ";")
_PROSE_ENDS = (".", "!", "?", "…", ":", ";", "»", '"', ")")
_LONGEST_WRAPPED = 120
_SHORTEST_WRAPPED = 45
_NEAR = 0.8


def read_plaintext(data: bytes, name: str) -> Reading:
    """Return the paragraphs and tables of a text file; lines that belong together are joined."""
    text, _ = decode(data, name)
    return text_reading(text, "text")


def text_reading(text: str, kind: str) -> Reading:
    """Return the blocks of plain text: only lines of a paragraph that was wrapped at some width are joined."""
    blocks: list[Block] = []
    paragraphs = [
        [line for line in paragraph.split("\n") if line.strip()] for paragraph in re.split(r"\n[ \t]*\n", text)
    ]
    width = _width(paragraphs)
    for lines in paragraphs:
        blocks.extend(_paragraph(lines, width))
    title = next((block.text for block in blocks if block.kind == "heading"), None)
    return Reading(kind, tuple(blocks), title=title)


def heading_level(line: str) -> int:
    """Return the rank of a line that is a heading by its words (Article 5, 2.1 Hébergement), 0 where it is none."""
    text = line.strip()
    if not 2 < len(text) <= 100 or text.endswith((".", ",", ";")):
        return 0
    match = _NUMBERED.match(text)
    if not match:
        return 0
    rest = text[match.end() :].strip(" .:–—-")
    if match["number"]:
        if not rest[:1].isupper() or len(rest.split()) > 12:
            return 0
        return 2 + match["number"].count(".")
    if match["article"]:
        if rest and not (rest[:1].isupper() or text[match.end() :].lstrip()[:1] in ":–—-."):
            return 0
        return 3 if match["article"].lower().startswith("art") else 2
    return 2 if rest[:1].isupper() and match["roman"].isupper() else 0


def _paragraph(lines: Sequence[str], width: int) -> Iterator[Block]:
    """Yield the blocks between two blank lines; items and lines with leaders are no rows of tables."""
    tables = list(text_tables(["" if _BULLET.match(line) or leaders(line) else line for line in lines]))
    at = 0
    if lines and not leaders(lines[0]) and (level := heading_level(lines[0])) and not (tables and tables[0][0] == 0):
        yield Block("heading", clean(lines[0]), level=level)
        at = 1
    for start, end, rows in tables:
        yield from _prose(lines[at:start], width)
        yield from rows
        at = end
    yield from _prose(lines[at:], width)


def _prose(lines: Sequence[str], width: int) -> Iterator[Block]:
    """Yield paragraphs, items, and as rows the lines that stand alone."""
    held: list[str] = []
    for line in lines:
        if held and not _continues(held, line, width):
            yield from _joined(held)
            held = []
        if not is_rule(line):
            held.append(line)
    yield from _joined(held)


def _continues(held: Sequence[str], line: str, width: int) -> bool:
    """Tell whether a line goes on with the lines before it: set in below the mark of an item, in the middle of a
    sentence by its small letter, or below a line that had no room for its first word.
    """
    before, words = held[-1].rstrip(), line.strip()
    if _BULLET.match(line) or is_rule(line) or _stands_alone(line) or _stands_alone(before):
        return False
    if _BULLET.match(held[0]) and _indent(line) > _indent(held[0]):
        return True
    first = words.split(maxsplit=1)[0]
    full = _may_be_wrapped(before) and len(before) + 1 + len(first) > _NEAR * width
    open_end = before.endswith(_OPEN_ENDS)
    if first[0].isupper():  # a name or place below the text, unless it reads as prose to its end
        return full and not open_end and (len(words) > _NEAR * width or words.endswith(_PROSE_ENDS))
    return full or (first[0].islower() and not open_end and not _CONTACT.match(words))


def _joined(lines: Sequence[str]) -> Iterator[Block]:
    bullet = _BULLET.match(lines[0]) if lines else None
    if text := clean(" ".join(lines)[bullet.end() if bullet else 0 :]):
        yield Block("item" if bullet else "row" if _stands_alone(lines[0]) else "paragraph", text)


def _stands_alone(line: str) -> bool:
    """Tell whether a line is a row by itself: words and figures at either end of dots or of a wide gap."""
    bullet = _BULLET.match(line)
    return bool(leaders(line)) or has_gap(line[bullet.end() if bullet else 0 :])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _width(paragraphs: Sequence[Sequence[str]]) -> int:
    """Return at what width a text seems to be wrapped: what nine in ten of the long lines before others do not pass.

    Where there are none, more than any line that may be wrapped has.
    """
    lengths = sorted(
        len(line.rstrip())
        for lines in paragraphs
        for line in lines[:-1]
        if _may_be_wrapped(line) and len(line.rstrip()) >= _SHORTEST_WRAPPED
        if not (_stands_alone(line) or is_rule(line))
    )
    return lengths[len(lengths) * 9 // 10] if lengths else 2 * _LONGEST_WRAPPED


def _may_be_wrapped(line: str) -> bool:
    return len(line.rstrip()) <= _LONGEST_WRAPPED
