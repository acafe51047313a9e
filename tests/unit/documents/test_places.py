"""The same file at several places: what still stands at a place that was brought in goes on answering."""

import pytest
from made import markdown, zipped

LEAVE = "Les congés se demandent un mois avant le départ."
BADGE = "Le badge se retire à la loge du gardien."
MEAL = "Le repas est remboursé dans la limite de 20 euros."


@pytest.fixture
def two(documents, folder, write):
    """The same file in the folders A and B, each brought by itself; A has another file too."""
    write("A/x.md", LEAVE)
    write("A/autre.md", MEAL)
    write("B/x.md", LEAVE)
    documents.ingest(folder / "A")
    (again,) = documents.ingest(folder / "B")
    assert again.outcome == "duplicate"
    return folder


def places(documents, folder):
    root = f"{folder.resolve()}/"
    return {one.source.removeprefix(root): one.state for one in documents.list()}


def found(documents, question):
    return {hit.document.source for hit in documents.search(question) if hit.bm25 is not None}


def also(documents, folder):
    root = f"{folder.resolve()}/"
    return sorted(place.removeprefix(root) for places in documents.copies().values() for place in places)


def test_the_other_places_are_known(documents, two, held):
    assert (len(documents.list()), also(documents, two)) == (2, ["B/x.md"])
    documents.ingest(two)
    assert also(documents, two) == ["B/x.md"]
    held(documents)


def test_the_copy_answers_when_the_first_is_no_longer_in_its_folder(documents, embedder, two, held):
    before = {one.id for one in documents.list()}
    documents.describe(next(one.id for one in documents.list() if one.name == "x.md"), owner="DRH", sensitivity=3)
    (two / "A/x.md").unlink()
    embedder.embedded = 0
    results = documents.ingest(two / "A")
    assert [(one.source, one.outcome) for one in results if one.name == "x.md"] == [
        (str((two / "B/x.md").resolve()), "moved")
    ]
    assert places(documents, two) == {"A/autre.md": "indexed", "B/x.md": "indexed"}
    assert ({one.id for one in documents.list()}, embedder.embedded) == (before, 0)
    assert found(documents, "congés") == {str((two / "B/x.md").resolve())}
    assert [(one.owner, one.sensitivity) for one in documents.list() if one.name == "x.md"] == [("DRH", 3)]
    assert documents.copies() == {}
    held(documents)
    assert [one.outcome for one in documents.ingest(two / "B")] == ["unchanged"]
    (two / "B/x.md").unlink()
    (two / "B/y.md").write_bytes(markdown(BADGE))
    documents.ingest(two / "B")
    assert places(documents, two) == {"A/autre.md": "indexed", "B/y.md": "indexed"}
    held(documents)


@pytest.mark.parametrize("how", ["gone", "changed"])
def test_a_copy_that_is_no_longer_there_keeps_nothing(documents, two, held, how):
    (two / "A/x.md").unlink()
    (two / "B/x.md").unlink() if how == "gone" else (two / "B/x.md").write_bytes(markdown(BADGE))
    results = documents.ingest(two / "A")
    assert [one.outcome for one in results if one.name == "x.md"] == ["removed"]
    assert places(documents, two) == {"A/autre.md": "indexed"}
    held(documents)


@pytest.mark.parametrize("new", [markdown(BADGE), b" "], ids=["changed", "unreadable"])
def test_the_copy_answers_when_the_first_changes(documents, two, held, new):
    documents.describe(next(one.id for one in documents.list() if one.name == "x.md"), title="Consignes", sensitivity=3)
    (two / "A/x.md").write_bytes(new)
    documents.ingest(two / "A")
    assert found(documents, "congés") == {str((two / "B/x.md").resolve())}
    copy = next(one for one in documents.list() if one.source == str((two / "B/x.md").resolve()))
    assert (copy.title, copy.sensitivity, copy.state) == ("Consignes", 3, "indexed")
    assert len(documents.list()) == 3
    assert documents.copies() == {}
    held(documents)
    assert [one.outcome for one in documents.ingest(two / "B")] == ["unchanged"]


@pytest.mark.parametrize("changed", ["A/x.md", "B/x.md"])
def test_a_copy_that_parts_in_the_same_run_keeps_what_was_said(documents, two, write, held, changed):
    documents.describe(
        next(one.id for one in documents.list() if one.name == "x.md"),
        owner="DRH",
        sensitivity=3,
        validity="draft",
        title="Congés de tous",
    )
    write(changed, BADGE)
    documents.ingest(two)
    parted = [one for one in documents.list() if one.name == "x.md"]
    assert [(one.owner, one.sensitivity, one.validity, one.title) for one in parted] == [
        ("DRH", 3, "draft", "Congés de tous")
    ] * 2
    held(documents)


def test_also_when_the_change_was_cut_short(documents, two, held, monkeypatch):
    (two / "A/x.md").write_bytes(markdown(BADGE))
    with monkeypatch.context() as patch:
        patch.setattr("assistai.workspace.copies.Copies.left_behind", lambda _: ())
        documents.ingest(two / "A")
    assert not found(documents, "congés")
    documents.resume()
    assert found(documents, "congés") == {str((two / "B/x.md").resolve())}
    held(documents)


def test_what_a_person_deletes_is_gone_from_all_places(documents, two, held):
    document = next(one for one in documents.list() if one.name == "x.md")
    assert documents.delete(document.id) is None
    assert (found(documents, "congés"), documents.copies()) == (set(), {})
    held(documents)
    assert [one.outcome for one in documents.ingest(two / "B")] == ["added"]


