"""Message catalogues: one JSON file a room and language (`fr/ui.json`, `en/errors.json`, …), flat keys.

A key is `<file>.<name>`: `translate("errors.empty_file", "fr", name="a.vtt")` reads `empty_file` in fr/errors.json.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Literal


@cache
def catalogue(room: str, language: str) -> dict[str, str]:
    """Return all messages of a room (`ui`, `errors`, `export`, …) in a language."""
    text = files("assistai.i18n").joinpath(language, f"{room}.json").read_text(encoding="utf-8")
    messages: dict[str, str] = json.loads(text)
    return messages


def translate(key: str, language: Literal["fr", "en"], **params: object) -> str:
    """Return the message, its `{fields}` filled from `params`; raises KeyError where key or field is unknown."""
    room, _, name = key.partition(".")
    return catalogue(room, language)[name].format(**params)
