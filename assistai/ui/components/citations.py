"""Where a sentence of an answer comes from: its quote, document and page, and the way to see it there."""

from __future__ import annotations

import streamlit as st

from assistai.documents.answers import Citation
from assistai.documents.reading.page_images import PageImage
from assistai.documents.wording import reference
from assistai.errors import AssistAIError
from assistai.ui import state
from assistai.ui.components.close_up import render_close_up
from assistai.ui.components.dialogs import dialog
from assistai.ui.components.errors import render_error
from assistai.ui.rechecking import standing
from assistai.ui.text import language, named, plain, quoted_lines, t

_AROUND = 600
_LEAST = 200


def render_citation(
    citation: Citation,
    key: str,
    *,
    number: int | None = None,
    words: bool = True,
    longest: int | None = None,
    answers: bool = True,
) -> None:
    """Render quote, reference and mark, with the button that opens the evidence.

    Without `words` the quote is left out; one that is longer than `longest` is cut, the evidence shows it whole. Of one
    that does not answer (`answers`) it is said quietly that it is exact: the mark would make it look like an answer.
    """
    quiet = citation.verified and not answers and standing(citation) == "there"
    with st.container(gap="xsmall"):
        if words:
            short = longest is not None and len(citation.quote) > longest
            st.markdown(quoted_lines(f"{citation.quote[:longest].rsplit(' ', 1)[0]} …" if short else citation.quote))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            mark = f"\\[{number}\\] " if number is not None else ""
            exact = f" · {t('ask_exact')}" if quiet else ""
            st.markdown(f":small[:gray[{mark}{plain(reference(citation, language()))}{exact}]]", width="stretch")
            if not quiet:
                _render_mark(citation)
            label = named(t("see_evidence"), reference(citation, language()))
            if st.button(label, icon=":material/find_in_page:", key=f"evidence-{key}", type="tertiary"):
                open_evidence(citation)


def _render_mark(citation: Citation) -> None:
    if not citation.verified:
        st.badge(t("unverified_one"), icon=":material/help:", color="orange", help=t("ask_unverified_help"))
    elif (now := standing(citation)) == "there":
        st.badge(t("verified"), icon=":material/check:", color="green", help=t("ask_verified_help"))
    else:
        icon = ":material/edit_document:" if now == "changed" else ":material/delete:"
        st.badge(t(f"quote_{now}"), icon=icon, color="orange", help=t(f"evidence_{now}"))


def open_evidence(citation: Citation) -> None:
    """Open the page or text that a citation comes from, with the quote marked."""

    @dialog(t("evidence"), width="large")
    def show() -> None:
        try:
            _render_evidence(citation)
        except AssistAIError as error:
            if error.code != "document_missing":
                render_error(error)
                return
            _render_words(citation)
            st.warning(t("evidence_deleted"), icon=":material/delete:")

    show()


def _render_evidence(citation: Citation) -> None:
    documents = state.assistai().documents
    now = documents.stands_now(citation)
    if now is None and citation.verified:
        _render_words(citation)
        st.warning(t("evidence_changed"), icon=":material/edit_document:")
        _render_original(citation)
        return
    if now is not None and now != citation:
        st.info(t("evidence_moved"), icon=":material/edit_document:")
    citation = now or citation
    page = citation.page
    picture = None
    if page is not None:
        picture = documents.page_image(citation.document, page, citation.quote, citation.start)
    _render_words(citation)
    if picture is None:
        with st.container(border=True):
            st.markdown(_marked(documents.text(citation.document), citation.start, citation.end))
    else:
        _render_page(citation, picture)
    _render_original(citation)


def _render_page(citation: Citation, picture: PageImage) -> None:
    """Render the page around the quote, large enough to read, and below it the whole page."""
    told = {"page": citation.page, "title": citation.title, "quote": citation.quote}
    if picture.marked:
        st.caption(t("evidence_page"))
        render_close_up(picture, t("evidence_alt", **told), key="evidence-close-up")
    else:
        st.caption(t("evidence_page_unmarked"))
    with st.expander(t("evidence_whole"), icon=":material/description:", expanded=not picture.marked):
        st.image(picture.png, alt=t("evidence_whole_alt", **told), width="stretch")


def _render_words(citation: Citation) -> None:
    st.markdown(f"**{plain(reference(citation, language()))}**")
    st.markdown(quoted_lines(citation.quote))


def _render_original(citation: Citation) -> None:
    documents = state.assistai().documents
    document, original = documents.get(citation.document), documents.original(citation.document)
    if original is None:
        st.caption(t("original_missing"))
        return
    st.download_button(
        named(t("original"), document.name),
        lambda: original,
        file_name=document.name,
        icon=":material/download:",
        key="evidence-original",
        on_click="ignore",
    )


def _marked(text: str, start: int, end: int) -> str:
    """Return the text around a quote as Markdown, a line a line, the quote on a coloured ground."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first:
        after_line = text.find("\n", first, start - _LEAST) + 1
        first = after_line or text.find(" ", first, start) + 1 or first
    if last < len(text):
        before_line = text.rfind("\n", end + _LEAST, last)
        last = before_line if before_line >= 0 else max(text.rfind(" ", end, last), end)
    lines, at = [], first
    for line in text[first:last].split("\n"):
        stop = at + len(line)
        begin, finish = (min(max(edge, at), stop) for edge in (start, end))
        pieces = ((text[at:begin], False), (text[begin:finish], True), (text[finish:stop], False))
        lines.append("".join(_piece(piece, marked=marked) for piece, marked in pieces if piece))
        at = stop + 1
    before, after = ("… " if first else ""), (" …" if last < len(text) else "")
    return before + "  \n".join(lines).strip() + after


def _piece(piece: str, *, marked: bool) -> str:
    shown = plain(piece)
    if not shown:
        return " "
    before, after = (" " if side.isspace() else "" for side in (piece[0], piece[-1]))
    return f"{before}:orange-background[**{shown}**]{after}" if marked else f"{before}{shown}{after}"
