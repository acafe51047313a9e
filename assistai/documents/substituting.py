# ruff: noqa: E501 - word lists read better on one line
"""Putting what a follow-up brings into the earlier question: in the place of what names the same kind of thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistai.documents.phrases import Kind, Phrase, phrases, whole
from assistai.language.words import fold
from assistai.records import Language

_FAMILIES = (
    ("pour", "for"),
    ("à", "en", "dans", "chez", "in", "at"),
    ("de", "of", "from"),
    ("avec", "sans", "with", "without"),
)
_OF = ("de", "of")
_FOR = ("pour", "for")
_HELD = ("", *_OF, *_FOR, "à", "avec", "with")
"""Prepositions before what a question is about; a way or a moment has others."""

_COMPLEMENTS: tuple[Kind, ...] = ("thing", "attribute", "manner")
_ONCE: tuple[Kind, ...] = ("place", "time", "amount", "rate")
"""Kinds that a question names once: what a follow-up says of them in passing holds in the place of the earlier."""

_ASKS_WHICH = re.compile(
    r"(?:\bquel(?:le)?s? (?:est|sont|était|étaient)|\b(?:what|which)(?: is| are| was| were|['’]s))\s*$", re.IGNORECASE
)
_ASKS_WHO = re.compile(r"\b(?:qui (?:est|sont)|who (?:is|are))\s*$", re.IGNORECASE)
_RELATIVE = re.compile(r"\s+(?:qui|que|dont|où|who|that|which|whose)\b")
_OWN_PERSON = re.compile(r"\b(?:do|does|can|may|must|should|am) (?P<who>I|we|you)\b")
_WHO_ONE_IS = re.compile(
    r"\s(?:(?:quand|lorsqu['’]|si|s['’])\s?(?:on|je|vous|nous|tu) (?:est|suis|êtes|sommes|es)\b|(?:if|when|while) (?:I am|I['’]m|you are|you['’]re|one is|we are)\b).*$",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s+(?:par (?:an|mois|semaine|jour)|(?:per|a) (?:year|month|week|day))$", re.IGNORECASE)
_OWNED = re.compile(r"(?P<whose>son|sa|ses|leurs?|his|her|their|its)\s+(?P<thing>[\w’' -]+)", re.IGNORECASE)
_BELONGING = re.compile(r"(?P<whose>(?:what|which)\b.*['’]s )[^?]+$", re.IGNORECASE)
_CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
_AGREEING = (("est", "sont"), ("a", "ont"), ("peut", "peuvent"), ("doit", "doivent"), ("is", "are"), ("does", "do"))
_GENDER = {"le": "Quel", "la": "Quelle"}
_VOWEL = re.compile(r"[aeiouyâàéèêëîïôû]", re.IGNORECASE)


class Earlier:
    """An earlier question, without its mark, in which a phrase may be replaced."""

    def __init__(self, text: str, language: Language) -> None:
        self.text, self.language = text, language
        self.phrases = phrases(text, language)
        self._asked = next((one for one in self.phrases if one.article and _ASKS_WHICH.search(text[: one.start])), None)

    def with_phrase(self, new: str, *, of_one: bool = False) -> str | None:
        """Return the question with a phrase in the place of the one of its kind, or added; None where it is another's.

        With `of_one` the phrase tells apart what stays the same: "celui de Rennes".
        """
        brought = phrases(new, self.language)
        if not brought or brought[0].start > 0:
            brought = [whole(new, self.language), *(one for one in brought if one.start > 0)]
        first, *rest = brought
        if (owned := _OWNED.fullmatch(new)) is not None:
            return self._with_owned(owned, new)
        if first.kind == "attribute" and not first.preposition and not self._same_head(first):
            return self._with_attribute(first, rest, new)
        slot = self._slot(first, of_one=of_one)
        if slot is None or _RELATIVE.match(self.text[self._extent(slot) :]):
            return self._with_added(first, new)
        return self._put(slot, first, rest, new)

    def _slot(self, first: Phrase, *, of_one: bool) -> Phrase | None:
        """Return what a phrase takes the place of."""
        others = [one for one in self.phrases if one is not self._asked and one.kind != "counted"]
        if first.kind in ("time", "rate", "amount"):
            return _last(others, kind=first.kind)
        same = [one for one in others if first.preposition and _family(one) == _family(first)]
        if of_one:
            return _last(same, kind=first.kind) or _last(same)
        if first.kind == "place":
            named = [one for one in others if one.named and one.kind in ("place", "name") and first.named]
            at = [one for one in same if one.preposition not in _OF and one.kind == "thing"]
            return _last(named) or _last(others, kind="place") or self._bare_name() or _last(at)
        if first.kind == "name":
            named = [one for one in others if one.named]
            return _last([one for one in same if one.named]) or _last(named, kind="name") or _last(same or named)
        return self._same_head(first) or (
            self._group_slot(first, others) if first.kind == "group" else self._thing_slot(first, others, same)
        )

    def _same_head(self, first: Phrase) -> Phrase | None:
        """Return where the earlier question has the same noun: "la salle Renoir" for "la salle Debussy"."""
        head = _singular(first.text.split()[0])
        found = [one for one in self.phrases if _singular(one.text.split()[0]) == head]
        if found or first.kind == "group":
            return _last(found)
        for match in reversed(list(re.finditer(r"[\w-]+", self.text))):
            if _singular(match.group()) == head:
                return Phrase(first.kind, "", "", match.start(), match.start(), match.end(), match.group())
        return None

    def _group_slot(self, first: Phrase, others: Sequence[Phrase]) -> Phrase | None:
        return _last(others, kind="group") or _last(
            [one for one in others if one.preposition in _FOR and one.plural == first.plural and one.kind == "thing"]
        )

    def _who(self) -> Phrase | None:
        """Return whom the question asks to know: "la DRH" of "Qui est la DRH ?"."""
        return _last([one for one in self.phrases if _ASKS_WHO.search(self.text[: one.start])])

    def _thing_slot(self, first: Phrase, others: Sequence[Phrase], same: Sequence[Phrase]) -> Phrase | None:
        things = [one for one in others if one.kind in ("thing", "attribute") and one.preposition in _HELD]
        alike = [one for one in things if one.article and one.indefinite == first.indefinite]
        if not first.preposition and (who := self._who()) is not None:
            return who
        if first.preposition:
            found = _last([one for one in same if one.kind != "name"])
            if found is not None or first.preposition not in _FOR:
                return found
            return _last([one for one in alike if one.preposition in _OF or not first.indefinite])
        objects = [one for one in things if one.preposition in _FOR]
        own = [one for one in things if not self._is_complement(one)]
        bare = [one for one in things if not one.article]
        with_article = [one for one in own if one.article]
        found = _last(objects) or _last([one for one in alike if one in own]) or _last(with_article)
        if found is None and (first.plural or first.indefinite or not first.article):
            groups = [one for one in others if one.kind == "group"]
            return _last(groups if groups and first.article else bare)
        return found

    def _bare_name(self) -> Phrase | None:
        return _last([one for one in self.phrases if one.named and not one.preposition and not one.article])

    def _is_complement(self, phrase: Phrase) -> bool:
        """Tell whether a phrase belongs to the noun before it: "de congés" to "le formulaire"."""
        at = self.phrases.index(phrase)
        before = self.phrases[at - 1] if at else None
        attached = phrase.preposition in _OF and before is not None and self._adjoin(before, phrase)
        return attached and before is not self._asked and before is not None and before.kind in _COMPLEMENTS

    def _adjoin(self, one: Phrase, other: Phrase) -> bool:
        return not self.text[one.end : other.start].strip()

    def _extent(self, phrase: Phrase) -> int:
        """Return where a phrase ends with the complements that go with it: "la note de frais"."""
        end = phrase.end
        for other in self.phrases:
            if other.start < end or self.text[end : other.start].strip():
                continue
            if other.preposition not in _OF or other.kind not in _COMPLEMENTS:
                break
            if phrase is self._asked and other.article:
                break
            end = other.end
        return end

    def _put(self, slot: Phrase, first: Phrase, rest: Sequence[Phrase], new: str) -> str:
        """Return the question with the phrase of a follow-up in a slot."""
        placed = self._placed(slot, first, new)
        before, after = self.text[: slot.start], self.text[self._extent(slot) :]
        if not slot.preposition and slot.plural != first.plural:
            before, after = _agree(before, after, plural=first.plural)
        if not slot.start:
            placed = placed[:1].upper() + placed[1:]
        for kind in {one.kind for one in rest if one.kind in _ONCE}:
            gone = _last(self.phrases, kind=kind)
            if gone is not None and gone.start >= slot.end:
                after = after.replace(self.text[gone.start : gone.end], "", 1)
        return " ".join(f"{before}{placed}{after}".split())

    def _placed(self, slot: Phrase, first: Phrase, new: str) -> str:
        """Return the phrase of a follow-up as it stands in a slot: with the preposition that is due there."""
        if first.kind == "time" or (first.kind in ("place", "rate") and first.preposition):
            return new
        added = slot not in self.phrases
        alike = _family(slot) == _family(first) or (slot.preposition and first.preposition not in _FOR)
        if first.preposition and first.kind != "amount" and (added or alike):
            return new
        noun = f"{_article(first, new)}{new[first.noun :]}"
        written = self.text[slot.start : slot.noun].split()[:1]
        if not slot.preposition or (written == ["des"] and first.indefinite):
            return noun
        if not slot.article and self._counts(slot) and first.article in ("le", "la", "les", "l'", "the"):
            noun = new[first.noun :]
        elif contracted := _CONTRACTED.get((slot.preposition, first.article)):
            return f"{contracted} {new[first.noun :]}"
        if slot.preposition == "de" and _VOWEL.match(noun):
            return f"d'{noun}"
        return f"{slot.preposition} {noun}"

    def _counts(self, slot: Phrase) -> bool:
        """Tell whether what is counted stands before a slot: "combien de jours de congés"."""
        at = self.phrases.index(slot)
        return at > 0 and self.phrases[at - 1].kind == "counted"

    def _with_added(self, first: Phrase, new: str) -> str | None:
        """Return the question with a phrase added; None where it begins a subject of its own."""
        text = _WHO_ONE_IS.sub("", self.text) if first.kind == "group" else self.text
        if first.preposition in _FOR:
            return f"{text if first.kind == 'group' else _EACH.sub('', text)} {new}"
        if first.kind == "group" and self.language == "en" and (own := _OWN_PERSON.search(self.text)) is not None:
            return f"{self.text[: own.start('who')]}{new}{self.text[own.end() :]}"
        if first.kind in ("group", "name") and not first.preposition:
            return f"{text} {'pour' if self.language == 'fr' else 'for'} {new}"
        people = any(one.kind == "group" for one in self.phrases)
        alone = first.kind in ("thing", "attribute") and not first.preposition and first.article and not first.plural
        return None if alone and people else f"{self.text} {new}"

    def _with_owned(self, owned: re.Match[str], new: str) -> str:
        """Return "… est le courriel de X" for "son courriel" after "… est le téléphone de X"."""
        thing, whose = owned["thing"], owned["whose"].lower()
        if self.language == "en":
            if (belonging := _BELONGING.match(self.text)) is not None:
                return f"{belonging['whose']}{thing}"
            return self._with_asked(f"the {thing}", "the", new)
        article = {"sa": "la", "ses": "les", "leurs": "les"}.get(whose, "le")
        elided = article != "les" and _VOWEL.match(thing)
        return self._with_asked(f"l'{thing}" if elided else f"{article} {thing}", "" if elided else article, new)

    def _with_attribute(self, first: Phrase, rest: Sequence[Phrase], new: str) -> str:
        """Return the question with what is asked of a thing replaced, and the thing where the follow-up names one."""
        named = rest and rest[0].preposition in _OF and (rest[0].article or rest[0].named)
        if named and self._asked is not None:
            return f"{_of_gender(self.text[: self._asked.start], first.article)}{new}"
        return self.and_asked(new) if named else self._with_asked(new, first.article, new)

    def _with_asked(self, noun: str, article: str, new: str) -> str:
        after = self.text[self._extent(self._asked) :] if self._asked is not None else ""
        if self._asked is None or not after:
            return self.and_asked(new)
        return f"{_of_gender(self.text[: self._asked.start], article)}{noun}{after}"

    def and_asked(self, new: str) -> str:
        """Return the question, and a further one after its mark."""
        return f"{marked(self.text, self.language)} {new}"


def marked(text: str, language: Language) -> str:
    """Return a question with its mark, which stands apart in French."""
    return f"{text} ?" if language == "fr" else f"{text}?"


def _last(found: Sequence[Phrase], kind: Kind | None = None) -> Phrase | None:
    return next((one for one in reversed(found) if kind in (None, one.kind)), None)


def _family(phrase: Phrase) -> str:
    return next((family[0] for family in _FAMILIES if phrase.preposition in family), phrase.preposition)


def _singular(word: str) -> str:
    return fold(word).removeprefix("non-").rstrip("sx")


def _article(phrase: Phrase, text: str) -> str:
    """Return the article of a phrase as it is written, or that in "du"."""
    if not phrase.article:
        return ""
    written = re.search(r"\w+['’]$|\S+\s+$", text[phrase.start : phrase.noun])
    contracted = written is None or written.group().strip().lower() in _CONTRACTED.values()
    return f"{phrase.article} " if contracted or written is None else written.group()


def _agree(before: str, after: str, *, plural: bool) -> tuple[str, str]:
    """Return what stands around a subject with its verb in its number: "les cadres peuvent-ils" for "peut-il"."""
    for pair in _AGREEING:
        old, new = pair if plural else pair[::-1]
        before = re.sub(rf"\b{old}\s+$", f"{new} ", before)
        after = re.sub(rf"^(\s*){old}\b(?!-ce)", rf"\g<1>{new}", after)
        between = r"(?:-t)?-(ils?|elles?)\b"
        after = re.sub(
            rf"^(\s*{new}){between}",
            lambda match: (
                f"{match[1]}{'' if plural or not match[1].endswith('a') else '-t'}-{match[2].rstrip('s')}{'s' * plural}"
            ),
            after,
        )
    return before, after


def _of_gender(before: str, article: str) -> str:
    return (
        re.sub(r"\bquel(?:le)?(?= est\s*$)", _GENDER[article], before, flags=re.IGNORECASE)
        if article in _GENDER
        else before
    )
