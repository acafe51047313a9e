"""What the vector index keeps of a passage's document, and how it is asked for what a filter lets through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from assistai.workspace.document import Document
from assistai.workspace.scope import Filter

_MOST_IDS = 10_000
_NEVER, _ALWAYS = 0, 10_000_000


def describe(document: Document) -> dict[str, Any]:
    """Return what the vector index keeps of a passage's document, for filters."""
    return {
        "document": document.id,
        "collection": document.collection,
        "owner": document.owner,
        "sensitivity": document.sensitivity,
        "validity": document.validity,
        "from": _day(document.effective_from, _NEVER),
        "to": _day(document.effective_to, _ALWAYS),
    }


def _day(day: date | None, default: int) -> int:
    return default if day is None else day.toordinal()


def conditions(wanted: Filter) -> Iterator[Any]:
    """Yield what Chroma is asked for: nothing where the filter lets nothing through, several where it names many."""
    if wanted.validity == () or wanted.documents == ():
        return
    chosen: list[dict[str, Any]] = []
    if wanted.collection is not None:
        chosen.append({"collection": wanted.collection})
    if wanted.owner is not None:
        chosen.append({"owner": wanted.owner})
    if wanted.max_sensitivity is not None:
        chosen.append({"sensitivity": {"$lte": wanted.max_sensitivity}})
    if wanted.validity is not None:
        chosen.append({"validity": {"$in": list(wanted.validity)}})
    if wanted.effective_on is not None:
        day = wanted.effective_on.toordinal()
        chosen += [{"from": {"$lte": day}}, {"to": {"$gte": day}}]
    if wanted.documents is None:
        yield _all_of(chosen)
        return
    ids = sorted(set(wanted.documents))
    for begin in range(0, len(ids), _MOST_IDS):
        yield _all_of([*chosen, {"document": {"$in": ids[begin : begin + _MOST_IDS]}}])


def _all_of(chosen: list[dict[str, Any]]) -> Any:
    return {"$and": chosen} if len(chosen) > 1 else chosen[0] if chosen else None
