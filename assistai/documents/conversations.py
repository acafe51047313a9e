"""A conversation with the documents: questions with their answers as they were given; as it is kept, and back."""

from __future__ import annotations

import datetime as dt

from assistai.documents.answers import Answer
from assistai.records import Record
from assistai.workspace import SavedConversation
from assistai.workspace.scope import Filter


class Turn(Record):
    """An answer as it was given at a moment, and the filter that its question had.

    `early` tells that documents were still to come, `judged` that its reader said what it is worth.
    """

    answer: Answer
    at: dt.datetime
    wanted: Filter = Filter()
    early: bool = False
    judged: bool = False


class Conversation(Record):
    """The turns of a reader's conversation, the oldest first, and the questions that wait for an answer."""

    id: str
    reader: str
    turns: tuple[Turn, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def subject(self) -> str | None:
        """The last question as it was understood, of which a follow-up keeps the subject; None before the first."""
        if not self.turns:
            return None
        last = self.turns[-1].answer
        return last.understood or last.question

    @property
    def begun(self) -> bool:
        """Tell whether anything was asked."""
        return bool(self.turns or self.asked)


def joined(mine: Conversation, others: Conversation) -> Conversation:
    """Return a conversation that went on at two places as one: the turns of both by time, the questions of `mine`."""
    turns = {(turn.at, turn.answer.question): turn for turn in others.turns}
    for turn in mine.turns:
        key = (turn.at, turn.answer.question)
        judged = turn.judged or (key in turns and turns[key].judged)
        turns[key] = turn.model_copy(update={"judged": judged})
    return mine.model_copy(update={"turns": tuple(turns[key] for key in sorted(turns))})


def to_save(conversation: Conversation) -> SavedConversation:
    """Return a conversation that has begun as it is kept."""
    first = conversation.turns[0].answer.question if conversation.turns else conversation.asked[0]
    content = conversation.model_dump_json(by_alias=True)
    return SavedConversation(conversation.id, conversation.reader, first, content)


def from_saved(saved: SavedConversation) -> Conversation:
    """Return the conversation that was kept."""
    return Conversation.model_validate_json(saved.content)
