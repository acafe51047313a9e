"""Placeholders: what stands in a text for what a kind needs and the brief lacks."""

from __future__ import annotations

import re

from assistai.records import Language

PLACEHOLDER = re.compile(r"\[(?:à compléter : |to complete: )[^\[\]\n]{1,60}\]")
"""What stands in a text for what is missing."""


def placeholder(label: str, language: Language) -> str:
    """Return what stands for a missing thing: `[à compléter : lieu]`, `[to complete: place]`."""
    return f"[à compléter : {label}]" if language == "fr" else f"[to complete: {label}]"


def placeholders(*texts: str) -> tuple[str, ...]:
    """Return the placeholders of some texts, each once, in order, with their brackets."""
    return tuple(dict.fromkeys(match.group() for text in texts for match in PLACEHOLDER.finditer(text)))
