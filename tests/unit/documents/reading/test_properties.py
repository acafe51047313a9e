"""Whatever is written in a file of any format is read, in order, and cut into passages that are stretches of it."""

import csv
import html
import io
import json
import re
from email.message import EmailMessage
from email.policy import SMTP
from itertools import pairwise

import docx
import openpyxl
import pptx
import pytest
import typst
from built import archive, outlook, saved
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.util import Inches
from test_texts import MINUTES

from assistai.documents.passages import split
from assistai.documents.reading import compose, read_document
from assistai.documents.reading.blocks import clean
from assistai.settings import load_settings
from assistai.testing import HashEmbedder

WORD = st.text(
    st.sampled_from("abcdefgéèàçœîÉÀABC0123456789&<>'’\"-%€«»()[]{}#*_~|\\/:;,!?\u00a0"), min_size=1, max_size=9
)
TEXT = st.lists(WORD, max_size=12).map(lambda words: clean(" ".join(["Texte", *words, "fin."])))
HEADING = st.lists(WORD, max_size=4).map(lambda words: clean(" ".join(["Titre", *words, "fin"])))
TABLE = st.integers(2, 4).flatmap(
    lambda width: st.tuples(
        st.lists(HEADING, min_size=width, max_size=width),
        st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=3),
    )
)
PROSE = st.tuples(st.just("heading"), st.integers(1, 4), HEADING) | st.tuples(st.just("paragraph"), TEXT)
PART = PROSE | st.tuples(st.just("item"), TEXT) | st.tuples(st.just("table"), TABLE)
CONTENT = st.lists(PART, min_size=1, max_size=6)
PARAGRAPHS = st.lists(TEXT, min_size=1, max_size=6)


def told(content):
    """Return what a reader is to say of content: (kind, level, text)."""
    for kind, *values in content:
        if kind == "heading":
            yield kind, *values
        elif kind == "table":
            names, rows = values[0]
            for row in rows:
                yield "row", 0, " ; ".join(f"{name} : {cell}" for name, cell in zip(names, row, strict=True))
        else:
            yield kind, 0, values[0]


def as_docx(content):
    document = docx.Document()
    for kind, *values in content:
        if kind == "heading":
            document.add_heading(values[1], values[0])
        elif kind == "table":
            names, rows = values[0]
            table = document.add_table(0, len(names))
            for texts in (names, *rows):
                for cell, text in zip(table.add_row().cells, texts, strict=True):
                    cell.text = text
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            document.add_paragraph()
        else:
            document.add_paragraph(values[0], style="List Bullet" if kind == "item" else None)
    return saved(document)


def as_html(content):
    pieces = []
    for kind, *values in content:
        if kind == "heading":
            pieces.append(f"<h{values[0]}>{html.escape(values[1])}</h{values[0]}>")
        elif kind == "table":
            names, rows = values[0]
            pieces.append("<table><tr>" + "".join(f"<th>{html.escape(name)}</th>" for name in names) + "</tr>")
            pieces += ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
            pieces.append("</table>")
        else:
            tag = "li" if kind == "item" else "p"
            pieces.append(f"<{tag}>{html.escape(values[0])}</{tag}>")
    return ("<!DOCTYPE html><meta charset=utf-8><body>" + "\n".join(pieces)).encode()


def as_markdown(content):
    def escaped(text):
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)

    pieces = []
    for kind, *values in content:
        if kind == "heading":
            pieces.append("#" * values[0] + " " + escaped(values[1]))
        elif kind == "table":
            names, rows = values[0]
            lines = [names, ["---"] * len(names), *rows]
            cells = [[text if number == 1 else escaped(text) for text in row] for number, row in enumerate(lines)]
            pieces.append("\n".join("| " + " | ".join(row) + " |" for row in cells))
        else:
            pieces.append(("- " if kind == "item" else "") + escaped(values[0]))
    return "\n\n".join(pieces).encode()


def as_pdf(content):
    pieces = ['#set page(width: 21cm, height: auto)\n#set text(lang: "fr", hyphenate: true)\n#set par(spacing: 2em)\n']
    for kind, *values in content:
        text = json.dumps(values[-1] if kind == "heading" else values[0], ensure_ascii=False)
        pieces.append(f"#heading(level: {values[0]}, {text})" if kind == "heading" else f"#par({text})")
    return typst.compile("\n\n".join(pieces).encode())


KEEP = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def limits(tmp_path_factory):
    return load_settings(data_dir=tmp_path_factory.mktemp("var"))


def passages_hold(reading):
    """Assert that passages are stretches of the text, in order, and hold every word below a heading."""
    text, placed = compose(reading.blocks)
    text.encode("utf-8")
    passages = split(text, placed, HashEmbedder().count_tokens, target=20)
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    covered = "".join("".join(passage.text.split()) for passage in passages)
    for item in placed:
        assert item.block.kind == "heading" or "".join(item.block.text.split()) in covered


def read_as_written(reading, content):
    assert [(block.kind, block.level, block.text) for block in reading.blocks] == list(told(content))
    passages_hold(reading)


@settings(max_examples=8, suppress_health_check=KEEP)
@given(content=CONTENT)
def test_docx(limits, content):
    read_as_written(read_document(as_docx(content), "a.docx", limits), content)


