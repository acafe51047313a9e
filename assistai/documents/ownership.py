"""Which process the folder of the vector index belongs to, and which library its vectors are of."""

from __future__ import annotations

import json
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistai.errors import WorkspaceError

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Ownership:
    """The lock of a folder, held by one process at a time; a file beside it names the holder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: BaseFileLock | None = None

    def take(self) -> None:
        """Hold the folder from now on; raises WorkspaceError where another process does, and names it."""
        from filelock import FileLock, Timeout

        if self._lock is not None:
            return
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder.with_suffix(".lock"), thread_local=False)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise WorkspaceError("index_in_use", holder=self._holder_text()) from error
        except OSError as error:
            raise WorkspaceError("workspace_unusable", path=self._folder, reason=error.strerror or error) from error
        self._lock = lock
        with suppress(OSError):  # whoever waits is told the name; the lock holds without it
            _partial(self._holder, json.dumps({"pid": os.getpid()})).replace(self._holder)

    def give_back(self) -> None:
        """Let another process take the folder."""
        if self._lock is not None:
            self._holder.unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    @property
    def _holder(self) -> Path:
        return self._folder.with_suffix(".holder.json")

    def _holder_text(self) -> str:
        try:
            return f"PID {int(json.loads(self._holder.read_text('utf-8'))['pid'])}"
        except (OSError, ValueError, KeyError, TypeError):
            return "?"


def library_mark(folder: Path) -> str:
    """Return what tells this library from others on a server; made at first use, raises WorkspaceError where not."""
    mark = folder.with_suffix(".id")
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        if not mark.exists():
            partial = _partial(mark, uuid.uuid4().hex[:12])
            with suppress(FileExistsError):
                os.link(partial, mark)  # whole or not at all, and the first one stays
            partial.unlink()
        return mark.read_text("ascii")
    except OSError as error:
        raise WorkspaceError("workspace_unusable", path=mark, reason=error.strerror or error) from error


def _partial(path: Path, text: str) -> Path:
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_text(text, encoding="ascii")
    return partial
