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
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")
_BEFORE_MARK = re.compile(r" (?=[:;?!»](?:\s|$))")
_AFTER_MARK = re.compile(r"(?<=«) ")
_READ_ANYWAY = re.compile(r"(?<=@)|(?<=/)(?=/)|(?<=www)(?=\.)|(?<=:)(?=\w)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE)
_MARKS = re.compile(r"[\\`*_{}\[\]#~|<>$^&=!]+")
_TAKEN_FOR_MORE = re.compile(r"(?<=[@:])(?=\S)|(?<=www)(?=\.)|(?<=-)(?=-)", re.IGNORECASE)
_BEGINS_LIST = re.compile(r"^(?=(?:\d+[.)]|[-+])(?:\s|$))")
_JOINER = "\N{WORD JOINER}"


def language() -> Language:
    """Return the language of the screen."""
    return cast(Language, st.session_state.get("lang") or "fr")


def t(key: str, **params: object) -> str:
    """Return a message of the `ui` catalogue in the language of the screen."""
    return translate(f"ui.{key}", language(), **params)


def td(key: str, **params: object) -> str:
    """Return a message of the `drafts` catalogue in the language of the screen."""
    return translate(f"drafts.{key}", language(), **params)


def plain(text: str) -> str:
    """Return text that st.markdown shows as it is: no mark-up, link, colour, formula or HTML takes effect.

    Spaces and line ends become one space; no-break spaces stay, so that "128 €" is not torn at the end of a line. On a
    French screen the space before ":" and its like is one of them, so that no line begins with such a mark.
    A backslash does not keep web and mail addresses, `:material/…:` or `->` from being read, an empty element does.
    """
    line = _BREAKING.sub(" ", text).strip()
    if language() == "fr":
        line = _AFTER_MARK.sub(NO_BREAK, _BEFORE_MARK.sub(NO_BREAK, line))
    pieces = _READ_ANYWAY.split(line)
    return ":small[]".join(_MARKDOWN.sub(r"\\\1", piece) for piece in pieces)


def spoken(text: str) -> str:
    """Return text that is harmless as the label of a check box, of which what is read aloud is the very characters.

    There a backslash would be read too: marks of Markdown go, and a word joiner, which is not heard, parts what else
    would be an address, an icon or the beginning of a list.
    """
    words = " ".join(_MARKS.sub(" ", text).split())
    return _BEGINS_LIST.sub(_JOINER, _TAKEN_FOR_MORE.sub(_JOINER, words))


def counted(number: int) -> str:
    """Return a number with its thousands apart: "2 000" in French, "2,000" in English."""
    return f"{number:,}".replace(",", NO_BREAK if language() == "fr" else ",")


def named(label: str, name: str) -> str:
    """Return a label followed by a name that is read aloud and not seen, harmless: what an empty picture shows.

    It tells a button from others that are labelled alike.
    """
    return f"{label} ![{plain(name)}](app/static/name.svg)"


def quoted(text: str) -> str:
    """Return text in the quotation marks of the screen's language, as harmless Markdown."""
    return _in_marks(plain(text))


def quoted_lines(text: str) -> str:
    """Return text in quotation marks, as harmless Markdown, its lines kept apart."""
    return _in_marks("  \n".join(plain(line) for line in text.splitlines() if line.strip()))


def _in_marks(markdown: str) -> str:
    return f"«{NO_BREAK}{markdown}{NO_BREAK}»" if language() == "fr" else f"“{markdown}”"


def said(quote: Quote) -> str:
    """Return who said a quote and when, as harmless Markdown: "Claire Vasseur, 00:01:04"."""
    place = format_time(quote.start) if quote.start is not None else t("turn", number=quote.turn + 1)
    return f"{plain(quote.speaker or t('unknown_speaker'))}, {place}"


def moment(at: dt.datetime, timezone: str) -> str:
    """Return a date and time of day in words: "3 mars 2026 à 14 h 30"."""
    local = at.astimezone(ZoneInfo(timezone))
    clock = f"{local.hour}{NO_BREAK}h{NO_BREAK}{local:%M}" if language() == "fr" else f"{local:%H:%M}"
    return t("moment", day=format_date(local.date(), language()), time=clock)
