"""What is known of models by name: context and price, from `known_models.json`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8})\Z")
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model of the list: how many tokens a call may have, and dollars per million tokens; None where not known."""

    context: int | None = None
    read: Decimal | None = None
    written: Decimal | None = None

    def cost(self, read: int | None, written: int | None) -> Decimal | None:
        """Return what a call costs in US dollars; None where a price or a count is not known."""
        if self.read is None or self.written is None or read is None or written is None:
            return None
        return (self.read * read + self.written * written) / _MILLION


def known_model(provider: str, name: str) -> KnownModel:
    """Return what the list says of a provider's model; a dated name (`gpt-4o-2024-11-20`) counts as its family."""
    models = _list().get(provider)
    if not isinstance(models, dict):
        return KnownModel()
    found = models.get(name) or models.get(_DATED.sub("", name)) or {}
    price = {side: Decimal(found[side]) for side in ("read", "written") if side in found}
    return KnownModel(found.get("context"), price.get("read"), price.get("written"))


def cost_text(cost: Decimal | None) -> str:
    """Return a cost in US dollars for reading: "0.0012", "0", or "?" where it is not known."""
    if cost is None:
        return "?"
    text = f"{cost:.6f}".rstrip("0").rstrip(".")
    return text or "0"


@cache
def _list() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        files("assistai.models").joinpath("known_models.json").read_text(encoding="utf-8")
    )
    return content
