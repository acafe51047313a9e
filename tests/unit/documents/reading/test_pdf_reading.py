"""PDF pages: typeset by typst, or placed word by word."""

import pytest
import typst
from built import pdf

from assistai.errors import LimitExceeded, UnreadableInput


def typeset(text, setup='#set text(lang: "fr", size: 11pt)\n#set page(paper: "a4")\n'):
    return typst.compile((setup + text).encode())


def seen(reading):
    return [(block.kind, block.level, block.page, block.text) for block in reading.blocks]


def test_headings_paragraphs_items_and_tables_with_their_pages(read):
    text = """
= Politique de déplacement
== Train & avion
Le train est obligatoire quand le trajet dure moins de 4 h 30 < 5 h. Les voyages se font en seconde classe, sauf accord
écrit du responsable.

*NDF-01* – Les billets de train sont réservés au moins dix jours avant le départ, et ceux d'avion au moins vingt et un.
- en ligne ;
- au guichet.
#table(columns: 3, stroke: none, [Ville], [Nuit], [Repas], [Paris], [165 €], [24 €], [Lyon], [128 €], [21 €])
#pagebreak()
== Hôtel
Le petit déjeuner est compris.
"""
    assert seen(read(typeset(text), "a.pdf")) == [
        ("heading", 1, 1, "Politique de déplacement"),
        ("heading", 2, 1, "Train & avion"),
        (
            "paragraph",
            0,
            1,
            "Le train est obligatoire quand le trajet dure moins de 4 h 30 < 5 h. Les voyages se font en seconde "
            "classe, sauf accord écrit du responsable.",
        ),
        (
            "paragraph",
            0,
            1,
            "NDF-01 – Les billets de train sont réservés au moins dix jours avant le départ, et ceux d’avion au moins "
            "vingt et un.",
        ),
        ("item", 0, 1, "en ligne ;"),
        ("item", 0, 1, "au guichet."),
        ("row", 0, 1, "Ville : Paris ; Nuit : 165 € ; Repas : 24 €"),
        ("row", 0, 1, "Ville : Lyon ; Nuit : 128 € ; Repas : 21 €"),
        ("heading", 2, 2, "Hôtel"),
        ("paragraph", 0, 2, "Le petit déjeuner est compris."),
    ]


SENTENCE = (
    "L’officier affecté au bureau des finances vérifie l’efficacité des affectations, conformément à la réglementation "
    "internationale applicable aux administrations décentralisées, et transmet les justificatifs correspondants."
)


