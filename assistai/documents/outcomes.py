"""What a user says of the files that are brought, how far they are, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistai.errors import AssistAIError
from assistai.workspace.document import Document

Outcome = Literal["added", "updated", "described", "unchanged", "moved", "duplicate", "raised", "removed", "failed"]
"""What became of one file.

"described" where only the owner or sensitivity that were given are new, "raised" where they are those of a duplicate,
which is as sensitive now; "removed" where the file is no longer in the folder that it came from.
"""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; `document` is None where nothing of it is kept, `error` tells why it failed.

    `replaced` tells that the document held something else before.
    """

    source: str
    name: str
    outcome: Outcome
    document: Document | None = None
    error: AssistAIError | None = None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion is: files done of all that are known so far, and where the present one stands."""

    done: int
    total: int
    name: str
    stage: Literal["reading", "embedding", "done"]
    fraction: float = 0.0


@dataclass(frozen=True, slots=True)
class Details:
    """What a user says of documents when bringing them.

    What is None is not said: documents that are there keep theirs, new ones have no owner and the sensitivity 1, or
    those of the archive or mail that they are in.
    """

    collection: str = "documents"
    owner: str | None = None
    sensitivity: int | None = None

    def of(self, document: Document) -> dict[str, str | int]:
        """Return what is said of a document and differs from what is known of it."""
        said = {"owner": self.owner, "sensitivity": self.sensitivity}
        return {name: value for name, value in said.items() if value not in (None, getattr(document, name))}
