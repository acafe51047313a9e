"""What kind of file some bytes are: by their first bytes, never by the name alone."""

from __future__ import annotations

from assistai.errors import UnreadableInput

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "is_pdf"),
    (b"{\\rtf", "is_rtf"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"BM\x00", "is_picture"),
    (b"II*\x00", "is_picture"),
    (b"MM\x00*", "is_picture"),
    (b"OggS", "is_recording"),
    (b"ID3", "is_recording"),
    (b"\xff\xfb", "is_recording"),
    (b"\xff\xf3", "is_recording"),
    (b"fLaC", "is_recording"),
    (b"RIFF", "is_recording"),
    (b"\x1aE\xdf\xa3", "is_recording"),
    (b"MZ\x90", "is_program"),
    (b"MZ\x00", "is_program"),
    (b"\x7fELF", "is_program"),
    (b"\xca\xfe\xba\xbe", "is_program"),
    (b"\xcf\xfa\xed\xfe", "is_program"),
    (b"\x1f\x8b", "is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "is_archive"),
    (b"Rar!", "is_archive"),
    (b"BZh9", "is_archive"),
    (b"\xfd7zXZ", "is_archive"),
    (b"SQLite format 3\x00", "binary_file"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = (b"<!doctype html", b"<html")


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes are a ZIP archive, as DOCX files are."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Raise UnreadableInput that names the kind where the bytes are a file that is no transcript."""
    for signature, code in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableInput(code, name=name)
    if data[4:8] == b"ftyp":
        raise UnreadableInput("is_recording", name=name)
    if data.startswith(_OLE):
        protected = b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data
        raise UnreadableInput("is_protected" if protected else "is_legacy_word", name=name)
    if data.lstrip()[:15].lower().startswith(_HTML):
        raise UnreadableInput("is_html", name=name)
