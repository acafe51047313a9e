"""The models that run on this machine: which there are, which are here, which is chosen."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field

from assistai.errors import SettingsError
from assistai.records import Language, Record
from assistai.settings import Settings, chosen_model_file

LOCAL = "local:"
"""How the settings name a model of this list: `local:qwen2.5-1.5b`, or a file of one's own: `local:/path/to.gguf`."""


class HubSource(Record):
    """A file in a repository of a model hub, at one revision."""

    repository: str
    revision: str
    file: str


class PackageSource(Record):
    """A file inside a wheel of the package index; the wheel is read as an archive, never installed or run."""

    package: str
    version: str
    file: str


class LocalModel(Record):
    """A model of the list: its file, `size` in bytes, `memory` in GB that it takes with `context` tokens.

    `level` is how well it writes: `trial` only shows that everything works. `sources` are tried in their order.
    """

    name: str
    title: str
    file: str
    size: int = Field(gt=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    memory: float
    context: int
    licence: str
    languages: tuple[Language, ...]
    level: Literal["better", "good", "weak", "trial"]
    sources: tuple[HubSource | PackageSource, ...] = Field(min_length=1)

    def path(self, settings: Settings) -> Path:
        """Return where its file stands once it was downloaded and verified."""
        return settings.data_dir / "models" / self.file

    def is_here(self, settings: Settings) -> bool:
        """Tell whether its file is here; only verified files get that name."""
        path = self.path(settings)
        return path.is_file() and path.stat().st_size == self.size


@cache
def local_models() -> tuple[LocalModel, ...]:
    """Return the list, what we recommend first."""
    content = json.loads(files("assistai.models").joinpath("catalogue.json").read_text(encoding="utf-8"))
    return tuple(LocalModel.model_validate(entry) for entry in content["models"])


def local_model(name: str) -> LocalModel:
    """Return the model of a name; raises SettingsError naming those that there are."""
    for model in local_models():
        if model.name == name.removeprefix(LOCAL):
            return model
    raise SettingsError("local_model_unknown", name=name, known=", ".join(model.name for model in local_models()))


def choose(name: str, settings: Settings) -> None:
    """Remember a model for this data folder, as `provider:model`; an empty name goes back to the embedded engine.

    Read by `load_settings` where neither a variable nor `.env` names a model.
    """
    path = chosen_model_file(settings.data_dir)
    if not name:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{name}\n", encoding="utf-8")


def remove(model: LocalModel, settings: Settings) -> bool:
    """Delete the file of a model and what was downloaded of it; tell whether there was one."""
    path = model.path(settings)
    found = path.is_file()
    for leftover in (path, *path.parent.glob(f"{path.name}.*")):
        leftover.unlink(missing_ok=True)
    return found
