"""Where files come from: a path, a folder, an archive or mail that they are inside, or bytes that were handed over."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from assistai.documents.reading import EXTENSIONS, Part
from assistai.errors import AssistAIError, LimitExceeded, UnreadableInput
from assistai.settings import Settings
from assistai.workspace.document import INSIDE

_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in: `source` is its identity in a collection, `name` what is shown, `read` gives its bytes.

    With `beside` a document that is there from this source and holds something else stays: this file gets a number.
    """

    source: str
    name: str
    read: Callable[[], bytes]
    container: str | None = None
    depth: int = 0
    root: str | None = None
    beside: bool = False


def sources_in(path: Path, settings: Settings) -> Iterator[Source]:
    """Yield the file that `path` is, or the readable files below the folder that it is, in name order.

    Raises UnreadableInput where there is nothing, or what is there may not be looked at.
    """
    try:
        if path.is_dir():
            yield from (_file(child, settings) for child in _below(path) if child.suffix.lower() in EXTENSIONS)
        elif path.is_file():
            yield _file(path, settings)
        else:
            raise UnreadableInput("file_missing", name=path)
    except OSError as error:
        raise UnreadableInput("file_unreadable", name=path, reason=error.strerror or error) from error


def file_at(source: str, settings: Settings) -> Iterator[Source]:
    """Yield the file that a source names, as `sources_in` does; nothing where it is no longer there."""
    path = _path(source)
    if path is not None and path.is_file():
        yield _file(path, settings)


def passed_over(path: Path) -> list[str]:
    """Return the files below a folder that `sources_in` leaves out, for they are of no format that is read."""
    return [_text(str(child)) for child in _below(path) if child.suffix.lower() not in EXTENSIONS]


def inside(container: Source, parts: Sequence[Part]) -> list[Source]:
    """Return the files inside an archive or mail; a second one of a name gets a number, and so a source of its own."""
    seen: dict[str, int] = {}
    found = []
    for part in parts:
        number = seen[part.name] = seen.get(part.name, 0) + 1
        name = part.name if number == 1 else f"{number}-{part.name}"
        found.append(
            Source(
                source=f"{container.source}{INSIDE}{name}",
                name=name.split("/")[-1],
                read=lambda data=part.data: data,  # type: ignore[misc]
                container=container.source,
                depth=container.depth + 1,
                root=container.root or container.source,
            )
        )
    return found


def refused(source: Source, error: AssistAIError) -> Source:
    """Return the source as one whose reading fails."""

    def read() -> bytes:
        raise error

    return replace(source, read=read)


def has_path(source: str) -> bool:
    """Tell whether a file of its own is on disk: not uploaded, nor saved in assistai."""
    return _path(source) is not None


def is_gone(source: str) -> bool:
    """Tell whether a document came from a file that is no longer there."""
    path = _path(source)
    try:
        return path is not None and not path.exists()
    except OSError:  # a folder that may not be looked into
        return False


def gone_from(folder: Path) -> Callable[[str], bool]:
    """Return what tells whether a document came from a file below a folder that is no longer there.

    A folder without any file tells nothing: it may be a drive that is not there.
    """
    resolved = folder.resolve()
    if next(_below(folder), None) is None:
        return lambda _source: False

    def gone(source: str) -> bool:
        path = _path(source)
        return path is not None and path.is_relative_to(resolved) and is_gone(source)

    return gone


def still_holds(source: str, sha256: str) -> bool:
    """Tell whether the file that a document came from holds these bytes; what has no file of its own does."""
    path = _path(source)
    if path is None:
        return True
    try:
        status = path.stat()
        return _digest(path, status.st_mtime_ns, status.st_ctime_ns, status.st_size) == sha256
    except OSError:
        return False


@lru_cache(maxsize=64)
def _digest(path: Path, *_status: int) -> str:
    """Return the SHA-256 of a file as it is: an archive is asked for with each file inside it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in name order, without hidden ones, locks of Office and links."""
    for child in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in child.relative_to(folder).parts)
        if child.is_file() and not child.is_symlink() and not hidden:
            yield child


def _path(source: str) -> Path | None:
    """Return the file that the source of a file of its own names; None for what was uploaded or saved in assistai."""
    if not Path(source).is_absolute():
        return None
    if Path(source).exists():
        return Path(source)
    return Path(os.fsdecode(_ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), source.encode())))


def _text(name: str) -> str:
    """Return a file name as text that can be stored: bytes that are no UTF-8 are written as \\xe9."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _file(path: Path, settings: Settings) -> Source:
    name = _text(path.name)

    def read() -> bytes:
        try:
            size = path.stat().st_size
            if size > settings.max_document_megabytes * 1_000_000:
                raise LimitExceeded(
                    "document_too_large", name=name, size=round(size / 1e6), limit=settings.max_document_megabytes
                )
            return path.read_bytes()
        except OSError as error:
            raise UnreadableInput("file_unreadable", name=name, reason=error.strerror or error) from error

    return Source(_text(str(path.resolve())), name, read)
