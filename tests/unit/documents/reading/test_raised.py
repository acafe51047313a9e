"""Marks of notes and powers, set raised, stay apart from the figures and words before them."""

import docx
import openpyxl
import pptx
import pytest
from built import paragraph, pdf, rewritten, saved, word
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from pptx.util import Inches
from test_page_images import marks
from test_pdf_reading import TURNS, turned, typeset

from assistai.documents.words import exact_forms, stems_of

BESIDE = "Le plafond est de 110¹ euros, soit 25 m² et 10⁻³ mol, le 1er mars⁽²⁾."
PIECES = [
    ("Le plafond est de 110", "1", " euros, soit 25 m"),
    ("", "2", " et 10"),
    ("", "-3", " mol, le 1"),
    ("", "er", " mars"),
    ("", "(2)", "."),
]


def marked(before, after):
    """Return the sentence with what is raised between two marks."""
    return "".join(f"{plain}{before}{raised}{after}{rest}" for plain, raised, rest in PIECES)


def test_web_pages_and_words_in_their_styles(lines):
    assert lines(f"<p>{marked('<sup>', '</sup>')}</p>".encode(), "a.html") == [BESIDE]
    style = '<span style="font-size:0.6em; vertical-align: super">'
    assert lines(f"<p>{marked(style, '</span>')}</p>".encode(), "a.html") == [BESIDE]
    assert lines(b"<p>Prix<sup><a href='#n'>[1]</a></sup> et Mme<sup>a</sup></p>", "a.html") == ["Prix[1] et Mmea"]


def test_a_figure_of_a_table_keeps_its_note_apart(lines):
    table = b"<table><tr><th>Grade<th>Prime<tr><td>A<td>1500<sup>1</sup></table>"
    assert lines(table, "a.html") == ["Grade : A ; Prime : 1500¹"]


def test_word_documents(lines):
    document = docx.Document()
    words = document.add_paragraph()
    for plain, raised, rest in PIECES:
        words.add_run(plain)
        words.add_run(raised).font.superscript = True
        words.add_run(rest)
    assert lines(saved(document), "a.docx") == [BESIDE]


def test_a_style_of_word_raises_figures_too(lines):
    styles = (
        '<w:style w:type="character" w:styleId="Appel"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Note"><w:basedOn w:val="Appel"/></w:style>'
    )
    run = '<w:r><w:rPr><w:rStyle w:val="Note"/>{}</w:rPr><w:t>1</w:t></w:r>'
    body = paragraph("Prix").replace("</w:p>", run.format("") + "</w:p>")
    assert lines(word(body, styles=styles), "a.docx") == ["Prix¹"]
    level = run.format('<w:vertAlign w:val="baseline"/>')
    assert lines(word(body.replace(run.format(""), level), styles=styles), "a.docx") == ["Prix1"]


def test_presentations(lines):
    presentation = pptx.Presentation()
    box = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes.add_textbox(*[Inches(1)] * 4)
    words = box.text_frame.paragraphs[0]
    for plain, raised, rest in PIECES:
        words.add_run().text = plain
        run = words.add_run()
        run.text = raised
        run.font._rPr.set("baseline", "30000")
        words.add_run().text = rest
    assert lines(saved(presentation), "a.pptx")[-1] == BESIDE


def test_workbooks(lines):
    book = openpyxl.Workbook()
    book.active.append(["Grade", "Prime"])
    book.active.append(["A", CellRichText("110", TextBlock(InlineFont(vertAlign="superscript"), "1"), " euros")])
    book.active.append(["B", "80 euros"])
    assert lines(saved(book), "a.xlsx")[1:] == ["Grade : A ; Prime : 110¹ euros", "Grade : B ; Prime : 80 euros"]


