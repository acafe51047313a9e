"""The sample documents: taken in once, so that the question page answers at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistai.documents.ingestion import Details, Progress
from assistai.records import SENSITIVITIES
from assistai.resources import sample_documents

if TYPE_CHECKING:
    from assistai.documents.service import Documents

COLLECTION = "exemples"


def samples_wanted(documents: Documents, mark: Path) -> bool:
    """Tell whether the samples are to be taken in: the library never held a document, or this was cut short."""
    try:
        return json.loads(mark.read_text(encoding="utf-8"))["documents"] is None
    except FileNotFoundError:
        return not documents.list()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def take_in_samples(documents: Documents, mark: Path, progress: Callable[[Progress], None] | None) -> int:
    """Take in the sample documents, say what is known of each, and return how many there are.

    `mark` is a file that says that this was begun, and then done: deleted samples do not come back.
    """
    _write(mark, None)
    described = json.loads((sample_documents() / "collection.json").read_text(encoding="utf-8"))["documents"]
    files = [sample_documents() / item["file"] for item in described]
    details = Details(collection=COLLECTION)
    taken = {
        Path(result.source).name: result.document.id
        for result in documents.ingest_each(documents.sources(*files), details, progress)
        if result.document is not None and result.document.container is None
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
    _write(mark, len(taken))
    return len(taken)


def _write(mark: Path, taken: int | None) -> None:
    mark.parent.mkdir(parents=True, exist_ok=True)
    partial = mark.with_suffix(".partial")
    partial.write_text(json.dumps({"collection": COLLECTION, "documents": taken}), encoding="utf-8")
    partial.replace(mark)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
