"""The question page: a conversation in which every sentence of an answer shows where it comes from."""

from __future__ import annotations

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.documents.answers import Answer
from assistai.documents.conversations import Conversation, Turn
from assistai.documents.samples import COLLECTION as SAMPLES
from assistai.documents.words import LONGEST_QUESTION
from assistai.errors import AssistAIError
from assistai.ui import conversing, rechecking, state
from assistai.ui.answering import Answering
from assistai.ui.components.answer import render_answer
from assistai.ui.components.conversations import render_conversations, render_reader
from assistai.ui.components.dialogs import close_dialogs
from assistai.ui.components.errors import render_error
from assistai.ui.components.ingesting import render_added, render_own
from assistai.ui.components.where import look_everywhere, render_where, where_text
from assistai.ui.text import counted, language, moment, plain, t
from assistai.workspace.scope import Filter

_EXAMPLES = ("ask_example_1", "ask_example_2", "ask_example_3")
_LONGEST_PASTED = 20_000
_STEP = 0.1
_WIDTH = 1000
_AVATAR = ":material/library_books:"


def page(bar: DeltaGenerator) -> None:
    """Render the title and tools in `bar`, the conversation, and the field that asks."""
    close_dialogs()
    conversation = conversing.current()
    with bar:
        st.title(t("ask_title"), anchor=False, width="content")
    with st.container():  # what comes and goes here moves nothing below it
        preparing = render_own() or render_added()
    try:
        rechecking.look_anew()
        if state.assistai().documents.rebuild_needed:
            st.warning(t("ask_rebuild"), icon=":material/warning:")
        with st.bottom, st.container(horizontal=True, gap="small"):
            wanted = render_where()
            if conversation.begun:
                st.button(t("ask_new"), icon=":material/add_comment:", key="ask-new", on_click=_begin_anew)
            elif conversing.can_go_back():
                st.button(t("ask_back"), icon=":material/undo:", key="ask-back", on_click=conversing.go_back)
    except AssistAIError as error:
        render_error(error)
        return
    st.chat_input(t("ask_input"), key="ask-input", max_chars=_LONGEST_PASTED, width=_WIDTH, on_submit=_take_question)
    with st.container(width=_WIDTH):
        _render_problems()
        if not conversation.begun:
            _render_welcome(preparing=preparing)
            render_conversations()
        for number, turn in enumerate(conversation.turns):
            _render_turn(turn, number, preparing=preparing)
        _answer_asked(conversation, wanted, early=preparing)
        render_reader()


def _begin_anew() -> None:
    look_everywhere()
    conversing.begin_anew()


def _ask_everywhere(question: str) -> None:
    look_everywhere()
    conversing.ask(question)


def _take_question() -> None:
    conversing.ask(st.session_state["ask-input"])


def _looked_up(question: str, wanted: Filter, subject: str | None) -> Answer:
    """Return the embedded engine's answer; where a click ended the run that looked for it, the look-up goes on here."""
    work = cast("Answering | None", st.session_state.get("answering"))
    if work is None or work.asked != (question, wanted, subject):
        work = Answering(state.assistai().documents, question, wanted, subject)
        st.session_state["answering"] = work
    with st.spinner(t("ask_searching")):
        turn = st.empty()
        while not work.wait(_STEP):
            turn.empty()  # here Streamlit takes what was sent meanwhile
    del st.session_state["answering"]
    return work.answer


def _written(found: Answer, model: str, wanted: Filter, subject: str | None, *, early: bool) -> Answer:
    """Return the answer in the model's prose, shown as it comes; the embedded one is kept where the user stops it."""
    waiting = st.empty()
    with waiting.container():
        st.caption(f":material/edit_note: {t('ask_writing', model=plain(model))}")
        words = st.empty()
        # A click runs the page anew, which stops this run at the next word.
        kept = (found, wanted, early)
        st.button(t("ask_stop"), icon=":material/stop_circle:", key="ask-stop", on_click=conversing.remember, args=kept)

    def show(text: str) -> None:
        words.markdown(f":gray[{plain(text) or '…'}]")

    answer = state.assistai().documents.answer(found.question, wanted=wanted, previous=subject, heard=show)
    waiting.empty()
    return answer


