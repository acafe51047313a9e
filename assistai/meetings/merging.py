"""What a chat model proposed, put together with what the embedded engine found: as records, checked, none twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from assistai.evidence.claims import borne_out, check_claims
from assistai.evidence.quotes import find_core, whole_words, word_count
from assistai.language.dates import find_due
from assistai.language.words import content_stems, detect_language
from assistai.meetings.extraction.speech import readable
from assistai.meetings.extraction.topics import joined_titles
from assistai.meetings.legibility import is_line, is_sentence
from assistai.meetings.minutes import Action, Decision, Due, Minutes, Question, Statement, Topic
from assistai.meetings.owners import around, takers
from assistai.meetings.packing import Part
from assistai.meetings.people import resolve
from assistai.meetings.proposals import Proposal, ProposedItem, ProposedQuote, ProposedStatement
from assistai.meetings.transcript import Transcript, Turn
from assistai.meetings.verification import check, doubts_of, quote_stands
from assistai.records import Quote

Item = Action | Decision | Question

_SAME = 0.6
_SAME_TURN = 0.34
_KEPT = 0.5
"""Share of an item's words that a rewording must keep."""
_LONGEST = 300
_LONGEST_TITLE = 80
_ELSEWHERE = 4
"""Words from which a quote is looked for in other turns than the one named."""
_NOBODY = frozenset(("", "null", "none", "n/a", "-", "?", "personne", "nobody", "unknown", "inconnu", "tous", "all"))


def merge_proposals(minutes: Minutes, transcript: Transcript, answers: Sequence[tuple[Part, Proposal]]) -> Minutes:
    """Return the embedded engine's minutes with what a model proposed for each part.

    An item of the embedded engine keeps its evidence, owner and date, and takes the model's words only where these pass
    every check. What the model found besides is added once, corrected from the turns where that is certain, and
    unverified where a check fails. Topics keep their place; a summary that is borne out replaces the extracted one.
    What is no line of minutes at all (a heading, a turn as it was spoken, the same again and again) is left out and
    counted in `provenance.left_out`.
    """
    items = {item.id: item for item in _items(minutes)}
    new: list[Item] = []
    statements: dict[str, list[Statement]] = {topic.id: [] for topic in minutes.topics}
    titles: dict[str, str] = {}
    labels = [*transcript.participants, *(topic.title for topic in minutes.topics)]
    left_out = 0
    for part, proposal in answers:
        for wording in proposal.wording:
            if item := items.get(wording.id):
                items[wording.id] = _worded(item, wording.text, transcript)
        for proposed in proposal.missed:
            if is_line(proposed.text, labels):
                _enter(_found(proposed, part, transcript), items, new, transcript)
            else:
                left_out += 1
        for topic in proposal.topics:
            for sentence in topic.summary:
                if not is_sentence(sentence.text, labels):
                    left_out += 1
                    continue
                statement = _statement(sentence, part, transcript)
                place = _topic_of(statement, topic.id, part, minutes.topics)
                if place is not None:
                    statements[place].append(statement)
            if topic.id in statements and topic.id not in titles:
                titles[topic.id] = topic.title
    answered = {piece.turn.index for part, _ in answers for piece in part.own}
    topics = tuple(
        _topic(topic, titles.get(topic.id), statements[topic.id], answered, transcript) for topic in minutes.topics
    )
    unnamed = minutes.title == joined_titles(minutes.topics)
    return minutes.model_copy(
        update={
            "title": joined_titles(topics) if unnamed and topics else minutes.title,
            "topics": topics,
            "provenance": minutes.provenance.model_copy(update={"left_out": left_out}),
            "decisions": _in_order(Decision, minutes.decisions, items, new, "d"),
            "actions": _in_order(Action, minutes.actions, items, new, "a"),
            "questions": _in_order(Question, minutes.questions, items, new, "q"),
        }
    )


def repaired(proposed: ProposedQuote, part: Part, transcript: Transcript) -> Quote:
    """Return a model's quote as it stands in the turn, where that is certain; else as the model wrote it.

    Near misses in case, spacing or marks, and hesitations that it left out, are set right in the turn that it names; a
    quote of some length that stands in one turn only of the part is moved to that turn.
    """
    turns = {piece.turn.index: piece.turn for piece in (*part.context, *part.own)}
    named = turns.get(proposed.turn)
    quote = _without_label(proposed.quote, turns.values())
    if named is not None and (span := _span(quote, named.text)):
        return named.quote(*span)
    if word_count(quote) >= _ELSEWHERE:
        found = [(turn, span) for turn in turns.values() if (span := _span(quote, turn.text))]
        if len(found) == 1:
            turn, span = found[0]
            return turn.quote(*span)
    return Quote(turn=proposed.turn if proposed.turn in turns else part.first, quote=proposed.quote)


