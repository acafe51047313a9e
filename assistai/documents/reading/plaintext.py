"""Plain text: paragraphs between blank lines, headings where a line looks like one."""

from __future__ import annotations

import re

from assistai.documents.reading.blocks import Block, Reading, clean
from assistai.files.encoding import decode

_NUMBERED = re.compile(
    r"(?:(?P<article>(?:article|art\.|section|annexe|appendix|chapitre|chapter|titre|partie|part)\s+(?:[\divxlc]+|premier|1er)\b)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=[^\W\d_])"
    r"|(?P<roman>[IVX]{1,5})[.)–-]\s+(?=[^\W\d_]))",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-*•–▪◦·‣]|\(?[a-z\d]{1,2}\)|(?![npv]\.)[a-z\d]{1,2}\.)\s+(?=\S)")
"""A mark at the start of a line; "p. 12" after a line's end is a page, no item."""


def read_plaintext(data: bytes, name: str) -> Reading:
    """Return the paragraphs of a text file; lines that belong together are joined."""
    text, _ = decode(data, name)
    return text_reading(text, "text")


def text_reading(text: str, kind: str) -> Reading:
    """Return the blocks of plain text."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        blocks.extend(_paragraph([line for line in paragraph.split("\n") if line.strip()]))
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


def _paragraph(lines: list[str]) -> list[Block]:
    if len(lines) == 1 and (level := heading_level(lines[0])):
        return [Block("heading", clean(lines[0]), level=level)]
    blocks: list[Block] = []
    if len(lines) > 1 and (level := heading_level(lines[0])):
        blocks.append(Block("heading", clean(lines[0]), level=level))
        lines = lines[1:]
    held: list[str] = []
    kind = "paragraph"
    for line in lines:
        if bullet := _BULLET.match(line):
            blocks.extend(_joined(held, kind))
            held, kind = [line[bullet.end() :]], "item"
        else:
            held.append(line)
    blocks.extend(_joined(held, kind))
    return blocks


def _joined(lines: list[str], kind: str) -> list[Block]:
    text = clean(" ".join(lines))
    return [Block("item" if kind == "item" else "paragraph", text)] if text else []