def _render_welcome(*, preparing: bool) -> None:
    st.markdown(t("ask_lead"), width=900)
    documents = state.assistai().documents.list()
    if preparing or any(document.collection == SAMPLES for document in documents):
        st.caption(t("ask_examples"))
        for name in _EXAMPLES:
            st.button(
                t(name), icon=":material/chat:", key=name.replace("_", "-"), on_click=conversing.ask, args=(t(name),)
            )
    if documents:
        st.caption(t("ask_own", count=len(documents)))
    elif not preparing:
        st.info(t("ask_empty"), icon=":material/lightbulb:")


def _render_turn(turn: Turn, number: int, *, preparing: bool) -> None:
    answer, key = turn.answer, f"{conversing.number()}-{number}"
    if number == 0 and (kept := conversing.kept()):
        at = moment(conversing.current().turns[kept - 1].at, state.assistai().settings.timezone)
        st.caption(f":material/history: {t('ask_kept_answers', at=at)}")
    _render_question(answer.question)
    with st.chat_message("assistant", avatar=_AVATAR):
        render_answer(turn, number, key)
        if not answer.answered and (within := where_text(turn.wanted)):
            _render_within(answer.question, within, key)
        if turn.early:
            _render_again(":material/hourglass_top:", "ask_early", answer.question, key, ready=not preparing)
        elif rechecking.is_lost(answer):
            _render_again(":material/edit_document:", "ask_lost", answer.question, key)


def _render_problems() -> None:
    """Render why a conversation could not be saved or opened."""
    if error := st.session_state.get("conversation-unsaved"):
        st.error(f"{t('ask_unsaved')} {plain(error.message(language()))}", icon=":material/error:")
        st.button(t("save_again"), icon=":material/refresh:", key="ask-save-again", on_click=conversing.save_again)
    if st.session_state.pop("conversation-joined", False):
        st.toast(t("ask_joined"), icon=":material/merge:", duration="long")
    if problem := st.session_state.pop("conversation-problem", None):
        render_error(problem)


def _render_question(question: str) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        long = len(question) > LONGEST_QUESTION
        st.markdown(plain(question[:LONGEST_QUESTION]) + (" …" if long else ""))
        if long:
            st.caption(t("ask_long", count=counted(LONGEST_QUESTION)))


def _render_again(icon: str, message: str, question: str, key: str, *, ready: bool = True) -> None:
    """Render why an answer is not one of today's documents and, where they are `ready`, the button that asks again."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{icon} {t(message)}", width="content")
        if ready:
            st.button(
                t("ask_again"), icon=":material/refresh:", key=f"again-{key}", on_click=conversing.ask, args=(question,)
            )


def _render_within(question: str, within: str, key: str) -> None:
    """Render that an answer was looked for in some documents only, and the button that looks in all."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/tune: {t('ask_within', within=within)}", width="content")
        label = t("ask_everywhere")
        st.button(label, icon=":material/search:", key=f"everywhere-{key}", on_click=_ask_everywhere, args=(question,))


def _answer_asked(conversation: Conversation, wanted: Filter, *, early: bool) -> None:
    """Answer the questions that wait one after the other; those after the first are shown meanwhile."""
    places = []
    for question in conversation.asked:
        _render_question(question)
        places.append((question, st.container()))  # nothing shows in it before its turn
    for question, place in places:
        with place, st.chat_message("assistant", avatar=_AVATAR):
            _answer(question, conversation.subject, wanted, early=early)


def _answer(question: str, subject: str | None, wanted: Filter, *, early: bool) -> None:
    """Answer the oldest question and run the page anew; where that cannot be, say why and give it up."""
    try:
        answer = _looked_up(question, wanted, subject)
        if (model := state.chat_model()) is not None and answer.passages:
            answer = _written(answer, model.name, wanted, subject, early=early)
    except AssistAIError as error:
        conversing.give_up()
        render_error(error)
    except Exception:
        conversing.give_up()
        raise
    else:
        conversing.remember(answer, wanted, early)
        st.rerun()
