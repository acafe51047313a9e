"""A brief as people write it: labelled lines, bullets, telegraphic notes and sentences, made fields and notes.

Nothing is read into it: what a label names is typed where it can be (a date, a time, a person) and kept as it was
written beside; every other line stays a note. Texts come as they are, as JSON or YAML, or in a Word file.
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from assistai.drafting.kinds import TONES, Kind, KindField, Tone
from assistai.drafting.mentions import Amount, Mention, Moment, find_mentions
from assistai.drafting.people import Person, parse_people
from assistai.language.words import detect_language, fold
from assistai.records import Language

_LABELLED = re.compile(r"^(?P<label>[^\W\d_][^:\n=]{0,45}?)\s*(?::(?!//)|=)\s*(?P<value>.*)$")
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪►→]|\d{1,2}[.)](?!\d))\s+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_BEFORE = re.compile(
    r"(?:avant|pour|d['’]ici(?: au?)?|au plus tard|jusqu['’]au|before|by|no later than|until)\s+(?:le\s+|the\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:dès|à partir d[eu]|à compter du|depuis|from|as of|starting)\s+(?:le\s+|the\s+)?$", re.IGNORECASE
)
_GLUE = re.compile(
    r"^(?:[\s,;.–—-]|\b(?:le|la|à|a|au|aux|en|de|du|vers|dès|on|at|in|the|from|to|et|and|ce|cette|matin|après-midi|soir)\b)*$",
    re.IGNORECASE,
)
_INVITE = re.compile(
    r"^(?:(?:inviter|convier|convoquer|relancer|remercier|prévenir|informer|contacter|répondre à|écrire à|mail à|courriel à|mot à|message à|lettre à|"
    r"invite|remind|thank|inform|tell|write to|reply to|answer|mail to|email to|note to)\s+)"
    r"(?P<who>(?:(?:M\.|MM\.|Mmes?|Mlle|Mr|Mrs|Ms|Dr|Pr|Me|Monsieur|Madame)[ \u00a0]+(?:le\s+|la\s+)?)?[A-ZÀ-ÖØ-Þ][\w'’-]*(?:\s+[A-ZÀ-ÖØ-Þ][\w'’-]*)*"
    r"(?:\s*(?:,|et|and)\s+(?:(?:M\.|Mme|Mlle|Mr|Mrs|Ms|Dr|Monsieur|Madame)[ \u00a0]+)?[A-ZÀ-ÖØ-Þ][\w'’-]*(?:\s+[A-ZÀ-ÖØ-Þ][\w'’-]*)*)*)"
    r"(?P<rest>\s.*|[,:].*|)$",
)


@dataclass(frozen=True, slots=True)
class Value:
    """What a brief gives for one field: its words, and what they mean by the field's type.

    `moments` are one date or two (from, to), `times` likewise; `items` the entries of a list.
    """

    text: str
    moments: tuple[Mention, ...] = ()
    times: tuple[dt.time, ...] = ()
    people: tuple[Person, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the brief that no field took: its words, and whether it stood as a bullet."""

    text: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief understood for one kind.

    `text` is the brief as a source that facts are traced to. `values` are the kind's fields by id. `lost` are lines
    that were given for a field and could not be read as its type.
    """

    text: str
    language: Language
    base: dt.date | None
    values: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    subject: str = ""
    signer: str = ""
    attachments: tuple[str, ...] = ()
    tone: Tone | None = None
    familiar: bool | None = None
    lost: tuple[str, ...] = ()


def parse_brief(text: str, kind: Kind, language: Language | None, base: dt.date | None) -> Brief:
    """Return a brief's fields and notes for a kind; dates count from `base`."""
    spoken = language or brief_language(text)
    reading = _Reading(kind, spoken, base)
    for line in text.split("\n"):
        reading.line(line)
    return reading.finished(text)


