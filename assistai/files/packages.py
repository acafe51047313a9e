"""ZIP packages from outside (Office files, archives): opened within limits, before anything is unpacked."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from assistai.errors import LimitExceeded, UnreadableInput

if TYPE_CHECKING:
    from lxml.etree import _Element

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    KeyError,
)
"""What Python's zipfile raises on a file that is no sound ZIP."""

MALFORMED = (
    *BROKEN,
    ArithmeticError,
    AssertionError,
    AttributeError,
    ExpatError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
)
"""What the libraries that read Office files raise on parts that are damaged or make no sense."""

_MAX_ENTRIES = 10_000
_MAX_RATIO = 300
_RATIO_FREE = 10_000_000
_FOREIGN = (".svg", ".htm", ".html", ".xhtml", ".mht")
_DECLARES = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may unpack to, in bytes, and how many entries it may have."""

    unpacked: int
    entries: int = _MAX_ENTRIES


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes are a ZIP package."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_package(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """Return the opened package.

    Raises UnreadableInput where it is broken or protected by a password, LimitExceeded where it has too many entries,
    or says that it unpacks to more than `limits` or to hundreds of times its size.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise UnreadableInput("package_broken", name=name) from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableInput("document_protected", name=name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > limits.entries:
        raise LimitExceeded("package_too_many", name=name, count=len(entries), limit=limits.entries)
    if unpacked > max(_RATIO_FREE, _MAX_RATIO * packed):
        raise LimitExceeded("package_suspicious", name=name)
    if unpacked > limits.unpacked:
        raise LimitExceeded("package_too_large", name=name, limit=limits.unpacked // 1_000_000)
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str, name: str, limit: int) -> bytes:
    """Return the bytes of one entry, never more than `limit`, whatever its header says.

    Raises UnreadableInput where it is broken, LimitExceeded where there is more.
    """
    try:
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
    except BROKEN as error:
        raise UnreadableInput("package_broken", name=name) from error
    if len(data) > limit:
        raise LimitExceeded("package_too_large", name=name, limit=limit // 1_000_000)
    return data


def parse_part(part: bytes) -> _Element:
    """Return the root of an XML part, without entities and without looking anything up.

    Raises SyntaxError where it is not well-formed.
    """
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def refuse_entities(archive: zipfile.ZipFile, name: str, limit: int) -> None:
    """Raise UnreadableInput where a part of an Office package declares XML entities, which Office never writes.

    Every part is unpacked once, whatever its name, so that headers that lie about sizes are found out before a library
    reads them. Pictures and web pages inside, which no reader parses, may declare what they like.
    """
    total = 0
    for entry in archive.infolist():
        part = read_entry(archive, entry, name, limit - total)
        total += len(part)
        if entry.filename.lower().endswith(_FOREIGN):
            continue
        plain = part.replace(b"\x00", b"") if b"\x00" in part else part
        if plain.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<") and _DECLARES.search(plain):
            raise UnreadableInput("xml_entities", name=name)
