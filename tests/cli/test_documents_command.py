"""`assistai documents`: the library listed, described and cleaned up on the command line."""

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from assistai import AssistAI, load_settings
from assistai.cli import catalogue
from assistai.cli.main import app
from assistai.testing import HashEmbedder


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A library with two documents of one name in two collections, and one more."""
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(catalogue, "AssistAI", lambda settings: AssistAI(settings, embedder=HashEmbedder()))
    documents = AssistAI(load_settings(), embedder=HashEmbedder()).documents
    for name, text, collection in (
        ("rh/Charte.md", "# Charte du télétravail\n\nDeux jours par semaine.", "rh"),
        ("site/Charte.md", "# Charte du site\n\nLe badge se porte.", "site"),
        ("site/Parking.txt", "Le parking ferme à 20 h.", "site"),
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        documents.ingest(path, collection=collection)
    documents.close()
    return documents


def run(*arguments, **options):
    return CliRunner().invoke(app, ["documents", *map(str, arguments)], **options)


def ids(library):
    return {(one.collection, one.name): one.id for one in library.list()}


def test_all_are_listed_one_a_line(library):
    result = run("list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [one.id for one in library.list()]
    assert all(one.name in line and one.collection in line for one, line in zip(library.list(), lines, strict=True))


def test_as_json(library):
    library.describe(library.list()[0].id, effective_from=dt.date(2026, 1, 1), sensitivity=3)
    written = json.loads(run("list", "--collection", "rh", "--json").stdout)
    assert written["schema"] == "assistai.documents/1"
    (one,) = written["documents"]
    assert (one["name"], one["sensitivity"], one["validity"]) == ("Charte.md", "restricted", "in_force")
    assert (one["effective_from"], one["effective_to"], one["state"]) == ("2026-01-01", None, "indexed")
    library.close()


def test_an_unknown_collection_is_wrong_usage(library):
    result = run("list", "--collection", "nulle part")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "rh, site" in result.stderr


def test_a_document_is_described_by_name(library):
    said = "--owner DAF --sensitivity confidential --from 2026-01-01 --to 2026-12-31".split()
    result = run("describe", "parking.txt", *said, "--title", "Le parking")
    assert result.exit_code == 0, result.output
    document = library.get(ids(library)["site", "Parking.txt"])
    assert (document.owner, document.sensitivity, document.title) == ("DAF", 2, "Le parking")
    assert (document.effective_from, document.effective_to) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert result.stdout.startswith(document.id)
    run("describe", document.id, "--from", "", "--owner", "")
    after = library.get(document.id)
    assert (after.owner, after.effective_from, after.effective_to) == ("", None, dt.date(2026, 12, 31))
    assert not after.validity_said
    assert run("describe", document.id).exit_code == 0
    assert library.get(document.id) == after


def test_what_supersedes_goes_with_the_validity(library):
    old, new = ids(library)["rh", "Charte.md"], ids(library)["site", "Parking.txt"]
    assert run("describe", old, "--superseded-by", "Parking.txt").exit_code == 0
    assert (library.get(old).validity, library.get(old).superseded_by) == ("superseded", new)
    assert run("describe", new, "--superseded-by", old).exit_code == 2
    assert run("describe", old, "--validity", "in_force").exit_code == 0
    assert (library.get(old).validity, library.get(old).superseded_by) == ("in_force", None)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--validity", "bogus"],
        ["--sensitivity", "top"],
        ["--from", "demain"],
        ["--from", "2026-02-01", "--to", "2026-01-01"],
        ["--superseded-by", "absent"],
        ["--title", " "],
    ],
    ids=str,
)
def test_what_cannot_be_is_wrong_usage_and_changes_nothing(library, wrong):
    before = library.list()
    result = run("describe", "Parking.txt", "--owner", "DAF", *wrong)
    assert (result.exit_code, result.stdout) == (2, "")
    assert library.list() == before


@pytest.mark.parametrize("command", [["describe", "Charte.md", "--owner", "DAF"], ["delete", "Charte.md", "--yes"]])
def test_a_name_of_several_is_wrong_usage_and_their_ids_are_listed(library, command):
    before = library.list()
    result = run(*command)
    assert result.exit_code == 2
    assert all(ids(library)[collection, "Charte.md"] in result.stderr for collection in ("rh", "site"))
    assert library.list() == before


def test_documents_are_deleted_once_that_is_confirmed(library):
    refused = run("delete", "Parking.txt", input="n\n")
    assert refused.exit_code == 1
    assert len(library.list()) == 3
    assert run("delete", "Parking.txt", input="y\n").exit_code == 0
    assert {one.name for one in library.list()} == {"Charte.md"}


def test_several_at_once_or_none(library):
    known = ids(library)
    assert run("delete", known["rh", "Charte.md"], "absent", "--yes").exit_code == 2
    assert len(library.list()) == 3
    result = run("delete", known["rh", "Charte.md"], "Parking.txt", "Parking.txt", "--yes")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    assert list(ids(library)) == [("site", "Charte.md")]


def test_one_that_goes_with_its_archive_is_no_error(library, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "lot.zip", "w") as archive:
        archive.writestr("note.txt", "Le casier ferme à clé.")
    library.ingest(tmp_path / "lot.zip")
    library.close()
    assert run("delete", "lot.zip", "note.txt", "--yes").exit_code == 0
    assert len(library.list()) == 3


@pytest.fixture
def copy(library, tmp_path):
    """The path of a file that is brought from another folder too."""
    path = tmp_path / "archives" / "Parking.txt"
    path.parent.mkdir()
    path.write_bytes((tmp_path / "site" / "Parking.txt").read_bytes())
    library.ingest(path, collection="site")
    library.close()
    return str(path.resolve())


def test_where_else_a_file_stands_is_listed(copy):
    assert copy in run("list").stdout
    listed = json.loads(run("list", "--json").stdout)["documents"]
    assert [one["also_at"] for one in listed if one["name"] == "Parking.txt"] == [[copy]]
    assert {tuple(one["also_at"]) for one in listed if one["name"] != "Parking.txt"} == {()}


def test_what_is_deleted_no_longer_answers_from_elsewhere_and_that_is_said(library, copy):
    result = run("delete", "Parking.txt", input="y\n")
    assert result.stderr.count(copy) == 2  # before it is confirmed, and after
    assert [one.name for one in library.list()] == ["Charte.md", "Charte.md"]


def test_or_stays_from_there(library, copy):
    result = run("delete", "Parking.txt", "--keep-copies", "--yes")
    assert (result.exit_code, copy in result.stdout) == (0, True)
    assert [one.source for one in library.list() if one.name == "Parking.txt"] == [copy]


def test_documents_of_one_name_are_listed_with_their_places(library, tmp_path):
    (tmp_path / "autre").mkdir()
    (tmp_path / "autre" / "Charte.md").write_text("# Charte\n\nAutre chose.", "utf-8")
    library.ingest(tmp_path / "autre", collection="rh")
    library.close()
    lines = run("list", "--collection", "rh").stdout.splitlines()
    assert [line.rpartition(" · ")[2] for line in lines] == [one.source for one in library.list(collection="rh")]


def test_what_an_earlier_version_read_is_told_beside_the_list(library):
    library._library.change(library.list()[0].id, readers=0)
    result = run("list", "--json")
    assert len(json.loads(result.stdout)["documents"]) == 3
    assert "Documents lus par une version antérieure" in result.stderr
    assert "assistai index rebuild" in result.stderr
