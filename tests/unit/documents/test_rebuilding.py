"""Another embedding model: the old vectors answer until the new ones are whole; a damaged index is repaired."""

import os
import shutil
import sqlite3

import pytest
from made import markdown
from working import rebuild

from assistai import AssistAI
from assistai.documents.index import VectorIndex
from assistai.errors import WorkspaceError
from assistai.settings import load_settings
from assistai.testing import HashEmbedder
from assistai.workspace.scope import Filter

FORMER = "multilingual-e5-small"
TEXTS = [f"Le badge {n} se retire à la loge {n}." for n in range(40)]


def other():
    return HashEmbedder("hash-2", dimension=32)


@pytest.fixture
def models(tmp_path):
    """Return the models that the closed library holds vectors of, with how many."""

    def models():
        index = VectorIndex(tmp_path / "var" / "vectors")
        found = {name: index.count(name) for name in index.models()}
        index.close()
        return found

    return models


class TestAnotherModel:
    @pytest.fixture
    def changed(self, start, write):
        """A library made with a model that the package has, opened with another one."""
        first = start(HashEmbedder(FORMER, dimension=384))
        first.documents.ingest(write("guide.md", *TEXTS))
        first.close()
        return start(other())

    def test_is_noticed_and_the_old_vectors_answer(self, changed):
        documents = changed.documents
        assert documents.rebuild_needed
        check = documents.check()
        assert (check.clean, check.rebuild_needed, check.missing_vectors) == (False, True, 0)
        assert all(hit.cosine is not None for hit in documents.search("badge", limit=1))

    def test_the_old_vectors_answer_while_the_new_are_made(self, changed, models):
        documents = changed.documents
        before = documents.search("Quel badge ?")
        during = []
        check = documents.rebuild(lambda _: during.append(documents.search("Quel badge ?")))
        assert len(during) > 1
        assert all(hits == before for hits in during)
        assert check.clean
        assert not documents.rebuild_needed
        assert documents.search("Quel badge ?")
        changed.close()
        assert models() == {"hash-2": 40}

    def test_files_are_taken_in_with_the_old_one_meanwhile(self, changed, write, held):
        documents = changed.documents
        documents.ingest(write("neuf.md", "Le parking ouvre à sept heures."))
        assert next(iter(documents.search("parking"))).cosine is not None
        assert documents.rebuild().clean
        assert len(held(documents)[1]) == 41

    def test_a_rebuild_killed_half_way_goes_on(self, changed, start, begin, tmp_path, models, held):
        changed.close()
        process = begin(rebuild, tmp_path / "var", ("assistai.documents.index:VectorIndex.put", 2, "after"))
        process.kill()
        process.join()
        assert models() == {FORMER: 40, "hash-2": 32}
        embedder = other()
        ai = start(embedder)
        assert ai.documents.rebuild_needed
        assert all(hit.cosine is not None for hit in ai.documents.search("badge", limit=1))
        ai.documents.describe(ai.documents.list()[0].id, sensitivity=3)
        assert ai.documents.rebuild().clean
        assert embedder.embedded == 8
        assert not ai.documents.search("badge", wanted=Filter(max_sensitivity=2))
        assert len(held(ai.documents)[1]) == 40
        ai.close()
        assert models() == {"hash-2": 40}

    def test_what_is_deleted_is_gone_from_a_half_made_index_too(self, changed, models, write):
        documents = changed.documents
        (kept,) = documents.ingest(write("neuf.md", "Le parking ouvre à sept heures."))

        def stop(fraction):
            if fraction > 0.5:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            documents.rebuild(stop)
        documents.delete(next(item.id for item in documents.list() if item.id != kept.document.id))
        changed.close()
        assert all(count <= 1 for count in models().values())

    def test_back_and_forth_in_one_process(self, start, changed, held):
        changed.close()
        embedder = other()
        documents = start(embedder).documents
        assert documents.rebuild().clean
        embedder.name, embedder.dimension, embedder.embedded = FORMER, 384, 0
        assert documents.rebuild_needed
        assert documents.rebuild().clean
        assert embedder.embedded == 40
        assert len(held(documents)[1]) == 40