def test_unless_its_copies_are_to_be_kept(documents, two, held):
    document = next(one for one in documents.list() if one.name == "x.md")
    kept = documents.delete(document.id, keep_copies=True)
    assert (kept.id, kept.source) == (document.id, str((two / "B/x.md").resolve()))
    assert found(documents, "congés") == {kept.source}
    held(documents)
    assert documents.delete(document.id, keep_copies=True) is None
    assert found(documents, "congés") == set()
    held(documents)


class TestInArchives:
    def test_a_file_answers_when_the_archive_that_held_it_goes(self, documents, folder, write, held):
        archive = write("A/lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
        write("A/reste.md", MEAL)
        write("B/a.md", LEAVE)
        documents.ingest(folder / "A")
        documents.ingest(folder / "B")
        archive.unlink()
        documents.ingest(folder / "A")
        assert places(documents, folder) == {"A/reste.md": "indexed", "B/a.md": "indexed"}
        held(documents)

    def test_and_when_the_archive_holds_it_no_more(self, documents, folder, write, held):
        archive = write("A/lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
        write("B/a.md", LEAVE)
        documents.ingest(folder)
        write("A/lot.zip", data=zipped({"b.md": BADGE}))
        documents.ingest(archive)
        assert set(places(documents, folder)) == {"A/lot.zip", "A/lot.zip!/b.md", "B/a.md"}
        held(documents)

    @pytest.mark.parametrize("how", ["gone", "changed"])
    def test_what_an_archive_holds_answers_when_the_file_goes(self, documents, folder, write, held, how):
        path = write("A/a.md", LEAVE)
        write("A/reste.md", MEAL)
        write("B/lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
        documents.ingest(folder / "A")
        documents.ingest(folder / "B")
        assert also(documents, folder) == ["B/lot.zip!/a.md"]
        path.unlink() if how == "gone" else path.write_bytes(markdown("Le parking."))
        documents.ingest(folder / "A")
        assert found(documents, "congés") == {f"{(folder / 'B/lot.zip').resolve()}!/a.md"}
        held(documents)

    def test_unless_the_archive_holds_it_no_more(self, documents, folder, write, held):
        path = write("A/a.md", LEAVE)
        write("A/reste.md", MEAL)
        archive = write("B/lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
        documents.ingest(folder)
        write("B/lot.zip", data=zipped({"b.md": BADGE}))
        documents.ingest(archive)
        assert documents.copies() == {}
        path.unlink()
        documents.ingest(folder / "A")
        assert found(documents, "congés") == set()
        held(documents)

    def test_a_copy_of_an_archive_answers_with_all_that_is_inside(self, documents, folder, write, held):
        data = zipped({"a.md": LEAVE, "lot.zip": zipped({"b.md": BADGE})})
        archive = write("A/tout.zip", data=data)
        write("A/reste.md", MEAL)
        write("B/tout.zip", data=data)
        documents.ingest(folder)
        archive.unlink()
        documents.ingest(folder / "A")
        assert set(places(documents, folder)) == {
            *("A/reste.md", "B/tout.zip", "B/tout.zip!/a.md", "B/tout.zip!/lot.zip", "B/tout.zip!/lot.zip!/b.md")
        }
        held(documents)
        write("B/tout.zip", data=zipped({"b.md": BADGE}))
        documents.ingest(folder / "B")
        assert found(documents, "congés") == set()
        held(documents)

    def test_a_place_in_an_archive_follows_the_archive(self, documents, folder, write, held):
        path = write("A/a.md", LEAVE)
        write("A/reste.md", MEAL)
        archive = write("B/lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
        documents.ingest(folder)
        archive.rename(folder / "B" / "neuf.zip")
        documents.ingest(folder / "B")
        path.unlink()
        documents.ingest(folder / "A")
        assert found(documents, "congés") == {f"{(folder / 'B/neuf.zip').resolve()}!/a.md"}
        held(documents)


def test_a_document_that_went_to_another_collection_takes_its_places_along(documents, two, held):
    document = next(one for one in documents.list() if one.name == "x.md")
    documents.describe(document.id, collection="Notes")
    documents.ingest(two / "B", collection="Notes")
    documents.ingest(two / "B")
    (two / "A/x.md").unlink()
    documents.remove_gone(two / "A", collection="Notes")
    documents.ingest(two / "A")
    assert sorted((one.collection, one.name) for one in documents.list()) == [
        ("Notes", "x.md"),
        ("documents", "autre.md"),
        ("documents", "x.md"),
    ]
    held(documents)


def test_a_folder_whose_name_looks_like_the_inside_of_an_archive(documents, folder, write, held):
    path = write("Urgent!/x.md", LEAVE)
    write("Urgent!/reste.md", MEAL)
    write("Bis!/x.md", LEAVE)
    documents.ingest(folder / "Urgent!")
    documents.ingest(folder / "Bis!")
    assert also(documents, folder) == ["Bis!/x.md"]
    path.unlink()
    documents.ingest(folder / "Urgent!")
    assert set(places(documents, folder)) == {"Urgent!/reste.md", "Bis!/x.md"}
    (folder / "Bis!/x.md").rename(folder / "Bis!/y.md")
    documents.ingest(folder / "Bis!")
    assert set(places(documents, folder)) == {"Urgent!/reste.md", "Bis!/y.md"}
    held(documents)
