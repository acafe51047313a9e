"""A running app with a data folder of its own, and a page of a real browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from running_app import health, running_app, until

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    environment = os.environ | {"ASSISTAI_DATA_DIR": str(tmp_path_factory.mktemp("var"))}
    with running_app(environment, ROOT) as (_, address):
        until(lambda: health(address), seconds=60)
        yield address


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
