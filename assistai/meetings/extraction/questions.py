"""Open questions: asked, and not answered by anybody, then or later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistai.language.words import content_stems, tokens
from assistai.meetings.extraction.antecedents import find_antecedent, needs_antecedent
from assistai.meetings.extraction.decision_acts import decision_act
from assistai.meetings.extraction.decision_responses import is_other
from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.extraction.pieces import in_pieces
from assistai.meetings.extraction.question_acts import QuestionAct, question_act
from assistai.meetings.extraction.speech import readable
from assistai.meetings.minutes import Question
from assistai.meetings.transcript import Transcript
from assistai.meetings.utterances import Utterance
from assistai.records import Language, Quote

_TURNS, _SENTENCES = 5, 16
"""How far an answer may follow its question."""

_LATER = 0.6
"""The share of a question's subject that a later statement must take up to count as its answer."""

_LONG_QUOTE = 400


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of a question: `deferral` is who said that it cannot be answered yet."""

    answered: bool
    deferral: Utterance | None = None


def find_questions(utterances: Sequence[Utterance], transcript: Transcript) -> list[Question]:
    """Return the questions that stayed without an answer, in order.

    A question is open where nobody takes it up, where the answer is that nobody knows yet ("à vérifier", "good
    question"), or where it is said to be open ("reste à savoir si…"). Checks ("d'accord ?"), requests, questions that
    run the meeting and rhetorical ones are none.
    """
    utterances = in_pieces(utterances)
    places = _places_of_stems(utterances)
    names = _names(utterances)
    deferrals: set[int] = set()
    result: list[tuple[QuestionAct, Question]] = []
    for index, utterance in enumerate(utterances):
        act = question_act(utterance)
        if act is None or index in deferrals:
            continue
        fate = _fate(utterances, index, act, names)
        if fate.deferral is not None:
            deferrals.add(fate.deferral.index)
        if fate.answered or not (act.fluent or fate.deferral) or _answered_later(utterances, index, act, places):
            continue
        question = _question(utterances, index, act, fate, transcript)
        same = next((n for n, (other, _) in enumerate(result) if _is_same(other, act)), None)
        if same is None:
            result.append((act, question))
        else:
            first, kept = result[same]
            evidence = tuple(dict.fromkeys((*kept.evidence, *question.evidence)))
            result[same] = (first, kept.model_copy(update={"evidence": evidence}))
    return [question for _, question in result]


def _names(utterances: Sequence[Utterance]) -> frozenset[str]:
    """Return the words of the speakers' names, in lower case."""
    speakers = {utterance.speaker for utterance in utterances if utterance.speaker}
    return frozenset(word.lower for speaker in speakers for word in tokens(speaker) if len(word.lower) > 2)


def _fate(utterances: Sequence[Utterance], index: int, act: QuestionAct, names: frozenset[str]) -> _Fate:
    """Return whether the next turns answer the question."""
    lexicon = phrases("questions")
    asked = utterances[index]
    deferral: Utterance | None = None
    if act.kind == "left_open":
        return _Fate(answered=False)
    settling = ("declared", "choice", "ratified")
    known = lexicon["known"].match(act.words.lower()) is not None
    heard = 0
    for place in range(index + 1, min(len(utterances), index + 1 + _SENTENCES)):
        utterance = utterances[place]
        if utterance.turn - asked.turn > _TURNS:
            break
        spoken = readable(utterance.text).lower
        if (
            lexicon["deferral"].search(spoken)
            or lexicon["deferral_inside"].search(spoken)
            or (known and lexicon["unknown"].search(spoken))
        ):
            if deferral is None:
                deferral = utterance
            continue
        if lexicon["transition"].match(spoken):
            break
        if deferral is None and (settled := decision_act(utterance)) is not None and settled.kind in settling:
            return _Fate(answered=True)
        if lexicon["declined"].match(spoken):
            continue
        if not is_other(utterance, asked):
            if utterance.turn == asked.turn and deferral is None and _answers(act, spoken, asked.language, own=True):
                return _Fate(answered=True)
            continue
        heard += 1
        if (
            heard == 1
            and deferral is None
            and not _is_long(utterances, place)
            and _is_new_subject(act, spoken, utterance.language, names)
        ):
            break
        if _answers(act, spoken, utterance.language, after_deferral=deferral is not None):
            return _Fate(answered=True)
        if heard >= 4:
            break
    return _Fate(answered=False, deferral=deferral)


def _is_long(utterances: Sequence[Utterance], index: int) -> bool:
    """Tell whether the turn that starts at `index` goes on for several sentences: a reply, wherever it begins."""
    last = utterances[min(index + 3, len(utterances) - 1)]
    return last.turn == utterances[index].turn and last.index > utterances[index].index + 2


def _answers(
    act: QuestionAct, spoken: str, language: Language, *, own: bool = False, after_deferral: bool = False
) -> bool:
    """Tell whether a sentence after a question answers it; where nothing tells, it does."""
    lexicon = phrases("questions")
    if spoken.rstrip().endswith("?"):
        return False
    words = tokens(spoken)
    if not words:
        return False
    shares = bool(act.stems & set(content_stems(spoken, language)))
    fits = {
        "when": lexicon["is_when"].search(spoken) is not None,
        "amount": lexicon["is_amount"].search(spoken) is not None,
    }.get(act.expected)
    if own:
        return fits is True and shares
    if after_deferral:
        if act.expected == "yes_no":
            return shares and lexicon["yes_no"].match(spoken) is not None
        return fits if fits is not None else (shares and len(words) > 3)
    if fits:
        return True
    if lexicon["yes_no"].match(spoken):
        return act.expected == "yes_no" or len(words) > 4
    if fits is False and not shares and len(words) > 6:
        return False
    return shares or len(words) <= 6 or len(words) > 25 or lexicon["reply"].match(spoken) is not None


def _is_new_subject(act: QuestionAct, spoken: str, language: Language, names: frozenset[str]) -> bool:
    """Tell whether the first sentence after a question shares nothing with it and is about something else."""
    lexicon = phrases("questions")
    words = tokens(spoken)
    if len(words) <= 6 or lexicon["yes_no"].match(spoken) or act.stems & set(content_stems(spoken, language)):
        return False
    if (act.expected == "when" and lexicon["is_when"].search(spoken)) or (
        act.expected == "amount" and lexicon["is_amount"].search(spoken)
    ):
        return False
    if act.expected == "who":
        named = any(word.lower in names for word in words[:12])
        return not named and lexicon["person"].search(" ".join(word.lower for word in words[:4])) is None
    start = " ".join(word.lower for word in words[:10])
    return (
        act.expected != "anything"
        and lexicon["names_thing"].match(spoken) is not None
        and lexicon["points_back"].search(start) is None
    )


def _places_of_stems(utterances: Sequence[Utterance]) -> Mapping[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, utterance in enumerate(utterances):
        for stem in dict.fromkeys(content_stems(utterance.text, utterance.language)):
            places[stem].append(index)
    return places


def _answered_later(
    utterances: Sequence[Utterance], index: int, act: QuestionAct, places: Mapping[str, list[int]]
) -> bool:
    """Tell whether a statement later in the meeting takes up most of what the question is about and settles it."""
    lexicon = phrases("questions")
    counts: defaultdict[int, int] = defaultdict(int)
    for stem in act.stems:
        for place in places.get(stem, ()):
            if place > index:
                counts[place] += 1
    needed = max(2, _LATER * len(act.stems))
    for place, count in counts.items():
        if count < needed:
            continue
        later = readable(utterances[place].text).lower
        if later.rstrip().endswith("?") or question_act(utterances[place]) or lexicon["deferral"].search(later):
            continue
        if act.expected == "when" and not lexicon["is_when"].search(later):
            continue
        if act.expected == "amount" and not lexicon["is_amount"].search(later):
            continue
        return True
    return False


def _question(
    utterances: Sequence[Utterance], index: int, act: QuestionAct, fate: _Fate, transcript: Transcript
) -> Question:
    asked = utterances[index]
    text = act.words
    quotes = [_quote(asked, transcript)]
    if needs_antecedent(text, asked.language):
        antecedent = find_antecedent(utterances, index)
        if antecedent is not None:
            text = f"{text} ({antecedent.text})"
            quotes.insert(0, _quote(antecedent.utterance, transcript))
    if fate.deferral is not None:
        quotes.append(_quote(fate.deferral, transcript))
    text = text[:1].upper() + text[1:]
    if act.kind == "asked":
        text += "?" if asked.language == "en" else "\u00a0?"
    return Question(text=text, evidence=tuple(dict.fromkeys(quotes)), asked_by=asked.speaker)


def _is_same(one: QuestionAct, other: QuestionAct) -> bool:
    union = one.stems | other.stems
    return len(one.stems & other.stems) / len(union) >= 0.7


def _quote(utterance: Utterance, transcript: Transcript) -> Quote:
    start, end = utterance.start, utterance.end
    if end - start > _LONG_QUOTE:
        cut = utterance.text.rfind(" ", 0, _LONG_QUOTE)
        end = start + (cut if cut > 0 else _LONG_QUOTE)
    return transcript.turns[utterance.turn].quote(start, end)
