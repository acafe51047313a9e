"""`assistai draft` and `assistai check`, as a user runs them."""

import json

import pytest
from typer.testing import CliRunner

from assistai.cli.main import app

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path / "var"))


def test_a_draft_from_standard_input():
    result = RUNNER.invoke(app, ["draft", "Invitation", "--brief", "-"], input="réunion budget mardi 14h30")
    assert result.exit_code == 0
    assert result.stdout.startswith("Invitation\u00a0: réunion budget\n\nMadame, Monsieur,")
    assert "[à compléter : lieu]" in result.stderr


def test_one_json_object(tmp_path):
    (tmp_path / "b.txt").write_text("À : Mme Roux\nObjet : rapport\n", "utf-8")
    result = RUNNER.invoke(app, ["draft", "relance", "--brief", "b.txt", "--json", "--tone", "firm", "--lang", "fr"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["kind"] == "reminder"


def test_a_reply_to_a_mail(tmp_path):
    head = "From: Claire <c@x.fr>\nTo: p@x.fr\nSubject: Budget\nMessage-ID: <1@x.fr>\n"
    mail = f"{head}Date: Mon, 23 Nov 2026 09:00:00 +0100\n\nLe budget est-il voté ?\n"
    (tmp_path / "m.eml").write_text(mail, "utf-8")
    result = RUNNER.invoke(app, ["draft", "réponse", "--reply-to", "m.eml", "--json"])
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["in_reply_to"] == "<1@x.fr>"
    assert data["subject"] == "Re: Budget"
    assert data["questions"][0]["answer"] is None


@pytest.mark.parametrize(
    ("name", "start"), [("d.eml", b"X-Unsent"), ("d.docx", b"PK"), ("d.ics", b"BEGIN:VCALENDAR"), ("d.md", b"")]
)
def test_a_draft_is_written_in_the_format_of_its_file(tmp_path, name, start):
    brief = "réunion budget mardi 14h30, salle 2\nà : Mme Roux <r@x.fr>"
    result = RUNNER.invoke(app, ["draft", "invitation", "--brief", "-", "--out", name], input=brief)
    assert result.exit_code == 0
    assert start in (tmp_path / name).read_bytes()


def test_a_missing_brief_fails_and_is_named():
    result = RUNNER.invoke(app, ["draft", "mail", "--brief", "nowhere.txt"])
    assert result.exit_code != 0


@pytest.mark.parametrize("options", [["--lang", "de"], ["--brief"]])
def test_wrong_usage(options):
    assert RUNNER.invoke(app, ["draft", "mail", *options], input="x").exit_code == 2


def test_check_names_rules_and_fixes(tmp_path):
    (tmp_path / "t.txt").write_text("Mr Durand viendra à 15h pour 300 €", "utf-8")
    (tmp_path / "s.txt").write_text("M. Durand viendra à 15 h pour 250 €.", "utf-8")
    told = RUNNER.invoke(app, ["check", "t.txt", "--source", "s.txt"])
    assert told.exit_code == 0
    assert "civility" in told.stdout
    assert "250" in told.stdout
    data = json.loads(RUNNER.invoke(app, ["check", "t.txt", "--json"]).stdout)
    assert data["schema"] == "assistai.check/1"
    assert RUNNER.invoke(app, ["check", "t.txt", "--fix"]).stdout == "M. Durand viendra à 15\u00a0h pour 300\u00a0€\n"
