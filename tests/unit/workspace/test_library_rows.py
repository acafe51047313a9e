"""Documents and passages in SQL, with their words in the same file; databases of before are brought up to date."""

import datetime as dt
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import assistai.workspace
from assistai import AssistAI, WorkspaceError, load_settings
from assistai.documents.search import lexical_leg
from assistai.documents.words import passage_words
from assistai.workspace import Meeting
from assistai.workspace.database import Database
from assistai.workspace.document import Document, StoredPassage
from assistai.workspace.library import Library
from assistai.workspace.scope import Filter

NOW = dt.datetime(2026, 3, 2, 9, 0)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "assistai.sqlite"


@pytest.fixture
def library(path):
    database = Database(path)
    yield Library(database, lambda: NOW.replace(tzinfo=dt.UTC))
    database.close()


@pytest.fixture
def put(library):
    """Keep a document whose passages are the texts."""

    def put(name, *texts, **changes):
        document = Document(
            name, "rh", f"/d/{name}.md", f"{name}.md", name, "md", "0" * 64, 1, NOW, NOW, state="indexed"
        )
        document = replace(document, **changes)
        passages = [StoredPassage(f"{name}-{n}", name, n, n, n + 1, text, "", "fr") for n, text in enumerate(texts)]
        library.replace_passages(document, "".join(texts), [], [passage_words(item, name) for item in passages])
        return document

    return put


class TestTheLexicalLeg:
    ALLOWED = tuple(
        f"Le gardien de la loge {n} tient à jour le registre où figure chaque badge remis." for n in range(30)
    )

    @pytest.mark.parametrize(
        ("wanted", "forbidden"),
        [
            (Filter(collection="rh"), {"collection": "achats"}),
            (Filter(owner="DRH"), {"owner": "DAF"}),
            (Filter(max_sensitivity=1), {"sensitivity": 2}),
            (Filter(validity=("in_force",)), {"validity": "draft"}),
            (Filter(validity=("in_force", "superseded")), {"validity": "draft"}),
            (Filter(effective_on=dt.date(2026, 1, 1)), {"effective_from": dt.date(2026, 1, 2)}),
            (Filter(effective_on=dt.date(2026, 12, 31)), {"effective_to": dt.date(2026, 12, 30)}),
            (Filter(documents=("allowed",)), {}),
            (Filter("rh", "DRH", 1, ("in_force",), dt.date(2026, 6, 1), ("allowed",)), {}),
        ],
        ids=str,
    )
    def test_hides_no_allowed_passage_behind_nearer_forbidden_ones(self, library, put, wanted, forbidden):
        put("forbidden", *[f"Badge {n}." for n in range(3_000)], **forbidden)
        dates = {"effective_from": dt.date(2026, 1, 1), "effective_to": dt.date(2026, 12, 31)}
        put("allowed", *self.ALLOWED, owner="DRH", **dates)
        for limit in (1, 10, 30, 100):
            found = lexical_leg("badge", wanted, library, limit)
            assert len(found) == min(limit, 30)
            assert all(name.startswith("allowed-") for name, _ in found)
        unfiltered = [name for name, _ in lexical_leg("badge", Filter(), library, 10)]
        assert all(name.startswith("forbidden-") for name in unfiltered)

    def test_asks_any_number_of_documents(self, library, put):
        put("a", "Le badge.")
        put("b", "Le badge.")
        many = tuple(f"absent{n}" for n in range(50_000))
        assert [name for name, _ in lexical_leg("badge", Filter(documents=(*many, "b")), library)] == ["b-0"]
        assert lexical_leg("badge", Filter(documents=()), library) == []
        assert lexical_leg("badge", Filter(validity=()), library) == []

    def test_ties_come_in_the_order_they_were_taken_in(self, library, put):
        for name in "cab":
            put(name, "Le badge.", "Le badge.")
        expected = ["c-0", "c-1", "a-0", "a-1", "b-0", "b-1"]
        for wanted in (Filter(), Filter(collection="rh")):
            assert [name for name, _ in lexical_leg("badge", wanted, library)] == expected
            assert [name for name, _ in lexical_leg("badge", wanted, library, 3)] == expected[:3]


class TestPassages:
    def test_only_new_ones_wait_for_a_vector(self, library, put):
        document = put("a", "Un.", "Deux.")
        assert len(library.waiting_passages("a")) == 2
        library.mark_embedded(["a-0", "a-1"])
        put("a", "Un.", "Deux.", "Trois.")
        assert [passage.id for passage in library.waiting_passages("a")] == ["a-2"]
        assert library.unfinished() == library.unfinished(document.id) != ()

    def test_what_goes_is_written_down_for_the_vectors(self, library, put):
        put("a", "Un.", "Deux.")
        put("a", "Un.")
        assert library.vectors_to_delete() == ("a-1",)
        put("a", "Un.", "Deux.")
        assert library.vectors_to_delete() == ()
        library.delete("a")
        assert set(library.vectors_to_delete()) == {"a-0", "a-1"}
        assert (library.counts().passages, library.counts().words) == (0, 0)

    def test_a_vector_that_comes_too_late_goes(self, library, put):
        put("a", "Un.")
        library.delete("a")
        library.vectors_deleted(library.vectors_to_delete())
        library.mark_embedded(["a-0"])
        assert library.vectors_to_delete() == ("a-0",)

    def test_words_do_not_outlive_their_passage(self, library, put):
        for n in range(5):
            put("a", *[f"Version {n} phrase {m}." for m in range(n + 1)])
            assert (library.counts().words, library.words_differ()) == (n + 1, False)
        library.delete("a")
        put("b", "Autre.")
        assert [name for name, _ in lexical_leg("version phrase autre", Filter(), library)] == ["b-0"]

    def test_words_are_made_anew_while_others_read_and_write(self, library, put, path):
        put("a", *[f"Le badge {n}." for n in range(1_200)])
        put("b", "Le badge.")
        with sqlite3.connect(path) as database:
            database.execute("DELETE FROM passage_words WHERE rowid % 3 = 0")
        found = []

        def make(passage, title):
            if passage.id in ("a-100", "a-900"):
                found.append(len(lexical_leg("badge", Filter(documents=("b",)), library)))
            if passage.id == "a-1199":
                assert title == "a"
            return passage_words(passage, title)

        library.rebuild_words(make)
        assert found == [1, 1]
        assert (library.counts().words, library.words_differ()) == (1_201, False)
        assert len(lexical_leg("badge", Filter(), library, 2_000)) == 1_201

    def test_thousands_are_deleted_at_once(self, library, put):
        put("a", *[f"Phrase {n}." for n in range(2_000)])
        library.delete("a")
        assert len(library.vectors_to_delete()) == 2_000
        library.vectors_deleted(library.vectors_to_delete())
        assert library.counts() == replace(library.counts(), documents=0, passages=0, words=0, vectors_to_delete=0)


