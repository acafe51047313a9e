"""An answer: sentences of the documents, each with its citation, and what the reader must know of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from assistai.records import Language, Record


class Citation(Record):
    """A verbatim piece of a document: `quote` is its text from `start` to `end`, `verified` says that code checked it.

    `document` is the id and `name` the file's name; `page` is a PDF page or slide, `place` the row of a sheet,
    `heading` the path of headings above. `distinction` tells the document from others that have its title.
    `score` is the nearness of the passage, from 0 to 1.
    """

    document: str
    title: str
    name: str = ""
    distinction: str = ""
    page: int | None = None
    place: str | None = None
    heading: str = ""
    start: int
    end: int
    quote: str
    score: float
    verified: bool


class AnswerSentence(Record):
    """A sentence of an answer and the citations that support it.

    `verified` tells whether they bear out all that it says; without it none of the citations counts as verified.
    """

    text: str
    citations: tuple[Citation, ...]
    verified: bool = True


class Remark(Record):
    """Something to know of an answer: `code` is a key of the `notices` catalogue, `params` fill it.

    `citation` is what it speaks of: a newer text that differs, a document that is not in force.
    """

    code: str
    params: dict[str, str] = Field(default_factory=dict)
    citation: Citation | None = None


class AnswerProvenance(Record):
    """How an answer was made: `embedded`, or `embedded+model` with model, prompt, tokens and cost (None: unknown)."""

    engine: str = "embedded"
    model: str | None = None
    prompts: tuple[str, ...] = ()
    tokens_read: int | None = None
    tokens_written: int | None = None
    cost_usd: Decimal | None = None


class Answer(Record):
    """What `answer` returns; its JSON is the contract `assistai.answer/1`.

    Where `answered` is false there are no sentences, and `passages` are the nearest that were found; `nearest` are the
    sentences of them that may answer all the same, none where none comes near. `understood` is
    the question that was asked of the documents where it differs from `question`: a follow-up with its subject.
    `confidence` is the estimated probability that the documents answer, from 0 to 1. `searched_documents` and
    `searched_passages` count what the filter let through; `unread_documents` those of it that failed, were read in part
    or are not finished.
    """

    schema_: Literal["assistai.answer/1"] = Field(default="assistai.answer/1", alias="schema")
    question: str
    understood: str | None = None
    language: Language = "fr"
    answered: bool
    sentences: tuple[AnswerSentence, ...] = ()
    passages: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    remarks: tuple[Remark, ...] = ()
    confidence: float = 0.0
    searched_documents: int = 0
    searched_passages: int = 0
    unread_documents: int = 0
    provenance: AnswerProvenance = AnswerProvenance()

    def to_json(self) -> str:
        """Return the answer as JSON."""
        return self.model_dump_json(by_alias=True)
