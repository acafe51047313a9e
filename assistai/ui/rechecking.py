"""Whether the quotes of answers that are kept still stand: documents change, and go, while a conversation stays."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

import streamlit as st

from assistai.documents.answers import Answer, Citation
from assistai.errors import WorkspaceError
from assistai.ui.state import assistai

Standing = Literal["there", "changed", "deleted"]
"""Whether a quote is in its document word for word, no longer, or whether the document is no longer in the library."""

_Checked = dict[tuple[str, dt.datetime, int, str], Standing]


def look_anew() -> None:
    """Look which documents are there now; a quote is sought again only where its document has changed since."""
    st.session_state["documents-now"] = {one.id: one.updated_at for one in assistai().documents.list()}


def standing(citation: Citation) -> Standing:
    """Return where a quote that code had found in its document stands as of the last `look_anew`."""
    now = cast("dict[str, dt.datetime]", st.session_state["documents-now"]).get(citation.document)
    if now is None:
        return "deleted"
    checked = cast(_Checked, st.session_state.setdefault("quotes-checked", {}))
    key = (citation.document, now, citation.start, citation.quote)
    if key not in checked:
        try:
            checked[key] = "there" if assistai().documents.stands_now(citation) else "changed"
        except WorkspaceError:  # deleted since the look
            return "deleted"
    return checked[key]


def is_lost(answer: Answer) -> bool:
    """Tell whether a quote of an answer, once verified, is in its document no longer."""
    return as_of_now(answer) != answer


def as_of_now(answer: Answer) -> Answer:
    """Return the answer with those citations no longer called verified whose quote is not in its document now."""
    sentences = tuple(
        sentence.model_copy(update={"citations": tuple(map(_as_of_now, sentence.citations))})
        for sentence in answer.sentences
    )
    remarks = tuple(
        remark.model_copy(update={"citation": _as_of_now(remark.citation)}) if remark.citation else remark
        for remark in answer.remarks
    )
    return answer.model_copy(update={"sentences": sentences, "remarks": remarks})


def _as_of_now(citation: Citation) -> Citation:
    lost = citation.verified and standing(citation) != "there"
    return citation.model_copy(update={"verified": False}) if lost else citation
