"""ZIP archives: the files inside, within limits; their names are labels, nothing is unpacked to disk."""

from __future__ import annotations

import stat
import zipfile

from assistai.documents.reading.blocks import Part, Reading, Unread, clean
from assistai.files.packages import Limits, open_package, read_entry

_LITTER = frozenset(["__macosx", ".ds_store", "thumbs.db", "desktop.ini"])
_UTF8_NAME = 0x800
_MAX_NAME = 400


def read_archive(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the files in an archive as parts.

    An entry whose name leads outside (absolute, "..", a drive), or that is a link, is not read and is named in
    `unread`. Raises UnreadableInput where the archive is broken or protected, LimitExceeded where it holds too much.
    """
    parts: list[Part] = []
    unread: list[Unread] = []
    total = 0
    with open_package(data, name, limits) as archive:
        for entry in archive.infolist():
            inside = clean(_name(entry)).replace("\\", "/")
            steps = inside.split("/")
            if entry.is_dir() or not _LITTER.isdisjoint(step.lower() for step in steps):
                continue
            if not steps[0] or ":" in steps[0] or ".." in steps or stat.S_ISLNK(entry.external_attr >> 16):
                unread.append(Unread("archive_unsafe_name", name=steps[-1][-_MAX_NAME:] or "?"))
                continue
            content = read_entry(archive, entry, name, limits.unpacked - total)
            total += len(content)
            parts.append(Part(inside[-_MAX_NAME:], content))
    return Reading("zip", parts=tuple(parts), unread=tuple(unread))


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name: where it is not marked as UTF-8, it is UTF-8 all the same, or of Windows in France."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        written = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp850")