def _without_label(quote: str, turns: Iterable[Turn]) -> str:
    """Return a quote without the number and speaker that stand before the words in what a model reads."""
    words = re.sub(r"^\s*\[\d+\]\s*", "", quote)
    label = words.partition(":")[0].strip().casefold()
    speakers = {" ".join(turn.speaker.split()).casefold() for turn in turns if turn.speaker}
    return words.partition(":")[2].strip() if label in speakers else words


def _span(quote: str, text: str) -> tuple[int, int] | None:
    if span := find_core(quote, text):
        return whole_words(text, *span)
    speech = readable(text)
    if speech.text != text and word_count(quote) > 1 and (inside := find_core(quote, speech.text)):
        return speech.source_span(*inside)
    return None


def _worded(item: Item, text: str, transcript: Transcript) -> Item:
    """Return the item in the model's words where they pass the checks and keep what it says, else as it was."""
    before = _text(item)
    words = " ".join(text.split())
    if (
        not is_line(words, transcript.participants)
        or words == before
        or len(words) > _LONGEST
        or item.origin != "embedded"
    ):
        return item
    changed = item.model_copy(update={"task" if isinstance(item, Action) else "text": words, "origin": "worded"})
    said = " ".join(quote.quote for quote in item.evidence)
    if detect_language(words) != detect_language(said) or borne_out(before, words) < _KEPT:
        return item
    return item if doubts_of(changed, transcript) else check(changed, transcript)


def _found(proposed: ProposedItem, part: Part, transcript: Transcript) -> Item:
    text = " ".join(proposed.text.split())
    evidence = tuple(dict.fromkeys(repaired(quote, part, transcript) for quote in proposed.evidence))
    fields: dict[str, Any] = {"evidence": evidence, "origin": "model"}
    standing = [quote for quote in evidence if quote_stands(quote, transcript)]
    first = transcript.turns[standing[0].turn].speaker if standing else None
    if proposed.kind == "decision":
        decision = check(Decision(text=text, **fields), transcript)
        return decision.model_copy(update={"decided_by": first if decision.verified else None})
    if proposed.kind == "question":
        question = check(Question(text=text, **fields), transcript)
        return question.model_copy(update={"asked_by": first if question.verified else None})
    owner, candidates = _owner(proposed, standing, transcript)
    due = _due(standing, transcript)
    return check(Action(task=text, owner=owner, owner_candidates=candidates, due=due, **fields), transcript)


def _owner(
    proposed: ProposedItem, evidence: Sequence[Quote], transcript: Transcript
) -> tuple[str | None, tuple[str, ...]]:
    """Return the model's owner, or the one that the turns name where they name exactly one."""
    taking = takers(evidence, transcript, proposed.text).names
    if len(taking) == 1:
        return taking[0], ()
    if " ".join(proposed.owner.split()).casefold() in _NOBODY:
        return None, taking
    person = resolve(proposed.owner, transcript.participants)
    return person.owner, person.candidates


def _due(evidence: Sequence[Quote], transcript: Transcript) -> Due:
    """Return the date that the quoted sentences name, by our own grammar: a model's is never used."""
    _, quoted = around(evidence, transcript)
    for sentence in quoted:
        for due in find_due(sentence.text, sentence.language, transcript.date):
            return Due(spoken=due.spoken, date=due.date, confidence=due.confidence, reason=due.reason)
    return Due()


def _enter(item: Item, items: dict[str, Item], new: list[Item], transcript: Transcript) -> None:
    """Add an item unless it is there: then it may only word what was found before."""
    for key, other in items.items():
        if _same(item, other):
            if type(item) is type(other):
                items[key] = _worded(other, _text(item), transcript)
            return
    for number, other in enumerate(new):
        if _same(item, other):
            if item.verified and not other.verified:
                new[number] = item
            return
    new.append(item)


