"""Files cut short or with bits turned: they are read as far as they can be, or refused with an error of assistai's."""

import functools
import io
import json
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import openpyxl
import pptx
import pytest
import typst
from built import archive, outlook, paragraph, pdf, rewritten, saved, word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_texts import MINUTES

from assistai.documents.reading import Reading, compose, read_document
from assistai.errors import AssistAIError
from assistai.settings import load_settings


def document():
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Nom", "Prix"))
    merged = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>{paragraph("x")}</w:tc>'
    note = '<w:p><w:r><w:t>Texte</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    listed = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    body = f"{paragraph('Règlement', 'Heading1')}{note}{listed}<w:tbl><w:tr>{cells}</w:tr><w:tr>{merged}</w:tr></w:tbl>"
    return word(body, footnotes=f'<w:footnote w:id="2">{paragraph("Note")}</w:footnote>')


def workbook():
    made = openpyxl.Workbook()
    for row in (["Nom", "Prix", "Date"], ["Café", 2.5, datetime(2026, 3, 2)], ["Thé", 2, None]):
        made.active.append(row)
    made.active.merge_cells("A2:A3")
    return saved(made)


def presentation():
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text_frame.text = "Accueil"
    slide.notes_slide.notes_text_frame.text = "Note"
    return saved(made)


def mail():
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "Été", "Zoé <z@x.example>", "Mon, 20 Apr 2026 10:36:41 +0200"
    message.set_content("Bonjour à tous")
    message.add_alternative("<p>Bonjour <b>à</b> tous</p>", subtype="html")
    message.add_attachment("a;b\n", filename="Été.csv")
    message.add_attachment(message_in_a_message())
    return message.as_bytes()


def message_in_a_message():
    message = EmailMessage()
    message["Subject"] = "Dedans"
    message.set_content("Corps")
    return message


def message():
    inner = outlook("Dedans", "Corps", inner=True)
    people = [("Luc", "luc@x.example", 1)]
    sent = datetime(2026, 3, 2, tzinfo=UTC)
    return outlook("Objet", "Bonjour", b"<p>x</p>", ("Zoé", "z@x"), people, sent, [("a.txt", b"x" * 5000), inner])


FILES = {
    "a.pdf": lambda: typst.compile(b"= Titre\nTexte de la page.\n#table(columns: 2, [a], [b], [c], [d])"),
    "simple.pdf": lambda: pdf([(50, 700, 12, "Bonjour")]),
    "a.docx": document,
    "a.xlsx": workbook,
    "a.pptx": presentation,
    "a.zip": lambda: archive({"a.txt": b"Bonjour", "b/c.txt": b"x" * 500}),
    "a.eml": mail,
    "a.msg": message,
    "a.html": lambda: "<html><h1>É</h1><table><tr><th>a<th>b<tr><td>1<td rowspan=2>2</table><ul><li>x".encode(),
    "a.md": lambda: "# É\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n\n<!-- y -->".encode(),
    "a.csv": lambda: 'Nom;Prix\n"Café ""noir""";2,5\nThé;2\n'.encode("cp1252"),
    "a.txt": lambda: "Article 1\nÉté.\n\n- un\n- deux\n".encode("utf-16"),
    "a.json": lambda: json.dumps(MINUTES).encode(),
}
FILES = {name: functools.cache(make) for name, make in FILES.items()}


@pytest.fixture(scope="module")
def limits(tmp_path_factory):
    return load_settings(data_dir=tmp_path_factory.mktemp("var"), ocr=False, max_unpacked_megabytes=20)


def survives(data, name, limits):
    """Read a file; what can be read has places and can be kept, all else is an error with a message."""
    reading, messages = Reading(""), ["read"]
    try:
        reading = read_document(data, name, limits)
    except AssistAIError as error:
        messages = [error.message("fr"), error.message("en")]
    assert all(messages)
    text, placed = compose(reading.blocks)
    text.encode("utf-8")
    "".join(part.name for part in reading.parts).encode("utf-8")
    assert all(text[item.start : item.end] == item.block.text for item in placed)


DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=12)


def damaged(data, flips, cut):
    """Return bytes with some turned, and the end cut off."""
    changed = bytearray(data)
    for place, mask in flips:
        changed[int(place * len(changed))] ^= mask
    return bytes(changed[: max(1, int(cut * len(changed)))])


CUT = st.sampled_from([1.0, 1.0, 1.0]) | st.floats(0.01, 1)
MANY = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", FILES)
@MANY
@given(flips=DAMAGE, cut=CUT)
def test_damaged_files(limits, name, flips, cut):
    survives(damaged(FILES[name](), flips, cut), name, limits)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
@MANY
@given(flips=DAMAGE, cut=CUT, which=st.floats(0, 1, exclude_max=True))
def test_damaged_parts_of_sound_packages(limits, name, flips, cut, which):
    package = FILES[name]()
    names = [part for part in zipfile.ZipFile(io.BytesIO(package)).namelist() if part.endswith((".xml", ".rels"))]
    part = names[int(which * len(names))]
    survives(rewritten(package, {part: lambda data: damaged(data, flips, cut)}), name, limits)


TOKENS = st.sampled_from(
    [b"-1", b"99999999999999999999", b"NaN", b"", b"x", b"A0", b"ZZZZZZ9", b"0x1F", "é".encode(), b"\x01", b"1e400"]
)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
@MANY
@given(data=st.data())
def test_absurd_values_in_sound_packages(limits, name, data):
    package = FILES[name]()
    names = [part for part in zipfile.ZipFile(io.BytesIO(package)).namelist() if part.endswith((".xml", ".rels"))]
    part = data.draw(st.sampled_from(names))
    token = data.draw(TOKENS)
    which = data.draw(st.integers(0, 400))

    def absurd(content):
        pieces = content.split(b'"')
        values = range(1, len(pieces), 2)
        if values:
            pieces[values[which % len(values)]] = token
        return b'"'.join(pieces)

    survives(rewritten(package, {part: absurd}), name, limits)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_packages_without_one_of_their_parts(limits, name):
    package = FILES[name]()
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        members = {part: source.read(part) for part in source.namelist()}
    for part in members:
        survives(archive({other: data for other, data in members.items() if other != part}), name, limits)


@MANY
@given(data=st.binary(max_size=400), name=st.sampled_from(sorted(FILES)))
def test_bytes_of_any_kind(limits, data, name):
    survives(data, name, limits)


STARTS = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"<html>", b"{", b"From: ", b"\xff\xfe"]


@MANY
@given(start=st.sampled_from(STARTS), data=st.binary(max_size=1500), name=st.sampled_from(sorted(FILES)))
def test_a_true_start_and_nothing_after(limits, start, data, name):
    survives(start + data, name, limits)
