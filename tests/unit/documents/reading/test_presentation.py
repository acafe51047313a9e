"""PPTX, built with python-pptx."""

import datetime as dt
import io

import pptx
import pytest
from built import saved
from lxml import etree
from PIL import Image
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from assistai.errors import UnreadableInput

BOX = (Inches(1), Inches(1), Inches(4), Inches(2))
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
CONTENT = "application/vnd.openxmlformats-officedocument.drawingml"
TITLE_AND_TEXT, TITLE_ONLY, BLANK = 1, 5, 6


@pytest.fixture
def presentation():
    return pptx.Presentation()


def slide(presentation, layout, title=None, text=None):
    added = presentation.slides.add_slide(presentation.slide_layouts[layout])
    if title:
        added.shapes.title.text_frame.text = title
    if text:
        added.placeholders[1].text_frame.text = text
    return added


def seen(reading):
    return [(block.kind, block.page, block.text) for block in reading.blocks]


def test_slides_keep_their_number_title_words_and_notes(read, presentation):
    slide(
        presentation, TITLE_AND_TEXT, "Accueil & suivi", "Badge : < 1 jour\nVisite"
    ).notes_slide.notes_text_frame.text = "Insister sur le badge.\nPuis la visite."
    slide(presentation, TITLE_AND_TEXT, "Outils", "Kelto")
    reading = read(saved(presentation), "a.pptx")
    assert (reading.pages, reading.title) == (2, "Accueil & suivi")
    assert seen(reading) == [
        ("heading", 1, "Accueil & suivi"),
        ("item", 1, "Badge : < 1 jour"),
        ("item", 1, "Visite"),
        ("paragraph", 1, "Insister sur le badge."),
        ("paragraph", 1, "Puis la visite."),
        ("heading", 2, "Outils"),
        ("item", 2, "Kelto"),
    ]


def test_line_breaks_inside_a_paragraph_part_words(read, presentation):
    added = slide(presentation, TITLE_AND_TEXT, "Plan\vde l'année", "Un\vdeux")
    added.placeholders[1].text_frame.paragraphs[0].add_run().text = " trois"
    assert seen(read(saved(presentation), "a.pptx")) == [
        ("heading", 1, "Plan de l'année"),
        ("item", 1, "Un deux trois"),
    ]


def test_tables_keep_their_header_and_merged_labels(read, presentation):
    rows = [("Site", "Salle", "Places"), ("Lyon", "Lumière", "12"), ("", "Ampère", "8"), ("Paris", "Canal", "4")]
    table = slide(presentation, TITLE_ONLY, "Salles").shapes.add_table(4, 3, *BOX).table
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text_frame.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    assert [text for _, _, text in seen(read(saved(presentation), "a.pptx"))] == [
        "Salles",
        "Site : Lyon ; Salle : Lumière ; Places : 12",
        "Site : Lyon ; Salle : Ampère ; Places : 8",
        "Site : Paris ; Salle : Canal ; Places : 4",
    ]


def test_groups_of_shapes_are_read(read, presentation):
    group = slide(presentation, TITLE_ONLY, "Schéma").shapes.add_group_shape()
    group.shapes.add_textbox(*BOX).text_frame.text = "Étape 1"
    group.shapes.add_group_shape().shapes.add_textbox(*BOX).text_frame.text = "Étape 2"
    assert [text for _, _, text in seen(read(saved(presentation), "a.pptx"))] == ["Schéma", "Étape 1", "Étape 2"]


def test_a_slide_without_title_is_not_part_of_the_one_before(read, presentation):
    slide(presentation, TITLE_AND_TEXT, "Congés", "30 jours")
    frame = slide(presentation, BLANK).shapes.add_textbox(*BOX).text_frame
    frame.text = "Télétravail\n2 jours par semaine"
    assert seen(read(saved(presentation), "a.pptx"))[2:] == [
        ("heading", 2, "Télétravail"),
        ("item", 2, "2 jours par semaine"),
    ]


def test_slides_without_words_have_no_text(read, presentation):
    slide(presentation, BLANK)
    with pytest.raises(UnreadableInput) as caught:
        read(saved(presentation), "a.pptx")
    assert caught.value.code == "document_without_text"


def test_a_hidden_slide_is_listed_and_not_read(read, presentation):
    slide(presentation, TITLE_AND_TEXT, "Vu", "Montré")
    slide(presentation, TITLE_AND_TEXT, "Caché", "Secret")._element.set("show", "0")
    reading = read(saved(presentation), "a.pptx")
    assert seen(reading) == [("heading", 1, "Vu"), ("item", 1, "Montré")]
    assert [(item.code, item.page) for item in reading.unread] == [("slide_hidden", 2)]


def test_what_powerpoint_shows_instead_of_an_older_shape_is_read_with_its_equation(read, presentation):
    shape = slide(presentation, TITLE_ONLY, "Places").shapes.add_textbox(*BOX)
    shape.text_frame.text = "Il y en a "
    element = shape._element
    math = etree.fromstring(
        f'<m:oMath xmlns:m="{MATH}"><m:f><m:num><m:r><m:t>a+1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>'
        "</m:den></m:f></m:oMath>"
    )
    shape.text_frame.paragraphs[0]._p.append(math)
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    offered = etree.fromstring(
        f'<c:AlternateContent xmlns:c="{compatible}"><c:Choice/><c:Fallback/></c:AlternateContent>'
    )
    element.addprevious(offered)
    offered[0].append(element)
    assert [text for _, _, text in seen(read(saved(presentation), "a.pptx"))] == ["Places", "Il y en a (a+1)/2"]