def _same(one: Item, other: Item) -> bool:
    """Tell whether two items say the same; of different lists, only where nearly all words agree."""
    likeness = _likeness(_text(one), _text(other))
    common = {quote.turn for quote in one.evidence} & {quote.turn for quote in other.evidence}
    if type(one) is not type(other):
        return bool(common) and likeness >= _SAME
    quoted = {(quote.turn, quote.quote) for quote in one.evidence} & {(q.turn, q.quote) for q in other.evidence}
    return likeness >= _SAME or (bool(common) and likeness >= _SAME_TURN) or (bool(quoted) and likeness > 0.2)


def _likeness(one: str, other: str) -> float:
    first, second = (set(content_stems(text, detect_language(text))) for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else float(one == other)


def _statement(proposed: ProposedStatement, part: Part, transcript: Transcript) -> Statement:
    text = " ".join(proposed.text.split())
    evidence = tuple(dict.fromkeys(repaired(quote, part, transcript) for quote in proposed.evidence))
    return check(Statement(text=text, evidence=evidence, origin="model"), transcript)


def _topic_of(statement: Statement, named: str, part: Part, topics: Sequence[Topic]) -> str | None:
    """Return the id of the topic that a sentence belongs to: the named one, unless its quotes all stand elsewhere."""
    turns = [quote.turn for quote in statement.evidence] or [part.first]
    holding = [topic.id for topic in topics if any(_holds(topic, turn) for turn in turns)]
    if named in holding or (not holding and any(topic.id == named for topic in topics)):
        return named
    return next(iter(holding), topics[0].id if topics else None)


def _holds(topic: Topic, turn: int) -> bool:
    return topic.first is not None and topic.last is not None and topic.first <= turn <= topic.last


def _topic(
    topic: Topic, title: str | None, written: Sequence[Statement], answered: set[int], transcript: Transcript
) -> Topic:
    """Return the topic with the model's title and sentences.

    What was extracted gives way only to a summary that is sound: mostly verified, and about as much. Else it stays, but
    for what verified sentences say of the same turns.
    """
    chosen: list[Statement] = []
    for statement in sorted(written, key=lambda one: not one.verified):
        if all(_likeness(statement.text, other.text) < _SAME for other in chosen):
            chosen.append(statement)
    verified = [statement for statement in chosen if statement.verified]
    told = {quote.turn for statement in verified for quote in statement.evidence}
    asked = [one for one in topic.summary if all(quote.turn in answered for quote in one.evidence)]
    sound = 2 * len(verified) >= max(len(chosen), len(asked)) > 0
    kept = [
        one for one in topic.summary if one not in asked or not (sound or told & {quote.turn for quote in one.evidence})
    ]
    summary = sorted([*kept, *chosen], key=lambda one: min((quote.turn for quote in one.evidence), default=0))
    fits = title is not None and _is_title(title, topic, transcript)
    return topic.model_copy(update={"summary": tuple(summary)} | ({"title": _capital(title or "")} if fits else {}))


def _is_title(title: str, topic: Topic, transcript: Transcript) -> bool:
    """Tell whether a title is short and made of what is said in the topic's turns."""
    words = " ".join(title.split())
    if not words or len(words) > _LONGEST_TITLE or words.casefold() == topic.title.casefold():
        return False
    said = [turn.text for turn in transcript.turns if _holds(topic, turn.index) and not turn.off_record]
    names = [turn.speaker for turn in transcript.turns if turn.speaker and _holds(topic, turn.index)]
    found = check_claims(words, said, names=names, base=transcript.date, states=False)
    return not [finding for finding in found if finding.doubt != "negation"]


def _capital(words: str) -> str:
    line = " ".join(words.split()).rstrip(" .:")
    return line[:1].upper() + line[1:]


def _in_order(
    kind: type[Item], old: Iterable[Item], items: dict[str, Item], new: Sequence[Item], prefix: str
) -> tuple[Item, ...]:
    """Return old and new items of one kind by their first turn; old ids stay, new ones follow the highest."""
    kept = [items[item.id] for item in old]
    number = max((int(item.id[1:]) for item in kept if item.id[1:].isdigit()), default=0)
    added = [item for item in new if type(item) is kind]
    added = [item.model_copy(update={"id": f"{prefix}{number + n}"}) for n, item in enumerate(added, 1)]
    return tuple(sorted([*kept, *added], key=lambda item: min((quote.turn for quote in item.evidence), default=0)))


def _items(minutes: Minutes) -> Iterable[Item]:
    return (*minutes.decisions, *minutes.actions, *minutes.questions)


def _text(item: Item) -> str:
    return item.task if isinstance(item, Action) else item.text
