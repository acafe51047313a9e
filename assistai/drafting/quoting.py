"""A mail's own words and the earlier mails below them, as Outlook, Gmail, Apple Mail, Thunderbird and others quote.

Two kinds of lines begin an earlier mail: a block of headers ("De : … Envoyé : … Objet : …") and a line of attribution
("Le 3 mars 2026 à 10:12, Claire a écrit :"). Lines after `>` are quoted whether one stands before them or not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from assistai.drafting.mail_wording import wording
from assistai.files.mail import Person, people
from assistai.language.words import fold
from assistai.meetings.written_dates import find_dates

MAX_MESSAGES = 300
"""Most mails of one thread that are told apart; the rest stays in the last one."""

_KEYS = {
    "from": "de from von da van od fran fra expediteur expeditrice emetteur",
    "date": "envoye date sent gesendet datum inviato data enviado verzonden skickat dato",
    "to": "a to an para aan pour til till destinataire destinataires",
    "cc": "cc copie kopie copia kopi",
    "subject": "objet subject betreff sujet oggetto asunto assunto onderwerp amne emne",
    "attachments": "attachments attachment anlagen anhange allegati adjuntos bijlagen pj",
    "other": "cci bcc importance priorite priority organisation",
}
_KIND_OF = {word: kind for kind, words in _KEYS.items() for word in words.split()} | {
    "envoye le": "date",
    "date d'envoi": "date",
    "copie a": "cc",
    "piece jointe": "attachments",
    "pieces jointes": "attachments",
    "reply-to": "other",
    "repondre a": "other",
    "message-id": "other",
}
_KEY_LINE = re.compile(r"[\s*_]*(?P<key>[^\W\d_][\w' -]{0,15}?)[\s\u00a0*_]*:[\s\u00a0*_]*(?P<value>.*?)[\s*]*$")
_OPENS = re.compile(r"[*\s]*(?:Le|On|Am|Il|El|Op|Em)\b", re.UNICODE)
_WROTE = re.compile(
    r"^[*\s]*(?:Le|On|Am|Il|El|Op|Em)\b(?P<middle>.{4,300}?)\s(?P<verb>a\s+[ée]crit|wrote|ha\s+scritto|escribi[óo]"
    r"|escreveu|schrieb|schreef)(?P<after>\s.{0,150}?)?[\s\u00a0]*:[\s*]*$",
    re.DOTALL,
)
_ATTRIBUTION_LINES = 4
_TIME = re.compile(r"(?<!\d)(\d{1,2})\s?(?:[:h.]|\sh\s)\s?(\d{2})(?:[:.]\d{2})?(?:\s?([ap])\.?m\b\.?)?", re.IGNORECASE)
_AFTER_DATE = re.compile(
    r"^[\s,]*(?:(?:à|at|um|alle(?: ore)?|ore|a las?|om|às|kl)\s+)?"
    r"(?:\d{1,2}\s?[:h.]\s?\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\b\.?)?)?"
    r"(?:\s*Uhr)?(?:\s*\(?(?:UTC|GMT|CEST|CET)?[+-]?\d{0,2}:?\d{0,2}\)?(?=[\s,]))?[\s,]*(?:de\s+la\s+part\s+de\s+)?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[ \t]{0,2}>")
_UNQUOTE = re.compile(r"[ \t]{0,2}>[ \u00a0]?")
_FILES = re.compile(r"[^;,<>]*?\.\w{2,5}(?=\s*(?:\(|[;,<>]|$))")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a quoted mail; `date` is in the time zone given, `attachments` are names as written."""

    sender: Person | None = None
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    date: dt.datetime | None = None
    subject: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One mail of a thread: its words with signature and all, and its head (None for the first one)."""

    head: Head | None
    text: str


def unfold(text: str, zone: ZoneInfo) -> list[Piece]:
    """Return the mails in a text, in order: the first one's own words, then what it quotes."""
    pieces: list[Piece] = []
    waiting: list[Piece] = [Piece(None, text)]
    while waiting:
        piece = waiting.pop()
        own, older = _split(piece.text.split("\n"), zone)
        if len(pieces) >= MAX_MESSAGES:
            pieces.append(piece)
            continue
        pieces.append(Piece(piece.head, own))
        waiting.extend(reversed(older))
    return pieces


def _split(lines: list[str], zone: ZoneInfo) -> tuple[str, list[Piece]]:
    """Return the own words of the first mail in `lines` and the mails that it quotes."""
    own: list[str] = []
    older: list[Piece] = []
    number = 0
    while number < len(lines) and len(older) < MAX_MESSAGES:
        if (block := _header_block(lines, number, zone)) is not None:
            head, after = block
            older.append(Piece(head, "\n".join(lines[after:])))
            _drop_separators(own)
            break
        if (said := _attribution(lines, number, zone)) is not None:
            head, after = said
            start = _next_filled(lines, after)
            if start is None or not _QUOTED.match(lines[start]):
                older.append(Piece(head, "\n".join(lines[after:])))
                break
            quoted, own_below = _take_quoted(lines[start:])
            older.append(Piece(head, quoted))
            _drop_separators(own)
            lines, number = own_below, 0
            continue
        if _QUOTED.match(lines[number]):
            quoted, own_below = _take_quoted(lines[number:])
            older.append(Piece(Head(), quoted))
            lines, number = own_below, 0
            continue
        own.append(lines[number])
        number += 1
    own += lines[number:] if len(older) >= MAX_MESSAGES else []
    return "\n".join(own), older


