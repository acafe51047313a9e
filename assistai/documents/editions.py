# ruff: noqa: E501 - word lists read better on one line
"""Editions: which document of a collection another one replaces, by its name or by what it says of itself."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import islice

from assistai.language.dates.english import MONTHS as ENGLISH_MONTHS
from assistai.language.dates.french import MONTHS as FRENCH_MONTHS
from assistai.language.sentences import sentences
from assistai.language.words import content_stems, fold, is_stop_word
from assistai.meetings.written_dates import find_dates
from assistai.workspace.document import Document

BEGINNING = 3_000
"""Characters of a document that are read for what it says of itself."""

_MOST_READ = 6_000
_HEAD = 500
_OBJECT = 240
_MOST_STATEMENTS = 12
_ACTS = "note circulaire consigne instruction fiche document texte avenant accord convention directive decision circular memo memorandum edition version"
_BOOKS = "politique guide procedure charte reglement notice manuel protocole annuaire bareme grille tarif catalogue plan faq memento referentiel livret regle policy policies handbook manual agreement charter guidance guideline directory directories rule price list"
_VAGUE = "service objet article introduction contexte preambule champ application disposition generale general sommaire section chapitre chapter purpose scope page annexe courrier lettre letter mail message information avis fichier scan copie copy doc final nouveau nouvelle new ancien ancienne old archive maj"
_KIND = rf"(?:{_ACTS} {_BOOKS})s?\b".replace(" ", "|")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|\s?(?:€|euros?\b|eur\b|km\b))")
_SPAN = re.compile(r"(?<!\d)(?<!\d[-/])(?:19|20)(\d\d) ?[-/] ?((?:19|20)?\d\d)(?![-/]?\d)")
_RANKS = {"premiere": 1, "first": 1, "deuxieme": 2, "seconde": 2, "second": 2, "troisieme": 3, "third": 3}
_VERSION = re.compile(
    r"\b(?:version|vers|ver|v|revision|rev|edition|ed|indice)[ .]{0,2}(?:n ?° ?)?(\d{1,3}(?:\.\d{1,3}){0,3})(?![\d/-])"
    rf"|\b(?:(\d{{1,2}})(?:e|eme|re|er|st|nd|rd|th)|({'|'.join(_RANKS)})) (?:edition|version)\b"
)
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
    rf"\b(?:brouillon|draft|ebauche|provisoire|projet (?:de |d')(?:{_KIND}))|^projet ?[-:] ?(?:{_KIND})|[-(] ?projet\)?$"
)
_IN_NO_KEY = frozenset(
    "le la les de du des the of and et edition version annee v vf vdef def final finale definitif definitive maj".split()
)
_IN_ANY_KEY = frozenset(f"{_ACTS} {_VAGUE}".split())

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
_STATES = re.compile(rf"\b(?:(?P<passive>{_PASSIVE})|{_ACTIVE})", re.IGNORECASE)
_STATEMENT = re.compile(rf"{_STATES.pattern}[^.;\n]{{0,{_OBJECT}}}", re.IGNORECASE)
_CLAUSE = re.compile(r"[:([|]| -(?: |$)|\bque |\bqu'|\bthat ")
_ITSELF = re.compile(
    rf"\b(?:l[ea]s?|the|du|aux?) presente?s?\b|\b(?:ce|cet|cette|ces|this|these) (?:[\w'-]+ ){{0,3}}?(?:{_KIND})"
    r"|^\W*(?:ils?|elles?|it|they|ceci|this)\b"
)
_ORDER = re.compile(r"(?:cancel|supersede|replace|rescind|repeal)(?: and (?:replace|supersede))?", re.IGNORECASE)
_UNSURE = re.compile(
    r"(?:\b(?:ne|n'|pas|not|never|jamais|may|might|can|could|would|should|to)|n't)(?: (?:be|been|ete|encore|yet)){0,2}\s?$"
    r"|\b(?:si|s'ils?|if|unless|whether|when|lorsque?|quand|est-ce)\b"
)
_FROM_WHEN = re.compile(
    r"^\W*(?:a compter|a partir|as of|as from|with effect|effective|depuis|from|since|(?:des|au|le|on)(?= le| \d))\b[^,]{0,40}?(?:,|(?:19|20)\d\d\b)"
)
_AFTER = re.compile(
    r"\b(?:qui|which|that|par|by|depuis|since|en vigueur|in force|jusqu|until|a compter|a partir|as of|as from|with effect|effective|avec effet|applicables?|voir|see|cf|selon|conformement|des le|(?:au|le|on|from)(?= \d?\d(?:er)?\b| [a-z]+ \d))\b"
    rf"|\b(?!{_KIND})[a-z]+ ?:(?=\s)"
)
_PART = re.compile(
    r"\b(?:m|mr|mrs|ms|mme|mlle|dr|articles?|art|annexes?|paragraphes?|alineas?|chapitres?|sections?|points?|pages?|tableaux?|lignes?|clauses?|parties?|mentions?|mots?|phrases?|appendix|annex|chapters?|paragraphs?|tables?|items?|lines?|parts?|words?|sentences?|figures?|slides?)\b"
)
_IN_PART = re.compile(r"\b(?:partiellement|en partie|pour partie|partially|partly|in part)\b")
_NUMBER = re.compile(
    r"(?<![\w/-])(?=[\w/-]*\d)[^\W_]+(?:[-/][^\W_]+)+(?![\w-]|/\w)"
    r"|\b(note|circulaire|instruction|consigne|directive|decision|circular|memo)s?(?: de service| d'information)? (?:n ?° ?(\d{1,5})|(\d{1,3}))(?![\w/-])"
)
_NO_NUMBER = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|(?:19|20)\d\d[-/](?:19|20)\d\d")
_CITED = re.compile(
    rf"\b(?:l[ea]|les|the|du|des|aux?|cette|ladite|vu|voir|see) (?:{_KIND})(?: [\w'-]+){{0,2}} ?(?:n ?° ?|no )?$"
)
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{3,120})[»”\"]")

_RULE = r"(?:(?:version|edition|politique|policy|policie|reglement|regle|rule|charte|guide|procedure|circulaire|circular|bareme|grille|tarif|livret|handbook|manuel|manual|guideline|annuaire|directory|regime|plafond|montant|taux|limite|seuil|rate|limit|cap|allowance|ceiling|amount|scheme|threshold)s?|(?:note(?! de frais)|memo|document))\b"
_OLD = re.compile(
    rf"\b(?:ancien(?:ne)?s?|precedente?s?) {_RULE}|\b(?:old|older|previous|former|earlier|superseded|outdated) (?!than |is |are |was )(?:[\w-]+ ){{0,2}}?{_RULE}"
    rf"|\b{_RULE} (?:[\w-]+ ){{0,2}}?(?<!mois )(?<!annee )(?<!semestre )(?<!exercice )(?:precedente?s?|anterieure?s?|perimee?s?|abrogee?s?|remplacee?s?|obsoletes?)\b"
    r"|\b(?:l'ancienne?|les anciennes?|la precedente)(?=\s?[?.,!]|$)|\b(?:old|older|previous|former|earlier) ones?\b"
    r"|\b(?:autrefois|jadis|a l'epoque|back then|(?:i|we|you|they|he|she|it|there|that|what|who) used to|used to be|did (?:\w+ ){1,3}use to)\b"
)
_PAST = re.compile(
    r"\b(?:\w*(?:ions|iez)-[nv]ous|(?!(?:\w*fait|\w*trait|souhait|lait|plait|\w*nait|\w*parait)\b)\w*[^\Wr]ai(?:t|ent)|etait|etaient|avais|devais|pouvais|was|were|did|had|used)\b"
)
_BEFORE = re.compile(
    r"\b(?:avant|before|earlier)(?=\s?[?.,!;]|$)|\b(?:d'avant|auparavant|par le passe|previously|formerly|in the past)\b"
    rf"|\b(?:avant|before) (?:l'|l[ea] |les |cette |the |this )?(?:nouve(?:lle|au|l) |new |derniere )?(?:reforme|changement|mise a jour|revision|modification|change|reform|update|{_RULE})"
)
_BEFORE_YEAR = re.compile(r"\b(?:avant|before) (?:le 1er janvier |january |l'annee )?((?:19|20)\d\d)\b")

_Mark = tuple[int, ...]


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


def is_draft(edition: Edition) -> bool:
    """Tell whether a document's name or title says that it is a draft."""
    return any(_DRAFT.search(label.text) for label in _read(edition).labels)


