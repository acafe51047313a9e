"""The main path in a real browser: sample in, minutes read, an item edited, a file downloaded, the page reloaded."""

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
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
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
        yield browser.new_page(viewport={"width": 1440, "height": 1000})
        browser.close()


def test_from_a_sample_to_a_signed_download(page, address):
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page.goto(address)
    page.get_by_text("Exemple", exact=True).click()
    page.get_by_role("button", name="Préparer le compte rendu").click()
    expect(page.get_by_role("heading", level=1, name="Comité de direction")).to_be_visible()

    page.get_by_role("button", name="Voir", exact=True).first.click()
    expect(page.get_by_text("arrow_right_alt").first).to_be_visible()

    page.get_by_role("button", name="Modifier", exact=True).first.click()
    words = page.get_by_role("dialog").get_by_label("Ce qu’il faut faire")
    words.fill("Commander deux cents cartons")
    page.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Commander deux cents cartons").first).to_be_visible()

    page.get_by_role("button", name="Relire et signer").click()
    page.get_by_label("Votre nom").fill("Sophie Lambert")
    page.get_by_role("button", name="Signer cet état").click()
    expect(page.get_by_text("Relu par Sophie Lambert")).to_be_visible()

    page.get_by_role("button", name="Télécharger").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Word (.docx)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")

    page.reload()
    expect(page.get_by_text("Relu par Sophie Lambert")).to_be_visible()
    expect(page.get_by_text("Commander deux cents cartons").first).to_be_visible()
