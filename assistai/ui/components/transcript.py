"""The transcript beside the minutes: a page of turns, the quoted words marked, and what goes off the record."""

from __future__ import annotations

import re

import streamlit as st

from assistai.language.typography import format_time
from assistai.meetings import editing
from assistai.meetings.composition import quotes
from assistai.meetings.transcript import Turn
from assistai.ui import state
from assistai.ui.text import plain, t
from assistai.workspace import Meeting

PAGE = 15
"""Turns shown at a time: a ten-hour meeting has thousands."""


def render_transcript(meeting: Meeting) -> None:
    """Render the turns from just before the one in focus, with search, paging and off-record marks."""
    st.subheader(t("transcript"))
    turns = _found(meeting, st.text_input(t("search"), key="turn-search", placeholder=t("search_placeholder")))
    if not turns:
        st.info(t("search_none"))
        return
    focused = st.session_state.pop("focus", None)
    if focused is not None:
        st.session_state["focused"] = focused
        before = sum(turn.index < focused for turn in turns)
        st.session_state["first_turn"] = max(0, before - 1)
    first = min(st.session_state.get("first_turn", 0), max(0, len(turns) - 1))
    _render_pager(first, len(turns))
    cited = _cited(meeting)
    with st.container(height=640, border=True):
        for turn in turns[first : first + PAGE]:
            _render_turn(turn, cited.get(turn.index, []), turn.index == st.session_state.get("focused"))
    _render_off_record(meeting)


def _found(meeting: Meeting, wanted: str) -> list[Turn]:
    words = wanted.casefold().strip()
    return [turn for turn in meeting.transcript.turns if words in f"{turn.speaker or ''} {turn.text}".casefold()]


def _render_pager(first: int, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, step, icon in (("earlier", -PAGE, "arrow_upward"), ("later", PAGE, "arrow_downward")):
            out = first == 0 if step < 0 else first + PAGE >= count
            if st.button(t(name), icon=f":material/{icon}:", key=f"turns-{name}", disabled=out):
                st.session_state["first_turn"] = max(0, first + step)
                st.rerun()
        st.caption(t("turns_of", first=first + 1, last=min(first + PAGE, count), count=count))


def _render_turn(turn: Turn, cited: list[str], focused: bool) -> None:
    with st.container(border=focused, key=f"turn-{turn.index}", gap="xxsmall"):
        place = format_time(turn.start) if turn.start is not None else str(turn.index + 1)
        arrow = ":material/arrow_right_alt: " if focused else ""
        label = f"{arrow}{place} · **{plain(turn.speaker or t('unknown_speaker'))}**"
        st.checkbox(label, key=f"turn-pick-{turn.index}", help=t("turn_pick_help"))
        if turn.off_record:
            st.caption(f":material/lock: {t('is_off_record')}")
        else:
            st.markdown(_marked(turn.text, cited))


def _marked(text: str, cited: list[str]) -> str:
    """Return the text as Markdown with the cited pieces on a coloured ground."""
    if not cited:
        return plain(text)
    pattern = "|".join(re.escape(piece) for piece in sorted(cited, key=len, reverse=True))
    pieces = re.split(f"({pattern})", text)
    return "".join(
        f":orange-background[{plain(piece)}]" if number % 2 else re.sub(r"^ ?| ?$", " ", plain(piece) or " ")
        for number, piece in enumerate(pieces)
    )


def _cited(meeting: Meeting) -> dict[int, list[str]]:
    cited: dict[int, list[str]] = {}
    for quote in quotes(meeting.minutes):
        cited.setdefault(quote.turn, []).append(quote.quote)
    return cited


def _render_off_record(meeting: Meeting) -> None:
    picked = [turn for turn in meeting.transcript.turns if st.session_state.get(f"turn-pick-{turn.index}")]
    st.caption(t("off_record_help"))
    with st.container(horizontal=True):
        for off, name, icon in ((True, "off_record", "lock"), (False, "on_record", "lock_open")):
            touched = [turn.index for turn in picked if turn.off_record != off]
            if st.button(t(name), icon=f":material/{icon}:", key=name, disabled=not touched):
                transcript, minutes = editing.set_off_record(meeting.transcript, meeting.minutes, touched, off)
                for turn in picked:
                    del st.session_state[f"turn-pick-{turn.index}"]
                state.change(minutes, transcript)
                st.rerun()
