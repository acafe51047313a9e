"""The models that run on this machine, each with what it takes, its download, and the button that puts it in use."""

from __future__ import annotations

from importlib.util import find_spec

import streamlit as st

from assistai.language.typography import format_bytes
from assistai.models.catalogue import LOCAL, LocalModel, local_models, remove
from assistai.ui import state
from assistai.ui.components.engine import say, use_model
from assistai.ui.components.errors import render_error
from assistai.ui.downloading import Downloading
from assistai.ui.text import language, plain

_AT_ONCE = 0.5
_LEVEL_COLOURS = {"better": "green", "good": "green", "weak": "orange", "trial": "gray"}


@st.cache_resource(show_spinner=False)
def downloads() -> dict[str, Downloading]:
    """Return the downloads of this app by model, one for all sessions."""
    return {}


def render_local_models() -> None:
    """Render the list, what we recommend first."""
    if find_spec("xllamacpp") is None:
        st.warning(say("ui_local_missing"), icon=":material/extension:")
        st.code("pip install assistai[local]", language=None)
    for model in local_models():
        _render_model(model)


def _render_model(model: LocalModel) -> None:
    settings = state.assistai().settings
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(model.title)}**", width="content")
            st.badge(say(f"ui_level_{model.level}"), color=_LEVEL_COLOURS[model.level])  # type: ignore[arg-type]
            if model == local_models()[0]:
                st.badge(say("ui_recommended"), icon=":material/thumb_up:", color="blue")
            if settings.model == LOCAL + model.name:
                st.badge(say("state_in_use"), icon=":material/check:", color="blue")
        st.markdown(f":small[:gray[{_facts(model)}]]")
        running = downloads().get(model.name)
        if running is not None and running.running:
            _render_download(running)
            return
        if running is not None:
            _render_end(running)
        _render_buttons(model)


def _facts(model: LocalModel) -> str:
    return say(
        "ui_facts",
        size=format_bytes(model.size, language()),
        memory=format_bytes(int(model.memory * 1e9), language()),
        languages=", ".join(say(f"ui_language_{name}") for name in model.languages),
        licence=plain(model.licence),
    )


def _render_buttons(model: LocalModel) -> None:
    settings = state.assistai().settings
    with st.container(horizontal=True, gap="small"):
        if not model.is_here(settings):
            st.button(
                say("ui_download", size=format_bytes(model.size, language())),
                icon=":material/download:",
                key=f"download-{model.name}",
                on_click=_begin,
                args=(model,),
            )
            return
        if settings.model != LOCAL + model.name:
            st.button(
                say("ui_use"),
                type="primary",
                icon=":material/play_arrow:",
                key=f"use-{model.name}",
                on_click=use_model,
                args=(LOCAL + model.name,),
                disabled="model" in settings.model_fields_set or find_spec("xllamacpp") is None,
            )
        st.button(
            say("ui_remove"),
            type="tertiary",
            icon=":material/delete:",
            key=f"remove-{model.name}",
            on_click=_remove,
            args=(model,),
            help=say("ui_remove_help"),
        )


@st.fragment(run_every=_AT_ONCE)
def _render_download(running: Downloading) -> None:
    if not running.running:
        st.rerun()
    progress = running.state
    total = progress.total if progress and progress.total else running.model.size
    if progress is None:
        st.progress(0.0, text=say("ui_connecting"))
    else:
        done = min(progress.done, total)
        sizes = {"done": format_bytes(done, language()), "total": format_bytes(total, language())}
        st.progress(progress.fraction, text=say(f"ui_stage_{progress.stage}", source=plain(progress.source), **sizes))
    st.button(
        say("ui_stop"),
        icon=":material/stop_circle:",
        key=f"stop-{running.model.name}",
        on_click=running.stop,
        disabled=running.stopped,
    )


def _render_end(running: Downloading) -> None:
    if running.failure is not None:
        raise running.failure
    if running.error is not None:
        render_error(running.error)
    elif running.stopped and not running.model.is_here(state.assistai().settings):
        st.caption(say("ui_stopped"))


def _begin(model: LocalModel) -> None:
    downloads()[model.name] = Downloading(model, state.assistai().settings)


def _remove(model: LocalModel) -> None:
    settings = state.assistai().settings
    if settings.model == LOCAL + model.name and "model" not in settings.model_fields_set:
        use_model("")
    remove(model, settings)
    downloads().pop(model.name, None)