class TestContainers:
    @pytest.fixture
    def nested(self, put):
        put("zip", source="/d/a.zip")
        put("inner", source="/d/a.zip!/b.zip", container="/d/a.zip")
        put("deep", source="/d/a.zip!/b.zip!/c.md", container="/d/a.zip!/b.zip")
        put("near", source="/d/a.zip2!/c.md", container="/d/a.zip2")
        put("folder", source="/d/a.zip!/plain.md")

    def test_what_is_inside_is_told_from_what_only_looks_so(self, library, nested):
        assert {item.id for item in library.inside("rh", "/d/a.zip")} == {"inner", "deep"}
        assert {item.id for item in library.inside("rh", "/d/a.zip!/b.zip")} == {"deep"}
        assert library.inside("autre", "/d/a.zip") == ()

    def test_it_moves_along(self, library, nested):
        moved = library.move(library.by_id(["zip"])["zip"], "/d/é.zip", "é.zip", None)
        found = {item.id: (item.source, item.container) for item in library.documents()}
        assert moved == library.by_id(["zip"])["zip"]
        assert found["zip"] == ("/d/é.zip", None)
        assert found["inner"] == ("/d/é.zip!/b.zip", "/d/é.zip")
        assert found["deep"] == ("/d/é.zip!/b.zip!/c.md", "/d/é.zip!/b.zip")
        assert found["near"] == ("/d/a.zip2!/c.md", "/d/a.zip2")


def test_a_change_touches_nothing_else(library, put):
    before = put("a", "Un.")
    assert library.change("a", sensitivity=3) == replace(before, sensitivity=3)
    assert library.text_of("a") == "Un."
    assert library.change("absent", sensitivity=3) is None
    assert [document.id for document in library.documents()] == ["a"]


class TestMigration:
    @pytest.fixture
    def before(self, path, tmp_path):
        """A database as version 0001 left it, with a meeting saved."""
        ai = AssistAI(load_settings(data_dir=tmp_path / "now"))
        transcript = ai.meetings.read(
            "Marc Petit : Sophie, tu peux réserver la salle ?\nSophie Martin : Oui, je réserve."
        )
        minutes = ai.meetings.summarise(transcript)
        meeting = Meeting("m1", transcript, minutes, minutes)
        ai.workspace.save(meeting)
        ai.close()
        path.parent.mkdir()
        config = Config()
        config.set_main_option("script_location", str(Path(assistai.workspace.__file__).parent / "migrations"))
        with create_engine(f"sqlite:///{path}").begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
        with sqlite3.connect(path) as database:
            database.execute("ATTACH ? AS now", (str(tmp_path / "now" / "assistai.sqlite"),))
            database.execute("INSERT INTO meeting SELECT * FROM now.meeting")
            tables = {name for (name,) in database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
        assert tables == {"meeting", "alembic_version"}
        return meeting

    def test_keeps_the_minutes(self, path, before):
        ai = AssistAI(load_settings(data_dir=path.parent))
        assert ai.workspace.load("m1") == before
        assert ai.documents.list() == ()
        ai.close()
        with sqlite3.connect(path) as database:
            assert database.execute("SELECT version_num FROM alembic_version").fetchall() >= [("0002",)]

    def test_of_an_empty_file_and_of_an_old_one_end_alike(self, path, before, tmp_path):
        Library(Database(path), lambda: NOW).documents()

        def tables(path):
            with sqlite3.connect(path) as database:
                return database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()

        assert tables(path) == tables(tmp_path / "now" / "assistai.sqlite")

    def test_that_fails_leaves_the_database_of_before(self, path, before):
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE judgement (x)")  # in the way of the fourth table that is made
        with pytest.raises(WorkspaceError) as raised:
            Library(Database(path), lambda: NOW).documents()
        assert raised.value.code == "workspace_unusable"
        with sqlite3.connect(path) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            assert tables == {"meeting", "alembic_version", "judgement"}
            database.execute("DROP TABLE judgement")
        ai = AssistAI(load_settings(data_dir=path.parent))
        assert ai.workspace.load("m1") == before

    def test_is_made_once_when_several_start_together(self, path):
        libraries = [Library(Database(path), lambda: NOW) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(Library.documents, libraries)) == [()] * 4


def test_models_and_migrations_agree(path, library):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from assistai.workspace.tables import Base

    library.documents()
    with create_engine(f"sqlite:///{path}").connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    others = [item for item in differences if not str(getattr(item[1], "name", "")).startswith("passage_")]
    assert others == []
