"""The command as its users and other tools run it."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from assistai.cli.main import app

TEXT = "Marc Petit : Sophie, tu peux réserver la salle pour vendredi ?\nSophie Martin : Oui, je réserve la salle.\n"


@pytest.fixture
def meeting(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "2026-03-02 Point hebdo.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_one_json_object_a_meeting(meeting, tmp_path):
    result = run("minutes", meeting, "--out", tmp_path / "out", "--format", "json,md")
    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "out" / "2026-03-02 Point hebdo.json").read_text("utf-8"))
    assert written["schema"] == "assistai.minutes/1"
    assert written["date"] == "2026-03-02"
    (action,) = written["actions"]
    assert (action["owner"], action["due"]["date"], action["verified"]) == ("Sophie Martin", "2026-03-06", True)
    lines = TEXT.splitlines()
    assert all(quote["quote"] in lines[quote["turn"]] for quote in action["evidence"])
    assert (tmp_path / "out" / "2026-03-02 Point hebdo.md").read_text("utf-8")


def test_every_key_of_the_contract_is_there(meeting):
    result = run("minutes", meeting, "--format", "json")
    written = json.loads(result.stdout)
    contract = "schema title date language participants topics decisions actions questions coverage provenance"
    assert set(contract.split()) <= written.keys()
    assert {"turns", "read", "cited", "failed_parts", "uncited"} <= written["coverage"].keys()
    assert {"engine", "model", "prompts", "source_sha256", "created_at"} <= written["provenance"].keys()
    assert {"task", "owner", "due", "evidence", "verified"} <= written["actions"][0].keys()
    assert {"spoken", "date", "confidence"} <= written["actions"][0]["due"].keys()
    assert {"turn", "speaker", "start", "end", "quote"} <= written["actions"][0]["evidence"][0].keys()


def test_the_option_wins_over_the_file_name(meeting):
    written = json.loads(run("minutes", meeting, "--format", "json", "--date", "2026-06-01").stdout)
    assert (written["date"], written["actions"][0]["due"]["date"]) == ("2026-06-01", "2026-06-05")


def test_a_failed_input_is_named_and_the_others_are_done(meeting, tmp_path):
    empty = tmp_path / "vide.vtt"
    empty.write_bytes(b"")
    result = run("minutes", empty, tmp_path / "absent.srt", meeting, "--out", tmp_path / "out", "--format", "json")
    assert result.exit_code == 1
    assert "vide.vtt" in result.stderr
    assert "absent.srt" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2026-03-02 Point hebdo.json"]


def test_two_files_of_one_name_do_not_overwrite_each_other(meeting, tmp_path):
    other = tmp_path / "autre" / meeting.name
    other.parent.mkdir()
    other.write_text(TEXT, "utf-8")
    assert run("minutes", meeting, other, "--out", tmp_path / "out", "--format", "json").exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize(
    "wrong", [["--format", "doc"], ["--format", ""], ["--lang", "de"], ["--date", "02/03/2026"], ["--nonsense"]]
)
def test_wrong_usage_is_exit_code_2(meeting, wrong):
    assert run("minutes", meeting, *wrong).exit_code == 2


def test_a_wrong_setting_is_exit_code_2_and_named(meeting):
    environment = os.environ | {"ASSISTAI_TIMEZONE": "Europe/Atlantide"}
    command = [sys.executable, "-m", "assistai.cli.main", "minutes", str(meeting)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert result.returncode == 2
    assert "ASSISTAI_TIMEZONE" in result.stderr


def test_an_unwritable_folder_is_named(meeting, tmp_path):
    (tmp_path / "out").write_text("a file")
    result = run("minutes", meeting, "--out", tmp_path / "out", "--format", "json")
    assert result.exit_code == 1
    assert "out" in result.stderr


def test_every_format_is_written(meeting, tmp_path):
    formats = ["json", "md", "docx", "pdf", "ics", "csv", "html"]
    result = run("minutes", meeting, "--out", tmp_path / "out", "--format", ",".join(formats), "--lang", "en")
    assert result.exit_code == 0, result.output
    assert sorted(path.suffix[1:] for path in (tmp_path / "out").iterdir()) == sorted(formats)


def test_version_and_config(meeting):
    assert run("--version").stdout.startswith("assistai ")
    assert "ASSISTAI_DATA_DIR=" in run("config").stdout