def brief_language(text: str) -> Language:
    """Return the language that a brief asks for ("Langue : anglais") or is written in; French where it shows none."""
    for line in text.split("\n"):
        match = _LABELLED.match(_BULLET.sub("", line).strip())
        if match and _plain(match["label"]) in ("langue", "language"):
            return "en" if _plain(match["value"]).startswith(("en", "ang")) else "fr"
    bare = re.sub(r"(?m)^[^:\n]{1,40}:\s*", "", text)
    return detect_language(f"{text} {bare}")


class _Reading:
    def __init__(self, kind: Kind, language: Language, base: dt.date | None) -> None:
        self.kind, self.language, self.base = kind, language, base
        self.values: dict[str, Value] = {}
        self.notes: list[Note] = []
        self.people: dict[str, tuple[Person, ...]] = {"to": (), "cc": ()}
        self.texts: dict[str, str] = {}
        self.attachments: list[str] = []
        self.lost: list[str] = []
        self.open: str = ""
        self.labels = _labels(kind)

    def line(self, raw: str) -> None:
        bullet = bool(_BULLET.match(raw))
        line = _HEADING.sub("", _BULLET.sub("", raw)).strip().strip("*").strip()
        if not line:
            self.open = "" if self.open and self._has_items() else self.open
            return
        labelled = _LABELLED.match(line)
        name = self.labels.get(_plain(labelled["label"])) if labelled else None
        if labelled and name:
            self.open = ""
            value = labelled["value"].strip()
            if value:
                self.give(name, value, line)
            else:
                self.open = name
        elif self.open and (bullet or self.open == "notes" or not self._has_items()):
            self.give(self.open, line, line, more=True)
        else:
            self.open = ""
            self.notes.append(Note(line, bullet))

    def _has_items(self) -> bool:
        return self.open in self.values or self.open in ("notes", "to", "cc", "attachments")

    def give(self, name: str, value: str, line: str, *, more: bool = False) -> None:
        if name in self.people:
            self.people[name] = (*self.people[name], *parse_people(value))
        elif name == "attachments":
            self.attachments += [item for item in re.split(r"\s*[;\n]\s*|,\s+", value) if item]
        elif name == "notes":
            self.notes += [Note(item, more) for item in re.split(r"\s*;\s*", value) if item]
        elif name in ("subject", "signer", "tone", "language", "address", "copy_name"):
            self.texts[name] = value
        else:
            self.field(name, value, line, more=more)

    def field(self, name: str, value: str, line: str, *, more: bool) -> None:
        wanted = self.kind.field(name)
        if wanted is None:
            return
        if wanted.type == "list":
            items = _items(value) if not more else (value,)
            before = self.values.get(name)
            self.values[name] = Value(value, items=(*(before.items if before else ()), *items))
            return
        if name in self.values:
            before = self.values[name]
            if wanted.type == "text":
                self.values[name] = Value(f"{before.text} {value}")
            elif fold(before.text) != fold(value):
                self.notes.append(Note(line))
            return
        typed = _typed(wanted, value, self.language, self.base)
        if typed is None:
            self.lost.append(line)
            return
        self.values[name] = typed
        if wanted.type == "date":
            self._beside_date(typed, value)

    def _beside_date(self, typed: Value, value: str) -> None:
        """Take the time and place that a date's line gives along: "mardi 14h30, salle Vendôme"."""
        rest = value
        for name, kind in (("time", "time"), ("place", "place")):
            wanted = self.kind.field(name)
            if wanted is None or name in self.values:
                continue
            found = _time_value(rest, self.language, self.base) if kind == "time" else _place_value(rest)
            if found is not None:
                self.values[name] = found

    def finished(self, text: str) -> Brief:
        self._people_in_notes()
        self._facts_in_notes()
        tone = _tone(self.texts.get("tone", ""))
        return Brief(
            text=text,
            language=self.language,
            base=self.base,
            values=self.values,
            notes=tuple(self.notes),
            to=self.people["to"],
            cc=self.people["cc"],
            subject=self.texts.get("subject", ""),
            signer=self.texts.get("signer", ""),
            attachments=tuple(self.attachments),
            tone=tone,
            familiar=_familiar(self.texts.get("address", "")),
            lost=tuple(self.lost),
        )

    def _people_in_notes(self) -> None:
        """Take the recipients from a first note that names them: "Inviter Mme Durand à la réunion budget"."""
        if self.people["to"] or not self.notes:
            return
        note = self.notes[0]
        match = _INVITE.match(note.text)
        if not match:
            return
        self.people["to"] = parse_people(match["who"])
        rest = match["rest"].strip(" ,:;")
        thanks = re.match(r"(?:remercier|thank)\b", note.text, re.IGNORECASE)
        if thanks and self.kind.id != "thanks":
            return
        topic = self.kind.field(self.kind.topic)
        if not rest:
            self.notes.pop(0)
        elif self.kind.event and topic and self.kind.topic not in self.values:
            self.notes[0] = Note(
                re.sub(r"^(?:à|au|aux|to|for)\s+(?:(?:la|the|une|un|a)\s+)?|^à l['’]", "", rest), note.bullet
            )
        else:
            self.notes[0] = Note(rest, note.bullet)

    def _facts_in_notes(self) -> None:
        """Fill the kind's empty fields from telegraphic notes; a note that says nothing more is used up."""
        kept: list[Note] = []
        for number, note in enumerate(self.notes):
            rest = self._harvest(note.text)
            topic = self.kind.field(self.kind.topic)
            if rest is None:
                kept.append(note)
            elif rest and number == 0 and topic and self.kind.topic not in self.values:
                self.values[self.kind.topic] = Value(rest)
            elif rest:
                kept.append(replace(note, text=rest))
        self.notes = kept
        self._topic_from_first_note()

    def _topic_from_first_note(self) -> None:
        topic = self.kind.field(self.kind.topic)
        if topic is None or self.kind.topic in self.values or not self.notes:
            return
        first = self.notes[0].text
        if len(first.split()) <= 12 and not _is_sentence(first, self.language) and not re.search(r"[.!?:]$", first):
            if _is_instruction(first, self.language):
                return
            self.values[self.kind.topic] = Value(first)
            self.notes.pop(0)

    def _harvest(self, note: str) -> str | None:
        """Return what is left of a telegraphic note once the kind's fields took their facts; None to keep it whole."""
        if _is_sentence(note, self.language) or _is_instruction(note, self.language):
            return None
        taken: dict[str, Value] = {}
        left: list[str] = []
        for fragment in re.split(r"\s*[,;]\s+|\s+[–—-]\s+", note):
            rest = self._take(fragment, taken)
            if rest:
                left.append(rest)
        if not taken:
            return None
        rest = ", ".join(left)
        if len(rest.split()) > 9:
            return None
        self.values.update(taken)
        return rest

    def _take(self, fragment: str, taken: dict[str, Value]) -> str:
        """Put the fragment's date, time and place in `taken`, and return what is left of it."""
        spans: list[tuple[int, int]] = []

        def free(name: str) -> bool:
            return self.kind.field(name) is not None and name not in self.values and name not in taken

        mentions = find_mentions(fragment, self.language, self.base)
        dates = [mention for mention in mentions if mention.kind == "date"]
        if dates:
            before = fragment[: dates[0].start]
            name = next(
                (
                    one
                    for one, fits in (
                        ("deadline", bool(_BEFORE.search(before))),
                        ("start", bool(_FROM.search(before))),
                        ("effect", bool(_FROM.search(before))),
                        ("date", not _BEFORE.search(before)),
                    )
                    if fits and free(one)
                ),
                None,
            )
            if name:
                both = dates[:2] if len(dates) > 1 and _is_range(fragment, dates) else dates[:1]
                if not _leaves_fact_alone(fragment, both):
                    lead = _lead(fragment, both[0].start)
                    taken[name] = Value(fragment[both[0].start : both[-1].end], moments=tuple(both))
                    spans.append((lead, both[-1].end))
        if free("time"):
            found = _time_span(fragment, self.language, self.base)
            if found:
                start, end, times = found
                taken["time"] = Value(fragment[start:end], times=times)
                spans.append((_lead(fragment, start), end))
        rest = fragment
        for start, end in sorted(spans, reverse=True):
            rest = f"{rest[:start]} {rest[end:]}"
        rest = " ".join(rest.split()).strip(" ,;-–—")
        if free("place") and (spans or taken or _place_value(rest)):
            place = _place_span(rest)
            if place:
                start, end = place
                taken["place"] = Value(rest[start:end])
                rest = f"{rest[:start]} {rest[end:]}".strip(" ,;-–—")
        if free("amount"):
            amounts = [mention for mention in find_mentions(rest, self.language, self.base) if mention.kind == "amount"]
            if amounts and _GLUE.match(rest.replace(amounts[0].text, "")):
                taken["amount"] = Value(amounts[0].text)
                rest = ""
        return "" if _GLUE.match(rest) else rest


