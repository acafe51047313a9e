"""The catalogue of the library: all that can be asked of it; nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, func, select, text, union

from assistai.workspace.database import Database
from assistai.workspace.document import INSIDE, READ, UNFINISHED, Document, State, StoredPassage
from assistai.workspace.rows import DOCUMENT, KEPT, LISTED, PASSAGE, as_document, in_chunks
from assistai.workspace.scope import Filter, Scope, sql_conditions
from assistai.workspace.tables import CopyRow, JudgementRow, VectorIndexRow, VectorToDeleteRow

_NOT_WHOLE = ("partly", "failed", *UNFINISHED)
_FREQUENCIES = text("SELECT term, doc FROM passage_vocabulary WHERE term IN :terms").bindparams(
    bindparam("terms", expanding=True)
)
_DOCUMENTS_BY_ID = select(*LISTED).where(DOCUMENT.c.id.in_(bindparam("ids", expanding=True)))
_PASSAGES_BY_ID = select(*KEPT).where(PASSAGE.c.id.in_(bindparam("ids", expanding=True)))
_PASSAGE_COUNT = select(func.count()).select_from(PASSAGE)
"""What every question asks for, built once."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages each store holds, and the documents that are not finished."""

    documents: int
    passages: int
    words: int
    embedded: int
    unfinished: int
    vectors_to_delete: int


