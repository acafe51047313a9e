"""Actions: who is to do what by when, from acts of speech and the answers to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistai.language.dates import DueExpression, find_due
from assistai.language.verbs import is_infinitive
from assistai.language.words import content_stems
from assistai.meetings.extraction.acts import ADDRESSEE, NOBODY, SPEAKER
from assistai.meetings.extraction.antecedents import Antecedent, find_antecedent
from assistai.meetings.extraction.exchanges import answer_of, replies, takes_over, thing_taken
from assistai.meetings.extraction.factuality import is_joked_about, is_meant
from assistai.meetings.extraction.pieces import in_pieces
from assistai.meetings.extraction.predicates import is_task_verb
from assistai.meetings.extraction.said import Said, acts_said
from assistai.meetings.extraction.task_wording import LIGHT, leans, task, without_pronoun
from assistai.meetings.minutes import Action, Due
from assistai.meetings.people import Person, is_participant, resolve, vocatives
from assistai.meetings.transcript import Transcript
from assistai.meetings.utterances import Utterance
from assistai.records import Quote

_INSTEAD = re.compile(r"(?<!\w)(?:finalement|plutôt|en fait|à la place|actually|instead|rather)(?!\w)", re.IGNORECASE)
_CANCELS = re.compile(
    r"(?<!\w)(?:finalement (?:non|pas)|laisse tomber|laissez tomber|oublie|oubliez|annule|annulons|"
    r"plus la peine|pas la peine|scrap that|forget (?:it|that|about)|never mind|cancel that|no need)(?!\w)",
    re.IGNORECASE,
)
_NEAR = 4
"""Sentences back that an object may be taken from."""

_LONGEST_OBJECT = 7
"""Words that an object taken from an earlier sentence may have; a longer one seldom is what the pronoun means."""

_TOLD_NOT_TO = re.compile(
    r"(?<!\w)(?:don't|do not|no longer|not going to|won't|n'\w+\s(?:plus|pas)|ne\s\w+\s(?:plus|pas)|plus besoin)(?!\w)",
    re.IGNORECASE,
)
_HEADS_CLAUSE = re.compile(
    r"(?:^|[,.;:!?–-]\s*|(?<!\w)(?:et|so|then|alors|donc|puis|but|mais|que|est|c'est|sera|"
    r"plutôt|à|pour|ok|okay|because|parce que)\s+)$"
)
_ARTICLE = re.compile(
    r"(?:le|la|les|un|une|des|du|ce|cet|cette|ces|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|votre|vos|leurs?|deux|trois|the|an?|this|that|these|those|"
    r"our|my|your|his|her|their)\s|[ld]['’]",
    re.IGNORECASE,
)
_OF_CLAUSE = re.compile(r"^(?:s'|se\s)?[^\W\d_]+\s")
_WHEN = re.compile(
    r"^(?:(?:ok|okay|oui|yes|sure|d'accord|très bien|et|and)[\s,.]*)*(?:c'est )?"
    r"(?:pour quand|avant quand|quand ça|tu me l'envoies quand|quand|by when|when|until when|for when)(?!\w)",
    re.IGNORECASE,
)


@dataclass
class _Found:
    """An action in the making."""

    words: str
    person: Person
    quotes: dict[Quote, None]
    due: Due
    stems: frozenset[str]
    index: int
    turns: set[int] = field(default_factory=set)


def find_actions(utterances: Sequence[Utterance], transcript: Transcript) -> list[Action]:
    """Return the actions of a meeting, in order, each with the sentences that prove it; ids are empty.

    A request counts when it is taken, or when it names who is to do it and nobody refuses; a duty that someone then
    takes is theirs. What is said again is merged, what is cancelled falls, and a first name that two people share
    leaves the owner open with its candidates.
    """
    utterances = in_pieces(utterances)
    finder = _Finder(utterances, transcript)
    for index in range(len(utterances)):
        finder.hear(index)
    return [
        Action(
            task=found.words,
            owner=found.person.owner,
            owner_candidates=found.person.candidates,
            due=found.due,
            evidence=tuple(sorted(found.quotes, key=lambda quote: quote.turn)),
        )
        for found in finder.found
    ]


class _Finder:
    def __init__(self, utterances: Sequence[Utterance], transcript: Transcript) -> None:
        self.utterances = utterances
        self.transcript = transcript
        self.participants = transcript.participants
        self.found: list[_Found] = []
        self.used: set[int] = set()
        self._heard: dict[int, list[Said]] = {}
        self._last_of_turn = {part.turn: part.index for part in utterances}

    def hear(self, index: int) -> None:
        """Take in one sentence: the acts in it, and what they do to the actions found so far."""
        utterance = self.utterances[index]
        if len(utterance.text) < 4:
            return
        said = [] if is_joked_about(utterance.text) else self._acts(utterance)
        if self._cancels(utterance, said):
            return
        taken = False
        for one in said:
            if not self._is_somebody(one):
                continue
            if index in self.used and one.act.kind in ("commitment", "offer"):
                continue
            if is_meant(one.act, one.speech.lower, dated=one.due is not None and one.due.date is not None):
                taken |= self._enter(one)
        if not taken and index not in self.used and takes_over(utterance.text):
            self._take_antecedent(utterance)

    def _acts(self, utterance: Utterance) -> list[Said]:
        if utterance.index not in self._heard:
            self._heard[utterance.index] = acts_said(utterance, self.participants, self.transcript.date)
        return self._heard[utterance.index]

    def _enter(self, said: Said) -> bool:
        act = said.act
        if act.kind in ("proposal",):
            return False
        if act.kind in ("request", "call") and act.doer in (ADDRESSEE, NOBODY):
            return self._enter_request(said)
        if act.kind == "duty":
            return self._enter_duty(said)
        if act.kind == "offer":
            return self._enter_offer(said)
        if act.weak and not self._is_backed(said):
            return False
        if act.doer == SPEAKER:
            if self._is_joked(said):
                return False
            person = Person(said.utterance.speaker)
        elif act.doer == ADDRESSEE:
            return self._enter_request(said)
        else:
            person = self._named(act.doer)
        quotes = [self._quote(said.utterance)]
        due = said.due
        if act.doer not in (SPEAKER,):
            for reply in replies(self.utterances, said.utterance.index, 4):
                is_owner = person.owner is None or reply.utterance.speaker == person.owner
                if is_owner and reply.answer == "no":
                    return False
                if is_owner and reply.answer == "yes":
                    self.used.add(reply.utterance.index)
                    due = due or self._due(reply.utterance)
                    quotes.append(self._quote(reply.utterance))
                    break
        return self._add(said, person, quotes, due or self._asked_due(said.utterance.index))

    def _enter_request(self, said: Said) -> bool:
        """Enter a request where somebody takes it, or where it is told to a named person and not refused."""
        names = vocatives(said.speech.text, self.participants)
        person = self._named(names[0].text) if names else None
        if said.act.doer not in (ADDRESSEE, NOBODY):
            person = self._named(said.act.doer)
        quotes = [self._quote(said.utterance)]
        refused = False
        for reply in replies(self.utterances, said.utterance.index):
            speaker = reply.utterance.speaker
            addressed = person is None or speaker == person.owner or speaker in person.candidates
            if reply.answer == "no" and addressed:
                refused = True
                continue
            offers = reply.takes or (self._commits(reply.utterance) and self._same_deed(reply.utterance, said))
            if offers or (reply.answer == "yes" and addressed and not refused):
                if is_joked_about(reply.utterance.text):
                    return False
                if said.act.kind == "call" and not offers and reply.answer != "yes":
                    continue
                self.used.add(reply.utterance.index)
                due = self._promised_due(reply.utterance) or said.due or self._due(reply.utterance)
                due = due or self._asked_due(reply.utterance.index - 1)
                near = [
                    part
                    for part in self.utterances[reply.utterance.index + 1 : reply.utterance.index + 2]
                    if part.turn == reply.utterance.turn
                ]
                for part in near:
                    if self._commits(part) and self._same_deed(part, said):
                        self.used.add(part.index)
                        quotes.append(self._quote(part))
                        due = self._promised_due(part) or due
                return self._add(
                    said,
                    Person(speaker) if speaker else person or Person(None),
                    [quotes[0], self._quote(reply.utterance), *quotes[1:]],
                    due,
                )
        if refused or said.act.kind == "call" or said.act.weak:
            return False
        if person is None or not (person.owner or person.candidates):
            if not said.act.explicit:
                return False
            person = Person(None)
        return self._add(said, person, quotes, said.due or self._asked_due(said.utterance.index))

    def _enter_duty(self, said: Said) -> bool:
        quotes, person = [self._quote(said.utterance)], Person(None)
        due = said.due
        for reply in replies(self.utterances, said.utterance.index, 5):
            if reply.takes or (self._commits(reply.utterance) and self._same_deed(reply.utterance, said)):
                self.used.add(reply.utterance.index)
                person, due = Person(reply.utterance.speaker), self._promised_due(reply.utterance) or due
                quotes.append(self._quote(reply.utterance))
                break
        dated = said.due is not None and said.due.date is not None and said.due.start >= said.act.start
        if person.owner is None and said.act.weak and not dated:
            return False
        return self._add(said, person, quotes, due or self._asked_due(said.utterance.index))

    def _enter_offer(self, said: Said) -> bool:
        """Enter "je peux le faire" where something was asked for, or where the offer is accepted."""
        index = said.utterance.index
        asked = any(
            "?" in part.text or re.search(r"\b(?:faut|besoin|qui|need|someone|who)\b", part.text.lower())
            for part in self.utterances[max(0, index - 2) : index]
            if part.turn != said.utterance.turn
        )
        quotes = [self._quote(said.utterance)]
        accepted = False
        due = said.due
        for reply in replies(self.utterances, index, 3):
            if reply.answer == "no":
                return False
            if reply.answer == "yes" or re.match(
                r"(?:merci|thanks|thank you|brilliant|perfect|cool|génial)\b", reply.utterance.text.lower()
            ):
                accepted = True
                due = due or self._asked_due(reply.utterance.index - 1)
                break
        if not accepted and not (asked and not said.act.weak):
            return False
        return self._add(said, Person(said.utterance.speaker), quotes, due or self._asked_due(index))

    def _take_antecedent(self, utterance: Utterance) -> None:
        """Enter "je m'en occupe" for what the sentences before name."""
        if utterance.speaker is None:
            return
        due = self._due(utterance)
        if own := thing_taken(utterance.text, utterance.language):
            self._put(_capital(own), Person(utterance.speaker), [self._quote(utterance)], due, utterance)
            return
        antecedent = find_antecedent(self.utterances, utterance.index)
        if antecedent is None:
            return
        quotes = [self._quote(antecedent.utterance), self._quote(utterance)]
        self._put(_capital(antecedent.text), Person(utterance.speaker), quotes, due, utterance)

    def _add(self, said: Said, person: Person, quotes: list[Quote], due: DueExpression | None) -> bool:
        words, object_words = said.words, ""
        if leans(said.act, words) and said.act.deed:
            if said.act.deed in LIGHT and self.found and self.found[-1].index == said.utterance.index:
                if self.found[-1].due.date is None:
                    self.found[-1].due = _due(due)
                return True
            antecedent = find_antecedent(self.utterances, said.utterance.index)
            words = without_pronoun(words, said.act.language)
            if antecedent is not None and said.utterance.index - antecedent.utterance.index <= _NEAR:
                quotes = [self._quote(antecedent.utterance), *quotes]
                if said.act.deed in LIGHT or _is_clause(antecedent, said.act.deed):
                    return self._put(_capital(antecedent.text), person, quotes, due, said.utterance)
                object_words = antecedent.text
                if not self._is_object(object_words) or len(words.split()) > _LONGEST_OBJECT:
                    return False
                object_words = object_words[:1].lower() + object_words[1:]
                if _is_clause(antecedent):
                    object_words = _OF_CLAUSE.sub("", object_words, count=1)
            elif said.act.weak or not content_stems(words, said.act.language):
                return False
        text = task(said.act, words, said.speech.text, object_words=object_words, to=self._recipient(said))
        if len(content_stems(text, said.act.language)) < 2 and not object_words:
            return False
        return self._put(text, person, quotes, due, said.utterance)

    def _put(
        self, words: str, person: Person, quotes: list[Quote], due: DueExpression | None, utterance: Utterance
    ) -> bool:
        stems = frozenset(content_stems(words, utterance.language))
        if due is None and (later := self._said_later(quotes)):
            due = self._due(later)
            quotes = [*quotes, self._quote(later)]
        resolved = _due(due)
        for other in self.found:
            if _likeness(stems, other.stems) >= 0.6 and _compatible(
                person, other.person, bool(_INSTEAD.search(utterance.text))
            ):
                other.quotes |= dict.fromkeys(quotes)
                if person.owner:
                    other.person = person
                if resolved.date and (other.due.date is None or _INSTEAD.search(utterance.text)):
                    other.due = resolved
                return True
        self.found.append(_Found(words, person, dict.fromkeys(quotes), resolved, stems, utterance.index))
        return True

    def _cancels(self, utterance: Utterance, said: Sequence[Said]) -> bool:
        denied = [one for one in said if one.act.predicate.negated]
        words = set(content_stems(utterance.text, utterance.language))
        for other in reversed(self.found):
            near = utterance.index - other.index < 6
            told = _TOLD_NOT_TO.search(utterance.text) and len(words & other.stems) >= 0.67 * len(other.stems)
            match = told or any(
                _likeness(frozenset(content_stems(f"{one.act.deed} {one.words}", one.act.language)), other.stems) >= 0.5
                for one in denied
            )
            if match or (
                _CANCELS.search(utterance.text)
                and (
                    len(words & other.stems) >= 2
                    or (near and (len(words) <= 3 or other.person.owner == utterance.speaker))
                )
            ):
                self.found.remove(other)
                return True
        return False

    def _is_somebody(self, said: Said) -> bool:
        """Tell whether the doer is a participant, or a name that heads its clause ("Minister of Health" is none)."""
        doer = said.act.doer
        if doer in (SPEAKER, ADDRESSEE, NOBODY) or is_participant(doer, self.participants):
            return True
        return bool(_HEADS_CLAUSE.search(said.speech.lower[: said.act.start])) and is_task_verb(
            said.act.deed, said.act.language
        )

    def _is_object(self, words: str) -> bool:
        """Tell whether words taken from an earlier sentence read as a thing: an article, few words, no date."""
        short = len(words.split()) <= _LONGEST_OBJECT and _ARTICLE.match(words) is not None
        return short and not find_due(words, "fr", self.transcript.date)

    def _named(self, mention: str) -> Person:
        return resolve(mention, self.participants)

    def _recipient(self, said: Said) -> str | None:
        """Return whom te or vous means in a promise: the one who asked just before."""
        if said.act.doer != SPEAKER:
            return None
        before = [
            part
            for part in self.utterances[max(0, said.utterance.index - 3) : said.utterance.index]
            if part.speaker != said.utterance.speaker
        ]
        return before[-1].speaker if before and {"te", "t'"} & set(said.act.predicate.clitics) else None

    def _commits(self, utterance: Utterance) -> bool:
        return any(
            one.act.kind in ("commitment", "offer") and is_meant(one.act, one.speech.lower)
            for one in self._acts(utterance)
        )

    def _same_deed(self, utterance: Utterance, said: Said) -> bool:
        wanted = frozenset(content_stems(f"{said.act.deed} {said.words}", said.act.language))
        for one in self._acts(utterance):
            if one.act.kind in ("commitment", "offer"):
                given = frozenset(content_stems(f"{one.act.deed} {one.words}", one.act.language))
                if (
                    one.act.deed == said.act.deed
                    or (given and len(given & wanted) >= 1 and leans(one.act, one.words))
                    or _likeness(given, wanted) >= 0.4
                ):
                    return True
        return False

    def _is_backed(self, said: Said) -> bool:
        if said.act.deed == "mettre" and re.match(r"(?:à jour|en place|en ligne|à disposition|au propre)", said.words):
            return True
        if re.search(
            r"(?:get back to|let you know|come back to|reviens vers|vous redis|te redis|vous dirai|te dirai)",
            said.speech.lower,
        ):
            return True
        return bool(said.due and said.due.date) or answer_of(said.utterance.text) == "yes"

    def _is_joked(self, said: Said) -> bool:
        return any(
            is_joked_about(part.text) for part in self.utterances[said.utterance.index + 1 : said.utterance.index + 2]
        )

    def _due(self, utterance: Utterance) -> DueExpression | None:
        dues = find_due(utterance.text, utterance.language, self.transcript.date)
        return dues[0] if dues else None

    def _promised_due(self, utterance: Utterance) -> DueExpression | None:
        """Return the date that somebody who takes a task names: it wins over the one that was asked for."""
        due = self._due(utterance)
        return due if due and due.date and (self._commits(utterance) or takes_over(utterance.text)) else None

    def _said_later(self, quotes: Sequence[Quote]) -> Utterance | None:
        """Return the sentence that says little but a date ("avant vendredi si possible"), if one follows at once."""
        last = self._last_of_turn[max(quote.turn for quote in quotes)]
        for part in self.utterances[last + 1 : last + 4]:
            due = self._due(part)
            if due is None:
                continue
            rest = part.text.replace(due.spoken, " ")
            alone = len(content_stems(rest, part.language)) <= 1 and not any(self._acts(part))
            return part if due.date and alone else None
        return None

    def _asked_due(self, index: int) -> DueExpression | None:
        """Return the date that answers "pour quand ?" in the next sentences."""
        following = self.utterances[index + 1 : index + 5]
        for at, part in enumerate(following):
            if _WHEN.match(part.text.strip(" ,")) or re.search(
                r"(?<!\w)(?:pour quand|by when|quand)\s*\?", part.text.lower()
            ):
                for later in following[at + 1 : at + 3]:
                    if later.turn != part.turn and (due := self._due(later)):
                        return due
        return None

    def _quote(self, utterance: Utterance) -> Quote:
        return self.transcript.turns[utterance.turn].quote(utterance.start, utterance.end)


def _is_clause(antecedent: Antecedent, deed: str = "") -> bool:
    """Tell whether an antecedent starts with a verb (that of `deed`, where given)."""
    first = _OF_CLAUSE.match(antecedent.text)
    if first is None:
        return False
    verb = first.group().strip().removeprefix("s'").removeprefix("se ").lower()
    if deed:
        return verb == deed
    return is_infinitive(verb) or is_task_verb(verb, "en")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _due(due: DueExpression | None) -> Due:
    if due is None:
        return Due()
    return Due(spoken=due.spoken, date=due.date, confidence=due.confidence, reason=due.reason)


def _compatible(one: Person, other: Person, instead: bool) -> bool:
    return instead or one.owner is None or other.owner is None or one.owner == other.owner


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
