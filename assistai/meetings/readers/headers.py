"""What stands at the head of a transcript about the meeting: title, date, participants, and lines that say nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistai.language.words import fold
from assistai.meetings.readers.entries import Line
from assistai.meetings.readers.titles import clean_title
from assistai.meetings.written_dates import find_dates

_KEY_LINE = re.compile(r"([^:：=\n]{1,40}?)\s*[:：]\s*(.*)$")
_BOILERPLATE = re.compile(
    r"(?:meeting )?transcript(?:ion)?|transcription (?:de la )?réunion|transcription de réunion|"
    r"notes|📖 ?transcript(?:ion)?|"
    r".{0,80} (?:started|stopped) (?:the )?(?:transcription|recording)|"
    r".{0,80} a (?:démarré|commencé|lancé|arrêté|interrompu|mis fin à) (?:la transcription|l[’']enregistrement)|"
    r"(?:transcription|recording|enregistrement) (?:started|ended|stopped|démarrée?|terminée?|arrêtée?).{0,40}|"
    r"(?:la transcription|l[’']enregistrement) (?:s[’']est|a été|est|a) "
    r"(?:terminée?|arrêtée?|démarrée?|commencée?|commencé).{0,40}|"
    r"this editable transcript was computer generated.{0,160}|people can also change the text after it was created\.?|"
    r"cette transcription modifiable a été générée.{0,200}|transcribed by https?://\S+|"
    r"(?:\d{1,2} ?h(?:r|eures?|ours?)?)? ?(?:\d{1,2} ?m(?:in(?:utes?)?)?)? ?(?:\d{1,2} ?s(?:ec(?:ondes?|onds?)?)?)?",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(
    r"\d{1,2}\s*[:hH]\s*(?:\d{2})?(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?|[•·|,–—-]|\bUTC\S*|\b[A-Z]{3,4}\b|\bà\b|\bat\b"
)


@cache
def _keys() -> dict[str, str]:
    fields = tomllib.loads(files("assistai.meetings.readers").joinpath("header_keys.toml").read_text("utf-8"))
    alone = {
        f"\n{key}": field for field in ("participants", "other") for key in fields["alone"] if key in fields[field]
    }
    return {key: field for field, keys in fields.items() if field != "alone" for key in keys} | alone


@dataclass(frozen=True, slots=True)
class Header:
    """What the head tells; `rest` are the lines that are speech or agenda rather than head."""

    title: str | None = None
    dates: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    rest: tuple[Line, ...] = ()


def is_boilerplate(text: str) -> bool:
    """Tell whether a line is what a recorder adds, or holds no letter and no digit."""
    bare = text.strip().strip("#*_ \t").strip()
    return not any(char.isalnum() for char in bare) or (len(bare) < 250 and bool(_BOILERPLATE.fullmatch(bare)))


def key_of(text: str) -> tuple[str, str] | None:
    """Return which field of the head a line gives and its value ("Date : 2 mars" → date, "2 mars"), or None."""
    bare = text.strip().lstrip("#>*_- \t").replace("**", "").replace("__", "")
    if match := _KEY_LINE.match(bare):
        field = _keys().get(fold(match[1].strip(" *_")))
        return (field, match[2].strip(" *_")) if field else None
    field = _keys().get("\n" + fold(bare.strip()))
    return (field, "") if field else None


def read_header(lines: Sequence[Line], *, titled: bool = False) -> Header:
    """Return what `lines`, the head of a source, tell; `titled` means that a first line of its own is the title."""
    title: str | None = None
    dates: list[str] = []
    participants: list[str] = []
    rest: list[Line] = []
    listing: str | None = None
    previous = 0
    for line in lines:
        text = line.text.strip()
        if listing and previous and line.number > previous + 1 and not text.startswith(("-", "*", "•")):
            listing = None
        previous = line.number
        if is_boilerplate(text):
            continue
        if found := key_of(text):
            field, value = found
            listing = field if not value else None
            if field == "title":
                title = title or clean_title(value)
            if field in {"title", "date"}:
                dates.append(value)
            elif field == "participants":
                participants += _names(value)
        elif listing:
            if listing == "participants":
                participants += _names(text.lstrip("-*•– \t"))
            elif listing == "title":
                title = title or clean_title(text)
            if listing in {"title", "date"}:
                dates.append(text)
                listing = None
        elif len(text) <= 120 and find_dates(text) and not _words_beside_date(text):
            dates.insert(0, text)
        elif titled and not rest and title is None and len(text) <= 120 and not text.endswith((".", "?", "!", ":")):
            heading = text.lstrip("#").strip(" *_")
            title = clean_title(heading)
            dates.append(heading)
        elif title is None or clean_title(text) != title:
            rest.append(line)
    return Header(title, tuple(date for date in dates if date), tuple(participants), tuple(rest))


def _words_beside_date(text: str) -> str:
    for found in reversed(find_dates(text)):
        text = text[: found.start] + text[found.end :]
    return _TIME_OF_DAY.sub("", text).strip(" \t\u00a0,.#*_()")


def _names(text: str) -> list[str]:
    parts = re.split(r"[,;•|\n]|\s(?:et|and|&)\s", re.sub(r"\([^()]*\)", "", text))
    return [part.strip(" .*_\t\u00a0") for part in parts if part.strip(" .*_\t\u00a0")]
