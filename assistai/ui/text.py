"""Words on the screen: messages in the chosen language, and untrusted text made harmless."""

from __future__ import annotations

import datetime as dt
import re
from typing import cast
from zoneinfo import ZoneInfo

import streamlit as st

from assistai.i18n import translate
from assistai.language.typography import NO_BREAK, format_date, format_time
from assistai.records import Language, Quote

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&^=])")
_ADDRESS = re.compile(r"@|//|(?<=www)\\\.", re.IGNORECASE)


def language() -> Language:
    """Return the language of the screen."""
    return cast(Language, st.session_state.get("lang") or "fr")


def t(key: str, **params: object) -> str:
    """Return a message of the `ui` catalogue in the language of the screen."""
    return translate(f"ui.{key}", language(), **params)


def plain(text: str) -> str:
    """Return text that st.markdown shows as it is: no mark-up, link, colour, formula or HTML takes effect.

    A backslash does not keep a web or mail address from becoming a link, an element in its midst does.
    """
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _ADDRESS.sub(lambda found: f":small[{found.group()}]", escaped)


def quoted(text: str) -> str:
    """Return text in the quotation marks of the screen's language, as harmless Markdown."""
    return f"«{NO_BREAK}{plain(text)}{NO_BREAK}»" if language() == "fr" else f"“{plain(text)}”"


def said(quote: Quote) -> str:
    """Return who said a quote and when, as harmless Markdown: "Claire Vasseur, 00:01:04"."""
    place = format_time(quote.start) if quote.start is not None else t("turn", number=quote.turn + 1)
    return f"{plain(quote.speaker or t('unknown_speaker'))}, {place}"


def moment(at: dt.datetime, timezone: str) -> str:
    """Return a date and time of day in words: "3 mars 2026 à 14 h 30"."""
    local = at.astimezone(ZoneInfo(timezone))
    clock = f"{local.hour}{NO_BREAK}h{NO_BREAK}{local:%M}" if language() == "fr" else f"{local:%H:%M}"
    return t("moment", day=format_date(local.date(), language()), time=clock)
