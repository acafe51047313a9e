"""What a person said of a document stays, whatever becomes of its file and of the index."""

import datetime as dt

import pytest
from made import zipped

LEAVE = "Les congés se demandent un mois avant le départ."
BADGE = "Le badge se retire à la loge du gardien."
MEAL = "Le repas est remboursé dans la limite de 20 euros."
SAID = {
    "title": "Règles des congés",
    "owner": "DRH",
    "sensitivity": 3,
    "validity": "superseded",
    "effective_from": dt.date(2024, 1, 1),
    "effective_to": dt.date(2025, 12, 31),
}


def change(documents, write, folder):
    write("a.md", LEAVE, MEAL)
    documents.ingest(folder)


def change_twice_with_an_unreadable_version_between(documents, write, folder):
    write("a.md", data=b" ")
    documents.ingest(folder)
    change(documents, write, folder)


def move(documents, write, folder):
    (folder / "plus").mkdir()
    (folder / "a.md").rename(folder / "plus" / "a.md")
    documents.ingest(folder)


def rename(documents, write, folder):
    (folder / "a.md").rename(folder / "0.md")
    documents.ingest(folder)


def delete_and_bring_again(documents, write, folder):
    data = (folder / "a.md").read_bytes()
    (folder / "a.md").unlink()
    documents.ingest(folder)
    assert [one.name for one in documents.list()] == ["b.md"]
    write("a.md", data=data)
    documents.ingest(folder)


def delete_and_bring_another_version(documents, write, folder):
    (folder / "a.md").unlink()
    documents.ingest(folder)
    write("a.md", MEAL)
    documents.ingest(folder)


def delete_and_bring_elsewhere(documents, write, folder):
    data = (folder / "a.md").read_bytes()
    (folder / "a.md").unlink()
    documents.ingest(folder)
    write("plus/c.md", data=data)
    documents.ingest(folder)


def rebuild(documents, write, folder):
    documents.rebuild()


def rebuild_what_an_earlier_version_read(documents, write, folder):
    for one in documents.list():
        documents._library.change(one.id, readers=0)
    documents.rebuild()


def read_anew(documents, write, folder):
    documents.retry(next(one.id for one in documents.list() if one.title == SAID["title"]))


WAYS = [
    change,
    change_twice_with_an_unreadable_version_between,
    move,
    rename,
    delete_and_bring_again,
    delete_and_bring_another_version,
    delete_and_bring_elsewhere,
    rebuild,
    rebuild_what_an_earlier_version_read,
    read_anew,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_of_a_file(documents, write, folder, held, way):
    first, other = documents.ingest(write("a.md", LEAVE), write("b.md", BADGE))
    documents.describe(first.document.id, **SAID, superseded_by=other.document.id)
    way(documents, write, folder)
    (found,) = (one for one in documents.list() if one.name != "b.md")
    assert {name: getattr(found, name) for name in SAID} == SAID
    assert (found.superseded_by, found.validity_said, found.state) == (other.document.id, True, "indexed")
    assert {hit.document.title for hit in documents.search("règles") if hit.bm25} == {SAID["title"]}
    held(documents)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_that_it_replaces_another(documents, write, folder, held, way):
    first, other = documents.ingest(write("a.md", LEAVE), write("b.md", BADGE))
    documents.describe(first.document.id, title=SAID["title"])
    documents.describe(other.document.id, validity="superseded", superseded_by=first.document.id)
    way(documents, write, folder)
    newer, older = sorted(documents.list(), key=lambda one: one.name == "b.md")
    assert older.superseded_by == newer.id
    held(documents)


@pytest.mark.parametrize(
    "new",
    [
        [{"a.md": MEAL, "b.md": BADGE}],
        [{"c.md": LEAVE, "b.md": BADGE}],
        [{"b.md": BADGE}, {"a.md": LEAVE, "b.md": BADGE}],
        [{"b.md": BADGE}, {"a.md": MEAL}],
    ],
    ids=["changed", "renamed", "away and back", "away and back otherwise"],
)
def test_of_a_file_in_an_archive(documents, write, folder, held, new):
    documents.ingest(write("lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE})))
    documents.describe(next(one.id for one in documents.list() if one.name == "a.md"), **SAID)
    for files in new:
        documents.ingest(write("lot.zip", data=zipped(files)))
    (found,) = (one for one in documents.list() if one.name in ("a.md", "c.md"))
    assert {name: getattr(found, name) for name in SAID} == SAID
    held(documents)


def test_a_renamed_file_in_an_archive_is_not_embedded_again(documents, embedder, write):
    documents.ingest(write("lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE})))
    before = {one.id for one in documents.list()}
    embedder.embedded = 0
    documents.ingest(write("lot.zip", data=zipped({"c.md": LEAVE, "b.md": BADGE})))
    assert ({one.id for one in documents.list()}, embedder.embedded) == (before, 0)


def test_what_is_given_with_the_file_that_is_back_holds(documents, write, folder):
    path = write("a.md", LEAVE)
    write("b.md", BADGE)
    documents.ingest(folder, owner="DRH", sensitivity=3)
    path.unlink()
    documents.ingest(folder)
    (back,) = documents.ingest(write("a.md", LEAVE), owner="DAF")
    assert (back.document.owner, back.document.sensitivity) == ("DAF", 3)


def test_a_document_that_a_person_deleted_is_forgotten(documents, write):
    path = write("a.md", LEAVE)
    documents.ingest(path, owner="DRH")
    documents.delete(documents.list()[0].id)
    assert documents.ingest(path)[0].document.owner == ""


def test_a_title_that_nobody_said_follows_the_file(documents, write, folder, held):
    path = write("a.txt", data=LEAVE.encode())
    documents.ingest(path)
    path.rename(folder / "Congés.txt")
    (moved,) = documents.ingest(folder)
    assert (moved.outcome, moved.document.title, moved.document.state) == ("moved", "Congés", "indexed")
    assert documents.search("congés")[0].document.title == "Congés"
    held(documents)


def test_a_title_said_before_it_was_noted_whose_it_is_stays_when_the_file_is_read_anew(documents, write, held):
    documents.ingest(write("a.md", LEAVE))
    (taken,) = documents.list()
    documents.describe(taken.id, title="Règles des congés")
    documents._library.change(taken.id, readers=2, title_said=False)
    documents.rebuild()
    (now,) = documents.list()
    assert (now.title, now.title_said) == ("Règles des congés", True)
    documents._library.change(taken.id, readers=2, title_said=False, title="a")
    documents.rebuild()
    assert documents.list()[0].title_said is False
    held(documents)


def test_a_new_title_that_was_cut_short_is_finished(documents, write, held, monkeypatch):
    (taken,) = documents.ingest(write("a.md", LEAVE))
    with monkeypatch.context() as patch:
        patch.setattr("assistai.workspace.library.Library.renew_words", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            documents.describe(taken.document.id, title="Passerelle")
    assert documents.resume() == 1
    assert [hit.document.title for hit in documents.search("passerelle") if hit.bm25] == ["Passerelle"]
    held(documents)
