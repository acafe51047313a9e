"""Tables of PDF pages with merged cells and cells whose text is centred in height."""

import time

import pytest
from built import pdf
from test_page_images import marks
from test_pdf_reading import typeset
from test_properties import passages_hold

from assistai.documents.reading.page_images import page_image

TOWNS = [
    "Ville : Paris ; Catégorie : Cadre ; Plafond nuit : 180 € ; Conditions : Sur justificatif",
    "Ville : Paris ; Catégorie : Employé ; Plafond nuit : 150 € ; Conditions : Déplacement en France métropolitaine, "
    "nuit et petit déjeuner compris, sur justificatif",
    "Ville : Paris ; Catégorie : Stagiaire ; Plafond nuit : 110 € ; Conditions : Accord du chef{rest}",
    "Ville : Lyon{more} ; Catégorie : Cadre ; Plafond nuit : 140 € ; Conditions : Sur justificatif",
    "Ville : Lyon{more} ; Catégorie : Employé ; Plafond nuit : 120 €",
    "Ville : Autres villes ; Catégorie : Tous ; Plafond nuit : 95 € ; Conditions : Forfait",
]
STAFF = [
    "Service : Paie ; 2024 – CDI : 12 ; 2024 – CDD : 3 ; 2025 – CDI : 13 ; 2025 – CDD : 2",
    "Service : Achats ; 2024 – CDI : 8 ; 2024 – CDD : 1 ; 2025 – CDI : 9 ; 2025 – CDD : 0",
    "Service : Accueil ; 2024 – CDI : 4 ; 2025 – CDI : 5 ; 2025 – CDD : 1",
]
ZONES = [
    "Île-de-France",
    "Zone : Paris ; Plafond nuit : 180 € ; Plafond repas : 25 €",
    "Zone : Versailles ; Plafond nuit : 150 € ; Plafond repas : 22 €",
    "Province",
    "Zone : Lyon ; Plafond nuit : 140 € ; Plafond repas : 20 €",
    "Zone : Nantes ; Plafond nuit : 120 € ; Plafond repas : 19 €",
]
WEEK = [
    "Jour : Lundi ; Site : Feyzin ; Ouverture : 8 h 00 ; Fermeture : 17 h 00",
    "Jour : Mardi ; Site : Feyzin ; Ouverture : 9 h 00 ; Fermeture : 18 h 00",
    "Jour : Mercredi ; Site : Lyon Part-Dieu ; Ouverture : 7 h 30 ; Fermeture : 16 h 30",
    "Jour : Jeudi ; Site : Lyon Part-Dieu ; Ouverture : 7 h 45 ; Fermeture : 16 h 30",
    "Jour : Vendredi ; Site : Lyon Part-Dieu ; Ouverture : 8 h 15 ; Fermeture : 15 h 45",
]
CONTACTS = [
    "Nom : Anne Faure ; Coordonnées : 06 11 11 11 11 anne@x.fr ; Rôle : DRH",
    "Nom : Bruno Gilles ; Coordonnées : 06 22 22 22 22 bruno@x.fr ; Rôle : DAF",
    "Nom : Claire Henry ; Coordonnées : 06 33 33 33 33 claire@x.fr ; Rôle : DSI",
]
SERVICES = [
    "Prestation : Nettoyage courant des bureaux et des espaces communs, y compris les sanitaires ; Unité : m² ; "
    "Tarif HT : 2,40 € ; Délai : 48 h",
    "Prestation : Vitrerie ; Unité : m² ; Tarif HT : 3,10 € ; Délai : 5 jours",
    "Prestation : Remise en état après travaux ; Unité : forfait ; Tarif HT : 480,00 € ; Délai : 10 jours ouvrés après "
    "accord écrit du responsable de site",
]


def towns(more="", rest=""):
    return [row.format(more=more, rest=rest) for row in TOWNS]


PROGRAMS = {
    "cellules-centrees-chromium.pdf": [*towns(" et sa métropole"), *STAFF, *ZONES, *WEEK, *CONTACTS, *SERVICES],
    "cellules-centrees-libreoffice.pdf": [*towns(rest=" de service"), *STAFF],
}
"""The tables of each file: without rules but for the last of the first, and wholly centred in height."""


@pytest.mark.parametrize(("name", "rows"), PROGRAMS.items())
def test_merged_cells_go_with_each_of_their_rows_and_columns(read, documents, name, rows):
    reading = read((documents / name).read_bytes(), "a.pdf")
    passages_hold(reading)
    assert [block.text for block in reading.blocks if block.kind != "heading"] == rows


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_row_of_merged_cells_is_marked_on_its_page(read, documents, name):
    data = (documents / name).read_bytes()
    rows = [block for block in read(data, "a.pdf").blocks if block.kind == "row"]
    assert all(page_image(data, block.page, block.text).marked for block in rows)


