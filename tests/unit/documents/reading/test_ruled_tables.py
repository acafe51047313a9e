"""Tables of PDF pages whose cells have rules around them."""

import itertools

import pytest
from built import pdf
from test_page_images import marks
from test_pdf_reading import typeset

from assistai.documents.reading.page_images import page_image

SERVICE = "Ressources humaines et formation"


def row(number):
    """Return what the real table says of an agent."""
    address = f"{number} rue du Général de Gaulle, 7500{number} Paris"
    prime = f" ; Prime : {number}0 €" if number % 5 else ""
    return f"Direction : {SERVICE} ; Agent : Nom{number} ; Adresse du site de rattachement : {address}{prime}"


@pytest.fixture(scope="module")
def real(documents):
    return (documents / "cadres-libreoffice.pdf").read_bytes()


def test_tables_of_libreoffice_over_pages_with_merged_names_and_labels(read, real):
    blocks = read(real, "a.pdf").blocks
    assert [block.text for block in blocks if block.page == 1] == [
        "Congés – Acquis : 25 ; Congés – Pris : 20 ; Agent : Dupont",
        "Congés – Acquis : 27 ; Congés – Pris : 12 ; Agent : Martin",
        "Deux tableaux à la suite :",
        "Ville : Paris ; Plafond : 110 €",
        "Ville : Lyon ; Plafond : 90 €",
        "Grade : A ; Prime : 1 500 € ; Date : 1er mai",
        "Encadré suivant.",
        "À retenir : le badge coûte 15 euros.",
    ]
    later = [(block.page, block.text) for block in blocks if block.page > 1]
    pages = [2, 2, 2, 2, 2, 3, 3, 3, 3, 4]
    assert later == [*((page, row(number)) for number, page in enumerate(pages)), (4, "Fin.")]


def test_every_row_is_marked_on_its_page(read, real):
    rows = [block for block in read(real, "a.pdf").blocks if block.kind == "row"]
    assert all(page_image(real, block.page, block.text).marked for block in rows)


def test_a_row_is_marked_with_all_lines_of_its_cells_and_no_other(lines):
    cells = ", ".join(f"[Site {n}], [{n} rue du Général de Gaulle, 75000 Paris], [{n}0 €]" for n in range(1, 5))
    data = typeset(f"#table(columns: (2cm, 3cm, 2cm), [Nom], [Adresse], [Prime], {cells})")
    found = [marks(data, text)[0] for text in lines(data, "a.pdf")]
    assert [len(boxes) for boxes in found] == [3] * 4
    assert all(above[-1][3] <= below[0][1] for above, below in itertools.pairwise(found))
    assert not page_image(data, 1, lines(data, "a.pdf")[1].replace("20 €", "25 €")).marked


WRAPPED = (
    "#table(columns: (3cm, 6cm, 2cm), table.header([{0}Catégorie{0}], [{0}Frais pris en charge{0}], [{0}Plafond{0}]), "
    "table.cell(rowspan: 2)[Cadre], [Déplacement en France métropolitaine, nuit et petit déjeuner compris], [110 €], "
    "[Étranger], [150 €], [Agent], [Toute mission], [], {1})"
)
MORE = ", ".join(f"[Type {number}], [Mission {number}], [{number} €]" for number in range(1, 31))


@pytest.mark.parametrize("mark", ["*", ""])
def test_wrapped_cells_and_labels_merged_over_rows(lines, mark):
    setup = '#set page(height: 9cm, numbering: "1")\n'
    assert lines(typeset(WRAPPED.format(mark, MORE), setup), "a.pdf") == [
        "Catégorie : Cadre ; Frais pris en charge : Déplacement en France métropolitaine, nuit et petit déjeuner "
        "compris ; Plafond : 110 €",
        "Catégorie : Cadre ; Frais pris en charge : Étranger ; Plafond : 150 €",
        "Catégorie : Agent ; Frais pris en charge : Toute mission",
        *(
            f"Catégorie : Type {number} ; Frais pris en charge : Mission {number} ; Plafond : {number} €"
            for number in range(1, 31)
        ),
    ]


def test_a_table_without_rules_at_its_sides(lines):
    table = "#table(columns: 2, stroke: (x, y) => (left: if x > 0 { 1pt }, top: if y > 0 { 1pt }), {})"
    cells = "[*Étape*], [*Service chargé*], [Saisie], [Paie], [Contrôle], [Service des affaires générales]"
    assert lines(typeset(table.replace("{})", f"{cells})")), "a.pdf") == [
        "Étape : Saisie ; Service chargé : Paie",
        "Étape : Contrôle ; Service chargé : Service des affaires générales",
    ]


