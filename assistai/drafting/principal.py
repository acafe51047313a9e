"""Whom a draft is written for: a principal's name, style, formulas and signature, each in a file of their own.

A profile is a TOML file in the folder `principals/` of the organisation's drafting folder. Profiles never mix: a draft
takes from one at most, and names it.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistai.drafting.kinds import Tone, read_toml
from assistai.errors import SettingsError
from assistai.language.words import fold


class Principal(BaseModel):
    """A person for whom drafts are written.

    `signs_on_behalf` are the kinds that the assistant may sign "P/O" (`*`: all); elsewhere the principal signs.
    `salutations` and `closings` take the place of the house style's, by tone or `text`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    title: str = ""
    organisation: str = ""
    phone: str = ""
    address: str = ""
    assistant: str = ""
    assistant_title: str = ""
    style: str = ""
    tone: Tone | None = None
    familiar_with: tuple[str, ...] = ()
    salutations: dict[str, str] = Field(default_factory=dict)
    closings: dict[str, str] = Field(default_factory=dict)
    signature: str = ""
    signs_on_behalf: tuple[str, ...] = ()

    def on_behalf(self, kind: str) -> bool:
        """Tell whether the assistant signs a kind "P/O"."""
        return bool(self.assistant) and ("*" in self.signs_on_behalf or kind in self.signs_on_behalf)

    def familiar(self, name: str) -> bool:
        """Tell whether the principal says "tu" to a person of this name."""
        return bool(name) and any(fold(known) == fold(name) for known in self.familiar_with)


@lru_cache(maxsize=8)
def load_principals(folder: Path | None = None) -> dict[str, Principal]:
    """Return the profiles in `folder`/principals by id; raises SettingsError naming the file that is wrong."""
    principals: dict[str, Principal] = {}
    if folder is None or not (folder / "principals").is_dir():
        return principals
    for path in sorted((folder / "principals").glob("*.toml")):
        try:
            data = tomllib.loads(read_toml(path))
            principal = Principal.model_validate({"id": path.stem, **data})
        except (tomllib.TOMLDecodeError, ValidationError) as error:
            raise SettingsError("draft_file_wrong", path=path, reason=str(error).splitlines()[0]) from error
        principals[principal.id] = principal
    return principals


def find_principal(name: str | None, folder: Path | None = None) -> Principal | None:
    """Return a profile by id or name, None where `name` is empty; raises SettingsError naming the known ones."""
    if not name:
        return None
    principals = load_principals(folder)
    found = [one for one in principals.values() if fold(name) in (fold(one.id), fold(one.name))]
    if not found:
        raise SettingsError("draft_principal_unknown", name=name, known=", ".join(principals) or "—")
    return found[0]
