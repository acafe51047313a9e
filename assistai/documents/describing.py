"""Change what is known of a document, in SQL and in the vector index, and check it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistai.documents.index import VectorIndex, describe
from assistai.documents.outcomes import Details, Ingested, Outcome
from assistai.workspace.document import READ, Document
from assistai.workspace.library import Library


def change(library: Library, index: VectorIndex, document: Document, changes: Mapping[str, Any]) -> Document:
    """Change columns of a document and return it as it is then; both indexes filter by the new values at once.

    Nothing is embedded again. Cut short, it is finished by `resume`: the document is unfinished until then.
    """
    done = document.state in READ
    begun = {"state": "embedding"} if done else {}
    changed = library.change(document.id, **changes, **begun, updated_at=library.now())
    if changed is not None:
        refresh_metadata(library, index, changed)
    if done:
        changed = library.change(document.id, state=document.state)
    return changed or document


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
