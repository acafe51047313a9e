"""A draft as a page shows it: who writes to whom, where and when, the subject, paragraphs, the signature.

These types are also the fields of an organisation's Word template for drafts: their names are the guide's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from assistai.drafting.draft import Draft, Recipient
from assistai.drafting.kinds import Medium, load_kinds
from assistai.drafting.signatures import take_apart
from assistai.errors import SettingsError
from assistai.i18n import catalogue
from assistai.language.typography import format_date
from assistai.records import Language
from assistai.settings import Settings

_SUBJECT = re.compile(r"\s*(?:Objet|Subject|Re)[\s\u00a0]*:[\s\u00a0]*", re.IGNORECASE)
_ITEM = re.compile(r"\s*[–—•*-][ \u00a0]+(?=\S)")
_BY_COMMAS = re.compile(r",[ \u00a0]+(?=\D{3}|\d{1,4}\b(?!\d)[ ,]|\d{5}\b)")
_SIGNED = ("approuve", "diffuse")


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, or an item of a list (`item`), without its mark."""

    text: str
    item: bool = False

    def __str__(self) -> str:
        return f"– {self.text}" if self.item else self.text


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft in words, each name a field of Word templates.

    `recipients` are the lines of the address block, `place_and_date` the line under it, `heading` the title of a note
    (empty for mails and letters), `mark` says that nobody has approved the text, empty where somebody has.
    """

    organisation: str
    recipients: tuple[str, ...]
    place_and_date: str
    heading: str
    subject: str
    paragraphs: tuple[ParagraphView, ...]
    signature: tuple[str, ...]
    mark: str
    language: Language
    labels: Mapping[str, str] = field(default_factory=dict)


def draft_view(draft: Draft, settings: Settings, *, status: str = "projet") -> DraftView:
    """Return the draft taken apart: what its own text says of address, date and subject is taken from there."""
    labels = {
        key.removeprefix("file_"): text
        for key, text in catalogue("drafts", draft.language).items()
        if key.startswith("file_")
    }
    medium = _medium(draft, settings)
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*\n", draft.body.strip())]
    signature = _signature(draft.body) if medium != "note" else ()
    blocks = _without_last(blocks, signature)
    head: list[list[str]] = []
    subject = draft.subject
    if medium == "letter":
        at = next((number for number, block in enumerate(blocks[:5]) if _SUBJECT.match(block[0])), None)
        if at is not None:
            head, blocks = blocks[:at], [*([blocks[at][1:]] if blocks[at][1:] else []), *blocks[at + 1 :]]
            subject = _SUBJECT.sub("", _first_line(draft.body, _SUBJECT), count=1) or subject
    written = format_date(_day(draft, settings), draft.language)
    today = f"Le {written}" if draft.language == "fr" else written
    dated = head[-1][0] if len(head) > 1 else (head[0][0] if head and any(map(str.isdigit, head[0][0])) else "")
    address = head[:-1] if dated and len(head) > 1 else ([] if dated else head)
    heading = ""
    if medium == "note" and blocks and blocks[0][0].isupper():
        heading, blocks = blocks[0][0], [*([blocks[0][1:]] if blocks[0][1:] else []), *blocks[1:]]
    return DraftView(
        organisation=settings.organisation,
        recipients=_address(address) if medium == "letter" else _names(draft.recipients),
        place_and_date=dated or (today if medium != "note" else ""),
        heading=heading,
        subject=subject if medium != "note" else "",
        paragraphs=tuple(view for block in blocks for view in _paragraphs(block)),
        signature=signature,
        mark="" if status in _SIGNED else labels["mark"],
        language=draft.language,
        labels=labels,
    )


def _medium(draft: Draft, settings: Settings) -> Medium:
    try:
        return load_kinds(settings.drafting_dir).get(draft.kind).medium
    except SettingsError:  # a kind that the organisation has taken away
        return "mail"


def _signature(body: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in take_apart(body).signature.split("\n") if line.strip())


def _without_last(blocks: list[list[str]], lines: Sequence[str]) -> list[list[str]]:
    """Return the blocks without the lines that end them."""
    left = list(lines)
    kept = [list(block) for block in blocks]
    while left and kept:
        while left and kept[-1] and kept[-1][-1].strip() == left[-1]:
            kept[-1].pop()
            left.pop()
        if kept[-1]:
            break
        kept.pop()
    return kept


def _first_line(body: str, pattern: re.Pattern[str]) -> str:
    return next((line for line in body.split("\n") if pattern.match(line)), "")


def _day(draft: Draft, settings: Settings) -> dt.date:
    return draft.provenance.created_at.astimezone(ZoneInfo(settings.timezone)).date()


def _address(blocks: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return an address by lines; one that was written on one line is broken at its commas."""
    lines = [line.strip() for block in blocks for line in block if line.strip()]
    return tuple(_BY_COMMAS.split(lines[0])) if len(lines) == 1 else tuple(lines)


def _names(recipients: Sequence[Recipient]) -> tuple[str, ...]:
    return tuple(one.name or one.address for one in recipients if one.field == "to")


def _paragraphs(lines: Sequence[str]) -> list[ParagraphView]:
    """Return the paragraphs of a block: items apart, other lines as they are."""
    found: list[ParagraphView] = []
    for line in lines:
        if match := _ITEM.match(line):
            found.append(ParagraphView(line[match.end() :].strip(), item=True))
        elif line.strip():
            found.append(ParagraphView(line.strip()))
    return found
