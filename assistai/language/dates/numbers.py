"""Small numbers in words."""

from __future__ import annotations

import re

_FRENCH = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()

NUMBERS: dict[str, int] = {word: value for value, word in enumerate(_FRENCH)}
NUMBERS |= {"une": 1, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt": 20, "vingt et un": 21, "vingt-et-un": 21}
NUMBERS |= {f"vingt-{_FRENCH[n]}": 20 + n for n in range(2, 10)} | {f"vingt {_FRENCH[n]}": 20 + n for n in range(2, 10)}
NUMBERS |= {f"dix {_FRENCH[n]}": 10 + n for n in range(7, 10)}
NUMBERS |= {"trente": 30, "trente et un": 31, "trente-et-un": 31, "quarante-huit": 48, "quarante huit": 48}
NUMBERS |= {"soixante-douze": 72, "vingt-quatre": 24, "premier": 1, "1er": 1}
NUMBERS |= {word: value for value, word in enumerate(_ENGLISH)} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30}
NUMBERS |= {f"twenty{mark}{_ENGLISH[n]}": 20 + n for n in range(1, 10) for mark in "- "}
NUMBERS |= {"forty-eight": 48, "forty eight": 48, "seventy-two": 72, "ninety": 90, "sixty": 60, "soixante": 60}
NUMBERS |= {"a couple of": 2, "couple of": 2}

ORDINALS: dict[str, int] = {word: value for value, word in enumerate(_ORDINALS)}
ORDINALS |= {"twentieth": 20, "thirtieth": 30, "thirty-first": 31, "thirty first": 31}
ORDINALS |= {f"twenty{mark}{_ORDINALS[n]}": 20 + n for n in range(1, 10) for mark in "- "}


def number(text: str) -> int | None:
    """Return the number that digits or words say ("15", "quinze", "twenty-one", "15th"), or None."""
    said = " ".join(text.lower().replace("’", "'").split())
    if digits := re.match(r"\d+", said):
        return int(digits.group())
    return NUMBERS.get(said, ORDINALS.get(said))


def alternatives(*tables: dict[str, int]) -> str:
    """Return a regular expression for any word of the tables, longest first."""
    return "|".join(sorted((word.replace(" ", r"\s+") for table in tables for word in table), key=len, reverse=True))
