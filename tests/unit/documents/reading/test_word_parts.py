"""DOCX: what is hidden, what Word counts, what stands at the edges of pages, what is only a picture."""

import io

import docx
import pytest
from built import paragraph, rewritten, saved, word
from docx.shared import Cm
from PIL import Image


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def of(properties, *runs):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


STYLES = """
    <w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:type="character" w:styleId="Plus"><w:basedOn w:val="Secret"/></w:style>
    <w:style w:type="paragraph" w:styleId="Cachette"><w:rPr><w:vanish/></w:rPr></w:style>"""


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (of("", run("Vu."), run(" Tu.", "<w:vanish/>")), ["Vu."]),
        (of("", run("Vu."), run(" Dit.", '<w:vanish w:val="0"/>')), ["Vu. Dit."]),
        (of("", run("Vu."), run(" Tu.", '<w:rStyle w:val="Plus"/>')), ["Vu."]),
        (paragraph("Vu.") + paragraph("Tu.", "Cachette"), ["Vu."]),
        (of('<w:pStyle w:val="Cachette"/>', run("Vu.", '<w:vanish w:val="false"/>')), ["Vu."]),
        (of("", run("Table", "<w:webHidden/>")), ["Table"]),
    ],
)
def test_hidden_text_is_no_source(lines, body, shown):
    assert lines(word(body, styles=STYLES), "a.docx") == shown


STRUCK = """
    <w:style w:type="character" w:styleId="Barre"><w:rPr><w:strike/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Abroge"><w:rPr><w:dstrike/></w:rPr></w:style>"""


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (of("", run("Délai : "), run("5", "<w:strike/>"), run(" 8 jours.")), ["Délai : 8 jours."]),
        (of("", run("Délai : "), run("5", "<w:dstrike/>"), run(" 8 jours.")), ["Délai : 8 jours."]),
        (of("", run("8 jours", '<w:strike w:val="0"/>')), ["8 jours"]),
        (of("", run("5 jours, ", '<w:rStyle w:val="Barre"/>'), run("8 jours")), ["8 jours"]),
        (paragraph("Article 3") + paragraph("Article 4", "Abroge"), ["Article 3"]),
    ],
)
def test_what_is_struck_through_is_no_source(lines, body, shown):
    assert lines(word(body, styles=STRUCK), "a.docx") == shown


def test_hidden_text_of_a_note_is_no_source(lines):
    body = '<w:p><w:r><w:t>Prix</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:footnote w:id="2"><w:p>{run("HT.")}{run(" Tu.", "<w:vanish/>")}</w:p></w:footnote>'
    assert lines(word(body, footnotes=note), "a.docx") == ["Prix[1]", "HT."]


def level(rank, pattern, kind="decimal", more=""):
    shown = f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/>{more}{shown}</w:lvl>'


NUMBERING = f"""
    <w:abstractNum w:abstractNumId="0">
      {level(0, "%1.")}{level(1, "%1.%2")}{level(2, "%3)", "lowerLetter")}</w:abstractNum>
    <w:abstractNum w:abstractNumId="1">{level(0, "Article %1 –", more='<w:pStyle w:val="Article"/>')}</w:abstractNum>
    <w:abstractNum w:abstractNumId="2">{level(0, "•", "bullet")}</w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
    <w:num w:numId="4"><w:abstractNumId w:val="0"/>
      <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"""


def item(text, number, rank=0):
    listed = f'<w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr>{run(text) if text else ''}</w:p>"


def test_the_numbers_that_word_counts_are_read(lines):
    body = "".join(
        [
            item("Remplir", 1),
            paragraph("Entre deux."),
            item("Signer", 1),
            item("par le chef", 1, 1),
            item("par le maire", 1, 1),
            item("sans chiffre", 1, 2),
            item("Envoyer", 1),
            item("au siège", 1, 1),
            item("Recopier", 4),
            item("Relire", 4),
            item("un point", 3),
            item("hors liste", 0),
            item("liste inconnue", 99),
        ]
    )
    assert lines(word(body, numbering=NUMBERING), "a.docx") == [
        "1. Remplir",
        "Entre deux.",
        "2. Signer",
        "2.1 par le chef",
        "2.2 par le maire",
        "sans chiffre",
        "3. Envoyer",
        "3.1 au siège",
        "5. Recopier",
        "6. Relire",
        "un point",
        "hors liste",
        "liste inconnue",
    ]


def test_an_empty_item_counts_and_is_not_read(lines):
    assert lines(word(item("", 1) + item("Signer", 1), numbering=NUMBERING), "a.docx") == ["2. Signer"]


def test_headings_are_numbered_by_their_style(told):
    styles = """<w:style w:type="paragraph" w:styleId="Article"><w:name w:val="heading 2"/>
      <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>"""
    body = paragraph("Durée", "Article") + paragraph("Un an.") + paragraph("Prix", "Article")
    assert told(word(body, styles=styles, numbering=NUMBERING), "a.docx") == [
        ("heading", 2, "Article 1 – Durée"),
        ("paragraph", 0, "Un an."),
        ("heading", 2, "Article 2 – Prix"),
    ]


def field(code, shown):
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText> {code} </w:instrText></w:r>{marks[1]}{run(shown)}{marks[2]}"


def section(*edges, more=""):
    shown = "".join(f'<w:{edge}Reference w:type="{kind}" r:id="r{edge}1"/>' for edge, kind in edges)
    return f"<w:sectPr>{shown}{more}</w:sectPr>"


