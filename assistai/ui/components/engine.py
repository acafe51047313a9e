"""Which engine writes: a line at the top of every page, and its details with a trial on the page of models."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistai.errors import AssistAIError
from assistai.i18n import translate
from assistai.models.catalogue import LOCAL
from assistai.models.chat import ChatModel, Message, Reply
from assistai.models.known import cost_text
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.text import language, plain

_PAGE = "page-of-models"
_TRIAL_TOKENS = 200


def say(key: str, **params: object) -> str:
    """Return a message of the catalogue of models in the language of the screen."""
    return translate(f"models.{key}", language(), **params)


def render_engine_link(page: StreamlitPage) -> None:
    """Render which engine writes, as a link to the page of models."""
    st.session_state[_PAGE] = page
    name = state.assistai().settings.model
    label = plain(name.removeprefix(LOCAL).rpartition("/")[2]) if name else say("ui_embedded")
    st.page_link(page, label=label, icon=":material/memory:", help=say("ui_engine_help"), width="content")


def render_offer() -> None:
    """Render the link to the page of models, where no model is set."""
    page = st.session_state.get(_PAGE)
    if page is not None and not state.assistai().settings.model:
        st.page_link(page, label=say("ui_offer"), icon=":material/add_circle:")


def render_engine() -> None:
    """Render which engine writes, what named it, whether texts leave the machine; try it, or go back."""
    settings = state.assistai().settings
    with st.container(border=True):
        if not settings.model:
            st.markdown(f"**{say('ui_embedded_title')}**")
            st.markdown(say("ui_embedded_text"))
            return
        try:
            model = state.assistai().chat_model
        except AssistAIError as error:
            render_error(error)
            model = None
        st.markdown(f"**{say('ui_in_use', model=plain(settings.model))}**")
        if model is not None:
            _render_facts(model)
        named = "model" in settings.model_fields_set
        if named:
            st.info(say("ui_named_elsewhere"), icon=":material/settings:")
        with st.container(horizontal=True, gap="small"):
            trying = model is not None and st.button(say("ui_try"), icon=":material/chat:", key="model-try")
            if not named:
                st.button(
                    say("ui_stop_using"), icon=":material/block:", key="model-none", on_click=use_model, args=("",)
                )
        if trying and model is not None:
            _try(model)


def use_model(name: str) -> None:
    """Use a chat model from now on; an empty name is the embedded engine alone."""
    state.assistai().use_model(name)


def _render_facts(model: ChatModel) -> None:
    settings = state.assistai().settings
    with st.container(horizontal=True, gap="small"):
        if model.remote:
            st.badge(say("place_remote"), icon=":material/cloud_upload:", color="orange")
            pseudonyms = "ui_pseudonyms" if settings.pseudonymise else "ui_no_pseudonyms"
            st.badge(
                say(pseudonyms), icon=":material/theater_comedy:", color="blue" if settings.pseudonymise else "gray"
            )
        else:
            st.badge(say("place_local"), icon=":material/lock:", color="green")


def _try(model: ChatModel) -> None:
    """Render a sentence of the model as it comes; a click on stop runs the page anew, which stops the model."""
    question = say("trial_question")
    st.markdown(f":gray[{plain(question)}]")
    words = st.empty()
    stop = st.empty()
    stop.button(say("ui_stop"), icon=":material/stop_circle:", key="model-try-stop")
    words.markdown(say("waiting"))
    start = time.monotonic()

    def heard(text: str) -> None:
        words.markdown(plain(text) or say("waiting"))

    try:
        reply = model.reply([Message("user", question)], max_tokens=_TRIAL_TOKENS, heard=heard)
    except AssistAIError as error:
        words.empty()
        render_error(error)
    else:
        words.markdown(plain(reply.text))
        st.caption(_took(reply, time.monotonic() - start))
    stop.empty()


def _took(reply: Reply, seconds: float) -> str:
    usage = reply.usage
    read, written = ("?" if value is None else value for value in (usage.read, usage.written))
    spoken = f"{seconds:.1f}".replace(".", "," if language() == "fr" else ".")
    return say("took", seconds=spoken, read=read, written=written, cost=cost_text(usage.cost))
