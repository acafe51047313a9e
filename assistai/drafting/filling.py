"""A brief's values as words: the forms in which the templates of kinds ask for them."""

# Phrases and patterns read best one a line, however long.

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistai.drafting.grammar import (
    head_noun,
    is_event,
    lower_first,
    upper_first,
    with_a,
    with_article,
    with_de,
)
from assistai.drafting.kinds import Kind, KindField
from assistai.drafting.mentions import Mention, Moment, find_mentions
from assistai.drafting.people import Person
from assistai.drafting.placeholders import placeholder
from assistai.drafting.values import Value
from assistai.drafting.wording import yours
from assistai.language.typography import NO_BREAK, format_date, list_words
from assistai.language.words import fold
from assistai.records import Language

_SHOWN_YEAR = dt.timedelta(days=300)
_PERIOD = re.compile(r"^(?:fin|début|mi|courant|end|early|mid|late)\b", re.IGNORECASE)
_EVENTS_EN = re.compile(
    r"\b(?:meeting|workshop|lunch|breakfast|dinner|seminar|committee|conference|training|party|ceremony|interview|session|review|"
    r"visit|call|drinks|celebration|board|briefing|webinar|event|assembly|inauguration|reception|hearing|retreat|forum|fair)s?\b",
    re.IGNORECASE,
)
_BILL = re.compile(
    r"^(?:(?:la|les|une|votre|the|your|an)\s+)?(?:factures?|notes? d['’]honoraires|loyers?|cotisations?|redevances?|invoices?|bills?|rent)\b",
    re.IGNORECASE,
)
_ANY_DAY = dt.date(2000, 1, 3)
_REACHED = re.compile(
    r"(?<=[^\W\d_])(?<!\bau),?\s(?P<at>[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:,? 0\d(?:[ .]?\d\d){4})?|0\d(?:[ .]?\d\d){4})$"
)
"""An address or telephone that follows a name: it stands in brackets."""
_OWED = re.compile(r"impay|\d\s?(?:€|euros?)|unpaid|overdue", re.IGNORECASE)
_YOURS = frozenset(
    "demande proposition invitation offre candidature sollicitation requête réclamation suggestion".split()
)
_YOURS_EN = re.compile(
    r"\b(?:request|proposal|invitation|offer|application|suggestion|bid|quote|quotation)\b", re.IGNORECASE
)
_PREPOSED = re.compile(
    r"^(?:en|à|au|aux|dans|sur|chez|par|via|devant|sous|in|at|on|by|via|online)\b|^(?:à|dans) l['’]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Filling:
    """Fills the holes of a kind's templates from a brief; called with a field's name and form."""

    kind: Kind
    values: Mapping[str, Value]
    to: Sequence[Person]
    base: dt.date | None
    language: Language
    time_style: str
    familiar: bool = False
    unpaid: bool = False
    told: bool = False

    def __call__(self, name: str, form: str) -> str | None:
        """Return the words of a field in a form, a placeholder where it is required, None where it is not there."""
        if name == "event":
            return self._event(form)
        if name in ("recipients",):
            return list_words([person.shown(self.language) for person in self.to], self.language) or None
        wanted = self.kind.field(name)
        if wanted is None:
            return None
        value = self.values.get(name)
        if value is None and form == "earlier":
            return "mon précédent message" if self.language == "fr" else "my previous message"
        if value is None:
            if not wanted.required or any(other in self.values for other in wanted.any_of):
                return "" if wanted.required and form in ("at", "in") else None
            return self._missing(wanted, form)
        if form == "earlier" and value.moments:
            day = self._date(value, wanted, "du")
            return f"ma relance {day}" if self.language == "fr" else f"my reminder of {day}"
        if form == "fallen" and value.moments:
            return self._fallen(value, wanted)
        if wanted.type == "date":
            return self._date(value, wanted, form)
        if wanted.type == "time":
            return self._time(value, form)
        if wanted.type == "place":
            return self._place(value.text, form)
        if wanted.type == "people":
            return list_words([person.shown(self.language) for person in value.people], self.language)
        return self._text(_REACHED.sub(r" (\g<at>)", value.text.strip().rstrip(".;,")), form)

    def has(self, name: str) -> bool:
        """Tell whether a field or computed value has words of its own."""
        if name == "told":
            return self.told
        if name == "payment":
            return self._is_payment()
        if name == "invoice":
            return self._is_invoice()
        if name == "event":
            return self._event("the") is not None
        return name in self.values

    def deadline_late(self, name: str) -> bool:
        """Tell whether a relative deadline falls after the event that it is for: then it cannot mean that day."""
        deadline, event = self.values.get(name), self.values.get("date")
        if name != "deadline" or not self.kind.event or deadline is None or event is None:
            return False
        last, first = deadline.moments[0].value, event.moments[0].value
        if not (isinstance(last, Moment) and isinstance(first, Moment)):
            return False
        return last.date > first.date and not last.day_written

    def _missing(self, wanted: KindField, form: str) -> str:
        label = placeholder(wanted.labels.get(self.language)[0], self.language)
        lead = {
            "le": "le ",
            "du": "du ",
            "au": "au ",
            "a": "à ",
            "at": "at " if wanted.type == "time" else ", ",
            "in": ", ",
            "on": "on ",
            "de": "de ",
            "of_yours": "de ",
            "for": "pour " if self.language == "fr" else "for ",
            "from": "à compter du " if self.language == "fr" else "on ",
            "to_your": "à votre demande relative à " if self.language == "fr" else "",
            "your": "votre demande relative à " if self.language == "fr" else "your request about ",
        }
        return f"{lead.get(form, '')}{label}"

    def _date(self, value: Value, wanted: KindField, form: str) -> str:
        base = self.base
        moments = [self._day(mention, wanted, base, weekday=form != "plain") for mention in value.moments]
        if self.deadline_late(wanted.id):
            moments = [" ".join(mention.text.split()) for mention in value.moments]
        if len(moments) == 2:
            included = re.search(r"\b(?:inclus|compris|inclusive)\b", value.text)
            tail = f" {included[0]}" if included else ""
            if self.language == "en":
                return f"from {moments[0]} to {moments[1]}{tail}"
            return f"du {moments[0]} au {moments[1]}{tail}"
        day = moments[0]
        if re.search(r"\binclu(?:s|sive)\b", value.text):
            day += " inclus" if self.language == "fr" else " inclusive"
        if self.language == "en":
            lead = {"on": "on ", "from": "on "}.get(form, "")
            return day if _PERIOD.match(day) else f"{lead}{day}"
        if _PERIOD.match(day):
            return {"au": f"à {day}", "du": f"de {day}", "from": f"à compter de {day}"}.get(form, day)
        if re.match(r"(?:dans|sous|d['’]ici|hier|avant-hier|demain|aujourd)", day):
            return day
        if re.match(r"(?:la|cette|ce|le)\s", day):
            return day
        lead = {"le": "le ", "du": "du ", "au": "au ", "from": "à compter du "}.get(form, "")
        return f"{lead}{day}"

    def _day(self, mention: Mention, wanted: KindField, base: dt.date | None, *, weekday: bool) -> str:
        moment = mention.value
        assert isinstance(moment, Moment)  # noqa: S101 - told to the type checker: dates hold moments
        as_written = " ".join(mention.text.split())
        plain = fold(as_written)
        if _PERIOD.match(plain) or re.search(r"\b(?:semaine|trimestre|mois|annee|week|month|quarter|year)\b", plain):
            return f"la {as_written}" if plain.startswith("semaine") else as_written
        if moment.weekday_differs:
            return as_written
        date = moment.date
        if wanted.past and not moment.year_written and base is not None:
            if not moment.day_written:
                return as_written
            if date > base:
                date = _year_before(date)
        near = base is not None and not wanted.past and dt.timedelta(0) <= date - base <= _SHOWN_YEAR
        shown_year = moment.year_written or near
        shown_weekday = moment.weekday is not None or (weekday and (shown_year or not moment.day_written))
        words = format_date(date, self.language, weekday=shown_weekday)
        return words if shown_year else words.rsplit(" ", 1)[0]

    def _time(self, value: Value, form: str) -> str:
        times = [clock_words(time, self.language, self.time_style) for time in value.times]
        if len(times) == 2:
            return f"de {times[0]} à {times[1]}" if self.language == "fr" else f"from {times[0]} to {times[1]}"
        lead = {"a": "à ", "at": "at "}.get(form, "")
        return f"{lead}{times[0]}"

    def _place(self, text: str, form: str) -> str:
        place = text.strip().rstrip(".;,")
        if form not in ("at", "in"):
            return place
        bare = fold(place)
        if self.language == "fr":
            if bare in ("visio", "visioconference"):
                return " en visioconférence"
            if bare in ("teams", "zoom", "webex", "skype", "meet"):
                return f" sur {place}"
            if bare in ("siege", "bureau", "mairie", "prefecture", "cantine", "mediatheque", "restaurant", "gymnase"):
                return f" {with_a(with_article(lower_first(place)) or place)}"
            if _PREPOSED.match(place):
                return f" {lower_first(place)}"
            if re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:-[\w]+)*", place):
                return f" à {place}"
            named = bare.split()[0] in ("hotel", "maison", "palais", "chateau", "cite")
            return f", {place if named else lower_first(place)}"
        if re.match(r"chez\b", bare):
            return f", {place}"
        if bare == "online" or _PREPOSED.match(place):
            return f" {lower_first(place)}"
        if bare in ("teams", "zoom", "webex"):
            return f" on {place}"
        return (
            f" in {place}"
            if re.match(r"(?:the )?(?:room|main|meeting|conference|board|training|building|large|small)\b", bare)
            else f", {place}"
        )

    def _text(self, text: str, form: str) -> str:
        english = self.language == "en"
        bare = lower_first(text)
        if form == "bare":
            return re.sub(r"^(?:(?:le|la|les|une?|son|sa|ses|the|an?|his|her)\s+|l['’])", "", bare, flags=re.IGNORECASE)
        if form == "headed":
            return self._headed(bare)
        if form == "cap":
            return upper_first(
                re.sub(r"^(?:(?:le|la|les|son|sa|ses|the|his|her)\s+|l['’])", "", text, flags=re.IGNORECASE)
            )
        if form == "the":
            return _the_en(bare) if english else with_article(bare) or quoted(text)
        if form == "this":
            return _the_en(bare) if english else with_article(bare) or quoted(text)
        if form == "a":
            return with_a(with_article(bare) or bare)
        if form == "de":
            return with_de(with_article(bare) or bare)
        if form == "of_yours":
            return with_de(yours(bare, self.language, familiar=self.familiar))
        if form == "yours":
            return yours(bare, self.language, familiar=self.familiar)
        if form == "quoted":
            return upper_first(re.sub(r"^(?:réunion|meeting)\s*:\s*", "", text, flags=re.IGNORECASE))
        if form == "for":
            return self._reason(bare)
        if form in ("your", "to_your"):
            return self._yours(bare, to=form == "to_your")
        return bare

    def _headed(self, text: str) -> str:
        """Return what was asked as a subject line says it to who asked: "Votre invitation au salon", without its date."""
        dates = [mention.start for mention in find_mentions(text, self.language, _ANY_DAY) if mention.kind == "date"]
        short = re.sub(r"(?:\s(?:du|le|on|of|for|au|à))*\s*$", "", text[: min(dates)]) if dates else text
        text = short if len(short.split()) > 1 else text
        said = self._yours(text, to=False)
        if re.match(r"(?:votre demande relative|ta demande relative|your request regarding)\b", said):
            return self._text(text, "cap")
        return upper_first(said)

    def _fallen(self, value: Value, wanted: KindField) -> str:
        """Return that a bill's due date is past or to come: "arrivée à échéance le", "à échéance du"."""
        moment = value.moments[0].value
        assert isinstance(moment, Moment)  # noqa: S101 - told to the type checker: dates hold moments
        to_come = self.base is not None and moment.date >= self.base
        if self.language == "en":
            return f"{'due' if to_come else 'which fell due'} on {self._date(value, wanted, '')}"
        if to_come:
            return f"à échéance {self._date(value, wanted, 'du')}"
        topic = self.values.get(self.kind.topic)
        noun = head_noun(self._text(topic.text, "bare")) if topic else None
        if noun is None:
            return f"dont l’échéance était fixée {self._date(value, wanted, 'au')}"
        agreed = f"{'e' if noun.gender == 'f' else ''}{'s' if noun.plural else ''}"
        return f"arrivé{agreed} à échéance {self._date(value, wanted, 'le')}"

    def _reason(self, text: str) -> str:
        if self.language == "en":
            text = re.sub(r"^for\s+", "", text, flags=re.IGNORECASE)
            return f"for {yours(text, 'en')}"
        text = re.sub(r"^pour\s+", "", text, flags=re.IGNORECASE)
        if re.match(r"(?:de|d['’]|du|des)\s*\w", text) and not re.match(r"des\s", text):
            return text
        if re.match(r"(?:avoir|être|s['’]être)\s", text):
            return with_de(text)
        return f"pour {yours(text, 'fr', familiar=self.familiar)}"

    def _yours(self, text: str, *, to: bool) -> str:
        if self.language == "en":
            bare = re.sub(r"^(?:the|a|an|his|her|their|your)\s+", "", text)
            return f"your {bare}" if _YOURS_EN.search(bare) else f"your request regarding {text}"
        bare = re.sub(r"^(?:(?:le|la|une?|sa|son|votre|leur|ta|ton)\s+|l['’])", "", text)
        noun = head_noun(bare)
        whose = "ta" if self.familiar else "votre"
        if noun and noun.word in _YOURS:
            owner = "ton" if self.familiar and bare[0] in "aeiouéè" else whose
            return f"{'à ' if to else ''}{owner} {bare}"
        return f"{'à ' if to else ''}{whose} demande relative {with_a(with_article(text) or text)}"

    def _event(self, form: str) -> str | None:
        topic = self.values.get(self.kind.topic)
        text = lower_first(topic.text.strip().rstrip(".")) if topic else ""
        if self.language == "en":
            return self._event_en(text, form)
        if text and is_event(text):
            definite = re.sub(r"^une?\s+", "", text)
            phrase = with_article(definite) or definite
        elif self.kind.event_noun is None:
            return None
        elif form in ("held", "the", "which"):
            phrase = with_article(re.sub(r"^une?\s+", "", self.kind.event_noun.fr)) or self.kind.event_noun.fr
        else:
            phrase = self.kind.event_noun.fr
            known = with_article(text) if text else None
            if text and known is None:
                phrase = f"{with_article(re.sub(r'^une?', '', phrase).strip())} {quoted(text)}"
            else:
                agreed = "consacrée" if re.match(r"une\s", phrase) else "consacré"
                phrase = f"{phrase} {agreed} {with_a(known) if known else self._missing_topic()}"
        if form in ("held", "which"):
            noun = head_noun(re.sub(r"^(?:(?:le|la|les|notre|votre)\s+|l['’])", "", phrase))
            plural = phrase.startswith("les ") or bool(noun and noun.plural)
            verb = f"se {'tiendront' if plural else 'tiendra'}"
            return f"qui {verb}" if form == "which" else f"{upper_first(phrase)} {verb}"
        return with_a(phrase) if form == "a" else with_de(phrase) if form == "de" else phrase

    def _event_en(self, text: str, form: str) -> str | None:
        if text and _EVENTS_EN.search(text):
            phrase = _the_en(text)
        elif self.kind.event_noun is None:
            return None
        elif form == "held":
            phrase = "the meeting"
        else:
            phrase = f"{self.kind.event_noun.en} about {text or self._missing_topic()}"
        return f"{upper_first(phrase)} will be held" if form == "held" else phrase

    def _is_invoice(self) -> bool:
        """Tell whether what is awaited is a bill: a bill one has is not awaited, its payment is."""
        topic = self.values.get(self.kind.topic)
        return bool(topic and _BILL.search(topic.text))

    def _is_payment(self) -> bool:
        """Tell whether a payment is awaited: of a bill whose amount or due date is known, or said to be unpaid."""
        topic = self.values.get(self.kind.topic)
        return (
            bool(topic)
            and self._is_invoice()
            and (
                "amount" in self.values
                or "due" in self.values
                or self.unpaid
                or bool(_OWED.search(topic.text if topic else ""))
            )
        )

    def _missing_topic(self) -> str:
        wanted = self.kind.field(self.kind.topic)
        label = wanted.labels.get(self.language)[0] if wanted else ""
        return f"à {placeholder(label, 'fr')}" if self.language == "fr" else placeholder(label, "en")


