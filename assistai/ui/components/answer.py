"""An answer in the conversation: sentences with their quotes, what to know of them, what to do with them."""

from __future__ import annotations

import re

import streamlit as st

from assistai.documents.answers import Answer, Citation, Remark
from assistai.documents.conversations import Turn
from assistai.documents.wording import as_text, remark_text, source_text
from assistai.errors import AssistAIError
from assistai.language.words import detect_language
from assistai.models.usage import usage_text
from assistai.ui import conversing, state
from assistai.ui.components.citations import render_citation
from assistai.ui.components.copying import render_copy
from assistai.ui.components.errors import render_error
from assistai.ui.rechecking import as_of_now
from assistai.ui.text import language, plain, quoted_lines, t

_LONGEST = 320
_SPACED_MARK = re.compile(r"\s+(?=[?!;:](?:\s|$))")
_SERIOUS = (
    "not_in_force",
    "superseded_by",
    "seems_replaced",
    "seems_draft",
    "newer_differs",
    "older_differs",
    "other_differs",
    "not_mentioned",
)


def render_answer(turn: Turn, number: int, key: str) -> None:
    """Render the answer of a turn, the one of that number; `key` tells it apart from those of all conversations."""
    answer = turn.answer
    if answer.understood and answer.understood != answer.question:
        st.caption(t("ask_understood", question=plain(_marks_closed_up(answer.understood))))
    if answer.answered:
        _render_sentences(answer, key)
    else:
        said = t("ask_not_sure" if answer.nearest else "ask_not_answered")
        none = not answer.searched_documents and not answer.unread_documents
        if none:
            st.info(t("ask_no_document"), icon=":material/search_off:")
        else:
            st.info(f"**{said}** {t('ask_not_answered_next')}", icon=":material/search_off:")
        st.caption(t("ask_searched", documents=answer.searched_documents, passages=answer.searched_passages))
        if answer.unread_documents:
            st.warning(t("ask_unread", count=answer.unread_documents), icon=":material/warning:")
        _render_nearest(answer, key)
    for number, remark in enumerate(answer.remarks):
        _render_remark(remark, f"{key}-remark-{number}")
    if usage := usage_text(answer.provenance, language()):
        st.caption(f":material/edit_note: {plain(usage)}")
    _render_passages(answer, key)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if answer.answered:
            render_copy(_to_paste(as_of_now(answer)), f"copy-{key}")
        thumb = _render_thumbs(key, judged=turn.judged)
    if thumb is not None:
        _render_judgement(answer, number, key, helpful=bool(thumb))


def _render_sentences(answer: Answer, key: str) -> None:
    number = 0
    for index, sentence in enumerate(answer.sentences):
        itself = any(_same(sentence.text, citation.quote) for citation in sentence.citations)
        with st.container(gap="xsmall"):
            st.markdown(quoted_lines(sentence.text) if itself else plain(sentence.text))
            if not sentence.verified:
                st.badge(
                    t("unverified_one"), icon=":material/help:", color="orange", help=t("ask_sentence_unverified_help")
                )
            for place, citation in enumerate(sentence.citations):
                number += 1
                repeats = _same(sentence.text, citation.quote)
                render_citation(citation, f"{key}-{index}-{place}", number=number, words=not repeats)


def _render_nearest(answer: Answer, key: str) -> None:
    """Render the sentences that may answer all the same: none is given as the answer."""
    if answer.nearest:
        st.markdown(f"**{t('ask_may_answer')}**")
    for number, citation in enumerate(answer.nearest):
        render_citation(citation, f"{key}-nearest-{number}", answers=False)


def _render_passages(answer: Answer, key: str) -> None:
    """Render the nearest passages that no sentence of the answer was taken from."""
    cited = [citation for sentence in answer.sentences for citation in sentence.citations]
    others = [passage for passage in answer.passages if not any(_holds(passage, citation) for citation in cited)]
    if not others:
        return
    label = t("ask_others" if answer.answered else "ask_nearest", count=len(others))
    with st.expander(label, icon=":material/list:"):
        for number, passage in enumerate(others):
            render_citation(passage, f"{key}-passage-{number}", longest=_LONGEST, answers=False)


def _marks_closed_up(question: str) -> str:
    """Return an English question without the space that French has before its marks."""
    return _SPACED_MARK.sub("", question) if detect_language(question, default=language()) == "en" else question


def _holds(passage: Citation, citation: Citation) -> bool:
    same = passage.document == citation.document
    return same and passage.start <= citation.start and citation.end <= passage.end


def _same(text: str, quote: str) -> bool:
    return "".join(text.split()) == "".join(quote.split())


def _render_remark(remark: Remark, key: str) -> None:
    message = plain(remark_text(remark, language()))
    if remark.code in _SERIOUS:
        st.warning(message, icon=":material/warning:")
    else:
        st.info(message, icon=":material/info:")
    if remark.citation is not None:
        render_citation(remark.citation, key)


def _to_paste(answer: Answer) -> str:
    """Return the answer as text: sentences, numbered sources, then what the reader must know of them."""
    lines = [as_text(answer, language())]
    for remark in answer.remarks:
        lines += ["", remark_text(remark, language())]
        if remark.citation is not None:
            lines.append(f"- {source_text(remark.citation, language())}")
    return "\n".join(lines)


def _render_thumbs(key: str, *, judged: bool) -> int | None:
    """Render the thumbs and return the one that is up for keeping: 1 up, 0 down, None where none is or it was kept."""
    if judged:
        st.caption(f":material/check: {t('judge_thanks')}")
        return None
    st.caption(t("judge"), width="content")
    return st.feedback("thumbs", key=f"judge-{key}")


def _render_judgement(answer: Answer, number: int, key: str, *, helpful: bool) -> None:
    """Keep a judgement; a thumb down may first say why."""
    reason = ""
    if not helpful:
        with st.form(f"judge-form-{key}"):
            reason = st.text_input(
                t("judge_reason"), placeholder=t("judge_reason_example"), key=f"judge-reason-{key}", max_chars=1000
            )
            if not st.form_submit_button(t("judge_send"), icon=":material/send:", key=f"judge-send-{key}"):
                return
    try:
        state.assistai().documents.judge(answer, helpful=helpful, reason=reason)
    except AssistAIError as error:
        render_error(error)
        return
    conversing.judged(number)
    st.rerun()
