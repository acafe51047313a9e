"""XLSX and CSV."""

import datetime as dt
import time

import openpyxl
import pytest
from built import rewritten, saved
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

from assistai.errors import LimitExceeded, UnreadableInput


@pytest.fixture
def workbook():
    return openpyxl.Workbook()


def filled(workbook, *rows, title="Feuille"):
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return sheet


def test_each_row_keeps_its_header_its_sheet_and_its_place(read, workbook):
    filled(workbook, ["Nom", "Poste", "Bureau"], ["Petit & fils", "a < b", 12], ["Noir", None, 14], title="Annuaire")
    other = workbook.create_sheet("Salles")
    other.append(["Une note seule"])
    blocks = read(saved(workbook), "a.xlsx").blocks
    assert [(block.kind, block.text, block.place) for block in blocks] == [
        ("heading", "Annuaire", None),
        ("row", "Nom : Petit & fils ; Poste : a < b ; Bureau : 12", "Annuaire, 2"),
        ("row", "Nom : Noir ; Bureau : 14", "Annuaire, 3"),
        ("heading", "Salles", None),
        ("row", "Une note seule", "Salles, 1"),
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Salle;Places\nRavel;42\n", ["Salle : Ravel ; Places : 42"]),
        ("Ravel;42\nDebussy;18\n", ["Ravel ; 42", "Debussy ; 18"]),
        ("Nom;Service\nPetit;Achats\n", ["Nom ; Service", "Petit ; Achats"]),
    ],
)
def test_one_row_of_figures_is_enough_for_a_header(read, text, row):
    assert [block.text for block in read(text.encode(), "salles.csv").blocks] == row


