# ruff: noqa: E501 - word lists read better on one line
"""The imprint of a document: what its name, title and first lines say of it, and where it says that it replaces."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistai.documents.editions.marks import (
    ACTS,
    KIND,
    VAGUE,
    VERSION,
    YEAR,
    Mark,
    numbers_in,
    plain,
    stems_of,
    versions_in,
    words_of,
    years_in,
)
from assistai.language.dates.english import MONTHS as ENGLISH_MONTHS
from assistai.language.dates.french import MONTHS as FRENCH_MONTHS
from assistai.meetings.written_dates import find_dates
from assistai.workspace.document import Document

BEGINNING = 3_000
"""Characters of a document that are read for what it says of itself."""

MOST_READ = 6_000
"""Characters of any text that are looked through."""

OBJECT = 240
"""Characters after "replaces" that can say what is replaced."""

_HEAD = 500
_SPAN = re.compile(r"(?<!\d)(?<!\d[-/])(?:19|20)(\d\d) ?[-/] ?((?:19|20)?\d\d)(?![-/]?\d)")
_DATED = re.compile(
    rf"\b(?:{'|'.join({*FRENCH_MONTHS, *ENGLISH_MONTHS})})\b|\d{{6}}|\d[-/. ]\d{{1,2}}[-/. ]\d\d"
    r"|(?:19|20)\d\d[-/. ]{1,3}\d|\d[-/. ]{1,3}(?:19|20)\d\d"
)
_SERIES = re.compile(
    r"\b(?:comptes?[ -]rendus?|crs?|pv|proces[ -]verba(?:l|ux)|minutes|reunions?|meetings?|ordres? du jour|odj|agendas?|budgets?|bilans?|rapports?|reports?|factures?|invoices?|newsletters?|lettres? d'information|mails?|e-?mails?|courriels?|hebdo\w*|mensuel\w*|trimestr\w*|semestr\w*|weekly|monthly|quarter\w*|releves?|devis|commandes?|entretiens?|enquetes?|surveys?|resultats?|results|statisti\w+|comptes annuels|annual accounts|attestations?|bulletins?|(?:semaine|week|[stq]) ?\d{1,2})\b"
    r"|^(?:comite|conseil|assemblee|cse|codir|copil|comex|ag|ca|board|committee|point)\b"
)
_RULES_OF_A_SERIES = re.compile(
    r"^(?:guide|procedure|modele|trame|politique|charte|reglement|notice|manuel|regles|instructions?|formulaire)\b"
    r"|\b(?:policy|template|guide|handbook|manual|procedure|rules|guidelines|form|charter)$"
)
_DRAFT = re.compile(
    rf"\b(?:brouillon|draft|ebauche|provisoire|projet (?:de |d')(?:{KIND}))|^projet ?[-:] ?(?:{KIND})|[-(] ?projet\)?$"
)
_IN_NO_KEY = frozenset(
    "le la les de du des the of and et edition version annee v vf vdef def final finale definitif definitive maj".split()
)
_IN_ANY_KEY = frozenset(f"{ACTS} {VAGUE}".split())
_ABBREVIATED = re.compile(r"\b(n|no|nr|ref|réf|v|ver|rev|ed|éd)\.\s?(?=[\dA-Z])", re.IGNORECASE)
_PASSIVE = (
    r"(?:annul|abrog|remplac)(?:ée?s?\b[^.;]{0,60}?|ee?s?(?: et remplacee?s?)?\s)\bpar\b"
    r"|(?:replaced|superseded|cancelled|canceled|repealed|rescinded|withdrawn)\b[^.;]{0,60}?\bby\b"
)
_ACTIVE = (
    r"(?:annul(?:e|ent|era|ant)|abrog(?:e|ent|era|eant))(?:(?:,| et) (?:remplac(?:e|ent|era)|remplaçant|abrog(?:e|ent)))?\b"
    r"|(?:remplac(?:e|ent|era|eront)|remplaçant|takes? the place of)\b|se substitue(?:nt)? (?:à|aux?)\b|en remplacement d(?:es?\b|u\b|['’])"
    r"|(?:cancels?|supersedes?|superseding|replaces?|replacing|rescinds?|repeals?)(?: and (?:replaces?|supersedes?|replacing))?\b"
)

STATES = re.compile(rf"\b(?:(?P<passive>{_PASSIVE})|{_ACTIVE})", re.IGNORECASE)
"""The words by which a document replaces another one, or in `passive` is replaced by it."""

_STATEMENT = re.compile(rf"{STATES.pattern}[^.;\n]{{0,{OBJECT}}}", re.IGNORECASE)
_CITED = re.compile(
    rf"\b(?:l[ea]|les|the|du|des|aux?|cette|ladite|vu|voir|see) (?:{KIND})(?: [\w'-]+){{0,2}} ?(?:n ?° ?|no )?$"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as far as its place among others goes: `beginning` is the first BEGINNING characters of its text."""

    id: str
    name: str
    title: str
    beginning: str


