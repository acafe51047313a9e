"""First rows that nothing marks and that are values like those below: they name nothing."""

import pytest
from built import pdf
from test_two_columns import as_sheet

FORM = (("Nom :", "Dupont", "Prénom :", "Alice"), ("Entrée :", "01/02/2024", "Matricule :", "78412"))
VALUES = [
    (
        ("M. Durand", "Directeur", "poste 12"),
        ("Mme Petit", "Adjointe", "poste 14"),
        ("M. Roux", "Comptable", "poste 15"),
    ),
    (("M. Durand", "Directeur", "Lyon"), ("Mme Petit", "Adjointe", "Bron"), ("M. Roux", "Comptable", "Lyon")),
    (("Directeur", "M. Durand"), ("Adjointe", "Mme Petit"), ("Comptable", "M. Roux")),
    (("Lundi", "Anne", "Bruno"), ("Mardi", "Claire", "Denis"), ("Mercredi", "Emma", "Farid")),
    (("Anne Faure", "Chef de projet", "Lyon"), ("Bruno Gilles", "Juriste", "Bron"), ("Emma Joly", "DAF", "Lyon")),
    (("Enfants de moins de 6 ans", "gratuit"), ("Adultes", "12 €"), ("Groupes", "9 €")),
    (("Standard", "fermé"), ("Urgences", "15"), ("Pompiers", "18")),
    (("Paris", "prix libre"), ("Lyon", "120"), ("Lille", "95")),
    (("Télétravail", "2 jours"), ("Congés", "25 jours"), ("Astreinte", "100 €")),
    (("Responsable", "Anne Faure"), ("Suppléant", "Bruno Gilles"), ("Téléphone", "4512")),
    (
        ("Nom", "Dupont", "Prénom", "Alice"),
        ("Date d'entrée", "2024", "Matricule", "78412"),
        ("Ville", "Bron", "Poste", "5"),
    ),
]
NAMED = [
    (("Jour", "M. Durand", "Mme Petit"), ("Lundi", "matin", "soir"), ("Mardi", "soir", "matin")),
    (("Agent", "Lundi", "Mardi"), ("M. Durand", "matin", "soir"), ("Mme Petit", "soir", "matin")),
    (("Formule", "1 jour", "2 jours"), ("Adulte", "10 €", "18 €"), ("Enfant", "5 €", "9 €")),
    (("Question", "Oui", "Non"), ("Prime", "12", "3"), ("Congé", "4", "11")),
    (("Line Manager", "Region"), ("Anne Faure", "North"), ("Bruno Gilles", "South")),
    (("Nom", "Prénom", "Ville", "Poste"), ("Dupont", "Alice", "Lyon", "12"), ("Roux", "Bob", "Bron", "14")),
]


def as_csv(rows):
    return "\n".join(";".join(row) for row in rows).encode(), "a.csv"


def as_page(rows):
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{c}' for c in row) for row in rows)}</table>".encode(), "a.html"


FORMATS = pytest.mark.parametrize("written", [as_sheet, as_page, as_csv])


def texts(reading):
    return [block.text for block in reading.blocks if block.kind == "row"]


@FORMATS
@pytest.mark.parametrize("rows", VALUES)
def test_a_first_row_like_those_below_names_nothing(read, written, rows):
    assert texts(read(*written(rows))) == [" ; ".join(row) for row in rows]


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        (written, rows)
        for written in (as_page, as_csv)
        for rows in NAMED
        if written is as_csv or len(rows[0]) > 2  # two columns without a mark may be a list of terms
    ],
)
def test_names_with_words_of_the_same_kinds_stay_names(read, written, rows):
    first, *below = rows
    expected = [" ; ".join(f"{name} : {cell}" for name, cell in zip(first, row, strict=True)) for row in below]
    assert texts(read(*written(rows))) == expected


@FORMATS
def test_labels_name_the_cells_at_their_right(read, written):
    assert texts(read(*written(FORM))) == ["Nom : Dupont ; Prénom : Alice", "Entrée : 01/02/2024 ; Matricule : 78412"]


@FORMATS
def test_a_label_without_value_does_not_take_the_next_label(read, written):
    blank = (("Nom :", "", "Prénom :", "Alice"), ("Ville :", "Lyon", "Poste :", "12"))
    assert texts(read(*written(blank))) == ["Nom : ; Prénom : Alice", "Ville : Lyon ; Poste : 12"]


def test_cards_of_persons_in_a_grid_are_not_named_by_the_first_persons(read):
    cards = (
        ("Anne Faure", "Bruno Gilles", "Claire Henry"),
        ("DRH", "DAF", "DSI"),
        ("Denis Imbert", "Emma Joly", "Farid Kaci"),
        ("Juriste", "Assistante", "Comptable"),
    )
    places = enumerate(cards)
    data = pdf(
        [
            (x, 700 - 20 * n, 12, t, b"F1" if n % 2 else b"F2")
            for n, row in places
            for x, t in zip((60, 220, 380), row, strict=True)
        ]
    )
    assert texts(read(data, "a.pdf")) == [" ; ".join(row) for row in cards]


def test_columns_of_plain_text_are_not_named_by_a_first_person(read):
    lines = (
        "M. Durand      Directeur      Lyon",
        "Mme Petit      Adjointe       B 14",
        "M. Roux        Juriste        B 15",
    )
    assert texts(read("\n".join(lines).encode(), "a.txt"))[0] == "M. Durand ; Directeur ; Lyon"
