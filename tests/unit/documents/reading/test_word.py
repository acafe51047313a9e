"""DOCX: built with python-docx, and from XML where python-docx cannot."""

import docx
import pytest
from built import paragraph, saved, word
from docx.enum.style import WD_STYLE_TYPE


@pytest.fixture
def document():
    return docx.Document()


def test_headings_paragraphs_lists_and_tables_in_order(told, document):
    document.add_heading("Règlement", 0)
    document.add_heading("Congés & absences", 1)
    document.add_paragraph("Le salarié < 18 ans a droit à 30 jours.")
    document.add_paragraph("à poser avant le 1er mai", style="List Bullet")
    document.add_paragraph("validés sous 8 jours", style="List Number")
    document.add_heading("Durée", 2)
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows, [("Événement", "Durée"), ("Mariage", "4 jours"), ("Naissance", "3 jours")], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    assert told(saved(document), "a.docx") == [
        ("heading", 1, "Règlement"),
        ("heading", 1, "Congés & absences"),
        ("paragraph", 0, "Le salarié < 18 ans a droit à 30 jours."),
        ("item", 0, "à poser avant le 1er mai"),
        ("item", 0, "1. validés sous 8 jours"),
        ("heading", 2, "Durée"),
        ("row", 0, "Événement : Mariage ; Durée : 4 jours"),
        ("row", 0, "Événement : Naissance ; Durée : 3 jours"),
    ]


def test_deleted_and_moved_away_text_is_not_read_inserted_text_is(lines):
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Le délai est de </w:t></w:r>'
        '<w:del w:id="1" w:author="Z"><w:r><w:delText>dix</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="Z"><w:r><w:t>quinze</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="Z"><w:r><w:t> ouvrés</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4" w:author="Z"><w:r><w:t> francs</w:t></w:r></w:moveTo>'
        "<w:r><w:t> jours.</w:t></w:r></w:p>"
    )
    assert lines(word(body), "a.docx") == ["Le délai est de quinze francs jours."]


def test_notes_follow_the_text_and_comments_are_left_out(lines):
    body = (
        "<w:p><w:r><w:t>Le plafond est de 150 €</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    footnotes = f'<w:footnote w:id="2">{paragraph("Hors taxe de séjour.")}</w:footnote>'
    comments = f'<w:comment w:id="0" w:author="Z">{paragraph("À vérifier avec Paul")}</w:comment>'
    read = lines(word(body, footnotes=footnotes, comments=comments), "a.docx")
    assert read == ["Le plafond est de 150 €[1]", "Hors taxe de séjour."]


def table(*rows):
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(cells) + '</w:tr>' for cells in rows)}</w:tbl>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else paragraph(text)}</w:tc>"


def test_a_label_merged_over_rows_stands_in_each(lines):
    merged = table(
        [cell("Site"), cell("Salle"), cell("Places")],
        [cell("Lyon", '<w:vMerge w:val="restart"/>'), cell("Lumière"), cell("12")],
        [cell("", "<w:vMerge/>"), cell("Ampère"), cell("8")],
        [cell("Total", '<w:gridSpan w:val="2"/>'), cell("20")],
    )
    assert lines(word(merged), "a.docx") == [
        "Site : Lyon ; Salle : Lumière ; Places : 12",
        "Site : Lyon ; Salle : Ampère ; Places : 8",
        "Site : Total ; Places : 20",
    ]


def test_a_title_over_all_columns_stands_above_their_names(told):
    body = table(
        [cell("Barème 2026", '<w:gridSpan w:val="3"/>')],
        [cell("Puissance"), cell("Jusqu'à 5000 km"), cell("Au-delà")],
        [cell("4 CV"), cell("0,606 €"), cell("0,340 €")],
    )
    assert told(word(body), "a.docx") == [
        ("paragraph", 0, "Barème 2026"),
        ("row", 0, "Puissance : 4 CV ; Jusqu'à 5000 km : 0,606 € ; Au-delà : 0,340 €"),
    ]


def test_a_name_over_other_names_is_told_with_each(lines):
    body = table(
        [cell("Agent", '<w:vMerge w:val="restart"/>'), cell("Congés", '<w:gridSpan w:val="2"/>')],
        [cell("", "<w:vMerge/>"), cell("Acquis"), cell("Pris")],
        [cell("Martin"), cell("25"), cell("12")],
    )
    assert lines(word(body), "a.docx") == ["Agent : Martin ; Congés – Acquis : 25 ; Congés – Pris : 12"]


def test_a_table_in_a_table_is_read_after_the_row_around_it(lines):
    inner = table([cell("Heure"), cell("Prix")], [cell("avant 9 h"), cell("4 €")], [cell("après 9 h"), cell("6 €")])
    outer = table(
        [cell("Lieu"), cell("Mode"), cell("Tarif")],
        [cell("Gare"), cell("Navette"), cell(f"{paragraph('Selon l’heure')}{inner}")],
        [cell("Aéroport"), cell("Taxi"), cell("50 €")],
    )
    assert lines(word(outer), "a.docx") == [
        "Lieu : Gare ; Mode : Navette ; Tarif : Selon l’heure",
        "Lieu : Aéroport ; Mode : Taxi ; Tarif : 50 €",
        "Heure : avant 9 h ; Prix : 4 €",
        "Heure : après 9 h ; Prix : 6 €",
    ]


def test_a_list_of_terms_is_no_table_with_a_header(lines):
    terms = [("Directeur", "M. Durand"), ("Adjointe", "Mme Petit"), ("Secrétaire", "M. Noir")]
    body = table(*([cell(name), cell(person)] for name, person in terms))
    assert lines(word(body), "a.docx") == [" ; ".join(row) for row in terms]


def test_a_bold_first_row_names_the_columns(lines):
    def bold(text):
        return cell(f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>")

    body = table([bold("Étape"), bold("Qui")], [cell("Dépôt"), cell("le voyageur")], [cell("Visa"), cell("le chef")])
    assert lines(word(body), "a.docx") == ["Étape : Dépôt ; Qui : le voyageur", "Étape : Visa ; Qui : le chef"]


def test_a_box_is_no_table(told):
    body = table([cell(paragraph("À retenir.") + paragraph("Le badge est personnel."))])
    assert told(word(body), "a.docx") == [("paragraph", 0, "À retenir."), ("paragraph", 0, "Le badge est personnel.")]


def test_text_boxes_links_breaks_and_fields_are_read(lines):
    body = (
        '<w:p><w:r><w:t>Voir</w:t><w:br/><w:t>la</w:t><w:tab/><w:t>page</w:t></w:r><w:hyperlink w:anchor="x"><w:r>'
        '<w:t xml:space="preserve"> du site</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r>'
        '<w:t xml:space="preserve"> (interne)</w:t></w:r></w:sdtContent></w:sdt></w:p>'
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        f"{paragraph('Dans le cadre')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    assert lines(word(body), "a.docx") == ["Voir la page du site (interne)", "Dans le cadre"]


def test_heading_styles_of_french_word_are_headings(told, document):
    """French Word shows "Titre 1", and writes the style's English name with a French id."""
    document.styles["Heading 2"].element.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "Titre2"
    )
    added = document.add_paragraph("Hébergement")
    added._p.get_or_add_pPr().get_or_add_pStyle().val = "Titre2"
    assert told(saved(document), "a.docx") == [("heading", 2, "Hébergement")]


def test_a_style_of_the_house_is_a_paragraph(told, document):
    document.styles.add_style("Encadré maison", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Texte.", style="Encadré maison")
    assert told(saved(document), "a.docx") == [("paragraph", 0, "Texte.")]
