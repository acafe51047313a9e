"""Files made to do harm: entities, macros, endless nesting, endless lines."""

import contextlib
import time
from datetime import UTC, datetime
from email.message import EmailMessage

import openpyxl
import pptx
import pytest
from built import archive, outlook, paragraph, pdf, rewritten, saved, word

from assistai.errors import AssistAIError, LimitExceeded, UnreadableInput


def presentation():
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text_frame.text = "Accueil"
    return saved(made)


def workbook():
    made = openpyxl.Workbook()
    made.active.append(["Nom"])
    return saved(made)


GROWING = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha">{GROWING}]>'.encode()
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


@pytest.mark.parametrize("entities", [LAUGHS, EXTERNAL, REMOTE], ids=["laughs", "external", "remote"])
@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda: word(paragraph("x")), "word/document.xml"),
        (lambda: word(paragraph("x")), "[Content_Types].xml"),
        (lambda: word(paragraph("x")), "word/_rels/document.xml.rels"),
        (workbook, "xl/worksheets/sheet1.xml"),
        (workbook, "xl/workbook.xml"),
        (presentation, "ppt/slides/slide1.xml"),
        (presentation, "ppt/presentation.xml"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part(read, make, part, entities, encoding):
    def declare(content):
        body = content.split(b"?>", 1)[-1]
        return (entities + body).decode().encode(encoding)

    with pytest.raises(UnreadableInput) as caught:
        read(rewritten(make(), {part: declare}), "a.docx")
    assert caught.value.code == "xml_entities"


def test_entities_are_refused_in_parts_of_any_name(read):
    moved = rewritten(word(paragraph("x")), {"word/hidden.dat": LAUGHS + b"<w>&j;</w>"})
    with pytest.raises(UnreadableInput) as caught:
        read(moved, "a.docx")
    assert caught.value.code == "xml_entities"


def test_words_about_entities_and_pictures_that_declare_them_are_read(lines):
    sound = rewritten(word(paragraph("<!DOCTYPE x>")), {"word/media/a.svg": b"<!DOCTYPE svg><svg/>"})
    assert lines(sound, "a.docx") == ["<!DOCTYPE x>"]


@pytest.mark.parametrize(("make", "name"), [(lambda: word(paragraph("Texte")), "a.docm"), (workbook, "a.xlsm")])
def test_macros_are_neither_run_nor_read(read, make, name):
    folder = "word" if name == "a.docm" else "xl"
    reading = read(rewritten(make(), {f"{folder}/vbaProject.bin": b'Sub AutoOpen() : Shell "calc"'}), name)
    assert [block.text for block in reading.blocks][-1] in ("Texte", "Nom")
    assert "Shell" not in str(reading)


@pytest.mark.parametrize("text", ["=CMD|'/c calc'!A1", "@SUM(1)", "+33 4 65 71", "-2", '=HYPERLINK("http://x")'])
def test_formulas_are_text_as_it_stands(lines, text):
    """Nothing here is run, and evidence is verbatim: whoever exports a table makes the text harmless there."""
    made = openpyxl.Workbook()
    made.active["A1"].value = text
    made.active["A1"].data_type = "s"
    assert lines(saved(made), "a.xlsx")[1:] == [text]
    assert lines(f'a;"{text.replace(chr(34), chr(34) * 2)}"\n'.encode(), "a.csv") == [f"a ; {text}"]


def seconds(read, data, name):
    before = time.process_time()
    with contextlib.suppress(AssistAIError):
        read(data, name)
    return time.process_time() - before


def mails_in_mails(depth):
    data = b"Subject: x\n\nfin\n"
    for number in range(depth):
        mark = b"b%d" % number
        data = b"Content-Type: multipart/mixed; boundary=%s\n\n--%s\n%s\n--%s--\n" % (mark, mark, data, mark)
    return b"Subject: x\n" + data


def rows_of_a_workbook(rows, merged=b""):
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Nom</t></is></c></row>' % (row, row) for row in range(1, rows)
    )
    sheet = b"<sheetData>%s</sheetData><mergeCells>%s</mergeCells></worksheet>" % (cells, merged)
    return rewritten(workbook(), {"xl/worksheets/sheet1.xml": lambda part: part.split(b"<sheetData")[0] + sheet})


