"""The library does the same with its vectors in a folder and on a Chroma server."""

import asyncio
import datetime as dt

import pytest
from langchain_core.runnables import RunnableLambda

from assistai.errors import WorkspaceError
from assistai.testing import HashEmbedder
from assistai.workspace.scope import Filter

BADGE = "Le badge se retire à la loge du gardien."
PARKING = "Le parking ouvre à sept heures."
MEAL = "Le repas est remboursé jusqu'à 20 euros."


@pytest.fixture
def embedder():
    return HashEmbedder()


@pytest.fixture
def documents(start, embedder):
    return start(embedder).documents


def both_legs(documents, question, wanted):
    """Return the names of the documents that words find and those that meaning finds."""
    hits = documents.search(question, wanted=wanted, limit=50)
    return tuple({hit.document.name for hit in hits if getattr(hit, leg) is not None} for leg in ("bm25", "cosine"))


def test_taken_in_again_changed_and_deleted(documents, embedder, write):
    path = write("a.md", BADGE, PARKING)
    (first,) = documents.ingest(path)
    assert (documents.ingest(path)[0].outcome, embedder.embedded) == ("unchanged", 2)
    assert (documents.ingest(write("a.md", BADGE, MEAL))[0].outcome, embedder.embedded) == ("updated", 3)
    check = documents.check()
    assert (check.clean, check.passages, check.vectors) == (True, 2, 2)
    documents.delete(first.document.id)
    check = documents.check()
    assert (check.clean, check.documents, check.passages, check.words, check.vectors) == (True, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "hides", "shows"),
    [
        ({"sensitivity": 3}, Filter(max_sensitivity=2), Filter(max_sensitivity=3)),
        ({"owner": "DAF"}, Filter(owner=""), Filter(owner="DAF")),
        ({"validity": "superseded"}, Filter(validity=("in_force", "draft")), Filter(validity=("superseded",))),
    ],
    ids=str,
)
def test_a_description_is_asked_for_at_once_by_both_legs(documents, embedder, write, changes, hides, shows):
    (taken,) = documents.ingest(write("a.md", BADGE))
    assert both_legs(documents, "badge", hides) == ({"a.md"}, {"a.md"})
    documents.describe(taken.document.id, **changes)
    assert both_legs(documents, "badge", hides) == (set(), set())
    assert both_legs(documents, "badge", shows) == ({"a.md"}, {"a.md"})
    assert embedder.embedded == 1
    assert documents.check().clean


def test_effective_dates_are_asked_for_by_both_legs(documents, write):
    (taken,) = documents.ingest(write("a.md", BADGE))
    documents.describe(taken.document.id, effective_from=dt.date(2026, 3, 1), effective_to=dt.date(2026, 3, 31))
    days = [dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)]
    shown = [both_legs(documents, "badge", Filter(effective_on=day)) for day in days]
    assert shown == [(set(), set()), ({"a.md"}, {"a.md"}), ({"a.md"}, {"a.md"}), (set(), set())]


def test_another_model_is_put_in_use(start, write):
    first = start()
    first.documents.ingest(write("a.md", BADGE, PARKING))
    first.close()
    documents = start(HashEmbedder("other", dimension=16)).documents
    assert documents.check().rebuild_needed
    assert documents.rebuild().clean
    assert both_legs(documents, "badge", Filter())[1] == {"a.md"}


@pytest.mark.parametrize("chroma_url", ["server"], indirect=True)
def test_a_server_that_goes_away_meanwhile_leaves_nothing_broken(start, write, serving, free_port, tmp_path):
    place, port = tmp_path / "server", free_port()
    place.mkdir()
    server = serving(place, port)
    documents = start(chroma_url=server.__enter__()).documents
    paths = [write("a.md", BADGE), write("b.md", *[f"{PARKING} {n}" for n in range(40)])]
    documents.ingest(paths[0])

    def go(progress):
        if progress.name == "b.md" and progress.fraction > 0.5 and progress.stage == "embedding":
            server.__exit__(None, None, None)

    with pytest.raises(WorkspaceError) as raised:
        documents.ingest(*paths, progress=go)
    assert raised.value.code == "index_unreachable"
    with serving(place, port):
        assert documents.check().clean
        documents.ingest(*paths)
        check = documents.check()
        assert (check.clean, check.documents, check.vectors) == (True, 2, 41)


@pytest.mark.parametrize("chroma_url", ["server"], indirect=True)
def test_on_a_server_others_ask_while_one_writes(start, write):
    writer, reader = start().documents, start().documents
    writer.ingest(write("a.md", BADGE))
    assert both_legs(reader, "badge", Filter()) == ({"a.md"}, {"a.md"})
    with pytest.raises(WorkspaceError) as raised:
        reader.ingest(write("b.md", PARKING))
    assert raised.value.code == "index_in_use"


@pytest.mark.parametrize("chroma_url", ["server"], indirect=True)
def test_on_a_server_others_follow_a_rebuild(start, write):
    first = start()
    first.documents.ingest(write("a.md", BADGE))
    first.close()
    reader, writer = start(HashEmbedder("other")).documents, start(HashEmbedder("other")).documents
    assert both_legs(reader, "badge", Filter()) == ({"a.md"}, set())  # the former model is not to be had
    assert writer.rebuild().clean
    assert both_legs(reader, "badge", Filter()) == ({"a.md"}, {"a.md"})


class TestLangChain:
    def test_a_retriever_returns_documents(self, documents, write):
        documents.ingest(write("a.md", BADGE, PARKING), collection="rh")
        found = documents.as_langchain_retriever(limit=1).invoke("Où retirer le badge ?")
        (taken,) = documents.list()
        (document,) = found
        metadata = dict(document.metadata)
        assert document.page_content == BADGE
        assert documents.text(taken.id)[metadata["start"] : metadata["end"]] == BADGE
        assert isinstance(metadata.pop("score"), float)
        assert metadata == {
            "document": taken.id,
            "title": "Guide",
            "name": "a.md",
            "collection": "rh",
            "heading": "Guide › Partie 0",
            "page": None,
            "place": None,
            "start": documents.text(taken.id).index(BADGE),
            "end": documents.text(taken.id).index(BADGE) + len(BADGE),
        }

    def test_it_keeps_to_its_filter(self, documents, write):
        documents.ingest(write("a.md", BADGE), sensitivity=3)
        documents.ingest(write("b.md", f"{BADGE} Sinon au secrétariat."), sensitivity=1)
        retriever = documents.as_langchain_retriever(wanted=Filter(max_sensitivity=2))
        assert [found.metadata["name"] for found in retriever.invoke("badge")] == ["b.md"]

    def test_it_is_asked_in_turn_at_once_and_in_a_chain(self, documents, write):
        documents.ingest(write("a.md", BADGE))
        retriever = documents.as_langchain_retriever()
        expected = retriever.invoke("badge")
        assert retriever.batch(["badge", "badge"]) == [expected, expected]
        assert asyncio.run(retriever.ainvoke("badge")) == expected
        chain = retriever | RunnableLambda(lambda found: found[0].metadata["name"])
        assert chain.invoke("badge") == "a.md"
