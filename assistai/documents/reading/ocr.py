"""Words on pictures of pages, by Tesseract (extra `ocr`, and the program with its French and English data)."""

from __future__ import annotations

from functools import cache


@cache
def languages() -> str:
    """Return the languages that Tesseract reads here ("fra+eng"), "" where it, or its Python package, is missing."""
    try:
        import pytesseract
    except ImportError:
        return ""
    try:
        installed = set(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return ""
    return "+".join(name for name in ("fra", "eng") if name in installed)


def read_picture(picture, *, max_seconds: float) -> tuple[str, str]:  # type: ignore[no-untyped-def]  # a PIL image
    """Return the text of a page's picture and "", or "" and the notice code that says why it was not read."""
    if not languages():
        return "", "page_needs_ocr"
    import pytesseract

    try:
        text = pytesseract.image_to_string(picture, lang=languages(), timeout=max_seconds)
    except (RuntimeError, OSError) as error:  # what pytesseract raises for a failure, its timeout, a lost program
        return "", "page_ocr_too_long" if "timeout" in str(error).lower() else "page_ocr_failed"
    return text, "" if text.strip() else "page_without_words"
