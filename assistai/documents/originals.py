"""The files as they were brought, by content: to show a page again, and to finish what was cut short."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from assistai.errors import WorkspaceError

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Originals:
    """A folder of files named by their SHA-256.

    Whoever keeps a file holds `changing` until the library names it, so that no other thread deletes it in between.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.changing = threading.RLock()

    def keep(self, sha256: str, data: bytes) -> None:
        """Keep a file; raises WorkspaceError where it cannot be written."""
        target = self._path(sha256)
        if target.exists():
            return
        partial = target.with_suffix(f".{os.getpid()}.partial")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(data)
            partial.replace(target)
        except OSError as error:
            raise WorkspaceError("workspace_unusable", path=self._folder, reason=error.strerror or error) from error

    def load(self, sha256: str) -> bytes | None:
        """Return a file's bytes, None where it is not kept."""
        try:
            return self._path(sha256).read_bytes()
        except OSError:
            return None

    def holds(self, sha256: str) -> bool:
        """Tell whether a file is kept."""
        return self._path(sha256).exists()

    def keep_only(self, wanted: Callable[[], Iterable[str]]) -> int:
        """Delete every file that is not wanted, and return how many; raises WorkspaceError where one stays."""
        with self.changing:
            names = set(wanted())
            doomed = [path for path in self._folder.glob("*") if path.name not in names]
            for path in doomed:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    reason = error.strerror or error
                    raise WorkspaceError("workspace_unusable", path=self._folder, reason=reason) from error
        return len(doomed)

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("no SHA-256")
        return self._folder / sha256
