"""Changes to a draft as differences that a person accepts or rejects one by one.

Texts are compared sentence by sentence; line breaks belong to the sentence before them, so that accepting everything
gives the new text and rejecting everything the old one, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistai.drafting.draft import Change
from assistai.language.sentences import sentence_spans
from assistai.language.words import fold

_GREETING = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur|mesdames|messieurs|ch[eè]re?s?\b|docteur|professeur|ma[iî]tre|dear|hello|hi\b)[^\n]{0,90},\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING = re.compile(
    r"^(?:(?:bien |tr[eè]s )?cordialement|bien à (?:vous|toi)|bonne (?:journ[eé]e|soir[eé]e)|respectueusement"
    r"|avec toute ma sympathie"
    r"|je (?:vous|te) prie (?:d.agr[eé]er|de (?:croire|recevoir)|d.accepter)|veuillez (?:agr[eé]er|recevoir|croire)"
    r"|(?:kind|warm|best) regards|regards|yours (?:sincerely|faithfully)|with (?:deepest sympathy|kind regards))\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Sections:
    """A body in three: what stands above the message, the message, and what stands under it; joined they are it."""

    head: str
    message: str
    foot: str


def sections(body: str) -> Sections:
    """Return a body's parts: salutation and all above it, the message, closing formula and all under it."""
    greeting = _GREETING.search(body)
    start = greeting.end() if greeting else 0
    start += len(body[start:]) - len(body[start:].lstrip())
    closings = [match.start() for match in _CLOSING.finditer(body) if match.start() >= start]
    end = closings[-1] if closings else len(body)
    end = start + len(body[start:end].rstrip()) if closings else end
    return Sections(body[:start], body[start:end], body[end:])


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return what differs between two texts, in order: each with the words that go and the words that come."""
    old, new = _pieces(before), _pieces(after)
    found: list[Change] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            words = "".join(old[start:end]), "".join(new[begin:stop])
            found.append(Change(id=f"c{len(found) + 1}", before=words[0], after=words[1], at=len("".join(old[:start]))))
    return tuple(found)


def accepted(before: str, found: Collection[Change], chosen: Collection[str]) -> str:
    """Return the old text with the changes whose ids are in `chosen` made, the others left out."""
    pieces: list[str] = []
    position = 0
    for change in sorted(found, key=lambda one: one.at):
        pieces.append(before[position : change.at])
        pieces.append(change.after if change.id in chosen else change.before)
        position = change.at + len(change.before)
    return "".join((*pieces, before[position:]))


def _pieces(text: str) -> list[str]:
    """Return the sentences of a text, each with all that follows it up to the next; joined they are the text."""
    starts = [start for start, _ in sentence_spans(text)]
    if not starts:
        return [text] if text else []
    starts[0] = 0
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a revision: a known change ("shorter", "warm", "translate"…), or "free" for any other words."""

    kind: str
    words: str


_WISHES = {
    "shorter": ("plus court", "raccourc", "plus bref", "abrège", "abreg", "concis", "shorter", "shorten", "brief"),
    "warm": ("chaleureu", "warmer", "warm", "friendl", "amical"),
    "firm": ("ferme", "firmer", "firm", "stricte", "sec"),
    "formal": ("formel", "formal", "officiel", "soutenu"),
    "cordial": ("cordial", "courtois", "polite", "neutr"),
    "translate": ("tradu", "translat", "en anglais", "en français", "in english", "in french"),
}


def wish(instruction: str) -> Wish:
    """Return what an instruction asks for: "plus court", "warmer", "traduire en anglais", or anything else."""
    plain = fold(instruction).strip(" .!")
    if len(plain.split()) <= 6:
        for kind, stems in _WISHES.items():
            if any(re.search(rf"(?<!\w){re.escape(fold(stem))}", plain) for stem in stems):
                return Wish(kind, instruction)
    return Wish("free", instruction)
