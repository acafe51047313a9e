"""The project keeps its own promises: public names, catalogues, settings, a fast command."""

import json
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

import assistai
from assistai.settings import Settings

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "assistai" / "i18n"
ROOMS = sorted(path.name for path in (CATALOGUES / "fr").glob("*.json"))
BREAKABLE = re.compile("« | »|«[^\u00a0\u202f]|[^\u00a0\u202f]»|(?<=[\\w)}]) [;!?:]|(?<=\\w)[;!?](?!\\w)")


def test_every_public_name_is_there_and_sorted():
    assert all(hasattr(assistai, name) for name in assistai.__all__)
    assert sorted(assistai.__all__) == assistai.__all__


def fields_of(message):
    return {field for _, field, _, _ in string.Formatter().parse(message) if field}


@pytest.mark.parametrize("room", ROOMS)
def test_catalogues_have_the_same_keys_and_fields(room):
    french, english = (json.loads((CATALOGUES / language / room).read_text("utf-8")) for language in ("fr", "en"))
    assert french.keys() == english.keys()
    for key in french:
        assert fields_of(french[key]) == fields_of(english[key]), key


def test_no_catalogue_is_in_one_language_only():
    names = [{path.name for path in (CATALOGUES / language).glob("*.json")} for language in ("fr", "en")]
    assert names[0] == names[1]


@pytest.mark.parametrize("room", ROOMS)
def test_french_messages_keep_french_typography(room):
    for key, text in json.loads((CATALOGUES / "fr" / room).read_text("utf-8")).items():
        assert not re.search(r"(?<=\w)'(?=\w)", text), f"{room}: {key}: straight apostrophe"
        assert not BREAKABLE.search(text), f"{room}: {key}: {text}"


def test_every_error_that_code_raises_has_its_message():
    messages = json.loads((CATALOGUES / "en" / "errors.json").read_text("utf-8"))
    classes = r"(?:\w+Error|UnreadableInput|LimitExceeded|MissingExtra|Model\w+|Cancelled)"
    raised = {
        code
        for path in (ROOT / "assistai").rglob("*.py")
        for code in re.findall(classes + r"\(\s*\"([a-z_]+)\"", path.read_text("utf-8"))
    }
    assert raised - messages.keys() == set()


def test_env_example_names_every_setting():
    example = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"ASSISTAI_(\w+)=", example))
    assert named == {name.upper() for name in Settings.model_fields}


def test_help_needs_no_heavy_import():
    code = (
        "import sys; from typer.testing import CliRunner; from assistai.cli.main import app;"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0;"
        "heavy = ('streamlit', 'sqlalchemy', 'docx', 'typst', 'dateparser', 'simplemma', 'pandas', 'openai',"
        "'langchain_core', 'httpx2', 'tiktoken', 'xllamacpp', 'jinja2');"
        "print([name for name in heavy if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_licence_is_apache_2():
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_no_two_test_files_have_one_name():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
