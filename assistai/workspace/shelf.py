"""Saved work of one kind: a row a piece, under its id, with the moment of its last change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, delete, select, true
from sqlalchemy.orm import InstrumentedAttribute

from assistai.errors import WorkspaceError
from assistai.workspace.database import Database, stored_now
from assistai.workspace.tables import SavedRow

_Saved = TypeVar("_Saved", bound=SavedRow)


class Shelf(Generic[_Saved]):
    """Work saved in the workspace's file. A subclass names its `_table`, and the code of the error for what is missing.

    Every method raises WorkspaceError where the file cannot be used or is from a newer version.
    """

    _table: type[_Saved]
    _missing: str

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def delete(self, saved_id: str) -> None:
        """Forget a piece of work; one that is not there is no error."""
        with self._database.session() as session:
            row = session.get(self._table, saved_id)
            if row is not None:
                session.delete(row)

    def delete_unchanged(self, days: int) -> None:
        """Forget what was last changed more than so many days ago."""
        oldest = stored_now(self._clock) - dt.timedelta(days=days)
        with self._database.session() as session:
            session.execute(delete(self._table).where(self._table.updated_at < oldest))

    def _keep(self, row: _Saved) -> None:
        """Keep a row as changed now, in place of what its id held before."""
        row.updated_at = stored_now(self._clock)
        with self._database.session() as session:
            session.merge(row)

    def _find(self, saved_id: str) -> Row[Any]:
        """Return the columns of a row; raises WorkspaceError where there is none."""
        with self._database.session() as session:
            row = session.execute(select(self._table.__table__).where(self._table.id == saved_id)).one_or_none()
        if row is None:
            raise WorkspaceError(self._missing)
        return row

    def _latest(
        self, *columns: InstrumentedAttribute[Any], where: ColumnElement[bool] | None = None
    ) -> Sequence[Row[Any]]:
        """Return these columns of the rows wanted, the last changed first, and `updated_at` at the end of each."""
        shown, changed = [*columns, self._table.updated_at], self._table.updated_at.desc()
        wanted = select(*shown).where(true() if where is None else where).order_by(changed, self._table.id)
        with self._database.session() as session:
            return session.execute(wanted).all()
