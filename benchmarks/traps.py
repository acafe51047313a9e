"""Planted cases: precision and recall of actions, owners, due dates, decisions and questions, per language.

`python -m benchmarks.traps [--verbose] [--cases FOLDER]`. A proposed item meets a planted one where they share enough
words (F1 of content stems ≥ 0.5, or ≥ 0.34 where they also rest on the same turns); pairs are made best first.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistai import AssistAI, Minutes, load_settings
from assistai.language.words import content_stems, detect_language

CASES = Path(__file__).parents[1] / "tests" / "traps" / "cases"
KINDS = ("actions", "owners", "dates", "decisions", "questions")


@dataclass
class Tally:
    """Counts of what was planted, proposed, and right."""

    planted: int = 0
    proposed: int = 0
    right: int = 0

    def precision(self) -> float:
        """Return the share of what was proposed that is right; 1 where nothing was proposed."""
        return self.right / self.proposed if self.proposed else 1.0

    def recall(self) -> float:
        """Return the share of what was planted that was found; 1 where nothing was planted."""
        return self.right / self.planted if self.planted else 1.0


@dataclass
class Score:
    """The tallies of a set of cases, and what went wrong in which."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    cases: int = 0
    perfect: int = 0
    failures: list[str] = field(default_factory=list)


def load_cases(folder: Path = CASES) -> list[dict[str, Any]]:
    """Return the cases of all TOML files in a folder, in name order."""
    return [case for path in sorted(folder.rglob("*.toml")) for case in tomllib.loads(path.read_text("utf-8"))["case"]]


def summarise(case: dict[str, Any], assistai: AssistAI) -> Minutes:
    """Return the minutes of a case."""
    return assistai.meetings.summarise(case["transcript"].strip() + "\n", date=case.get("date"))


def score(cases: Iterable[dict[str, Any]], assistai: AssistAI) -> Score:
    """Return the score of the product on the cases."""
    total = Score()
    for case in cases:
        wrong = _score_case(case, summarise(case, assistai), total.tallies)
        total.cases += 1
        total.perfect += not wrong
        total.failures += [f"{case['id']}: {one}" for one in wrong]
    return total


def _score_case(case: dict[str, Any], minutes: Minutes, tallies: dict[str, Tally]) -> list[str]:
    wrong: list[str] = []
    for kind, words in (("actions", "task"), ("decisions", "text"), ("questions", "text")):
        planted, proposed = case.get(kind, []), list(getattr(minutes, kind))
        pairs = _pairs(
            [(gold[words], gold.get("turns")) for gold in planted], [_shown(item, words) for item in proposed]
        )
        tally = tallies[kind]
        tally.planted += len(planted)
        tally.proposed += len(proposed)
        tally.right += len(pairs)
        wrong += [f"missed {kind[:-1]} {gold[words]!r}" for at, gold in enumerate(planted) if at not in pairs]
        taken = set(pairs.values())
        wrong += [f"extra {kind[:-1]} {getattr(item, words)!r}" for at, item in enumerate(proposed) if at not in taken]
        if kind == "actions":
            for gold_at, at in pairs.items():
                wrong += _score_fields(planted[gold_at], proposed[at], tallies)
        if kind == "decisions":
            for gold_at, at in pairs.items():
                wrong += _score_decision(planted[gold_at], proposed[at])
    return wrong


def _score_fields(gold: dict[str, Any], action: Any, tallies: dict[str, Tally]) -> list[str]:
    wrong = []
    due: dt.date | None = action.due.date
    for kind, wanted, given in (("owners", gold.get("owner"), action.owner), ("dates", gold.get("due"), due)):
        tallies[kind].planted += wanted is not None
        tallies[kind].proposed += given is not None
        tallies[kind].right += wanted is not None and wanted == given
        if wanted != given:
            wrong.append(f"{kind[:-1]} of {gold['task']!r}: {given} instead of {wanted}")
    if "candidates" in gold and sorted(action.owner_candidates) != gold["candidates"]:
        wrong.append(f"candidates {action.owner_candidates} instead of {gold['candidates']}")
    return wrong


def _score_decision(gold: dict[str, Any], decision: Any) -> list[str]:
    wrong = []
    if decision.state != gold.get("state", "settled"):
        wrong.append(f"state of {gold['text']!r}: {decision.state}")
    if "decided_by" in gold and decision.decided_by != gold["decided_by"]:
        wrong.append(f"{gold['text']!r} decided by {decision.decided_by}")
    if "assent" in gold and set(decision.assent) != set(gold["assent"]):
        wrong.append(f"assent to {gold['text']!r}: {decision.assent}")
    return wrong


def _shown(item: Any, words: str) -> tuple[str, list[int]]:
    return getattr(item, words), [quote.turn for quote in item.evidence]


def _pairs(
    planted: Sequence[tuple[str, list[int] | None]], proposed: Sequence[tuple[str, list[int]]]
) -> dict[int, int]:
    """Return which planted item each proposed one is, best likeness first."""
    likenesses = []
    for gold_at, (gold, gold_turns) in enumerate(planted):
        for at, (text, turns) in enumerate(proposed):
            likeness = _likeness(gold, text)
            same_turns = bool(gold_turns) and bool(set(gold_turns or ()) & set(turns))
            if likeness >= 0.5 or (same_turns and likeness >= 0.34):
                likenesses.append((-likeness, gold_at, at))
    pairs: dict[int, int] = {}
    for _, gold_at, at in sorted(likenesses):
        if gold_at not in pairs and at not in pairs.values():
            pairs[gold_at] = at
    return pairs


def _likeness(first: str, second: str) -> float:
    language = detect_language(first)
    one, two = (Counter(content_stems(text, language)) for text in (first, second))
    shared = sum((one & two).values())
    return 2 * shared / (one.total() + two.total()) if shared else 0.0


def print_table(folder: Path = CASES, *, verbose: bool = False) -> None:
    """Measure the product on a folder of cases and print a table by language."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in load_cases(folder):
        groups[case["id"].split("-")[0]].append(case)
        groups["all"].append(case)
    with tempfile.TemporaryDirectory() as data_dir:
        assistai = AssistAI(load_settings(data_dir=Path(data_dir)))
        results = {name: score(cases, assistai) for name, cases in sorted(groups.items())}
    print(f"Planted cases: precision / recall ({len(groups['all'])} cases)")
    print(f"{'':6}{'cases':>7}{'perfect':>9}" + "".join(f"{kind:>16}" for kind in KINDS))
    for name, result in results.items():
        cells = [f"{tally.precision():.2f} / {tally.recall():.2f}" for tally in result.tallies.values()]
        print(f"{name:6}{result.cases:>7}{result.perfect:>9}" + "".join(f"{cell:>16}" for cell in cells))
    if verbose:
        print(*results["all"].failures, sep="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    print_table(options.cases, verbose=options.verbose)
