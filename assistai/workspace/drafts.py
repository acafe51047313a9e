"""Save, list, load and delete drafts: what was proposed and what was signed stay apart."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace

from assistai.drafting.draft import Draft
from assistai.meetings.editing import signed_review
from assistai.meetings.minutes import Review, Status
from assistai.workspace.shelf import Shelf
from assistai.workspace.tables import DraftRow

_NOBODY = Review()


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft under review: `draft` is the text as it stands, `proposal` what was first written, which stays.

    `review` says who answers for the text.
    """

    id: str
    draft: Draft
    proposal: Draft
    review: Review = _NOBODY


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """What a list of saved drafts shows: `to` names its recipients, `updated_at` is in UTC."""

    id: str
    subject: str
    kind: str
    status: Status
    updated_at: dt.datetime
    to: tuple[str, ...] = ()


def signed(saved: SavedDraft, status: Status, reviewer: str | None, at: dt.datetime) -> SavedDraft:
    """Return the draft moved to a status by a named person at a moment; raises InputError where nobody is named."""
    return replace(saved, review=signed_review(status, reviewer, at))


class DraftShelf(Shelf[DraftRow]):
    """The drafts saved in the workspace's file.

    Every method raises WorkspaceError where the file cannot be used or is from a newer version.
    """

    _table = DraftRow
    _missing = "draft_missing"

    def save(self, saved: SavedDraft) -> None:
        """Keep the draft as it is now, in place of what its id held before."""
        self._keep(
            DraftRow(
                id=saved.id,
                subject=saved.draft.subject,
                kind=saved.draft.kind,
                status=saved.review.status,
                proposal=_written(saved.proposal),
                draft=_written(saved.draft),
                review=saved.review.model_dump_json(),
            )
        )

    def load(self, draft_id: str) -> SavedDraft:
        """Return a saved draft; raises WorkspaceError where there is none."""
        row = self._find(draft_id)
        return SavedDraft(
            id=row.id,
            draft=Draft.model_validate_json(row.draft),
            proposal=Draft.model_validate_json(row.proposal),
            review=Review.model_validate_json(row.review),
        )

    def list(self) -> tuple[DraftSummary, ...]:
        """Return the saved drafts, the last changed first."""
        rows = self._latest(DraftRow.id, DraftRow.subject, DraftRow.kind, DraftRow.status, DraftRow.draft)
        return tuple(
            DraftSummary(
                row.id, row.subject, row.kind, row.status, row.updated_at.replace(tzinfo=dt.UTC), _recipients(row.draft)
            )
            for row in rows
        )


def _recipients(draft: str) -> tuple[str, ...]:
    found = json.loads(draft).get("recipients", ())
    return tuple(one.get("name") or one.get("address", "") for one in found if one.get("field") == "to")


def _written(draft: Draft) -> str:
    return draft.model_dump_json(by_alias=True)
