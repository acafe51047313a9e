"""What a model took, in words: tokens and cost, of minutes, answers or drafts."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from assistai.i18n import translate
from assistai.records import Language


class Used(Protocol):
    """What a model took: the provenance of minutes, answers or drafts."""

    @property
    def model(self) -> str | None: ...  # noqa: D102
    @property
    def tokens_read(self) -> int | None: ...  # noqa: D102
    @property
    def tokens_written(self) -> int | None: ...  # noqa: D102
    @property
    def cost_usd(self) -> Decimal | None: ...  # noqa: D102


def number_text(value: int | None, language: Language) -> str:
    """Return a count as it is written in a language ("12 345", "12,345"), or that it is not known."""
    if value is None:
        return translate("prose.unknown", language)
    return f"{value:,}".replace(",", "\u202f") if language == "fr" else f"{value:,}"


def usage_text(used: Used, language: Language) -> str:
    """Return model, tokens and cost in one line ("inconnu" for what is not known), empty where no model wrote."""
    if used.model is None:
        return ""
    unknown = translate("prose.unknown", language)
    cost = unknown if used.cost_usd is None else translate("prose.dollars", language, cost=f"{used.cost_usd:.4f}")
    return translate(
        "prose.usage",
        language,
        model=used.model,
        read=number_text(used.tokens_read, language),
        written=number_text(used.tokens_written, language),
        cost=cost.replace(".", ",") if language == "fr" else cost,
    )
