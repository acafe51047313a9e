"""Files whose name an uploaded document has already, with another content: kept beside it or in its place."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistai.documents.reading.formats import EXTENSIONS
from assistai.documents.sources import Source
from assistai.documents.uploads import free_number, numbered_name, same_named
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.language.typography import format_date
from assistai.ui import state
from assistai.ui.text import language, plain, quoted, t
from assistai.workspace.document import UPLOADED, Document

_KEEP = "keep"
_REPLACE = "replace"
_SHOWN = 3
_MOST = 20
_BEGINNING = 90


def settle_names(
    files: Sequence[UploadedFile], documents: Sequence[Document], collection: str, largest: int
) -> list[Source]:
    """Return where files come from, once it is asked what becomes of those whose names are there with other contents.

    Nothing is replaced unless that is chosen, but in a folder, which is brought again as it has become.
    """
    uploaded = same_named(documents, collection)
    named = {file.file_id: uploaded.get(_source(file), ()) for file in files}
    alike = {file.file_id: next((one for one in named[file.file_id] if _holds(one, file)), None) for file in files}
    there = [one for one in documents if one.collection == collection]
    clashing = [
        file
        for file in sorted(files, key=lambda file: file.name)
        if named[file.file_id] and not any(one.state != "failed" and _holds(one, file) for one in there)
    ]
    replaced: dict[str, Document | None] = {}
    if alone := [file for file in clashing if "/" not in file.name]:
        replaced |= _ask_of_files(alone, named, collection, there)
    if in_folder := [file for file in clashing if "/" in file.name]:
        replaced |= _ask_of_folder(in_folder, named, collection)
    _render_chosen_twice([file for file in files if alike[file.file_id] is None])
    seen: set[str] = set()
    sources = []
    for file in files:
        held = alike[file.file_id] or replaced.get(file.file_id)
        source = held.source if held is not None else _source(file)
        name = held.name if held is not None else PurePosixPath(file.name).name
        beside = held is None or source in seen
        seen.add(source)
        sources.append(_as_source(file, source, name, largest, beside=beside))
    return sources


def _source(file: UploadedFile) -> str:
    return f"{UPLOADED}{file.name}"


def _as_source(file: UploadedFile, source: str, name: str, largest: int, *, beside: bool) -> Source:
    """Return what was brought; what is too large, or of a kind that is not read, says so as it is taken in.

    Streamlit would turn it away too, and nothing would tell of it in the end.
    """

    def read() -> bytes:
        if file.size > largest * 1_000_000:
            raise LimitExceeded("document_too_large", name=name, size=round(file.size / 1e6), limit=largest)
        if PurePosixPath(name).suffix.lower() not in EXTENSIONS:
            raise UnreadableInput("document_kind_not_read", name=name)
        return file.getvalue()

    return Source(source, name, read, beside=beside)


def _holds(document: Document, file: UploadedFile) -> bool:
    return document.size == file.size and document.sha256 == hashlib.sha256(file.getvalue()).hexdigest()


def _ask_of_files(
    files: Sequence[UploadedFile], named: Mapping[str, Sequence[Document]], collection: str, there: Sequence[Document]
) -> dict[str, Document | None]:
    """Ask of each file whether it is kept beside the document of its name, or replaces it; return what it replaces."""
    single = t("same_name_one", name=quoted(files[0].name), collection=quoted(collection))
    many = t("same_name_many", count=len(files), collection=quoted(collection))
    st.warning(many if len(files) > 1 else single, icon=":material/difference:")
    if len(files) > _MOST:
        return _ask_of_all(files, named, "all", default=_KEEP)
    if len(files) > 1:
        with st.container(horizontal=True, gap="small"):
            for choice in (_KEEP, _REPLACE):
                st.button(
                    t(f"same_name_all_{choice}"),
                    key=f"library-same-{choice}-all",
                    on_click=_choose_all,
                    args=({_key(file): _KEEP if choice == _KEEP else named[file.file_id][0].id for file in files},),
                )
    with st.container(height=360 if len(files) > _SHOWN else "content", border=False):
        return {file.file_id: _ask(file, named[file.file_id], files, there) for file in files}


def _key(file: UploadedFile) -> str:
    return f"library-same-{file.file_id}"


def _choose_all(choices: dict[str, str]) -> None:
    st.session_state.update(choices)


def _ask(
    file: UploadedFile, documents: Sequence[Document], files: Sequence[UploadedFile], there: Sequence[Document]
) -> Document | None:
    """Ask whether a file replaces one of the documents of its name; `there` are all of the collection."""
    by_id = {one.id: one for one in documents}
    alike = [one for one in files if one.name == file.name]
    label = f"{file.name} ({alike.index(file) + 1}/{len(alike)})" if len(alike) > 1 else file.name
    beginnings = state.assistai().documents.beginnings(documents, _BEGINNING)
    numbered = numbered_name(file.name, free_number(there, _source(file), file.name) + alike.index(file))
    chosen = st.radio(
        f"**{plain(label)}**",
        [_KEEP, *by_id],
        format_func=lambda name: (
            t("same_name_replace", name=plain(by_id[name].name)) if name in by_id else t("same_name_keep")
        ),
        captions=[
            t("same_name_keep_note", name=plain(numbered)),
            *(t("same_name_replace_note", text=plain(beginnings[one.id]), day=_day(one)) for one in documents),
        ],
        label_visibility="visible" if len(files) > 1 else "collapsed",
        key=_key(file),
    )
    return by_id.get(chosen or _KEEP)


def _day(document: Document) -> str:
    return format_date(document.added_at.replace(tzinfo=dt.UTC).date(), language())


def _ask_of_folder(
    files: Sequence[UploadedFile], named: Mapping[str, Sequence[Document]], collection: str
) -> dict[str, Document | None]:
    """Ask whether the files of a folder replace those of their names, all of them or none."""
    names = ", ".join(quoted(file.name) for file in files[:_SHOWN]) + (" …" if len(files) > _SHOWN else "")
    st.warning(
        t("same_name_folder", count=len(files), collection=quoted(collection), names=names),
        icon=":material/difference:",
    )
    return _ask_of_all(files, named, "folder", default=_REPLACE)


def _ask_of_all(
    files: Sequence[UploadedFile], named: Mapping[str, Sequence[Document]], what: str, *, default: str
) -> dict[str, Document | None]:
    """Ask once whether files replace the first documents of their names; `default` is what is chosen at first."""
    choices = (default, _KEEP if default == _REPLACE else _REPLACE)
    chosen = st.radio(
        t(f"same_name_{what}_ask"),
        choices,
        format_func=lambda name: t(f"same_name_{what}_{name}"),
        captions=[t(f"same_name_{name}_note_many") for name in choices],
        key=f"library-same-{what}",
    )
    return {file.file_id: named[file.file_id][0] if chosen == _REPLACE else None for file in files}


def _render_chosen_twice(files: Sequence[UploadedFile]) -> None:
    """Say of files that were chosen under one name, with different contents, that each is kept."""
    count = Counter(file.name for file in files)
    twice = [name for name, number in count.items() if number > 1]
    differing = [name for name in twice if len({file.getvalue() for file in files if file.name == name}) > 1]
    if differing:
        st.info(t("same_name_chosen", names=", ".join(map(quoted, differing))), icon=":material/content_copy:")
