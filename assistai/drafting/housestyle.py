"""House styles as data: salutations, closing formulas, signature, words and typography of an organisation.

A style is a TOML file in `assistai/drafting/styles/`, or in the folder `styles/` of the organisation's drafting folder,
where a file with the same `id` takes the place of ours. The guide describes the format.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistai.drafting.grammar import elides, lower_first
from assistai.drafting.kinds import Both, Medium, Tone, read_toml
from assistai.drafting.people import Person
from assistai.errors import SettingsError
from assistai.language.typography import list_words
from assistai.language.words import fold
from assistai.records import Language

_STRICT = ConfigDict(frozen=True, extra="forbid")
DEFAULT: dict[Language, str] = {"fr": "public_fr", "en": "standard_en"}
"""The style of each language where settings, brief and principal name none."""


class BannedWord(BaseModel):
    """A word that the house does not write, and the one that it does; empty where a person must choose."""

    model_config = _STRICT

    word: str
    instead: str = ""


class Words(BaseModel):
    """Banned words with what to write instead, and the glossary: terms with the only spelling that is right."""

    model_config = _STRICT

    banned: tuple[BannedWord, ...] = ()
    glossary: tuple[str, ...] = ()


class Signature(BaseModel):
    """The block under a text, and the one where an assistant signs for the principal; {fields} fall where empty."""

    model_config = _STRICT

    text: str = "{name}\n{title}\n{organisation}\n{phone}"
    on_behalf: str = "P/O {name}, {title}\n{assistant}"


class Typography(BaseModel):
    """The rules of typography that the linter applies, by name, and how a time is written."""

    model_config = _STRICT

    rules: tuple[str, ...]
    time: str = "14 h 30"


class HouseStyle(BaseModel):
    """How an organisation writes, in one language."""

    model_config = _STRICT

    id: str
    language: Language
    name: Both
    description: Both
    address: Literal["vous", "tu"] = "vous"
    default_tone: Tone = "formal"
    inclusive: Literal["none", "doublet", "median"] = "none"
    max_words: int = Field(default=300, ge=20)
    max_sentence_words: int = Field(default=40, ge=10)
    salutations: dict[str, dict[str, str]]
    closings: dict[str, dict[str, str]]
    ranks: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    signature: Signature = Signature()
    words: Words = Words()
    typography: Typography

    def salutation(self, to: Sequence[Person], tone: str, medium: Medium, *, familiar: bool = False) -> str:
        """Return the salutation for the recipients, comma included."""
        form = _form(to, familiar or (tone in ("warm", "cordial") and medium == "mail"), self.language)
        rooms = [self.salutations.get(name, {}) for name in (f"{medium}_{tone}", tone, medium, "text")]
        if tone == "formal" or medium == "letter":
            rooms = [self.salutations.get(name, {}) for name in (f"{medium}_{tone}", medium, tone, "text")]
        person = to[0] if to else Person()
        if not any(form in room for room in rooms):
            form = "group" if len(to) > 1 else "unknown"
        template = next((room[form] for room in rooms if form in room), "")
        if (
            self.language == "en"
            and form in ("woman", "man", "doctor", "professor")
            and not (person.last_name or person.name)
        ):
            template = next((room["unknown"] for room in rooms if "unknown" in room), "")
        named = [one.first_name for one in to if one.first_name]
        return put(template, {**self.names(person), "first_names": list_words(named, self.language)})

    def names(self, person: Person) -> dict[str, str]:
        """Return what the holes of a salutation are filled with for a person."""
        return {
            "title": _title(person, self.language),
            "first_name": person.first_name,
            "last_name": person.last_name or person.name,
            "name": person.name,
        }

    def closing(self, to: Sequence[Person], tone: str, medium: str, salutation: str, *, familiar: bool = False) -> str:
        """Return the closing formula for the recipients; `salutation` is the one above the text."""
        room = self.closings.get(medium) or self.closings["mail"]
        rank = self.rank(to[0]) if len(to) == 1 else ""
        keys = [rank] if rank and (medium == "letter" or tone == "formal") else []
        keys += ["familiar"] if familiar else []
        keys += ["unknown"] if not to else []
        template = next((room[key] for key in (*keys, tone, "text") if key in room), "")
        text = re.sub(r"<([^<>|]*)\|([^<>|]*)>", lambda match: match[2 if familiar else 1], template)
        return text.replace("{address}", _address(salutation))

    def rank(self, person: Person) -> str:
        """Return "high" or "senior" by a person's function, "" for everyone else."""
        words = fold(person.title).split()
        for rank, titles in self.ranks.items():
            if words and words[0] in {fold(title) for title in titles}:
                return rank
        return ""

    def signed(self, name: str, title: str = "", organisation: str = "", phone: str = "", assistant: str = "") -> str:
        """Return the signature block; `assistant` is who signs on behalf of `name`."""
        template = self.signature.on_behalf if assistant else self.signature.text
        values = {"name": name, "title": title, "organisation": organisation, "phone": phone, "assistant": assistant}
        lines = [put(line, values).strip(" ,") for line in template.split("\n")]
        return "\n".join(line for line in lines if line)


