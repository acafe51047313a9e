"""The SQLite file of the workspace: opened, migrated, handed out by session."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assistai.errors import WorkspaceError


def stored_now(clock: Callable[[], dt.datetime]) -> dt.datetime:
    """Return the present moment as it is stored: in UTC, without a zone."""
    return clock().astimezone(dt.UTC).replace(tzinfo=None)


class Database:
    """One SQLite file, made and migrated at first use; safe to open from several processes and threads (WAL).

    Every use raises WorkspaceError where the file cannot be used or is from a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine: Engine | None = None
        self._lock = threading.Lock()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session whose changes are kept together at the end, or not at all."""
        try:
            with Session(self._opened()) as session, session.begin():
                yield session
        except DBAPIError as error:
            raise WorkspaceError("workspace_unusable", path=self._path, reason=error.orig) from error

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a connection in a transaction, for statements rather than objects."""
        try:
            with self._opened().begin() as connection:
                yield connection
        except DBAPIError as error:
            raise WorkspaceError("workspace_unusable", path=self._path, reason=error.orig) from error

    def close(self) -> None:
        """Give the file back; the next use opens it anew."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                try:
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                except OSError as error:
                    raise WorkspaceError("workspace_unusable", path=self._path, reason=error.strerror) from error
                engine = create_engine(f"sqlite:///{self._path}")
                event.listen(engine, "connect", _set_up)
                _migrate(engine, self._path)
                self._engine = engine
            return self._engine


def _set_up(connection: object, _record: object) -> None:
    for pragma in (
        *("journal_mode=WAL", "busy_timeout=5000", "foreign_keys=ON", "synchronous=NORMAL"),
        *("mmap_size=268435456", "cache_size=-16000"),  # a search reads here and there in large rows
    ):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _migrate(engine: Engine, path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}

    def is_current(connection: Connection) -> bool:
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in known:
            raise WorkspaceError("workspace_newer", path=path)
        return current == script.get_current_head()

    with engine.connect() as connection:
        if is_current(connection):
            return
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # all of it or nothing, and one process at a time
        if not is_current(connection):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
