"""Whether what a chat model wrote reads as a line of minutes at all, whatever it says.

Weak models copy turns with their speakers, answer with a heading, go round in circles or are cut at their greatest
length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistai.language.sentences import sentence_spans
from assistai.language.words import fold, tokens

_LONG = 200
"""Characters from which a line without an end mark was cut."""

_FEWEST_WORDS = 4
_CIRCLE = 3
"""Words whose third occurrence in one line is going round in circles."""

_TALK = re.compile(r"(?<![\w'’-])(?:je|tu|vous|moi|toi|i|you|me|my|your|mon|ma|mes|ton|ta|tes|votre|vos)(?![\w-])|"
                   r"(?<![\w'’-])(?:j|t)['’]|(?<!\w)i['’](?:m|ll|ve|d)(?!\w)", re.IGNORECASE)  # fmt: skip
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


def is_line(text: str, labels: Sequence[str]) -> bool:
    """Tell whether a text is whole, says things once, and is not only one of the labels (speakers, headings)."""
    cut = len(text) >= _LONG and not text.rstrip('»”") ').endswith((".", "!", "?", "…"))
    plain = _plain(text)
    return bool(plain) and not cut and not _circles(text) and plain not in map(_plain, labels)


def is_sentence(text: str, labels: Sequence[str]) -> bool:
    """Tell whether a text is a line that tells of the meeting: no heading, no question, no turn as it was spoken."""
    label, colon, _ = text.partition(":")
    spoken = bool(colon) and _plain(label) in map(_plain, labels)
    told = not _TALK.search(_QUOTED.sub(" ", text)) and not text.rstrip().endswith("?")
    return is_line(text, labels) and told and not spoken and len(tokens(text)) >= _FEWEST_WORDS


def _plain(text: str) -> str:
    return fold(" ".join(text.split()).strip(" .!?…:"))


def _circles(text: str) -> bool:
    sentences = [_plain(text[start:end]) for start, end in sentence_spans(text)]
    if any(times > 1 and len(one.split()) > 1 for one, times in Counter(sentences).items()):
        return True
    words = [fold(token.text) for token in tokens(text)]
    runs = Counter(tuple(words[at : at + _CIRCLE]) for at in range(len(words) - _CIRCLE + 1))
    return any(times > 2 for times in runs.values())
