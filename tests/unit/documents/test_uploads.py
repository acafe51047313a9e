"""Uploads have no place on disk: what has the name of one that is there never takes its place unless that is asked."""

import pytest
from made import markdown, zipped

from assistai.documents.ingestion import Details, Source
from assistai.documents.uploads import chosen_as, free_number, path_of, same_named

FIRST = "Le comité de mars a fixé le budget de la toiture."
SECOND = "Le comité d’avril a choisi l’entreprise de peinture."
THIRD = "Le comité de mai a reporté la fête du personnel."


def upload(name, text, *, beside=True, source=None):
    data = text if isinstance(text, bytes) else markdown(text)
    return Source(source or f"upload:{name}", name.split("/")[-1], lambda: data, beside=beside)


@pytest.fixture
def bring(documents):
    def bring(*sources, collection="documents"):
        return [(one.name, one.outcome) for one in documents.ingest_each(sources, Details(collection))]

    return bring


def kept(documents):
    return {one.source: one.name for one in documents.list()}


def test_another_content_of_the_name_is_kept_beside_under_a_number(documents, bring, held):
    bring(upload("note.md", FIRST))
    assert bring(upload("note.md", SECOND)) == [("note (2).md", "added")]
    assert kept(documents) == {"upload:note.md": "note.md", "upload:note.md (2)": "note (2).md"}
    assert bring(upload("note.md", SECOND), upload("note.md", FIRST)) == [
        ("note (2).md", "unchanged"),
        ("note.md", "unchanged"),
    ]
    held(documents)


def test_what_replaces_a_document_says_so(documents, bring, held):
    bring(upload("note.md", FIRST), upload("note.md", SECOND))
    changed = upload("note (2).md", THIRD, beside=False, source="upload:note.md (2)")
    (result,) = documents.ingest_each([changed], Details())
    assert (result.name, result.outcome, result.replaced) == ("note (2).md", "updated", True)
    assert FIRST in documents.text(next(one.id for one in documents.list() if one.name == "note.md"))
    held(documents)


def test_documents_of_one_name_are_found_the_first_one_first(documents, bring):
    bring(upload("note.md", FIRST), upload("note.md", SECOND), upload("autre.md", THIRD))
    bring(upload("note.md", THIRD), collection="rh")
    found = same_named(documents.list(), "documents")
    assert {source: [one.name for one in group] for source, group in found.items()} == {
        "upload:note.md": ["note.md", "note (2).md"],
        "upload:autre.md": ["autre.md"],
    }


def test_files_of_one_name_brought_together_are_all_kept_once(documents, bring, held):
    brought = [upload("note.md", text) for text in (FIRST, SECOND, SECOND, THIRD, FIRST)]
    assert [outcome for _, outcome in bring(*brought)] == ["added", "added", "unchanged", "added", "unchanged"]
    assert sorted(kept(documents).values()) == ["note (2).md", "note (3).md", "note.md"]
    held(documents)


def test_a_number_that_another_file_has_in_its_name_is_left_out(documents, bring):
    bring(upload("note.md", FIRST), upload("note (2).md", SECOND))
    assert bring(upload("note.md", THIRD)) == [("note (3).md", "added")]
    assert free_number(documents.list(), "upload:note.md", "note.md") == 2 + 2


def test_one_that_could_not_be_read_is_replaced(documents, bring):
    bring(upload("note.md", b" \n"))
    assert same_named(documents.list(), "documents") == {}
    assert bring(upload("note.md", FIRST)) == [("note.md", "updated")]


def test_archives_of_one_name_keep_what_is_in_each(documents, bring, held):
    bring(upload("lot.zip", zipped({"a.md": FIRST, "b.md": SECOND})))
    bring(upload("lot.zip", zipped({"a.md": THIRD, "b.md": SECOND})))
    assert sorted(kept(documents)) == [
        "upload:lot.zip",
        "upload:lot.zip (2)",
        "upload:lot.zip (2)!/a.md",
        "upload:lot.zip!/a.md",
        "upload:lot.zip!/b.md",
    ]
    held(documents)


def test_a_folder_keeps_its_path(documents, bring):
    bring(upload("comité/note.md", FIRST), upload("comité/note.md", SECOND))
    assert path_of("upload:comité/note.md (2)") == "comité/note (2).md"
    assert sorted(kept(documents)) == ["upload:comité/note.md", "upload:comité/note.md (2)"]


def test_a_number_in_the_name_of_a_file_is_its_own():
    assert chosen_as("upload:note.md (2)") == "upload:note.md"
    for own in ("upload:note (2).md", "upload:note (2)", "/srv/note.md (2)", "upload:lot.zip (2)!/a.md"):
        assert chosen_as(own) == own
    assert path_of("/srv/note.md") == "/srv/note.md"


def test_the_other_names_of_a_file_are_known_and_stay_when_it_is_replaced(documents, bring, held):
    bring(upload("note.md", FIRST))
    assert bring(upload("copie.md", FIRST)) == [("copie.md", "duplicate")]
    (document,) = documents.list()
    assert documents.copies([document.id]) == {document.id: ("upload:copie.md",)}
    assert documents.copies([]) == {}
    documents.describe(document.id, owner="Direction")
    assert bring(upload("note.md", SECOND, beside=False)) == [("note.md", "updated"), ("copie.md", "added")]
    held(documents)
    assert {one.name: one.owner for one in documents.list()} == {"note.md": "Direction", "copie.md": "Direction"}


def test_what_is_in_an_uploaded_archive_stays_when_the_file_that_has_its_text_is_replaced(documents, bring, held):
    bring(upload("a.md", FIRST))
    bring(upload("lot.zip", zipped({"a.md": FIRST, "b.md": SECOND})))
    bring(upload("a.md", THIRD, beside=False))
    assert sorted(kept(documents)) == ["upload:a.md", "upload:lot.zip", "upload:lot.zip!/a.md", "upload:lot.zip!/b.md"]
    held(documents)


def test_an_upload_answers_when_the_same_file_leaves_its_folder(documents, bring, folder, write, held):
    path = write("note.md", FIRST)
    write("autre.md", SECOND)
    documents.ingest(folder)
    assert bring(upload("déposé.md", FIRST)) == [("déposé.md", "duplicate")]
    path.unlink()
    assert [one.outcome for one in documents.ingest(folder)] == ["unchanged", "moved"]
    assert "upload:déposé.md" in kept(documents)
    held(documents)


def test_one_name_is_deleted_and_the_other_stays(documents, bring, held):
    bring(upload("note.md", FIRST), upload("copie.md", FIRST))
    bring(upload("copie.md", FIRST))
    stays = documents.delete(documents.list()[0].id, keep_copies=True)
    assert len(documents.list()) == 1
    assert stays == documents.list()[0]
    held(documents)
