"""Questions with known answers: on the sample documents, on those of sixteen invented offices, each of them alone, and
the data-protection authority's (../shared/data).

The questions of each set are halved, the offices as wholes: what `benchmarks.calibration` fits on (`dev`) is never
measured on.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistai import AssistAI, load_settings
from assistai.documents.followups import resolve
from assistai.documents.ingestion import Details, Source
from assistai.models.embedding import Embedder
from assistai.workspace.scope import Filter

SAMPLES = Path(__file__).parents[1] / "tests" / "data" / "questions" / "samples.jsonl"
OFFICES = Path(__file__).parents[1] / "tests" / "data" / "questions" / "offices"
SHARED = Path(os.environ.get("ASSISTAI_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data")) / "retrieval-fr"


@dataclass(frozen=True, slots=True)
class Question:
    """A question: `document` is the name of the file that answers, `answers` what a good quote holds or lies in.

    Both are empty where the documents of `wanted` do not answer. Cells of a table row stand in an answer with " | "
    between them; a good quote holds them all. `previous` is the question before in a conversation.
    """

    id: str
    text: str
    split: str
    document: str
    answers: tuple[str, ...]
    previous: str | None = None
    wanted: Filter = field(default_factory=Filter)

    @property
    def answerable(self) -> bool:
        """Tell whether the documents answer."""
        return bool(self.answers)

    def answered_by(self, document: str, quote: str) -> bool:
        """Tell whether a quote from a document answers: it holds the answer, or is itself a piece of a longer one."""
        if not self.answerable or document != self.document:
            return False
        said = _plain(quote)
        return any(
            all(_plain(cell) in said for cell in answer.split(" | ")) or (len(said) > 20 and said in _plain(answer))
            for answer in self.answers
        )


def sample_questions() -> list[Question]:
    """Return the questions on the sample documents."""
    return _questions(SAMPLES)


def offices(split: str, folder: Path, embedder: Embedder | None = None) -> Iterator[tuple[AssistAI, list[Question]]]:
    """Yield, for each office of a half ("dev" or "test"), assistai with its documents taken in, and the questions."""
    for path in sorted(OFFICES.glob("*.jsonl")):
        questions = halves(_questions(path), split)
        if questions:
            ai = AssistAI(load_settings(data_dir=folder / path.stem), embedder=embedder)
            ai.documents.ingest(path.with_suffix(""))
            yield ai, questions


def _questions(path: Path) -> list[Question]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked: dict[str, str] = {}
    questions = []
    for row in rows:
        previous = asked.get(row["follow_up_of"] or "")
        asked[row["id"]] = resolve(row["question"], previous)
        answers = (row["answer"],) if row["answerable"] else ()
        questions.append(Question(row["id"], row["question"], row["split"], row["document"] or "", answers, previous))
    return questions


def sample_library(folder: Path, embedder: Embedder | None = None) -> AssistAI:
    """Return assistai with the sample documents taken in."""
    ai = AssistAI(load_settings(data_dir=folder), embedder=embedder)
    ai.documents.ensure_samples()
    return ai


def shared_questions(ai: AssistAI) -> list[Question]:
    """Return the shared questions, and each again as one that cannot be answered: asked without its document."""
    documents = {document.name: document.id for document in ai.documents.list()}
    gold = dict(line.split("\t")[:2] for line in (SHARED / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:])
    questions = []
    for line in (SHARED / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = f"{gold[row['_id']]}.txt"
        others = Filter(documents=tuple(sorted(name for other, name in documents.items() if other != document)))
        split = "dev" if hashlib.sha256(document.encode()).digest()[0] % 2 else "test"
        questions.append(Question(row["_id"], row["text"], split, document, tuple(row["answers"])))
        questions.append(Question(f"{row['_id']}-without", row["text"], split, "", (), wanted=others))
    return questions


def shared_library(folder: Path, embedder: Embedder | None = None) -> AssistAI:
    """Return assistai with the shared texts taken in, one document each, without the titles: they are the questions."""
    ai = AssistAI(load_settings(data_dir=folder), embedder=embedder)
    sources = [_source(json.loads(line)) for line in (SHARED / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    list(ai.documents.ingest_each(sources, Details(collection="cnil")))
    return ai


def has_shared() -> bool:
    """Tell whether the shared questions are here."""
    return (SHARED / "corpus.jsonl").exists()


def halves(questions: Sequence[Question], split: str) -> list[Question]:
    """Return the questions of one half, "dev" or "test"."""
    return [question for question in questions if question.split == split]


def _source(row: dict[str, str]) -> Source:
    name = f"{row['_id']}.txt"
    return Source(f"upload:{name}", name, lambda: row["text"].encode())


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.replace("’", "'")).strip().casefold()