@pytest.mark.parametrize("width", ["5cm", "6cm", "8cm", "14cm"])
def test_ligatures_and_words_cut_at_line_ends_are_whole(lines, width):
    setup = (
        f'#set page(width: {width}, height: auto)\n#set text(lang: "fr", hyphenate: true)\n#set par(justify: true)\n'
    )
    assert lines(typeset(SENTENCE, setup), "a.pdf") == [SENTENCE]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page(lines):
    setup = '#set page(width: 18cm, height: 6cm, columns: 2)\n#set text(lang: "fr", size: 11pt, hyphenate: true)\n'
    read = lines(typeset(f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE}", setup), "a.pdf")
    assert read == [" ".join([SENTENCE] * 4)]


def test_headers_and_footers_of_all_pages_are_read_once_without_page_numbers(read):
    setup = "#set page(header: [Maison Vasseur], footer: context [Guide – Page #counter(page).display() sur 4])\n"
    words = ("premier", "second", "tiers", "quatrième")
    text = "#pagebreak()\n".join(f"Texte {word} de la page.\n" for word in words)
    read_blocks = [(block.page, block.text) for block in read(typeset(text, setup), "a.pdf").blocks]
    pages = [(number, f"Texte {word} de la page.") for number, word in enumerate(words, 1)]
    assert read_blocks == [pages[0], (1, "Maison Vasseur"), (1, "Guide"), *pages[1:]]


@pytest.mark.parametrize("footer", ["{}", "- {} -", "Page {}", "Page {} / 4", "{}/4", "p. {} sur 4"])
def test_page_numbers_alone_are_not_read(lines, footer):
    words = ["Un.", "Deux.", "Trois.", "Quatre."]
    pages = [[(50, 700, 12, word), (280, 30, 9, footer.format(number))] for number, word in enumerate(words, 1)]
    assert lines(pdf(*pages), "a.pdf") == words


def test_rows_that_differ_in_their_figures_are_no_footer(lines):
    pages = [[(60, 700, 12, f"Article {page * 37} vaut {page * page} euros.")] for page in range(1, 5)]
    assert len(lines(pdf(*pages), "a.pdf")) == 4


ROWS = [("Étape", "Qui", "Trace"), ("Dépôt", "le voyageur", "NotiFrais"), ("Visa", "le chef", "Kelto, avec le numéro")]


def grid(rows, top=400, columns=(60, 200, 320), leading=20):
    return [
        (x, top - leading * number, 12, text)
        for number, row in enumerate(rows)
        for x, text in zip(columns, row, strict=True)
    ]


def test_a_cell_on_two_lines_is_one_cell_and_the_rows_after_it_keep_their_header(lines):
    lower = grid([("Paie", "la comptable", "avis")], top=336)
    data = pdf([*grid(ROWS), (320, 347, 12, "de l'ordre de mission"), *[(x, 322, s, t) for x, _, s, t in lower]])
    assert lines(data, "a.pdf") == [
        "Étape : Dépôt ; Qui : le voyageur ; Trace : NotiFrais",
        "Étape : Visa ; Qui : le chef ; Trace : Kelto, avec le numéro de l'ordre de mission",
        "Étape : Paie ; Qui : la comptable ; Trace : avis",
    ]


def test_a_first_cell_on_several_lines_is_one_cell(lines):
    rows = [("Ville", "Hôtel", "Dîner"), ("Paris", "140 €", "20 €"), ("Lyon, Marseille", "120 €", "20 €")]
    wrapped = [(60, 346, 12, "et autres grandes"), (60, 332, 12, "villes de 200 000"), (60, 318, 12, "habitants")]
    after = [(60, 304, 12, "Autres"), (200, 304, 12, "90 €"), (320, 304, 12, "15 €"), (60, 290, 12, "Le tout est dû.")]
    data = pdf([*grid(rows, top=388, leading=14), *wrapped, *after])
    assert lines(data, "a.pdf") == [
        "Ville : Paris ; Hôtel : 140 € ; Dîner : 20 €",
        "Ville : Lyon, Marseille et autres grandes villes de 200 000 habitants ; Hôtel : 120 € ; Dîner : 20 €",
        "Ville : Autres ; Hôtel : 90 € ; Dîner : 15 €",
        "Le tout est dû.",
    ]


def test_names_that_each_page_repeats_are_no_row(lines):
    data = pdf(grid(ROWS), grid([ROWS[0], ("Paie", "la comptable", "avis")], top=800))
    assert lines(data, "a.pdf")[-2:] == [
        "Étape : Visa ; Qui : le chef ; Trace : Kelto, avec le numéro",
        "Étape : Paie ; Qui : la comptable ; Trace : avis",
    ]


def test_a_table_goes_on_over_the_page(read):
    data = pdf(grid(ROWS), grid([("Paie", "la comptable", "avis"), ("Archive", "le service", "dossier")], top=800))
    assert [(block.page, block.text) for block in read(data, "a.pdf").blocks] == [
        (1, "Étape : Dépôt ; Qui : le voyageur ; Trace : NotiFrais"),
        (1, "Étape : Visa ; Qui : le chef ; Trace : Kelto, avec le numéro"),
        (2, "Étape : Paie ; Qui : la comptable ; Trace : avis"),
        (2, "Étape : Archive ; Qui : le service ; Trace : dossier"),
    ]


def test_a_bold_word_at_the_start_of_a_line_makes_no_heading(lines):
    data = pdf(
        [
            (50, 700, 12, "NDF-03", b"F2"),
            (100, 700, 12, "Tout déplacement de plus d'une journée donne lieu à un"),
            (50, 686, 12, "ordre de mission signé."),
        ]
    )
    assert lines(data, "a.pdf") == [
        "NDF-03 Tout déplacement de plus d'une journée donne lieu à un ordre de mission signé."
    ]


def test_lines_with_leaders_are_not_joined(lines):
    written = [
        "Paris ............... 148 euros",
        "Lyon ............... 120 euros",
        "Prix par nuit, petit déjeuner compris.",
    ]
    data = pdf([(60, 700 - 14 * number, 12, line) for number, line in enumerate(written)])
    assert lines(data, "a.pdf") == written


def test_a_heading_on_two_lines_is_one_heading(told):
    data = pdf(
        [(50, 700, 20, "Politique des déplacements"), (50, 676, 20, "et des séjours"), (50, 640, 11, SENTENCE[:90])]
    )
    assert told(data, "a.pdf") == [
        ("heading", 1, "Politique des déplacements et des séjours"),
        ("paragraph", 0, SENTENCE[:90]),
    ]


TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def turned(lines, degrees, size=(595, 842), shown=None):
    """Place lines so that they are upright once the page is turned by `degrees`; `shown` is how it is shown instead."""
    width, height = size
    place = {
        0: lambda x, y: (x, y),
        90: lambda x, y: (width - y, x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (y, height - x),
    }[degrees]
    page = [(*place(x, y), size, text, b"F1", TURNS[degrees]) for x, y, size, text in lines]
    return pdf(page, rotate=degrees if shown is None else shown)


@pytest.mark.parametrize("shown", TURNS)
@pytest.mark.parametrize("degrees", TURNS)
def test_turned_pages_read_as_upright_ones_however_they_are_shown(lines, degrees, shown):
    page = [(60, 500, 12, "Le badge est remis à l'accueil, sur présentation"), (60, 486, 12, "d'une pièce d'identité.")]
    assert lines(turned([*page, *grid(ROWS)], degrees, shown=shown), "a.pdf") == [
        "Le badge est remis à l'accueil, sur présentation d'une pièce d'identité.",
        "Étape : Dépôt ; Qui : le voyageur ; Trace : NotiFrais",
        "Étape : Visa ; Qui : le chef ; Trace : Kelto, avec le numéro",
    ]


def test_a_line_on_its_side_in_the_margin_stays_whole(lines):
    page = [(60, 500 - 14 * n, 12, f"Le badge numéro {n} est remis à l'accueil.") for n in range(4)]
    read = lines(pdf([*page, (30, 300, 9, "Document interne, ne pas diffuser", b"F1", TURNS[90])]), "a.pdf")
    assert read[-1] == "Document interne, ne pas diffuser"


def test_a_table_on_its_side_under_an_upright_line(lines):
    cells = "[*Ville*], [*Plafond*], [*Motif*], [Paris], [110 €], [Réunion], [Lyon], [90 €], [Visite des locaux]"
    text = f"Annexe.\n\n#rotate(-90deg, reflow: true)[#table(columns: 3, stroke: none, {cells})]"
    assert lines(typeset(text), "a.pdf") == [
        "Annexe.",
        "Ville : Paris ; Plafond : 110 € ; Motif : Réunion",
        "Ville : Lyon ; Plafond : 90 € ; Motif : Visite des locaux",
    ]


def test_a_page_of_few_wide_lines_has_whole_words(lines, documents):
    """PDFium takes it for text set from the top down, and each of its letters for a line."""
    assert lines((documents / "page-large-chromium.pdf").read_bytes(), "a.pdf") == [
        "Désignation des travaux : Peinture des couloirs du premier étage et de la cage d’escalier ; Détail : Deux "
        "couches ; Montant : 1 250,00 €",
        "Désignation des travaux : Électricité ; Détail : Mise aux normes du tableau général et remplacement des "
        "prises de tous les bureaux ; Montant : 980,50 €",
        "Désignation des travaux : Total ; Montant : 2 230,50 €",
    ]


def test_a_protected_pdf_is_named(read, documents):
    with pytest.raises(UnreadableInput) as caught:
        read((documents / "protege.pdf").read_bytes(), "protege.pdf")
    assert caught.value.code == "document_protected"


def test_a_pdf_that_only_forbids_printing_is_read(lines, documents):
    assert lines((documents / "restreint.pdf").read_bytes(), "a.pdf") == ["Confidentiel : le code du coffre est 4271."]


def test_limits_of_pages_and_seconds(read):
    data = pdf(*[[(50, 700, 12, f"Page {number}")] for number in range(4)])
    with pytest.raises(LimitExceeded) as caught:
        read(data, "a.pdf", max_document_pages=3)
    assert (caught.value.code, caught.value.params["count"]) == ("too_many_pages", 4)
    with pytest.raises(LimitExceeded) as caught:
        read(data, "a.pdf", max_document_seconds=0)
    assert (caught.value.code, caught.value.params["page"]) == ("reading_too_long", 1)
    assert read(data, "a.pdf", max_document_pages=4).pages == 4


def test_an_empty_page_is_neither_text_nor_scan(read):
    reading = read(pdf([(50, 700, 12, "Texte de la page")], [], b"0 0 m 595 842 l S"), "a.pdf")
    assert (reading.pages, reading.unread, len(reading.blocks)) == (3, (), 1)
    with pytest.raises(UnreadableInput) as caught:
        read(pdf([]), "a.pdf")
    assert caught.value.code == "document_without_text"


def test_a_table_written_cell_by_cell_is_read_row_by_row(lines):
    """Word and LibreOffice write each cell whole, so that its second line comes before the next cell's first."""
    header = [("Site", ""), ("Ouverture", "des locaux"), ("Plage fixe", "du matin"), ("Fermeture", "")]
    rows = [("Lyon", "7 h 30", "9 h 45", "19 h 30"), ("Paris", "8 h", "9 h 45", "20 h")]
    page = []
    for x, texts in zip((60, 150, 260, 380), header, strict=True):
        page += [(x, 400 - 12 * number, 11, text, b"F2") for number, text in enumerate(texts) if text]
    page += grid(rows, top=365, columns=(60, 150, 260, 380))
    assert lines(pdf(page), "a.pdf") == [
        "Site : Lyon ; Ouverture des locaux : 7 h 30 ; Plage fixe du matin : 9 h 45 ; Fermeture : 19 h 30",
        "Site : Paris ; Ouverture des locaux : 8 h ; Plage fixe du matin : 9 h 45 ; Fermeture : 20 h",
    ]


@pytest.mark.parametrize("mark", ["•", "–", "1.", "2)", "a)", "o"])
def test_a_mark_set_apart_makes_an_item_not_a_table(told, mark):
    data = pdf(
        [(60, 400, 11, mark), (80, 400, 11, "Demander l'accord"), (60, 380, 11, mark), (80, 380, 11, "Réserver")]
    )
    assert told(data, "a.pdf") == [("item", 0, "Demander l'accord"), ("item", 0, "Réserver")]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("les plages fixes ci-", "dessous.", "les plages fixes ci-dessous."),
        ("au 28, rue des Petits-", "Hôtels.", "au 28, rue des Petits-Hôtels."),
        ("prendre rendez-", "vous avant midi.", "prendre rendez-vous avant midi."),
        ("une demi-", "journée de plus.", "une demi-journée de plus."),
        ("un vis-à-", "vis avec la rue.", "un vis-à-vis avec la rue."),
        ("la règle NDF-", "2026 du mois.", "la règle NDF-2026 du mois."),
        ("une administra-", "tion centrale.", "une administration centrale."),
        ("une seule-", "ment du mois.", "une seulement du mois."),
        ("en télé-", "travail le lundi.", "en télétravail le lundi."),
        ("à la ren-", "contre du chef.", "à la rencontre du chef."),
        ("le sous-trai-", "tant désigné.", "le sous-traitant désigné."),
        ("Le prix -", "hors taxes.", "Le prix - hors taxes."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_where_it_is_the_line_s(lines, first, second, whole):
    assert lines(pdf([(50, 700, 12, f"Voici {first}"), (50, 686, 12, second)]), "a.pdf") == [f"Voici {whole}"]


@pytest.mark.parametrize(
    ("elsewhere", "whole"),
    [
        ("Le compte épargne-temps.", "le compte épargne-temps."),
        ("Une épargne prend du temps.", "le compte épargne-temps."),
        ("Tout épargnetemps.", "le compte épargnetemps."),
        ("Un autre texte.", "le compte épargne-temps."),
    ],
)
def test_a_compound_is_known_by_the_document_s_words(lines, elsewhere, whole):
    page = [(50, 760, 12, elsewhere), (50, 700, 12, "Voici le compte épargne-"), (50, 686, 12, "temps.")]
    assert lines(pdf(page), "a.pdf") == [elsewhere, f"Voici {whole}"]


def test_two_words_that_make_a_third_are_no_compound(lines):
    page = [(50, 760, 12, "Une prise entre nous."), (50, 700, 12, "Voici une entre-"), (50, 686, 12, "prise.")]
    assert lines(pdf(page), "a.pdf")[1] == "Voici une entreprise."


def test_lists_within_lists_and_labels_beside_their_values(read, documents):
    """tests/data/documents/formulaire-typst.pdf was written by typst: PDFium takes the list within for one line."""
    reading = read((documents / "formulaire-typst.pdf").read_bytes(), "a.pdf")
    assert [(block.kind, block.text) for block in reading.blocks][1:] == [
        ("row", "Nom : Dupont"),
        ("row", "Prénom : Jean"),
        ("paragraph", "Date d’entrée : 12/03/2021"),
        ("item", "Premier"),
        ("item", "Deuxième"),
        ("item", "sous a"),
        ("item", "sous b"),
        ("paragraph", "Le directeur, Paul Roy"),
    ]
