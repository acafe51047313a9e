"""What the checks of a model's lines let pass: lines of the planted meetings, true and made wrong on purpose.

Needs no model. A true line that fails costs a person a look; a wrong one that passes costs trust.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistai import AssistAI
from assistai.meetings.minutes import Action, Decision, Minutes, Statement
from assistai.meetings.transcript import Transcript
from assistai.meetings.verification import Line, doubts_of
from benchmarks.gold import Case

NEVER = ("another owner", "a figure added", "a date added", "a name added", "talk as a decision", "another object")
_SHORT = 6
"""Words up to which one of them makes another task."""
"""Wrong lines of which none may pass."""


def corrupted(minutes: Minutes, transcript: Transcript) -> Iterator[tuple[str, Line]]:
    """Yield true lines of minutes under "true", and wrong ones under what is wrong with them, as if a model's."""
    french = minutes.language == "fr"
    lines: list[tuple[Line, str]] = [(item, "task") for item in minutes.actions]
    lines += [(item, "text") for item in minutes.decisions]
    lines += [(item, "text") for item in minutes.questions]
    lines += [(one, "text") for topic in minutes.topics for one in topic.summary]
    proposed: list[tuple[Line, str]] = [(line.model_copy(update={"origin": "model"}), field) for line, field in lines]
    for number, (line, field) in enumerate(proposed):
        yield "true", line
        text = getattr(line, field)
        yield "a figure added", line.model_copy(update={field: f"{text} (37)"})
        date = " avant le 17 octobre" if french else " by 17 October"
        yield "a date added", line.model_copy(update={field: text + date})
        yield "a name added", line.model_copy(update={field: f"{text} {'avec Zoé' if french else 'with Zoe'}"})
        if isinstance(line, Action | Decision) and (changed := _with_another_object(text, french)):
            yield "another object", line.model_copy(update={field: changed})
        other, _ = proposed[(number + 1) % len(proposed)]
        if type(other) is type(line) and other is not line:
            yield "another line's quotes", line.model_copy(update={"evidence": other.evidence})
        if isinstance(line, Action) and line.owner:
            for person in transcript.participants:
                if person != line.owner:
                    yield "another owner", line.model_copy(update={"owner": person})
    cited = {quote.turn for decision in minutes.decisions for quote in decision.evidence}
    cited |= {quote.turn for action in minutes.actions for quote in action.evidence}
    for line, _ in proposed:
        if isinstance(line, Statement) and cited.isdisjoint(quote.turn for quote in line.evidence):
            yield "talk as a decision", Decision(text=line.text, evidence=line.evidence, origin="model")


def _with_another_object(text: str, french: bool) -> str:
    """Return a short line with its last word replaced ("Prévenir le traiteur": "Prévenir le équipe"); "" if long."""
    words = text.rstrip(".").split()
    if not 2 <= len(words) <= _SHORT or len(words[-1]) < len("mots"):
        return ""
    return " ".join([*words[:-1], "équipe" if french else "team"])


def count(ai: AssistAI, cases: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """Return how many lines of each kind pass the checks, and how many there are."""
    counts: dict[str, tuple[int, int]] = {}
    for case in cases:
        transcript = ai.meetings.read(case.source, date=case.date)
        minutes = ai.meetings.summarise(transcript, engine="embedded")
        for kind, line in corrupted(minutes, transcript):
            passed, total = counts.get(kind, (0, 0))
            counts[kind] = passed + (not doubts_of(line, transcript)), total + 1
    return counts


def print_table(ai: AssistAI, cases: Sequence[Case]) -> None:
    """Print the counts."""
    print("\nLines of the planted meetings as if a model had proposed them: shown as verified, of how many")
    print("| line | verified | of |\n|---|---|---|")
    for kind, (passed, total) in count(ai, cases).items():
        goal = " (goal 0)" if kind in NEVER else ""
        print(f"| {kind}{goal} | {passed} | {total} |")
