"""What the app remembers of the open draft: its history, its attachments, the change that is proposed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from assistai.drafting.draft import Draft, Source
from assistai.errors import AssistAIError, WorkspaceError
from assistai.i18n import translate
from assistai.meetings.minutes import Review, Status
from assistai.models.chat import Heard
from assistai.ui.redrafting import Redrafting, Work
from assistai.ui.state import assistai, chat_model
from assistai.ui.text import td
from assistai.workspace import SavedDraft
from assistai.workspace.drafts import signed

_STEPS = 100
_OF_A_DRAFT = ("draft", "draft-past", "draft-future", "draft-focus", "draft-revision", "draft-mode")
_AT_ONCE = 0.3
"""Seconds within which work that needs no model is done: its progress is not worth a look."""


def current() -> SavedDraft | None:
    """Return the open draft; after a browser refresh, the one that the address names."""
    if "draft" not in st.session_state and (draft_id := st.query_params.get("draft")):
        open_saved(draft_id)
    saved = cast("SavedDraft | None", st.session_state.get("draft"))
    if saved is not None and st.query_params.get("draft") != saved.id:
        st.query_params["draft"] = saved.id
    return saved


def begin(draft: Draft, write: Callable[[Heard], Draft]) -> None:
    """Open the embedded engine's draft, save it, and let the chat model word it anew where one is set."""
    saved = keep(draft)
    _show(saved)
    if chat_model() is None and not assistai().settings.model:
        return
    shelf = assistai().workspace.drafts

    def keep_words(found: Draft) -> None:
        # Where the page is gone (a refresh, a closed window), the work is not; what a person changed stays.
        if shelf.load(saved.id) == saved:
            shelf.save(SavedDraft(saved.id, found, found))

    _redraft(Redrafting(saved, lambda heard: (write(heard),), first=True, keep=keep_words))


def keep(draft: Draft, files: Mapping[str, bytes] | None = None) -> SavedDraft:
    """Save a draft that was just written without opening it."""
    saved = SavedDraft(uuid.uuid4().hex, draft, draft)
    _all_files()[saved.id] = dict(files or {})
    _save(saved)
    return saved


def ask(work: Work, nothing: str) -> None:
    """Ask for other words for the open draft, which its user takes or leaves.

    `nothing` is the message of the catalogue that is shown where the words stay the same and no notice says why.
    """
    st.session_state["draft-nothing"] = nothing
    _redraft(Redrafting(_opened(), work, first=False))


def redrafting() -> Redrafting | None:
    """Return the work on a draft, where some is under way."""
    return cast("Redrafting | None", st.session_state.get("redrafting"))


def stop_redrafting() -> None:
    """Stop the model; the draft opens as it was."""
    if work := redrafting():
        work.stop()
        st.session_state["draft-stopped"] = "redrafting_stopped" if work.first else "redrafting_change_stopped"


def finish_redrafting(*, seen: bool = False) -> None:
    """Open the draft with what came of the work on it; `seen` tells that its progress stood in place of the draft."""
    work = cast("Redrafting | None", st.session_state.pop("redrafting", None))
    if work is None:
        return
    if work.failure is not None:
        raise work.failure
    if work.error is not None:
        st.session_state["draft-problem"] = work.error
    if work.found:
        st.session_state.pop("draft-stopped", None)  # it came too late
    if work.first:
        _show(SavedDraft(work.saved.id, work.found[0], work.found[0]) if work.found else work.saved)
    else:
        if st.session_state.get("draft") != work.saved:
            _show(work.saved)
        if work.found:
            _propose(work.found)
        st.session_state["draft-arrived"] = seen


def open_saved(draft_id: str) -> None:
    """Open a saved draft; where it cannot be read, stay at the start and keep the reason for the page to show."""
    try:
        _show(assistai().workspace.drafts.load(draft_id))
    except WorkspaceError as error:
        close()
        st.session_state["draft-problem"] = error


def close() -> None:
    """Go back to the start; the draft stays saved."""
    for key in _OF_A_DRAFT:
        st.session_state.pop(key, None)
    st.query_params.pop("draft", None)


def change(draft: Draft, *, typed: bool = False) -> None:
    """Put a changed draft in place of the present one, save it, and remember that for undo.

    A signature stands for the words that were signed: any change makes the text a draft again. `typed` says that the
    change comes from the field that shows the text, which then keeps its cursor.
    """
    saved = _opened()
    if draft == saved.draft:
        return
    if saved.review.status != "projet":
        st.session_state["draft-reopened"] = True
    _remember(saved)
    _set(replace(saved, draft=draft, review=Review()), typed=typed)


def rewrite(*, body: str | None = None, subject: str | None = None, typed: bool = False) -> None:
    """Put other words in the open draft, checked anew; what is wrong with them is kept for the page to show."""
    try:
        change(assistai().drafts.revise(_opened().draft, body=body, subject=subject), typed=typed)
    except AssistAIError as error:
        st.session_state["draft-problem"] = error