def test_workbooks_with_shared_texts(lines):
    book = openpyxl.Workbook()
    for row in (["Grade", "Prime"], ["A", "#"], ["B", "1 600 euros"]):
        book.active.append(row)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    run = '<r><rPr><vertAlign val="superscript"/></rPr><t>(1)</t></r>'
    texts = f'<sst xmlns="{main}"><si><r><t>1500</t></r>{run}</si></sst>'.encode()
    kind = b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"'
    override = b'<Override PartName="/xl/sharedStrings.xml" ' + kind + b"/></Types>"
    cell = b't="inlineStr"><is><t>#</t></is></c>'
    changes = {
        "xl/worksheets/sheet1.xml": lambda part: part.replace(cell, b't="s"><v>0</v></c>'),
        "[Content_Types].xml": lambda part: part.replace(b"</Types>", override),
        "xl/sharedStrings.xml": texts,
    }
    data = rewritten(saved(book), changes)
    assert lines(data, "a.xlsx")[1:] == ["Grade : A ; Prime : 1500⁽¹⁾", "Grade : B ; Prime : 1 600 euros"]


def test_pages_of_libreoffice(read, documents):
    reading = read((documents / "appels-libreoffice.pdf").read_bytes(), "a.pdf")
    assert [block.text for block in reading.blocks][:4] == [
        "Le plafond de nuitée est de 110¹ euros, soit 25 m². Le seuil est de 10³ litres, ou 10⁻³ mol.",
        "Le 1er mars 2024, au XIXe siècle, la prime⁽²⁾, de 1 200¹⁰ euros.",
        "¹ Petit-déjeuner inclus.",
        "²Hors taxes.",
    ]


@pytest.mark.parametrize("font", ["Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"])
def test_pages_of_typst_whose_fonts_may_have_raised_figures(lines, font):
    text = (
        "Un plafond de 110#footnote[Petit déjeuner inclus.] euros, soit 25 m#super[2] et $10^3$ litres, le 1#super[er] "
        "mars. En 2024, il était de 1~200#super[(12)] euros pour 3 à 4 nuits, et de 98 ensuite."
    )
    assert lines(typeset(f'#set text(font: "{font}")\n{text}'), "a.pdf") == [
        "Un plafond de 110¹ euros, soit 25 m² et 10³ litres, le 1er mars. En 2024, il était de 1\u00a0200⁽¹²⁾ euros "
        "pour 3 à 4 nuits, et de 98 ensuite.",
        "¹Petit déjeuner inclus.",
    ]


RAISED = [(60, 500, 12, "Le prix est de 110"), (156, 504, 7, "1"), (163, 500, 12, "euros."), (60, 480, 12, "Fin 2.")]


@pytest.mark.parametrize("degrees", TURNS)
def test_a_page_however_it_is_turned(lines, degrees):
    assert lines(turned(RAISED, degrees), "a.pdf")[0].startswith("Le prix est de 110¹ euros.")


@pytest.mark.parametrize(
    "small", [(156, 500, 7, "1"), (164, 504, 12, "1"), (190, 504, 7, "12"), (156, 490, 7, "1"), (60, 516, 7, "12")]
)
def test_small_figures_on_the_line_and_those_elsewhere_are_not_raised(lines, small):
    read = " ".join(lines(pdf([RAISED[0], small]), "a.pdf"))
    assert small[3] in read.replace("110", "")


def test_a_quote_with_raised_figures_is_marked_on_its_page(documents):
    data = (documents / "appels-libreoffice.pdf").read_bytes()
    boxes, _ = marks(data, "Le plafond de nuitée est de 110¹ euros")
    assert len(boxes) == 1
    assert marks(data, "soit 25 m². Le seuil est de 10³ litres, ou 10⁻³ mol")[0]
    assert not marks(data, "est de 112 euros")[0]


def test_words_are_found_without_their_notes():
    text = "Dix jours¹ ouvrés, 110² euros pour 25 m²"
    assert stems_of(text, "fr") == stems_of("Dix jours ouvrés, 110 euros pour 25 m", "fr")
    assert exact_forms(text) == ["dix", "jours", "ouvres", "110", "euros", "pour", "25", "m2"]
