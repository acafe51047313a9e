"""A brief as people write it: labelled lines, bullets, telegraphic notes and sentences, made fields and notes.

Nothing is read into it: what a label names is typed where it can be (a date, a time, a person) and kept as it was
written beside; every other line stays a note.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistai.drafting.grammar import is_sentence
from assistai.drafting.happening import happening
from assistai.drafting.harvest import harvest, notes_of, within_topic
from assistai.drafting.kinds import TONES, Kind, Tone
from assistai.drafting.mentions import find_mentions
from assistai.drafting.people import Person, parse_people
from assistai.drafting.values import Value, items_of, lexicon, place_value, time_value, typed, with_place_word
from assistai.drafting.wording import is_instruction, pieces_of
from assistai.language.words import fold, is_stop_word, tokens
from assistai.records import Language

_LABELLED = re.compile(r"^(?P<label>[^\W\d_][^:\n=]{0,45}?)\s*(?::(?!//)|=)\s*(?P<value>.*)$")
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪►→]|\d{1,2}[.)](?!\d))\s+")
_FRENCH_LETTERS = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|mars|avril|mai|juin|juillet|"
    r"septembre|octobre|novembre)\b"
    r"|[éèêàùçœîôûë]|\b(?:qu|j|l|d|n|s)['’]\w|\d\s?h(?:\s?\d\d)?\b",
    re.IGNORECASE,
)
_ENGLISH_MARKS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|"
    r"december|meeting)\b|\d\s?[ap]\.?m\b|\b\w+['’](?:s|re|ll|ve)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:il|elle|he|she|son|sa|ses|his|her)\b", re.IGNORECASE)
_CLEARLY = 2
_TONE = re.compile(r"(?:^|,\s*)(?:ton|tone)\s+(?P<tone>[^\W\d_]+)\s*$", re.IGNORECASE)
_INLINE = re.compile(r"^(?P<before>[^:]+?),\s*(?P<label>[^\W\d_][\w '’/-]{1,30}?)\s*:(?!//)\s*(?P<value>.+)$")
_MANNER = re.compile(r"(?:^|[,.;]\s*)(?P<manner>tutoiement|vouvoiement)\s*$", re.IGNORECASE)
_REMINDS = re.compile(r"\b(?:relance|rappel|reminder)\b", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|chère?|dear|hi|hello)\s+(?P<who>[A-ZÀ-ÖØ-Þ][^\n,:!]{1,60}?)\s*[,!]", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+){0,2}")
_SAYS_TU = re.compile(r"(?<![\w’'-])(?:tu|te|toi|tes|ta)(?!\w)|-tu\b|\bt['’]\w", re.IGNORECASE)
_SAYS_VOUS = re.compile(r"\b(?:vous|votre|vos)\b", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the brief that no field took: its words, and whether it stood as a bullet.

    `event` holds the date, time and place of what the words name, where the note is an event of its own; `addressed`
    tells that it named its recipient, so that "il" and "son" in it mean whom the draft speaks to.
    """

    text: str
    bullet: bool = False
    event: Mapping[str, Value] = field(default_factory=dict)
    addressed: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief understood for one kind.

    `text` is the brief as a source that facts are traced to. `values` are the kind's fields by id. `lost` are lines
    that were given for a field and could not be read as its type. `told` tells that a note says the topic already.
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
    told: bool = False


def parse_brief(
    text: str, kind: Kind, language: Language | None, base: dt.date | None, *, default: Language = "fr"
) -> Brief:
    """Return a brief's fields and notes for a kind; dates count from `base`.

    Without a language it is the brief's, `default` where that is not clear.
    """
    spoken = language or brief_language(text, kind, default)
    reading = _Reading(kind, spoken, base)
    for line in text.split("\n"):
        reading.line(line)
    return reading.finished(text)