def fill(given: Mapping[str, str]) -> None:
    """Put words in the place of placeholders (each with its brackets): whoever fills them in is their source.

    A place goes into the calendar too, where none was known.
    """
    draft = _opened().draft
    body, subject, told, place = draft.body, draft.subject, [], ""
    for hole, words in given.items():
        name = hole.strip("[]").partition(":")[2].strip()
        body, subject = body.replace(hole, words), subject.replace(hole, words)
        told.append(f"{name} : {words}")
        place = words if name in ("lieu", "place") else place
    source = Source(name=translate("drafts.source_by_hand", draft.language), text="\n".join(told))
    draft = draft.model_copy(update={"sources": (*draft.sources, source)})
    if place and draft.event is not None and not draft.event.place:
        draft = draft.model_copy(update={"event": draft.event.model_copy(update={"place": place})})
    try:
        change(assistai().drafts.revise(draft, body=body, subject=subject))
    except AssistAIError as error:
        st.session_state["draft-problem"] = error


def sign(status: Status, name: str | None) -> None:
    """Move the open draft to a status by a named person; raises InputError where nobody is named."""
    saved = _opened()
    moved = signed(saved, status, name, assistai().clock())
    _remember(saved)
    _set(moved, typed=False)


def undo() -> None:
    """Take the last change back."""
    _move("draft-past", "draft-future")


def redo() -> None:
    """Make the change that was taken back again."""
    _move("draft-future", "draft-past")


def can_undo() -> bool:
    """Tell whether there is a change to take back."""
    return bool(st.session_state.get("draft-past"))


def can_redo() -> bool:
    """Tell whether there is a change to make again."""
    return bool(st.session_state.get("draft-future"))


def version() -> int:
    """Return how often the draft was changed other than by typing, so that fields show the new words."""
    return cast(int, st.session_state.get("draft-version", 0))


def files() -> dict[str, bytes]:
    """Return the files that go with the open draft, by name: kept as long as the session lasts."""
    return _all_files().setdefault(_opened().id, {})


def set_files(found: Iterable[tuple[str, bytes]]) -> None:
    """Put other files in the place of those that go with the open draft."""
    saved = _opened()
    before = files()
    _all_files()[saved.id] = dict(found)
    names = tuple(_all_files()[saved.id])
    announced = tuple(name for name in saved.draft.attachments if name not in before and name not in names)
    change(saved.draft.model_copy(update={"attachments": (*names, *announced)}), typed=True)


def focus(span: tuple[int, int]) -> None:
    """Show a piece of the text."""
    st.session_state["draft-focus"] = span
    st.session_state["draft-scroll"] = st.session_state.get("draft-scroll", 0) + 1


def arrived() -> int:
    """Return the number of this occasion, once, where the answer to a request came while the draft was out of view."""
    if not st.session_state.pop("draft-arrived", False):
        return 0
    st.session_state["draft-scroll"] = st.session_state.get("draft-scroll", 0) + 1
    return cast(int, st.session_state["draft-scroll"])


def save_again() -> None:
    """Try to save the open draft once more."""
    _save(_opened())


def _redraft(work: Redrafting) -> None:
    """Let the work go on, unless it is done already."""
    st.session_state["redrafting"] = work
    if work.wait(_AT_ONCE if chat_model() is not None else None):
        finish_redrafting()


def _propose(found: Sequence[Draft]) -> None:
    """Keep what may take the open draft's place for the page to show, or why nothing does."""
    draft = _opened().draft
    others = [other for other in found if (other.body, other.subject) != (draft.body, draft.subject)]
    st.session_state["draft-revision"] = others
    if not others:
        told = [notice for other in found for notice in other.notices if notice not in draft.notices]
        st.session_state["draft-refused"] = told[-1] if told else td(st.session_state["draft-nothing"])


def _opened() -> SavedDraft:
    return cast(SavedDraft, st.session_state["draft"])


def _all_files() -> dict[str, dict[str, bytes]]:
    return cast("dict[str, dict[str, bytes]]", st.session_state.setdefault("draft-files", {}))


def _show(saved: SavedDraft) -> None:
    close()
    st.session_state["draft"] = saved
    st.session_state["draft-version"] = version() + 1


def _remember(saved: SavedDraft) -> None:
    st.session_state["draft-past"] = [*st.session_state.get("draft-past", [])[-_STEPS:], saved]
    st.session_state["draft-future"] = []


def _move(source: str, target: str) -> None:
    if st.session_state.get(source):
        st.session_state[target] = [*st.session_state.get(target, []), _opened()]
        *rest, saved = st.session_state[source]
        st.session_state[source] = rest
        _set(saved, typed=False)


def _set(saved: SavedDraft, *, typed: bool) -> None:
    st.session_state["draft"] = saved
    st.session_state.pop("draft-focus", None)
    st.session_state.pop("draft-revision", None)
    if not typed:
        st.session_state["draft-version"] = version() + 1
    _save(saved)


def _save(saved: SavedDraft) -> None:
    """Save; a failure is kept for the page to show, since the work itself goes on."""
    st.session_state.pop("draft-unsaved", None)
    try:
        assistai().workspace.drafts.save(saved)
    except WorkspaceError as error:
        st.session_state["draft-unsaved"] = error