def edition_of(document: Document, text: str) -> Edition:
    """Return a document as an edition; `text` is its text, or as much of its beginning as BEGINNING."""
    return Edition(document.id, document.name, document.title, text[:BEGINNING])


@dataclass(frozen=True, slots=True)
class Label:
    """A name or title, folded, without its statements; `key` is the rest of it without years and version."""

    text: str
    key: str
    years: Mark
    version: Mark
    dated: bool
    stems: frozenset[str]


@dataclass(frozen=True)
class Imprint:
    """What a document says of itself; years and version stand in its name or title, else they are the first in `head`.

    `family` are the labels by which it can be of one, `numbers` the references that are its own.
    """

    id: str
    lines: tuple[str, ...]
    labels: tuple[Label, ...]
    family: tuple[Label, ...]
    head: str
    numbers: frozenset[str]
    years: Mark
    version: Mark
    stems: frozenset[str]

    @property
    def is_draft(self) -> bool:
        """Tell whether its name or title says that it is a draft."""
        return any(_DRAFT.search(label.text) for label in self.labels)

    @cached_property
    def dates(self) -> frozenset[dt.date | None]:
        """The dates in its name, title and head."""
        text = "\n".join((*(label.text for label in self.labels), self.head))
        return frozenset(found.date for found in find_dates(text.encode("ascii", "replace").decode()))

    def date(self, by: dt.date) -> dt.date | None:
        """Return the latest date in its name, title or first lines that is not after a day; None without one."""
        return max((date for date in self.dates if date is not None and date <= by), default=None)


@lru_cache(maxsize=4096)
def imprint_of(edition: Edition) -> Imprint:
    """Return what a document says of itself."""
    name = re.sub(r"(?<=\d)_(?=\d)", "-", re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", edition.name)).replace("_", " ")
    texts = [_ABBREVIATED.sub(r"\1 ", text[:MOST_READ]) for text in (name, edition.title, edition.beginning)]
    labels = [_label(text) for text in texts[:2]]
    serial = labels[0].dated or any(
        _SERIES.search(label.text) and not _RULES_OF_A_SERIES.search(label.key) for label in labels
    )
    head = plain(_STATEMENT.sub(" ", texts[2][:_HEAD]))
    cited = {number for number, at in numbers_in(head).items() if _CITED.search(head[max(0, at - 80) : at])}
    return Imprint(
        edition.id,
        tuple(line for text in texts for line in text.splitlines() if STATES.search(line)),
        tuple(labels),
        () if serial else tuple(label for label in labels if not label.dated and _tells(label.key)),
        head,
        frozenset().union(*(numbers_in(label.text) for label in labels), numbers_in(head).keys() - cited),
        next((label.years for label in labels if label.years), tuple(years_in(head)[:1])),
        next((label.version for label in labels if label.version), next(iter(versions_in(head)), ())),
        labels[0].stems | labels[1].stems,
    )


def _label(text: str) -> Label:
    text = plain(_STATEMENT.sub(" ", text))
    rest = _SPAN.sub(_without_span, VERSION.sub(" ", text))
    key = [word for word in words_of(YEAR.sub(" ", rest)) if word not in _IN_NO_KEY]
    version = max(versions_in(text), default=())
    return Label(text, " ".join(key), tuple(years_in(text)), version, bool(_DATED.search(rest)), stems_of(text))


def _without_span(match: re.Match[str]) -> str:
    """Return nothing for the years of a span ("2023-2025", "2023-24"), and what is none ("2023-04") as it is."""
    begin, end = match.groups()
    return " " if len(end) == 4 or int(end) == int(begin) + 1 > 12 else match.group()


def _tells(key: str) -> bool:
    """Tell whether the rest of a name says what the document is about: "note de service" does not."""
    return any(word.rstrip("s") not in _IN_ANY_KEY for word in key.split())