def date_of(edition: Edition, by: dt.date) -> dt.date | None:
    """Return the latest date in a document's name, title or first lines that is not after a day; None without one."""
    return max((date for date in _read(edition).dates if date is not None and date <= by), default=None)


@dataclass(frozen=True, slots=True)
class _Label:
    """A name or title, folded, without its statements; `key` is the rest of it without years and version."""

    text: str
    key: str
    years: _Mark
    version: _Mark
    dated: bool
    stems: frozenset[str]


@dataclass(frozen=True)
class _Read:
    """What a document says of itself; years and version stand in its name or title, else they are the first in `head`.

    `family` are the labels by which it can be of one, `numbers` the references that are its own.
    """

    id: str
    lines: tuple[str, ...]
    labels: tuple[_Label, ...]
    family: tuple[_Label, ...]
    head: str
    numbers: frozenset[str]
    years: _Mark
    version: _Mark
    stems: frozenset[str]

    @cached_property
    def dates(self) -> frozenset[dt.date | None]:
        """The dates in its name, title and head."""
        text = "\n".join((*(label.text for label in self.labels), self.head))
        return frozenset(found.date for found in find_dates(text.encode("ascii", "replace").decode()))


def replaced(editions: Sequence[Edition]) -> dict[str, str]:
    """Return the id of each document that another of these replaces, with the id of the newest that does.

    It is replaced by one whose name or title differs in a later year or version only, or where one of the two says so.
    A draft replaces nothing.
    """
    reads = {edition.id: _read(edition) for edition in editions}
    newer: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in [*_by_family(reads.values()), *_by_statement(reads.values())]:
        if old is not new and not any(_DRAFT.search(label.text) for label in new.labels):
            newer[old.id].add(new.id)
    newest: dict[str, str] = {}
    sorter = TopologicalSorter(newer)
    with suppress(CycleError):  # what is in a cycle, or leads into one, never gets ready
        sorter.prepare()
    while sorter.is_active():
        for old_id in sorter.get_ready():
            if ends := sorted({newest.get(new_id, new_id) for new_id in newer.get(old_id, ())}):
                newest[old_id] = max(ends, key=lambda end: (reads[end].years, reads[end].version))
            sorter.done(old_id)
    return newest


