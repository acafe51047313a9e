"""What is found in planted meetings: precision, recall and F1 of actions, owners, dates, decisions and questions.

`python -m benchmarks.traps [--cases FOLDER] [--only TEXT] [--verbose]`
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from assistai import AssistAI, Minutes, load_settings
from assistai.language.words import content_stems, fold
from assistai.records import Quote
from benchmarks.gold import TRAPS, Case, GoldAction, GoldDecision, GoldQuestion, load_cases

KINDS = ("actions", "owners", "due dates", "decisions", "states", "questions")
SAME_WORDS = 0.5
"""Overlap of content stems (F1) from which two texts say the same."""
SAME_TURNS = 0.34
"""The same, where both also stand on a common turn."""


class _Predicted(Protocol):
    @property
    def evidence(self) -> tuple[Quote, ...]: ...


class _Wanted(Protocol):
    @property
    def texts(self) -> tuple[str, ...]: ...
    @property
    def turns(self) -> tuple[int, ...]: ...


P = TypeVar("P", bound=_Predicted)
W = TypeVar("W", bound=_Wanted)


@dataclass
class Tally:
    """How many were `right` of those `given` and of those `wanted`."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.right += other.right
        self.given += other.given
        self.wanted += other.wanted

    @property
    def precision(self) -> float:
        """The share of what was given that is right; 1.0 where nothing was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 1.0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Score:
    """The tallies of one meeting, in words what went wrong (`[]`: fully right), and how good the found tasks read.

    `wording` holds, for each task found, its overlap with the best wording of the gold (0 to 1).
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    faults: list[str] = field(default_factory=list)
    wording: list[float] = field(default_factory=list)


def overlap(one: str, other: str) -> float:
    """Return the F1 of the content stems of two texts, in the language that suits the pair better."""
    best = 0.0
    for language in ("fr", "en"):
        left, right = set(content_stems(one, language)), set(content_stems(other, language))
        if left and right:
            best = max(best, 2 * len(left & right) / (len(left) + len(right)))
    return best


def match(predicted: Sequence[tuple[str, P]], wanted: Sequence[W]) -> list[tuple[P | None, W | None]]:
    """Pair predictions (text, item) and gold one to one, the most alike first; what finds no partner stands alone."""
    scored = []
    for row, (text, item) in enumerate(predicted):
        turns = {quote.turn for quote in item.evidence}
        for column, gold in enumerate(wanted):
            alike = max(overlap(text, other) for other in gold.texts)
            common = bool(turns & set(gold.turns))
            if alike >= SAME_WORDS or (common and alike >= SAME_TURNS):
                scored.append((alike + 0.25 * common, row, column))
    pairs: list[tuple[P | None, W | None]] = []
    rows, columns = set(range(len(predicted))), set(range(len(wanted)))
    for _, row, column in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if row in rows and column in columns:
            rows.remove(row)
            columns.remove(column)
            pairs.append((predicted[row][1], wanted[column]))
    return [
        *pairs,
        *((predicted[row][1], None) for row in sorted(rows)),
        *((None, wanted[column]) for column in sorted(columns)),
    ]


def score(minutes: Minutes, gold: Case) -> Score:
    """Return how far `minutes` agree with `gold`.

    Owners and dates are judged on the actions that were found; those of a missed action count as missed.
    """
    result = Score()
    for action, wanted in match([(item.task, item) for item in minutes.actions], gold.actions):
        text = action.task if action else ""
        if _count(result, "actions", text, wanted) and action and wanted:
            result.wording.append(max(overlap(text, good) for good in wanted.texts))
            owners = {fold(name) for name in (wanted.owner, *wanted.owner_any) if name}
            owner = fold(action.owner) if action.owner else None
            _compare(result, "owners", text, owner, owners, required=wanted.owner is not None)
            if wanted.owner_candidates and set(action.owner_candidates) != set(wanted.owner_candidates):
                result.faults.append(f"candidates of “{text}”: {action.owner_candidates}")
            dates = {str(date) for date in (wanted.due, *wanted.due_any) if date}
            date = str(action.due.date) if action.due.date else None
            _compare(result, "due dates", text, date, dates, required=wanted.due is not None)
            _check_due(result, text, action.due.spoken, action.due.reason, wanted)
        elif wanted and not action and not wanted.optional:
            result.tallies["owners"].wanted += wanted.owner is not None
            result.tallies["due dates"].wanted += wanted.due is not None
    for decision, settled in match([(item.text, item) for item in minutes.decisions], gold.decisions):
        if _count(result, "decisions", decision.text if decision else "", settled) and decision and settled:
            states = {settled.state, *settled.state_any}
            _compare(result, "states", decision.text, decision.state, states)
            if settled.decided_by and decision.decided_by != settled.decided_by:
                result.faults.append(f"decided by {decision.decided_by}, not {settled.decided_by}: “{decision.text}”")
            if settled.assent and not set(settled.assent) <= set(decision.assent):
                result.faults.append(f"assent {decision.assent}, not {settled.assent}: “{decision.text}”")
        elif settled and not decision and not settled.optional:
            result.tallies["states"].wanted += 1
    for question, asked in match([(item.text, item) for item in minutes.questions], gold.questions):
        _count(result, "questions", question.text if question else "", asked)
    _check_whole(result, minutes, gold)
    return result