LONG = {
    "page of nested divisions": (lambda n: b"<div>" * n + b"x", "a.html"),
    "page of nested lists": (lambda n: b"<ul><li>x" * n, "a.html"),
    "page of nested tables": (lambda n: b"<table><tr><td>x<td>" * n, "a.html"),
    "page of nested links": (lambda n: b"<a href=x><b>" * n + b"x", "a.html"),
    "page of one line": (lambda n: b"<p>" + b"mot " * (8 * n), "a.html"),
    "page of cells over all rows": (
        lambda n: b"<table>" + b"<tr>" + b"<td rowspan=60000>x" * 100 + b"<tr>" * n,
        "a.html",
    ),
    "page of comments not closed": (lambda n: b"<!-- " * n, "a.html"),
    "brackets": (lambda n: b"[" * n, "a.md"),
    "stars": (lambda n: b"*a_ " * n, "a.md"),
    "quotation marks of Markdown": (lambda n: b"> " * n + b"x", "a.md"),
    "text of one line": (lambda n: b"M. X. " * (4 * n), "a.txt"),
    "text of short lines": (lambda n: b"a\n" * (8 * n), "a.txt"),
    "text of spaces": (lambda n: b"a\n" + b" " * (20 * n) + b"\nb", "a.txt"),
    "text of one long table": (lambda n: b"a     b     c\n" * n, "a.txt"),
    "text of cells beyond any table": (lambda n: b"a   " * n + b"\n" + b"a   b\n" * n, "a.txt"),
    "text of tabulations": (lambda n: b"a\t" * n + b"\n" + b"a\tb\n" * n, "a.txt"),
    "text of tables that end at once": (lambda n: b"a   b\n a  b   c\n" * n, "a.txt"),
    "text of rules": (lambda n: b"-" * (4 * n) + b"x\n" + b"----\n" * n, "a.txt"),
    "text of dots": (lambda n: b"a .... b\n" * n + b". " * n, "a.txt"),
    "numbers of articles": (lambda n: b"1.1.1.1.1 " * n, "a.txt"),
    "table of one line": (lambda n: b"a;b,c\t" * n, "a.csv"),
    "table of quotes": (lambda n: b"\"a;b,'" * n, "a.csv"),
    "table without end": (lambda n: b'"' + b"a\n" * n, "a.csv"),
    "subject of encoded words": (lambda n: b"Subject: " + b"=?utf-8?q?a?= " * n + b"\n\nx", "a.eml"),
    "head of recipients": (lambda n: b"To: " + b"a@x.example, " * n + b"\n\nx", "a.eml"),
    "head of comments": (lambda n: b"From: " + b"(" * n + b"\n\nx", "a.eml"),
    "head of many lines": (lambda n: b"X-A: b\n" * n + b"\nx", "a.eml"),
    "parts in parts": (lambda n: mails_in_mails(n // 200), "a.eml"),
    "name in pieces": (
        lambda n: (
            b"Subject: x\nContent-Disposition: attachment; "
            + b";".join(b"filename*%d=a" % number for number in range(n // 10))
            + b"\n\nx"
        ),
        "a.eml",
    ),
    "brackets of JSON": (lambda n: b'{"schema": "assistai.minutes/1", "title": ' + b"[" * n, "a.json"),
    "page of a PDF with many words": (
        lambda n: pdf([(50, 800 - number % 700, 8, "mot " * 20) for number in range(n // 20)]),
        "a.pdf",
    ),
    "Word tables in tables": (
        lambda n: word("<w:tbl><w:tr><w:tc>" * (n // 40) + paragraph("x") + "</w:tc></w:tr></w:tbl>" * (n // 40)),
        "a.docx",
    ),
    "Word paragraphs": (lambda n: word(paragraph("Trente jours.") * (n // 10)), "a.docx"),
    "Word text of one paragraph": (lambda n: word(paragraph("mot " * n)), "a.docx"),
    "rows of a workbook": (lambda n: rows_of_a_workbook(n // 10), "a.xlsx"),
    "cells merged over each other": (
        lambda n: rows_of_a_workbook(n // 20, b'<mergeCell ref="A1:A1048576"/>' * n),
        "a.xlsx",
    ),
    "merges that never end": (lambda n: rows_of_a_workbook(9, b"<mergeCell x" * n), "a.xlsx"),
    "Outlook body of one line": (lambda n: outlook("x", "mot " * (4 * n)), "a.msg"),
    "names of folders": (lambda n: archive({"a/" * 100 + f"{number}.txt": b"x" for number in range(n // 10)}), "a.zip"),
}


@pytest.mark.parametrize("kind", LONG)
def test_time_grows_with_length_not_with_its_square(read, kind):
    make, name = LONG[kind]
    short, long = make(2_000), make(16_000)
    quick = min(seconds(read, short, name) for _ in range(2))
    assert seconds(read, long, name) < max(1.0, 30 * quick)


def messages_in_messages(depth):
    inner = outlook("x", "fin", inner=True)
    for _ in range(depth):
        inner = outlook("x", "Corps", attachments=[inner], inner=True)
    return outlook("x", "Corps", attachments=[inner])


@pytest.mark.parametrize(("make", "name"), [(mails_in_mails, "a.eml"), (messages_in_messages, "a.msg")])
def test_mails_within_mails_are_read_to_a_depth_that_people_reach(read, make, name):
    assert read(make(5), name).title == "x"
    for depth in (60, 200):
        with pytest.raises(UnreadableInput) as caught:
            read(make(depth), name)
        assert caught.value.code == "mail_broken"


def test_an_entry_that_unpacks_to_more_than_the_limit_is_refused(read):
    with pytest.raises(LimitExceeded) as caught:
        read(word(paragraph("x" * 3_000_000)), "a.docx", max_unpacked_megabytes=1)
    assert caught.value.code == "package_too_large"


def test_a_date_beyond_the_calendar_is_left_out(read):
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("Corps")
    data = b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n" + message.as_bytes()
    assert [block.text for block in read(data, "a.eml").blocks][-1] == "Corps"
    sent = datetime(2026, 1, 1, tzinfo=UTC)
    ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    sound = outlook("x", "Corps", sent=sent)
    absurd = sound.replace(ticks.to_bytes(8, "little"), b"\xff" * 8)
    assert absurd != sound
    assert [block.text for block in read(absurd, "a.msg").blocks] == ["x", "Corps"]
