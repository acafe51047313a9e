"""The pictures of the README, taken anew of an app with an empty data folder and the sample documents taken in.

    ASSISTAI_DATA_DIR=/tmp/pictures .venv/bin/assistai ui --port 8502 --no-browser
    .venv/bin/python docs/images/pictures.py http://127.0.0.1:8502/

Look at each before it is committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

HERE = Path(__file__).parent
MAIL = HERE.parents[1] / "data" / "samples" / "mails" / "2026-03-02 Déménagement des archives.eml"
QUESTIONS = ("Combien de jours de télétravail pour les cadres ?", "et pour les non-cadres ?", "Qui a repeint le hall ?")
REPLY = """- le monte-charge sera libre jusqu’à 12 h
- entrée par la cour de la mairie
- 40 cartons à emporter
- l’équipe est attendue le jeudi 10 mars 2026 à 8 h 45
Signé : Hélène Lefèvre"""


def minutes(page: Page, address: str) -> None:
    """A meeting with its transcript."""
    page.goto(address)
    page.get_by_text("Exemple", exact=True).click()
    page.get_by_role("button", name="Préparer le compte rendu").click()
    expect(page.get_by_role("heading", level=1, name="Comité de direction")).to_be_visible()
    take(page, "app")


def draft(page: Page, address: str) -> None:
    """A reply, and what is still to settle in it."""
    page.goto(f"{address}write")
    page.get_by_text("Un courriel reçu").click()
    page.locator("input[type=file]").set_input_files(MAIL)
    told = page.get_by_role("textbox", name="Ce qu’il faut répondre", exact=True)
    told.fill(REPLY)
    told.press("Control+Enter")
    page.get_by_test_id("stMain").get_by_role("button", name="Rédiger").click()
    expect(page.get_by_role("textbox", name="Objet", exact=True)).to_be_visible()
    take(page, "draft")


def answers(page: Page, address: str) -> None:
    """A conversation, then the page that a quote comes from."""
    page.goto(f"{address}ask")
    for number, question in enumerate(QUESTIONS):
        ask(page, question)
        expect(page.get_by_text("Cette réponse vous aide-t-elle ?")).to_have_count(number + 1)
    page.set_viewport_size({"width": 1440, "height": 900})
    take(page, "ask")
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.get_by_role("button", name="Revenir à la conversation précédente")).to_be_visible()
    ask(page, "Quel est le plafond de nuit d’hôtel à Lyon ?")
    page.get_by_role("button", name="Voir dans le document").first.click()
    expect(page.get_by_role("dialog").get_by_role("img", name="Passage surligné")).to_be_visible()
    take(page, "evidence")


def ask(page: Page, question: str) -> None:
    """Put a question."""
    page.get_by_label("Votre question, en une phrase").fill(question)
    page.keyboard.press("Enter")


def take(page: Page, name: str) -> None:
    """Take the picture once nothing moves."""
    page.wait_for_timeout(2000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(1000)
    page.screenshot(path=HERE / f"{name}.png")


def main(address: str) -> None:
    """Take all of them."""
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for picture in (minutes, draft, answers):
            page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="fr-FR")
            page.set_default_timeout(60_000)
            picture(page, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
