"""The names of weekdays and months, in French and English."""

from __future__ import annotations

from assistai.language.words import fold
from assistai.records import Language

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fr": tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
    "en": tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
}
"""As they are written, Monday first."""

MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    "en": tuple("January February March April May June July August September October November December".split()),
}

FOLDED_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    language: tuple(map(fold, names)) for language, names in WEEKDAYS.items()
}
"""As they stand in text that is folded: small letters without accents."""

FOLDED_MONTHS: dict[Language, tuple[str, ...]] = {
    language: tuple(map(fold, names)) for language, names in MONTHS.items()
}

ALL_WEEKDAYS = (*FOLDED_WEEKDAYS["fr"], *FOLDED_WEEKDAYS["en"])
ALL_MONTHS = (*FOLDED_MONTHS["fr"], *FOLDED_MONTHS["en"])
"""Both languages together, folded."""
