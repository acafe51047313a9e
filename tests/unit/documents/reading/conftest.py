from pathlib import Path

import pytest

from assistai.documents.reading import read_document
from assistai.settings import load_settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return load_settings(data_dir=tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def read(settings):
    """Read bytes as a file of some name, with settings changed."""
    return lambda data, name, **changes: read_document(data, name, settings.model_copy(update=changes))


@pytest.fixture(scope="session")
def told(read):
    """Return what is in a file as (kind, level, text)."""
    return lambda data, name: [(block.kind, block.level, block.text) for block in read(data, name).blocks]


@pytest.fixture(scope="session")
def lines(read):
    """Return the texts of a file's blocks."""
    return lambda data, name: [block.text for block in read(data, name).blocks]


@pytest.fixture(scope="session")
def documents():
    """Return the folder of documents that other programs wrote."""
    return Path(__file__).parents[3] / "data" / "documents"