@settings(max_examples=25, suppress_health_check=KEEP)
@given(content=CONTENT)
def test_html_and_markdown(limits, content):
    read_as_written(read_document(as_html(content), "a.html", limits), content)
    read_as_written(read_document(as_markdown(content), "a.md", limits), content)


@settings(max_examples=25, suppress_health_check=KEEP)
@given(content=st.lists(PROSE, min_size=1, max_size=6))
def test_pdf(limits, content):
    reading = read_document(as_pdf(content), "a.pdf", limits)
    written = "".join(part[-1] for part in content)  # lines end after hyphens and other signs: these are left out
    assert re.sub(r"[\s-]", "", "".join(block.text for block in reading.blocks)) == re.sub(r"[\s-]", "", written)
    assert {block.page for block in reading.blocks} == {1}
    passages_hold(reading)


@settings(max_examples=40)
@given(
    rows=TABLE, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), delimiter=st.sampled_from(",;\t|")
)
def test_csv(limits, rows, encoding, delimiter):
    names, cells = rows
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([names, *cells])
    reading = read_document(out.getvalue().encode(encoding), "a.csv", limits)
    assert rows_read(reading.blocks, names, cells)
    passages_hold(reading)


@settings(max_examples=40)
@given(sheets=st.lists(TABLE, min_size=1, max_size=2))
def test_xlsx(limits, sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, (names, cells) in enumerate(sheets):
        sheet = workbook.create_sheet(f"Feuille {number}")
        for row in (names, *cells):
            sheet.append(row)
    reading = read_document(saved(workbook), "a.xlsx", limits)
    for number, (names, cells) in enumerate(sheets):
        rows = [block for block in reading.blocks if (block.place or "").startswith(f"Feuille {number}, ")]
        assert rows_read(rows, names, cells)
        assert [block.place for block in rows][-len(cells) :] == [
            f"Feuille {number}, {place}" for place in range(2, len(cells) + 2)
        ]
    passages_hold(reading)


def rows_read(blocks, names, cells):
    """Tell whether rows are read as they stand, or each cell after the name of its column."""
    read = [block.text for block in blocks]
    plain = [" ; ".join(row) for row in (names, *cells)]
    return read in (plain, [text for _, _, text in told([("table", (names, cells))])])


@settings(max_examples=20)
@given(slides=st.lists(st.tuples(HEADING, PARAGRAPHS, TEXT), min_size=1, max_size=3))
def test_pptx(limits, slides):
    presentation = pptx.Presentation()
    for title, items, note in slides:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text_frame.text = title
        box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(4))
        box.text_frame.text = "\n".join(items)
        slide.notes_slide.notes_text_frame.text = note
    reading = read_document(saved(presentation), "a.pptx", limits)
    assert [(block.kind, block.page, block.text) for block in reading.blocks] == [
        entry
        for page, (title, items, note) in enumerate(slides, 1)
        for entry in (("heading", page, title), *(("item", page, item) for item in items), ("paragraph", page, note))
    ]
    passages_hold(reading)


@settings(max_examples=40)
@given(
    paragraphs=PARAGRAPHS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_plain_text(limits, paragraphs, encoding, end):
    data = (end * 2).join(paragraphs).encode(encoding)
    reading = read_document(data, "a.txt", limits)
    assert [block.text for block in reading.blocks] == paragraphs
    passages_hold(reading)


@settings(max_examples=40)
@given(
    subject=HEADING,
    paragraphs=PARAGRAPHS,
    cte=st.sampled_from(["quoted-printable", "base64", "8bit"]),
    as_page=st.booleans(),
)
def test_eml(limits, subject, paragraphs, cte, as_page):
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    if as_page:
        page = "".join(f"<p>{html.escape(text)}</p>\n" for text in paragraphs)
        message.set_content(page, subtype="html", cte=cte)
    else:
        message.set_content("\n\n".join(paragraphs), cte=cte)
    reading = read_document(message.as_bytes(), "a.eml", limits)
    assert [block.text for block in reading.blocks] == [subject, *paragraphs]
    passages_hold(reading)


@settings(max_examples=40)
@given(subject=HEADING, paragraphs=PARAGRAPHS, data=st.binary(min_size=1, max_size=9000))
def test_msg(limits, subject, paragraphs, data):
    content = outlook(subject, "\r\n\r\n".join(paragraphs), attachments=[("a.bin", data)])
    reading = read_document(content, "a.msg", limits)
    assert [block.text for block in reading.blocks] == [subject, *paragraphs]
    assert [part.data for part in reading.parts] == [data]
    passages_hold(reading)


@settings(max_examples=40)
@given(members=st.dictionaries(st.text("abcé/ ", min_size=1).map(lambda name: f"d{name}.txt"), st.binary(max_size=300)))
def test_zip(limits, members):
    members = {"premier.txt": b"x", **members}
    reading = read_document(archive(members), "a.zip", limits)
    assert [part.data for part in reading.parts] == list(members.values())
    assert [part.name for part in reading.parts] == [clean(name) for name in members]


@settings(max_examples=40)
@given(texts=PARAGRAPHS)
def test_minutes(limits, texts):
    lines = [{"text": text, "evidence": []} for text in texts]
    minutes = {**MINUTES, "topics": [{"title": "Sujet", "summary": lines}]}
    reading = read_document(json.dumps(minutes).encode(), "a.json", limits)
    assert [block.text for block in reading.blocks if block.kind == "paragraph"] == texts
    passages_hold(reading)
