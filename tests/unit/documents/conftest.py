import datetime as dt
import multiprocessing
import sqlite3
import sys
from types import ModuleType

import pytest
from made import markdown

from assistai import AssistAI
from assistai.settings import load_settings
from assistai.testing import HashEmbedder


@pytest.fixture
def start(tmp_path):
    """Open the library in a folder, as a process does that starts; all are closed at the end."""
    opened = []

    def start(embedder=None, *, data="var", **settings):
        clock = iter(dt.datetime(2026, 3, 2, tzinfo=dt.UTC) + dt.timedelta(seconds=n) for n in range(1_000_000))
        ai = AssistAI(
            load_settings(data_dir=tmp_path / data, **settings),
            clock=lambda: next(clock),
            embedder=embedder or HashEmbedder(),
        )
        opened.append(ai)
        return ai

    yield start
    for ai in opened:
        ai.close()


@pytest.fixture
def embedder():
    return HashEmbedder()


@pytest.fixture
def documents(start, embedder):
    return start(embedder).documents


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "dossier"
    path.mkdir()
    return path


@pytest.fixture
def write(folder):
    """Write a file in the folder to take in; words become Markdown, one section each."""

    def write(name, *sections, data=None):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if data is not None else markdown(*sections))
        return path

    return write


@pytest.fixture
def held(tmp_path):
    """Return all that a clean library holds: documents, passages and words by source, and whether files are kept."""

    def held(documents, data="var"):
        check = documents.check()
        assert check.clean, check
        assert check.passages == check.words == check.vectors
        with sqlite3.connect(tmp_path / data / "assistai.sqlite") as database:
            sources = database.execute(
                "SELECT source, state, sha256, container FROM document ORDER BY source"
            ).fetchall()
            passages = database.execute(
                "SELECT passage.id, ordinal, start, end, passage.text, heading, words, headings, exact"
                " FROM passage JOIN passage_words ON passage_words.rowid = number ORDER BY passage.id"
            ).fetchall()
        kept = {path.name for path in (tmp_path / data / "originals").glob("*")}
        assert kept == {sha256 for _, _, sha256, _ in sources}
        for document in documents.list():
            text = documents.text(document.id)
            for passage in passages:
                if passage[0].startswith(document.id):
                    assert text[passage[2] : passage[3]] == passage[4]
        return sources, passages

    return held


@pytest.fixture
def begin(monkeypatch):
    """Start a function of `working` in another process, and wait until it says that it is there."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # not that of pytest, or of Streamlit's tests
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["chromadb", "assistai.documents.service", "working"])
    begun = []

    def begin(function, *args, **options):
        said = context.Event()
        process = context.Process(target=function, args=args, kwargs={**options, "said": said})
        begun.append(process)
        process.start()
        assert said.wait(30)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.join()