def test_a_list_of_terms_in_boxes_stays_one(lines):
    cells = "[Directeur], [M. Durand], [Adjointe], [Mme Petit]"
    assert lines(typeset(f"#table(columns: 2, {cells})"), "a.pdf") == ["Directeur ; M. Durand", "Adjointe ; Mme Petit"]


FRAME = b"40 40 515 760 re S 45 45 505 750 re S 40 770 m 555 770 l S "
TEXT = [(60, 780, 10, "Note de service"), (60, 700, 12, "Le badge est remis à l'accueil."), (60, 684, 12, "Fin.")]


def drawn(drawing, texts):
    shown = b"\n".join(
        b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, x, y, text.encode("cp1252")) for x, y, size, text in texts
    )
    return pdf(drawing + shown)


def test_frames_and_underlines_are_no_tables(lines):
    assert lines(drawn(FRAME + b"60 698 m 120 698 l S ", TEXT), "a.pdf") == lines(drawn(b"", TEXT), "a.pdf")


GRID = [(60, 700, 11, "Ville"), (210, 700, 11, "Plafond"), (60, 680, 11, "Paris"), (210, 680, 11, "110 euros"),
        (60, 660, 11, "Lyon"), (210, 660, 11, "90 euros")]  # fmt: skip
BARS = b"".join(b"50 %d 300 0.5 re f " % y for y in (655, 675, 695, 715)) + b"".join(
    b"%d 655 0.5 60 re f " % x for x in (50, 200, 350)
)
EDGES = b"".join(
    b"%d %d %d 20 re S " % (x, y, 150) for x in (50, 200) for y in (655, 675, 695)
)  # each cell drawn for itself


@pytest.mark.parametrize("drawing", [BARS, EDGES, b"1 0 0 -1 0 1000 cm " + BARS + b"1 0 0 -1 0 1000 cm "])
def test_thin_bars_and_boxes_of_cells_are_rules(lines, drawing):
    expected = ["Ville : Paris ; Plafond : 110 euros", "Ville : Lyon ; Plafond : 90 euros"]
    assert lines(drawn(drawing, GRID), "a.pdf") == expected


def test_a_page_with_far_too_many_rules_is_read_as_text(lines):
    hatched = b"".join(
        b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (n % 600, n % 600, n % 800, n % 800) for n in range(12_000)
    )
    assert lines(drawn(hatched, TEXT), "a.pdf") == lines(drawn(b"", TEXT), "a.pdf")


def test_a_form_has_fields_and_no_names(lines):
    cells = "[Nom : DURAND], [Prénom : Luc], [Service : Paie], [Matricule : 4521]"
    expected = ["Nom : DURAND ; Prénom : Luc", "Service : Paie ; Matricule : 4521"]
    assert lines(typeset(f"#table(columns: 2, {cells})"), "a.pdf") == expected


POSTS = "[Nom], [Poste], [Petit], [Chef], [Noir], [Agent]"


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        ("(x, y) => if y == 0 { gray }", ["Nom : Petit ; Poste : Chef", "Nom : Noir ; Poste : Agent"]),
        ("gray", ["Nom ; Poste", "Petit ; Chef", "Noir ; Agent"]),
        ("(x, y) => if y == 0 { white }", ["Nom ; Poste", "Petit ; Chef", "Noir ; Agent"]),
        ("(x, y) => if x == 0 { gray }", ["Nom ; Poste", "Petit ; Chef", "Noir ; Agent"]),
    ],
)
def test_a_shaded_first_row_names_the_columns(lines, fill, expected):
    assert lines(typeset(f"#table(columns: 2, fill: {fill}, {POSTS})"), "a.pdf") == expected


def test_a_table_in_a_table_stands_for_itself(lines):
    inner = "#table(columns: 2, [*Nuit*], [*Repas*], [110 €], [20 €])"
    assert lines(typeset(f"#table(columns: 2, [*Ville*], [*Frais*], [Paris], [Par jour : {inner}])"), "a.pdf") == [
        "Ville : Paris ; Frais : Par jour :",
        "Nuit : 110 € ; Repas : 20 €",
    ]
