"""How mails ask, answer, close and quote: readable lists in `lexicon/mails.toml`, each as one pattern."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def wording(name: str) -> re.Pattern[str]:
    """Return the list of that name as one pattern that matches any of its phrases; for folded text.

    Raises KeyError where there is no such list.
    """
    return re.compile("|".join(_lists()[name]), re.IGNORECASE | re.MULTILINE)


@cache
def _lists() -> dict[str, list[str]]:
    text = files("assistai.drafting").joinpath("lexicon", "mails.toml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    return lists
