"""Save, list, load and delete conversations with the documents: each is its reader's alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import update

from assistai.errors import WorkspaceError
from assistai.workspace.database import stored_now
from assistai.workspace.shelf import Shelf
from assistai.workspace.tables import ConversationRow


@dataclass(frozen=True, slots=True)
class SavedConversation:
    """A conversation as it is kept: `content` is its JSON, `question` the first one asked, `reader` whose it is."""

    id: str
    reader: str
    question: str
    content: str


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """What a list of conversations shows; `updated_at` is in UTC."""

    id: str
    question: str
    updated_at: dt.datetime


class ConversationShelf(Shelf[ConversationRow]):
    """The conversations saved in the workspace's file.

    Every method raises WorkspaceError where the file cannot be used or is from a newer version.
    """

    _table = ConversationRow
    _missing = "conversation_missing"

    def save(self, saved: SavedConversation, *, after: SavedConversation | None = None) -> bool:
        """Keep the conversation in place of what it was before (`after`; None where it is new).

        Return False, and keep nothing, where it is another by now: it went on elsewhere. Raises WorkspaceError where it
        was deleted meanwhile: it does not come back.
        """
        if after is None:
            self._keep(
                ConversationRow(id=saved.id, reader=saved.reader, question=saved.question, conversation=saved.content)
            )
            return True
        row = ConversationRow
        change = update(row).where(row.id == saved.id, row.conversation == after.content)
        values = {"conversation": saved.content, "question": saved.question, "updated_at": stored_now(self._clock)}
        with self._database.session() as session:
            changed = session.execute(change.values(values)).rowcount  # type: ignore[attr-defined]
        if not changed:
            self._find(saved.id)
        return bool(changed)

    def load(self, conversation_id: str, reader: str) -> SavedConversation:
        """Return a conversation of a reader; raises WorkspaceError where the reader has none of that id."""
        row = self._find(conversation_id)
        if row.reader != reader:
            raise WorkspaceError(self._missing)
        return SavedConversation(row.id, row.reader, row.question, row.conversation)

    def list(self, reader: str) -> tuple[ConversationSummary, ...]:
        """Return the conversations of a reader, the last changed first."""
        rows = self._latest(ConversationRow.id, ConversationRow.question, where=ConversationRow.reader == reader)
        return tuple(ConversationSummary(row.id, row.question, row.updated_at.replace(tzinfo=dt.UTC)) for row in rows)
