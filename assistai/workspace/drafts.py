"""Save, list, load and delete drafts: what was proposed and what was signed stay apart."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select

from assistai.drafting.draft import Draft
from assistai.errors import WorkspaceError
from assistai.meetings.editing import signed_review
from assistai.meetings.minutes import Review, Status
from assistai.workspace.database import Database
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


class DraftShelf:
    """The drafts saved in the workspace's file.

    Every method raises WorkspaceError where the file cannot be used or is from a newer version.
    """

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def save(self, saved: SavedDraft) -> None:
        """Keep the draft as it is now, in place of what its id held before."""
        row = DraftRow(
            id=saved.id,
            subject=saved.draft.subject,
            kind=saved.draft.kind,
            status=saved.review.status,
            updated_at=self._clock().astimezone(dt.UTC).replace(tzinfo=None),
            proposal=_written(saved.proposal),
            draft=_written(saved.draft),
            review=saved.review.model_dump_json(),
        )
        with self._database.session() as session:
            session.merge(row)

    def load(self, draft_id: str) -> SavedDraft:
        """Return a saved draft; raises WorkspaceError where there is none."""
        with self._database.session() as session:
            row = session.get(DraftRow, draft_id)
            if row is None:
                raise WorkspaceError("draft_missing")
            return SavedDraft(
                id=row.id,
                draft=Draft.model_validate_json(row.draft),
                proposal=Draft.model_validate_json(row.proposal),
                review=Review.model_validate_json(row.review),
            )

    def list(self) -> tuple[DraftSummary, ...]:
        """Return the saved drafts, the last changed first."""
        columns = (
            DraftRow.id,
            DraftRow.subject,
            DraftRow.kind,
            DraftRow.status,
            DraftRow.updated_at,
            DraftRow.draft,
        )
        with self._database.session() as session:
            rows = session.execute(select(*columns).order_by(DraftRow.updated_at.desc(), DraftRow.id)).all()
        return tuple(
            DraftSummary(
                row.id, row.subject, row.kind, row.status, row.updated_at.replace(tzinfo=dt.UTC), _recipients(row.draft)
            )
            for row in rows
        )

    def delete(self, draft_id: str) -> None:
        """Forget a draft; one that is not there is no error."""
        with self._database.session() as session:
            row = session.get(DraftRow, draft_id)
            if row is not None:
                session.delete(row)


def _recipients(draft: str) -> tuple[str, ...]:
    found = json.loads(draft).get("recipients", ())
    return tuple(one.get("name") or one.get("address", "") for one in found if one.get("field") == "to")


def _written(draft: Draft) -> str:
    return draft.model_dump_json(by_alias=True)
