"""What was said of documents whose file went away: kept in SQL until the file is back, at its place or at another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection, Select, Table, delete, insert, select, update

from assistai.workspace.document import Document
from assistai.workspace.rows import DOCUMENT, LISTED, as_document
from assistai.workspace.tables import RememberedRow

_REMEMBERED = cast(Table, RememberedRow.__table__)
_DAYS = ("effective_from", "effective_to")
_REPLACED = "replaces"


def remember(connection: Connection, ids: Sequence[str]) -> None:
    """Write down what was said of documents, and which others they replace, before they are deleted."""
    replaced: dict[str, list[str]] = {}
    older = select(DOCUMENT.c.id, DOCUMENT.c.superseded_by).where(DOCUMENT.c.superseded_by.in_(ids))
    for name, newer in connection.execute(older):
        replaced.setdefault(newer, []).append(name)
    query: Select[Any] = select(*LISTED).where(DOCUMENT.c.id.in_(ids))
    for row in connection.execute(query).all():
        document = as_document(row)
        said = document.said | ({_REPLACED: replaced[document.id]} if document.id in replaced else {})
        if said:
            write(connection, document.collection, document.source, document.sha256, said)


def write(connection: Connection, collection: str, source: str, sha256: str, said: dict[str, Any]) -> None:
    """Keep what was said of a file, in place of what was kept for its place before."""
    _forget(connection, collection, source)
    text = json.dumps(said, default=dt.date.isoformat)
    connection.execute(insert(_REMEMBERED).values(collection=collection, source=source, sha256=sha256, said=text))


def recall(connection: Connection, document: Document) -> dict[str, Any]:
    """Return what was said of a new document's file, told by its place or else by its bytes, and keep it no longer.

    Documents that it replaced, and that nothing else replaces since, are again said to be replaced by it.
    """
    query = select(_REMEMBERED).where(_REMEMBERED.c.collection == document.collection)
    row = connection.execute(query.where(_REMEMBERED.c.source == document.source)).first()
    row = row or connection.execute(query.where(_REMEMBERED.c.sha256 == document.sha256)).first()
    if row is None:
        return {}
    _forget(connection, row.collection, row.source)
    said: dict[str, Any] = json.loads(row.said)
    older = DOCUMENT.c.id.in_(said.pop(_REPLACED, [])) & DOCUMENT.c.superseded_by.is_(None)
    connection.execute(update(DOCUMENT).where(older).values(superseded_by=document.id))
    newer = select(DOCUMENT.c.id).where(DOCUMENT.c.id == said.get("superseded_by"))
    if connection.scalar(newer) is None:
        said.pop("superseded_by", None)
    return said | {name: dt.date.fromisoformat(said[name]) for name in _DAYS if name in said}


def _forget(connection: Connection, collection: str, source: str) -> None:
    place = (_REMEMBERED.c.collection == collection) & (_REMEMBERED.c.source == source)
    connection.execute(delete(_REMEMBERED).where(place))
