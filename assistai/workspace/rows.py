"""Documents and passages as rows of their tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, cast

from sqlalchemy import Row, Table

from assistai.workspace.document import Document, StoredPassage
from assistai.workspace.tables import DocumentRow, PassageRow

DOCUMENT = cast(Table, DocumentRow.__table__)
PASSAGE = cast(Table, PassageRow.__table__)

LISTED = [DOCUMENT.c[field.name] for field in fields(Document)]
KEPT = [PASSAGE.c[field.name] for field in fields(StoredPassage)]
"""The columns of documents and passages in the order of the fields that they fill."""

CHUNK = 500
"""How many rows are asked for or written at once."""

_UNREAD, _PROBLEM = (Document.__slots__.index(name) for name in ("unread", "problem"))


def document_values(document: Document) -> dict[str, Any]:
    """Return what the columns of a document's row hold, but for its text and where pages and rows begin in it."""
    return {
        column.name: getattr(document, column.name) for column in LISTED if column.name not in ("unread", "problem")
    } | {
        "unread": json.dumps(document.unread),
        "problem": None if document.problem is None else json.dumps(document.problem),
    }


def as_document(row: Row[Any]) -> Document:
    """Return the document of a row of the columns LISTED."""
    values = list(row)
    values[_UNREAD] = tuple((code, page, name) for code, page, name in json.loads(values[_UNREAD]))
    if values[_PROBLEM] is not None:
        values[_PROBLEM] = cast("tuple[str, dict[str, str]]", tuple(json.loads(values[_PROBLEM])))
    return Document(*values)


def passage_values(passage: StoredPassage, *, with_text: bool = True) -> dict[str, Any]:
    """Return what the columns of a passage's row hold; without its text, only what may change while its id stays."""
    values = {
        "id": passage.id,
        "document_id": passage.document_id,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "place": passage.place,
    }
    if with_text:
        values |= {"heading": passage.heading, "text": passage.text, "language": passage.language}
    return values


def in_chunks(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """Give the ids some at a time: a statement takes no more than so many."""
    return (ids[begin : begin + CHUNK] for begin in range(0, len(ids), CHUNK))
