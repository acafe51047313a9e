"""Typography of generated text: French spaces, dates, times and lists. Never applied to quotes.

French follows the Lexique des règles typographiques en usage à l'Imprimerie nationale: a narrow no-break space before
; ! ? and a no-break space before : and inside « ».
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistai.language.calendar_names import MONTHS, WEEKDAYS
from assistai.records import Language

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_KEPT = re.compile(r"\S*(?:://|@)\S*|\bwww\.\S+")
_SPACE = r"[ \u00a0\u202f\t]*"


def french(text: str) -> str:
    """Return `text` with French spaces, quotation marks and apostrophes; addresses (URL, mail) stay as they are.

    Applying it twice changes nothing more.
    """
    pieces: list[str] = []
    position = 0
    for kept in _KEPT.finditer(text):
        pieces += [_french(text[position : kept.start()]), kept.group()]
        position = kept.end()
    return "".join((*pieces, _french(text[position:])))


def _french(text: str) -> str:
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(rf"«{_SPACE}", f"«{NO_BREAK}", text)
    text = re.sub(rf"{_SPACE}»", f"{NO_BREAK}»", text)
    text = re.sub(rf"(?<=[^\s«(\[;!?:]){_SPACE}([;!?]+)(?=[\s»)\]]|$)", rf"{NARROW}\1", text)
    text = re.sub(rf"(?<=[^\s«(\[;!?:]){_SPACE}:(?=\s|$)", f"{NO_BREAK}:", text)
    text = re.sub(
        r"\b([01]?\d|2[0-3])[ \u00a0\u202f]?h[ \u00a0\u202f]?([0-5]\d)\b", rf"\1{NO_BREAK}h{NO_BREAK}\2", text
    )
    text = re.sub(r"(?<=\d)[ \u202f](?=(?:h|€|%|euros?|km|kg|Mo|Go)\b|[€%])", NO_BREAK, text)
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NARROW, text)
    months = "|".join(MONTHS["fr"])
    return re.sub(rf"\b1 (?={months})", f"1er{NO_BREAK}", text)


def format_date(date: dt.date, language: Language, *, weekday: bool = False) -> str:
    """Return a date in words: "lundi 2 mars 2026", "1er avril 2026", "Monday 2 March 2026"."""
    day = "1er" if language == "fr" and date.day == 1 else str(date.day)
    words = f"{day}{NO_BREAK}{MONTHS[language][date.month - 1]} {date.year}"
    return f"{WEEKDAYS[language][date.weekday()]} {words}" if weekday else words


def format_month(date: dt.date, language: Language) -> str:
    """Return the month and year of a date: "mars 2026", "March 2026"."""
    return f"{MONTHS[language][date.month - 1]} {date.year}"


def format_time(seconds: float) -> str:
    """Return a place in a recording as hh:mm:ss."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def format_bytes(size: int, language: Language) -> str:
    """Return a size in words: "1,1 Go" in French, "1.1 GB" in English; below a gigabyte in whole megabytes."""
    number, unit = (f"{size / 1e9:.1f}", "GB") if size >= 950_000_000 else (f"{size / 1e6:.0f}", "MB")
    if language == "fr":
        return f"{number.replace('.', ',')}{NO_BREAK}{unit.replace('B', 'o')}"
    return f"{number}{NO_BREAK}{unit}"


def list_words(words: Sequence[str], language: Language) -> str:
    """Return the words as a list in prose: "a, b et c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {'et' if language == 'fr' else 'and'} {words[-1]}"
