"""The briefs with planted traps in tests/data/briefs, and what their drafts are counted by.

Shared by the tests and by benchmarks/drafting.py, so that both count the same thing.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistai import Draft
from assistai.drafting.draft import Source
from assistai.language.words import fold
from assistai.records import Language

BRIEFS = Path(__file__).parents[1] / "tests" / "data" / "briefs"
TODAY = dt.date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class BriefCase:
    """One brief and what its draft must hold."""

    id: str
    kind: str
    brief: str
    wanted: Mapping[str, Any]
    language: Language | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the texts beside the brief."""
        return tuple(Source(**one) for one in self.wanted.get("sources", ()))


def load_briefs(folder: Path = BRIEFS) -> list[BriefCase]:
    """Return all cases, in the order of files and of their tables."""
    cases = []
    for path in sorted(folder.glob("*.toml")):
        for table in tomllib.loads(path.read_text("utf-8"))["case"]:
            known = {name: table.pop(name, None) for name in ("id", "kind", "brief", "language")}
            cases.append(BriefCase(wanted=table, **known))
    return cases


def plain(text: str) -> str:
    """Return a text with plain spaces, for comparing."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def facts_lost(case: BriefCase, draft: Draft) -> list[str]:
    """Return the digit groups and names of the brief that are in neither subject, body, recipients nor unplaced.

    Months and weekdays are dates: they may be written another way. Counted without the product's own reading.
    """
    people = (f"{one.name} {one.address}" for one in draft.recipients)
    there = fold(plain("\n".join((draft.subject, draft.body, *draft.unplaced, *people))))
    lost = []
    brief = re.sub(r"(?im)^(?:ton|tone|tutoiement|langue|language|degr[eé])\s*:.*$", "", case.brief)
    brief = re.sub(r"\b\d\s?(?:e|ème|nd)\s+relance", "", brief)
    brief = re.sub(r"\b(\d{1,2})/(?:0?[1-9]|1[0-2])(?=/\d{4}|\b(?!/))", r"\1", brief)
    brief = re.sub(r"\b(\d{4})-\d\d-(\d\d)\b", r"\1 \2", brief)
    for group in re.findall(r"\d+", re.sub(r"(?<=\d)[ ,](?=\d{3}\b)", "", brief)):
        number = group.lstrip("0") or "0"
        joined = re.sub(r"(?<=\d)[ ,](?=\d{3}\b)", "", there)
        hours = {str(int(number) % 12)} if int(number) < 24 else set()
        if not any(re.search(rf"(?<!\d)0*{one}(?!\d)", joined) for one in {number, *hours}):
            lost.append(group)
    for name in re.findall(r"(?:Mme|M\.|Mr|Ms|Dr|Mrs) (?:[A-Z][\w-]+ )?([A-Z][\w-]+)", brief):
        if fold(name) not in there:
            lost.append(name)
    return lost


def facts_invented(draft: Draft) -> list[str]:
    """Return the facts of a draft that no source says."""
    return [fact.text for fact in draft.facts if fact.trace == "untraced"]


def placeholders_missed(case: BriefCase, draft: Draft) -> list[str]:
    """Return the placeholders that the case wants and the draft lacks."""
    return [text for text in case.wanted.get("placeholders", ()) if text not in draft.placeholders]
