"""Change what is known of a document, in SQL and in the vector index, and check it before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from assistai.documents.filtering import describe
from assistai.documents.index import VectorIndex
from assistai.documents.outcomes import Details, Ingested, Outcome
from assistai.documents.words import passage_words
from assistai.errors import InputError
from assistai.records import SENSITIVITIES
from assistai.workspace.catalogue import Catalogue
from assistai.workspace.document import READ, Document, Validity
from assistai.workspace.library import Library

DESCRIBED = frozenset(
    ("owner", "sensitivity", "validity", "effective_from", "effective_to", "superseded_by", "title", "collection")
)
"""What a person may change of a document."""


def change(library: Library, index: VectorIndex, document: Document, changes: Mapping[str, Any]) -> Document:
    """Change columns of a document and return it as it is then; both indexes filter by the new values at once.

    Nothing is embedded again. Cut short, it is finished by `resume`: the document is unfinished until then.
    """
    done = document.state in READ
    begun = {"state": "embedding"} if done else {}
    changed = library.change(document.id, **changes, **begun, updated_at=library.now())
    if changed is not None:
        refresh_metadata(library, index, changed)
        if changed.title != document.title:
            library.renew_words(document.id, passage_words)
    if done:
        changed = library.change(document.id, state=document.state)
    return changed or document


def check_details(details: Details) -> None:
    """Raise InputError where a collection has no name, or what is said of its documents cannot be."""
    if not isinstance(details.collection, str) or not details.collection.strip() or not _is_text(details.collection):
        raise InputError("collection_blank")
    if details.owner is not None:
        _check_text("owner", details.owner)
    if details.sensitivity is not None:
        _check_sensitivity(details.sensitivity)


def check_changes(catalogue: Catalogue, document: Document, changes: Mapping[str, Any]) -> None:
    """Raise InputError where a change of a document cannot be: the message says which and what is possible."""
    for name in ("owner", "title"):
        if name in changes:
            _check_text(name, changes[name])
    if "collection" in changes:
        check_details(Details(collection=changes["collection"]))
    if "title" in changes and not changes["title"].strip():
        raise InputError("title_missing")
    if "sensitivity" in changes:
        _check_sensitivity(changes["sensitivity"])
    if "validity" in changes and changes["validity"] not in get_args(Validity):
        raise InputError("validity_unknown", value=changes["validity"], known=", ".join(get_args(Validity)))
    days = {name: changes[name] for name in ("effective_from", "effective_to") if name in changes}
    for day in days.values():
        if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
            raise InputError("date_wrong", value=day)
    first, last = (days.get(name, getattr(document, name)) for name in ("effective_from", "effective_to"))
    if days and first is not None and last is not None and last < first:
        raise InputError("dates_reversed", first=first.isoformat(), last=last.isoformat())
    if changes.get("superseded_by") is not None:
        _check_newer(catalogue, document, changes["superseded_by"])


def _check_newer(catalogue: Catalogue, document: Document, newer: object) -> None:
    """Raise InputError where there is no such document, or it is itself replaced by the older one in the end."""
    name: str | None = newer if isinstance(newer, str) and _is_text(newer) else ""
    seen: set[str] = set()
    while name is not None and name not in seen:
        if name == document.id:
            raise InputError("newer_circular", name=document.name)
        seen.add(name)
        following = catalogue.by_id([name]).get(name)
        if following is None and len(seen) == 1:
            raise InputError("newer_missing", value=newer)
        name = following.superseded_by if following is not None else None


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str) or not _is_text(value):
        raise InputError("text_wrong", field=name, value=repr(value))


def _is_text(value: str) -> bool:
    """Tell whether a text can be stored: half a character of two cannot."""
    return value.encode("utf-8", "replace").decode() == value


def _check_sensitivity(value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value not in range(len(SENSITIVITIES)):
        known = ", ".join(f"{number} ({name})" for number, name in enumerate(SENSITIVITIES))
        raise InputError("sensitivity_unknown", value=value, known=known)


def say_of_known(library: Library, index: VectorIndex, result: Ingested, details: Details) -> Ingested:
    """Give a document that was there, and is not read again, what is said of the file that was brought.

    What is said of a copy makes the document that has its text more sensitive, and what is inside; nothing else.
    """
    document = result.document
    if document is None:
        return result
    if result.outcome == "duplicate":
        level = details.sensitivity or 0
        alike = (document, *library.inside(document.collection, document.source))
        raised = [change(library, index, one, {"sensitivity": level}) for one in alike if one.sensitivity < level]
        named = {one.id: one for one in raised}
        return replace(result, outcome="raised", document=named.get(document.id, document)) if raised else result
    said = details.of(document) if result.outcome in ("unchanged", "moved") else {}
    if not said:
        return result
    outcome: Outcome = "described" if result.outcome == "unchanged" else "moved"
    return replace(result, outcome=outcome, document=change(library, index, document, said))


def refresh_metadata(library: Library, index: VectorIndex, document: Document) -> None:
    """Tell the vector index what filters ask of a document now."""
    index.describe(sorted(library.passage_ids(document.id)), describe(document))
