"""People in a brief: civility, name, title and address, as a salutation and a list of recipients need them."""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistai.drafting.grammar import Gender
from assistai.language.words import fold

_CIVILITIES: dict[str, tuple[str, Gender]] = {
    "m.": ("M.", "m"),
    "m": ("M.", "m"),
    "mr": ("M.", "m"),
    "mr.": ("M.", "m"),
    "monsieur": ("M.", "m"),
    "mme": ("Mme", "f"),
    "mme.": ("Mme", "f"),
    "madame": ("Mme", "f"),
    "mlle": ("Mme", "f"),
    "mademoiselle": ("Mme", "f"),
    "mrs": ("Mme", "f"),
    "mrs.": ("Mme", "f"),
    "ms": ("Mme", "f"),
    "ms.": ("Mme", "f"),
    "miss": ("Mme", "f"),
    "dr": ("Dr", ""),
    "dr.": ("Dr", ""),
    "docteur": ("Dr", ""),
    "doctor": ("Dr", ""),
    "pr": ("Pr", ""),
    "pr.": ("Pr", ""),
    "professeur": ("Pr", ""),
    "professor": ("Pr", ""),
    "me": ("Me", ""),
    "maître": ("Me", ""),
}
_ENGLISH = {"M.": "Mr", "Mme": "Ms", "Dr": "Dr", "Pr": "Professor", "Me": "Maître"}
_CIVIL = re.compile(
    r"^(?:(?:à|to|for|pour|l['’]attention de|the)\s+)?(?P<c>M\.|MM\.|Mmes?\.?|Mlle|Mrs?\.?|Ms\.?|Miss|Dr\.?|Pr\.?|Me|M|Monsieur|Madame|Mademoiselle|"
    r"Docteur|Doctor|Professeur|Professor|Maître)[ \u00a0\u202f]+(?P<rest>.+)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*[<(]?\s*(?P<address>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*[>)]?")