NAMES = [(60, 760, 11, "Ville", b"F2"), (160, 760, 11, "Grade", b"F2"), (260, 760, 11, "Nuit", b"F2")]
PARIS = [
    (160, 740, 11, "Cadre"), (260, 740, 11, "180 €"), (160, 720, 11, "Employé"), (260, 720, 11, "150 €"),
    (160, 700, 11, "Stagiaire"), (260, 700, 11, "110 €"),
]  # fmt: skip
LYON = [(60, 680, 11, "Lyon"), (160, 680, 11, "Tous"), (260, 680, 11, "95 €")]


def named(*rows):
    return [" ; ".join(f"{name} : {cell}" for name, cell in zip(("Ville", "Grade", "Nuit"), row, strict=True) if cell)
            for row in rows]  # fmt: skip


@pytest.mark.parametrize(("height", "town"), [(720, "Paris"), (730, None), (740, "Paris")])
def test_a_town_is_given_to_the_rows_that_it_is_centred_over_and_to_no_other(lines, height, town):
    """Centred over three rows, over two of three, level with the first: what is beside no row that it begins stays."""
    page = [*NAMES, (60, height, 11, "Paris"), *PARIS, *LYON]
    found = lines(pdf(page), "a.pdf")
    first, second, third = ("Cadre", "180 €"), ("Employé", "150 €"), ("Stagiaire", "110 €")
    expected = {
        720: named(("Paris", *first), ("Paris", *second), ("Paris", *third)),
        730: named(("Paris", *first), ("Paris", *second), ("", *third)),
        740: named(("Paris", *first), ("", *second), ("", *third)),
    }
    assert found[:3] == expected[height]
    assert found[3] == named(("Lyon", "Tous", "95 €"))[0]


def test_a_town_that_is_centred_over_no_rows_is_paired_with_none(lines):
    page = [*NAMES, (60, 713, 11, "Paris"), *PARIS, *LYON]
    assert not any("Paris" in line and "€" in line for line in lines(pdf(page), "a.pdf"))


def test_a_label_over_all_columns_of_a_ruled_table_has_no_name(lines):
    cells = "[*Ville*], [*Nuit*], [*Repas*], table.cell(colspan: 3)[Province], [Lyon], [140 €], [20 €]"
    cells = f"{cells}, [Nantes], [120 €], [19 €], table.cell(colspan: 2)[Total], [39 €]"
    assert lines(typeset(f"#table(columns: 3, align: horizon, {cells})"), "a.pdf") == [
        "Province",
        "Ville : Lyon ; Nuit : 140 € ; Repas : 20 €",
        "Ville : Nantes ; Nuit : 120 € ; Repas : 19 €",
        "Total ; Repas : 39 €",
    ]


def test_a_cell_over_several_columns_has_their_names(lines):
    cells = "[*Heure*], [*Lundi*], [*Mardi*], [9 h], table.cell(colspan: 2)[Formation], [14 h], [Accueil], [Paie]"
    assert lines(typeset(f"#table(columns: 3, {cells})"), "a.pdf") == [
        "Heure : 9 h ; Lundi, Mardi : Formation",
        "Heure : 14 h ; Lundi : Accueil ; Mardi : Paie",
    ]


def test_a_word_that_pdfium_cuts_in_a_cell_is_one(lines, documents):
    assert lines((documents / "mot-coupe-chromium.pdf").read_bytes(), "a.pdf") == ["Répertoire", *CONTACTS]


def test_only_the_rows_of_a_town_are_marked(documents):
    data = (documents / "cellules-centrees-chromium.pdf").read_bytes()
    boxes, _ = marks(data, towns(" et sa métropole")[4])
    (last,) = {round(boxes[-1][3])}
    assert last - boxes[0][1] < 45


@pytest.mark.parametrize("plain", [1, 15])
def test_a_page_of_very_many_bold_cells_costs_little(lines, plain):
    """Each may begin the names of a table, with more of them above."""
    fonts = [b"F1" if plain > 1 and not number % plain else b"F2" for number in range(4000)]
    page = [
        (60 + 100 * (number % 3), 8000 - 6 * (number // 3) + 2 * (number % 3), 3, f"Mot{number % 7}", font)
        for number, font in enumerate(fonts)
    ]
    before = time.perf_counter()
    assert lines(pdf(page, size=(595, 8100)), "a.pdf")
    assert time.perf_counter() - before < 15
