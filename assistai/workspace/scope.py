"""Which documents a question is asked of, and how many those are."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from assistai.workspace.document import Validity


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents a question is asked of; what is None does not restrict."""

    collection: str | None = None
    owner: str | None = None
    max_sensitivity: int | None = None
    validity: tuple[Validity, ...] | None = None
    effective_on: dt.date | None = None
    documents: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a filter lets through: documents that were read, at least in part, with their passages; and how many of the
    documents that it lets through failed, were read in part only or are not finished."""

    documents: int
    passages: int
    unread: int


def sql_conditions(wanted: Filter) -> tuple[list[str], dict[str, object]]:
    """Return the conditions on the table `document` that a filter stands for, as SQL, and the values bound in them."""
    conditions: list[str] = []
    params: dict[str, object] = {}
    if wanted.collection is not None:
        conditions.append("document.collection = :collection")
        params["collection"] = wanted.collection
    if wanted.owner is not None:
        conditions.append("document.owner = :owner")
        params["owner"] = wanted.owner
    if wanted.max_sensitivity is not None:
        conditions.append("document.sensitivity <= :sensitivity")
        params["sensitivity"] = wanted.max_sensitivity
    if wanted.validity is not None:
        names = [f"validity{number}" for number in range(len(wanted.validity))]
        conditions.append(f"document.validity IN ({', '.join(':' + name for name in names)})")
        params.update(zip(names, wanted.validity, strict=True))
    if wanted.effective_on is not None:
        conditions.append("(document.effective_from IS NULL OR document.effective_from <= :day)")
        conditions.append("(document.effective_to IS NULL OR document.effective_to >= :day)")
        params["day"] = wanted.effective_on.isoformat()
    if wanted.documents is not None:
        conditions.append("document.id IN (SELECT value FROM json_each(:documents))")
        params["documents"] = json.dumps(wanted.documents)
    return conditions, params
