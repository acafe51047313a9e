from pathlib import Path

import pytest

from assistai.meetings.readers import read_text, read_transcript
from assistai.settings import load_settings

FIXTURES = Path(__file__).parents[3] / "data" / "transcripts"


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return load_settings(data_dir=tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def read(settings):
    """Read bytes or text as a file of some name."""

    def reader(source, name="", **overrides):
        chosen = settings.model_copy(update=overrides)
        if isinstance(source, bytes):
            return read_transcript(source, name, chosen)
        return read_text(source, chosen, name=name)

    return reader


@pytest.fixture(scope="session")
def read_fixture(read):
    return lambda name: read((FIXTURES / name).read_bytes(), name)


@pytest.fixture(scope="session")
def said():
    """Return who said what."""
    return lambda transcript: [(turn.speaker, turn.text) for turn in transcript.turns]


@pytest.fixture(scope="session")
def codes():
    """Return the notices that are not about the date."""
    return lambda transcript: [item.code for item in transcript.notices if not item.code.startswith("date_")]


@pytest.fixture(scope="session")
def fixtures():
    """Return the folder of transcripts as products write them."""
    return FIXTURES
