"""The library in SQL: documents and passages, the source of truth from which both indexes are made.

The full-text index (SQLite FTS5) stands in the same file and is written in the same transactions as the passages. The
vector index does not, so what it still has to take or lose is written down here first (`embedded`, `vector_to_delete`).
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, literal, select, text, update

from assistai.workspace import copies
from assistai.workspace.catalogue import Catalogue
from assistai.workspace.copies import Copies, Copy
from assistai.workspace.database import Database, stored_now
from assistai.workspace.document import READ, Document, PassageWords, StoredPassage
from assistai.workspace.remembered import recall, remember, write
from assistai.workspace.rows import (
    CHUNK,
    DOCUMENT,
    KEPT,
    LISTED,
    PASSAGE,
    as_document,
    document_values,
    in_chunks,
    passage_values,
)
from assistai.workspace.tables import JudgementRow, VectorIndexRow, VectorToDeleteRow

_WORDS_OF = select(PASSAGE.c.number, DOCUMENT.c.title, *KEPT).join(DOCUMENT)
_DELETE_WORDS = text("DELETE FROM passage_words WHERE rowid = :number")


class Library(Catalogue):
    """Keeps documents and passages, and finds what it keeps as a Catalogue does.

    Every method is one transaction and raises WorkspaceError where the file fails.
    """

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(database)
        self._clock = clock
        self.copies = Copies(database)

    def now(self) -> dt.datetime:
        """Return the present moment in UTC, without a zone, as it is stored."""
        return stored_now(self._clock)

    def save(self, document: Document) -> None:
        """Keep what is known of a document; its text and passages stay as they are."""
        values = document_values(document)
        with self._database.connection() as connection:
            changed = connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document.id).values(**values))
            if not changed.rowcount:
                connection.execute(insert(DOCUMENT).values(**values, text="", page_starts="[]"))

    def add(self, document: Document, given: dict[str, Any]) -> Document:
        """Keep a document that is new, with what is given and, else, what was said of its file: before it went away,
        or as a copy of another document's.
        """
        same = update(DOCUMENT).where(DOCUMENT.c.id == document.id)
        with self._database.connection() as connection:
            if connection.execute(same.values(**document_values(document) | given)).rowcount:
                return replace(document, **given)  # another thread has just begun it
            if (same_file := copies.document_at(connection, document.collection, document.source)) is not None:
                write(connection, document.collection, document.source, document.sha256, same_file.said)
            document = replace(document, **recall(connection, document) | given)
            copies.leave(connection, document.collection, document.source)
            connection.execute(insert(DOCUMENT).values(**document_values(document), text="", page_starts="[]"))
        return document

    def change(self, document_id: str, **values: Any) -> Document | None:
        """Change these columns of a document and return it as it is then, None where it is no longer there."""
        chosen = DOCUMENT.c.id == document_id
        with self._database.connection() as connection:
            connection.execute(update(DOCUMENT).where(chosen).values(**values))
            row = connection.execute(select(*LISTED).where(chosen)).first()
        return None if row is None else as_document(row)

    def move(self, document: Document, source: str, name: str, container: str | None) -> Document:
        """Write down that a document, and what is in it, is now at another place; return it as it is then."""
        moved = replace(document, source=source, name=name, container=container, updated_at=self.now())
        inner = {
            column.name: literal(source) + func.substr(column, len(document.source) + 1)
            for column in (DOCUMENT.c.source, DOCUMENT.c.container)
        }
        within = [item.id for item in self.inside(document.collection, document.source)]
        with self._database.connection() as connection:
            connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document.id).values(**document_values(moved)))
            for part in in_chunks(within):
                connection.execute(update(DOCUMENT).where(DOCUMENT.c.id.in_(part)).values(**inner))
            copies.leave(connection, document.collection, source)
            copies.follow(connection, document, source)
        return moved

    def say_of_copy(self, copy: Copy, document: Document) -> None:
        """Keep what was said of a document for one of its other places, which has no document of its own yet."""
        with self._database.connection() as connection:
            write(connection, document.collection, copy.source, copy.sha256, document.said)

    def collect(self, ids: Sequence[str], collection: str) -> None:
        """Put documents in a collection, all or none; those that were read are unfinished until the indexes follow."""
        with self._database.connection() as connection:
            for part in in_chunks(ids):
                chosen = DOCUMENT.c.id.in_(part)
                read = chosen & DOCUMENT.c.state.in_(READ)
                connection.execute(update(DOCUMENT).where(chosen).values(collection=collection, updated_at=self.now()))
                connection.execute(update(DOCUMENT).where(read).values(state="embedding"))

    def replace_passages(
        self,
        document: Document,
        content: str,
        page_starts: Sequence[tuple[int, int]],
        passages: Sequence[PassageWords],
        place_starts: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Put a document's text and passages in place of what was there, words included.

        `page_starts` and `place_starts` are where in the text each page and each row of a sheet begins.
        A passage whose id stays is not embedded again; one that goes is written down for the vector index to lose.
        """
        new = {item.passage.id: item for item in passages}
        with self._database.connection() as connection:
            starts = {"page_starts": json.dumps(list(page_starts)), "place_starts": json.dumps(list(place_starts))}
            values = document_values(document) | {"text": content} | starts
            if not connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == document.id).values(**values)).rowcount:
                connection.execute(insert(DOCUMENT).values(**values))
            known = {
                row.id: row.number
                for row in connection.execute(
                    select(PASSAGE.c.id, PASSAGE.c.number).where(PASSAGE.c.document_id == document.id)
                )
            }
            _forget(connection, {name: number for name, number in known.items() if name not in new})
            kept = [item for name, item in new.items() if name in known]
            for item in kept:
                connection.execute(
                    update(PASSAGE)
                    .where(PASSAGE.c.id == item.passage.id)
                    .values(**passage_values(item.passage, with_text=False))
                )
            added = [item for name, item in new.items() if name not in known]
            _add(connection, added)

    def mark_embedded(self, ids: Sequence[str]) -> None:
        """Write down that these passages have their vector; of one that is gone meanwhile, the vector must go too."""
        with self._database.connection() as connection:
            for part in in_chunks(ids):
                connection.execute(update(PASSAGE).where(PASSAGE.c.id.in_(part)).values(embedded=True))
                there = set(connection.scalars(select(PASSAGE.c.id).where(PASSAGE.c.id.in_(part))))
                _lose(connection, [name for name in part if name not in there])

    def delete(self, *ids: str, file_may_return: bool = False) -> None:
        """Forget documents, their passages and words; their vectors are written down for the vector index to lose.

        Of one whose file may return, what was said of it is kept until then.
        """
        with self._database.connection() as connection:
            for part in in_chunks(ids):
                if file_may_return:
                    remember(connection, part)
                connection.execute(
                    update(DOCUMENT).where(DOCUMENT.c.superseded_by.in_(part)).values(superseded_by=None)
                )
                rows = connection.execute(select(PASSAGE.c.id, PASSAGE.c.number).where(PASSAGE.c.document_id.in_(part)))
                _forget(connection, {row.id: row.number for row in rows})
                copies.lose(connection, part)
                connection.execute(delete(DOCUMENT).where(DOCUMENT.c.id.in_(part)))

    def vectors_deleted(self, ids: Sequence[str]) -> None:
        """Write down that these vectors are gone."""
        with self._database.connection() as connection:
            for part in in_chunks(ids):
                connection.execute(delete(VectorToDeleteRow).where(VectorToDeleteRow.id.in_(part)))

    def use_vector_index(self, name: str, dimension: int) -> None:
        """Write down the embedding model of the vectors in use; all passages have theirs by then."""
        with self._database.connection() as connection:
            connection.execute(delete(VectorIndexRow))
            connection.execute(insert(VectorIndexRow).values(name=name, dimension=dimension))

    def rebuild_words(self, make: Callable[[StoredPassage, str], PassageWords]) -> None:
        """Write the full-text index anew from the passages and the titles of their documents.

        Some at a time: questions find all words meanwhile, and others who write need not wait long.
        """
        query = _WORDS_OF.order_by(PASSAGE.c.number).limit(CHUNK)
        last: int | None = -1
        while last is not None:
            with self._database.connection() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # what is read stays so until it is written
                rows = connection.execute(query.where(PASSAGE.c.number > last)).all()
                last = rows[-1].number if rows else None
                _renew_words(connection, rows, make)
        with self._database.connection() as connection:
            connection.execute(text("DELETE FROM passage_words WHERE rowid NOT IN (SELECT number FROM passage)"))

    def renew_words(self, document_id: str, make: Callable[[StoredPassage, str], PassageWords]) -> None:
        """Write a document's part of the full-text index anew, as after a change of its title."""
        with self._database.connection() as connection:
            rows = connection.execute(_WORDS_OF.where(PASSAGE.c.document_id == document_id)).all()
            _renew_words(connection, rows, make)

    def judge(self, question: str, answer: str, helpful: bool, reason: str) -> None:
        """Keep what a user thought of an answer."""
        with self._database.connection() as connection:
            connection.execute(
                insert(JudgementRow).values(
                    id=uuid.uuid4().hex, at=self.now(), question=question, helpful=helpful, reason=reason, answer=answer
                )
            )


