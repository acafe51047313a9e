"""What the reader must know of an answer: not in force, said otherwise elsewhere, an edition left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from assistai.documents.answers import Citation, Remark
from assistai.documents.candidates import FEATURES, Candidate
from assistai.documents.contradictions import differs
from assistai.documents.search import Hit
from assistai.documents.standing import Standing
from assistai.language.words import detect_language
from assistai.records import Language
from assistai.workspace.document import Document

_BESIDE = 2.5
"""By how much less speaks for a sentence that says something else of what was asked, at most."""

_AS_GOOD = 0.35
_NEAREST = 3
_LANGUAGES: tuple[Language, ...] = ("fr", "en")


def remarks_on(
    best: Candidate,
    found: Sequence[Candidate],
    stands: Standing,
    *,
    day: dt.date,
    score: Callable[[Candidate], float],
    cite: Callable[[Candidate], Citation],
    called: Callable[[Document], str],
    called_by_id: Callable[[str], str | None],
) -> list[Remark]:
    """Return the remarks on an answer whose first sentence is `best`, of the sentences found; `day` is when it holds.

    `score` is how much speaks for a sentence, `called` what a document is called, `called_by_id` the same by its id.
    """
    remarks = []
    document = best.hit.document
    in_force = best.hit.in_force or document.in_force_on(day)
    if (said := _validity(document, stands, called, called_by_id, in_force=in_force)) is not None:
        remarks.append(said)
    named = [item for item in found if _names(item) or not _names(best)]
    for other in sorted(named, key=lambda item: (_names(item), score(item)), reverse=True):
        related = other.hit.document.id in (stands.newer.get(document.id), document.superseded_by)
        close = related or (score(other) >= score(best) - _BESIDE and not other.another_one)
        if close and differs(best, other):
            code = stands.differing(document, other.hit.document)
            return [*remarks, Remark(code=code, params={"name": called(other.hit.document)}, citation=cite(other))]
    aside = [item for item in found if item.hit.document.id in stands.older - {document.id}]
    if aside and score(former := max(aside, key=score)) >= score(best) - _AS_GOOD:
        params = {"name": called(former.hit.document)}
        remarks.append(Remark(code="older_edition", params=params, citation=cite(former)))
    return remarks


def other_language(question: str, hits: Sequence[Hit]) -> Remark | None:
    """Return that the passages nearest to a question are in another language than it, None where one is not."""
    asked = {detect_language(question, default=language) for language in _LANGUAGES}  # both where it cannot be told
    written = {hit.passage.language for hit in hits[:_NEAREST]}
    return None if asked & written or not written else Remark(code=f"other_language_{written.pop()}")


def _names(item: Candidate) -> float:
    return item.features[FEATURES.index("names")]


def _validity(
    document: Document,
    stands: Standing,
    called: Callable[[Document], str],
    called_by_id: Callable[[str], str | None],
    *,
    in_force: bool,
) -> Remark | None:
    """Return that the quoted document is not in force, or replaced, with what replaces it where that is known."""
    by = document.superseded_by or (stands.newer.get(document.id) if document.id in stands.older else None)
    newer = called_by_id(by) if by else None
    if newer is not None and (document.id in stands.older or not in_force):
        code = "superseded_by" if document.superseded_by else "seems_replaced"
        return Remark(code=code, params={"name": called(document), "by": newer})
    if in_force:
        seems = document.id in stands.drafts
        return Remark(code="seems_draft", params={"name": called(document)}) if seems else None
    validity = document.validity if document.validity != "in_force" else "out_of_date"
    return Remark(code="not_in_force", params={"name": called(document), "validity": validity})
