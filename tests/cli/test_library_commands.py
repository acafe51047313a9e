"""The commands ingest, ask and index as their users and other tools run them."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from assistai import AssistAI, load_settings
from assistai.cli import library
from assistai.cli.main import app
from assistai.testing import HashEmbedder
from assistai.workspace.scope import Filter

CHARTER = """# Charte du télétravail

## Nombre de jours

Le télétravail est limité à deux jours par semaine pour tous les salariés.

## Matériel

L'entreprise fournit un ordinateur portable et un casque.
"""
PARKING = "Le parking du siège compte quarante places et ferme à 20 h.\n"
QUESTION = "Combien de jours de télétravail par semaine ?"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with two documents, an empty library, and an embedding model that costs nothing."""
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "AssistAI", lambda settings: AssistAI(settings, embedder=HashEmbedder()))
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "samples.json").write_text("{}", "utf-8")
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "Charte.md").write_text(CHARTER, "utf-8")
    (documents / "Parking.txt").write_text(PARKING, "utf-8")
    return documents


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def asked(*arguments):
    result = run("ask", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_every_key_of_the_contract_is_there(folder):
    assert run("ingest", folder).exit_code == 0
    written = asked(QUESTION)
    assert written["schema"] == "assistai.answer/1"
    assert (written["question"], written["answered"]) == (QUESTION, True)
    (citation,) = written["sentences"][0]["citations"]
    assert written["sentences"][0]["text"] == citation["quote"]
    keys = {"document", "title", "page", "start", "end", "quote", "score", "verified"}
    for one in (citation, *written["passages"]):
        assert keys <= one.keys()
        text = AssistAI(load_settings()).documents.text(one["document"])
        assert text[one["start"] : one["end"]] == one["quote"]
    assert (citation["verified"], citation["page"]) == (True, None)
    assert "deux jours par semaine" in citation["quote"]


def test_what_an_earlier_version_read_is_told_beside_the_answer(folder):
    run("ingest", folder)
    assert "version antérieure" not in run("ask", QUESTION).stderr
    documents = AssistAI(load_settings(), embedder=HashEmbedder()).documents
    documents._library.change(documents.list()[0].id, readers=0)
    result = run("ask", QUESTION, "--json")
    assert json.loads(result.stdout)["answered"]
    assert "version antérieure\N{NO-BREAK SPACE}: 1" in result.stderr
    assert "assistai index rebuild" in result.stderr


def test_an_answer_as_text_names_its_source(folder):
    run("ingest", folder)
    result = run("ask", QUESTION)
    assert result.exit_code == 0
    assert "deux jours par semaine" in result.stdout
    assert "Charte du télétravail" in result.stdout


def test_what_the_documents_do_not_say_is_refused_with_the_nearest_passages(folder):
    run("ingest", folder)
    written = asked("Quel est le montant de la prime de vacances ?")
    assert (written["answered"], written["sentences"]) == (False, [])
    assert written["passages"]
    result = run("ask", "Quel est le montant de la prime de vacances ?")
    assert result.exit_code == 0
    assert "2" in result.stdout.splitlines()[1]  # how many documents were searched


def test_a_collection_is_asked_alone(folder):
    run("ingest", folder / "Charte.md", "--collection", "rh", "--owner", "DRH", "--sensitivity", "confidential")
    run("ingest", folder / "Parking.txt", "--collection", "site")
    assert asked(QUESTION, "--collection", "rh")["answered"]
    elsewhere = asked(QUESTION, "--collection", "site")
    assert not elsewhere["answered"]
    assert {one["title"] for one in elsewhere["passages"]} == {"Parking"}
    (document,) = AssistAI(load_settings()).documents.list(collection="rh")
    assert (document.owner, document.sensitivity) == ("DRH", 2)


def test_an_unknown_collection_is_wrong_usage_and_the_known_ones_are_named(folder):
    run("ingest", folder, "--collection", "rh")
    result = run("ask", QUESTION, "--collection", "nulle part", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nulle part" in result.stderr
    assert "rh" in result.stderr


def test_a_question_is_asked_of_some_documents_only(folder):
    run("ingest", folder / "Charte.md", "--owner", "DRH", "--sensitivity", "confidential")
    run("ingest", folder / "Parking.txt")
    for allowed, forbidden in (
        (["--owner", "DRH"], ["--owner", "DAF"]),
        (["--sensitivity", "confidential"], ["--sensitivity", "internal"]),
        (["--validity", "in_force,draft"], ["--validity", "draft"]),
    ):
        assert asked(QUESTION, *allowed)["answered"]
        assert not asked(QUESTION, *forbidden)["answered"]
    assert run("ask", QUESTION, "--validity", "bogus").exit_code == 2
    assert run("ask", QUESTION, "--sensitivity", "bogus").exit_code == 2


def test_the_same_files_again_are_unchanged(folder):
    first = run("ingest", folder)
    assert first.exit_code == 0
    assert sorted(line.split(":")[0].rpartition("/")[2] for line in first.stdout.splitlines()) == [
        "Charte.md",
        "Parking.txt",
    ]
    again = run("ingest", folder)
    assert again.exit_code == 0
    assert again.stdout != first.stdout
    assert len(AssistAI(load_settings()).documents.list()) == 2


def test_a_failed_file_is_named_and_the_others_are_done(folder):
    (folder / "abîmé.pdf").write_bytes(b"%PDF-1.7 nothing more")
    result = run("ingest", folder, folder / "absent.docx")
    assert result.exit_code == 1
    assert "abîmé.pdf" in result.stderr
    assert "absent.docx" in result.stderr
    assert asked(QUESTION)["answered"]


def test_files_of_other_formats_are_named_never_passed_over_in_silence(folder):
    (folder / "programme.exe").write_bytes(b"MZ")
    (folder / ".caché").write_bytes(b"x")
    result = run("ingest", folder)
    assert result.exit_code == 0
    assert "programme.exe" in result.stderr
    assert ".caché" not in result.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        ["ingest"],
        ["ingest", "x", "--sensitivity", "top-secret"],
        ["ingest", "x", "--collection", " "],
        ["ask"],
        ["ask", "Quand ?", "--nonsense"],
        ["index", "destroy"],
    ],
)
def test_wrong_usage_is_exit_code_2(folder, wrong):
    assert run(*wrong).exit_code == 2