def test_the_header_is_found_below_a_title_and_empty_rows(read, workbook):
    rows = [["Salles de réunion"], ["Mise à jour le", dt.date(2026, 5, 4)], [], ["Salle", "Site", "Places"]]
    filled(workbook, *rows, ["Lumière", "Lyon", 12], ["Canal", "Paris", 10])
    assert [(block.text, block.place) for block in read(saved(workbook), "a.xlsx").blocks[1:]] == [
        ("Salles de réunion", "Feuille, 1"),
        ("Mise à jour le ; 04/05/2026", "Feuille, 2"),
        ("Salle : Lumière ; Site : Lyon ; Places : 12", "Feuille, 5"),
        ("Salle : Canal ; Site : Paris ; Places : 10", "Feuille, 6"),
    ]


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (dt.datetime(2026, 3, 9), "dd/mm/yyyy", "09/03/2026"),
        (dt.datetime(2026, 3, 9, 14, 30), "dd/mm/yyyy hh:mm", "09/03/2026 14:30"),
        (dt.time(9, 5), "hh:mm", "09:05"),
        (dt.timedelta(hours=35, minutes=15), "[h]:mm", "35:15"),
        (dt.timedelta(hours=35, minutes=15, seconds=40), "[h]:mm", "35:15"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (0.125, "0.00", "0,13"),
        (2.675, "0.00", "2,68"),
        (1.005, '#,##0.00\\ "€"', "1,01\u00a0€"),
        (0.285, "0%", "29\u00a0%"),
        (0.0125, "0.0%", "1,3\u00a0%"),
        (1234.5, "#,##0", "1\u202f235"),
        (12.5e7, "0E+00", "1E+08"),
        (0.1 + 0.2, "General", "0,3"),
        (1e20, "0.00", "100000000000000000000,00"),
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.45, "General", "0,45"),
        (0.15, "0%", "15\u00a0%"),
        (0.155, "0.0%", "15,5\u00a0%"),
        (150, '#,##0.00\\ "€"', "150,00\u00a0€"),
        (12500, "#,##0", "12\u202f500"),
        (1234.5, "[$€-40C] #,##0.00", "1\u202f234,50\u00a0€"),
        (465712054, '0#" "##" "##" "##" "##', "04 65 71 20 54"),
        (1000, "00000", "01000"),
        (2026, "0", "2026"),
        (25, '0 "jours"', "25\u00a0jours"),
        (3, '"n° "0', "n°\u00a03"),
        (12, '#,##0\\ "€ par mois"', "12\u00a0€ par mois"),
        (123456789, "0.00E+00", "1,23E+08"),
        (1e-7, "General", "0,0000001"),
        (-0.000025, "General", "-0,000025"),
        (1e-17, "General", "1E-17"),
        (12345678912.25, "General", "12345678912"),
        (dt.datetime(2024, 3, 1), "[$-40C]mmmm\\ yyyy;@", "mars 2024"),
        (12, "[$-40C]0", "12"),
        (-5.5, "General", "-5,5"),
        (True, "General", "VRAI"),
        ("04 65 71 20 54", "@", "04 65 71 20 54"),
        ("ligne 1\nligne 2", "General", "ligne 1 ligne 2"),
        ("ligne 1_x000D_\nligne 2", "General", "ligne 1 ligne 2"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_cells_are_read_as_people_see_them(lines, workbook, value, pattern, shown):
    sheet = filled(workbook, [value])
    sheet["A1"].number_format = pattern
    assert lines(saved(workbook), "a.xlsx")[1:] == [shown]


def test_of_a_formula_the_last_value_is_read(lines, workbook):
    filled(workbook, ["Total", "=SUM(1,2)"])
    data = rewritten(
        saved(workbook),
        {
            "xl/worksheets/sheet1.xml": lambda part: (
                part.replace(b"<v></v>", b"<v>3</v>").replace(b"<v/>", b"<v>3</v>").replace(b"<v />", b"<v>3</v>")
            )
        },
    )
    assert lines(data, "a.xlsx") == ["Feuille", "Total ; 3"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_listed_and_not_read(read, workbook, state):
    filled(workbook, ["visible"])
    workbook.create_sheet("Vide").sheet_state = state
    hidden = workbook.create_sheet("Salaires")
    hidden.append(["secret"])
    hidden.sheet_state = state
    reading = read(saved(workbook), "a.xlsx")
    assert [block.text for block in reading.blocks] == ["Feuille", "visible"]
    assert [(item.code, item.name) for item in reading.unread] == [("sheet_hidden", "Salaires")]


def test_formulas_without_a_value_are_listed(read, workbook):
    sheet = filled(workbook, ["Total", "=SUM(1,2)", 4])
    other = workbook.create_sheet("Autre")
    for _ in range(5):
        other.append(["=A1", "mot"])
    sheet["A2"] = '=""'
    computed = {"xl/worksheets/sheet1.xml": lambda part: part.replace(b'r="A2"', b'r="A2" t="str"')}
    assert [(item.code, item.name) for item in read(rewritten(saved(workbook), computed), "a.xlsx").unread] == [
        ("formula_without_value", "Feuille, B1"),
        ("formula_without_value", "Autre, A1, A2, A3… (5)"),
    ]


def test_a_label_merged_over_rows_stands_in_each(lines, workbook):
    rows = [["Site", "Salle", "Places"], ["Lyon", "Lumière", 12], [None, "Ampère", 8], ["Paris", "Canal", 4]]
    sheet = filled(workbook, *rows)
    sheet.merge_cells("A2:A3")
    assert lines(saved(workbook), "a.xlsx")[1:] == [
        "Site : Lyon ; Salle : Lumière ; Places : 12",
        "Site : Lyon ; Salle : Ampère ; Places : 8",
        "Site : Paris ; Salle : Canal ; Places : 4",
    ]


@pytest.mark.parametrize("merged_down", [True, False])
def test_names_over_other_names_below_a_title(read, workbook, merged_down):
    rows = [
        ["Suivi des congés"],
        [],
        ["Agent", "Congés", None, "Embauche"],
        [None, "Acquis", "Pris"],
        ["Martin", 25, 12, dt.date(2019, 3, 4)],
        ["Noir", 27, 3, dt.date(2021, 3, 4)],
    ]
    sheet = filled(workbook, *rows)
    for merged in ("A1:D1", "B3:C3", *(("A3:A4", "D3:D4") if merged_down else ())):
        sheet.merge_cells(merged)
    assert [(block.text, block.place) for block in read(saved(workbook), "a.xlsx").blocks[1:]] == [
        ("Suivi des congés", "Feuille, 1"),
        ("Agent : Martin ; Congés – Acquis : 25 ; Congés – Pris : 12 ; Embauche : 04/03/2019", "Feuille, 5"),
        ("Agent : Noir ; Congés – Acquis : 27 ; Congés – Pris : 3 ; Embauche : 04/03/2021", "Feuille, 6"),
    ]


@pytest.mark.parametrize(
    ("rows", "merged", "last"),
    [
        ([["Jour", "Matin", "Soir"], ["Lundi", "fermé", None], ["Mardi", "9 h", "14 h"]], "B2:C2", "Jour : Mardi"),
        (
            [["Cadres", None, None], ["Nom", "Poste", "Bureau"], ["Petit", "Achats", 12], ["Noir", "Paie", 9]],
            "A1:C1",
            "Nom :",
        ),
        ([["Total", "Budget", None], ["Lyon", 12, 13], ["Nice", 14, 15]], "B1:C1", "Nice"),
    ],
)
def test_a_merged_cell_that_is_no_name_over_names(lines, workbook, rows, merged, last):
    filled(workbook, *rows).merge_cells(merged)
    read = lines(saved(workbook), "a.xlsx")
    assert read[-1].startswith(last)
    assert " – " not in " ".join(read)


def test_tables_below_each_other_have_their_own_names(read, workbook):
    rows = [["Salle", "Capacité"], ["Renoir", 12], ["Debussy", 40], [], ["Réserve"]]
    filled(workbook, *rows, ["Matériel", "Quantité", "Lieu"], ["Écran", 3, "Renoir"], [], ["Paperboard", 5, "Debussy"])
    assert [(block.text, block.place) for block in read(saved(workbook), "a.xlsx").blocks[1:]] == [
        ("Salle : Renoir ; Capacité : 12", "Feuille, 2"),
        ("Salle : Debussy ; Capacité : 40", "Feuille, 3"),
        ("Réserve", "Feuille, 5"),
        ("Matériel : Écran ; Quantité : 3 ; Lieu : Renoir", "Feuille, 7"),
        ("Matériel : Paperboard ; Quantité : 5 ; Lieu : Debussy", "Feuille, 9"),
    ]


@pytest.mark.parametrize("bold", [True, False])
def test_below_an_empty_row_only_bold_words_name_columns_anew(lines, workbook, bold):
    people = [["Nom", "Service", "Site"], ["Petit", "Achats", "Lyon"], ["Noir", "Paie", "Nice"], []]
    sheet = filled(workbook, *people, ["Étape", "Qui", "Où"], ["Dépôt", "agent", "guichet"], ["Visa", "chef", "bureau"])
    for cell in sheet[5]:
        cell.font = Font(bold=bold)
    last = lines(saved(workbook), "a.xlsx")[-1]
    assert last == (
        "Étape : Visa ; Qui : chef ; Où : bureau" if bold else "Nom : Visa ; Service : chef ; Site : bureau"
    )


def test_tables_of_a_csv_below_each_other_have_their_own_names(lines):
    text = "Salle;Places\nRavel;42\nLully;9\n\nMatériel;Nombre\nÉcran;3\n"
    assert lines(text.encode(), "a.csv") == [
        "Salle : Ravel ; Places : 42",
        "Salle : Lully ; Places : 9",
        "Matériel : Écran ; Nombre : 3",
    ]


@pytest.mark.parametrize(("bold", "first"), [(True, "Étape : Dépôt ; Qui : voyageur"), (False, "Étape ; Qui")])
def test_two_columns_have_names_where_these_are_bold(lines, workbook, bold, first):
    sheet = filled(workbook, ["Étape", "Qui"], ["Dépôt", "voyageur"], ["Visa", "chef"])
    for cell in sheet[1]:
        cell.font = Font(bold=bold)
    assert lines(saved(workbook), "a.xlsx")[1] == first


def test_an_empty_workbook_is_said_to_be_without_text(read, workbook):
    with pytest.raises(UnreadableInput) as caught:
        read(saved(workbook), "a.xlsx")
    assert caught.value.code == "document_without_text"


def test_a_cell_far_away_costs_nothing(lines, workbook):
    sheet = filled(workbook, ["près"])
    sheet["XFD900000"] = "loin"
    before = time.perf_counter()
    assert lines(saved(workbook), "a.xlsx") == ["Feuille", "près", "loin"]
    assert time.perf_counter() - before < 5


def test_a_row_number_beyond_any_sheet_is_refused(read, workbook):
    filled(workbook, ["un"])
    far = rewritten(
        saved(workbook),
        {"xl/worksheets/sheet1.xml": lambda part: part.replace(b'r="1"', b'r="99999999999"').replace(b'r="A1"', b"")},
    )
    with pytest.raises(LimitExceeded) as caught:
        read(far, "a.xlsx")
    assert caught.value.code == "too_many_cells"


@pytest.mark.parametrize(
    "text",
    [
        "Nom;Poste;Bureau\nPetit;Juriste, PI;12\nNoir;Achats, appro;14\n",
        "Nom,Poste,Bureau\nPetit,\"Juriste, PI\",12\nNoir,\"Achats, appro\",14\n",
        "Nom\tPoste\tBureau\nPetit\tJuriste, PI\t12\nNoir\tAchats, appro\t14\n",
        "Nom|Poste|Bureau\r\nPetit|Juriste, PI|12\r\nNoir|Achats, appro|14\r\n",
        'Nom;"Poste";"Bureau"\nPetit;"Juriste, PI";"12"\nNoir;"Achats, appro";"14"\n',
        "sep=;\nNom;Poste;Bureau\nPetit;Juriste, PI;12\nNoir;Achats, appro;14\n",
        "\ufeffNom;Poste;Bureau\nPetit;Juriste, PI;12\nNoir;Achats, appro;14",
    ],
)  # fmt: skip
def test_delimiters_are_told_apart(lines, text):
    assert lines(text.encode(), "a.csv") == [
        "Nom : Petit ; Poste : Juriste, PI ; Bureau : 12",
        "Nom : Noir ; Poste : Achats, appro ; Bureau : 14",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1", "utf-16"])
def test_csv_is_decoded_and_keeps_quotes_and_lines(read, encoding):
    text = 'Objet;Note\n"L\'été; ""chaud""";"un\ndeux"\nCafé;trois\n'
    blocks = read(text.encode(encoding), "a.csv").blocks
    assert [(block.text, block.place) for block in blocks] == [
        ('Objet : L\'été; "chaud" ; Note : un deux', "2"),
        ("Objet : Café ; Note : trois", "3"),
    ]


def test_csv_of_one_column_keeps_every_line(lines):
    assert lines("Prénom\nZoé\nLuc, fils\n".encode(), "a.csv") == ["Prénom", "Zoé", "Luc, fils"]


def test_a_quote_that_is_never_closed_keeps_the_words(lines):
    assert lines(b'a;b\n"ouvert;reste\nfin;encore\n', "a.csv")[-1] == "ouvert;reste fin;encore"


def test_a_cell_beyond_all_measure_is_refused(read):
    with pytest.raises(UnreadableInput) as caught:
        read(b'a;"' + b"x" * 200_000 + b'"\n', "a.csv")
    assert caught.value.code == "csv_broken"


POSTS = (["Nom", "Poste"], ["Petit", "Chef"], ["Noir", "Agent"])
SHADE = PatternFill("solid", fgColor="FFD9D9D9")


def shaded(sheet, *rows):
    for row in rows:
        for cell in sheet[row]:
            cell.fill = SHADE


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: shaded(sheet, 1),
        lambda sheet: setattr(sheet.auto_filter, "ref", "A1:B3"),
        lambda sheet: sheet.add_table(Table(displayName="Postes", ref="A1:B3")),
    ],
)
def test_two_columns_of_words_have_names_where_the_first_row_is_set_so(lines, workbook, change):
    change(filled(workbook, *POSTS))
    assert lines(saved(workbook), "a.xlsx")[1:] == ["Nom : Petit ; Poste : Chef", "Nom : Noir ; Poste : Agent"]


@pytest.mark.parametrize("rows", [(), (1, 3), (3,), (1, 2, 3)])
def test_a_list_of_terms_stays_one_where_no_first_row_is_set_apart(lines, workbook, rows):
    shaded(filled(workbook, ["Directeur", "M. Durand"], ["Adjointe", "Mme Petit"], ["Accueil", "M. Roy"]), *rows)
    assert lines(saved(workbook), "a.xlsx")[1:] == ["Directeur ; M. Durand", "Adjointe ; Mme Petit", "Accueil ; M. Roy"]


def test_a_table_without_a_row_of_names_has_none(lines, workbook):
    sheet = filled(workbook, ["Directeur", "M. Durand"], ["Adjointe", "Mme Petit"])
    table = Table(displayName="Termes", ref="A1:B2", headerRowCount=0)
    table._initialise_columns()
    sheet.add_table(table)
    assert lines(saved(workbook), "a.xlsx")[1:] == ["Directeur ; M. Durand", "Adjointe ; Mme Petit"]
