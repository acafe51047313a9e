"""Scanned pages, with Tesseract and without it."""

import io
import shutil

import pypdfium2 as pdfium
import pytest
import typst
from built import pdf

from assistai.documents.reading import ocr
from assistai.documents.reading.page_images import page_image
from assistai.i18n import translate

TEXT = "Le télétravail est ouvert aux salariés. Deux jours par semaine, l'après-midi compris. The badge is personal."


@pytest.fixture(scope="session")
def scan():
    """A page of a typeset text, kept only as a picture, between two pages of text."""
    setup = '#set page(width: 14cm, height: 8cm)\n#set text(lang: "fr", size: 14pt, hyphenate: false)\n'
    page = pdfium.PdfDocument(typst.compile((setup + TEXT).encode()))[0].render(scale=4).to_pil().convert("L")
    out = io.BytesIO()
    page.save(out, "PDF", resolution=288)
    target = pdfium.PdfDocument(pdf([(50, 700, 12, "Première page, avec du texte")]))
    for source in (out.getvalue(), pdf([(50, 700, 12, "Troisième page, avec du texte")])):
        target.import_pages(pdfium.PdfDocument(source))
    saved = io.BytesIO()
    target.save(saved)
    return saved.getvalue()


@pytest.fixture
def without_tesseract(monkeypatch):
    monkeypatch.setenv("PATH", "")
    ocr.installed.cache_clear()
    yield
    ocr.installed.cache_clear()


def told(reading):
    return [(block.page, block.text) for block in reading.blocks], [(item.code, item.page) for item in reading.unread]


def test_without_tesseract_the_page_is_listed_with_what_to_do(read, scan, without_tesseract):
    blocks, unread = told(read(scan, "a.pdf"))
    assert blocks == [(1, "Première page, avec du texte"), (3, "Troisième page, avec du texte")]
    assert unread == [("page_needs_ocr", 2)]
    assert "tesseract" in translate("notices.page_needs_ocr", "fr")


def test_a_scan_alone_is_a_document_not_an_error(read, without_tesseract):
    reading = read(pdf(picture_of_noise()), "a.pdf")
    assert (reading.blocks, [item.page for item in reading.unread]) == ((), [1])


def test_where_reading_scans_is_switched_off_tesseract_is_not_asked(read, scan, monkeypatch):
    monkeypatch.setattr("pytesseract.image_to_data", lambda *_, **__: pytest.fail("asked"))
    assert told(read(scan, "a.pdf", ocr=False))[1] == [("page_ocr_off", 2)]
    assert "ASSISTAI_OCR" in translate("notices.page_ocr_off", "fr")


def picture_of_noise():
    """Return page content that draws a small picture without words."""
    return b"q 400 0 0 400 50 300 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q"


def outlines():
    """Return page content that draws letters as curves: many short lines."""
    strokes = b"".join(b"%d %d m %d %d l " % (x, 700, x + 3, 712) for x in range(50, 500, 4))
    return b"1 w " + strokes + b"S"


def test_text_drawn_as_curves_is_a_scan_too(read, without_tesseract):
    reading = read(pdf([(50, 700, 12, "Première page, avec du texte")], outlines()), "a.pdf")
    assert [(item.code, item.page) for item in reading.unread] == [("page_needs_ocr", 2)]


needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")


@needs_tesseract
def test_french_and_english_are_read_in_place(read, scan):
    reading = read(scan, "a.pdf")
    blocks, unread = told(reading)
    assert unread == []
    assert ocr.languages() == "fra+eng"
    assert [page for page, _ in blocks] == sorted(page for page, _ in blocks)
    read_words = " ".join(text for page, text in blocks if page == 2).replace("’", "'")
    assert read_words == TEXT


@needs_tesseract
@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (RuntimeError("Tesseract process timeout"), "page_ocr_too_long"),
        (RuntimeError("broken"), "page_ocr_failed"),
        (FileNotFoundError("gone"), "page_ocr_failed"),
    ],
)
def test_what_tesseract_cannot_do_is_said_of_the_page(read, scan, monkeypatch, failure, code):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr("pytesseract.image_to_data", fail)
    assert told(read(scan, "a.pdf"))[1] == [(code, 2)]


@needs_tesseract
def test_a_page_without_words_is_said_to_have_none(read):
    reading = read(pdf([(50, 700, 12, "Première page, avec du texte")], picture_of_noise()), "a.pdf")
    assert [(item.code, item.page) for item in reading.unread] == [("page_without_words", 2)]


def recognised(*paragraphs, sure=90):
    """Return what Tesseract tells of paragraphs of lines."""
    words = [
        (number, line, word)
        for number, lines in enumerate(paragraphs)
        for line, text in enumerate(lines)
        for word in ("", *text.split())
    ]
    return {
        "block_num": [1] * len(words),
        "par_num": [number for number, _, _ in words],
        "line_num": [line for _, line, _ in words],
        "text": [word for *_, word in words],
        "conf": [sure if word else -1 for *_, word in words],
    }


