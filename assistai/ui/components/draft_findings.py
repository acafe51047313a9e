"""What was found in a draft: what is to be settled first, then facts, style, questions and sources."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistai.drafting.draft import Draft, Fact, StyleFinding
from assistai.ui import drafting, state
from assistai.ui.text import plain, quoted, quoted_lines, td
from assistai.workspace import SavedDraft

_LONGEST = 6000
_ORDER = ("contradicted", "untraced", "traced")
_ICONS = {
    "contradicted": ":red[:material/error:]",
    "untraced": ":orange[:material/help:]",
    "traced": ":green[:material/check_circle:]",
}


def render_findings(saved: SavedDraft) -> None:
    """Render the findings, one kind at a time; each leads to its place in the text."""
    draft = saved.draft
    wrong = [fact for fact in draft.facts if fact.trace != "traced" or fact.note]
    promised = [promise for promise in draft.promises if promise.source is None]
    count = len(wrong) + len(promised) + len(draft.placeholders) + len(draft.unplaced)
    counts = {"settle": count, "facts": len(draft.facts), "style": len(draft.style)}
    counts |= {"questions": len(draft.questions)} if draft.questions else {}
    shown = _choose({name: td(f"tab_{name}", count=number) for name, number in counts.items()})
    if shown == "settle":
        _render_open(draft, wrong, nothing=not count)
    elif shown == "facts":
        if not draft.facts:
            st.caption(td("no_facts"))
        for number, fact in enumerate(sorted(draft.facts, key=_gravity)):
            _render_fact(fact, f"fact-{number}")
    elif shown == "style":
        _render_style(draft)
    elif shown == "questions":
        _render_answers(draft)
    else:
        _render_sources(draft)


def _choose(counted: dict[str, str]) -> str:
    """Return what is looked at: it stays the same while counts change."""
    labels = {**counted, "sources": td("tab_sources")}
    if st.session_state.get("draft-tab") not in labels:
        st.session_state["draft-tab"] = "settle"
    chosen = st.segmented_control(
        td("findings"),
        list(labels),
        format_func=labels.__getitem__,
        required=True,
        key="draft-tab",
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or "settle"


def _render_open(draft: Draft, wrong: list[Fact], *, nothing: bool) -> None:
    if nothing:
        st.success(td("nothing_to_settle"), icon=":material/check_circle:")
        return
    _render_holes(draft)
    for number, fact in enumerate(sorted(wrong, key=_gravity)):
        _render_fact(fact, f"open-{number}")
    for number, promise in enumerate(one for one in draft.promises if one.source is None):
        with st.container(border=True, gap="xsmall"):
            _render_place(quoted(promise.text), promise.span, f"promise-{number}", ":orange[:material/handshake:]")
            st.caption(td("promise_untraced"))
    if draft.unplaced:
        st.markdown(f"**{td('unplaced')}**")
        for note in draft.unplaced:
            st.markdown(f":orange[:material/playlist_remove:] {plain(note)}")


def _render_holes(draft: Draft) -> None:
    """Render a field a placeholder; all are filled at once."""
    if not draft.placeholders:
        return
    with st.form("draft-holes"):
        st.markdown(f"**{td('placeholders')}**")
        given = {
            hole: st.text_input(_hole_name(hole), key=f"hole-{drafting.version()}-{number}")
            for number, hole in enumerate(draft.placeholders)
        }
        if not st.form_submit_button(td("fill"), icon=":material/check:", key="fill"):
            return
    drafting.fill({hole: words.strip() for hole, words in given.items() if words.strip()})
    st.rerun()


def _hole_name(hole: str) -> str:
    """Return what is missing: "[à compléter : lieu]" is "Lieu"."""
    name = hole.strip("[]").partition(":")[2].strip()
    return plain(name[:1].upper() + name[1:])


def _render_fact(fact: Fact, key: str) -> None:
    with st.container(border=True, gap="xsmall", key=f"card-{key}"):
        _render_place(f"**{plain(fact.text)}**", fact.span, key, _ICONS["contradicted" if fact.note else fact.trace])
        if fact.trace == "untraced":
            st.caption(td("fact_untraced"))
        elif fact.source:
            said = f" {quoted(fact.quote)}" if fact.quote else ""
            st.caption(f"{plain(fact.source)}{said}")
        if fact.note:
            st.markdown(f":red[{plain(fact.note)}]")


def _gravity(fact: Fact) -> int:
    """Return what comes first: contradictions, a weekday that does not go with its date among them."""
    return 0 if fact.note else _ORDER.index(fact.trace)


def _render_place(words: str, span: tuple[int, int], key: str, icon: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{icon} {words}", width="stretch")
        st.button(
            td("see"),
            icon=":material/my_location:",
            key=f"see-{key}",
            type="tertiary",
            on_click=drafting.focus,
            args=(span,),
        )


def _render_style(draft: Draft) -> None:
    styles = {one.id: one for one in state.assistai().drafts.styles()}
    if house := styles.get(draft.house_style):
        st.caption(td("style_used", name=plain(house.name.get(draft.language))))
    if not draft.style:
        st.success(td("no_style"), icon=":material/check_circle:")
        return
    fixable = [finding for finding in draft.style if finding.fix is not None]
    if len(fixable) > 1:
        st.button(
            td("fix_all", count=len(fixable)),
            icon=":material/auto_fix_high:",
            key="fix-all",
            on_click=_fix,
            args=(draft, fixable),
        )
    for number, finding in enumerate(draft.style):
        with st.container(border=True, gap="xsmall"):
            words = draft.body[slice(*finding.span)]
            _render_place(plain(finding.message), finding.span, f"style-{number}", ":blue[:material/spellcheck:]")
            if finding.fix is None:
                continue
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                shown = f"~~{plain(words)}~~ → **{plain(finding.fix)}**" if _differ(words, finding.fix) else ""
                st.markdown(shown, width="stretch")
                st.button(
                    td("fix"), icon=":material/check:", key=f"fix-{number}", on_click=partial(_fix, draft, [finding])
                )


def _differ(words: str, fix: str) -> bool:
    """Tell whether the eye can see a correction: spaces of other kinds look alike."""
    return words.split() != fix.split() and bool(words.strip()) and bool(fix.strip())


def _fix(draft: Draft, findings: list[StyleFinding]) -> None:
    body = state.assistai().drafts.fix_style(draft.body, findings, style=draft.house_style, language=draft.language)
    drafting.rewrite(body=body)


def _render_answers(draft: Draft) -> None:
    for question in draft.questions:
        with st.container(border=True, gap="xsmall"):
            by = f" :small[:gray[{plain(question.asked_by)}]]" if question.asked_by else ""
            icon = ":green[:material/check_circle:]" if question.answer else ":orange[:material/help:]"
            st.markdown(f"{icon} {plain(question.text)}{by}")
            st.caption(quoted(question.answer) if question.answer else td("question_open"))


def _render_sources(draft: Draft) -> None:
    if not draft.sources:
        st.caption(td("no_sources"))
    for source in draft.sources:
        st.markdown(f"**{plain(source.name)}**")
        st.markdown(quoted_lines(source.text[:_LONGEST]))