class Catalogue:
    """Finds documents and passages; every method is one transaction and raises WorkspaceError where the file fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- documents

    def documents(
        self, *, collection: str | None = None, states: Sequence[State] | None = None
    ) -> tuple[Document, ...]:
        """Return the documents, by collection and name."""
        query = select(*LISTED).order_by(DOCUMENT.c.collection, DOCUMENT.c.name, DOCUMENT.c.source)
        if collection is not None:
            query = query.where(DOCUMENT.c.collection == collection)
        if states is not None:
            query = query.where(DOCUMENT.c.state.in_(states))
        return self._documents(query)

    def by_id(self, ids: Iterable[str]) -> dict[str, Document]:
        """Return the documents of these ids that are there."""
        with self._database.connection() as connection:
            rows = connection.execute(_DOCUMENTS_BY_ID, {"ids": list(ids)}).all()
        return {row.id: as_document(row) for row in rows}

    def by_content(self, collection: str, sha256: str) -> tuple[Document, ...]:
        """Return the documents of a collection that hold these very bytes."""
        query = select(*LISTED).where(DOCUMENT.c.collection == collection, DOCUMENT.c.sha256 == sha256)
        return self._documents(query)

    def by_source(self, collection: str, source: str) -> Document | None:
        """Return the document of a collection that came from this place."""
        query = select(*LISTED).where(DOCUMENT.c.collection == collection, DOCUMENT.c.source == source)
        with self._database.connection() as connection:
            row = connection.execute(query).first()
        return None if row is None else as_document(row)

    def inside(self, collection: str, source: str) -> tuple[Document, ...]:
        """Return the documents that are in the archive or mail at a source, however deep."""
        begin = f"{source}{INSIDE}"
        query = select(*LISTED).where(
            DOCUMENT.c.collection == collection,
            DOCUMENT.c.source.between(begin, f"{begin}\U0010ffff"),
            DOCUMENT.c.container.is_not(None),
        )
        return self._documents(query)

    def of_one_title(self) -> Mapping[str, tuple[Document, ...]]:
        """Return the documents of each title that several have."""
        several = select(DOCUMENT.c.title).group_by(DOCUMENT.c.title).having(func.count() > 1)
        found: dict[str, tuple[Document, ...]] = {}
        for document in self._documents(select(*LISTED).where(DOCUMENT.c.title.in_(several))):
            found[document.title] = (*found.get(document.title, ()), document)
        return found

    def unfinished(self, document_id: str | None = None) -> tuple[Document, ...]:
        """Return the documents that were begun and not finished, containers before what is in them; or the one."""
        waiting = select(PASSAGE.c.document_id).where(PASSAGE.c.embedded.is_(False))
        query = select(*LISTED).where(DOCUMENT.c.state.in_(UNFINISHED) | DOCUMENT.c.id.in_(waiting))
        if document_id is not None:
            query = query.where(DOCUMENT.c.id == document_id)
        return self._documents(query.order_by(DOCUMENT.c.collection, DOCUMENT.c.source))

    def _documents(self, query: Select[Any]) -> tuple[Document, ...]:
        with self._database.connection() as connection:
            return tuple(as_document(row) for row in connection.execute(query).all())

    def collections(self) -> tuple[str, ...]:
        """Return the names of the collections that hold a document."""
        with self._database.connection() as connection:
            return tuple(connection.scalars(select(DOCUMENT.c.collection).distinct().order_by(DOCUMENT.c.collection)))

    def contents(self) -> set[str]:
        """Return the SHA-256 of every document's file, and of what it held before where a copy held that too."""
        with self._database.connection() as connection:
            return set(connection.scalars(union(select(DOCUMENT.c.sha256), select(CopyRow.sha256))))

    def text_of(self, document_id: str) -> str:
        """Return a document's text, "" where there is none."""
        with self._database.connection() as connection:
            return connection.scalar(select(DOCUMENT.c.text).where(DOCUMENT.c.id == document_id)) or ""

    def beginnings(self, documents: Iterable[Document], length: int) -> dict[str, str]:
        """Return the first `length` characters of the text of each document, by id."""
        query = select(DOCUMENT.c.id, func.substr(DOCUMENT.c.text, 1, length))
        found: dict[str, str] = {}
        with self._database.connection() as connection:
            for part in in_chunks([document.id for document in documents]):
                found.update((row[0], row[1]) for row in connection.execute(query.where(DOCUMENT.c.id.in_(part))))
        return found

    def page_starts(self, document_ids: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
        """Return for each document the (offset, page) where a page's text begins, in order."""
        return self._starts(DOCUMENT.c.page_starts, document_ids)

    def place_starts(self, document_ids: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
        """Return for each document the (offset, place) where a row's text begins, in order."""
        return self._starts(DOCUMENT.c.place_starts, document_ids)

    def _starts(self, column: Column[Any], document_ids: Iterable[str]) -> dict[str, list[tuple[int, Any]]]:
        query = select(DOCUMENT.c.id, column).where(DOCUMENT.c.id.in_(tuple(document_ids)))
        with self._database.connection() as connection:
            return {name: [(at, mark) for at, mark in json.loads(marks)] for name, marks in connection.execute(query)}

    # -- passages

    def passages(self, ids: Iterable[str]) -> dict[str, StoredPassage]:
        """Return the passages of these ids that are there."""
        found: dict[str, StoredPassage] = {}
        with self._database.connection() as connection:
            for part in in_chunks(tuple(ids)):
                rows = connection.execute(_PASSAGES_BY_ID, {"ids": part}).all()
                found.update((row.id, StoredPassage(*row)) for row in rows)
        return found

    def passages_of(self, document_id: str) -> tuple[StoredPassage, ...]:
        """Return a document's passages in order."""
        query = select(*KEPT).where(PASSAGE.c.document_id == document_id).order_by(PASSAGE.c.ordinal)
        return self._passages(query)

    def waiting_passages(self, document_id: str) -> tuple[StoredPassage, ...]:
        """Return the passages of a document that have no vector yet, in order."""
        query = (
            select(*KEPT)
            .where(PASSAGE.c.document_id == document_id, PASSAGE.c.embedded.is_(False))
            .order_by(PASSAGE.c.ordinal)
        )
        return self._passages(query)

    def _passages(self, query: Select[Any]) -> tuple[StoredPassage, ...]:
        with self._database.connection() as connection:
            return tuple(StoredPassage(*row) for row in connection.execute(query).all())

    def passage_ids(self, document_id: str | None = None) -> set[str]:
        """Return the ids of a document's passages, or of all."""
        query = select(PASSAGE.c.id)
        if document_id is not None:
            query = query.where(PASSAGE.c.document_id == document_id)
        with self._database.connection() as connection:
            return set(connection.scalars(query))

    def passage_count(self) -> int:
        """Return how many passages there are."""
        with self._database.connection() as connection:
            return connection.scalar(_PASSAGE_COUNT) or 0

    def scope(self, wanted: Filter) -> Scope:
        """Return how much a filter lets through."""
        conditions, params = sql_conditions(wanted)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        states = f"SELECT state, count(*) AS number FROM document{where} GROUP BY state"  # noqa: S608 - conditions are ours
        inside = f"SELECT count(*) FROM passage JOIN document ON document.id = document_id{where}"  # noqa: S608
        with self._database.connection() as connection:
            counts = {row.state: int(row.number) for row in connection.execute(text(states), params)}
            passages = connection.scalar(text(inside) if where else _PASSAGE_COUNT, params) or 0
        read, unread = (sum(counts.get(state, 0) for state in names) for names in (READ, _NOT_WHOLE))
        return Scope(read, passages, unread)

    # -- words

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each term of the full-text index stands; absent terms are left out."""
        if not terms:
            return {}
        with self._database.connection() as connection:
            rows = connection.execute(_FREQUENCIES, {"terms": list(dict.fromkeys(terms))}).all()
        return {term: int(count) for term, count in rows if count}

    def match_words(self, expression: str, wanted: Filter, limit: int) -> list[tuple[str, float]]:
        """Return (passage id, BM25 score, higher is nearer) of an FTS5 expression, the nearest first."""
        conditions, params = sql_conditions(wanted)
        score = "bm25(passage_words, 1.0, 0.7, 0.5)"
        if conditions:
            query = (
                f"SELECT passage.id, {score} AS score FROM passage_words"  # noqa: S608 - conditions are ours, values bound
                " JOIN passage ON passage.number = passage_words.rowid"
                " JOIN document ON document.id = passage.document_id"
                f" WHERE passage_words MATCH :expression AND {' AND '.join(conditions)}"
                " ORDER BY score, passage.number LIMIT :limit"
            )
        else:
            query = (
                "SELECT passage.id, found.score FROM"  # noqa: S608 - no value is written into it
                f" (SELECT rowid AS number, {score} AS score FROM passage_words"
                " WHERE passage_words MATCH :expression ORDER BY score, rowid LIMIT :limit) AS found"
                " JOIN passage ON passage.number = found.number ORDER BY found.score, found.number"
            )
        with self._database.connection() as connection:
            rows = connection.execute(text(query), {"expression": expression, "limit": limit, **params})
            return [(row[0], -float(row[1])) for row in rows]

    def words_differ(self) -> bool:
        """Tell whether a passage has no words or words have no passage."""
        query = text(
            "SELECT (SELECT count(*) FROM passage WHERE number NOT IN (SELECT rowid FROM passage_words))"
            " + (SELECT count(*) FROM passage_words WHERE rowid NOT IN (SELECT number FROM passage))"
        )
        with self._database.connection() as connection:
            return bool(connection.scalar(query))

    # -- the vector index's accounts, and judgements

    def vectors_to_delete(self) -> tuple[str, ...]:
        """Return the ids of vectors that the vector index has still to lose."""
        with self._database.connection() as connection:
            return tuple(connection.scalars(select(VectorToDeleteRow.id)))

    def vector_index(self) -> tuple[str, int] | None:
        """Return the embedding model's name and dimension that the vectors in use were made with."""
        with self._database.connection() as connection:
            row = connection.execute(select(VectorIndexRow.name, VectorIndexRow.dimension)).first()
        return None if row is None else (row.name, row.dimension)

    def counts(self) -> Counts:
        """Return what each table holds."""

        def count(connection: Connection, query: str) -> int:
            return int(connection.scalar(text(query)) or 0)

        with self._database.connection() as connection:
            return Counts(
                documents=count(connection, "SELECT count(*) FROM document"),
                passages=count(connection, "SELECT count(*) FROM passage"),
                words=count(connection, "SELECT count(*) FROM passage_words"),
                embedded=count(connection, "SELECT count(*) FROM passage WHERE embedded"),
                unfinished=count(
                    connection, "SELECT count(*) FROM document WHERE state IN ('waiting', 'reading', 'embedding')"
                ),
                vectors_to_delete=count(connection, "SELECT count(*) FROM vector_to_delete"),
            )

    def judgements(self) -> list[tuple[str, bool, str]]:
        """Return (question, helpful, reason) of what was judged, in order."""
        query = select(JudgementRow.question, JudgementRow.helpful, JudgementRow.reason).order_by(JudgementRow.at)
        with self._database.connection() as connection:
            return [(row.question, row.helpful, row.reason) for row in connection.execute(query)]