class TestAModelThatIsGone:
    @pytest.fixture
    def changed(self, start, write):
        first = start(HashEmbedder("former"))
        first.documents.ingest(write("guide.md", *TEXTS))
        first.close()
        return start(other()).documents

    def test_words_answer(self, changed):
        hits = changed.search("badge 7")
        assert hits
        assert all(hit.cosine is None for hit in hits)

    def test_check_says_what_to_do(self, changed):
        check = changed.check()
        assert (check.clean, check.rebuild_needed, check.missing_vectors, check.surplus_vectors) == (False, True, 0, 0)

    def test_files_wait_for_the_rebuild(self, changed, write):
        path = write("neuf.md", "Le parking ouvre à sept heures.")
        with pytest.raises(WorkspaceError) as raised:
            changed.ingest(path)
        assert raised.value.code == "index_rebuild_needed"
        assert changed.rebuild().clean
        assert changed.ingest(path)[0].outcome == "added"

    def test_documents_are_described_and_deleted(self, changed, held):
        document = changed.describe(changed.list()[0].id, sensitivity=3)
        assert (document.state, changed.search("badge", wanted=Filter(max_sensitivity=2))) == ("indexed", [])
        changed.delete(document.id)
        assert changed.rebuild().clean
        assert held(changed) == ([], [])


def test_another_dimension_of_the_same_model(start, write, held):
    first = start()
    first.documents.ingest(write("guide.md", *TEXTS))
    first.close()
    documents = start(HashEmbedder(dimension=32)).documents
    assert documents.rebuild_needed
    assert documents.search("badge")
    assert documents.rebuild().clean
    assert all(hit.cosine is not None for hit in documents.search("badge", limit=1))
    assert len(held(documents)[1]) == 40


@pytest.fixture
def damaged(start, write, tmp_path, embedder):
    """Return what harms a library behind its back, and opens it again."""
    first = start()
    first.documents.ingest(write("guide.md", *TEXTS))
    first.close()

    def damaged(statement=None, vectors=None):
        if statement:
            with sqlite3.connect(tmp_path / "var" / "assistai.sqlite") as database:
                database.execute(statement)
        if vectors:
            index = VectorIndex(tmp_path / "var" / "vectors")
            vectors(index)
            index.close()
        return start(embedder).documents

    return damaged


def test_missing_vectors_are_made(damaged, embedder, held):
    documents = damaged(vectors=lambda index: index.delete(sorted(index.ids("hash"))[:7]))
    assert (documents.check().missing_vectors, documents.check().clean) == (7, False)
    assert documents.rebuild().clean
    assert embedder.embedded == 7
    held(documents)


def test_surplus_vectors_are_deleted(damaged, embedder, held):
    def add(index):
        vectors = embedder.embed_passages(["Ce qui fut effacé."] * 3)
        metadata = {"document": "gone", "collection": "documents", "owner": "", "sensitivity": 0}
        index.put("hash", ["gone-0", "gone-1", "gone-2"], vectors, [metadata] * 3)
        embedder.embedded = 0

    documents = damaged(vectors=add)
    assert (documents.check().surplus_vectors, documents.check().clean) == (3, False)
    assert all(hit.document.name == "guide.md" for hit in documents.search("Ce qui fut effacé"))
    assert documents.rebuild().clean
    assert embedder.embedded == 0
    held(documents)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM passage_words WHERE rowid % 2",
        "INSERT INTO passage_words (rowid, words, headings, exact) VALUES (1000, 'x', 'y', 'z')",
        "DELETE FROM passage_words",
    ],
)
def test_words_are_written_anew(damaged, held, statement):
    documents = damaged(statement)
    assert not documents.check().clean
    assert documents.rebuild().clean
    assert len(documents.search("badge 7")) > 0
    held(documents)