def _count(result: Score, kind: str, text: str, wanted: GoldAction | GoldDecision | GoldQuestion | None) -> bool:
    """Count one pair of `match`; tell whether it is a true pair whose details are to be compared."""
    tally = result.tallies[kind]
    if wanted is None:
        tally.given += 1
        result.faults.append(f"{kind}: unwanted “{text}”")
        return False
    if wanted.optional:
        return False
    tally.wanted += 1
    if not text:
        result.faults.append(f"{kind}: missed “{wanted.texts[0]}”")
        return False
    tally.given += 1
    tally.right += 1
    return True


def _compare(result: Score, kind: str, text: str, given: str | None, good: set[str], *, required: bool = True) -> None:
    """Count one detail of a found item; where it is not `required`, none is as good as a good one."""
    if given is None and not required:
        return
    tally = result.tallies[kind]
    tally.given += given is not None
    tally.wanted += bool(good)
    tally.right += given in good
    if given not in good:
        result.faults.append(f"{kind}: {given}, not {' or '.join(sorted(good)) or 'any'}: “{text}”")


def _check_due(result: Score, text: str, spoken: str | None, reason: str | None, wanted: GoldAction) -> None:
    if wanted.due_spoken and fold(wanted.due_spoken) not in fold(spoken or ""):
        result.faults.append(f"due words: {spoken}, not {wanted.due_spoken}: “{text}”")
    if wanted.due_reason and reason != wanted.due_reason:
        result.faults.append(f"due reason: {reason}, not {wanted.due_reason}: “{text}”")


def _check_whole(result: Score, minutes: Minutes, gold: Case) -> None:
    titles = " | ".join(fold(topic.title) for topic in minutes.topics)
    result.faults += [f"no topic “{word}” in: {titles}" for word in gold.topics if fold(word) not in titles]
    shown = fold(minutes.to_json())
    result.faults += [f"shows “{word}”" for word in gold.forbidden if fold(word) in shown]
    lines = fold(" | ".join([*(item.task for item in minutes.actions), *(item.text for item in minutes.decisions)]))
    result.faults += [f"no “{word}” in any task or decision" for word in gold.required if fold(word) not in lines]
    if bool(minutes.coverage.off_record) != gold.off_record:
        result.faults.append(f"off record: {minutes.coverage.off_record} turns")


def measure(cases: Iterable[Case]) -> dict[str, Score]:
    """Summarise every case with the embedded engine; return the scores by case id."""
    with tempfile.TemporaryDirectory() as folder:
        product = AssistAI(load_settings(data_dir=folder))
        return {case.id: score(product.meetings.summarise(case.source, date=case.date), case) for case in cases}


def totals(scores: Iterable[Score]) -> dict[str, Tally]:
    """Return the tallies of several meetings together, by kind."""
    together = {kind: Tally() for kind in KINDS}
    for one in scores:
        for kind, tally in one.tallies.items():
            together[kind].add(tally)
    return together


def print_table(cases: Path = TRAPS, *, only: str = "", verbose: bool = False) -> None:
    """Print precision, recall and F1 by language and overall; with `verbose`, what went wrong in each case."""
    chosen = [case for case in load_cases(cases) if only in case.id]
    scores = measure(chosen)
    if verbose:
        for case in chosen:
            if scores[case.id].faults:
                print(f"{case.id}   [{case.covers}]", *scores[case.id].faults, sep="\n    ")
        print()
    groups = {
        "short, fr": [case for case in chosen if case.language == "fr" and not case.is_long],
        "short, en": [case for case in chosen if case.language == "en" and not case.is_long],
        "short, mixed": [case for case in chosen if case.language == "mixed" and not case.is_long],
        "long": [case for case in chosen if case.is_long],
        "all": chosen,
    }
    print("Planted meetings: precision / recall / F1")
    print("| meetings | n | fully right | " + " | ".join(KINDS) + " | task wording |")
    print("|---" * (4 + len(KINDS)) + "|")
    for name, members in groups.items():
        if members:
            perfect = sum(not scores[case.id].faults for case in members)
            tallies = totals(scores[case.id] for case in members)
            cells = [f"{t.precision:.2f} / {t.recall:.2f} / {t.f1:.2f}" for t in tallies.values()]
            wording = [alike for case in members for alike in scores[case.id].wording]
            cells.append(f"{statistics.fmean(wording) if wording else 1.0:.2f}")
            print(f"| {name} | {len(members)} | {perfect} | " + " | ".join(cells) + " |")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=TRAPS, help="folder of TOML files")
    parser.add_argument("--only", default="", help="only the cases whose id holds this text")
    parser.add_argument("--verbose", action="store_true", help="what went wrong, case by case")
    options = parser.parse_args()
    print_table(options.cases, only=options.only, verbose=options.verbose)


if __name__ == "__main__":
    main()