def _leaves_fact_alone(fragment: str, dates: Sequence[Mention]) -> bool:
    """Tell whether a date belongs to what stands before it ("compte rendu du 12 mars") rather than being the day."""
    return bool(
        re.search(
            r"(?:courrier|message|lettre|mail|facture|demande|compte rendu|version|letter|minutes|invoice)\s+(?:du|of|dated)\s+$",
            fragment[: dates[0].start],
            re.IGNORECASE,
        )
    )


def _is_range(fragment: str, dates: Sequence[Mention]) -> bool:
    between = fragment[dates[0].end : dates[1].start]
    return bool(re.fullmatch(r"\s*(?:au|et le|et|à|to|until|and|-|–)\s*(?:le\s+|the\s+)?", between, re.IGNORECASE))


def _lead(fragment: str, start: int) -> int:
    """Return where the words that lead to a date or time start ("le ", "à ", "avant le ")."""
    lead = re.search(
        r"(?:\b(?:avant|pour|d['’]ici|dès|vers|au plus tard|à partir|à compter|before|by|from|starting|until)\s+)?"
        r"(?:\b(?:le|du|au|la|à|a|de|on|at|the|from|entre|between)\s+|l['’])?$",
        fragment[:start],
        re.IGNORECASE,
    )
    return lead.start() if lead else start


