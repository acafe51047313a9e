"""An assistant chooses a model that runs on this machine, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_local_model_is_brought_used_and_given_back(page, address):
    page.goto(address)
    page.get_by_role("link", name="Choisir un modèle qui rédige").click()
    expect(page.get_by_role("heading", name="Qui rédige")).to_be_visible()
    page.get_by_role("button", name="Télécharger (98").click()
    page.get_by_role("button", name="Utiliser").click()
    expect(page.get_by_text("Modèle : local:smollm2-135m")).to_be_visible()
    expect(page.get_by_role("link", name="smollm2-135m")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Essayer")).to_be_visible()
    page.get_by_role("button", name="Ne plus l’utiliser").click()
    expect(page.get_by_role("link", name="Moteur intégré")).to_be_visible()
    page.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("button", name="Télécharger (98")).to_be_visible()
