"""Phrases that give an act of speech away, kept as readable lists in `lexicon/<name>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_CLASS_OR_LOOKBEHIND = re.compile(r"(\[[^\]]*\]|\(\?<[=!][^()]*\))")
_STARTS_WITH_WORD = re.compile(r"(?:\(\?:)*\w")
_MACRO = re.compile(r"\{([a-z_]+)\}")


@cache
def phrases(name: str) -> Mapping[str, re.Pattern[str]]:
    """Return the lists of `lexicon/<name>.toml`, each as one pattern that matches any of its phrases, case ignored.

    A phrase is a regular expression in which a space stands for any white space, `'` for either apostrophe and
    `{word}` for the phrases of `[words]` under that name. Phrases match where words begin and end, unless they start
    or end with a sign of their own (`^`, `$`, `\\b`, …).
    """
    lexicon = tomllib.loads(files(__package__).joinpath("lexicon", f"{name}.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for word, listed in lexicon.pop("words", {}).items():
        words[word] = _any_of(listed, words)
    return {key: re.compile(_any_of(listed, words), re.IGNORECASE) for key, listed in lexicon.items()}


def _any_of(listed: list[str], words: Mapping[str, str]) -> str:
    return "(?:" + "|".join(_bounded(_expanded(phrase, words)) for phrase in listed) + ")"


def _expanded(phrase: str, words: Mapping[str, str]) -> str:
    parts = _CLASS_OR_LOOKBEHIND.split(phrase)
    parts[::2] = [part.replace(" ?", r"\s*").replace(" ", r"\s+").replace("'", "['’]") for part in parts[::2]]
    parts[1::2] = [
        part.replace(" ", r"\s").replace("'", "'’" if part.startswith("[") else "['’]") for part in parts[1::2]
    ]
    return _MACRO.sub(lambda match: words[match[1]], "".join(parts))


def _bounded(pattern: str) -> str:
    before = r"(?<!\w)" if _STARTS_WITH_WORD.match(pattern) else ""
    after = r"(?!\w)" if pattern[-1:].isalnum() and pattern[-2:-1] != "\\" else ""
    return before + pattern + after
