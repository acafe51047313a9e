"""The transcript beside the minutes: a page of turns, the quoted words marked, and what goes off the record."""

from __future__ import annotations

import re

import streamlit as st

from assistai.language.typography import format_time
from assistai.meetings import editing
from assistai.meetings.composition import quotes
from assistai.meetings.transcript import Turn
from assistai.ui import state
from assistai.ui.components.scrolling import scroll_to
from assistai.ui.text import plain, t
from assistai.workspace import Meeting

PAGE = 20
"""Turns shown at a time: a ten-hour meeting has thousands."""
_HEIGHT = 620


@st.fragment(key="transcript")
def render_transcript() -> None:
    """Render a page of turns with search and filter; the turn in focus comes into view."""
    meeting = state.current()
    if meeting is None:
        return
    cited = _cited(meeting)
    turns = _choose(meeting, cited)
    wanted = st.session_state.pop("focus", None)
    pages = max(1, -(-len(turns) // PAGE))
    if wanted is not None:
        st.session_state["scrolls"] = st.session_state.get("scrolls", 0) + 1
        st.session_state["turn-start"] = (pages, 1 + sum(turn.index < wanted for turn in turns) // PAGE)
    picking = _render_tools(meeting)
    pane = st.container(height=_HEIGHT, border=True, key="transcript-pane", autoscroll=False)
    first = (_choose_page(pages) - 1) * PAGE
    with pane:
        if not turns:
            st.info(t("search_none"), icon=":material/search_off:")
        for turn in turns[first : first + PAGE]:
            focused = turn.index == st.session_state.get("focused")
            _render_turn(turn, cited.get(turn.index, []), focused=focused, picking=picking)
    if wanted is not None:
        scroll_to(f"turn-{wanted}", st.session_state["scrolls"])


def picked_turns(meeting: Meeting) -> list[int]:
    """Return the indices of the turns that are ticked."""
    return [turn.index for turn in meeting.transcript.turns if st.session_state.get(f"turn-pick-{turn.index}")]


def _choose(meeting: Meeting, cited: dict[int, list[str]]) -> list[Turn]:
    st.session_state.setdefault("turn-show", "all")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(t("transcript"), anchor=False, width="content")
        shown = st.segmented_control(
            t("show"),
            ["all", "cited", "uncited"],
            format_func=lambda name: t(f"show_{name}"),
            required=True,
            key="turn-show",
            label_visibility="collapsed",
        )
    words = st.text_input(
        t("search"), key="turn-search", placeholder=t("search"), icon=":material/search:", label_visibility="collapsed"
    )
    needle = (words or "").casefold().strip()
    return [
        turn
        for turn in meeting.transcript.turns
        if (shown == "all" or (not turn.off_record and (turn.index in cited) == (shown == "cited")))
        and (not needle or (not turn.off_record and needle in f"{turn.speaker or ''} {turn.text}".casefold()))
    ]


def _choose_page(pages: int) -> int:
    """Render the pager; a turn that came into focus makes it start anew, at that turn's page."""
    if pages == 1:
        return 1
    of, page = st.session_state.get("turn-start", (pages, 1))
    return st.pagination(
        pages,
        default=page if of == pages else 1,
        max_visible_pages=7,
        key=f"turn-page-{st.session_state.get('scrolls', 0)}-{pages}",
    )


def _render_tools(meeting: Meeting) -> bool:
    """Render the switch and, while turns are being picked, what can be done to them; tell whether they are."""
    picking = st.toggle(t("pick_turns"), key="turn-picking", help=t("off_record_help"))
    if picking:
        picked = [meeting.transcript.turns[index] for index in picked_turns(meeting)]
        with st.container(horizontal=True, gap="small"):
            for off, name, icon in ((True, "off_record", "lock"), (False, "on_record", "lock_open")):
                touched = [turn.index for turn in picked if turn.off_record != off]
                label = f"{t(name)} ({len(touched)})" if touched else t(name)
                if st.button(label, icon=f":material/{icon}:", key=name, disabled=not touched):
                    _mark(meeting, touched, off)
    return picking


def _mark(meeting: Meeting, touched: list[int], off: bool) -> None:
    transcript, minutes = editing.set_off_record(meeting.transcript, meeting.minutes, touched, off)
    for index in picked_turns(meeting):
        del st.session_state[f"turn-pick-{index}"]
    state.change(minutes, transcript)
    st.rerun()


def _render_turn(turn: Turn, cited: list[str], *, focused: bool, picking: bool) -> None:
    with st.container(border=focused, key=f"turn-{turn.index}", gap="xxsmall"):
        place = format_time(turn.start) if turn.start is not None else str(turn.index + 1)
        name = plain(turn.speaker or t("unknown_speaker"))
        label = f"**{name}** :small[:gray[{place}]]"
        if focused:
            label = f":primary[:material/arrow_right_alt:] {label}"
        if picking:
            st.checkbox(label, key=f"turn-pick-{turn.index}", persist_state="page")
        else:
            st.markdown(label)
        if turn.off_record:
            st.caption(f":material/lock: {t('is_off_record')}")
        else:
            st.markdown(_marked(turn.text, cited))


def _marked(text: str, cited: list[str]) -> str:
    """Return the text as Markdown with the cited pieces on a coloured ground."""
    if not cited:
        return plain(text)
    pattern = "|".join(re.escape(piece) for piece in sorted(cited, key=len, reverse=True))
    return "".join(
        f":orange-background[{plain(piece)}]" if number % 2 else _spaced(piece)
        for number, piece in enumerate(re.split(f"({pattern})", text))
    )


def _spaced(piece: str) -> str:
    before, after = (" " if edge.isspace() else "" for edge in (piece[:1], piece[-1:]))
    return f"{before}{plain(piece)}{after}" if piece.strip() else before


def _cited(meeting: Meeting) -> dict[int, list[str]]:
    cited: dict[int, list[str]] = {}
    for quote in quotes(meeting.minutes):
        cited.setdefault(quote.turn, []).append(quote.quote)
    return cited
