"""The sample documents: taken in once, so that the question page answers at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistai.documents.ingestion import Details, Progress
from assistai.resources import sample_documents
from assistai.workspace.library import SENSITIVITIES

if TYPE_CHECKING:
    from assistai.documents.service import Documents

COLLECTION = "exemples"


def take_in_samples(documents: Documents, done: Path, progress: Callable[[Progress], None] | None) -> int:
    """Take in the sample documents, say what is known of each, and leave a mark at `done`; return how many there are.

    Deleted samples do not come back: the mark stays.
    """
    described = json.loads((sample_documents() / "collection.json").read_text(encoding="utf-8"))["documents"]
    files = [sample_documents() / item["file"] for item in described]
    details = Details(collection=COLLECTION)
    taken = {
        result.name: result.document.id
        for result in documents.ingest_each(documents.sources(*files), details, progress)
        if result.document is not None
    }
    for item in described:
        if item["file"] in taken:
            documents.describe(
                taken[item["file"]],
                owner=item["owner"] or "",
                sensitivity=SENSITIVITIES.index(item["sensitivity"]),
                validity=item["validity"],
                effective_from=_day(item["effective_from"]),
                effective_to=_day(item["effective_to"]),
                superseded_by=taken.get(item["superseded_by"] or ""),
            )
    done.write_text(json.dumps({"collection": COLLECTION, "documents": len(taken)}), encoding="utf-8")
    return len(taken)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