BOTH = (("header", "default"), ("footer", "default"))


def test_headers_and_footers_follow_the_text_once_without_page_numbers(told):
    body = paragraph("Texte.") + section(*BOTH)
    header = paragraph("Mairie de Belval") + paragraph("Texte.") + of("", run("Tu.", "<w:vanish/>"))
    footer = (
        paragraph("Version 3 – réf. RH-2026-044")
        + paragraph("Mairie de Belval")
        + of("", run("Page "), field("PAGE", "1"), run(" sur "), field("NUMPAGES", "5"))
        + of("", run("Page "), field("PAGE", "1"), run(" — Guide des agents, édition 2026"))
        + f'<w:p><w:fldSimple w:instr=" PAGE ">{run("12")}</w:fldSimple></w:p>'
        + paragraph("12")
    )
    assert told(word(body, header1=header, footer1=footer), "a.docx") == [
        ("paragraph", 0, "Texte."),
        ("paragraph", 0, "Mairie de Belval"),
        ("paragraph", 0, "Version 3 – réf. RH-2026-044"),
        ("paragraph", 0, "Guide des agents, édition 2026"),
    ]


@pytest.mark.parametrize(
    ("kind", "more", "setting", "shown"),
    [
        ("first", "", "", False),
        ("first", "<w:titlePg/>", "", True),
        ("even", "", "", False),
        ("even", "", "<w:evenAndOddHeaders/>", True),
    ],
)
def test_a_header_that_no_page_shows_is_not_read(lines, kind, more, setting, shown):
    body = paragraph("Texte.") + section(("header", kind), more=more)
    found = lines(word(body, header1=paragraph("Ancien modèle"), settings=setting), "a.docx")
    assert found == ["Texte.", "Ancien modèle"][: 1 + shown]


def pictured(width, text="Reçu le 12/05/2026 – n° 4471"):
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    Image.new("L", (60, 80), 255).save(out, "PNG")
    out.seek(0)
    document.add_picture(out, width=Cm(width))
    return saved(document)


def test_a_page_that_is_only_a_picture_is_listed(read):
    reading = read(pictured(15), "a.docx")
    assert [block.text for block in reading.blocks] == ["Reçu le 12/05/2026 – n° 4471"]
    assert [item.code for item in reading.unread] == ["picture_not_read"]
    assert [item.code for item in read(pictured(15, ""), "a.docx").unread] == ["picture_not_read"]


@pytest.mark.parametrize(("width", "text"), [(3, "Note"), (15, "Le règlement tient en ces mots. " * 20)])
def test_a_logo_or_a_picture_beside_a_text_is_not(read, width, text):
    assert read(pictured(width, text), "a.docx").unread == ()


def test_charts_stand_as_tables_after_their_paragraph(lines, documents):
    """tests/data/documents/graphiques.docx was written by LibreOffice Writer."""
    assert lines((documents / "graphiques.docx").read_bytes(), "a.docx") == [
        "Effectifs",
        "Voir le graphique.",
        "Part du télétravail",
        "Lyon ; 2024 : 0,12 ; 2025 : 0,2",
        "Paris ; 2024 : 0,3",
        "Dépenses",
        "01/01/2025 ; Dépenses : 1200",
        "01/02/2025 ; Dépenses : 15000",
        "Ventes",
        "France – Nord ; Ventes : 1",
        "France – Sud ; Ventes : 2",
        "0,7 ; Mesures : 2,7",
        "1,8 ; Mesures : 3,2",
        "Après.",
    ]


def test_diagrams_stand_as_paragraphs_after_theirs(lines, documents):
    diagram = b"""<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><d:ptLst><d:pt><d:t>
        <a:p><a:r><a:t>Demande</a:t></a:r></a:p><a:p><a:r><a:t>Vi</a:t></a:r><a:r><a:t>sa</a:t></a:r></a:p>
        </d:t></d:pt></d:ptLst></d:dataModel>"""
    shown = {
        "word/charts/chart1.xml": diagram,
        "word/document.xml": lambda part: part.replace(b"<c:chart ", b"<c:relIds ", 1).replace(b"r:id=", b"r:dm=", 1),
    }
    data = rewritten((documents / "graphiques.docx").read_bytes(), shown)
    assert lines(data, "a.docx")[1:4] == ["Voir le graphique.", "Demande", "Visa"]


def test_equations_are_read_on_their_line_and_boxes_with_their_cross(lines):
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    root = "<m:rad><m:deg/><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad>"
    power = f"<m:sSup><m:e>{root}</m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    inline = f'<w:p><w:r><w:t xml:space="preserve">Taux : </w:t></w:r><m:oMath {math}>{power}</m:oMath></w:p>'
    display = f"<w:p><m:oMathPara {math}><m:oMath><m:r><m:t>x=42</m:t></m:r></m:oMath></m:oMathPara></w:p>"
    assert lines(word(inline + display), "a.docx") == ["Taux : √y^2", "x=42"]


def box(checked):
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    state = f'<w14:checkbox {w14}><w14:checked w14:val="{int(checked)}"/></w14:checkbox>'
    content = f"<w:sdtContent>{run('☒' if checked else '☐')}</w:sdtContent>"
    return f"<w:sdt><w:sdtPr>{state}</w:sdtPr>{content}</w:sdt>"


def test_boxes_keep_their_cross(lines):
    body = f"<w:p>{box(True)}{run(' Oui ')}{box(False)}{run(' Non')}</w:p>"
    assert lines(word(body), "a.docx") == ["☒ Oui ☐ Non"]
