"""Re-check minutes against their transcript: what sets `verified`, after extraction, a model and every edit.

A line of the embedded engine is made of what was said: its quotes are all there is to check. In one that a chat model
worded, names, figures, dates, negations and words are checked too; in one that a model found, also whether the
quoted turns settle, ask or give somebody something to do, and whom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar, cast

from assistai.evidence.claims import Finding, check_claims
from assistai.evidence.quotes import is_verbatim
from assistai.language.sentences import sentence_spans
from assistai.meetings.extraction.decision_acts import decision_act
from assistai.meetings.extraction.decision_responses import answer_of
from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.extraction.question_acts import question_act
from assistai.meetings.extraction.speech import readable
from assistai.meetings.minutes import Action, Decision, Doubt, Minutes, Question, Statement, Topic
from assistai.meetings.owners import around, takers
from assistai.meetings.people import is_participant, mentions, resolve
from assistai.meetings.transcript import Transcript
from assistai.records import Quote

Line = Action | Decision | Question | Statement
_Line = TypeVar("_Line", bound=Line)

_SAYS = re.compile(
    r"\s*(?:,\s*)?(?:a |ont |has |have |also )?(?:demand|propos|indiqu|précis|expliqu|rappel|annonc|dit|souhait|suggèr|"
    r"suggér|confirm|signal|informe|soulign|asks?|asked|propos|suggest|explain|says?|said|remind|announc|want|state|"
    r"report)",
    re.IGNORECASE,
)


def quote_stands(quote: Quote, transcript: Transcript) -> bool:
    """Tell whether the quote is verbatim in the turn that it names, on the record, by that speaker at that time."""
    if not 0 <= quote.turn < len(transcript.turns):
        return False
    turn = transcript.turns[quote.turn]
    return (
        not turn.off_record
        and (quote.speaker, quote.start, quote.end) == (turn.speaker, turn.start, turn.end)
        and is_verbatim(quote.quote, turn.text)
    )


def is_verified(evidence: Sequence[Quote], transcript: Transcript) -> bool:
    """Tell whether there is evidence and all of it stands."""
    return bool(evidence) and all(quote_stands(quote, transcript) for quote in evidence)


def doubts_of(line: Line, transcript: Transcript) -> tuple[Doubt, ...]:
    """Return why a line is not borne out by its quotes, nothing where it is."""
    if not is_verified(line.evidence, transcript):
        return ("quote",)
    if line.origin == "embedded":
        return ()
    doubts: list[Doubt] = [finding.doubt for finding in _claims(line, transcript)]
    if isinstance(line, Action) and _is_begun_by_another(line, transcript):
        doubts.append("owner")
    if isinstance(line, Statement) and _is_put_in_another_mouth(line, transcript):
        doubts.append("speaker")
    if line.origin == "model":
        doubts += _deed_doubts(line, transcript)
    return tuple(dict.fromkeys(doubts))


def check(line: _Line, transcript: Transcript) -> _Line:
    """Return the line with `verified` and `doubts` as the checks find them."""
    doubts = doubts_of(line, transcript)
    return cast(_Line, line.model_copy(update={"verified": not doubts, "doubts": doubts}))


def verify(minutes: Minutes, transcript: Transcript) -> Minutes:
    """Return the minutes with `verified` of every line set by the checks alone."""

    def topic(one: Topic) -> Topic:
        return one.model_copy(update={"summary": tuple(check(statement, transcript) for statement in one.summary)})

    return minutes.model_copy(
        update={
            "topics": tuple(map(topic, minutes.topics)),
            "decisions": tuple(check(item, transcript) for item in minutes.decisions),
            "actions": tuple(check(item, transcript) for item in minutes.actions),
            "questions": tuple(check(item, transcript) for item in minutes.questions),
        }
    )


def source_sentences(evidence: Sequence[Quote], transcript: Transcript) -> list[str]:
    """Return what a line may rest on: the quoted sentences and, in the same turns, the one before and after each."""
    sentences: dict[tuple[int, int], str] = {}
    for quote in evidence:
        text = transcript.turns[quote.turn].text
        start = text.find(quote.quote)
        spans = sentence_spans(text)
        touched = [n for n, (a, b) in enumerate(spans) if a < start + len(quote.quote) and start < b]
        if touched:
            for first, last in spans[max(0, touched[0] - 1) : touched[-1] + 2]:
                sentences[quote.turn, first] = readable(text[first:last]).text
    return [sentences[place] for place in sorted(sentences)]


def _claims(line: Line, transcript: Transcript) -> tuple[Finding, ...]:
    if isinstance(line, Action):  # who only spoke may not turn up as the one who does it
        names = {name for name in (line.owner, *line.owner_candidates) if name}
        text, states = line.task, False
    else:
        names = {quote.speaker for quote in line.evidence if quote.speaker}
        text, states = line.text, not isinstance(line, Question)
    sources = source_sentences(line.evidence, transcript)
    exact = isinstance(line, Action | Decision)
    return check_claims(text, sources, names=sorted(names), base=transcript.date, states=states, exact=exact)


def _is_begun_by_another(line: Action, transcript: Transcript) -> bool:
    """Tell whether a task begins with a participant's name that is not its owner's ("Marc réserve la salle")."""
    first = next(iter(mentions(line.task, transcript.participants)), None)
    if first is None or line.task[: first.start].strip() or not is_participant(first.text, transcript.participants):
        return False
    person = resolve(first.text, transcript.participants)
    return line.owner not in (person.owner, *person.candidates)


def _is_put_in_another_mouth(line: Statement, transcript: Transcript) -> bool:
    """Tell whether a sentence that begins "Claire propose…" rests on turns that Claire did not speak."""
    people = transcript.participants
    first = next(iter(mentions(line.text, people)), None)
    if first is None or line.text[: first.start].strip() or not is_participant(first.text, people):
        return False
    person = resolve(first.text, people)
    spoke = {quote.speaker for quote in line.evidence}
    return bool(_SAYS.match(line.text[first.end :])) and spoke.isdisjoint({person.owner, *person.candidates})


def _deed_doubts(line: Line, transcript: Transcript) -> list[Doubt]:
    """Return whether the quoted turns do what the line says they do, and by whom."""
    if isinstance(line, Action):
        found = takers(line.evidence, transcript, line.task)
        doubts: list[Doubt] = [] if found.act else ["act"]
        if line.owner and line.owner not in found.names:
            doubts.append("owner")
        return doubts
    _, quoted = around(line.evidence, transcript)
    if isinstance(line, Decision):
        lexicon = phrases("decisions")
        told = all(
            lexicon["past"].search(readable(one.text).lower) or lexicon["reported"].search(readable(one.text).lower)
            for one in quoted
        )
        settles = {act.kind for one in quoted if (act := decision_act(one))}
        agreed = any(answer_of(one.text) == "assent" for one in quoted)
        settled = settles & {"declared", "ratified"} or (settles & {"choice", "proposal", "suggestion"} and agreed)
        return [] if settled and not told else ["act"]
    if isinstance(line, Question):
        return [] if any(question_act(one) for one in quoted) else ["act"]
    return []
