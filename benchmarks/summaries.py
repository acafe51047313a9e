"""Whole-meeting summaries beside sumy's LexRank, TextRank and Lead: ROUGE and seconds, at one length for all.

Meetings and references: QMSum's validation split as ../shared/data/meetings-en holds it. Every system sees the same
sentences (ours) and may use as many words as the reference has, to the nearest sentence.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from assistai.language.words import tokens
from assistai.meetings.extraction.topics import find_topics
from assistai.meetings.readers import read_transcript
from assistai.meetings.utterances import utterances
from assistai.settings import Settings, load_settings

MEASURES = ("rouge1", "rouge2", "rougeL")
System = Callable[[Path, Sequence[str], int], list[str]]


class _Words:
    """Sumy's tokenizer, over our words."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(token.lower for token in tokens(text))


def shared_meetings() -> list[Path]:
    """Return the meetings with reference summaries, or none where the shared data is not there."""
    root = Path(os.environ.get("ASSISTAI_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
    return sorted((root / "meetings-en").glob("*.json"))


def print_table(limit: int | None = None) -> None:
    """Measure every system on every meeting and print medians and the ratios ours/peer, pair by pair."""
    meetings = shared_meetings()[:limit]
    if not meetings:
        print("Summaries: no shared meetings here (set ASSISTAI_SHARED_DATA); skipped.")
        return
    settings = load_settings()
    systems: dict[str, System] = {
        "assistai": lambda path, sentences, words: _ours(path, words, settings),
        "LexRank": lambda path, sentences, words: _sumy(LexRankSummarizer(), sentences, words),
        "TextRank": lambda path, sentences, words: _sumy(TextRankSummarizer(), sentences, words),
        "Lead": lambda path, sentences, words: _fitting(sentences, words),
    }
    scorer = RougeScorer(list(MEASURES), use_stemmer=True)
    scores: dict[str, list[dict[str, float]]] = {name: [] for name in systems}
    for path in meetings:
        reference = " ".join(entry["answer"] for entry in json.loads(path.read_text("utf-8"))["reference"]["general"])
        transcript = read_transcript(path.read_bytes(), path.name, settings)
        sentences = [part.text for part in utterances(transcript.turns)]
        for name, system in systems.items():
            begin = time.perf_counter()
            summary = " ".join(system(path, sentences, len(reference.split())))
            seconds = time.perf_counter() - begin
            found = scorer.score(reference, summary)
            scores[name].append({measure: found[measure].fmeasure for measure in MEASURES} | {"seconds": seconds})
    print(f"Summaries of {len(meetings)} QMSum meetings, at the references' length (medians; ratio ours/peer by pairs)")
    print(f"{'':10}" + "".join(f"{measure:>18}" for measure in (*MEASURES, "seconds")))
    for name, rows in scores.items():
        cells = []
        for measure in (*MEASURES, "seconds"):
            median = statistics.median(row[measure] for row in rows)
            pairs = zip(scores["assistai"], rows, strict=True)
            ratio = statistics.median(ours[measure] / max(peer[measure], 1e-9) for ours, peer in pairs)
            cells.append(f"{median:>9.3f} (x{ratio:5.2f})")
        print(f"{name:10}" + "".join(f"{cell:>18}" for cell in cells))


def _ours(path: Path, words: int, settings: Settings) -> list[str]:
    transcript = read_transcript(path.read_bytes(), path.name, settings)
    topics = find_topics(utterances(transcript.turns), transcript)
    # Round after round over the topics, so that a short summary speaks of all of them.
    rounds = max((len(topic.summary) for topic in topics), default=0)
    ordered = [topic.summary[turn].text for turn in range(rounds) for topic in topics if turn < len(topic.summary)]
    return _fitting(ordered, words)


def _sumy(summarizer: LexRankSummarizer | TextRankSummarizer, sentences: Sequence[str], words: int) -> list[str]:
    document = ObjectDocumentModel([Paragraph([Sentence(text, _Words()) for text in sentences])])
    average = max(1, sum(len(text.split()) for text in sentences) // max(1, len(sentences)))
    return _fitting([str(one) for one in summarizer(document, max(1, 2 * words // average))], words)


def _fitting(sentences: Sequence[str], words: int) -> list[str]:
    chosen: list[str] = []
    length = 0
    for text in sentences:
        if length >= words:
            break
        chosen.append(text)
        length += len(text.split())
    return chosen
