"""Documents moved to another collection and called otherwise: what is asked for finds them there, and only there."""

import pytest
from made import zipped

from assistai.errors import WorkspaceError
from assistai.workspace.scope import Filter

LEAVE = "Les congés se demandent un mois avant le départ."
BADGE = "Le badge se retire à la loge du gardien."


def found(documents, question, collection=None):
    hits = documents.search(question, wanted=Filter(collection=collection))
    return {hit.document.name for hit in hits if hit.bm25 is not None and hit.cosine is not None}


def test_a_document_moves_to_another_collection(documents, embedder, write, held):
    (taken,) = documents.ingest(write("guide.md", LEAVE, BADGE))
    embedded = embedder.embedded
    moved = documents.describe(taken.document.id, collection="Notes", owner="RH")
    assert (moved.id, moved.collection, moved.owner, moved.state) == (taken.document.id, "Notes", "RH", "indexed")
    assert embedder.embedded == embedded
    assert found(documents, "badge", "Notes") == {"guide.md"}
    assert found(documents, "badge", "documents") == set()
    assert documents.collections() == ("Notes",)
    held(documents)


def test_what_is_inside_goes_with_it_and_not_without(documents, write, held):
    data = zipped({"a.md": LEAVE, "lot.zip": zipped({"b.md": BADGE})})
    outer, *inner = documents.ingest(write("tout.zip", data=data))
    with pytest.raises(WorkspaceError) as caught:
        documents.describe(inner[0].document.id, collection="Notes")
    assert caught.value.code == "document_not_movable"
    documents.describe(outer.document.id, collection="Notes")
    assert {item.collection for item in documents.list()} == {"Notes"}
    assert {item.state for item in documents.list()} == {"indexed"}
    assert found(documents, "badge", "Notes") == {"b.md"}
    held(documents)
    again = documents.ingest(write("tout.zip", data=data), collection="Notes")
    assert {result.outcome for result in again} == {"unchanged"}
    documents.delete(outer.document.id)
    assert held(documents) == ([], [])


def test_a_collection_has_one_document_from_a_place(documents, write, held):
    path = write("guide.md", LEAVE)
    (first,) = documents.ingest(path)
    documents.ingest(path, collection="Notes")
    with pytest.raises(WorkspaceError) as caught:
        documents.describe(first.document.id, collection="Notes")
    assert caught.value.code == "document_there_already"
    assert documents.get(first.document.id).collection == "documents"
    held(documents)


def test_a_move_that_is_cut_short_is_finished(documents, write, held, monkeypatch):
    (taken,) = documents.ingest(write("guide.md", BADGE))
    with monkeypatch.context() as patch:
        patch.setattr("assistai.documents.moving.refresh_metadata", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            documents.describe(taken.document.id, collection="Notes")
    assert documents.resume() == 1
    assert found(documents, "badge", "Notes") == {"guide.md"}
    held(documents)


def test_a_new_title_is_found_and_the_former_is_not(documents, write, held):
    (taken,) = documents.ingest(write("guide.md", BADGE))
    documents.describe(taken.document.id, title="Passerelle")
    assert documents.get(taken.document.id).title == "Passerelle"
    assert [hit.document.title for hit in documents.search("passerelle") if hit.bm25 is not None] == ["Passerelle"]
    documents.describe(taken.document.id, title="Entrée")
    assert [hit for hit in documents.search("passerelle") if hit.bm25 is not None] == []
    held(documents)
