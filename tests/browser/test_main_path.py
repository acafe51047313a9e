"""The main path in a real browser: sample in, minutes read, an item edited, a file downloaded, the page reloaded."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_a_sample_to_a_signed_download(page, address):
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
