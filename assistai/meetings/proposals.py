"""What a chat model is asked for about one part of a meeting, as the JSON that it writes.

The evidence of a line comes before its text: a model that has just copied a quote strays less from it.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Proposed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


class ProposedQuote(_Proposed):
    """Words of a turn, by its index."""

    turn: int
    quote: str


class ProposedStatement(_Proposed):
    """A sentence of a topic's summary."""

    evidence: list[ProposedQuote] = Field(min_length=1, max_length=3)
    text: str


class ProposedTopic(_Proposed):
    """What a topic of the embedded engine should be called, and its summary."""

    id: str
    title: str
    summary: list[ProposedStatement] = Field(max_length=8)


class ProposedWording(_Proposed):
    """Better words for an item that the embedded engine found."""

    id: str
    text: str


class ProposedItem(_Proposed):
    """An item that the embedded engine may have missed."""

    kind: Literal["decision", "action", "question"]
    evidence: list[ProposedQuote] = Field(min_length=1, max_length=3)
    text: str
    owner: str = ""


class Proposal(_Proposed):
    """All that a model proposes for one part."""

    topics: list[ProposedTopic] = Field(max_length=40)
    wording: list[ProposedWording] = Field(max_length=150)
    missed: list[ProposedItem] = Field(max_length=30)

    @classmethod
    def schema_for(cls, topics: int, items: int, turns: int) -> dict[str, Any]:
        """Return the JSON schema for a part with so many topics, items and turns; lists hold hardly more than these.

        A weak model that a grammar holds to the schema would else go on with lists until its reply is cut.
        """
        schema = cls.model_json_schema()
        longest = {"topics": topics + 1, "wording": items + 1, "missed": min(30, 2 + turns // 3)}
        for name, most in longest.items():
            schema["properties"][name]["maxItems"] = most
        return schema

    def prose(self) -> str:
        """Return all the sentences that the model wrote, to tell their language."""
        statements = [statement.text for topic in self.topics for statement in topic.summary]
        return "\n".join([*statements, *(one.text for one in self.wording), *(one.text for one in self.missed)])
