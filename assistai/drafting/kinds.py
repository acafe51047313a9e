"""Kinds of message as data: what each is called, which fields it has, and the sentences it is made of.

A kind is a TOML file in `assistai/drafting/kinds/`, or in the folder `kinds/` of the organisation's drafting folder,
where one with the same `id` takes the place of ours. The guide describes the format.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistai.drafting.templates import Template, parse_template
from assistai.errors import SettingsError
from assistai.language.words import fold
from assistai.records import Language

Tone = Literal["formal", "cordial", "firm", "warm"]
FieldType = Literal["text", "date", "time", "place", "people", "amount", "reference", "list", "number"]
Medium = Literal["mail", "letter", "note"]
"""What is written: a mail, a letter with address block and formula, or a note without either."""

COMPUTED = frozenset({"address", "event", "signer", "organisation", "ordinal", "recipients", "today"})
"""What templates may use besides the kind's own fields."""

_STRICT = ConfigDict(frozen=True, extra="forbid")


class Both(BaseModel):
    """A text in French and English."""

    model_config = _STRICT

    fr: str
    en: str

    def get(self, language: Language) -> str:
        """Return it in a language."""
        return self.fr if language == "fr" else self.en


class Names(BaseModel):
    """Names in French and English, the one that is shown first."""

    model_config = _STRICT

    fr: tuple[str, ...]
    en: tuple[str, ...]

    def get(self, language: Language) -> tuple[str, ...]:
        """Return them in a language."""
        return self.fr if language == "fr" else self.en

    def both(self) -> tuple[str, ...]:
        """Return those of both languages."""
        return (*self.fr, *self.en)


class KindField(BaseModel):
    """A field of a kind: its type, whether the kind needs it, and the labels under which a brief gives it.

    The first label is what a placeholder is called: `[à compléter : lieu]`. `any_of` names fields of which one is
      enough.
    """

    model_config = _STRICT

    id: str
    type: FieldType = "text"
    required: bool = False
    labels: Names
    any_of: tuple[str, ...] = ()
    past: bool = False


Wording = Mapping[str, str]
"""A sentence by tone; `text` is for every tone that has none of its own."""


class Part(BaseModel):
    """One sentence, the notes (`notes = true`) or a list (`list = "agenda"`) of a kind.

    `when` names fields that must be there ("!field": must not), `paragraph` starts a new paragraph,
    `courtesy` falls where a shorter text is asked for.
    """

    model_config = _STRICT

    id: str
    notes: bool = False
    list: str = ""
    when: tuple[str, ...] = ()
    paragraph: bool = False
    courtesy: bool = False
    fr: dict[str, str] = Field(default_factory=dict)
    en: dict[str, str] = Field(default_factory=dict)


class Kind(BaseModel):
    """A kind of message.

    `topic` names the field that says what it is about, `event_noun` what it invites to where the topic does not say.
    `reads` are patterns of whole notes whose named groups are fields, `to` or `rest` ({who} stands for a person;
    `topic_` goes on where `topic` stopped). `degrees` is how many degrees it has (reminders), `quotes` whether notes
    that make no sentence may stand in it as they were written, or are listed as unplaced, `prose` whether a chat model
    may word it.
    """

    model_config = _STRICT

    id: str
    names: Names
    description: Both
    medium: Medium = "mail"
    tone: Tone = "cordial"
    event: bool = False
    event_noun: Both | None = None
    topic: str = "topic"
    salutation: bool = True
    closing: bool = True
    signature: bool = True
    heading: Both | None = None
    recipient_required: bool = False
    quotes: bool = True
    prose: bool = True
    degrees: int = 0
    fields: tuple[KindField, ...] = ()
    subject: dict[str, str]
    reads: dict[Language, tuple[str, ...]] = Field(default_factory=dict)
    parts: tuple[Part, ...]

    def patterns(self, language: Language) -> tuple[re.Pattern[str], ...]:
        """Return the patterns by which the kind reads whole notes; their groups are fields, or `to`."""
        return tuple(_pattern(text) for text in self.reads.get(language, ()))

    def field(self, name: str) -> KindField | None:
        """Return a field by its id."""
        return next((field for field in self.fields if field.id == name), None)

    def template(self, part: Part, language: Language, tone: str, degree: int = 0) -> Template | None:
        """Return the sentence of a part in a tone, or the one for every tone; None where the part has no words."""
        words = part.fr if language == "fr" else part.en
        keys = (f"{tone}{degree}", f"degree{degree}", tone, "text")
        text = next((words[key] for key in keys if key in words), None)
        return None if text is None else parse_template(text, f"{self.id}: {part.id}")