def asks_for(question: str, edition: Edition) -> bool:
    """Tell whether a question is about this older edition: its year, version or number, or the rules that once were."""
    read, asked = _read(edition), _plain(question[:_MOST_READ])
    named = _without_numbers(asked)
    if (
        read.numbers & _numbers(asked).keys()
        or set(read.years) & set(_years(named))
        or (read.version and read.version in _versions(named))
        or _OLD.search(asked)
    ):
        return True
    changed = any(own < int(year) for own in read.years for year in _BEFORE_YEAR.findall(asked))
    return bool(_PAST.search(asked)) and (changed or bool(_BEFORE.search(asked)))


@lru_cache(maxsize=4096)
def _read(edition: Edition) -> _Read:
    name = re.sub(r"(?<=\d)_(?=\d)", "-", re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", edition.name)).replace("_", " ")
    texts = [_ABBREVIATED.sub(r"\1 ", text[:_MOST_READ]) for text in (name, edition.title, edition.beginning)]
    labels = [_label(text) for text in texts[:2]]
    serial = labels[0].dated or any(
        _SERIES.search(label.text) and not _RULES_OF_A_SERIES.search(label.key) for label in labels
    )
    head = _plain(_STATEMENT.sub(" ", texts[2][:_HEAD]))
    cited = {number for number, at in _numbers(head).items() if _CITED.search(head[max(0, at - 80) : at])}
    return _Read(
        edition.id,
        tuple(line for text in texts for line in text.splitlines() if _STATES.search(line)),
        tuple(labels),
        () if serial else tuple(label for label in labels if not label.dated and _tells(label.key)),
        head,
        frozenset().union(*(_numbers(label.text) for label in labels), _numbers(head).keys() - cited),
        next((label.years for label in labels if label.years), tuple(_years(head)[:1])),
        next((label.version for label in labels if label.version), next(iter(_versions(head)), ())),
        labels[0].stems | labels[1].stems,
    )


def _label(text: str) -> _Label:
    text = _plain(_STATEMENT.sub(" ", text))
    rest = _SPAN.sub(_without_span, _VERSION.sub(" ", text))
    key = [word for word in _words(_YEAR.sub(" ", rest)) if word not in _IN_NO_KEY]
    version = max(_versions(text), default=())
    return _Label(text, " ".join(key), tuple(_years(text)), version, bool(_DATED.search(rest)), _stems(text))


def _without_span(match: re.Match[str]) -> str:
    """Return nothing for the years of a span ("2023-2025", "2023-24"), and what is none ("2023-04") as it is."""
    begin, end = match.groups()
    return " " if len(end) == 4 or int(end) == int(begin) + 1 > 12 else match.group()


def _tells(key: str) -> bool:
    """Tell whether the rest of a name says what the document is about: "note de service" does not."""
    return any(word.rstrip("s") not in _IN_ANY_KEY for word in key.split())


def _by_family(reads: Collection[_Read]) -> Iterator[tuple[_Read, _Read]]:
    """Yield (older, newer) of those with one name: years are compared, and the versions of one year or of none."""
    groups: defaultdict[tuple[object, ...], list[tuple[_Mark, _Mark, _Read]]] = defaultdict(list)
    for read in reads:
        for label in read.family:
            if label.years:
                groups[label.key, "years"].append((label.years, label.version, read))
            if label.version:
                groups[label.key, label.years].append((label.version, (), read))
    for group in groups.values():
        newest = max(group, key=lambda item: (*item[:2], item[2].id))
        yield from ((item[2], newest[2]) for item in group if item[0] < newest[0])


def _by_statement(reads: Collection[_Read]) -> Iterator[tuple[_Read, _Read]]:
    """Yield (older, newer) of those of which one says that it replaces the other, or is replaced by it."""
    for own in reads:
        said = (sentence for line in own.lines for sentence in sentences(line) if not sentence.endswith("?"))
        found_in = ((sentence, found) for sentence in said if (found := _STATES.search(sentence)))
        for sentence, found in islice(found_in, _MOST_STATEMENTS):
            if _is_subject(sentence[: found.start()], found.group(), own):
                for other in _designated(sentence[found.end() :], own, reads):
                    yield (own, other) if found["passive"] else (other, own)


def _is_subject(before: str, verb: str, own: _Read) -> bool:
    """Tell whether it is the document itself that replaces: what stands before the verb names it, or nothing else."""
    before = re.sub(r"\([^()]*\)", " ", _plain(before))
    clause = _CLAUSE.split(before)[-1]
    if ";" in before or _UNSURE.search(before) or _numbers(clause).keys() - own.numbers:
        return False
    if _ITSELF.search(clause):
        return True
    if _ORDER.fullmatch(verb):
        return False
    if (verb[0].isupper() and not verb.isupper()) or not re.search(r"\w", clause):
        return True
    stems = _stems(_without_numbers(clause))
    return bool(re.search(rf"\b{_KIND}", clause)) and stems <= own.stems and bool(stems - _VAGUE_STEMS)


def _designated(rest: str, own: _Read, reads: Collection[_Read]) -> list[_Read]:
    """Return the documents that are named in what follows "replaces"; what fits none or several names none."""
    said = _FROM_WHEN.sub("", _plain(rest)[:_OBJECT])
    quotes = [words for quote in _QUOTED.findall(said) if len(words := _words(quote)) > 1]
    said = _AFTER.split(said, maxsplit=1)[0]
    if said.startswith(";") or _IN_PART.search(said) or _PART.search(re.split(r"[\d«“\"]", said, maxsplit=1)[0]):
        return []
    for fits in _fits(said, quotes, own, [read for read in reads if read is not own]):
        if any(fits):
            return [fitting[0] for fitting in fits if len(fitting) == 1]
    return []


def _fits(said: str, quotes: Sequence[list[str]], own: _Read, others: Sequence[_Read]) -> Iterator[list[list[_Read]]]:
    """Yield the documents that fit each number, quoted title, date, version and year of an object, the surest first."""
    kind = re.search(rf"\b{_KIND}", said)
    numbers = [number for number, at in _numbers(said).items() if kind or not _stems(said[:at])]
    yield [[other for other in others if number in other.numbers] for number in numbers]
    yield [
        [other for other in others if any(_words(label.text) == words for label in other.labels)] for words in quotes
    ]
    known, said = own.stems | _stems(said), _without_numbers(said)
    others = [other for other in others if (other.stems & known) - _VAGUE_STEMS]
    if dates := {found.date for found in find_dates(said) if found.date}:
        yield [[other for other in others if kind and date in other.dates] for date in dates]
        return
    others = [other for other in others if _of_one_subject(own, other, known)]
    yield [[other for other in others if other.version == version] for version in _versions(said)]
    yield [[other for other in others if kind and year in other.years] for year in _years(said)]


def _of_one_subject(own: _Read, other: _Read, known: frozenset[str]) -> bool:
    """Tell whether all that one's name says is said of the other too: of two policies of 2023 one is of travel."""
    pairs = [(label.stems, known) for label in other.labels] + [(label.stems, other.stems) for label in own.labels]
    return any(stems <= others and stems - _VAGUE_STEMS for stems, others in pairs)


def _plain(text: str) -> str:
    return re.sub(r"[‐-―]", "-", " ".join(fold(text.replace("º", "°")).split()))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"\b(?:[cdjlmnst]|qu)'", " ", text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        stem for stem in content_stems(text, "fr") if not stem[0].isdigit() and not is_stop_word(stem, "en")
    )


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]


def _versions(text: str) -> list[_Mark]:
    found = [match[1] or match[2] or str(_RANKS[match[3]]) for match in _VERSION.finditer(text)]
    return [tuple(map(int, version.removesuffix(".0").split("."))) for version in found]


def _numbers(text: str) -> dict[str, int]:
    """Return the reference numbers of a text ("ndf-2024-17", "note 12") and where each first stands."""
    found: dict[str, int] = {}
    for match in _NUMBER.finditer(text):
        if match[1]:
            found.setdefault(f"{match[1]} {match[2] or match[3]}", match.start(2 if match[2] else 3))
        elif not _NO_NUMBER.fullmatch(match.group()):
            found.setdefault(match.group(), match.start())
    return found


def _without_numbers(text: str) -> str:
    return _NUMBER.sub(lambda match: match.group() if _NO_NUMBER.fullmatch(match.group()) else " ", text)


_VAGUE_STEMS = _stems(f"{_ACTS} {_BOOKS} {_VAGUE}")