def test_lost_vectors_are_all_made_anew(damaged, embedder, held):
    documents = damaged(vectors=lambda index: index.drop("hash"))
    assert documents.check().missing_vectors == 40
    assert documents.rebuild().clean
    assert embedder.embedded == 40
    held(documents)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A library large enough for its vectors to lie in files of their own."""
    place = tmp_path_factory.mktemp("whole")
    (place / "guide.md").write_bytes(markdown(*[f"Le badge {n} se retire à la loge {n}." for n in range(1_050)]))
    ai = AssistAI(load_settings(data_dir=place / "var"), embedder=HashEmbedder())
    ai.documents.ingest(place / "guide.md")
    ai.close()
    return place / "var"


@pytest.mark.parametrize(
    ("harm", "noticed"),
    [
        (lambda vectors: (vectors / "chroma.sqlite3").write_bytes(b"not a database " * 500), "index_failed"),
        (lambda vectors: os.truncate(vectors / "chroma.sqlite3", 9_000), "index_failed"),
        (lambda vectors: [path.write_bytes(b"broken") for path in vectors.glob("*/*.bin")], "index_failed"),
        (lambda vectors: [shutil.rmtree(path) for path in vectors.iterdir() if path.is_dir()], 1_050),
        (shutil.rmtree, 1_050),
    ],
    ids="garbage cut vectors-broken vectors-gone folder-gone".split(),
)
def test_broken_files_are_noticed_and_made_anew(whole, start, tmp_path, held, harm, noticed):
    def missing():
        try:
            return documents.check().missing_vectors
        except WorkspaceError as error:
            return error.code

    shutil.copytree(whole, tmp_path / "var")
    harm(tmp_path / "var" / "vectors")
    documents = start().documents
    assert [missing(), missing()] == [noticed] * 2
    assert documents.rebuild().clean
    assert len(held(documents)[1]) == 1_050
    assert all(hit.cosine is not None for hit in documents.search("badge 7", limit=1))


def test_vectors_of_a_lost_database_are_forgotten(start, write, tmp_path, held):
    first = start()
    first.documents.ingest(write("a.md", *TEXTS))
    first.close()
    for path in (tmp_path / "var").glob("assistai.sqlite*"):
        path.unlink()
    documents = start().documents
    documents.ingest(write("b.md", "Le badge."))
    assert [document.name for document in documents.list()] == ["b.md"]
    assert len(held(documents)[1]) == 1


class TestEarlierReaders:
    """Documents that an earlier version read."""

    @pytest.fixture
    def earlier(self, start, write, folder, tmp_path):
        first = start()
        first.documents.ingest(write("guide.md", *TEXTS[:3]), write("note.txt", data=b"Le parking ouvre \xc3\xa0 7 h."))
        with sqlite3.connect(tmp_path / "var" / "assistai.sqlite") as database:
            database.execute("UPDATE document SET readers = 0, title = 'Lu autrement'")
        return first.documents

    def test_are_counted_and_the_index_is_sound(self, earlier):
        check = earlier.check()
        assert (check.clean, check.read_by_earlier) == (True, 2)

    def test_a_rebuild_reads_them_anew(self, earlier):
        shares = []
        check = earlier.rebuild(shares.append)
        assert (check.clean, check.read_by_earlier) == (True, 0)
        assert {document.title for document in earlier.list()} != {"Lu autrement"}
        assert {document.state for document in earlier.list()} == {"indexed"}
        assert shares == sorted(shares)

    def test_the_same_file_brought_again_is_read_anew(self, earlier, folder):
        assert {one.outcome for one in earlier.ingest(folder)} == {"updated"}
        assert {one.outcome for one in earlier.ingest(folder)} == {"unchanged"}

    def test_one_whose_file_is_not_kept_stays_as_it_is(self, earlier, tmp_path):
        for file in (tmp_path / "var" / "originals").iterdir():
            file.unlink()
        before = earlier.text(earlier.list()[0].id)
        assert earlier.rebuild().read_by_earlier == 0
        assert earlier.text(earlier.list()[0].id) == before != ""


def test_a_full_disk_is_said_and_to_rebuild_is_not_advised(documents, write, monkeypatch):
    from chromadb.errors import InternalError

    def full(*_, **__):
        raise InternalError("error returned from database: (code: 13) database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("chromadb.api.models.Collection.Collection.upsert", full)
        with pytest.raises(WorkspaceError, match="disk space") as caught:
            documents.ingest(write("a.md", "Le badge se retire à la loge."))
    assert caught.value.code == "workspace_unusable"
    assert documents.check().clean
