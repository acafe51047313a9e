"""Answers and citations as text: to paste, to print."""

from __future__ import annotations

from pathlib import PurePath

from assistai.documents.answers import Answer, Citation, Remark
from assistai.i18n import translate
from assistai.language.typography import NO_BREAK
from assistai.records import Language
from assistai.workspace.document import Document


def place(citation: Citation, language: Language) -> str:
    """Return where in its document a citation stands: "p. 3", "diapositive 2", a row, else the headings above."""
    if citation.page is not None:
        slide = PurePath(citation.name).suffix.lower() in (".pptx", ".pptm")
        return translate(f"documents.{'at_slide' if slide else 'at_page'}", language, number=citation.page)
    sheet, _, row = (citation.place or "").rpartition(", ")
    if row.isdecimal():
        key = "documents.at_row_of" if sheet and sheet != citation.title else "documents.at_row"
        return translate(key, language, sheet=sheet, row=row)
    return citation.place or citation.heading


def reference(citation: Citation, language: Language) -> str:
    """Return title and place; where other documents have the title, what tells this one apart."""
    title = citation.title or citation.name
    where = place(citation, language).removeprefix(f"{title} › ")
    called = f"{title} ({citation.distinction})" if citation.distinction else title
    return called if where in ("", title) else f"{called}, {where}"


def remark_text(remark: Remark, language: Language) -> str:
    """Return what a remark says."""
    params = {
        name: translate(f"documents.validity_{value}", language) if name == "validity" else value
        for name, value in remark.params.items()
    }
    return translate(f"notices.{remark.code}", language, **params)


def as_text(answer: Answer, language: Language) -> str:
    """Return an answer to paste elsewhere: its sentences with numbers, then the numbered sources.

    A sentence that is a quote stands in quotation marks; the quote of another comes with its source.
    """
    sentences: list[str] = []
    sources: list[str] = []
    for sentence in answer.sentences:
        text = " ".join(sentence.text.split())
        itself = any(text == " ".join(citation.quote.split()) for citation in sentence.citations)
        marks = []
        for citation in sentence.citations:
            same = text == " ".join(citation.quote.split())
            sources.append(f"[{len(sources) + 1}] {source_text(citation, language, words=not same)}")
            marks.append(f"[{len(sources)}]")
        sentences.append(" ".join((_quoted(text, language) if itself else text, *marks)))
    return "\n".join((*sentences, "", translate("documents.sources", language), *sources))


def source_text(citation: Citation, language: Language, *, words: bool = True) -> str:
    """Return a citation on one line: title, place and, with `words`, quote; one that code could not check says so."""
    colon = f"{NO_BREAK}: " if language == "fr" else ": "
    quote = f"{colon}{_quoted(' '.join(citation.quote.split()), language)}" if words else ""
    unverified = "" if citation.verified else f" ({translate('documents.unverified', language)})"
    return f"{reference(citation, language)}{quote}{unverified}"


def _quoted(text: str, language: Language) -> str:
    return f"«{NO_BREAK}{text}{NO_BREAK}»" if language == "fr" else f"“{text}”"


def shortened(text: str, length: int) -> str:
    """Return a text on one line, cut after a word where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"


def unread_texts(document: Document, language: Language) -> list[str]:
    """Return a line for the error that stopped a document, and one for each page or part that was not read."""
    lines = []
    if document.problem is not None:
        code, params = document.problem
        lines.append(translate(f"errors.{code}", language, **params))
    for code, page, name in document.unread:
        reason = translate(f"notices.{code}", language)
        if page is not None:
            reason = translate("documents.unread_page", language, page=page, reason=reason)
        elif name:
            reason = translate("documents.unread_part", language, name=name, reason=reason)
        lines.append(reason)
    return lines