_LINK = r"\s*(?:à|-|–|—|to|jusqu['’]à|et|and|until)\s*"


def _time_span(text: str, language: Language, base: dt.date | None) -> tuple[int, int, tuple[dt.time, ...]] | None:
    times = [mention for mention in find_mentions(text, language, base) if mention.kind == "time"]
    if not times:
        bare = re.search(r"\bde (\d{1,2}) à (?=\d{1,2}\s?h)", text)
        if not bare:
            return None
    first = times[0]
    start = first.start
    values = [first.value]
    end = first.end
    bare = re.search(r"\b(?:de|from)?\s*(\d{1,2})(?:h)?\s*(?:à|-|–|to)\s*$", text[: first.start], re.IGNORECASE)
    if bare and int(bare[1]) < 24:
        start, values = bare.start(1), [dt.time(int(bare[1])), first.value]
    elif len(times) > 1 and re.fullmatch(_LINK, text[first.end : times[1].start], re.IGNORECASE):
        values, end = [first.value, times[1].value], times[1].end
    return start, end, tuple(value for value in values if isinstance(value, dt.time))


def _time_value(text: str, language: Language, base: dt.date | None) -> Value | None:
    found = _time_span(text, language, base)
    return Value(text[found[0] : found[1]], times=found[2]) if found else None


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files("assistai.drafting").joinpath("lexicon", "brief.toml").read_text(encoding="utf-8"))


