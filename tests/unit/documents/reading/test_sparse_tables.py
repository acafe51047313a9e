"""Tables of PDF pages with empty cells: a figure stands after the name of its own column, or after none."""

import pytest
from test_pdf_reading import typeset

MONTHS = (
    "[*Agent*], [*Janvier*], [*Février*], [*Mars*], [Durand], [120 €], [], [80 €], [Petit], [], [95 €], [], "
    "[Roux], [], [], [60 €], [Noël], [45 €], [], []"
)
NAMED = [
    "Agent : Durand ; Janvier : 120 € ; Mars : 80 €",
    "Agent : Petit ; Février : 95 €",
    "Agent : Roux ; Mars : 60 €",
    "Agent : Noël ; Janvier : 45 €",
]


def table(cells, options="columns: (4cm,) * 4"):
    return typeset(f"Le tableau suivant fait foi.\n\n#table({options}, stroke: none, {cells})\n\nFin du document.")


@pytest.mark.parametrize(
    "options",
    [
        "columns: (4cm,) * 4",
        "columns: (3cm, 2.5cm, 5cm, 3cm)",
        "columns: (4cm,) * 4, align: (left, right, right, right)",
        "columns: (4cm,) * 4, align: center",
    ],
)
@pytest.mark.parametrize("total", [True, False])
def test_figures_beside_empty_cells_keep_their_columns(lines, options, total):
    cells = MONTHS + ", [Total], [165 €], [95 €], [140 €]" * total
    sums = ["Agent : Total ; Janvier : 165 € ; Février : 95 € ; Mars : 140 €"] * total
    assert lines(table(cells, options), "a.pdf")[1:-1] == NAMED + sums


def test_names_without_one_above_the_labels(lines):
    rows = lines(table(MONTHS.replace("*Agent*", "")), "a.pdf")[1:-1]
    assert rows == [row.removeprefix("Agent : ") for row in NAMED]


def test_a_figure_that_no_name_stands_above_has_none(lines):
    """Names at the left of wide columns, figures at their right end: none reaches below its own name."""
    rows = lines(
        table(MONTHS, "columns: (4cm,) * 4, align: (x, y) => if y > 0 and x > 0 { right } else { left }"), "a.pdf"
    )
    assert not any(name in row for row in rows for name in ("Janvier :", "Février :", "Mars :"))


def test_a_cell_over_several_columns_is_read_without_names(lines):
    absent = ", [Blanc], table.cell(colspan: 3)[absente de janvier à mars, congé parental, sans remboursement]"
    rows = lines(table(MONTHS + absent), "a.pdf")[1:-1]
    assert rows == [*NAMED, "Blanc ; absente de janvier à mars, congé parental, sans remboursement"]


def test_names_above_cells_that_stand_at_several_heights(read, documents):
    """A browser's schedule whose cells are centred in their rows: the first row does not name the others."""
    blocks = read((documents / "planning-chromium.pdf").read_bytes(), "a.pdf").blocks
    assert [block.text for block in blocks if block.kind == "row"] == [
        "Heure : 8 h 30 ; Lundi : Réunion d'équipe (salle Ampère) ; Mercredi : Point budget ; "
        "Jeudi : Permanence Julie Roche",
        "Heure : 10 h 00 ; Mardi : Entretien annuel de Paul Roux ; "
        "Jeudi : Comité de direction élargi aux chefs de service",
        "Heure : 14 h 00 ; Lundi : Permanence Marc Vial ; Mardi : Formation ; "
        "Mercredi : Visite du site de Feyzin avec la délégation",
        "Heure : 16 h 30 ; Mercredi : Permanence Inès Noël ; Jeudi : Pot",
    ]
