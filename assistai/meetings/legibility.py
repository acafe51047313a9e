"""Whether what a chat model wrote reads as a line of minutes at all, whatever it says.

Weak models copy turns with their speakers, answer with a heading, go round in circles or are cut at their greatest
length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistai.language.words import fold, tokens
from assistai.models.replies import is_whole

_FEWEST_WORDS = 4
_TALK = re.compile(r"(?<![\w'’-])(?:je|tu|vous|moi|toi|i|you|me|my|your|mon|ma|mes|ton|ta|tes|votre|vos)(?![\w-])|"
                   r"(?<![\w'’-])(?:j|t)['’]|(?<!\w)i['’](?:m|ll|ve|d)(?!\w)", re.IGNORECASE)  # fmt: skip
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


def is_line(text: str, labels: Sequence[str]) -> bool:
    """Tell whether a text is whole, says things once, and is not only one of the labels (speakers, headings)."""
    plain = _plain(text)
    return bool(plain) and is_whole(text) and plain not in map(_plain, labels)


def is_sentence(text: str, labels: Sequence[str]) -> bool:
    """Tell whether a text is a line that tells of the meeting: no heading, no question, no turn as it was spoken."""
    label, colon, _ = text.partition(":")
    spoken = bool(colon) and _plain(label) in map(_plain, labels)
    told = not _TALK.search(_QUOTED.sub(" ", text)) and not text.rstrip().endswith("?")
    return is_line(text, labels) and told and not spoken and len(tokens(text)) >= _FEWEST_WORDS


def _plain(text: str) -> str:
    return fold(" ".join(text.split()).strip(" .!?…:"))
