"""The documents that ship with the project, and the answers that people found in them."""

import json
from pathlib import Path

import pytest

from assistai.documents.reading import compose
from assistai.documents.reading.page_images import page_image

ROOT = Path(__file__).parents[4]
SAMPLES = ROOT / "data/samples/documents"
QUESTIONS = [
    question
    for line in (ROOT / "tests/data/questions/samples.jsonl").read_text("utf-8").splitlines()
    if (question := json.loads(line))["answerable"]
]


@pytest.fixture(scope="module")
def readings(read):
    found = {path.name: read(path.read_bytes(), path.name) for path in SAMPLES.iterdir() if path.suffix != ".json"}
    for name, reading in list(found.items()):
        found |= {part.name: read(part.data, part.name) for part in reading.parts}
        assert reading.unread == (), name
    return found


@pytest.mark.parametrize(
    ("name", "title", "pages"),
    [
        ("2026-02-12 Fermeture estivale.eml", "Fermeture estivale 2026 : dates et modalités", None),
        ("Accueil des nouveaux arrivants.pptx", "Accueil des nouveaux arrivants", 10),
        ("Guide des achats.html", "Guide des achats | La Source", None),
        ("Politique de déplacement 2024.pdf", "Politique de déplacement 2024", 3),
        ("Politique de déplacement 2026.pdf", "Politique de déplacement 2026", 4),
        ("Règlement intérieur.docx", "Règlement intérieur", None),
        ("Annuaire.xlsx", None, None),
    ],
)
def test_titles_and_pages(readings, name, title, pages):
    assert (" ".join((readings[name].title or "").split()) or None, readings[name].pages) == (title, pages)


@pytest.mark.parametrize(
    ("name", "kind", "place", "text"),
    [
        ("Règlement intérieur.docx", "heading", None, "Article 23 – Télétravail des cadres"),
        ("Règlement intérieur.docx", "row", None, "Événement : Déménagement (1) ; Durée de l’absence : 1 jour"),
        ("Annuaire.xlsx", "row", "Salles, 12", "Salle : Canal ; Site : Paris ; Étage : 2 ; Capacité : 10"),
        ("Annuaire.xlsx", "row", "Annuaire, 16", "Nom : Haddad ; Prénom : Yasmine ; Fonction : Chargée de clientèle"),
        ("Accueil des nouveaux arrivants.pptx", "row", 5, "Sujet : Voyages ; Personne : Laure Simon"),
        ("Accueil des nouveaux arrivants.pptx", "paragraph", 9, "Insister sur la protection des données"),
        ("Politique de déplacement 2026.pdf", "row", 3, "Ville : Londres ; Nuit d’hôtel : 205 € ; Déjeuner : 29 €"),
        (
            "Politique de déplacement 2026.pdf",
            "row",
            4,
            "Étape : Virement ; Qui : la trésorerie ; Outil ou trace : avis",
        ),
        ("Politique de déplacement 2026.pdf", "heading", 3, "4.1 Plafonds par ville"),
        ("Politique de déplacement 2024.pdf", "paragraph", 1, "NDF-2024-06 – Une avance peut être demandée lorsque"),
        ("Guide des achats.html", "paragraph", None, "Montants hors taxes, par commande"),
        ("Plan de parking.csv", "row", "2", "Place : P01 ; Niveau : -1"),
        ("2026-04-20 Badge et parking.eml", "item", None, "il est ouvert de 6 h 30 à 21 h 30"),
        ("FAQ support informatique.md", "heading", None, "FAQ support informatique"),
    ],
)
def test_what_must_be_in_the_reading(readings, name, kind, place, text):
    found = [
        block for block in readings[name].blocks if block.kind == kind and " ".join(block.text.split()).startswith(text)
    ]
    assert [block.page or block.place for block in found] == [place]


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_every_answer_is_in_its_document_on_its_page(readings, question):
    reading = readings[question["document"]]
    blocks = [block for block in reading.blocks if question["page"] in (None, block.page)]
    text = compose([*blocks, *(block for part in reading.parts for block in readings[part.name].blocks)])[0]
    assert plain(question["answer"]) in plain(text)


def plain(text):
    """Return words as they are compared: white space and the names of columns aside."""
    return " ".join(text.replace("’", "'").split())


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question["document"].endswith(".pdf")])
def test_every_block_that_answers_is_marked_on_its_page(readings, question):
    data = (SAMPLES / question["document"]).read_bytes()
    blocks = [
        block
        for block in readings[question["document"]].blocks
        if block.page == question["page"] and plain(question["answer"]) in plain(block.text)
    ]
    assert blocks
    assert all(page_image(data, block.page, block.text, scale=0.5).marked for block in blocks)