@needs_tesseract
def test_words_cut_at_the_end_of_a_line_are_whole(read, monkeypatch, scan):
    found = recognised(["Une administra-", "tion"], ["ci-", "dessous"])
    monkeypatch.setattr("pytesseract.image_to_data", lambda *_, **__: found)
    assert [text for page, text in told(read(scan, "a.pdf"))[0] if page == 2] == ["Une administration", "ci-dessous"]


@needs_tesseract
def test_what_tesseract_is_not_sure_of_is_no_text(read, monkeypatch, scan):
    found = recognised(["unof Jed ja juejus Jed soins"], sure=55)
    monkeypatch.setattr("pytesseract.image_to_data", lambda *_, **__: found)
    blocks, unread = told(read(scan, "a.pdf"))
    assert ([page for page, _ in blocks], unread) == ([1, 3], [("page_badly_read", 2)])


def page_picture(*lines, turn=0):
    """Return the picture of an A4 page with a few typeset lines, turned by some quarters."""
    setup = '#set page(paper: "a4")\n#set text(size: 16pt, hyphenate: false)\n'
    page = pdfium.PdfDocument(typst.compile((setup + "\n\n".join(lines)).encode()))[0]
    return page.render(scale=3).to_pil().convert("L").rotate(90 * turn, expand=True)


def stamped(picture, *text, part=1.0, as_form=False):
    """Return a PDF page that a picture covers in part, with lines of text typed upon it, or in a form upon it."""
    return scanned(picture, [(40, 820 - 14 * number, 10, line) for number, line in enumerate(text)], part, as_form)


def scanned(picture, content, part=1.0, as_form=False):
    typed = pdfium.PdfDocument(pdf(content))
    document = pdfium.PdfDocument(pdf([])) if as_form else typed
    jpeg = io.BytesIO()
    picture.convert("RGB").save(jpeg, "JPEG")
    image = pdfium.PdfImage.new(document)
    image.load_jpeg(jpeg)
    image.set_matrix(pdfium.PdfMatrix().scale(595, 842 * part))
    page = document[0]
    page.insert_obj(image)
    if as_form:
        page.insert_obj(typed.page_as_xobject(0, document).as_pageobject())
    page.gen_content()
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


LINES = ("La redevance est de 245 euros par an.", "Elle est payée en mairie au mois de mai.")
STAMP = "Reçu le 12/05/2026 - n° 4471"


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_page_that_lies_on_its_side_is_read(read, turn):
    blocks, unread = told(read(stamped(page_picture(*LINES, turn=turn)), "a.pdf"))
    assert (" ".join(text for _, text in blocks), unread) == (" ".join(LINES), [])


@needs_tesseract
@pytest.mark.parametrize("as_form", [False, True])
def test_a_stamp_on_a_scan_is_read_once_and_so_is_the_scan(read, as_form):
    blocks, unread = told(read(stamped(page_picture(*LINES), STAMP, as_form=as_form), "a.pdf"))
    assert (" ".join(text for _, text in blocks), unread) == (" ".join([STAMP, *LINES]), [])


def test_a_scan_with_a_stamp_is_listed_without_tesseract(read, without_tesseract):
    blocks, unread = told(read(stamped(page_picture(*LINES), STAMP), "a.pdf"))
    assert (blocks, unread) == ([(1, STAMP)], [("page_needs_ocr", 1)])


@pytest.mark.parametrize(("text", "part"), [([STAMP], 0.3), ([STAMP] * 10, 1.0)])
def test_a_picture_in_a_text_is_no_scan(read, without_tesseract, text, part):
    assert read(stamped(page_picture(*LINES), *text, part=part), "a.pdf").unread == ()


@needs_tesseract
def test_an_empty_scanned_page_misses_nothing(read):
    data = stamped(page_picture(""), "Un mot")
    assert told(read(data, "a.pdf")) == ([(1, "Un mot")], [])


def test_a_scan_that_was_read_before_is_not_read_again(read, monkeypatch):
    monkeypatch.setattr("pytesseract.image_to_data", lambda *_, **__: pytest.fail("asked"))
    layer = b"BT 3 Tr /F1 16 Tf 60 700 Td (La redevance est de 245 euros par an.) Tj ET"
    assert told(read(scanned(page_picture(*LINES), layer), "a.pdf")) == ([(1, LINES[0])], [])


@needs_tesseract
@pytest.mark.parametrize(
    ("quote", "marked"), [("Deux jours par semaine, l'après-midi compris.", True), ("Rien de tel ici.", False)]
)
def test_a_quote_from_a_scan_is_marked_on_its_page(scan, quote, marked):
    assert page_image(scan, 2, quote).marked is marked


def test_without_tesseract_a_scan_is_shown_unmarked(scan, without_tesseract):
    assert not page_image(scan, 2, "Deux jours par semaine").marked
