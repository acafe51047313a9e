"""Tables of PDF pages without rules between their cells, which wrap over several lines."""

import itertools
import time

import pytest
from built import pdf
from test_page_images import marks
from test_pdf_reading import SENTENCE, typeset
from test_properties import passages_hold

from assistai.documents.reading.page_images import page_image

ROWS = [
    "Catégorie : Salle Renoir ; Prestation : Location à la demi-journée, vidéoprojecteur et paperboard compris, hors "
    "nettoyage de fin de journée ; Tarif : 120 €",
    "Catégorie : Salle Debussy ; Prestation : Location à la journée ; Tarif : 180 €",
    "Catégorie : Restauration ; Prestation : Plateau-repas livré en salle, boisson et café compris, commande la veille "
    "avant onze heures ; Tarif : 19,50 €",
    "Catégorie : Accueil ; Prestation : Hôtesse ; Tarif : 35 €",
    "Service : Ressources humaines et dialogue social ; Correspondant : Claire Dubois-Lemaire ; Téléphone : "
    "01 44 55 66 01 ; Adresse : 12 rue du Général de Gaulle, bâtiment B, 75007 Paris",
    "Service : Achats ; Correspondant : Marc Petit ; Téléphone : 01 44 55 66 02 ; Adresse : 3 allée des Tilleuls, "
    "69003 Lyon",
    "Service : Direction des systèmes d’information ; Correspondant : Sophie Noir ; Téléphone : 01 44 55 66 03 ; "
    "Adresse : 12 rue du Général de Gaulle, bâtiment C, deuxième étage, 75007 Paris",
    "Horaire : 9 h 00 ; Sujet : Ouverture de la journée et présentation des nouveaux arrivants de la direction générale"
    " ; Intervenant : Mme Durand",
    "Horaire : 9 h 45 ; Sujet : Bilan social ; Intervenant : M. Roy, directeur des ressources humaines, et Mme Petit, "
    "son adjointe",
    "Horaire : 11 h 00 ; Sujet : Questions diverses ; Intervenant : Tous",
]
PROGRAMS = ["sans-filets-libreoffice.pdf", "trame-libreoffice.pdf", "filets-chromium.pdf"]


@pytest.mark.parametrize("name", PROGRAMS)
def test_tables_of_other_programs_have_a_line_for_each_row(read, documents, name):
    """Without rules and over two pages, in a frame with a shaded first row, and with rules above and below alone."""
    reading = read((documents / name).read_bytes(), "a.pdf")
    passages_hold(reading)
    blocks = reading.blocks
    assert [block.text for block in blocks if block.kind == "row"] == ROWS
    assert [block.text for block in blocks if block.kind == "heading"] == ["Tarifs", "Contacts", "Horaires"]


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_row_is_marked_on_its_page(read, documents, name):
    data = (documents / name).read_bytes()
    rows = [block for block in read(data, "a.pdf").blocks if block.kind == "row"]
    assert all(page_image(data, block.page, block.text).marked for block in rows)


def test_a_row_is_marked_with_all_lines_of_its_cells_and_no_other(documents):
    data = (documents / PROGRAMS[2]).read_bytes()
    (first,), (second,) = (marks(data, row)[0] for row in (ROWS[4], ROWS[5]))
    assert [round((bottom - top) / 15) for _, top, _, bottom in (first, second)] == [4, 2]
    assert first[3] <= second[1]


CELLS = (
    "[Cadre en mission], [Déplacement en France métropolitaine, nuit et petit déjeuner compris], [110 €], "
    "[Agent en stage de formation initiale], [Toute mission], [90 €], [Vacataire], [], [15 €]"
)
NAMES = "[*Catégorie*], [*Frais pris en charge*], [*Plafond*]"
EXPECTED = [
    "Catégorie : Cadre en mission ; Frais pris en charge : Déplacement en France métropolitaine, nuit et petit "
    "déjeuner compris ; Plafond : 110 €",
    "Catégorie : Agent en stage de formation initiale ; Frais pris en charge : Toute mission ; Plafond : 90 €",
    "Catégorie : Vacataire ; Plafond : 15 €",
]


@pytest.mark.parametrize(
    "options",
    [
        "stroke: none",
        "stroke: (x, y) => (bottom: 0.5pt)",
        "stroke: (x, y) => if y == 0 { (top: 1pt, bottom: 0.5pt) }",
        "stroke: none, inset: 2pt, column-gutter: 8pt",
        "stroke: none, align: horizon",
        "stroke: none, align: (left, left, right)",
    ],
)
def test_cells_that_wrap_are_whole(lines, options):
    table = f"#table(columns: (3cm, 5cm, 3cm), {options}, {NAMES}, {CELLS})"
    assert lines(typeset(f"{SENTENCE}\n\n{table}\n\n{SENTENCE}"), "a.pdf") == [SENTENCE, *EXPECTED, SENTENCE]


