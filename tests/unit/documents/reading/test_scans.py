"""Scanned pages, with Tesseract and without it."""

import io
import shutil

import pypdfium2 as pdfium
import pytest
import typst
from built import pdf

from assistai.documents.reading import ocr
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
    ocr.languages.cache_clear()
    yield
    ocr.languages.cache_clear()


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
    monkeypatch.setattr("pytesseract.image_to_string", lambda *_, **__: pytest.fail("asked"))
    assert told(read(scan, "a.pdf", ocr=False))[1] == [("page_needs_ocr", 2)]


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

    monkeypatch.setattr("pytesseract.image_to_string", fail)
    assert told(read(scan, "a.pdf"))[1] == [(code, 2)]


@needs_tesseract
def test_a_page_without_words_is_said_to_have_none(read):
    reading = read(pdf([(50, 700, 12, "Première page, avec du texte")], picture_of_noise()), "a.pdf")
    assert [(item.code, item.page) for item in reading.unread] == [("page_without_words", 2)]


@needs_tesseract
def test_words_cut_at_the_end_of_a_line_are_whole(read, monkeypatch, scan):
    monkeypatch.setattr("pytesseract.image_to_string", lambda *_, **__: "Une administra-\ntion\n\nci-\ndessous\n")
    assert [text for page, text in told(read(scan, "a.pdf"))[0] if page == 2] == ["Une administration", "ci-dessous"]
