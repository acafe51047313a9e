"""A French note that names what will happen ("Fermeture des bureaux du 24 décembre au 1er janvier"), made its sentence.

Only where subject, agreement and date are sure, and no date is past; else the note stands as it was written.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistai.drafting.grammar import head_noun, upper_first, with_article
from assistai.drafting.mentions import Moment, find_mentions
from assistai.drafting.values import is_range, lead

_OF = re.compile(r"(?P<of>de la |du |des |de l['’]|d['’]|de )(?P<rest>.+)$", re.IGNORECASE)
_ON = re.compile(
    r"\s(?=(?:pour|suite à|en raison|à cause|afin|jusqu['’]|dès|à partir|à compter|à la suite|pendant)\b)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Happening:
    """What a note is about ("Fermeture des bureaux") and its sentence ("Les bureaux seront fermés …")."""

    topic: str
    sentence: str


@cache
def _lexicon() -> dict[str, dict[str, Any]]:
    text = files("assistai.drafting").joinpath("lexicon", "happenings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def happening(note: str, today: dt.date | None) -> Happening | None:
    """Return what a French note says will happen from `today` on; None where that cannot be said safely."""
    bare = " ".join(note.split()).strip(" .")
    noun, _, after = bare.partition(" ")
    said = _lexicon().get(noun.lower())
    of = _OF.match(after)
    if said is None or of is None or re.search(r"[.;:!?]\s", bare):
        return None
    dates = [mention for mention in find_mentions(after, "fr", today) if mention.kind == "date"]
    if today is None or not dates or any(isinstance(one.value, Moment) and one.value.date < today for one in dates):
        return None
    start = lead(after, dates[0].start)
    ranged = len(dates) > 1 and is_range(after, dates)
    named = re.split(r"[\s,]+$", after[:start])[0]
    if after[start:].lower().startswith("du ") and (said.get("dated") or not ranged):
        if not said.get("dated"):
            return None
        split = dates[0].end
        subject, tail = after[:split], after[split:].strip(" ,")
    else:
        cut = _ON.search(after[:start])
        split = cut.start() if cut else start
        subject, tail = after[:split].strip(" ,"), after[split:].strip(" ,")
    who = _subject(_OF.match(f"{subject} ") or of, subject)
    if who is None:
        return None
    words, gender, plural = who
    if "participle" in said and not gender:
        return None
    verb = said["many" if plural else "one"]
    if "participle" in said:
        verb += f" {said['participle']}{'e' if gender == 'f' else ''}{'s' if plural else ''}"
    elif not re.match(r"[A-ZÀ-ÖØ-Þ]", words) and not gender:
        return None
    comma = "," if "," in words else ""
    tail = f"le {tail}" if _DAY.match(tail) else tail
    return Happening(
        upper_first(f"{noun} {named.split(',')[0]}"), f"{upper_first(words)}{comma} {verb} {tail}".strip() + "."
    )


def _subject(of: re.Match[str], phrase: str) -> tuple[str, str, bool] | None:
    """Return what stands after "de": its words with their article, gender ("" for a name) and number."""
    lead_in, rest = of["of"].lower(), phrase[of.end("of") :].strip()
    noun = head_noun(rest)
    if re.search(r"\s(?:et|ou)\s", rest):
        return None
    if lead_in == "du ":
        return f"le {rest}", "m", False
    if lead_in == "de la ":
        return f"la {rest}", "f", False
    if lead_in == "des ":
        return (f"les {rest}", noun.gender, True) if noun else None
    if lead_in.startswith("de l"):
        return (f"l’{rest}", noun.gender, False) if noun else None
    if re.match(r"(?:M\.|Mme|Mlle|Dr|[A-ZÀ-ÖØ-Þ])", rest):
        return rest, "", False
    if match := re.match(r"(une?) ", rest):
        return rest, "f" if match[1] == "une" else "m", False
    known = with_article(rest)
    return (known, noun.gender, noun.plural) if known and noun else None