WHO = (
    r"(?:(?:M\.|MM\.|Mmes?|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Me|Monsieur|Madame"
    r"|(?:le |la |the )?(?:[Dd]octeur|[Pp]rofesseur|[Dd]octor|[Pp]rofessor))[ \u00a0]+)?"
    r"(?:(?:le|la|l['’]) ?)?[A-ZÀ-ÖØ-Þ][\w'’-]*(?: (?:de |du |van |von |el |la )?[A-ZÀ-ÖØ-Þ][\w'’-]*)*"
)
"""A person in a note, as `reads` patterns write {who}."""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("{who}", WHO))


class Kinds:
    """All kinds by name: ours, and an organisation's in place of or beside them."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = dict(kinds)
        self._names: dict[str, str] = {}
        for kind in kinds.values():
            for name in (kind.id, *kind.names.both()):
                self._names.setdefault(_key(name), kind.id)

    def __iter__(self) -> Any:
        return iter(self._kinds.values())

    def get(self, name: str) -> Kind:
        """Return the kind of a French or English name, accents, case and hyphens aside.

        Raises SettingsError naming the known ones.
        """
        found = self._names.get(_key(name))
        if found is None:
            known = ", ".join(kind.names.fr[0] for kind in self)
            raise SettingsError("draft_kind_unknown", name=name, known=known)
        return self._kinds[found]


@lru_cache(maxsize=8)
def load_kinds(folder: Path | None = None) -> Kinds:
    """Return our kinds and those in `folder`/kinds; raises SettingsError naming the file that is wrong."""
    kinds: dict[str, Kind] = {}
    for entry in sorted(files("assistai.drafting").joinpath("kinds").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            kind = _read(entry.read_text(encoding="utf-8"), entry.name)
            kinds[kind.id] = kind
    if folder is not None and (folder / "kinds").is_dir():
        for path in sorted((folder / "kinds").glob("*.toml")):
            kind = _read(read_toml(path), str(path))
            kinds[kind.id] = kind
    return Kinds(kinds)


def read_toml(path: Path) -> str:
    """Return the text of a settings file; raises SettingsError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("draft_file_wrong", path=path, reason=error) from error


def _read(text: str, name: str) -> Kind:
    try:
        kind = Kind.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsError("draft_file_wrong", path=name, reason=_reason(error)) from error
    known = frozenset(field.id for field in kind.fields) | COMPUTED
    for pattern in (text for texts in kind.reads.values() for text in texts):
        try:
            groups = _pattern(pattern).groupindex
        except re.error as error:
            raise SettingsError("draft_file_wrong", path=name, reason=f"reads: {error}") from error
        if unknown := {group.rstrip("_") for group in groups} - known - {"to", "rest"}:
            raise SettingsError("draft_template_field", place=f"{name}: reads", fields=", ".join(sorted(unknown)))
    for part in kind.parts:
        for words in (*part.fr.values(), *part.en.values()):
            parse_template(words, f"{name}: {part.id}", known)
    for words in kind.subject.values():
        parse_template(words, f"{name}: subject", known)
    if not {"fr", "en"} <= kind.subject.keys():
        raise SettingsError("draft_file_wrong", path=name, reason="subject.fr, subject.en")
    return kind


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()[:3])
    return str(error)


def _key(name: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(name)).split())


TONES: tuple[Tone, ...] = get_args(Tone)