_TITLED = re.compile(r"^(?:(?:le|la|the)\s+|l['’]\s?)(?P<title>.+)$", re.IGNORECASE)
_GROUP = re.compile(
    r"^(?:(?:à|aux|to)\s+)?(?:tou(?:s|tes)\b|(?:toute )?l['’](?:équipe|ensemble|assemblée)|les\b|aux\b|équipes?\b|membres?\b|agents?\b|collègues?\b|personnel\b|services?\b|"
    r"participants?\b|directions?\b|chefs?\b|collaborateurs?\b|salariés?\b|all\b|everyone\b|the (?:team|members|staff|board)\b|team\b|staff\b|"
    r"colleagues?\b|members?\b|managers?\b|employees?\b|board\b|comité\b|conseil\b)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"(?:société|mairie|ministère|groupe|cabinet|agence|ville|département|région|université|préfecture|conseil|association|"
    r"institut|entreprise|établissements?|fondation|syndicat|métropole|commune|chambre|company|university|ministry|council|"
    r"city|group|foundation|agency)\b|.*\b(?:SA|SAS|SARL|SASU|Ltd|Inc|LLP|GmbH|plc)\.?$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\n|\s(?:et|and|&)\s|,(?=\s*(?:\d|M\.|MM\.|Mmes?\b|Mrs?\b|Ms\b|Dr\b|Pr\b|Me\s|Monsieur|Madame|[A-ZÀ-ÖØ-Þ]|[\w.+-]+@)))\s*"
)
_FEMALE_TITLE = re.compile(
    r"(?:rice|euse|ère|ente|ante|ière|ée|trice|esse|cheffe|préfète|doyenne|rectrice|adjointe)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a draft goes to, is from or is about; empty where the brief does not say.

    `civility` is "M.", "Mme", "Dr", "Pr" or "Me"; `title` the function ("directrice des achats"),
    `organisation` whose, `postal` the address of a letter; `group` tells that it
    is several people under one name ("l'équipe").
    """

    name: str = ""
    civility: str = ""
    gender: Gender = ""
    title: str = ""
    organisation: str = ""
    postal: str = ""
    address: str = ""
    group: bool = False

    @property
    def first_name(self) -> str:
        """The first name, where there are at least two names; a lone name without civility counts as one."""
        words = self.name.split()
        return words[0] if words and (len(words) > 1 or not self.civility) else ""

    @property
    def last_name(self) -> str:
        """The last name, particles kept ("de La Tour"); empty where only a first name is known."""
        words = self.name.split()
        if len(words) == 1:
            return words[0] if self.civility else ""
        return " ".join(words[1:])

    def shown(self, language: str) -> str:
        """Return the person as a text names them: "Mme Claire Durand", "Ms Durand", or the title alone."""
        if self.civility and self.name:
            civility = self.civility if language == "fr" else _ENGLISH[self.civility]
            return f"{civility} {self.name}"
        if self.civility and self.title and language == "fr":
            article = (
                "l’" if re.match(r"[aeéiouh]", self.title, re.IGNORECASE) else "la " if self.gender == "f" else "le "
            )
            return f"{self.civility} {article}{self.title}"
        return self.name or self.title or self.address


def parse_people(text: str) -> tuple[Person, ...]:
    """Return the people that a line names, in order: "Mme Durand, directrice ; M. Roux <p.roux@x.fr> et Paul"."""
    pieces = [piece.strip(" ,.") for piece in _SPLIT.split(text.strip()) if piece and piece.strip(" ,.")]
    people: list[Person] = []
    pending = organisation = ""
    for piece in pieces:
        if re.fullmatch(r"(?:M\.|Mme|Monsieur|Madame|Mr|Ms|Mrs|M)", piece, re.IGNORECASE):
            pending = piece
            continue
        if people and _ORGANISATION.match(piece):
            people[-1] = replace(people[-1], organisation=piece)
            continue
        if not people and _ORGANISATION.match(piece) and len(pieces) > 1:
            organisation = piece
            continue
        goes_on = bool(people and people[-1].postal) and len(piece.split()) <= 3 and not _CIVIL.match(piece)
        if people and (re.match(r"\d", piece) or (goes_on and "@" not in piece)):
            postal = f"{people[-1].postal}\n{piece}".strip()
            people[-1] = replace(people[-1], postal=postal)
            continue
        person = parse_person(piece)
        if person.address and not person.name and not person.civility and people and not people[-1].address:
            people[-1] = replace(people[-1], address=person.address)
        else:
            people.append(person)
    if pending and people:
        first = _CIVILITIES[pending.lower().rstrip(".") if pending.lower() != "m." else "m."]
        same = replace(people[0], civility=first[0], gender=first[1])
        people = [same, *people]
    if organisation and people and not people[0].organisation:
        people[0] = replace(people[0], organisation=organisation)
    return tuple(people)


def parse_person(text: str) -> Person:
    """Return the one person that a text names."""
    address = ""
    if match := _ADDRESS.search(text):
        address = match["address"]
        text = (text[: match.start()] + text[match.end() :]).strip(' ,<>()"')
    text = text.strip(" \"'")
    title = ""
    match = re.match(r"^(.+?)(?:,\s*|\s+\(|\s+[-–—]\s+)(.+?)\)?$", text)
    if match and (match[2][:1].islower() or _CIVIL.match(text)):
        text, title = match[1], match[2].strip(" )")
    text = re.sub(r"^(?:le|la|the)\s+(?=(?:docteur|professeur|doctor|professor)\s)", "", text, flags=re.IGNORECASE)
    civility, gender = "", ""
    if match := _CIVIL.match(text):
        civility, gender = _CIVILITIES.get(match["c"].lower(), ("", ""))
        text = match["rest"].strip()
        named = _TITLED.match(text)
        if named and (named["title"][:1].islower() or fold(named["title"].split()[0]) in _TITLE_WORDS):
            text, title = "", named["title"]
    if title and not gender:
        gender = "f" if _FEMALE_TITLE.search(title) else gender
    if not civility and not address and _GROUP.match(text):
        return Person(name=text, group=True)
    return Person(name=text, civility=civility, gender=gender, title=title, address=address)  # type: ignore[arg-type]


_GIVEN = r"(?P<given>[^\W\d_][^\W\d_’'-]*(?:[ -][^\W\d_]+)?)"
_LISTED = re.compile(rf"(?P<family>[^\s,@][^,@]{{0,60}}), (?=\w[a-zà-ÿ]){_GIVEN}$")
_SHOUTED = re.compile(rf"(?P<family>(?:(?![a-zà-ÿ])[^\W\d_’'-]|[’' -]){{2,60}}) (?=\w[a-zà-ÿ]){_GIVEN}$")
_TITLE_WORDS = frozenset(
    """
    directeur directrice president presidente prefet prefete maire ministre senateur senatrice depute deputee recteur
    rectrice proviseur proviseure principal principale ambassadeur ambassadrice secretaire chef cheffe commissaire
    inspecteur inspectrice procureur procureure doyen doyenne conseiller conseillere presidence gouverneur consul
    delegue deleguee vice sous-prefet sous-prefete adjoint adjointe responsable
    """.split()
)


def given_name_first(name: str) -> str:
    """Return a name as people say it, of one as directories write it: "Martin, Julie", "MARTIN Julie"."""
    words = " ".join(name.split())
    if match := _LISTED.match(words):
        return f"{match['given']} {match['family']}"
    if match := _SHOUTED.match(words):
        return f"{match['given']} {match['family'].title()}"
    return words


def is_group(text: str) -> bool:
    """Tell whether a text names several people at once: "tous les agents", "the team"."""
    return bool(_GROUP.match(text))


def same_names(people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people whose name another bears too: two "Durand", of whom a text must say which."""

    def key(person: Person) -> str:
        return fold(person.last_name or person.name)

    named = [person for person in people if key(person)]
    return tuple(person for person in named if sum(key(other) == key(person) for other in named) > 1)
