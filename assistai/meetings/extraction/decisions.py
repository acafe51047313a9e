"""Decisions: settled statements, with who settled them, the assent that followed, and what later undid them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistai.language.words import tokens
from assistai.meetings.extraction.antecedents import find_antecedent, needs_antecedent
from assistai.meetings.extraction.decision_acts import DecisionAct, decision_act, proposed, statement_act
from assistai.meetings.extraction.decision_responses import Response, is_other, responses
from assistai.meetings.extraction.decision_wording import beside, choice_of, resolved, sentence, subject_of
from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.extraction.pieces import in_pieces
from assistai.meetings.minutes import Decision
from assistai.meetings.transcript import Transcript
from assistai.meetings.utterances import Utterance
from assistai.records import Quote

_PENDING = 12
"""Sentences for which a proposal stays open to "c'est validé"."""

_UNFINISHED = frozenset(
    "as so the a an to of and or like such more with for in on at le la les un une de du des à et ou pour que".split()
)
"""Words that no sentence ends with: the speaker was cut off."""

_RECENT = 40
"""Sentences for which "finalement on prend…" is heard as said of the last decision."""

_LONG_QUOTE = 400
_ASSENTS_QUOTED = 4


@dataclass(slots=True)
class _Found:
    """A decision while it is being put together."""

    text: str
    at: int
    decided_by: str | None
    quotes: list[Quote]
    stems: frozenset[str]
    negative: bool
    assent: dict[str, None] = field(default_factory=dict)
    state: Literal["settled", "revoked", "replaced"] = "settled"
    replaced_by: int | None = None
    proposed: bool = False


def find_decisions(utterances: Sequence[Utterance], transcript: Transcript) -> list[Decision]:
    """Return what the meeting settled, in order, with ids `d1`, `d2`, …; `replaced_by` is the id of the later one.

    A decision is stated ("on part sur l'option B", "motion carried") or proposed and agreed to by somebody else.
    Repeats are joined with the first. Conditions, options, refused proposals and reports of earlier meetings are none.
    """
    utterances = in_pieces(utterances)
    found: list[_Found] = []
    pending: list[tuple[int, DecisionAct]] = []
    acts = {index: act for index, utterance in enumerate(utterances) if (act := decision_act(utterance))}
    undone: _Found | None = None
    revoked_at = -1
    others = {index for index, act in acts.items() if act.kind not in ("check", "ratified")}
    for index, act in acts.items():
        if act.kind == "revoked":
            undone = _revoke(found, act, transcript)
            revoked_at = index
            continue
        instead = undone is not None and index - revoked_at <= 2 and act.utterance.turn == utterances[revoked_at].turn
        if instead and act.kind in ("choice", "suggestion", "proposal"):
            act = replace(act, kind="declared")
        new = _settled(utterances, index, act, pending, others, transcript)
        if act.kind in ("proposal", "suggestion", "choice"):
            pending = [*[kept for kept in pending if index - kept[0] <= _PENDING], (index, act)]
        if new is not None:
            if undone is not None and instead:
                undone.state, undone.replaced_by = "replaced", len(found)
                found.append(new)
            else:
                _enter(found, new, act, index)
    ids = {id(one): f"d{number}" for number, one in enumerate(found, 1)}
    return [
        Decision(
            id=ids[id(one)],
            text=one.text,
            evidence=tuple(sorted(dict.fromkeys(one.quotes), key=lambda quote: quote.turn)),
            decided_by=one.decided_by,
            assent=tuple(one.assent),
            state=one.state,
            replaced_by=f"d{one.replaced_by + 1}" if one.replaced_by is not None else None,
        )
        for one in found
    ]


def _settled(
    utterances: Sequence[Utterance],
    index: int,
    act: DecisionAct,
    pending: Sequence[tuple[int, DecisionAct]],
    others: Collection[int],
    transcript: Transcript,
) -> _Found | None:
    answers = list(responses(utterances, index, others))
    if act.kind == "ratified":
        return _ratified(utterances, index, act, pending, others, transcript)
    if act.kind == "check":
        return _checked(utterances, index, act, answers, transcript)
    verdict = _verdict(act, answers)
    if not verdict:
        return None
    return _decision(utterances, index, act, _agreeing(answers), transcript)


def _verdict(act: DecisionAct, answers: Sequence[Response]) -> bool:
    """Tell whether the act and the answers to it settle something."""
    said = [response.answer for response in answers]
    first = next((number for number, answer in enumerate(said) if answer in ("assent", "nod", "refusal")), None)
    agreed = first is not None and said[first] == "assent"
    refused = first is not None and said[first] == "refusal"
    nodded = first is not None and said[first] == "nod"
    if act.kind == "declared":
        return not (
            refused and first == 0 and answers[0].utterance.turn - act.utterance.turn <= 1 and _is_no(answers[0])
        )
    if refused or "refusal" in said[: (first or 0) + 2]:
        return False
    accepted = agreed and answers[first or 0].accepts
    if act.kind == "choice":
        return agreed or nodded or act.opened if act.utterance.language == "fr" else accepted and (first or 0) <= 1
    if act.kind == "proposal":
        return (agreed and (first or 0) <= 2) or (nodded and first == 0)
    then = act.opened or act.speech.lower.rstrip(" .!").endswith(" then")
    return (accepted and (first or 0) <= 1) or (then and nodded and first == 0)


def _is_no(response: Response) -> bool:
    return phrases("decisions")["refusal_flat"].match(response.utterance.text) is not None


def _agreeing(answers: Sequence[Response]) -> list[Response]:
    """Return the answers that agree, up to the first refusal or the second that goes on to something else."""
    agreeing: list[Response] = []
    others = 0
    for response in answers:
        if response.answer in ("assent", "nod"):
            agreeing.append(response)
            continue
        others += 1
        if others == 2 or response.answer == "refusal":
            break
    return agreeing


def _decision(
    utterances: Sequence[Utterance],
    index: int,
    act: DecisionAct,
    agreeing: Sequence[Response],
    transcript: Transcript,
    words: str | None = None,
    before: Sequence[Quote] = (),
) -> _Found | None:
    asked = act.utterance
    language = asked.language
    text = words or (proposed(act) if act.kind in ("proposal", "suggestion") else act.words)
    quotes = [*before, quote_of(act, transcript)]
    if words is None and needs_antecedent(text, language):
        antecedent = find_antecedent(utterances, index)
        if antecedent is not None:
            text = resolved(text, antecedent, language)
            quotes.insert(
                0,
                transcript.turns[antecedent.utterance.turn].quote(
                    *_whole(antecedent.utterance, antecedent.start, antecedent.end)
                ),
            )
        elif act.kind == "choice":
            return None
        elif index:
            quotes.insert(0, _quote(utterances[index - 1], transcript))
    words_said = tokens(text)
    while act.kind == "declared" and len(words_said) > 3 and words_said[-1].lower in _UNFINISHED:
        words_said.pop()
        text = text[: words_said[-1].end]
    if not subject_of(text, language) or len(words_said) < 2:
        return None
    if act.kind != "declared" and (words_said[-1].lower in _UNFINISHED or act.utterance.text.endswith(("}", "—", "–"))):
        return None
    new = _Found(
        text=sentence(text),
        at=index,
        decided_by=asked.speaker,
        quotes=quotes,
        stems=subject_of(text, language),
        negative=phrases("decisions")["negation"].search(text) is not None,
        proposed=act.kind in ("proposal", "suggestion"),
    )
    for response in agreeing:
        if response.utterance.speaker and response.utterance.speaker != asked.speaker:
            new.assent[response.utterance.speaker] = None
    new.quotes += [_quote(response.utterance, transcript) for response in agreeing[:_ASSENTS_QUOTED]]
    return new


def _ratified(
    utterances: Sequence[Utterance],
    index: int,
    act: DecisionAct,
    pending: Sequence[tuple[int, DecisionAct]],
    others: Collection[int],
    transcript: Transcript,
) -> _Found | None:
    """Return what "c'est validé" or "let's do that" settles: the last open proposal, or what was said before it."""
    agreeing = _agreeing(list(responses(utterances, index, others)))
    for place, proposal in reversed(pending):
        if index - place <= _PENDING:
            new = _decision(utterances, place, proposal, agreeing, transcript)
            if new is None:
                return None
            between = [
                one for one in responses(utterances, place) if one.utterance.index < index and one.answer == "assent"
            ]
            settler = act.utterance.speaker
            new.assent = dict.fromkeys(
                one.utterance.speaker
                for one in (*between, *agreeing)
                if one.utterance.speaker and one.utterance.speaker != settler
            )
            new.quotes.append(quote_of(act, transcript))
            new.decided_by = settler
            new.at = index
            return new
    before_it = utterances[index - 1] if index else None
    if before_it is not None and before_it.turn == act.utterance.turn and len(tokens(before_it.text)) >= 5:
        return _decision(utterances, index - 1, statement_act(before_it), agreeing, transcript)
    formal = phrases("decisions")["formal"].search(act.speech.lower) is not None
    if formal:
        for place in range(index - 1, max(-1, index - 1 - _PENDING), -1):
            if phrases("decisions")["tabled"].search(utterances[place].text):
                tabled = statement_act(utterances[place])
                words = beside(phrases("decisions")["ballot"].sub("", tabled.words), act.words, act.utterance.language)
                voices = [
                    one
                    for one in responses(utterances, place)
                    if one.utterance.index < index and one.answer == "assent" and is_other(one.utterance, act.utterance)
                ]
                return _decision(
                    utterances, index, act, [*voices, *agreeing], transcript, words, [quote_of(tabled, transcript)]
                )
    antecedent = find_antecedent(utterances, index)
    if antecedent is None or (
        act.utterance.language == "en" and (not antecedent.is_clause or index - antecedent.utterance.index > 3)
    ):
        return _decision(utterances, index, act, agreeing, transcript, words=act.words) if formal else None
    before = [
        transcript.turns[antecedent.utterance.turn].quote(
            *_whole(antecedent.utterance, antecedent.start, antecedent.end)
        )
    ]
    words = resolved(act.words, antecedent, act.utterance.language)
    return _decision(utterances, index, act, agreeing, transcript, words=words, before=before)


def _checked(
    utterances: Sequence[Utterance],
    index: int,
    act: DecisionAct,
    answers: Sequence[Response],
    transcript: Transcript,
) -> _Found | None:
    """Return what the sentence before "tout le monde est d'accord ?" says, where somebody answers yes."""
    lexicon = phrases("decisions")
    asks_against = lexicon["against"].search(act.speech.text) is not None
    agreeing = [
        one
        for one in answers[:4]
        if one.answer in ("assent", "nod") or (asks_against and lexicon["refusal_flat"].match(one.utterance.text))
    ]
    if not agreeing or index == 0 or (not asks_against and answers[0].answer == "refusal"):
        return None
    before = utterances[index - 1]
    if is_other(before, act.utterance) or before.text.rstrip().endswith("?") or len(tokens(before.text)) < 4:
        return None
    stated = decision_act(before)
    if stated is not None and stated.kind in ("declared", "ratified", "check"):
        return None
    return _decision(utterances, index - 1, stated or statement_act(before), agreeing, transcript)


def _enter(found: list[_Found], new: _Found, act: DecisionAct, index: int) -> None:
    """Add a decision: joined with the one that it repeats, or in the place of the one that it undoes."""
    revokes = phrases("decisions")["revoke"].search(act.speech.lower) is not None
    changes = phrases("decisions")["change"].search(act.speech.lower) is not None
    cancels = phrases("decisions")["cancel"].search(act.speech.lower) is not None
    for one in reversed(found):
        if one.state != "settled":
            continue
        likeness = _likeness(one.stems, new.stems)
        if one.proposed and not new.proposed and index - one.at <= _PENDING and likeness >= 0.6:
            one.text, one.stems, one.decided_by, one.proposed = new.text, new.stems, new.decided_by, False
            one.quotes += new.quotes
            one.assent = {name: None for name in (*one.assent, *new.assent) if name != one.decided_by}
            return
        if (
            likeness >= 0.75
            and 2 * len(one.stems & new.stems) >= max(len(one.stems), len(new.stems))
            and one.negative == new.negative
            and not (revokes or changes or cancels)
        ):
            one.quotes += new.quotes
            one.assent |= {name: None for name in new.assent if name != one.decided_by}
            return
    own = subject_of(act.words, act.utterance.language)
    instead = phrases("decisions")["instead"].search(act.speech.lower) is not None
    latest = max((number for number, one in enumerate(found) if one.state == "settled"), default=-1)
    for number in range(len(found) - 1, -1, -1):
        one = found[number]
        if one.state != "settled":
            continue
        alike = bool(choice_of(one.text, act.utterance.language) & choice_of(act.words, act.utterance.language))
        likeness = _likeness(one.stems, new.stems if index - one.at <= _PENDING else own)
        undone = (
            (one.negative != new.negative and likeness >= 0.5)
            or (
                revokes and (likeness >= 0.3 or (number == latest and index - one.at <= _RECENT and (instead or alike)))
            )
            or (changes and likeness >= 0.5)
            or (cancels and likeness >= 0.5)
        )
        if not undone:
            continue
        if not one.negative and (cancels or new.negative) and likeness >= 0.5 and not _has_alternative(act):
            one.state = "revoked"
            one.quotes += new.quotes
            return
        one.state, one.replaced_by = "replaced", len(found)
        break
    found.append(new)


def _has_alternative(act: DecisionAct) -> bool:
    """Tell whether the sentence also says what is done instead ("on ne prend pas X, on prend Y")."""
    return phrases("decisions")["alternative"].search(act.speech.lower) is not None


def _revoke(found: list[_Found], act: DecisionAct, transcript: Transcript) -> _Found | None:
    """Take back the decision that the act is about, or the last one; return it."""
    stems = subject_of(act.words, act.utterance.language)
    settled = [one for one in found if one.state == "settled"]
    if not settled:
        return None
    best = max(settled, key=lambda one: (_likeness(one.stems, stems), one.at))
    best.state = "revoked"
    best.quotes.append(quote_of(act, transcript))
    return best


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def quote_of(act: DecisionAct, transcript: Transcript) -> Quote:
    """Return the sentence of an act as evidence; of a very long one the part that says what is settled."""
    utterance = act.utterance
    if utterance.end - utterance.start <= _LONG_QUOTE:
        return _quote(utterance, transcript)
    start, end = act.speech.source_span(*act.statement)
    return transcript.turns[utterance.turn].quote(utterance.start + start, utterance.start + end)


def _quote(utterance: Utterance, transcript: Transcript) -> Quote:
    start, end = utterance.start, utterance.end
    if end - start > _LONG_QUOTE:
        end = (
            start + utterance.text.rfind(" ", 0, _LONG_QUOTE)
            if " " in utterance.text[:_LONG_QUOTE]
            else start + _LONG_QUOTE
        )
    return transcript.turns[utterance.turn].quote(start, end)


def _whole(utterance: Utterance, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around a piece of it, or of the piece where the sentence is very long."""
    if utterance.end - utterance.start <= _LONG_QUOTE:
        return utterance.start, utterance.end
    return start, end
