"""The library in SQL: documents and passages, the source of truth from which both indexes are made.

The full-text index (SQLite FTS5) stands in the same file and is written in the same transactions as the passages. The
vector index does not, so what it still has to take or lose is written down here first (`embedded`, `vector_to_delete`).
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast

from sqlalchemy import Column, Connection, Row, Table, bindparam, delete, func, insert, literal, select, text, update

from assistai.records import Language
from assistai.workspace.database import Database
from assistai.workspace.tables import DocumentRow, JudgementRow, PassageRow, VectorIndexRow, VectorToDeleteRow

State = Literal["waiting", "reading", "embedding", "indexed", "partly", "failed"]
"""Where a document stands; the first three are passed through, the others last."""

Validity = Literal["in_force", "draft", "superseded"]

INSIDE = "!/"
"""Stands in a document's source between an archive or mail and the name of the file inside it."""

UNFINISHED: tuple[State, ...] = ("waiting", "reading", "embedding")
"""The states of documents that are being taken in, or were when the process ended."""

READ: tuple[State, ...] = ("indexed", "partly")
"""The states of documents that have been read, wholly or in part."""

_NOT_WHOLE = ("partly", "failed", *UNFINISHED)
_document = cast(Table, DocumentRow.__table__)
_passage = cast(Table, PassageRow.__table__)
_CHUNK = 500
_FREQUENCIES = text("SELECT term, doc FROM passage_vocabulary WHERE term IN :terms").bindparams(
    bindparam("terms", expanding=True)
)
_DELETE_WORDS = text("DELETE FROM passage_words WHERE rowid = :number")


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a document, without its text.

    `source` is where it came from (a path, or "upload:" and a name) and is its identity in a `collection`; `container`
    is the source of the archive or mail that it was in. `unread` holds (code, page, name) of what was not read,
    `problem` the code and fields of the error that stopped it. `sensitivity` is an index into SENSITIVITIES. `readers`
    is the version of the readers that its text is from; `validity_said` tells whether a person has said its validity.
    Times are in UTC.
    """

    id: str
    collection: str
    source: str
    name: str
    title: str
    format: str
    sha256: str
    size: int
    added_at: dt.datetime
    updated_at: dt.datetime
    container: str | None = None
    language: Language = "fr"
    pages: int | None = None
    unread: tuple[tuple[str, int | None, str | None], ...] = ()
    state: State = "waiting"
    problem: tuple[str, dict[str, str]] | None = None
    owner: str = ""
    sensitivity: int = 1
    validity: Validity = "in_force"
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    superseded_by: str | None = None
    readers: int = 0
    validity_said: bool = False

    @property
    def said_in_force(self) -> bool:
        """Tell whether a person has said that the document is in force."""
        return self.validity_said and self.validity == "in_force"

    def in_force_on(self, day: dt.date) -> bool:
        """Tell whether the document is in force on a day: neither draft nor superseded, within its dates."""
        return (
            self.validity == "in_force"
            and (self.effective_from is None or self.effective_from <= day)
            and (self.effective_to is None or day <= self.effective_to)
        )


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it is kept; `text` is the document's text from `start` to `end`."""

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    text: str
    heading: str
    language: Language
    page: int | None = None
    place: str | None = None


_LISTED = [_document.c[field.name] for field in fields(Document)]
_KEPT = [_passage.c[field.name] for field in fields(StoredPassage)]
"""The columns of documents and passages in the order of the fields that they fill."""

_DOCUMENTS_BY_ID = select(*_LISTED).where(_document.c.id.in_(bindparam("ids", expanding=True)))
_PASSAGES_BY_ID = select(*_KEPT).where(_passage.c.id.in_(bindparam("ids", expanding=True)))
_PASSAGE_COUNT = select(func.count()).select_from(_passage)
"""What every question asks for, built once."""

_UNREAD, _PROBLEM = (Document.__slots__.index(name) for name in ("unread", "problem"))


