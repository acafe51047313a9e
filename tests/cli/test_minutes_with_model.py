"""The commands with a chat model: used where the settings name one, left out by an option, its failures told."""

import json

import pytest
from typer.testing import CliRunner

from assistai.app import AssistAI
from assistai.cli.main import app
from assistai.errors import ModelUnavailable
from assistai.testing import ScriptedChatModel

TEXT = "Marc Petit : Sophie, tu peux réserver la salle pour vendredi ?\nSophie Martin : Oui, je réserve la salle.\n"
WRITTEN = json.dumps({"topics": [], "wording": [{"id": "a1", "text": "Réserver la salle."}], "missed": []})


@pytest.fixture
def minutes(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path / "var"))
    path = tmp_path / "2026-03-02 Point.txt"
    path.write_text(TEXT, "utf-8")

    def minutes(reply, *options, remote=False):
        model = ScriptedChatModel(reply, remote=remote)
        monkeypatch.setattr(AssistAI, "chat_model", model)
        result = CliRunner().invoke(app, ["minutes", str(path), "--format", "json", *options])
        return result, model

    return minutes


def test_the_model_of_the_settings_writes_and_says_what_it_took(minutes):
    result, _ = minutes(WRITTEN)
    written = json.loads(result.stdout)
    assert written["actions"][0]["task"] == "Réserver la salle."
    assert written["provenance"]["engine"] == "embedded+model"
    assert written["provenance"]["prompts"][0].startswith("meetings/minutes.v2.fr")
    assert "Jetons lus" in result.stderr
    assert result.exit_code == 0


def test_the_embedded_engine_alone(minutes):
    result, model = minutes(WRITTEN, "--no-model")
    assert json.loads(result.stdout)["provenance"]["engine"] == "embedded"
    assert not model.asked


def test_a_failure_is_told_and_the_minutes_are_written(minutes):
    result, _ = minutes(ModelUnavailable("model_timeout", seconds=3))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["actions"]
    assert "interventions 1 à 2" in result.stderr
    assert "ASSISTAI_MODEL_TIMEOUT_SECONDS" in result.stderr


def test_a_level_keeps_a_meeting_from_a_model_elsewhere(minutes):
    result, model = minutes(WRITTEN, "--sensitivity", "restricted", remote=True)
    assert json.loads(result.stdout)["sensitivity"] == "restricted"
    assert not model.asked
    result, _ = minutes(WRITTEN, "--sensitivity", "secret")
    assert result.exit_code == 2
