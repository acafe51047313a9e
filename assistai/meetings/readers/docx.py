"""Word files: the paragraphs and tables of a DOCX, read within limits.

python-docx leaves out words inside tracked insertions, content controls and text boxes, and loads every picture, so the
document's XML is read here, entities forbidden (defusedxml) and sizes checked before anything is unpacked. What the
lines say is for the readers of text: Teams and Word write their transcripts as text with times.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from assistai.errors import LimitExceeded, UnreadableInput
from assistai.meetings.readers.entries import Line

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
_MAX_RATIO = 300
_MAX_ENTRIES = 10_000
_SPEAKER_COLUMNS = frozenset("intervenant intervenants orateur speaker nom name participant qui who".split())
_TEXT_COLUMNS = frozenset(
    "propos texte text intervention transcription transcript contenu content paroles speech verbatim".split()
)
_PYTHON_DOCX_TEMPLATE = dt.date(2013, 12, 23)


@dataclass(frozen=True, slots=True)
class WordText:
    """The lines of a document, numbered by paragraph; its title and the day it was made, where it tells."""

    lines: tuple[Line, ...]
    title: str | None = None
    created: dt.date | None = None


def read_docx(data: bytes, name: str, max_bytes: int) -> WordText:
    """Return the text of a DOCX file.

    Raises LimitExceeded where it would unpack to more than `max_bytes` or hundreds of times its size, UnreadableInput
    where it is broken, protected or no Word document.
    """
    from defusedxml.common import DefusedXmlException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name, max_bytes)
            part = _main_part(archive)
            if part is None:
                raise UnreadableInput(_kind_of(archive), name=name)
            with archive.open(part) as stream:
                lines = tuple(_lines(stream))
            title, created = _properties(archive)
    except (DefusedXmlException, *_BROKEN) as error:
        raise UnreadableInput("docx_broken", name=name) from error
    return WordText(lines, title, created)


def _check(archive: zipfile.ZipFile, name: str, max_bytes: int) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableInput("is_protected", name=name)
    unpacked = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _MAX_ENTRIES or unpacked > max_bytes or unpacked > max(10_000_000, _MAX_RATIO * packed):
        raise LimitExceeded("docx_too_large", name=name, limit=max_bytes // 1_000_000)


def _main_part(archive: zipfile.ZipFile) -> str | None:
    names = archive.namelist()
    if "word/document.xml" in names:
        return "word/document.xml"
    return next((name for name in names if name.startswith("word/document") and name.endswith(".xml")), None)


def _kind_of(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        return "is_other_office"
    if "mimetype" in names and "content.xml" in names:
        return "is_open_document"
    return "is_archive"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _lines(stream: object) -> Iterator[Line]:
    """Yield the lines of the document; a table's row is one, its first cells a label for the last."""
    from defusedxml.ElementTree import iterparse

    number = 0
    depth = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        tag = _local(element)
        if event == "start":
            depth += tag in {"tbl", "p", "txbxContent"}
            continue
        if tag not in {"tbl", "p", "txbxContent"}:
            continue
        depth -= 1
        if depth:
            continue
        if tag == "p":
            number += 1
            yield from (Line(number, text) for text in _paragraph(element).split("\n"))
        elif tag == "tbl":
            for row in (child for child in element.iter() if _local(child) == "tr"):
                number += 1
                yield Line(number, "")
                yield from (Line(number, text) for text in _row(row).split("\n"))
            yield Line(number, "")
        element.clear()


def _paragraph(element: Element) -> str:
    """Return a paragraph's words; deleted ones and the second copy of a drawing's text are left out."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        tag = _local(node)
        if tag == "t":
            parts.append(node.text or "")
        elif tag == "tab":
            parts.append("\t")
        elif tag in {"br", "cr"}:
            parts.append("\n")
        elif tag == "noBreakHyphen":
            parts.append("\u2011")
        if tag == "p" and node is not element:
            parts.append("\n")
        if tag not in {"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText"}:
            stack.extend(reversed(node))
    return "".join(parts)


def _row(row: Element) -> str:
    cells = [cell for cell in row.iter() if _local(cell) == "tc"]
    texts = ["\n".join(_paragraph(part) for part in cell if _local(part) == "p").strip() for cell in cells]
    texts = [text for text in texts if text]
    heads = {text.strip(" :").casefold() for text in texts}
    if len(texts) > 1 and heads & _SPEAKER_COLUMNS and heads & _TEXT_COLUMNS:
        return ""
    if len(texts) == 2 and len(texts[0]) <= 60 and "\n" not in texts[0]:
        return f"{texts[0].rstrip(' :')}: {texts[1]}"
    if len(texts) == 3 and all(len(text) <= 60 and "\n" not in text for text in texts[:2]):
        clock, label = sorted(texts[:2], key=lambda text: not text[:1].isdigit())
        return f"[{clock.strip('[]()')}] {label.rstrip(' :')}: {texts[2]}"
    return "\n".join(texts)


def _properties(archive: zipfile.ZipFile) -> tuple[str | None, dt.date | None]:
    """Return the title and the day of making from the core properties; the dates of empty templates do not count."""
    from defusedxml.ElementTree import fromstring

    if "docProps/core.xml" not in archive.namelist():
        return None, None
    root = fromstring(archive.read("docProps/core.xml"), forbid_dtd=True)
    values = {_local(child): (child.text or "").strip() for child in root}
    try:
        created = dt.date.fromisoformat(values.get("created", "")[:10])
    except ValueError:
        created = None
    if created and (not 2000 <= created.year <= 2100 or created == _PYTHON_DOCX_TEMPLATE):
        created = None
    return values.get("title") or None, created
