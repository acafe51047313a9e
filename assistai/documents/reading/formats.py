"""Which reader reads a file."""

from __future__ import annotations

from pathlib import PurePath

from assistai.documents.reading.blocks import Reading
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.files.packages import Limits, is_zip, open_package
from assistai.settings import Settings

EXTENSIONS = (
    ".pdf .docx .docm .pptx .pptm .xlsx .xlsm .csv .tsv .html .htm .md .markdown .txt .eml .msg .zip .json".split()
)
"""The file name endings that are read from a folder, in lower case."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_TEXTS = frozenset(".txt .md .markdown .html .htm .csv .tsv .eml .json".split())
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


def read_document(data: bytes, name: str, settings: Settings) -> Reading:
    """Return what is in a file called `name`: blocks of text in order, pages not read and why, files inside it.

    The same bytes and name give the same reading. Macros and formulas are never run. Raises UnreadableInput where
    there is nothing that can be read, LimitExceeded where a limit of the settings is passed.
    """
    megabytes = settings.max_document_megabytes
    if len(data) > megabytes * 1_000_000:
        raise LimitExceeded("document_too_large", name=name, size=round(len(data) / 1e6), limit=megabytes)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableInput("document_empty", name=name)
    reading = _read(data, name, settings)
    if not any(block.text.strip() for block in reading.blocks) and not reading.parts and not reading.unread:
        raise UnreadableInput("document_without_text", name=name)
    return reading


def _read(data: bytes, name: str, settings: Settings) -> Reading:
    from assistai.documents.reading import html, mail, minutes, pdf, plaintext, spreadsheet

    limits = Limits(unpacked=settings.max_unpacked_megabytes * 1_000_000)
    ending = PurePath(name).suffix.lower()
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if is_zip(data):
        return _package(data, name, limits)
    if data.startswith(_OLE):
        if _OUTLOOK in data:
            return mail.read_msg(data, name, settings.timezone)
        raise UnreadableInput("document_protected" if _ENCRYPTED in data else "document_legacy_office", name=name)
    if start.startswith(b"%PDF-") or (b"%PDF-" in start and ending not in _TEXTS):
        return pdf.read_pdf(
            data,
            name,
            max_pages=settings.max_document_pages,
            max_seconds=settings.max_document_seconds,
            ocr=settings.ocr,
        )
    if data.startswith(b"{\\rtf"):
        raise UnreadableInput("document_rtf", name=name)
    if data.startswith(_PICTURES):
        raise UnreadableInput("document_picture", name=name)
    if ending == ".json" or start.startswith(b"{"):
        if minutes.is_minutes(data):
            return minutes.read_minutes(data, name)
        if ending == ".json":
            raise UnreadableInput("json_not_minutes", name=name)
    if ending == ".eml":
        return mail.read_eml(data, name)
    if ending in (".html", ".htm") or start.lower().startswith(_HTML):
        return html.read_html(data, name)
    if ending in (".csv", ".tsv"):
        return spreadsheet.read_csv(data, name)
    if ending in (".md", ".markdown"):
        return html.read_markdown(data, name)
    return plaintext.read_plaintext(data, name)


def _package(data: bytes, name: str, limits: Limits) -> Reading:
    from assistai.documents.reading import archive, presentation, spreadsheet, word

    with open_package(data, name, limits) as package:
        names = set(package.namelist())
    if "word/document.xml" in names:
        return word.read_word(data, name, limits)
    if "ppt/presentation.xml" in names:
        return presentation.read_presentation(data, name, limits)
    if "xl/workbook.xml" in names:
        return spreadsheet.read_workbook(data, name, limits)
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise UnreadableInput("document_other_office", name=name)
    return archive.read_archive(data, name, limits)
