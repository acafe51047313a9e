"""Where else the file of a document stands: places that hold the same bytes, so that its text is kept once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, literal, select, update

from assistai.workspace.database import Database
from assistai.workspace.document import INSIDE, Document
from assistai.workspace.rows import DOCUMENT, LISTED, as_document
from assistai.workspace.tables import CopyRow

_COPY = cast(Table, CopyRow.__table__)
_FIELDS = (_COPY.c.document_id, _COPY.c.source, _COPY.c.name, _COPY.c.container, _COPY.c.sha256)


@dataclass(frozen=True, slots=True)
class Copy:
    """A place where the file of a document stands too; `sha256` tells the bytes that were found there."""

    document_id: str
    source: str
    name: str
    container: str | None
    sha256: str


class Copies:
    """Keeps the places; every method is one transaction and raises WorkspaceError where the file fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, document: Document, source: str, name: str, container: str | None) -> None:
        """Write down that the file of a document stands at another place too."""
        copy = Copy(document.id, source, name, container, document.sha256)
        with self._database.connection() as connection:
            leave(connection, document.collection, source)
            connection.execute(insert(_COPY).values(astuple(copy)))

    def of(self, document: Document) -> tuple[Copy, ...]:
        """Return where the file of a document stands too, files of their own before those inside others."""
        query = select(*_FIELDS).where(_COPY.c.document_id == document.id, _COPY.c.sha256 == document.sha256)
        with self._database.connection() as connection:
            rows = connection.execute(query.order_by(_COPY.c.container.is_not(None), _COPY.c.source)).all()
        return tuple(Copy(*row) for row in rows)

    def by_document(self) -> Mapping[str, tuple[Copy, ...]]:
        """Return the other places of each document that has some, by its id."""
        found: dict[str, tuple[Copy, ...]] = {}
        with self._database.connection() as connection:
            for row in connection.execute(select(*_FIELDS).order_by(_COPY.c.source)):
                found[row[0]] = (*found.get(row[0], ()), Copy(*row))
        return found

    def left_behind(self) -> tuple[Copy, ...]:
        """Return the places whose document holds something else by now, so that nothing has their text."""
        query = select(*_FIELDS).join(DOCUMENT, DOCUMENT.c.id == _COPY.c.document_id)
        with self._database.connection() as connection:
            rows = connection.execute(query.where(DOCUMENT.c.sha256 != _COPY.c.sha256)).all()
        return tuple(Copy(*row) for row in rows)

    def forget(self, *copies: Copy) -> None:
        """Forget places, but those that are written down for another document or other bytes since."""
        with self._database.connection() as connection:
            for copy in copies:
                same = [column == value for column, value in zip(_FIELDS, astuple(copy), strict=True)]
                connection.execute(delete(_COPY).where(*same))

    def forget_inside(self, outer: Document, but: Collection[str] = ()) -> None:
        """Forget the places in an archive or mail, but those that are, or are in, one of the named."""
        query = select(_COPY.c.document_id, _COPY.c.source).where(_inside(outer.source), _in(outer.collection))
        with self._database.connection() as connection:
            for name, source in connection.execute(query).all():
                if source not in but and not source.startswith(tuple(f"{other}{INSIDE}" for other in but)):
                    connection.execute(delete(_COPY).where(_COPY.c.document_id == name, _COPY.c.source == source))


def document_at(connection: Connection, collection: str, source: str) -> Document | None:
    """Return the document whose file stood at another place too when that was last read."""
    held = select(_COPY.c.document_id).where(_COPY.c.source == source)
    query: Select[Any] = select(*LISTED).where(DOCUMENT.c.collection == collection, DOCUMENT.c.id.in_(held))
    row = connection.execute(query).first()
    return None if row is None else as_document(row)


def leave(connection: Connection, collection: str, source: str) -> None:
    """Forget a place that has a document of its own now, or is one of another document."""
    connection.execute(delete(_COPY).where(_COPY.c.source == source, _in(collection)))


def lose(connection: Connection, document_ids: Collection[str]) -> None:
    """Forget the places of documents that are deleted."""
    connection.execute(delete(_COPY).where(_COPY.c.document_id.in_(document_ids)))


def follow(connection: Connection, document: Document, source: str) -> None:
    """Write down that the archive or mail that holds places is now at another place itself."""
    moved = {
        column.name: literal(source) + func.substr(column, len(document.source) + 1)
        for column in (_COPY.c.source, _COPY.c.container)
    }
    connection.execute(update(_COPY).where(_inside(document.source), _in(document.collection)).values(**moved))


def _inside(source: str) -> ColumnElement[bool]:
    begin = f"{source}{INSIDE}"
    return _COPY.c.source.between(begin, f"{begin}\U0010ffff") & _COPY.c.container.is_not(None)


def _in(collection: str) -> ColumnElement[bool]:
    return _COPY.c.document_id.in_(select(DOCUMENT.c.id).where(DOCUMENT.c.collection == collection))
