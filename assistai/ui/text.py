"""Words on the screen: messages in the chosen language, and untrusted text made harmless."""

from __future__ import annotations

import re
from typing import cast

import streamlit as st

from assistai.i18n import translate
from assistai.records import Language

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&^=])")


def language() -> Language:
    """Return the language of the screen."""
    return cast(Language, st.session_state.get("language") or "fr")


def t(key: str, **params: object) -> str:
    """Return a message of the `ui` catalogue in the language of the screen."""
    return translate(f"ui.{key}", language(), **params)


def plain(text: str) -> str:
    """Return text that st.markdown shows as it is: no mark-up, link, colour, formula or HTML takes effect."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def quoted(text: str) -> str:
    """Return text in the quotation marks of the screen's language, as harmless Markdown."""
    return f"«\u00a0{plain(text)}\u00a0»" if language() == "fr" else f"“{plain(text)}”"
