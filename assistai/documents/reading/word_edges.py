"""What the headers and footers of a Word document say, without the numbers of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistai.documents.reading.blocks import clean
from assistai.documents.reading.word_parts import DOCUMENT, Parts, attribute, flag, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_SETTINGS = "word/settings.xml"
_UNSEEN = frozenset(["Fallback", "moveFrom", "del", "p", "pPr"])
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)
_NUMBER = "\ue000"
_NUMBERED = re.compile(rf"(?:\b(?:pages?|p\.)\s*)?{_NUMBER}(?:\s*(?:/|sur|de|of)\s*(?:{_NUMBER}|\d+))?", re.IGNORECASE)
_LOOSE = " \u00a0-–—|/·•,;:()"


def edge_texts(parts: Parts) -> Iterator[str]:
    """Yield each different paragraph of the headers and footers that the document shows, once."""
    seen: set[str] = set()
    for name in _shown_edges(parts):
        tree = parts.tree(name)
        if tree is None:
            continue
        parts.write_as_shown_in(tree)
        for paragraph in tree.iter("{*}p"):
            text = _without_numbers("".join(_pieces(paragraph)))
            if sum(map(str.isalpha, text)) > 1 and text not in seen:
                seen.add(text)
                yield text


def _shown_edges(parts: Parts) -> Iterator[str]:
    """Yield the names of the parts that are headers and footers: those of first and even pages only where these differ.

    Templates keep others that no page shows.
    """
    document, settings = parts.tree(DOCUMENT), parts.tree(_SETTINGS)
    if document is None:
        return
    for section in document.iter("{*}sectPr"):
        shown = {"default": True, "first": flag(section, "titlePg"), "even": flag(settings, "evenAndOddHeaders")}
        for reference in section:
            if local_name(reference) in ("headerReference", "footerReference") and shown.get(
                attribute(reference, "type") or "default"
            ):
                yield parts.related.get(attribute(reference, "id"), "")


def _without_numbers(text: str) -> str:
    rest = _NUMBERED.sub("", text)
    return clean(rest) if rest == text else clean(rest).strip(_LOOSE)


def _pieces(paragraph: _Element) -> Iterator[str]:
    """Yield what a paragraph shows, without the paragraphs of text boxes in it, a sign for each number of a page."""
    waiting = list(reversed(paragraph))
    fields: list[str] = []
    while waiting:
        item = waiting.pop()
        name = local_name(item)
        if name == "fldChar":
            kind = attribute(item, "fldCharType")
            if kind == "begin":
                fields.append("")
            elif kind == "end" and fields and _PAGE_FIELD.match(fields.pop()):
                yield _NUMBER
        elif name == "instrText" and fields:
            fields[-1] += item.text or ""
        elif name == "fldSimple" and _PAGE_FIELD.match(attribute(item, "instr")):
            yield _NUMBER
        elif name in ("tab", "br"):
            yield " "
        elif name == "t" and not any(map(_PAGE_FIELD.match, fields)):
            yield item.text or ""
        elif name not in _UNSEEN:
            waiting.extend(reversed(item))
