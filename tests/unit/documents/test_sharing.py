"""One process writes at a time, whoever else is told who; threads of one process ask while another takes in."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from made import markdown
from working import hold

from assistai.errors import WorkspaceError

RULE = "Le badge se retire à la loge du gardien."


@pytest.fixture
def holder(begin, tmp_path):
    """Another process that has the library open."""
    return begin(hold, tmp_path / "var")


@pytest.mark.parametrize(
    "use",
    [
        lambda documents, path: documents.ingest(path),
        lambda documents, _: documents.search("badge"),
        lambda documents, _: documents.check(),
        lambda documents, _: documents.rebuild(),
        lambda documents, _: documents.resume(),
        lambda documents, _: documents.delete(documents.list()[0].id),
        lambda documents, _: documents.describe(documents.list()[0].id, sensitivity=3),
        lambda documents, _: documents.retry(documents.list()[0].id),
    ],
    ids="ingest search check rebuild resume delete describe retry".split(),
)
def test_another_process_is_told_who_holds_the_index(documents, write, holder, use):
    with pytest.raises(WorkspaceError) as raised:
        use(documents, write("a.md", RULE))
    assert (raised.value.code, raised.value.params["holder"]) == ("index_in_use", f"PID {holder.pid}")
    assert [(document.name, document.state, document.sensitivity) for document in documents.list()] == [
        ("tenu.md", "indexed", 1)
    ]


def test_a_dead_process_holds_nothing(documents, write, holder):
    holder.kill()
    holder.join()
    assert documents.ingest(write("a.md", RULE))[0].outcome == "added"
    assert documents.check().documents == 2


def test_what_is_closed_is_free(documents, start, write):
    documents.ingest(write("a.md", RULE))
    other = start().documents
    with pytest.raises(WorkspaceError):
        other.check()
    documents.close()
    assert other.check().documents == 1
    other.close()
    assert documents.search("badge")


def test_questions_are_answered_while_documents_come_and_go(documents, write, folder, held):
    documents.ingest(write("badge.md", RULE))
    for name in range(30):
        write(f"f{name}.md", *[f"Le parking {name} a {n} places." for n in range(10)])
    done = threading.Event()

    def ask():
        asked = 0
        while not done.is_set():
            hits = documents.search("Où retirer le badge ?", limit=3)
            assert any(RULE in hit.passage.text and hit.cosine is not None for hit in hits)
            assert documents.answer("Où retirer le badge ?").searched_documents
            asked += 1
        return asked

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        results = documents.ingest(folder)
        for result in results[1::2]:
            documents.delete(result.document.id)
        done.set()
        assert all(future.result() for future in asking)
    assert len(documents.list()) == 16
    held(documents)


def test_two_threads_that_take_in_make_one_library(documents, write, folder, held):
    for name in range(6):
        for side in ("gauche", "droite"):
            write(f"{side}/f{name}.md", *[f"{side} : le parking {name} a {n} places." for n in range(20)])
    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(documents.ingest, (folder / "gauche", folder / "droite")))
    sources, passages = held(documents)
    assert ({state for _, state, _, _ in sources}, len(sources), len(passages)) == ({"indexed"}, 12, 240)


def test_a_text_that_was_just_replaced_is_not_quoted_in_place_of_the_old(documents, write, tmp_path):
    path = write("a.md", data=markdown(" ".join(f"Le badge {n} se retire à la loge." for n in range(200))))
    documents.ingest(path)
    assert len(documents.search("badge")) == 1
    with sqlite3.connect(tmp_path / "var" / "assistai.sqlite") as database:
        database.execute("UPDATE document SET text = 'x' || text")
    hits = documents.search("badge")
    assert len(hits) > 1
    assert all(hit.passage.text.startswith("Le badge") for hit in hits)
