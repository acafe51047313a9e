"""The files that are to be added to the library: those in the field, and those left of an addition cut short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistai.documents.uploads import chosen_as
from assistai.ui.taking import Taking
from assistai.ui.text import quoted, t
from assistai.workspace.document import INSIDE

_LARGER = 4
_SHOWN = 5
_LEFT_THERE = ("Thumbs.db", "desktop.ini")
_WITH_PARTS = (".zip", ".eml", ".msg")


def choose_files(largest: int) -> list[UploadedFile]:
    """Render the field and return the files to be added; `largest` is how many megabytes each may have."""
    kind = st.segmented_control(
        t("library_from"),
        ["files", "folder"],
        format_func=lambda name: t(f"library_{name}"),
        default="files",
        required=True,
        key="library-from",
        label_visibility="collapsed",
    )
    folder = kind == "folder"
    chosen = st.file_uploader(
        t("library_drop_folder" if folder else "library_drop"),
        accept_multiple_files="directory" if folder else True,
        max_upload_size=_LARGER * largest,
        help=t("library_drop_help", megabytes=largest),
        key=f"library-{kind}-{st.session_state.get('library-round', 0)}",
    )
    st.caption(t("library_kinds", megabytes=largest))
    if left():
        _render_left(left())
    return [*left(), *(file for file in chosen or [] if not _hidden(file.name))]


def begin(files: Sequence[UploadedFile], sources: Mapping[str, str], taking: Taking | None) -> None:
    """Empty the field of files that are being added: what is chosen meanwhile is added by itself.

    `sources` are those that they are chosen as, by the files' ids; without `taking` they are not, and are left.
    """
    st.session_state["library-round"] = st.session_state.get("library-round", 0) + 1
    st.session_state["library-left"] = [] if taking is not None else list(files)
    if taking is not None:
        st.session_state["library-begun"] = (taking, list(files), sources)


def settle() -> None:
    """Where what this session began has ended before all was added, leave the rest to be added."""
    begun = st.session_state.get("library-begun")
    if begun is None or begun[0].running:
        return
    taking, files, sources = cast("tuple[Taking, list[UploadedFile], Mapping[str, str]]", begun)
    done = _done(taking, sources)
    st.session_state["library-left"] = [*left(), *(file for file in files if file.file_id not in done)]
    del st.session_state["library-begun"]


def _done(taking: Taking, sources: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of the files that were dealt with; of an archive that was cut short, what is inside may not be."""
    if not taking.stopped and taking.error is None and taking.failure is None:
        return frozenset(sources)
    results = list(taking.results)
    done = Counter(chosen_as(result.source) for result in results if INSIDE not in result.source)
    last = chosen_as(results[-1].source.partition(INSIDE)[0]) if results else ""
    if PurePosixPath(last).suffix.lower() in _WITH_PARTS:
        del done[last]
    wanted = Counter(sources.values())
    return frozenset(name for name, source in sources.items() if done[source] >= wanted[source])


def left() -> list[UploadedFile]:
    """Return the files that this session began to add, and that were not: something stopped that."""
    return cast("list[UploadedFile]", st.session_state.get("library-left", []))


def _render_left(files: Sequence[UploadedFile]) -> None:
    names = ", ".join(quoted(file.name) for file in files[:_SHOWN]) + (" …" if len(files) > _SHOWN else "")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(t("library_left_over", count=len(files), names=names), width="stretch")
        st.button(
            t("library_left_drop"), icon=":material/close:", key="library-left-drop", type="tertiary", on_click=_drop
        )


def _drop() -> None:
    st.session_state["library-left"] = []


def _hidden(name: str) -> bool:
    """Tell whether a file of a folder is one that systems and Office leave there."""
    return any(part.startswith((".", "~$")) or part in _LEFT_THERE for part in PurePosixPath(name).parts)
