import datetime as dt
import socket
import subprocess
import sysconfig
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistai import AssistAI
from assistai.settings import load_settings
from assistai.testing import HashEmbedder

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


@contextmanager
def chroma_run(place, port):
    """Run a Chroma server as its users start it, and kill it at the end."""
    chroma = Path(sysconfig.get_path("scripts")) / "chroma"
    command = [chroma, "run", "--host", "127.0.0.1", "--port", str(port), "--path", place / "data"]
    with (place / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=place) as process:
        until = time.monotonic() + 60
        try:
            while not _listens(port):
                assert process.poll() is None, (place / "log").read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _listens(port):
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def free_port():
    def free_port():
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            return sock.getsockname()[1]

    return free_port


@pytest.fixture
def serving():
    return chroma_run


@pytest.fixture(scope="session")
def server(tmp_path_factory, free_port):
    with chroma_run(tmp_path_factory.mktemp("chroma"), free_port()) as url:
        yield url


@pytest.fixture(params=["folder", "server"])
def chroma_url(request):
    return "" if request.param == "folder" else request.getfixturevalue("server")


@pytest.fixture
def start(tmp_path, chroma_url):
    """Open the library in a folder, as a process does that starts; all are closed at the end."""
    opened = []

    def start(embedder=None, *, data="var", **settings):
        settings = load_settings(data_dir=tmp_path / data, **{"chroma_url": chroma_url, **settings})
        ai = AssistAI(
            settings, clock=lambda: dt.datetime(2026, 3, 2, tzinfo=dt.UTC), embedder=embedder or HashEmbedder()
        )
        opened.append(ai)
        return ai

    yield start
    for ai in opened:
        ai.close()


@pytest.fixture
def write(tmp_path):
    def write(name, *sections):
        path = tmp_path / name
        body = "\n\n".join(f"## Partie {number}\n\n{text}" for number, text in enumerate(sections))
        path.write_text(f"# Guide\n\n{body}\n", "utf-8")
        return path

    return write
