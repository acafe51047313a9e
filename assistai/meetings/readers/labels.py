"""Speaker labels: which words at the start of a line are a name, learnt over the whole file.

"Sophie : oui" names a speaker and "Note : oui" does not, and no rule on one line tells them apart. A label is short and
looks like a name; beyond that the file decides: what recurs, what the head lists as participants, and what stands in a
file most of whose lines begin that way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from assistai.language.words import fold, is_stop_word

_LABEL = re.compile(r"([^:：\n]{1,120}?)\s*[:：](?=\s|$|[^\s\d/\\])\s*")
_BRACKETED = re.compile(r"(?:\[([^\[\]:\n]{1,60})\]|<([^<>:/\n]{1,60})>)\s+(?=\S)")
_WORD = re.compile(r"[^\s,;/&()|–—]+")
_PARENTHESIS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_NUMBERED = re.compile(
    r"(?:speaker|spk|intervenante?|locuteur|locutrice|orateur|oratrice|participante?|personne|person|guest|invitée?|"
    r"interlocuteur|unknown|inconnue?|voix|voice|user|utilisateur)[\s_-]*(?:n°\s*)?(?:\d{1,3}|[a-z])$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    """
    de du des d la le les l van von der den da di do dos del el al bin ben ibn y e et and the of a à au aux en in pour
    """.split()
)
_MAX_WORDS = 6
_NOT_IN_NAME = re.compile(r"[!?…=<>{}«»\"“”*#@]|\d{3,}|://|\.\s*$")


@cache
def _not_speakers() -> frozenset[str]:
    text = files("assistai.meetings.readers").joinpath("not_speakers.txt").read_text("utf-8")
    return frozenset(fold(line.strip()) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def split_label(line: str) -> tuple[str, str] | None:
    """Return what stands in brackets or before the first colon of `line`, and what follows it.

    None where no label can be.
    """
    if match := _BRACKETED.match(line):
        return (match[1] or match[2]).strip(), line[match.end() :].lstrip(" :\u00a0").rstrip()
    match = _LABEL.match(line)
    if match is None:
        return None
    label = match[1].strip()
    return (label, line[match.end() :].strip()) if label else None


@lru_cache(maxsize=4096)
def looks_like_name(label: str, *, lower: bool = False) -> bool:
    """Tell whether `label` can be a speaker's name: few words, capitals (unless `lower`), no word of the stop list."""
    bare = _PARENTHESIS.sub(" ", label).strip(" \u00a0,-–—")
    if not bare:
        bare = label.strip("()[] ")
    if _NUMBERED.match(bare):
        return True
    words = _WORD.findall(bare)
    if not 1 <= len(words) <= _MAX_WORDS or len(bare) > 60 or _NOT_IN_NAME.search(bare) or not words[0][0].isalpha():
        return False
    if fold(bare) in _not_speakers() or _begins_a_sentence(words):
        return False
    if fold(words[0]) in _not_speakers():
        return False
    if len(words) == 1 and _is_function_word(words[0]) and len(words[0]) > 1:
        return False
    return all(_fits(word, lower) for word in words)


def strong_name(label: str) -> bool:
    """Tell whether `label` is a name beyond doubt: a title or a numbered speaker, two capitalised words or more."""
    bare = _PARENTHESIS.sub(" ", label).strip()
    if not looks_like_name(label):
        return False
    words = _WORD.findall(bare)
    return bool(_NUMBERED.match(bare)) or sum(word[0].isupper() for word in words) >= 2


def accepted(labels: Mapping[str, int], blocks: int, known: Iterable[str] = ()) -> frozenset[str]:
    """Return which of the labels are speakers, in a source of `blocks` labelled or unlabelled paragraphs.

    `labels` counts how often each begins a paragraph; `known` are names that the source lists as participants.
    """
    listed = {fold(name) for name in known}
    listed |= {fold(part) for name in known for part in name.split() if len(part) > 2}
    named: Counter[str] = Counter()
    for label, count in labels.items():
        if looks_like_name(label):
            named[label] = count
    share = sum(named.values()) / max(1, blocks)
    lower = {
        label: count
        for label, count in labels.items()
        if label not in named and looks_like_name(label, lower=True) and len(label.split()) <= 3
    }
    recurring = {label: count for label, count in lower.items() if count >= 2}
    # Where every line has a label, even one that stands once in lower case ("la doyenne") is a speaker's.
    for found, needed in ((lower, 0.9), (recurring, 0.6)):
        if sum(found.values()) + sum(named.values()) >= needed * blocks:
            named.update(found)
            share = sum(named.values()) / max(1, blocks)
            break
    return frozenset(
        label
        for label, count in named.items()
        if fold(label) in listed
        or (count >= 2 and (share >= 0.1 or count >= 4))
        or (strong_name(label) and share >= 0.25)
        or share >= 0.5
    )


def _begins_a_sentence(words: list[str]) -> bool:
    """Tell whether the first of several words is a function word, unless a full name follows ("Right Hon. Ann Lee")."""
    capitals = sum(word[0].isupper() for word in words[1:])
    return len(words) > 1 and len(words[0]) > 1 and _is_function_word(words[0]) and capitals < 2


def _is_function_word(word: str) -> bool:
    lower = word.lower().replace("’", "'")
    return lower not in _PARTICLES and (is_stop_word(lower, "fr") or is_stop_word(lower, "en"))


def _fits(word: str, lower: bool) -> bool:
    plain = word.strip(".'’-_")
    if not plain:
        return True
    return lower or plain[0].isupper() or plain[0].isdigit() or fold(plain) in _PARTICLES or "'" in word or "’" in word
