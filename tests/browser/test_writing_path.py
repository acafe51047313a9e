"""The way of a draft in a real browser: from a brief to a signed mail, from a mail to its answer, from minutes."""

import email
import email.policy
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from running_app import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MAIL = Path(__file__).parents[1] / "data" / "mails" / "gmail_en.eml"
BRIEF = """\
À : Mme Claire Vasseur <claire.vasseur@mairie-exemple.fr>
Objet : comité de pilotage
Date : mardi 10 mars 2099
Heure : 14h30-16h
Signé : Hélène Lefèvre
"""


def downloaded(page, tmp_path, label):
    page.get_by_role("button", name="Télécharger").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    page.keyboard.press("Escape")
    return target


def choose(page, label, option):
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_from_a_brief_to_a_signed_mail(page, address, tmp_path):
    page.goto(f"{address}write")
    choose(page, "Type de message", "Invitation")
    page.get_by_role("textbox", name="Ce qu’il faut dire", exact=True).fill(BRIEF)
    page.get_by_role("textbox", name="Ce qu’il faut dire", exact=True).press("Control+Enter")
    page.get_by_test_id("stMain").get_by_role("button", name="Rédiger").click()
    expect(page.get_by_text("À régler (1)")).to_be_visible()
    page.get_by_label("Lieu", exact=True).fill("salle Pasteur")
    page.get_by_role("button", name="Compléter le texte").click()
    expect(page.get_by_text("Rien à régler")).to_be_visible()

    page.get_by_role("radiogroup", name="Affichage").get_by_text("Modifier").click()
    text = page.get_by_role("textbox", name="Texte", exact=True)
    expect(text).to_have_value(re.compile("salle Pasteur"))
    text.fill(text.input_value().replace("14\u00a0h\u00a030", "15h"))
    text.press("Control+Enter")
    expect(page.get_by_text("À régler (2)")).to_be_visible()
    expect(page.get_by_text("Non tracé").first).to_be_visible()
    page.get_by_role("radiogroup", name="Ce qui a été trouvé").get_by_text("Style").click()
    page.get_by_role("button", name="Corriger", exact=True).first.click()
    expect(page.get_by_test_id("stMain").get_by_text("Le style de maison est respecté.")).to_be_visible()
    at_rest(page)
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("button", name="Rétablir")).to_be_enabled()
    expect(text).to_have_value(re.compile("15h"))

    page.get_by_role("button", name="Relire et signer").click()
    page.get_by_text("Approuvé", exact=True).last.click()
    page.get_by_label("Votre nom").fill("Hélène Lefèvre")
    page.get_by_role("button", name="Signer cet état").click()
    expect(page.get_by_text("Approuvé par Hélène Lefèvre")).to_be_visible()

    mail = email.message_from_bytes(downloaded(page, tmp_path, "EML").read_bytes(), policy=email.policy.default)
    assert (mail["X-Unsent"], mail["To"].addresses[0].addr_spec) == ("1", "claire.vasseur@mairie-exemple.fr")
    assert "salle Pasteur" in mail.get_body(["plain"]).get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["invitation.ics"]
    assert downloaded(page, tmp_path, "PDF").read_bytes().startswith(b"%PDF")

    page.reload()
    expect(page.get_by_text("Approuvé par Hélène Lefèvre")).to_be_visible()
    page.get_by_role("button", name="Autre message").click()
    page.get_by_role("button", name="Supprimer").first.click()
    page.get_by_role("button", name="Oui, supprimer").click()
    expect(page.get_by_text("Vos brouillons apparaîtront ici")).to_be_visible()


def test_from_a_mail_to_its_answer(page, address, tmp_path):
    page.goto(f"{address}write")
    page.get_by_text("Un courriel reçu").click()
    page.locator("input[type=file]").set_input_files(MAIL)
    expect(page.get_by_text("Could you confirm whether the board room is booked").first).to_be_visible()
    expect(page.get_by_text("et non vers l’expéditeur")).to_be_visible()
    expect(page.get_by_text("n’en contient aucune")).to_be_visible()
    page.get_by_role("textbox", name="Ce qu’il faut répondre", exact=True).fill(
        "- the board room is booked for Thursday 12 March\nSigned: Marie"
    )
    page.get_by_role("textbox", name="Ce qu’il faut répondre", exact=True).press("Control+Enter")
    page.get_by_test_id("stMain").get_by_role("button", name="Rédiger").click()
    expect(page.get_by_text("Questions (", exact=False).first).to_be_visible()
    expect(page.get_by_role("textbox", name="Objet", exact=True)).to_have_value("Re: Board meeting agenda")
    mail = email.message_from_bytes(downloaded(page, tmp_path, "EML").read_bytes(), policy=email.policy.default)
    assert mail["In-Reply-To"] == "<CAB+sw1=Zk9@mail.gmail.com>"
    assert mail["To"].addresses[0].addr_spec == "events@northgate-events.example"


def test_from_minutes_to_a_mail_for_each_participant(page, address):
    page.goto(address)
    page.get_by_text("Texte collé").click()
    page.get_by_label("Collez le texte").fill(
        "Marc Petit : Sophie, tu peux réserver le camion pour vendredi ?\nSophie Martin : Oui, je réserve le camion."
    )
    page.get_by_label("Collez le texte").press("Control+Enter")
    page.get_by_role("button", name="Préparer le compte rendu").click()
    page.get_by_role("button", name="Courriels d’accompagnement").click()
    expect(page.get_by_text("2 courriel(s) préparé(s)")).to_be_visible()
    page.get_by_role("button", name="Ouvrir").first.click()
    expect(page.get_by_text("camion").first).to_be_visible()
    expect(page.get_by_role("button", name="Pièces jointes (1)")).to_be_visible()