def test_a_blank_question_is_refused(folder):
    command = [sys.executable, "-m", "assistai.cli.main", "ask", "  "]
    result = subprocess.run(command, env=os.environ, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr.strip()
    assert not result.stdout


def test_check_finds_what_is_lost_and_rebuild_mends_it(folder):
    run("ingest", folder)
    assert run("index", "check").exit_code == 0
    documents = AssistAI(load_settings(), embedder=HashEmbedder()).documents
    passage = documents.search(QUESTION, wanted=Filter())[0].passage
    documents._index.delete([passage.id])
    documents.close()
    result = run("index", "check")
    assert result.exit_code == 1
    assert "1" in result.stdout
    assert run("index", "rebuild").exit_code == 0
    assert run("index", "check").exit_code == 0


def test_another_model_asks_for_a_rebuild(folder, monkeypatch):
    run("ingest", folder)
    monkeypatch.setattr(library, "AssistAI", lambda settings: AssistAI(settings, embedder=HashEmbedder("other", 32)))
    assert run("index", "check").exit_code == 1
    assert asked(QUESTION)["answered"]  # by words alone, for the first model is unknown here
    assert run("index", "rebuild").exit_code == 0
    assert asked(QUESTION)["answered"]


def test_owner_and_level_that_are_given_hold_for_what_is_there(folder):
    run("ingest", folder)
    again = run("ingest", folder / "Charte.md", "--sensitivity", "restricted", "--owner", "DRH")
    assert again.stdout != run("ingest", folder / "Charte.md").stdout
    documents = {one.name: (one.owner, one.sensitivity) for one in AssistAI(load_settings()).documents.list()}
    assert documents == {"Charte.md": ("DRH", 3), "Parking.txt": ("", 1)}


@pytest.mark.parametrize(("language", "said"), [("fr", "n’existe pas"), ("en", "There is no level")])
def test_an_unknown_level_is_told_in_the_language_of_the_settings(folder, monkeypatch, language, said):
    monkeypatch.setenv("ASSISTAI_LANGUAGE", language)
    result = run("ingest", folder, "--sensitivity", "top")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_a_path_that_no_file_can_have_is_an_error_like_another(folder):
    result = run("ingest", folder, "x" * 300)
    assert result.exit_code == 1
    assert "x" * 300 in result.stderr
    assert len(AssistAI(load_settings()).documents.list()) == 2


def test_a_name_of_two_lines_is_shown_in_one(folder):
    (folder / "deux\nlignes.txt").write_text(PARKING, "utf-8")
    (folder / "Parking.txt").unlink()
    result = run("ingest", folder)
    assert [line.rpartition("/")[2] for line in result.stdout.splitlines()] == [
        *("Charte.md: ajouté", "deux lignes.txt: ajouté")
    ]
