"""Who takes a task in the turns that a line rests on: the embedded engine's own reading, to compare a model's with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistai.evidence.claims import borne_out
from assistai.meetings.extraction.actions import find_actions
from assistai.meetings.extraction.acts import ADDRESSEE, NOBODY, SPEAKER
from assistai.meetings.extraction.exchanges import replies, takes_over
from assistai.meetings.extraction.factuality import is_joked_about, is_meant
from assistai.meetings.extraction.pieces import in_pieces
from assistai.meetings.extraction.said import Said, acts_said
from assistai.meetings.people import Person, resolve, vocatives
from assistai.meetings.transcript import Transcript
from assistai.meetings.utterances import Utterance, utterances
from assistai.records import Quote

_BEFORE, _AFTER = 4, 6


@dataclass(frozen=True, slots=True)
class Takers:
    """Who may own a task by what was said; `act` tells whether anything there gives somebody something to do."""

    names: tuple[str, ...]
    act: bool


def takers(evidence: Sequence[Quote], transcript: Transcript, task: str = "") -> Takers:
    """Return who takes or is given a task in the quoted sentences, with what is said just before and after.

    Where these hold several tasks, only those most like `task` count.
    """
    spoken, quoted = around(evidence, transcript)
    names: dict[str, None] = {}
    act = False
    sentences = _sentences(quoted, transcript)
    found = [
        action
        for action in find_actions(spoken, transcript)
        if any((quote.turn, quote.quote) in sentences for quote in action.evidence)
    ]
    alike = [borne_out(action.task, task) for action in found]
    for action, likeness in zip(found, alike, strict=True):
        act = True
        if likeness == max(alike):
            names |= dict.fromkeys(filter(None, (action.owner, *action.owner_candidates)))
    if names:
        return Takers(tuple(names), act)
    for utterance in quoted:
        if is_joked_about(utterance.text):
            continue
        if takes_over(utterance.text):
            act = True
            names |= dict.fromkeys(filter(None, [utterance.speaker]))
        for said in acts_said(utterance, transcript.participants, transcript.date):
            if is_meant(said.act, said.speech.lower, dated=said.due is not None and said.due.date is not None):
                act = act or said.act.kind not in ("proposal", "call", "offer")
                for person in _doers(said, spoken, transcript):
                    names |= dict.fromkeys(filter(None, (person.owner, *person.candidates)))
    return Takers(tuple(names), act)


def around(evidence: Sequence[Quote], transcript: Transcript) -> tuple[list[Utterance], list[Utterance]]:
    """Return the sentences around the quoted turns, and of these the ones that the quotes touch."""
    turns = sorted({quote.turn for quote in evidence if 0 <= quote.turn < len(transcript.turns)})
    if not turns:
        return [], []
    near = {turn for named in turns for turn in range(named - _BEFORE, named + _AFTER + 1)}
    spoken = in_pieces(utterances([turn for turn in transcript.turns if turn.index in near]))
    spans = []
    for quote in evidence:
        if quote.turn in turns and (start := transcript.turns[quote.turn].text.find(quote.quote)) >= 0:
            spans.append((quote.turn, start, start + len(quote.quote)))
    quoted = [
        one
        for one in spoken
        if any(one.turn == turn and one.start < end and start < one.end for turn, start, end in spans)
    ]
    return spoken, quoted


def _sentences(quoted: Sequence[Utterance], transcript: Transcript) -> set[tuple[int, str]]:
    return {(one.turn, transcript.turns[one.turn].text[one.start : one.end]) for one in quoted}


def _doers(said: Said, spoken: Sequence[Utterance], transcript: Transcript) -> Iterator[Person]:
    act, utterance = said.act, said.utterance
    if act.doer == SPEAKER:
        yield Person(utterance.speaker)
    elif act.doer not in (ADDRESSEE, NOBODY):
        yield resolve(act.doer, transcript.participants)
    elif called := vocatives(said.speech.text, transcript.participants):
        yield resolve(called[0].text, transcript.participants)
    else:
        for reply in replies(spoken, utterance.index):
            if reply.takes or (reply.answer == "yes" and act.doer == ADDRESSEE):
                yield Person(reply.utterance.speaker)
                return