def is_event_phrase(text: str, language: Language) -> bool:
    """Tell whether a phrase names what takes place at a time: "réunion budget", "board meeting"."""
    return bool(_EVENTS_EN.search(text)) if language == "en" else is_event(text)


def clock_words(time: dt.time, language: Language, style: str) -> str:
    """Return a time of the day in a style: "14 h 30", "14h30", "14:30", "2.30 pm"."""
    if language == "en" and style.endswith("pm"):
        hour = time.hour % 12 or 12
        minutes = f"{style[1] if len(style) > 1 and style[1] in '.:' else '.'}{time.minute:02d}" if time.minute else ""
        if (time.hour, time.minute) == (12, 0):
            return "noon"
        return f"{hour}{minutes}{NO_BREAK}{'am' if time.hour < 12 else 'pm'}"
    if ":" in style:
        return f"{time.hour:02d}:{time.minute:02d}"
    gap = NO_BREAK if " " in style else ""
    return f"{time.hour}{gap}h" + (f"{gap}{time.minute:02d}" if time.minute else "")


def quoted(text: str) -> str:
    """Return a text in French quotation marks."""
    return f"«{NO_BREAK}{text}{NO_BREAK}»"


_VERB_FIRST = re.compile(r"^(?:Vient|Rejoint|Remplace|Succède|Prend|Arrive|Part|Quitte|Est|Sera|Était)(?= [a-zà-ÿ])")


def listed(item: str) -> str:
    """Return a note as an entry of a list: without its stop, its first letter small unless it starts a name."""
    small = lower_first(item.strip().rstrip(".;,"))
    return _VERB_FIRST.sub(lambda match: match[0].lower(), small)


def bullets(items: Sequence[str], language: Language) -> str:
    """Return items as a list: a dash each, in French with the signs that the list asks for."""
    clean = [listed(item) for item in items]
    if language == "en":
        return "\n".join(f"- {upper_first(item)}" for item in clean)
    ends = [*(f"{NO_BREAK};" for _ in clean[:-1]), "."]
    return "\n".join(
        f"– {item}{'' if re.search(r'[.!?…]$', item) else end}" for item, end in zip(clean, ends, strict=True)
    )


def _the_en(text: str) -> str:
    return text if re.match(r"(?:the|a|an|our|your|my|this|his|her|their|[A-Z]\w+['’]s)\b", text) else f"the {text}"


def _year_before(date: dt.date) -> dt.date:
    try:
        return date.replace(year=date.year - 1)
    except ValueError:
        return date.replace(year=date.year - 1, day=28)