def test_a_label_above_some_rows_is_none_of_their_cells(lines):
    labelled = CELLS.replace("[Agent en", "table.cell(colspan: 3)[Hors cadres], [Agent en")
    table = f"#table(columns: (3cm, 5cm, 3cm), stroke: none, {NAMES}, {labelled})"
    assert lines(typeset(f"{SENTENCE}\n\n{table}"), "a.pdf")[1:] == [
        EXPECTED[0],
        "Hors cadres",
        *EXPECTED[1:],
    ]


def test_a_table_goes_on_over_pages_with_its_names(read):
    setup = '#set page(height: 9cm, numbering: "1")\n'
    more = ", ".join(f"[Type {n}], [Mission {n}, sur l’ordre écrit du chef de service], [{n} €]" for n in range(1, 15))
    table = f"#table(columns: (3cm, 5cm, 3cm), stroke: none, {NAMES}, {CELLS}, {more})"
    blocks = read(typeset(table, setup), "a.pdf").blocks
    assert [block.text for block in blocks] == EXPECTED + [
        f"Catégorie : Type {n} ; Frais pris en charge : Mission {n}, sur l’ordre écrit du chef de service ; "
        f"Plafond : {n} €"
        for n in range(1, 15)
    ]
    assert blocks[-1].page > 1


def test_prose_in_two_columns_is_no_table(told):
    data = typeset(f"#set page(height: 9cm)\n#columns(2)[{SENTENCE} {SENTENCE}\n\n{SENTENCE}\n\n{SENTENCE} {SENTENCE}]")
    assert {kind for kind, _, _ in told(data, "a.pdf")} == {"paragraph"}


def test_a_letter_has_no_table(told):
    blocks = [
        ("Maison Vasseur \\ Direction des achats \\ 12 rue du Général de Gaulle \\ 75007 Paris", ""),
        ("", "Paris, le 3 mars 2026 \\ à Monsieur Roy"),
        ("Nos références : AC/14 \\ Affaire suivie par Mme Petit", "Vos références : R-77"),
    ]
    cells = "".join(f"#grid(columns: (1fr, 1fr), [{left}], [{right}])\n" for left, right in blocks)
    read = told(
        typeset(f"{cells}\n\n{SENTENCE}\n\n#grid(columns: (1fr, 1fr), [], [Le directeur,\\ Marc Petit])"), "a.pdf"
    )
    assert ("paragraph", 0, SENTENCE) in read
    assert not any("Maison" in text and "Paris, le" in text for _, _, text in read)
    assert not any("Direction des achats : " in text for _, _, text in read)


def test_the_sender_beside_the_date_names_nothing_and_nothing_is_lost(lines):
    page = [(60, 700, 11, "Direction des achats"), (360, 700, 11, "Paris, le 3 mars 2026")]
    page += [(60, 686, 11, "12 rue du Général de Gaulle"), (60, 672, 11, "75007 Paris")]
    read = " ".join(lines(pdf(page), "a.pdf"))
    assert "Paris, le 3 mars 2026" in read
    assert "achats : 12" not in read


def test_a_form_whose_labels_wrap_has_a_line_for_each_field(lines):
    fields = [
        ("Nom et prénom de l’agent", "DURAND Luc"),
        ("Motif du déplacement", "Réunion des correspondants informatiques au siège"),
        ("Moyen de transport", "Train"),
    ]
    cells = ", ".join(f"[{name}], [{value}]" for name, value in fields)
    read = lines(typeset(f"#table(columns: (3cm, 5cm), stroke: none, {cells})"), "a.pdf")
    assert read == [f"{name} ; {value}" for name, value in fields]


def test_a_page_written_line_by_line_tells_nothing_of_its_cells(lines):
    """Which lines are one cell cannot be told: each stays a line, and no row is put together."""
    left = ["Ressources", "Humaines", "Achats", "Paie"]
    middle = ["Claire", "Dubois", "Marc Petit", "Anne Roy"]
    page = [
        (x, 700 - 14 * number, 11, text)
        for number, texts in enumerate(zip(left, middle, strict=True))
        for x, text in zip((60, 200), texts, strict=True)
    ]
    assert not any(
        "Ressources Humaines" in one and "Achats" in one for one, _ in itertools.pairwise(lines(pdf(page), "a.pdf"))
    )


@pytest.mark.parametrize("jump", [0, 20])
def test_a_page_of_very_many_lines_costs_little(lines, jump):
    page = [(60 + 200 * (n % 2), 8000 - 3 * (n // 2) + jump * (n % 2), 3, f"Mot{n}") for n in range(4000)]
    before = time.perf_counter()
    assert "Mot3999" in " ".join(lines(pdf(page, size=(595, 8100)), "a.pdf"))
    assert time.perf_counter() - before < 15
