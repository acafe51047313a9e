"""A running app with a data folder of its own, and a page of a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"ASSISTAI_DATA_DIR": str(tmp_path_factory.mktemp("var"))}
    command = [sys.executable, "-m", "assistai.cli.main", "ui", "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def _wait_for(url):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5)  # noqa: S310
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"no answer from {url}")


@pytest.fixture
def page():
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing: `make browser` installs it (as root), or `apt-get install chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="fr-FR")
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        yield page
        browser.close()


@pytest.fixture(scope="session")
def samples_taken_in(address):
    """Wait until the app has taken the sample documents in, for which a busy machine may need minutes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(locale="fr-FR")
        page.goto(f"{address}library", timeout=120_000)
        expect(page.get_by_role("checkbox", name="Annuaire")).to_be_attached(timeout=300_000)
        expect(page.get_by_text("Mise à jour de la bibliothèque")).to_be_hidden(timeout=300_000)
        browser.close()
