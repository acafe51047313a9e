"""What a sheet does not show: hidden rows and columns are listed, filters and groups are views; struck cells."""

import openpyxl
import pytest
from built import rewritten, saved
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.filters import AutoFilter, FilterColumn, Filters
from openpyxl.worksheet.table import Table
from test_properties import passages_hold

PEOPLE = [
    ["Nom", "Poste", "Salaire"],
    *([name, "Agent", 1000 + n] for n, name in enumerate("Petit Noir Roy Blanc".split())),
]


def sheet_of(rows=PEOPLE):
    sheet = openpyxl.Workbook().active
    sheet.title = "Annuaire"
    for row in rows:
        sheet.append(row)
    return sheet


def texts(reading):
    return [block.text for block in reading.blocks[1:]]


def unread(reading):
    return [(item.code, item.name) for item in reading.unread]


def hide(sheet, *rows, **how):
    for row in rows:
        sheet.row_dimensions[row].hidden = True
        for name, value in how.items():
            setattr(sheet.row_dimensions[row], name, value)


def test_hidden_rows_are_listed_and_not_read(read):
    sheet = sheet_of()
    hide(sheet, 3, 4, 9)
    reading = read(saved(sheet.parent), "a.xlsx")
    passages_hold(reading)
    assert [(block.text, block.place) for block in reading.blocks[1:]] == [
        ("Nom : Petit ; Poste : Agent ; Salaire : 1000", "Annuaire, 2"),
        ("Nom : Blanc ; Poste : Agent ; Salaire : 1003", "Annuaire, 5"),
    ]
    assert unread(reading) == [("rows_hidden", "Annuaire, 3–4")]


def test_hidden_columns_are_listed_and_not_read(read):
    sheet = sheet_of([[*row, "B" if number else "Bureau"] for number, row in enumerate(PEOPLE)])
    for column in "CF":
        sheet.column_dimensions[column].hidden = True
    reading = read(saved(sheet.parent), "a.xlsx")
    assert texts(reading)[:2] == ["Nom : Petit ; Poste : Agent ; Bureau : B", "Nom : Noir ; Poste : Agent ; Bureau : B"]
    assert unread(reading) == [("columns_hidden", "Annuaire, C")]


@pytest.mark.parametrize("nothing", [b"0", b"0.0", b"0.00"])
def test_what_has_no_width_or_height_is_hidden(read, nothing):
    """openpyxl writes no zero."""
    sheet = sheet_of()
    for column, width in (("A", 0.5), ("B", 77)):
        sheet.column_dimensions[column].width = width
    for row, height in ((3, 77), (4, 0.75)):
        sheet.row_dimensions[row].height = height
    data = rewritten(
        saved(sheet.parent),
        {"xl/worksheets/sheet1.xml": lambda part: part.replace(b'"77"', b'"' + nothing + b'"')},
    )
    reading = read(data, "a.xlsx")
    assert texts(reading) == [
        "Nom : Petit ; Salaire : 1000",
        "Nom : Roy ; Salaire : 1002",
        "Nom : Blanc ; Salaire : 1003",
    ]
    assert unread(reading) == [("rows_hidden", "Annuaire, 3"), ("columns_hidden", "Annuaire, B")]


def test_many_hidden_rows_are_told_by_the_first(read):
    sheet = sheet_of([["Nom", "Poste"], *([f"Nom{number}", "Agent"] for number in range(12))])
    hide(sheet, 3, 5, 7, 9, 10)
    assert unread(read(saved(sheet.parent), "a.xlsx")) == [("rows_hidden", "Annuaire, 3, 5, 7…")]


def filtered(sheet):
    sheet.auto_filter.ref = "A1:C5"
    sheet.auto_filter.add_filter_column(0, ["Petit", "Blanc"])
    return sheet


def table_filtered(sheet):
    table = Table(displayName="Agents", ref="A1:C5")
    values = FilterColumn(colId=0, filters=Filters(filter=["Petit", "Blanc"]))
    table.autoFilter = AutoFilter(ref="A1:C5", filterColumn=[values])
    sheet.add_table(table)
    return sheet


