"""Captions that repeat or roll up: each cue shows again what the one before showed, plus new words.

Live captions (YouTube, television, some recorders) do so. The longest run of words that ends one cue and begins the
next is found with the prefix function of Knuth, Morris and Pratt (SIAM J. Comput. 6, 1977), linear in the words. People
do repeat themselves, so that words are left out only where the file as a whole rolls.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from assistai.meetings.readers.voices import Piece

_GAP = 0.6
_SHARE = 0.25
_WORDS = 3
_WORD = re.compile(r"[^ ]+")


class _Timed(Protocol):
    line: int
    start: float | None
    end: float | None


_Cue = TypeVar("_Cue", bound=_Timed)


def without_repeats(pieces: Sequence[tuple[_Cue, Piece]]) -> tuple[list[tuple[_Cue, Piece]], list[int]]:
    """Return the pieces without words that the piece before had shown, and the lines of cues that lost some."""
    words = [_WORD.findall(piece.text) for _, piece in pieces]
    overlaps = [0] * len(pieces)
    for index in range(1, len(pieces)):
        if _adjacent(pieces[index - 1], pieces[index]):
            overlaps[index] = overlap(words[index - 1], words[index])
    rolling = [
        index
        for index, length in enumerate(overlaps)
        if length >= _WORDS or (length >= 2 and length == len(words[index - 1]) < len(words[index]))
    ]
    everywhere = len(rolling) >= 2 and len(rolling) >= _SHARE * (len(pieces) - 1)
    kept: list[tuple[_Cue, Piece]] = []
    lost: list[int] = []
    for index, (cue, piece) in enumerate(pieces):
        length = overlaps[index]
        if length and (
            everywhere or _same_cue(pieces[index - 1], (cue, piece)) or _line_again(pieces[index - 1][1], piece)
        ):
            lost.append(cue.line)
            if text := _after(piece.text, length):
                kept.append((cue, piece._replace(text=text)))
        else:
            kept.append((cue, piece))
    return kept, lost


def overlap(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many words at the start of `after` are those that end `before`."""
    if not before or not after:
        return 0
    sequence: list[str | None] = [*after, None, *before[-len(after) :]]
    border = [0] * len(sequence)
    for index in range(1, len(sequence)):
        length = border[index - 1]
        while length and sequence[index] != sequence[length]:
            length = border[length - 1]
        border[index] = length + (sequence[index] == sequence[length])
    return border[-1]


def _after(text: str, count: int) -> str:
    """Return `text` without its first `count` words, the rest character by character."""
    for number, match in enumerate(_WORD.finditer(text)):
        if number == count:
            return text[match.start() :]
    return ""


def _adjacent(before: tuple[_Cue, Piece], after: tuple[_Cue, Piece]) -> bool:
    """Tell whether the second cue follows the first on the screen, with no other speaker named."""
    if before[0] is after[0] or before[1].speaker != after[1].speaker:
        return False
    return before[0].end is not None and after[0].start is not None and after[0].start <= before[0].end + _GAP


def _same_cue(before: tuple[_Cue, Piece], after: tuple[_Cue, Piece]) -> bool:
    """Tell whether a cue stands in the file twice."""
    return (before[0].start, before[0].end, before[1].text) == (after[0].start, after[0].end, after[1].text)


def _line_again(before: Piece, after: Piece) -> bool:
    """Tell whether a cue of several lines begins with the last line of the one before."""
    shown = [line.strip() for line in before.lines if line.strip()]
    lines = [line.strip() for line in after.lines if line.strip()]
    return len(lines) > 1 and bool(shown) and shown[-1] == lines[0] and len(lines[0].split()) >= _WORDS
