"""The minutes saved in the workspace, as documents: meetings and documents are asked in one question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistai.documents.ingestion import Details, Progress, Source
from assistai.meetings.minutes import Minutes
from assistai.records import SENSITIVITIES
from assistai.workspace import Workspace
from assistai.workspace.document import Document

if TYPE_CHECKING:
    from assistai.documents.service import Documents

COLLECTION = "comptes-rendus"
_PREFIX = "meeting:"


def take_in_saved(documents: Documents, workspace: Workspace, progress: Callable[[Progress], None] | None) -> int:
    """Bring the collection of minutes to what the workspace holds; return how many documents changed.

    Minutes that nobody has approved are drafts; the person who approved them is their owner.
    """
    saved = {f"{_PREFIX}{meeting.id}": meeting for meeting in workspace.list()}
    known = {item.source: item for item in documents.list(collection=COLLECTION) if item.source.startswith(_PREFIX)}
    gone = [document for source, document in known.items() if source not in saved]
    for document in gone:
        documents.delete(document.id)
    late = {
        source: workspace.load(meeting.id).minutes
        for source, meeting in saved.items()
        if source not in known or known[source].updated_at < meeting.updated_at.replace(tzinfo=None)
    }
    sources = [
        Source(source, f"{minutes.title or source}.json", minutes.to_json().encode) for source, minutes in late.items()
    ]
    if sources:
        for result in documents.ingest_each(sources, Details(collection=COLLECTION), progress):
            if result.document is not None:
                documents.describe(result.document.id, **_described(late[result.source]))
    return len(gone) + len(sources)


def of_meeting(document: Document) -> bool:
    """Tell whether a document is the minutes of a saved meeting, kept like those by `take_in_saved`."""
    return document.source.startswith(_PREFIX)


def _described(minutes: Minutes) -> dict[str, str | int]:
    approved = minutes.review.status in ("approuve", "diffuse")
    return {
        "validity": "in_force" if approved else "draft",
        "owner": (minutes.review.reviewer or "") if approved else "",
        "sensitivity": SENSITIVITIES.index(minutes.sensitivity),
    }