@pytest.mark.parametrize("filter_", [filtered, table_filtered])
def test_rows_that_a_filter_leaves_out_are_read(read, filter_):
    sheet = filter_(sheet_of([*PEOPLE, [], ["Note", "interne"]]))
    hide(sheet, 3, 4, 7)
    reading = read(saved(sheet.parent), "a.xlsx")
    assert [text[:10] for text in texts(reading)] == ["Nom : Peti", "Nom : Noir", "Nom : Roy ", "Nom : Blan"]
    assert unread(reading) == [("rows_hidden", "Annuaire, 7")]


def test_a_filter_that_is_not_set_hides_nothing(read):
    sheet = sheet_of()
    sheet.auto_filter.ref = "A1:C5"
    hide(sheet, 3)
    assert unread(read(saved(sheet.parent), "a.xlsx")) == [("rows_hidden", "Annuaire, 3")]


def test_closed_groups_are_read(read):
    sheet = sheet_of()
    hide(sheet, 3, 4, outlineLevel=1)
    sheet.column_dimensions.group("B", "B", outline_level=1, hidden=True)
    reading = read(saved(sheet.parent), "a.xlsx")
    assert texts(reading)[1] == "Nom : Noir ; Poste : Agent ; Salaire : 1001"
    assert unread(reading) == []


def test_hidden_technical_names_do_not_name_the_columns(read):
    sheet = sheet_of(
        [["usr_id", "usr_nm", "usr_off"], ["Numéro", "Nom", "Bureau"], [12, "Petit", "B4"], [14, "Noir", "C1"]]
    )
    hide(sheet, 1)
    assert texts(read(saved(sheet.parent), "a.xlsx"))[0] == "Numéro : 12 ; Nom : Petit ; Bureau : B4"


@pytest.mark.parametrize(
    ("rows", "row", "first"),
    [
        ([["Nom", "Tél"], ["Alice", "4512"], ["Bob", "4513"]], 1, "Nom : Alice ; Tél : 4512"),
        (
            [["Nom", "Poste", "Site"], ["Petit", "Agent", "Lyon"], ["Noir", "Chef", "Nice"], ["Roy", "Chef", "Lyon"]],
            1,
            "Nom : Petit ; Poste : Agent ; Site : Lyon",
        ),
        (
            [["Annuaire du site"], ["Nom", "Poste", "Tél"], ["Petit", "Agent", "4512"], ["Noir", "Chef", "4513"]],
            2,
            "Nom : Petit ; Poste : Agent ; Tél : 4512",
        ),
    ],
)
def test_hidden_names_name_the_columns_that_are_seen(read, rows, row, first):
    sheet = sheet_of(rows)
    hide(sheet, row)
    reading = read(saved(sheet.parent), "a.xlsx")
    found = texts(reading)
    assert found[row - 1] == first
    assert len(found) == len(rows) - 1
    assert unread(reading) == [("rows_hidden", f"Annuaire, {row}")]


def test_hidden_names_of_hidden_columns_are_not_read(read):
    sheet = sheet_of()
    hide(sheet, 1)
    sheet.column_dimensions["B"].hidden = True
    assert texts(read(saved(sheet.parent), "a.xlsx"))[0] == "Nom : Petit ; Salaire : 1000"


@pytest.mark.parametrize(
    "rows",
    [
        [["Dupont", "Agent", 900], ["Petit", "Agent", "1000"], ["Noir", "Chef", "1001"]],
        [["Dupont", "ancien", None], ["Nom", "Poste", "Site"], ["Petit", "Agent", "Lyon"], ["Noir", "Chef", "Nice"]],
        [["Dupont", "Agent", "Lyon"], ["Nom", "Poste", "Tél"], ["Petit", "Agent", "4512"], ["Noir", "Chef", "4513"]],
        [["Dupont", "Agent", "Lyon"], ["Nom", "Poste", "Site"], ["Petit", "Agent", "Lyon"], ["Noir", "Chef", "Nice"]],
        [["Dupont", "Aide", "Brest"], ["Nom", "Poste", "Lieu"], ["Petit", "Agent", "Lyon"], ["Noir", "Chef", "Nice"]],
        [["Dupont", "M. Durand"], ["Adjointe", "Mme Petit"], ["Accueil", "M. Roy"]],
    ],
)
def test_other_hidden_rows_name_nothing(read, rows):
    sheet = sheet_of(rows)
    hide(sheet, 1)
    assert "Dupont" not in " ".join(texts(read(saved(sheet.parent), "a.xlsx")))


