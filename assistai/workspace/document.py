"""A document of the library and its passages, as they are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any, Literal

from assistai.records import Language

State = Literal["waiting", "reading", "embedding", "indexed", "partly", "failed"]
"""Where a document stands; the first three are passed through, the others last."""

Validity = Literal["in_force", "draft", "superseded"]

INSIDE = "!/"
"""Stands in a document's source between an archive or mail and the name of the file inside it."""

UPLOADED = "upload:"
"""Begins the source of a file that was handed over: what follows is its name, with the folder that was chosen."""

UNFINISHED: tuple[State, ...] = ("waiting", "reading", "embedding")
"""The states of documents that are being taken in, or were when the process ended."""

READ: tuple[State, ...] = ("indexed", "partly")
"""The states of documents that have been read, wholly or in part."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a document, without its text.

    `source` is where it came from (a path, or "upload:" and a name) and is its identity in a `collection`; `container`
    is the source of the archive or mail that it was in. `unread` holds (code, page, name) of what was not read,
    `problem` the code and fields of the error that stopped it. `sensitivity` is an index into SENSITIVITIES. `readers`
    is the version of the readers that its text is from; `validity_said` and `title_said` tell whether a person has said
    its validity and its title. Times are in UTC.
    """

    id: str
    collection: str
    source: str
    name: str
    title: str
    format: str
    sha256: str
    size: int
    added_at: dt.datetime
    updated_at: dt.datetime
    container: str | None = None
    language: Language = "fr"
    pages: int | None = None
    unread: tuple[tuple[str, int | None, str | None], ...] = ()
    state: State = "waiting"
    problem: tuple[str, dict[str, str]] | None = None
    owner: str = ""
    sensitivity: int = 1
    validity: Validity = "in_force"
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    superseded_by: str | None = None
    readers: int = 0
    validity_said: bool = False
    title_said: bool = False

    @property
    def said(self) -> dict[str, Any]:
        """What was said of the document rather than read in it, and is not what holds for a new one."""
        values = {name: getattr(self, name) for name in _SAID if name != "title" or self.title_said}
        return {name: value for name, value in values.items() if value != _UNSAID.get(name)}

    @property
    def said_in_force(self) -> bool:
        """Tell whether a person has said that the document is in force."""
        return self.validity_said and self.validity == "in_force"

    def in_force_on(self, day: dt.date) -> bool:
        """Tell whether the document is in force on a day: neither draft nor superseded, within its dates."""
        return self.validity == "in_force" and self._is_within(day)

    def holds_on(self, day: dt.date, newer: Document | None) -> bool:
        """Tell whether the document is in force on a day, or superseded by one, `newer`, that takes effect later."""
        replaced_later = self.validity == "superseded" and newer is not None and not newer.replaces_on(day)
        return self.in_force_on(day) or (replaced_later and self._is_within(day))

    def replaces_on(self, day: dt.date) -> bool:
        """Tell whether the document may have replaced another one by a day: it is no draft, and has taken effect."""
        return self.validity != "draft" and (self.effective_from is None or self.effective_from <= day)

    def _is_within(self, day: dt.date) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


_SAID = (
    *("title", "title_said", "owner", "sensitivity", "validity", "validity_said"),
    *("effective_from", "effective_to", "superseded_by"),
)
_UNSAID = {field.name: field.default for field in fields(Document)}


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it is kept; `text` is the document's text from `start` to `end`."""

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    text: str
    heading: str
    language: Language
    page: int | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class PassageWords:
    """A passage and its words as the full-text index takes them: stems, stems of headings, exact forms."""

    passage: StoredPassage
    words: str
    headings: str
    exact: str
