"""Who speaks in a cue: voice tags, labels, a name on the cue's first line, dialogue dashes."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistai.meetings.readers.labels import accepted, looks_like_name, split_label

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?(?:\s+([^<>]{0,200}))?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|em|strong|font|ruby|rt|lang|v|p|span|br)(?=[\s.>/])[^<>]{0,300}>|<\d[\d:.,]{0,20}>|\{\\[^{}]{0,200}\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d?);")
_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CHANGE = re.compile(r"\s*(?:>>+|[-–—])\s*(?=[^\s\d-])")
_BOLD = re.compile(r"\s*\*\*([^*]{1,80})\*\*\s*:?")


class Piece(NamedTuple):
    """What one voice says in a cue; `told` tells that the cue itself names the speaker or marks a change."""

    speaker: str | None
    text: str
    told: bool
    lines: tuple[str, ...]


def plain(text: str) -> str:
    """Return the words of a cue's text: tags taken out, entities decoded, everything else as it was."""
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub("", text))
    return text.replace("\n", " ").strip() if "\n" in text else text.strip()


def name(text: str) -> str | None:
    """Return a speaker's name as it is shown, None where it is blank."""
    return " ".join(_MARKS.sub("", plain(text)).split()) or None


def speaker_first(payloads: Sequence[Sequence[str]]) -> list[list[Piece]] | None:
    """Return the pieces of cues whose first line is the speaker's name (as older Teams files have it), or None.

    They do where nearly all cues have two lines or more, the first a name, and few names for many cues.
    """
    full = [payload for payload in payloads if payload]
    if not full or sum(len(payload) >= 2 for payload in full) < 0.9 * len(full):
        return None
    firsts = [payload[0].strip() for payload in full]
    if any("<v" in first or ":" in first for first in firsts):
        return None
    if sum(looks_like_name(first) for first in firsts) < 0.9 * len(firsts):
        return None
    if len(firsts) >= 4 and len(set(firsts)) > 0.6 * len(firsts):
        return None
    return [
        [Piece(name(payload[0]), text, True, (text,))] if (text := _join(payload[1:])) else [] for payload in payloads
    ]


def voices(payloads: Sequence[Sequence[str]]) -> list[list[Piece]]:
    """Return the pieces of each cue, in order.

    Labels ("Name: text") are learnt over all cues. A cue without one goes on with the speaker before where the file
    writes labels only when the speaker changes; elsewhere its speaker is not told.
    """
    labels = _labels(payloads)
    result = [_of_cue(payload, labels) for payload in payloads]
    return _carried(result) if labels else result


def _labels(payloads: Iterable[Sequence[str]]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    blocks = 0
    for payload in payloads:
        if not payload or any("<v" in line for line in payload):
            continue
        blocks += 1
        for line in payload:
            if found := split_label(_without_marks(line)[0]):
                counts[found[0]] += 1
    return accepted(counts, blocks)


def _without_marks(line: str) -> tuple[str, bool]:
    """Return a line's words without the sign of a change of speaker, and whether it had one."""
    text = plain(line)
    bold = _BOLD.match(text)
    if bold:
        text = f"{bold[1].strip().removesuffix(':')}: {text[bold.end() :].lstrip(' :')}"
    match = _CHANGE.match(text)
    return (text[match.end() :], True) if match else (text, False)


def _of_cue(payload: Sequence[str], labels: frozenset[str]) -> list[Piece]:
    whole = "\n".join(payload)
    if "<v" in whole.lower():
        parts = _VOICE.split(whole)
        said = [
            (None, parts[0]),
            *((name(voice or ""), text) for voice, text in zip(parts[1::2], parts[2::2], strict=True)),
        ]
        pieces = [Piece(speaker, _join(text.split("\n")), True, tuple(text.split("\n"))) for speaker, text in said]
        return [piece for piece in pieces if piece.text]
    groups: list[tuple[str | None, bool, list[str]]] = []
    dashes = sum(_without_marks(line)[1] for line in payload)
    for line in payload:
        text, changes = _without_marks(line)
        found = split_label(text)
        if found and found[0] in labels:
            groups.append((name(found[0]), True, [found[1]]))
        elif changes and (dashes > 1 or plain(line).startswith(">>") or not groups):
            groups.append((None, True, [text]))
        elif groups:
            groups[-1][2].append(plain(line))
        else:
            groups.append((None, False, [plain(line)]))
    return [
        Piece(speaker, text, told, tuple(said)) for speaker, told, said in groups if (text := _join(said, done=True))
    ]


def _join(lines: Iterable[str], *, done: bool = False) -> str:
    return " ".join(text for line in lines if (text := line.strip() if done else plain(line)))


def _carried(cues: list[list[Piece]]) -> list[list[Piece]]:
    flat = [piece for pieces in cues for piece in pieces]
    labelled = sum(piece.speaker is not None for piece in flat)
    again = sum(after.speaker is not None and after.speaker == before.speaker for before, after in pairwise(flat))
    if labelled < 2 or again > 0.05 * labelled:
        return cues
    result: list[list[Piece]] = []
    speaker: str | None = None
    for pieces in cues:
        result.append([])
        for piece in pieces:
            speaker = piece.speaker if piece.told else speaker
            result[-1].append(piece._replace(speaker=speaker))
    return result
