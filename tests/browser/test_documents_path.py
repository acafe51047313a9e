"""Documents in a real browser: a question asked, its evidence seen on the page, a file brought and deleted."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_an_example_question_to_the_highlighted_page(page, address):
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page.goto(f"{address}ask")
    page.get_by_role("button", name="Quel est le plafond de nuit d’hôtel à Lyon").click()
    expect(page.get_by_text("128").first).to_be_visible()
    expect(page.get_by_text("Vérifié").first).to_be_visible()

    page.get_by_role("button", name="Voir dans le document").first.click()
    evidence = page.get_by_role("dialog", name="La preuve dans le document")
    expect(evidence.get_by_text("La citation est surlignée sur la page.")).to_be_visible()
    picture = evidence.get_by_role("img", name="Politique de déplacement 2026")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 600
    with page.expect_download() as download:
        evidence.get_by_role("button", name="Télécharger l’original").click()
    assert download.value.suggested_filename == "Politique de déplacement 2026.pdf"


def test_from_a_file_brought_to_its_deletion(page, address, tmp_path):
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    note = tmp_path / "Note de service www.exemple.fr rh@exemple.fr.txt"
    note.write_text("Note de service\n\nLe parking de la cour est fermé le vendredi 5 juin.\n", "utf-8")
    page.goto(f"{address}library")
    expect(page.get_by_role("checkbox", name="Annuaire")).to_be_attached()
    page.locator("input[type=file]").set_input_files(note)
    page.get_by_role("button", name="Ajouter à la bibliothèque").click()
    expect(page.get_by_text("Note de service www.exemple.fr rh@exemple.fr.txt : ajouté")).to_be_visible()

    page.get_by_label("Chercher un nom, un titre ou un responsable").fill("note de service")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Documents (1 sur")).to_be_visible()
    assert page.locator("a[href*=exemple]").count() == 0, "what documents say is never a link"
    page.get_by_role("button", name="Décrire").click()
    description = page.get_by_role("dialog", name="Décrire le document")
    description.get_by_label("Responsable du document").fill("Services généraux")
    description.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("documents · Services généraux")).to_be_visible()

    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Oui, supprimer").click()
    expect(page.get_by_text("Aucun document ne correspond.")).to_be_visible()