@lru_cache(maxsize=8)
def load_styles(folder: Path | None = None) -> dict[str, HouseStyle]:
    """Return our styles and those in `folder`/styles by id; raises SettingsError naming the file that is wrong."""
    styles: dict[str, HouseStyle] = {}
    for entry in sorted(files("assistai.drafting").joinpath("styles").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            style = _read(entry.read_text(encoding="utf-8"), entry.name)
            styles[style.id] = style
    if folder is not None and (folder / "styles").is_dir():
        for path in sorted((folder / "styles").glob("*.toml")):
            style = _read(read_toml(path), str(path))
            styles[style.id] = style
    return styles


def find_style(name: str, language: Language, folder: Path | None = None) -> HouseStyle:
    """Return a style by id; the language's default where `name` is empty or names a style of the other language.

    Raises SettingsError naming the known ones.
    """
    styles = load_styles(folder)
    if not name:
        return styles[DEFAULT[language]]
    style = styles.get(name)
    if style is None:
        raise SettingsError("draft_style_unknown", name=name, known=", ".join(styles))
    if style.language == language:
        return style
    return styles[DEFAULT[language]]


def _read(text: str, name: str) -> HouseStyle:
    try:
        return HouseStyle.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        reason = str(error)
        if isinstance(error, ValidationError):
            reason = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()[:3])
        raise SettingsError("draft_file_wrong", path=name, reason=reason) from error


def put(template: str, values: Mapping[str, str]) -> str:
    """Return a formula with its {holes} filled; a hole without a value falls."""
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), template)


def _form(to: Sequence[Person], close: bool, language: Language) -> str:
    if not to:
        return "unknown"
    if len(to) == 1:
        return _single_form(to[0], close)
    if any(person.group for person in to) or len(to) > 4:
        return "group"
    if close and len(to) <= 3 and all(person.name and not person.civility for person in to):
        return "first_names"
    genders = {person.gender for person in to}
    if genders == {"f"}:
        return "women"
    if genders == {"m"}:
        return "men"
    if genders == {"f", "m"} and len(to) == 2:
        return "both"
    return "group"


def _single_form(person: Person, close: bool) -> str:
    if person.group:
        return "group"
    if person.civility in ("Dr", "Pr", "Me"):
        return {"Dr": "doctor", "Pr": "professor", "Me": "master"}[person.civility]
    if not person.civility:
        if person.name and person.first_name and close:
            return "first_name"
        return "unknown"
    gender = "woman" if person.gender == "f" else "man"
    return f"{gender}_titled" if person.title and _is_salutation_title(person.title) else gender


_TITLES = frozenset(
    """
    directeur directrice president presidente prefet prefete maire ministre senateur senatrice depute deputee recteur
    rectrice proviseur proviseure principal principale ambassadeur ambassadrice secretaire chef cheffe commissaire
    inspecteur inspectrice procureur procureure doyen doyenne conseiller conseillere gouverneur consul delegue deleguee
    vice-president vice-presidente sous-prefet sous-prefete adjoint adjointe premier
    """.split()
)


def _is_salutation_title(title: str) -> bool:
    return fold(title).split()[0] in _TITLES


def _title(person: Person, language: Language) -> str:
    """Return the function as a salutation says it: "la Directrice", "le Préfet", "l’Inspectrice générale"."""
    title = person.title.strip()
    if not title or language == "en":
        return title
    title = re.split(r"\s+(?:de|du|des|d['’]|à|aux?|en|chargée?|et)\b", title)[0].split(",")[0]
    words = title.split()
    named = " ".join([words[0][:1].upper() + words[0][1:], *(lower_first(word) for word in words[1:])])
    if elides(named):
        return f"l’{named}"
    return f"{'la' if person.gender == 'f' else 'le'} {named}"


def _address(salutation: str) -> str:
    bare = salutation.rstrip(" ,")
    if bare == "Bonjour":
        return "Madame, Monsieur"
    bare = re.sub(r"^(?:Bonjour|Bonsoir)\s+|\bbonjour\s+", "", bare)
    return re.sub(r"^Ch[eè]re?s?\b", lambda match: match[0].lower(), bare)
