"""What a chat model is asked for about one part of a meeting, as the JSON that it writes.

The evidence of a line comes before its text: a model that has just copied a quote strays less from it. Lengths in the
schema are what is asked for, and what a grammar holds a weak model to; a longer text is taken all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

_LONGEST_QUOTE: JsonDict = {"maxLength": 140}
_LONGEST_SENTENCE: JsonDict = {"maxLength": 240}
_LONGEST_TITLE: JsonDict = {"maxLength": 60}
_EVIDENCE: JsonDict = {"maxItems": 2}
_SUMMARY: JsonDict = {"maxItems": 4}


class _Proposed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


class ProposedQuote(_Proposed):
    """Words of a turn, by its index."""

    turn: int
    quote: str = Field(json_schema_extra=_LONGEST_QUOTE)


class ProposedStatement(_Proposed):
    """A sentence of a topic's summary."""

    evidence: list[ProposedQuote] = Field(min_length=1, json_schema_extra=_EVIDENCE)
    text: str = Field(json_schema_extra=_LONGEST_SENTENCE)


class ProposedTopic(_Proposed):
    """What a topic of the embedded engine should be called, and its summary."""

    id: str
    title: str = Field(json_schema_extra=_LONGEST_TITLE)
    summary: list[ProposedStatement] = Field(json_schema_extra=_SUMMARY)


class ProposedWording(_Proposed):
    """Better words for an item that the embedded engine found."""

    id: str
    text: str = Field(json_schema_extra=_LONGEST_SENTENCE)


class ProposedItem(_Proposed):
    """An item that the embedded engine may have missed."""

    kind: Literal["decision", "action", "question"]
    evidence: list[ProposedQuote] = Field(min_length=1, json_schema_extra=_EVIDENCE)
    text: str = Field(json_schema_extra=_LONGEST_SENTENCE)
    owner: str = ""


class Proposal(_Proposed):
    """All that a model proposes for one part."""

    topics: list[ProposedTopic]
    wording: list[ProposedWording]
    missed: list[ProposedItem]

    @classmethod
    def schema_for(cls, topics: Sequence[str], items: Sequence[str], turns: Sequence[int]) -> dict[str, Any]:
        """Return the JSON schema for a part: the ids of its topics and items, and the indexes of its turns.

        A weak model that a grammar holds to the schema would else go on with lists until its reply is cut, and number
        turns that are not there.
        """
        schema = cls.model_json_schema()
        longest = {"topics": len(topics), "wording": len(items), "missed": min(30, 2 + len(turns) // 3)}
        for name, most in longest.items():
            schema["properties"][name]["maxItems"] = most
        defined = schema["$defs"]
        for name, ids in (("ProposedTopic", topics), ("ProposedWording", items)):
            if ids:
                defined[name]["properties"]["id"]["pattern"] = f"^({'|'.join(map(re.escape, ids))})$"
        if turns:
            defined["ProposedQuote"]["properties"]["turn"] |= {"minimum": min(turns), "maximum": max(turns)}
        return schema

    def prose(self) -> str:
        """Return all the sentences that the model wrote, to tell their language."""
        statements = [statement.text for topic in self.topics for statement in topic.summary]
        return "\n".join([*statements, *(one.text for one in self.wording), *(one.text for one in self.missed)])
