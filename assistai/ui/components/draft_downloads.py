"""Take a draft along: files in any format, the clipboard, the mail program. Nothing is sent."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistai.drafting.draft import Recipient
from assistai.export.drafts import draft_file_name, draft_formats, draft_mime_type, export_draft, warnings
from assistai.export.drafts.text import carries_text, mailto
from assistai.ui import drafting, state
from assistai.ui.components.copying import render_copy
from assistai.ui.text import plain, t, td
from assistai.workspace import SavedDraft

_ICONS = {"eml": "mail", "docx": "description", "pdf": "picture_as_pdf", "ics": "event"}


def render_draft_downloads(saved: SavedDraft) -> None:
    """Render the popover: what to know first, then a button a format, copy and link."""
    draft = saved.draft
    settings = state.assistai().settings
    files = drafting.files()
    with st.popover(t("download"), icon=":material/download:", type="primary"):
        told = warnings(draft, "eml", files=files)
        if saved.review.status in ("projet", "relu"):
            st.caption(td("export_not_signed"))
        for notice in told:
            st.warning(plain(td(notice.code, **dict(notice.params))), icon=":material/warning:")
        for name in draft_formats(draft):
            st.download_button(
                td(f"format_{name}"),
                data=partial(
                    export_draft,
                    draft,
                    name,
                    settings=settings,
                    status=saved.review.status,
                    sender=_sender(draft.principal),
                    files=files,
                ),
                file_name=draft_file_name(draft, name),
                mime=draft_mime_type(name),
                icon=f":material/{_ICONS.get(name, 'draft')}:",
                type="primary" if name == "eml" else "secondary",
                key=f"draft-download-{name}",
                on_click="ignore",
                width="stretch",
            )
        link = mailto(draft)
        st.link_button(td("mailto"), link, icon=":material/open_in_new:", width="stretch")
        if not carries_text(link):
            st.caption(td("export_link_too_long"))
        render_copy(draft.body, "draft-copy", td("copy"))


def _sender(principal: str | None) -> Recipient | None:
    """Return who writes, where the profile knows the address."""
    found = next((one for one in state.assistai().drafts.principals() if one.id == principal), None)
    return Recipient(name=found.name, address=found.address) if found and "@" in found.address else None