@cache
def _place_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_lexicon()["places"]["words"], key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=[\s,]))(?:(?:en|au|à la|à l['’]|dans la|dans le|sur|in|at|the|by)\s+)*(?:\d+[ ,]+(?:bis\s+)?)?(?:(?:grande?|petite?|main|large|small|conference|meeting)\s+)?"
        rf"(?:{words})\b.*$",
        re.IGNORECASE,
    )


def _place_span(text: str) -> tuple[int, int] | None:
    match = _place_pattern().search(text)
    if match:
        return match.span()
    match = re.search(r"(?:^|(?<=\s))(?:à|in|at)\s+[A-ZÀ-Þ][\w'’-]+(?:[\s-][A-ZÀ-Þ][\w'’-]+)*$", text)
    return match.span() if match else None


def _place_value(text: str) -> Value | None:
    for fragment in re.split(r"\s*[,;]\s+", text):
        span = _place_span(fragment)
        if span:
            return Value(fragment[slice(*span)].strip())
    return None


def _typed(wanted: KindField, value: str, language: Language, base: dt.date | None) -> Value | None:
    mentions = find_mentions(value, language, base)
    if wanted.type == "date":
        dates = [mention for mention in mentions if mention.kind == "date"]
        if not dates:
            return None
        both = dates[:2] if len(dates) > 1 and _is_range(value, dates) else dates[:1]
        return Value(value, moments=tuple(both))
    if wanted.type == "time":
        return _time_value(value, language, base) or _bare_hours(value)
    if wanted.type == "people":
        return Value(value, people=parse_people(value))
    if wanted.type == "amount":
        amounts = [mention for mention in mentions if mention.kind == "amount" and isinstance(mention.value, Amount)]
        return Value(value) if amounts or re.search(r"\d", value) else None
    if wanted.type == "number":
        digits = re.search(r"\d+", value) or re.search(
            r"premi|deuxi|secon|troisi|derni|first|third|final|last", fold(value)
        )
        return Value(value) if digits else None
    if re.fullmatch(
        r"(?:à (?:définir|préciser|confirmer|compléter)|\?+|tbd|tbc|n/?c|to be (?:confirmed|defined)|x+|\.+|-+|inconnue?)\W*",
        value.strip(),
        re.IGNORECASE,
    ):
        return None
    return Value(value)


def _bare_hours(value: str) -> Value | None:
    match = re.fullmatch(r"(?:à\s+|at\s+)?(\d{1,2})(?:\s*(?:-|–|à|to)\s*(\d{1,2}))?", value.strip())
    if not match or any(group and int(group) > 23 for group in match.groups()):
        return None
    return Value(value, times=tuple(dt.time(int(group)) for group in match.groups() if group))


def _items(value: str) -> tuple[str, ...]:
    pieces = re.split(r"\s*;\s*|\s*\n\s*|\s+[-–•]\s+", value)
    if len(pieces) == 1 and value.count(",") >= 1:
        pieces = re.split(r"\s*,\s+", value)
    return tuple(piece.strip(" .") for piece in pieces if piece.strip(" ."))


def _labels(kind: Kind) -> dict[str, str]:
    labels: dict[str, str] = {}
    for one in kind.fields:
        for label in (one.id, *one.labels.both()):
            labels.setdefault(_plain(label), one.id)
    for name, words in _lexicon().items():
        if isinstance(words, list):
            for label in (name, *words):
                labels.setdefault(_plain(label), name)
    return labels


def _plain(label: str) -> str:
    return " ".join(re.sub(r"[^\w/°]+", " ", fold(label)).split())


def _tone(text: str) -> Tone | None:
    said = _plain(text)
    for tone in TONES:
        if any(_plain(word) in said.split() for word in _lexicon()["tones"][tone]):
            return tone
    return None


def _familiar(text: str) -> bool | None:
    said = _plain(text)
    if not said:
        return None
    return said.startswith(("tu", "oui", "yes", "tutoiement"))


def _is_sentence(note: str, language: Language) -> bool:
    from assistai.drafting.grammar import is_sentence

    return is_sentence(note, english=language == "en")


def _is_instruction(note: str, language: Language) -> bool:
    from assistai.drafting.wording import is_instruction

    return is_instruction(note, language)


def moment_of(value: Value) -> Moment | None:
    """Return the first date of a value."""
    first = value.moments[0].value if value.moments else None
    return first if isinstance(first, Moment) else None
