"""First rows of Word tables that name the columns by their style, their shade or their letters."""

import docx
import pytest
from built import paragraph, saved, word

STEPS = [("Étape", "Qui"), ("Saisie", "Agent"), ("Validation", "Chef de service")]
NAMED = ["Étape : Saisie ; Qui : Agent", "Étape : Validation ; Qui : Chef de service"]
UNNAMED = ["Étape ; Qui", "Saisie ; Agent", "Validation ; Chef de service"]
STYLES = """
    <w:style w:type="table" w:styleId="Liste"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>
    </w:style>
    <w:style w:type="table" w:styleId="Grille"><w:tblPr/></w:style>
    <w:style w:type="table" w:styleId="Copie"><w:basedOn w:val="Liste"/></w:style>
    <w:style w:type="paragraph" w:styleId="Titres"><w:rPr><w:b/></w:rPr></w:style>"""


def table(style, look, rows=STEPS, cell="", names=""):
    """Return the XML of a table; `cell` are properties of the first row, `names` the style of its words."""
    written = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr>{'' if number else cell}</w:tcPr>{paragraph(text, '' if number else names)}</w:tc>"
            for text in row
        )
        + "</w:tr>"
        for number, row in enumerate(rows)
    )
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblLook {look}/></w:tblPr>{written}</w:tbl>'


@pytest.mark.parametrize(
    ("style", "look", "expected"),
    [
        ("Liste", 'w:firstRow="1"', NAMED),
        ("Copie", 'w:val="04A0" w:firstRow="1"', NAMED),
        ("Liste", 'w:val="04A0"', NAMED),
        ("Liste", 'w:val="0480" w:firstRow="0"', UNNAMED),
        ("Liste", 'w:val="0480"', UNNAMED),
        ("Grille", 'w:val="04A0" w:firstRow="1"', UNNAMED),
        ("", "", UNNAMED),
    ],
)
def test_a_style_sets_the_first_row_apart(lines, style, look, expected):
    assert lines(word(table(style, look), styles=STYLES), "a.docx") == expected


@pytest.mark.parametrize(
    ("cell", "names", "expected"),
    [
        ('<w:shd w:val="clear" w:fill="D9D9D9"/>', "", NAMED),
        ('<w:shd w:val="clear" w:fill="auto"/>', "", UNNAMED),
        ("", "Titres", NAMED),
    ],
)
def test_a_shade_or_bold_letters_set_the_first_row_apart(lines, cell, names, expected):
    assert lines(word(table("Grille", "", cell=cell, names=names), styles=STYLES), "a.docx") == expected


def test_shaded_boxes_of_terms_stay_as_they_are(lines):
    shade = '<w:shd w:val="clear" w:fill="D9D9D9"/>'
    rows = [("Directeur", "M. Durand"), ("Adjointe", "Mme Petit")]
    body = table("Grille", "", rows, shade).replace("<w:tcPr></w:tcPr>", f"<w:tcPr>{shade}</w:tcPr>")
    assert lines(word(body, styles=STYLES), "a.docx") == ["Directeur ; M. Durand", "Adjointe ; Mme Petit"]


def test_the_styles_of_word_itself(lines):
    document = docx.Document()
    for style in ("Light List Accent 1", "Table Grid"):
        grid = document.add_table(0, 2, style=style)
        for row in STEPS:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("—")
    assert lines(saved(document), "a.docx") == [*NAMED, "—", *UNNAMED, "—"]
