"""A draft's words: as they will be read, with what was found in them on coloured ground, and to be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import streamlit as st

from assistai.drafting.draft import Draft
from assistai.drafting.placeholders import PLACEHOLDER
from assistai.ui import drafting
from assistai.ui.components.scrolling import scroll_to
from assistai.ui.text import plain, td
from assistai.workspace import SavedDraft

Mark = tuple[int, int, str]
"""A span of the body and the colour behind it."""

_HEIGHT = 430
_FOCUS = "violet"


def render_text(saved: SavedDraft) -> None:
    """Render the words, and the field that changes them while it is asked for."""
    st.session_state.setdefault("draft-mode", "read")
    mode = st.segmented_control(
        td("mode"),
        ["read", "edit"],
        format_func=lambda name: td(f"mode_{name}"),
        required=True,
        key="draft-mode",
        persist_state="session",
        label_visibility="collapsed",
    )
    if mode == "edit":
        key = f"draft-body-{drafting.version()}"
        st.text_area(
            td("body"),
            value=saved.draft.body,
            height=_HEIGHT,
            key=key,
            help=td("body_help"),
            on_change=partial(_set_body, key),
        )
    with st.container(border=True, key="draft-preview", gap="small"):
        _render_preview(saved.draft)
    st.caption(td("legend"))


def _set_body(key: str) -> None:
    drafting.rewrite(body=str(st.session_state[key]), typed=True)


def _render_preview(draft: Draft) -> None:
    marks = sorted(_marks(draft))
    focused = st.session_state.get("draft-focus")
    for number, (start, end) in enumerate(_paragraphs(draft.body)):
        with st.container(key=f"draft-paragraph-{number}"):
            st.markdown(_marked(draft.body, start, end, marks))
        if focused and start <= focused[0] < end:
            scroll_to(f"draft-paragraph-{number}", 100_000 + st.session_state.get("draft-scroll", 0))


def _marks(draft: Draft) -> list[Mark]:
    """Return what is coloured, no two overlapping: what is looked at, holes, contradictions, untraced facts, style."""
    wanted: list[Mark] = []
    if focused := st.session_state.get("draft-focus"):
        wanted.append((*focused, _FOCUS))
    wanted += [(*match.span(), "yellow") for match in PLACEHOLDER.finditer(draft.body)]
    wanted += [(*fact.span, "red") for fact in draft.facts if fact.trace == "contradicted" or fact.note]
    wanted += [(*fact.span, "orange") for fact in draft.facts if fact.trace == "untraced"]
    wanted += [(*promise.span, "orange") for promise in draft.promises if promise.source is None]
    wanted += [(*finding.span, "blue") for finding in draft.style if finding.span[1] - finding.span[0] < 120]
    kept: list[Mark] = []
    for start, end, colour in wanted:
        if start < end and all(end <= other or start >= last for other, last, _ in kept):
            kept.append((start, end, colour))
    return kept


def _paragraphs(body: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between empty lines."""
    start = 0
    for block in body.split("\n\n"):
        if block.strip():
            yield start, start + len(block)
        start += len(block) + 2


def _marked(body: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    """Return a paragraph as harmless Markdown, line by line, its marks on coloured ground."""
    lines: list[str] = []
    place = start
    for line in body[start:end].split("\n"):
        lines.append(_line(body, place, place + len(line), marks))
        place += len(line) + 1
    return "  \n".join(line for line in lines if line.strip())


def _line(body: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    pieces: list[str] = []
    place = start
    for first, last, colour in marks:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        pieces += [_spaced(body[place:first]), _ground(body[first:last], colour)]
        place = last
    return "".join((*pieces, _spaced(body[place:end])))


def _ground(piece: str, colour: str) -> str:
    """Return a piece on coloured ground; what is looked at is bold too, for those who cannot tell colours apart."""
    words = plain(piece)
    return f":{colour}-background[**{words}**]" if colour == _FOCUS else f":{colour}-background[{words}]"


def _spaced(piece: str) -> str:
    before, after = (edge if edge.isspace() else "" for edge in (piece[:1], piece[-1:]))
    return f"{before}{plain(piece.strip(' '))}{after}" if piece.strip() else before