def _take_quoted(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Return the quoted lines without their marks up to the next head, and the lines between and after them."""
    quoted: list[str] = []
    own: list[str] = []
    for number, line in enumerate(lines):
        if _QUOTED.match(line):
            if own and own[-1].strip():
                own.append("")
            quoted.append(_UNQUOTE.sub("", line, count=1))
        elif _OPENS.match(line) and _WROTE.match(_joined(lines[number : number + _ATTRIBUTION_LINES])):
            own.extend(lines[number:])
            break
        else:
            if quoted and quoted[-1] and line.strip():
                quoted.append("")
            own.append(line)
    return "\n".join(quoted), own


def _header_block(lines: Sequence[str], number: int, zone: ZoneInfo) -> tuple[Head, int] | None:
    """Return the block of headers that begins at a line, and the line after it."""
    separated = wording("separator").fullmatch(lines[number]) is not None
    start: int | None = number
    while start is not None and wording("separator").fullmatch(lines[start]):
        start = _next_filled(lines, start + 1)
    if start is None or _kind(lines[start]) not in ("from", "subject", "date"):
        return None
    found: dict[str, str] = {}
    last = ""
    place = start
    while place < len(lines):
        line = lines[place]
        kind = _kind(line)
        if kind and kind not in found:
            match = _KEY_LINE.match(line)
            found[kind], last = match["value"] if match else "", kind
        elif not line.strip():
            following = _next_filled(lines, place)
            if following is None or following > place + 1 or _kind(lines[following]) in (None, *found):
                break
        elif _goes_on(last, found.get(last, ""), line):
            found[last] += f" {line.strip()}"
        else:
            break
        place += 1
    if "from" not in found or not ({"subject", "date"} & found.keys()):
        return None
    if not (separated or "subject" in found or "@" in found["from"]):
        return None
    return _head(found, zone), place


def _goes_on(last: str, value: str, line: str) -> bool:
    """Tell whether a line belongs to the header above it."""
    if last == "subject":
        return line.startswith((" ", "\t"))
    return last in ("from", "to", "cc", "attachments") and ("@" in line or ";" in line or ";" in value)


def _kind(line: str) -> str | None:
    """Return which header a line holds."""
    if len(line) > 2000 or not (match := _KEY_LINE.match(line)):
        return None
    return _KIND_OF.get(fold(" ".join(match["key"].split())))


def _head(found: dict[str, str], zone: ZoneInfo) -> Head:
    senders = people(found["from"])
    files = tuple(name.strip() for name in _FILES.findall(found.get("attachments", "")))
    return Head(
        sender=senders[0] if senders else None,
        to=people(found.get("to", "")),
        cc=people(found.get("cc", "")),
        date=moment(found.get("date", ""), zone),
        subject=found.get("subject", "").strip(),
        attachments=files,
    )


def _attribution(lines: Sequence[str], number: int, zone: ZoneInfo) -> tuple[Head, int] | None:
    """Return who a line of attribution names, and the line after it; mail programs break it at any width."""
    if not _OPENS.match(lines[number]):
        return None
    for count in range(1, _ATTRIBUTION_LINES + 1):
        if count > 1 and (number + count > len(lines) or not lines[number + count - 1].strip()):
            return None
        match = _WROTE.match(_joined(lines[number : number + count]))
        if match and any(char.isdigit() for char in match["middle"]):
            return _attributed(match, zone), number + count
    return None


def _attributed(match: re.Match[str], zone: ZoneInfo) -> Head:
    middle, after = match["middle"], (match["after"] or "").strip(" ,")
    dates = find_dates(middle)
    if after and not dates:
        dates, middle, after = find_dates(after), after, middle
    date = moment(middle, zone)
    said = middle[dates[0].end :] if dates else middle
    named = after if after and match["verb"] in ("schrieb", "schreef") else _AFTER_DATE.sub("", said, count=1)
    if not dates and not after:
        named = middle.rpartition(",")[2]
    senders = people(named.strip(" ,*"))
    return Head(sender=senders[0] if senders else None, date=date)


def moment(text: str, zone: ZoneInfo) -> dt.datetime | None:
    """Return the date and time of day that a mail program wrote, in `zone`; midnight where it wrote none.

    "3/4/2026 10:12 AM" is read month first, as programs that write AM and PM do.
    """
    dates = find_dates(text)
    if not dates:
        return None
    found = dates[0]
    time = _TIME.search(text, found.end) or _TIME.search(text[: found.start])
    english = time is not None and time[3] is not None
    day = found.other if english and found.other else found.date
    if day is None:
        return None
    hour, minute = (int(time[1]), int(time[2])) if time else (0, 0)
    if time and time[3]:
        hour = hour % 12 + (12 if time[3].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        hour, minute = 0, 0
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


def _joined(lines: Sequence[str]) -> str:
    """Return lines as one; an address that was broken after `<` is whole again."""
    text = ""
    for line in lines:
        text += line.strip() if text.endswith("<") else f" {line.strip()}"
        text = text[:2000]
    return text.strip()


def _next_filled(lines: Sequence[str], number: int) -> int | None:
    return next((place for place in range(number, len(lines)) if lines[place].strip()), None)


def _drop_separators(own: list[str]) -> None:
    while own and (not own[-1].strip() or wording("separator").fullmatch(own[-1])):
        own.pop()
