"""Tables of plain text: columns set by spaces, tabulations or bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.documents.candidates import unit_spans
from assistai.documents.passages import split
from assistai.documents.reading import compose
from assistai.documents.reading.plaintext import text_reading
from assistai.testing import HashEmbedder

DELAYS = """\
Délais convenus
Ligne        Rappel téléphonique    Arrivée sur site
AD           10 minutes             45 minutes
BC           15 minutes             1 heure 30
Ces délais courent à compter de l’appel.
"""


def rows(text):
    """Return the texts of the rows of plain text."""
    return [block.text for block in text_reading(text, "text").blocks if block.kind == "row"]


def test_rows_are_read_with_the_names_of_their_columns_between_lines_of_prose():
    assert [(block.kind, block.text) for block in text_reading(DELAYS, "text").blocks] == [
        ("paragraph", "Délais convenus"),
        ("row", "Ligne : AD ; Rappel téléphonique : 10 minutes ; Arrivée sur site : 45 minutes"),
        ("row", "Ligne : BC ; Rappel téléphonique : 15 minutes ; Arrivée sur site : 1 heure 30"),
        ("paragraph", "Ces délais courent à compter de l’appel."),
    ]


def test_a_row_is_one_quotable_unit_where_it_stands_in_the_text():
    text, placed = compose(text_reading(DELAYS, "text").blocks)
    (passage,) = split(text, placed, HashEmbedder().count_tokens)
    units = [text[passage.start + begin : passage.start + end] for begin, end in unit_spans(passage.text)]
    assert units == [item.block.text for item in placed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ville   Service\n------  -------\nLyon    accueil\n", ["Ville : Lyon ; Service : accueil"]),
        ("Ville   Service\n===============\nLyon    accueil\n", ["Ville : Lyon ; Service : accueil"]),
        ("| Poste | Prix |\n|-------|-----:|\n| Eau   | 30 € |\n", ["Poste : Eau ; Prix : 30 €"]),
        ("+---+---+\n| A | B |\n+---+---+\n| 1 | 2 |\n+---+---+\n", ["A : 1 ; B : 2"]),
        (
            "Ligne   Rappel      Arrivée\n        convenu     sur site\n---------------------------\n"
            "AD      10 minutes  45 minutes\n",
            ["Ligne : AD ; Rappel convenu : 10 minutes ; Arrivée sur site : 45 minutes"],
        ),
        (
            "Poste     2025    2026\nLoyer   12 000  13 000\nEau        300     310\n",
            ["Poste : Loyer ; 2025 : 12 000 ; 2026 : 13 000", "Poste : Eau ; 2025 : 300 ; 2026 : 310"],
        ),
        (
            "Zone     Repas    Nuit\nParis    20 €     148 €\nLyon              120 €\n",
            ["Zone : Paris ; Repas : 20 € ; Nuit : 148 €", "Zone : Lyon ; Nuit : 120 €"],
        ),
        (
            "Lieu     Jour      Heure\nCaisse   lundi au  9 h\n         jeudi\n",
            ["Lieu : Caisse ; Jour : lundi au jeudi ; Heure : 9 h"],
        ),
        (
            "Ville    Prix\nParis    148 €\nLyon     120 €\n",
            ["Ville : Paris ; Prix : 148 €", "Ville : Lyon ; Prix : 120 €"],
        ),
        (
            "Article\tQté\tPrix\nStylo à bille noir\t12\t3,50\nGomme\t\t1\n",
            ["Article : Stylo à bille noir ; Qté : 12 ; Prix : 3,50", "Article : Gomme ; Prix : 1"],
        ),
        (
            "AD   10 minutes   45 minutes\nBC   15 minutes   90 minutes\n",
            ["AD ; 10 minutes ; 45 minutes", "BC ; 15 minutes ; 90 minutes"],
        ),
        (
            "Site     Qui      Heure\nLyon     M. Roux  9 h\nMarseille sud  M. Lu  9 h\nParis    Mme Roy  8 h\n",
            [
                "Site : Lyon ; Qui : M. Roux ; Heure : 9 h",
                "Site : Marseille sud ; Qui : M. Lu ; Heure : 9 h",
                "Site : Paris ; Qui : Mme Roy ; Heure : 8 h",
            ],
        ),
        ("Directeur    M. Durand\nAccueil      Mme Petit\n", ["Directeur ; M. Durand", "Accueil ; Mme Petit"]),
        (
            "Achats   Mme Petit   M. Roux\nPaie     M. Vial     Mme Roy\n",
            ["Achats ; Mme Petit ; M. Roux", "Paie ; M. Vial ; Mme Roy"],
        ),
        ("Nom         Durand\nNaissance   12/03/1980\n", ["Nom ; Durand", "Naissance ; 12/03/1980"]),
    ],
)
def test_tables(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["Objet      : devis", "Date       : 4 mai", "Affaire    : 12"],
        ["Nom :          Durand", "Prénom :       Paul"],
        ["Sujet :\tDemande", "Date :\tlundi"],
        ["Paul Durand     Directeur", "Anne Petit-Lambert  Adjointe"],
        ["Zone   Repas   Nuit", "Lyon   20 euros"],
        ["- Paris        148 euros", "- Lyon         120 euros"],
    ],
)
def test_lines_that_are_no_table_for_sure_stay_lines(lines):
    assert [block.text for block in text_reading("\n".join(lines), "text").blocks] == [
        " ".join(line.removeprefix("- ").split()) for line in lines
    ]


def test_two_spaces_between_sentences_or_by_mistake_make_no_table():
    text = (
        "Le badge est remis à l’accueil.  Il ouvre aussi le parking du site, et la\n"
        "salle de pause est ouverte, oui.  On peut y déjeuner de 12 h à 14 h, mais\n"
        "il faut  ranger. La cafetière est détartrée le lundi par les services de\n"
        "la mairie  de Lyon."
    )
    (block,) = text_reading(text, "text").blocks
    assert (block.kind, block.text) == ("paragraph", " ".join(text.split()))


WORD = st.text(st.sampled_from("abcdeéèçàABCÉ'’-"), min_size=2, max_size=9).map(lambda word: f"m{word}m")
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
VALUE = st.tuples(st.integers(0, 99_999), NAME).map(lambda pair: f"{pair[0]} {pair[1]}")
TABLE = st.integers(3, 5).flatmap(
    lambda width: st.tuples(
        st.lists(NAME, min_size=width, max_size=width),
        st.lists(st.lists(VALUE, min_size=width, max_size=width), min_size=1, max_size=5),
        st.lists(st.sampled_from([str.ljust, str.rjust, str.center]), min_size=width, max_size=width),
    )
)


@given(TABLE, st.integers(3, 8), st.booleans(), st.text(" ", max_size=4))
def test_whatever_is_set_in_columns_is_read_row_by_row(table, gap, ruled, margin):
    names, values, aligned = table
    widths = [max(map(len, column)) for column in zip(names, *values, strict=True)]
    lines = [
        margin
        + (" " * gap).join(set_in(cell, width) for cell, width, set_in in zip(line, widths, aligned, strict=True))
        for line in (names, *values)
    ]
    if ruled:
        lines.insert(1, margin + "-" * sum(widths))
    text = "\n".join(["Voici le tableau.", *lines, "Fin du tableau."])
    reading = text_reading(text, "text")
    assert [block.text for block in reading.blocks] == [
        "Voici le tableau.",
        *(" ; ".join(f"{name} : {value}" for name, value in zip(names, line, strict=True)) for line in values),
        "Fin du tableau.",
    ]


PIECE = st.sampled_from(
    [" ", "  ", "   ", "      ", "\t", " ..... ", " . . . . ", "\n", "\n", "\n\n", "\n---\n", " | "]
)


@given(st.lists(st.tuples(WORD | VALUE, PIECE), max_size=40))
def test_no_word_is_lost_and_passages_are_stretches_of_the_text(pieces):
    written = "".join(f"{word}{piece}" for word, piece in pieces)
    text, placed = compose(text_reading(written, "text").blocks)
    assert all(word in " ".join(text.split()) for word, _ in pieces)
    for passage in split(text, placed, HashEmbedder().count_tokens, target=20):
        assert text[passage.start : passage.end] == passage.text
        assert all(passage.text[begin:end].strip() for begin, end in unit_spans(passage.text))
