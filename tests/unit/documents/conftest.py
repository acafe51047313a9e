import datetime as dt
import io
import sqlite3
import zipfile
from email.message import EmailMessage

import pytest

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


def markdown(*sections):
    return b"# Guide\n\n" + "\n\n".join(f"## Partie {n}\n\n{text}" for n, text in enumerate(sections)).encode()


@pytest.fixture
def zipped():
    def zipped(**files):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in files.items():
                content = data if isinstance(data, bytes) else markdown(data)
                archive.writestr(zipfile.ZipInfo(name.replace("_", ".")), content)
        return buffer.getvalue()

    return zipped


@pytest.fixture
def mail():
    def mail(body, **attachments):
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = "Fermeture", "direction@exemple.fr", "tous@exemple.fr"
        message.set_content(body)
        for name, text in attachments.items():
            message.add_attachment(
                markdown(text), maintype="text", subtype="markdown", filename=name.replace("_", "."), cte="8bit"
            )
        return message.as_bytes()

    return mail


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