def _renew_words(
    connection: Connection, rows: Sequence[Any], make: Callable[[StoredPassage, str], PassageWords]
) -> None:
    for row in rows:
        connection.execute(_DELETE_WORDS, {"number": row.number})
    _add_words(connection, [(row[0], make(StoredPassage(*row[2:]), row[1])) for row in rows])


def _forget(connection: Connection, passages: dict[str, int]) -> None:
    for part in in_chunks(list(passages)):
        numbers = [passages[name] for name in part]
        connection.execute(delete(PASSAGE).where(PASSAGE.c.number.in_(numbers)))
        connection.execute(_DELETE_WORDS, [{"number": number} for number in numbers])
        _lose(connection, part)


def _lose(connection: Connection, vectors: Sequence[str]) -> None:
    if vectors:
        statement = text("INSERT OR IGNORE INTO vector_to_delete (id) VALUES (:id)")
        connection.execute(statement, [{"id": name} for name in vectors])


def _add(connection: Connection, items: Sequence[PassageWords]) -> None:
    if not items:
        return
    first = (connection.scalar(select(func.max(PASSAGE.c.number))) or 0) + 1
    highest = connection.scalar(text("SELECT max(rowid) FROM passage_words")) or 0
    first = max(first, highest + 1)
    numbered = list(enumerate(items, start=first))
    connection.execute(
        insert(PASSAGE),
        [passage_values(item.passage) | {"number": number, "embedded": False} for number, item in numbered],
    )
    connection.execute(
        text("DELETE FROM vector_to_delete WHERE id = :id"), [{"id": item.passage.id} for _, item in numbered]
    )
    _add_words(connection, numbered)


def _add_words(connection: Connection, numbered: Sequence[tuple[int, PassageWords]]) -> None:
    if not numbered:
        return
    connection.execute(
        text("INSERT INTO passage_words (rowid, words, headings, exact) VALUES (:number, :words, :headings, :exact)"),
        [
            {"number": number, "words": item.words, "headings": item.headings, "exact": item.exact}
            for number, item in numbered
        ],
    )
