"""Names of files: from a title, safe on every system."""

from __future__ import annotations

import re
import unicodedata

_LENGTH = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?![^.])")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "-"})


def safe_name(title: str, ending: str, fallback: str) -> str:
    """Return a name made of letters, digits and hyphens with the ending, at most 80 characters long.

    `fallback` stands where the title gives none, or before it where Windows reserves that name.
    """
    plain = unicodedata.normalize("NFKD", title.lower().translate(_LIGATURES))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", letters)[: _LENGTH - len(ending)].strip("-")
    if not slug or _RESERVED.match(slug + ending):
        slug = "-".join(filter(None, (fallback, slug)))
    return slug + ending