def brief_language(text: str, kind: Kind | None = None, default: Language = "fr") -> Language:
    """Return the language that a brief asks for ("Langue : anglais") or is clearly written in, else `default`."""
    score = 0
    for line in text.split("\n"):
        match = _LABELLED.match(_BULLET.sub("", line).strip())
        label = _plain(match["label"]) if match else ""
        if match and label in ("langue", "language"):
            return "en" if _plain(match["value"]).startswith(("en", "ang")) else "fr"
        for field_of in kind.fields if kind and label else ():
            in_french, in_english = (label in map(_plain, words) for words in (field_of.labels.fr, field_of.labels.en))
            score += 2 * (in_french - in_english)
    for token in tokens(text):
        score += is_stop_word(token.lower, "fr") - is_stop_word(token.lower, "en")
    score += len(_FRENCH_LETTERS.findall(text)) - len(_ENGLISH_MARKS.findall(text))
    if abs(score) < _CLEARLY:
        return default
    return "fr" if score > 0 else "en"


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
        self.greeted = False
        self.told = False
        self.labels = _labels(kind)

    def line(self, raw: str) -> None:
        bullet = bool(_BULLET.match(raw))
        line = _HEADING.sub("", _BULLET.sub("", raw)).strip().strip("*").strip()
        if (tone := _TONE.search(line)) and _tone(tone["tone"]):
            self.texts.setdefault("tone", tone["tone"])
            line = line[: tone.start()].strip()
            if not line:
                return
        if (manner := _MANNER.search(line)) and not self._label(line):
            self.texts.setdefault("address", manner["manner"])
            line = line[: manner.start()].strip()
            if not line:
                return
        if (greeting := _GREETING.fullmatch(line)) and not self.notes and not self.people["to"]:
            self.people["to"] = parse_people(greeting["who"])
            self.greeted = True
            return
        if (inline := _INLINE.match(line)) and self.labels.get(_plain(inline["label"])) and not self._label(line):
            self.line(f"- {inline['before']}" if bullet else inline["before"])
            line = f"{inline['label']} : {inline['value']}"
            value, comma, rest = inline["value"].partition(", ")
            if comma and (find_mentions(rest, self.language, self.base) or _REMINDS.search(rest)):
                self.line(f"{inline['label']} : {value}")
                line = rest
        if not line:
            self.open = "" if self.open and self._has_items() else self.open
            return
        labelled = _LABELLED.match(line)
        name = self.labels.get(_plain(labelled["label"])) if labelled else None
        if labelled and name:
            self.open = ""
            value = labelled["value"].strip()
            wanted = self.kind.field(name)
            if value and wanted is not None and wanted.type == "place":
                value = with_place_word(labelled["label"], value)
            if value:
                self.give(name, value, line)
            else:
                self.open = name
        elif self.open and (bullet or self.open == "notes" or not self._has_items()):
            self.give(self.open, line, line, more=True)
        else:
            self.open = ""
            parts = notes_of(line, self.kind, self.language)
            self.notes += [Note(piece, bullet) for part in parts for piece in pieces_of(part, self.language)]

    def _label(self, line: str) -> str | None:
        labelled = _LABELLED.match(line)
        return self.labels.get(_plain(labelled["label"])) if labelled else None

    def _has_items(self) -> bool:
        return self.open in self.values or self.open in ("notes", "to", "cc", "attachments")

    def give(self, name: str, value: str, line: str, *, more: bool = False) -> None:
        if name in self.people:
            self.people[name] = (*self.people[name], *parse_people(value))
        elif name == "attachments":
            self.attachments += [item for item in re.split(r"\s*[;\n]\s*|,\s+", value) if item]
        elif name == "notes":
            self.notes += [Note(item, more) for item in re.split(r"\s*;\s*", value) if item]
        elif name in ("subject", "signer", "tone", "language", "address"):
            self.texts[name] = value
        else:
            self.field(name, value, line, more=more)

    def field(self, name: str, value: str, line: str, *, more: bool) -> None:
        wanted = self.kind.field(name)
        if wanted is None:
            return
        if wanted.type == "list":
            items = items_of(value) if not more else (value,)
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
        value_of = typed(wanted, value, self.language, self.base)
        if value_of is None:
            self.lost.append(line)
            return
        self.values[name] = value_of
        if wanted.type == "date":
            self._beside_date(value)

    def _beside_date(self, value: str) -> None:
        """Take the time and place that a date's line gives along: "mardi 14h30, salle Vendôme"."""
        if self.kind.field("time") and "time" not in self.values:
            found = time_value(value, self.language, self.base)
            if found is not None:
                self.values["time"] = found
        if self.kind.field("place") and "place" not in self.values:
            found = place_value(value)
            if found is not None:
                self.values["place"] = found

    def finished(self, text: str) -> Brief:
        if self.greeted and len(self.notes) > 1 and _NAME_ALONE.fullmatch(self.notes[-1].text):
            self.texts.setdefault("signer", self.notes.pop().text)
        if self.greeted and _SAYS_TU.search(text) and not _SAYS_VOUS.search(text):
            self.texts.setdefault("address", "tutoiement")
        self._read_notes()
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
            told=self.told,
        )

    def _read_notes(self) -> None:
        """Give the kind's free fields what telegraphic notes say; a note that says nothing more is used up."""
        kept: list[Note] = []
        addressed = False
        waiting = list(self.notes)
        first = True
        while waiting:
            note = waiting.pop(0)
            if first and self._happens(note.text):
                kept.append(note)
                first = False
                continue
            got = harvest(
                note.text,
                self.kind,
                self.values,
                self.language,
                self.base,
                first=first,
                note_to=bool(self.people["to"]),
            )
            first = False
            waiting[:0] = [replace(note, text=text) for text in got.rest]
            self.values |= {name: value for name, value in got.values.items() if name not in self.values}
            if got.people and not self.people["to"]:
                self.people["to"] = got.people
            elif got.people:
                kept.append(note)
                continue
            addressed = got.addressed or (addressed and _GOES_ON.match(note.text) is not None)
            if got.left is None:
                kept.append(replace(note, addressed=addressed))
            elif got.left:
                kept.append(replace(note, text=got.left, event=got.event, addressed=got.addressed))
        self.notes = kept
        if self.kind.topic in self.values:
            self.values |= within_topic(self.kind, self.values, self.language, self.base)
        self._items_from_bullets()
        self._topic_from_first_note()

    def _happens(self, note: str) -> bool:
        """Tell whether a note says what will happen, and take that as the topic where none is given."""
        kind = self.kind
        if self.language != "fr" or kind.event or kind.reads or not kind.topic or kind.field(kind.topic) is None:
            return False
        event = happening(note, self.base)
        if event and kind.topic not in self.values:
            self.values[kind.topic] = Value(event.topic)
            self.told = True
        return event is not None

    def _items_from_bullets(self) -> None:
        """Take bullets as the entries of the list that the kind asks for, where no label gave it."""
        wanted = [one for one in self.kind.fields if one.type == "list" and one.required and one.id not in self.values]
        bullets = [note for note in self.notes if note.bullet and not note.event]
        if len(wanted) == 1 and bullets:
            self.values[wanted[0].id] = Value(
                "; ".join(note.text for note in bullets), items=tuple(note.text for note in bullets)
            )
            self.notes = [note for note in self.notes if note not in bullets]

    def _topic_from_first_note(self) -> None:
        """Take a title-like first note as the topic; where the kind says its topic nowhere, it stays a note too."""
        topic = self.kind.field(self.kind.topic) if self.kind.topic else None
        if topic is None or self.kind.topic in self.values or not self.notes:
            return
        first = self.notes[0].text
        if self.kind.subject["fr"].startswith("Re:"):
            return
        headed = _LABELLED.match(first)
        if headed and len(headed["label"].split()) <= 8 and not re.search(r"\d$", headed["label"]):
            self.values[self.kind.topic] = Value(headed["label"].strip())
            if headed["value"]:
                self.notes[0] = replace(self.notes[0], text=headed["value"])
            return
        english = self.language == "en"
        if len(first.split()) > 12 or re.search(r"[.!?:]$", first) or is_sentence(first, english=english):
            return
        if is_instruction(first, self.language) or self.notes[0].event:
            return
        self.values[self.kind.topic] = Value(first)
        words = " ".join(text for part in self.kind.parts for text in part.fr.values())
        said = f"{{{self.kind.topic}" in words or "{event:a" in words
        if said or len(first.split()) <= 3:
            self.notes.pop(0)


def _labels(kind: Kind) -> dict[str, str]:
    labels: dict[str, str] = {}
    for one in kind.fields:
        for label in (one.id, *one.labels.both()):
            labels.setdefault(_plain(label), one.id)
    for name, words in lexicon().items():
        if isinstance(words, list):
            for label in (name, *words):
                labels.setdefault(_plain(label), name)
    return labels


def _plain(label: str) -> str:
    return " ".join(re.sub(r"[^\w/°]+", " ", fold(label)).split())


def _tone(text: str) -> Tone | None:
    said = _plain(text)
    for tone in TONES:
        if any(_plain(word) in said.split() for word in lexicon()["tones"][tone]):
            return tone
    return None


def _familiar(text: str) -> bool | None:
    said = _plain(text)
    if not said:
        return None
    return said.startswith(("tu", "oui", "yes", "tutoiement"))