def test_a_hidden_row_does_not_part_a_table(read):
    sheet = sheet_of([["Nom", "Site", "Clef"], ["Noir", "Lyon", "x"], [], ["Petit", "Nice", "y"], ["Roy", "Lyon", 12]])
    hide(sheet, 3)
    assert texts(read(saved(sheet.parent), "a.xlsx"))[-1] == "Nom : Roy ; Site : Lyon ; Clef : 12"


def test_what_is_merged_over_hidden_cells_is_seen_in_the_others(read):
    rows = [
        ["Congés des agents"],
        [],
        ["Code", "Agent", "Congés", None, None],
        [None, None, "N-1", "Acquis", "Pris"],
        ["a1", "Petit", 4, 25, 12],
        ["a1", "Noir", 3, 27, 13],
    ]
    sheet = sheet_of(rows)
    for cells in ("A1:E1", "C3:E3"):
        sheet.merge_cells(cells)
    for column in "AC":
        sheet.column_dimensions[column].hidden = True
    assert texts(read(saved(sheet.parent), "a.xlsx")) == [
        "Congés des agents",
        "Agent : Petit ; Congés – Acquis : 25 ; Congés – Pris : 12",
        "Agent : Noir ; Congés – Acquis : 27 ; Congés – Pris : 13",
    ]


def test_a_label_merged_from_a_hidden_row_stands_in_those_below(read):
    sheet = sheet_of([["Site", "Salle", "Places"], ["Lyon", "Lumière", 12], [None, "Ampère", 8], ["Paris", "Canal", 4]])
    sheet.merge_cells("A2:A3")
    hide(sheet, 2)
    assert texts(read(saved(sheet.parent), "a.xlsx"))[0] == "Site : Lyon ; Salle : Ampère ; Places : 8"


STRUCK, PLAIN = InlineFont(strike=True), InlineFont(b=True)


def test_struck_cells_and_parts_of_texts_are_no_source(read):
    sheet = sheet_of([*PEOPLE[:3], [CellRichText(TextBlock(STRUCK, "Roy "), TextBlock(PLAIN, "Blanc")), "Agent", 5]])
    sheet["C2"].font = sheet["A3"].font = Font(strike=True)
    assert texts(read(saved(sheet.parent), "a.xlsx")) == [
        "Nom : Petit ; Poste : Agent",
        "Poste : Agent ; Salaire : 1001",
        "Nom : Blanc ; Poste : Agent ; Salaire : 5",
    ]


def test_of_a_struck_cell_what_was_written_after_stays(read):
    """Excel keeps the first font of a cell and gives each part of its text another."""
    sheet = sheet_of([["Ville", "Plafond"], ["Paris", "#"], ["Lyon", "90 euros"]])
    sheet["B2"].font = Font(strike=True)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    runs = '<r><t>110 euros</t></r><r><rPr><sz val="11"/></rPr><t>120 euros</t></r>'
    kind = b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"'
    override = b'<Override PartName="/xl/sharedStrings.xml" ' + kind + b"/></Types>"
    changes = {
        "xl/worksheets/sheet1.xml": lambda part: part.replace(
            b't="inlineStr"><is><t>#</t></is></c>', b't="s"><v>0</v></c>'
        ),
        "[Content_Types].xml": lambda part: part.replace(b"</Types>", override),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si>{runs}</si></sst>'.encode(),
    }
    assert texts(read(rewritten(saved(sheet.parent), changes), "a.xlsx"))[0] == "Ville : Paris ; Plafond : 120 euros"