def test_a_slide_that_is_only_a_picture_is_listed(read, presentation):
    def picture():
        out = io.BytesIO()
        Image.new("L", (40, 30), 255).save(out, "PNG")
        out.seek(0)
        return out

    slide(presentation, TITLE_ONLY, "Plan du site").shapes.add_picture(picture(), *BOX[:2])
    slide(presentation, BLANK).shapes.add_picture(picture(), *BOX[:2])
    slide(presentation, BLANK).shapes.add_group_shape().shapes.add_picture(picture(), *BOX[:2])
    noted = slide(presentation, BLANK)
    noted.shapes.add_picture(picture(), *BOX[:2])
    noted.notes_slide.notes_text_frame.text = "Montrer le plan."
    slide(presentation, BLANK)
    reading = read(saved(presentation), "a.pptx")
    assert [(item.code, item.page) for item in reading.unread] == [("picture_not_read", page) for page in (2, 3, 4)]
    assert seen(reading)[1:] == [("paragraph", 4, "Montrer le plan.")]


def chart(presentation, data, kind=XL_CHART_TYPE.COLUMN_CLUSTERED, title=None):
    drawn = slide(presentation, TITLE_ONLY, "Bilan").shapes.add_chart(kind, *BOX, data).chart
    drawn.has_title = title is not None
    if title:
        drawn.chart_title.text_frame.text = title


def test_charts_are_tables(read, presentation):
    shares = CategoryChartData(number_format="0%")
    shares.categories = ["Lyon", "Paris"]
    shares.add_series("2024", (0.12, 0.3))
    shares.add_series("2025", (0.2, None))
    chart(presentation, shares, title="Part du télétravail")
    sums = CategoryChartData(number_format='#,##0 "€"')
    sums.categories = [dt.date(2025, 1, 1), dt.date(2025, 2, 1)]
    sums.add_series("Dépenses", (1200, 15000))
    chart(presentation, sums, XL_CHART_TYPE.LINE)
    sales = CategoryChartData()
    for country, town in {"France": ("Nord", "Sud"), "Suisse": ("Vaud",)}.items():
        within = sales.add_category(country)
        for name in town:
            within.add_sub_category(name)
    sales.add_series("Ventes", (1, 2, 3))
    chart(presentation, sales, XL_CHART_TYPE.PIE)
    measured = XyChartData()
    measured.add_series("Mesures").add_data_point(0.7, 2.7)
    chart(presentation, measured, XL_CHART_TYPE.XY_SCATTER)
    assert [(kind, text) for kind, _, text in seen(read(saved(presentation), "a.pptx")) if kind != "heading"] == [
        ("item", "Part du télétravail"),
        ("row", "Lyon ; 2024 : 12\xa0% ; 2025 : 20\xa0%"),
        ("row", "Paris ; 2024 : 30\xa0%"),
        ("row", "01/01/2025 ; Dépenses : 1\u202f200\xa0€"),
        ("row", "01/02/2025 ; Dépenses : 15\u202f000\xa0€"),
        ("row", "France – Nord ; Ventes : 1"),
        ("row", "France – Sud ; Ventes : 2"),
        ("row", "Suisse – Vaud ; Ventes : 3"),
        ("row", "0,7 ; Mesures : 2,7"),
    ]


def test_the_words_of_a_diagram_are_read(read, presentation):
    added = slide(presentation, TITLE_ONLY, "Circuit")
    points = "".join(f"<d:pt><d:t><a:p><a:r><a:t>{word}</a:t></a:r></a:p></d:t></d:pt>" for word in ("Demande", "Visa"))
    data = f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{DRAWING}"><d:ptLst>{points}</d:ptLst></d:dataModel>'.encode()
    part = Part(PackURI("/ppt/diagrams/data1.xml"), f"{CONTENT}.diagramData+xml", added.part.package, data)
    frame = added.shapes.add_table(1, 1, *BOX)._element
    graphic = frame.find(f".//{{{DRAWING}}}graphicData")
    graphic.clear()
    relation = added.part.relate_to(part, f"{OFFICE}/diagramData")
    graphic.set("uri", DIAGRAM)
    graphic.append(etree.fromstring(f'<d:relIds xmlns:d="{DIAGRAM}" xmlns:r="{OFFICE}" r:dm="{relation}"/>'))
    assert [text for _, _, text in seen(read(saved(presentation), "a.pptx"))] == ["Circuit", "Demande", "Visa"]


def test_what_is_struck_through_is_no_source(presentation, lines):
    added = slide(presentation, TITLE_AND_TEXT, "Congés", "Délai : ")
    words = added.placeholders[1].text_frame.paragraphs[0]
    for text, strike in (("5", "sngStrike"), ("8", "noStrike"), (" jours", None)):
        run = words.add_run()
        run.text = text
        if strike:
            run.font._rPr.set("strike", strike)
    assert lines(saved(presentation), "a.pptx") == ["Congés", "Délai : 8 jours"]