@dataclass(frozen=True, slots=True)
class PassageWords:
    """A passage and its words as the full-text index takes them: stems, stems of headings, exact forms."""

    passage: StoredPassage
    words: str
    headings: str
    exact: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents a question is asked of; what is None does not restrict."""

    collection: str | None = None
    owner: str | None = None
    max_sensitivity: int | None = None
    validity: tuple[Validity, ...] | None = None
    effective_on: dt.date | None = None
    documents: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a filter lets through: documents that were read, at least in part, with their passages; and how many of the
    documents that it lets through failed, were read in part only or are not finished."""

    documents: int
    passages: int
    unread: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passages each store holds, and the documents that are not finished."""

    documents: int
    passages: int
    words: int
    embedded: int
    unfinished: int
    vectors_to_delete: int


class Library:
    """Keeps documents and passages; every method is one transaction and raises WorkspaceError where the file fails."""

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def now(self) -> dt.datetime:
        """Return the present moment in UTC, without a zone, as it is stored."""
        return self._clock().astimezone(dt.UTC).replace(tzinfo=None)

    # -- documents

    def documents(
        self, *, collection: str | None = None, states: Sequence[State] | None = None
    ) -> tuple[Document, ...]:
        """Return the documents, by collection and name."""
        query = select(*_LISTED).order_by(_document.c.collection, _document.c.name, _document.c.source)
        if collection is not None:
            query = query.where(_document.c.collection == collection)
        if states is not None:
            query = query.where(_document.c.state.in_(states))
        with self._database.connection() as connection:
            return tuple(_as_document(row) for row in connection.execute(query).all())

    def by_id(self, ids: Iterable[str]) -> dict[str, Document]:
        """Return the documents of these ids that are there."""
        with self._database.connection() as connection:
            rows = connection.execute(_DOCUMENTS_BY_ID, {"ids": list(ids)}).all()
        return {row.id: _as_document(row) for row in rows}

    def by_content(self, collection: str, sha256: str) -> tuple[Document, ...]:
        """Return the documents of a collection that hold these very bytes."""
        query = select(*_LISTED).where(_document.c.collection == collection, _document.c.sha256 == sha256)
        with self._database.connection() as connection:
            return tuple(_as_document(row) for row in connection.execute(query).all())

    def by_source(self, collection: str, source: str) -> Document | None:
        """Return the document of a collection that came from this place."""
        query = select(*_LISTED).where(_document.c.collection == collection, _document.c.source == source)
        with self._database.connection() as connection:
            row = connection.execute(query).first()
        return None if row is None else _as_document(row)

    def collections(self) -> tuple[str, ...]:
        """Return the names of the collections that hold a document."""
        with self._database.connection() as connection:
            return tuple(connection.scalars(select(_document.c.collection).distinct().order_by(_document.c.collection)))

    def inside(self, collection: str, source: str) -> tuple[Document, ...]:
        """Return the documents that are in the archive or mail at a source, however deep."""
        begin = f"{source}{INSIDE}"
        query = select(*_LISTED).where(
            _document.c.collection == collection,
            _document.c.source.between(begin, f"{begin}\U0010ffff"),
            _document.c.container.is_not(None),
        )
        with self._database.connection() as connection:
            return tuple(_as_document(row) for row in connection.execute(query).all())

    def unfinished(self, document_id: str | None = None) -> tuple[Document, ...]:
        """Return the documents that were begun and not finished, containers before what is in them; or the one."""
        waiting = select(_passage.c.document_id).where(_passage.c.embedded.is_(False))
        query = select(*_LISTED).where(_document.c.state.in_(UNFINISHED) | _document.c.id.in_(waiting))
        if document_id is not None:
            query = query.where(_document.c.id == document_id)
        with self._database.connection() as connection:
            rows = connection.execute(query.order_by(_document.c.collection, _document.c.source)).all()
            return tuple(_as_document(row) for row in rows)

    def contents(self) -> set[str]:
        """Return the SHA-256 of every document's file."""
        with self._database.connection() as connection:
            return set(connection.scalars(select(_document.c.sha256)))

    def title_of(self, document_id: str) -> str | None:
        """Return a document's title, None where there is no such document."""
        with self._database.connection() as connection:
            return connection.scalar(select(_document.c.title).where(_document.c.id == document_id))

    def text_of(self, document_id: str) -> str:
        """Return a document's text, "" where there is none."""
        with self._database.connection() as connection:
            return connection.scalar(select(_document.c.text).where(_document.c.id == document_id)) or ""

    def beginnings(self, documents: Iterable[Document], length: int) -> dict[str, str]:
        """Return the first `length` characters of the text of each document, by id."""
        query = select(_document.c.id, func.substr(_document.c.text, 1, length))
        found: dict[str, str] = {}
        with self._database.connection() as connection:
            for part in _chunks([document.id for document in documents]):
                found.update((row[0], row[1]) for row in connection.execute(query.where(_document.c.id.in_(part))))
        return found

    def page_starts(self, document_ids: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
        """Return for each document the (offset, page) where a page's text begins, in order."""
        return self._starts(_document.c.page_starts, document_ids)

    def place_starts(self, document_ids: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
        """Return for each document the (offset, place) where a row's text begins, in order."""
        return self._starts(_document.c.place_starts, document_ids)

    def _starts(self, column: Column[Any], document_ids: Iterable[str]) -> dict[str, list[tuple[int, Any]]]:
        query = select(_document.c.id, column).where(_document.c.id.in_(tuple(document_ids)))
        with self._database.connection() as connection:
            return {name: [(at, mark) for at, mark in json.loads(marks)] for name, marks in connection.execute(query)}

    def save(self, document: Document) -> None:
        """Keep what is known of a document; its text and passages stay as they are."""
        values = _as_values(document)
        with self._database.connection() as connection:
            changed = connection.execute(update(_document).where(_document.c.id == document.id).values(**values))
            if not changed.rowcount:
                connection.execute(insert(_document).values(**values, text="", page_starts="[]"))

    def change(self, document_id: str, **values: Any) -> Document | None:
        """Change these columns of a document and return it as it is then, None where it is no longer there."""
        chosen = _document.c.id == document_id
        with self._database.connection() as connection:
            connection.execute(update(_document).where(chosen).values(**values))
            row = connection.execute(select(*_LISTED).where(chosen)).first()
        return None if row is None else _as_document(row)

    def move(self, document: Document, source: str, name: str, container: str | None) -> Document:
        """Write down that a document, and what is in it, is now at another place; return it as it is then."""
        moved = replace(document, source=source, name=name, container=container, updated_at=self.now())
        inner = {
            column.name: literal(source) + func.substr(column, len(document.source) + 1)
            for column in (_document.c.source, _document.c.container)
        }
        within = [item.id for item in self.inside(document.collection, document.source)]
        with self._database.connection() as connection:
            connection.execute(update(_document).where(_document.c.id == document.id).values(**_as_values(moved)))
            for part in _chunks(within):
                connection.execute(update(_document).where(_document.c.id.in_(part)).values(**inner))
        return moved

    # -- passages

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
            values = _as_values(document) | {"text": content} | starts
            if not connection.execute(update(_document).where(_document.c.id == document.id).values(**values)).rowcount:
                connection.execute(insert(_document).values(**values))
            known = {
                row.id: row.number
                for row in connection.execute(
                    select(_passage.c.id, _passage.c.number).where(_passage.c.document_id == document.id)
                )
            }
            _forget(connection, {name: number for name, number in known.items() if name not in new})
            kept = [item for name, item in new.items() if name in known]
            for item in kept:
                connection.execute(
                    update(_passage)
                    .where(_passage.c.id == item.passage.id)
                    .values(**_passage_values(item.passage, with_text=False))
                )
            added = [item for name, item in new.items() if name not in known]
            _add(connection, added)

    def waiting_passages(self, document_id: str) -> tuple[StoredPassage, ...]:
        """Return the passages of a document that have no vector yet, in order."""
        query = (
            select(*_KEPT)
            .where(_passage.c.document_id == document_id, _passage.c.embedded.is_(False))
            .order_by(_passage.c.ordinal)
        )
        with self._database.connection() as connection:
            return tuple(StoredPassage(*row) for row in connection.execute(query).all())

    def mark_embedded(self, ids: Sequence[str]) -> None:
        """Write down that these passages have their vector; of one that is gone meanwhile, the vector must go too."""
        with self._database.connection() as connection:
            for part in _chunks(ids):
                connection.execute(update(_passage).where(_passage.c.id.in_(part)).values(embedded=True))
                there = set(connection.scalars(select(_passage.c.id).where(_passage.c.id.in_(part))))
                _lose(connection, [name for name in part if name not in there])

    def passages(self, ids: Iterable[str]) -> dict[str, StoredPassage]:
        """Return the passages of these ids that are there."""
        found: dict[str, StoredPassage] = {}
        with self._database.connection() as connection:
            for part in _chunks(tuple(ids)):
                rows = connection.execute(_PASSAGES_BY_ID, {"ids": part}).all()
                found.update((row.id, StoredPassage(*row)) for row in rows)
        return found

    def passages_of(self, document_id: str) -> tuple[StoredPassage, ...]:
        """Return a document's passages in order."""
        query = select(*_KEPT).where(_passage.c.document_id == document_id).order_by(_passage.c.ordinal)
        with self._database.connection() as connection:
            return tuple(StoredPassage(*row) for row in connection.execute(query).all())

    def passage_ids(self, document_id: str | None = None) -> set[str]:
        """Return the ids of a document's passages, or of all."""
        query = select(_passage.c.id)
        if document_id is not None:
            query = query.where(_passage.c.document_id == document_id)
        with self._database.connection() as connection:
            return set(connection.scalars(query))

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
        conditions, params = _sql_filter(wanted)
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

    def scope(self, wanted: Filter) -> Scope:
        """Return how much a filter lets through."""
        conditions, params = _sql_filter(wanted)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        states = f"SELECT state, count(*) AS number FROM document{where} GROUP BY state"  # noqa: S608 - conditions are ours
        inside = f"SELECT count(*) FROM passage JOIN document ON document.id = document_id{where}"  # noqa: S608
        with self._database.connection() as connection:
            counts = {row.state: int(row.number) for row in connection.execute(text(states), params)}
            passages = connection.scalar(text(inside) if where else _PASSAGE_COUNT, params) or 0
        read, unread = (sum(counts.get(state, 0) for state in names) for names in (READ, _NOT_WHOLE))
        return Scope(read, passages, unread)

    def passage_count(self) -> int:
        """Return how many passages there are."""
        with self._database.connection() as connection:
            return connection.scalar(_PASSAGE_COUNT) or 0

    # -- deletion and the vector index's accounts

    def delete(self, *ids: str) -> None:
        """Forget documents, their passages and words; their vectors are written down for the vector index to lose."""
        with self._database.connection() as connection:
            for part in _chunks(ids):
                connection.execute(
                    update(_document).where(_document.c.superseded_by.in_(part)).values(superseded_by=None)
                )
                rows = connection.execute(
                    select(_passage.c.id, _passage.c.number).where(_passage.c.document_id.in_(part))
                )
                _forget(connection, {row.id: row.number for row in rows})
                connection.execute(delete(_document).where(_document.c.id.in_(part)))

    def vectors_to_delete(self) -> tuple[str, ...]:
        """Return the ids of vectors that the vector index has still to lose."""
        with self._database.connection() as connection:
            return tuple(connection.scalars(select(VectorToDeleteRow.id)))

    def vectors_deleted(self, ids: Sequence[str]) -> None:
        """Write down that these vectors are gone."""
        with self._database.connection() as connection:
            for part in _chunks(ids):
                connection.execute(delete(VectorToDeleteRow).where(VectorToDeleteRow.id.in_(part)))

    def vector_index(self) -> tuple[str, int] | None:
        """Return the embedding model's name and dimension that the vectors in use were made with."""
        with self._database.connection() as connection:
            row = connection.execute(select(VectorIndexRow.name, VectorIndexRow.dimension)).first()
        return None if row is None else (row.name, row.dimension)

    def use_vector_index(self, name: str, dimension: int) -> None:
        """Write down the embedding model of the vectors in use; all passages have theirs by then."""
        with self._database.connection() as connection:
            connection.execute(delete(VectorIndexRow))
            connection.execute(insert(VectorIndexRow).values(name=name, dimension=dimension))

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

    def words_differ(self) -> bool:
        """Tell whether a passage has no words or words have no passage."""
        query = text(
            "SELECT (SELECT count(*) FROM passage WHERE number NOT IN (SELECT rowid FROM passage_words))"
            " + (SELECT count(*) FROM passage_words WHERE rowid NOT IN (SELECT number FROM passage))"
        )
        with self._database.connection() as connection:
            return bool(connection.scalar(query))

    def rebuild_words(self, make: Callable[[StoredPassage, str], PassageWords]) -> None:
        """Write the full-text index anew from the passages and the titles of their documents.

        Some at a time: questions find all words meanwhile, and others who write need not wait long.
        """
        query = (
            select(_passage.c.number, _document.c.title, *_KEPT)
            .join(_document)
            .order_by(_passage.c.number)
            .limit(_CHUNK)
        )
        last: int | None = -1
        while last is not None:
            with self._database.connection() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # what is read stays so until it is written
                rows = connection.execute(query.where(_passage.c.number > last)).all()
                last = rows[-1].number if rows else None
                for row in rows:
                    connection.execute(_DELETE_WORDS, {"number": row.number})
                made = [(number, make(StoredPassage(*kept), title)) for number, title, *kept in rows]
                _add_words(connection, made)
        with self._database.connection() as connection:
            connection.execute(text("DELETE FROM passage_words WHERE rowid NOT IN (SELECT number FROM passage)"))

    # -- judgements

    def judge(self, question: str, answer: str, helpful: bool, reason: str) -> None:
        """Keep what a user thought of an answer."""
        with self._database.connection() as connection:
            connection.execute(
                insert(JudgementRow).values(
                    id=uuid.uuid4().hex, at=self.now(), question=question, helpful=helpful, reason=reason, answer=answer
                )
            )

    def judgements(self) -> list[tuple[str, bool, str]]:
        """Return (question, helpful, reason) of what was judged, in order."""
        query = select(JudgementRow.question, JudgementRow.helpful, JudgementRow.reason).order_by(JudgementRow.at)
        with self._database.connection() as connection:
            return [(row.question, row.helpful, row.reason) for row in connection.execute(query)]


def _chunks(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[begin : begin + _CHUNK] for begin in range(0, len(ids), _CHUNK))


def _forget(connection: Connection, passages: dict[str, int]) -> None:
    for part in _chunks(list(passages)):
        numbers = [passages[name] for name in part]
        connection.execute(delete(_passage).where(_passage.c.number.in_(numbers)))
        connection.execute(_DELETE_WORDS, [{"number": number} for number in numbers])
        _lose(connection, part)


def _lose(connection: Connection, vectors: Sequence[str]) -> None:
    if vectors:
        statement = text("INSERT OR IGNORE INTO vector_to_delete (id) VALUES (:id)")
        connection.execute(statement, [{"id": name} for name in vectors])


def _add(connection: Connection, items: Sequence[PassageWords]) -> None:
    if not items:
        return
    first = (connection.scalar(select(func.max(_passage.c.number))) or 0) + 1
    highest = connection.scalar(text("SELECT max(rowid) FROM passage_words")) or 0
    first = max(first, highest + 1)
    numbered = list(enumerate(items, start=first))
    connection.execute(
        insert(_passage),
        [_passage_values(item.passage) | {"number": number, "embedded": False} for number, item in numbered],
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


def _sql_filter(wanted: Filter) -> tuple[list[str], dict[str, object]]:
    conditions: list[str] = []
    params: dict[str, object] = {}
    if wanted.collection is not None:
        conditions.append("document.collection = :collection")
        params["collection"] = wanted.collection
    if wanted.owner is not None:
        conditions.append("document.owner = :owner")
        params["owner"] = wanted.owner
    if wanted.max_sensitivity is not None:
        conditions.append("document.sensitivity <= :sensitivity")
        params["sensitivity"] = wanted.max_sensitivity
    if wanted.validity is not None:
        names = [f"validity{number}" for number in range(len(wanted.validity))]
        conditions.append(f"document.validity IN ({', '.join(':' + name for name in names)})")
        params.update(zip(names, wanted.validity, strict=True))
    if wanted.effective_on is not None:
        conditions.append("(document.effective_from IS NULL OR document.effective_from <= :day)")
        conditions.append("(document.effective_to IS NULL OR document.effective_to >= :day)")
        params["day"] = wanted.effective_on.isoformat()
    if wanted.documents is not None:
        conditions.append("document.id IN (SELECT value FROM json_each(:documents))")
        params["documents"] = json.dumps(wanted.documents)
    return conditions, params


def _as_values(document: Document) -> dict[str, Any]:
    return {
        column.name: getattr(document, column.name) for column in _LISTED if column.name not in ("unread", "problem")
    } | {
        "unread": json.dumps(document.unread),
        "problem": None if document.problem is None else json.dumps(document.problem),
    }


def _as_document(row: Row[Any]) -> Document:
    values = list(row)
    values[_UNREAD] = tuple((code, page, name) for code, page, name in json.loads(values[_UNREAD]))
    if values[_PROBLEM] is not None:
        values[_PROBLEM] = cast("tuple[str, dict[str, str]]", tuple(json.loads(values[_PROBLEM])))
    return Document(*values)


def _passage_values(passage: StoredPassage, *, with_text: bool = True) -> dict[str, Any]:
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
