"""What one sentence gives someone to do: each act with its words and the date that its clause names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistai.language.dates import DueExpression, find_due
from assistai.language.words import content_stems
from assistai.meetings.extraction.acts import ADDRESSEE, NOBODY, SPEAKER, Act
from assistai.meetings.extraction.english_acts import english_acts
from assistai.meetings.extraction.french_acts import french_acts
from assistai.meetings.extraction.speech import Speech, readable
from assistai.meetings.extraction.task_wording import complement
from assistai.meetings.people import mentions, vocatives
from assistai.meetings.utterances import Utterance

_CORRECTS = re.compile(r"(?<!\w)(?:non|plutôt|pardon|enfin|no|sorry|actually|rather|i mean|wait)(?!\w)")


@dataclass(frozen=True, slots=True)
class Said:
    """An act where it was said."""

    act: Act
    utterance: Utterance
    speech: Speech
    words: str
    due: DueExpression | None


def acts_said(utterance: Utterance, participants: Sequence[str], base: dt.date | None) -> list[Said]:
    """Return the acts in a sentence, in order, none overlapping, each with its words and the date in its clause."""
    speech = readable(utterance.text)
    people = mentions(speech.text, participants)
    rules = french_acts if utterance.language == "fr" else english_acts
    acts = sorted(rules(speech.text, speech.lower, people), key=lambda act: (act.start, -act.complement))
    acts = _without_overlaps(acts)
    dues = find_due(speech.text, utterance.language, base)
    starts = [act.start for act in acts]
    said: list[Said] = []
    called = [mention.start for mention in vocatives(speech.text, participants)]
    for at, act in enumerate(acts):
        end = starts[at + 1] if at + 1 < len(starts) else len(speech.text)
        words = complement(act, speech.text, [*starts[at + 1 :], *called], dues)
        own = [
            due
            for due in dues
            if act.start <= due.start < end
            or (at == 0 and due.start < act.start and not content_stems(speech.text[: due.start], act.language))
        ]
        if len(own) > 1 and _CORRECTS.search(speech.lower, own[0].end, own[1].start):
            own = own[1:]
        said.append(Said(act, utterance, speech, words, own[0] if own else None))
    return said


def _without_overlaps(acts: Sequence[Act]) -> list[Act]:
    """Keep, of acts on one verb, the surest: a named doer before a pattern without one."""
    kept: dict[int, Act] = {}
    for act in acts:
        other = kept.get(act.predicate.end)
        if other is None or _rank(act) > _rank(other):
            kept[act.predicate.end] = act
    result: list[Act] = []
    for act in sorted(kept.values(), key=lambda one: one.start):
        if result and act.start < result[-1].predicate.end:
            if _rank(act) > _rank(result[-1]):
                result[-1] = act
            continue
        result.append(act)
    return result


def _rank(act: Act) -> tuple[bool, bool, bool]:
    return act.doer not in (SPEAKER, ADDRESSEE, NOBODY), act.explicit, not act.weak
