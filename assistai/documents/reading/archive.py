"""ZIP archives: the files inside, within limits; their names are labels, nothing is unpacked to disk."""

from __future__ import annotations

import posixpath

from assistai.documents.reading.blocks import Part, Reading, Unread
from assistai.files.packages import Limits, open_package, read_entry

_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def read_archive(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the files in an archive as parts.

    An entry whose name leads outside (absolute, "..", a drive) is not read and is named in `unread`. Raises
    UnreadableInput where the archive is broken or protected, LimitExceeded where it holds too much.
    """
    parts: list[Part] = []
    unread: list[Unread] = []
    total = 0
    with open_package(data, name, limits) as archive:
        for entry in archive.infolist():
            inside = entry.filename.replace("\\", "/")
            if entry.is_dir() or any(mark in f"/{inside.lower()}" for mark in _LITTER):
                continue
            if inside.startswith("/") or ":" in inside.split("/")[0] or ".." in inside.split("/"):
                unread.append(Unread("archive_unsafe_name", name=posixpath.basename(inside)[:200]))
                continue
            content = read_entry(archive, entry, name, limits.unpacked - total)
            total += len(content)
            parts.append(Part(inside[:400], content))
    return Reading("zip", parts=tuple(parts), unread=tuple(unread))
