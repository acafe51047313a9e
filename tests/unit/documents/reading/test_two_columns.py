"""Two columns whose first row nothing marks: names of the columns, or the first of a list of terms or a form."""

import openpyxl
import pytest
from built import pdf, saved
from docx import Document

NAMED = [
    (("Destination", "Plafond"), ("Paris", "140 €"), ("Autres villes", "sur devis")),
    (("Service", "Responsable"), ("Achats", "Mme Petit"), ("Paie", "M. Roy")),
    (("Demande", "Délai de réponse"), ("Congé", "deux semaines"), ("Badge", "un mois")),
    (("Prestation", "Tarif (en euros)"), ("Nuit", "140"), ("Total", "offert")),
    (("Room", "Capacity"), ("Ravel", "forty people"), ("Lully", "ten people")),
    (("Ville", "Nuitée"), ("Paris", "140 €"), ("Lyon", "120 €")),
    (("Poste", "Montant"), ("Prime de nuit", "140 €"), ("Total", "120 €")),
]
UNNAMED = [
    (("Directeur", "M. Durand"), ("Adjointe", "Mme Petit"), ("Accueil", "M. Roy")),
    (("Directeur", "M. Durand"), ("Téléphone", "01 44 55 66 01"), ("Bureau", "B12")),
    (("Objet", "Réunion"), ("Date", "12 mars 2026"), ("Heure", "14 h")),
    (("Contrat", "Durée indéterminée"), ("Employeur", "Maison Vasseur"), ("Grade", "Attaché")),
    (("Contrat", "Forfait"), ("Statut", "Cadre"), ("Lieu", "Lyon")),
    (("Nom", "DURAND"), ("Prénom", "Luc"), ("Matricule", "4521")),
    (("Enfants de moins de 6 ans", "gratuit"), ("Adultes", "12 €"), ("Groupes", "9 €")),
    (("Standard", "fermé"), ("Urgences", "15"), ("Pompiers", "18")),
    (("Destination", "Train"), ("Paris", "seconde classe"), ("Londres", "première classe")),
]


def as_word(rows):
    document = Document()
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document), "a.docx"


def as_sheet(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book), "a.xlsx"


def as_page(rows):
    cells = "".join(f"<tr><td>{left}<td>{right}" for left, right in rows)
    return f"<table>{cells}</table>".encode(), "a.html"


def as_pdf(rows):
    places = enumerate(rows)
    return pdf([(x, 700 - 20 * n, 12, t) for n, row in places for x, t in zip((60, 260), row, strict=True)]), "a.pdf"


FORMATS = pytest.mark.parametrize("written", [as_word, as_sheet, as_page, as_pdf])


@FORMATS
@pytest.mark.parametrize("rows", NAMED)
def test_a_first_row_that_says_what_values_stand_below_names_the_columns(read, written, rows):
    (first, second), *below = rows
    blocks = read(*written(rows)).blocks
    assert [block.text for block in blocks if block.kind == "row"] == [
        f"{first} : {left} ; {second} : {right}" for left, right in below
    ]


@FORMATS
@pytest.mark.parametrize("rows", UNNAMED)
def test_terms_and_fields_are_not_named_by_the_first(read, written, rows):
    blocks = read(*written(rows)).blocks
    assert [block.text for block in blocks if block.kind == "row"] == [f"{left} ; {right}" for left, right in rows]


@pytest.mark.parametrize("written", [as_word, as_sheet], ids=["word", "sheet"])
@pytest.mark.parametrize(
    "rows",
    [
        (
            ("M. Durand", "Directeur", "poste 12"),
            ("Mme Petit", "Adjointe", "poste 14"),
            ("M. Roux", "Paie", "poste 15"),
        ),
        (("Lundi", "Anne", "Bruno"), ("Mardi", "Claire", "Denis"), ("Mercredi", "Emma", "Farid")),
        (("Anne", "Accueil", "poste 12"), ("Luc", "Paie", "poste 14"), ("Zoé", "Achats", "poste 15")),
    ],
    ids=["persons", "weekdays", "alike"],
)
def test_a_first_row_of_values_names_nothing(read, written, rows):
    assert [block.text for block in read(*written(rows)).blocks if block.kind == "row"] == [
        " ; ".join(row) for row in rows
    ]
