"""`assistai models …`, as its users run it."""

import subprocess
import sys

import pytest
from scripted_server import ScriptedServer, refused, streamed
from typer.testing import CliRunner

from assistai.cli.main import app


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    for name in ("ASSISTAI_MODEL", "ASSISTAI_MODEL_URL", "ASSISTAI_MODEL_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_list_use_and_none(smollm2):
    listed = run("models", "list").output
    assert "qwen2.5-1.5b" in listed
    assert "Aucun modèle" in listed
    used = run("models", "use", "smollm2-135m")
    assert used.exit_code == 0, used.output
    assert "en service" in run("models", "list").output
    config = run("config").output
    assert "ASSISTAI_MODEL=local:smollm2-135m" in config
    assert "chat-model" in config
    assert run("models", "use", "none").exit_code == 0
    assert "ASSISTAI_MODEL=\n" in run("config").output


def test_a_variable_goes_before_the_choice_and_that_is_said(smollm2, monkeypatch):
    monkeypatch.setenv("ASSISTAI_MODEL", "openai:gpt-4.1-mini")
    assert "ASSISTAI_MODEL" in run("models", "use", "smollm2-135m").stderr


def test_removing_the_model_in_use_goes_back_to_the_embedded_engine(smollm2):
    run("models", "use", "smollm2-135m")
    assert run("models", "remove", "smollm2-135m").exit_code == 0
    assert "Aucun modèle" in run("models", "list").output


@pytest.mark.parametrize(("name", "code"), [("nope", 2), ("qwen2.5-0.5b", 1)])
def test_what_cannot_be_brought_says_why(name, code, capsys, monkeypatch):
    from assistai.cli import main

    monkeypatch.setattr("sys.argv", ["assistai", "models", "pull", name])
    with pytest.raises(SystemExit) as end:
        main.run()
    assert end.value.code == code
    assert name in capsys.readouterr().err


def test_trying_a_server(monkeypatch):
    server = ScriptedServer(streamed("À ne rien oublier."))
    for name, value in server.settings.items():
        monkeypatch.setenv(f"ASSISTAI_{name.upper()}", value)
    result = run("models", "try")
    server.close()
    assert result.exit_code == 0, result.output
    assert "À ne rien oublier." in result.output
    assert "11 jetons lus" in result.output
    assert "restent sur cette machine" in result.output


def test_trying_none(monkeypatch):
    assert run("models", "try").exit_code == 1


def test_a_key_is_never_shown(monkeypatch, capsys):
    server = ScriptedServer(refused(401, "Incorrect API key provided: secret-key"))
    for name, value in server.settings.items():
        monkeypatch.setenv(f"ASSISTAI_{name.upper()}", value)
    assert "secret-key" not in run("config").output
    from assistai.cli import main

    monkeypatch.setattr("sys.argv", ["assistai", "models", "try"])
    with pytest.raises(SystemExit):
        main.run()
    server.close()
    shown = capsys.readouterr()
    assert "secret-key" not in shown.err + shown.out
    assert "clé" in shown.err


def test_the_app_is_given_the_key_and_only_what_was_set(monkeypatch):
    given = {}
    monkeypatch.setenv("ASSISTAI_MODEL_KEY", "secret-key")
    start = subprocess.Popen

    def started(command, cwd, env):
        given.update(env)
        return start([sys.executable, "-c", ""])

    monkeypatch.setattr("subprocess.Popen", started)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    run("ui", "--no-browser")
    assert given["ASSISTAI_MODEL_KEY"] == "secret-key"
    assert "ASSISTAI_MODEL" not in given
