"""Turns packed into parts that a chat model can read at once, each with some turns before it as context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistai.language.sentences import sentence_spans
from assistai.meetings.transcript import Turn

Count = Callable[[str], int]
"""Returns how many tokens a text has."""

_CONTEXT_SHARE = 0.15
_CONTEXT_TURNS = 4
_LINE = 1
"""Token of a line break."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a turn: the whole of it, unless it is too long for one part."""

    turn: Turn
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the words of the piece."""
        return self.turn.text[self.start : self.end]

    @property
    def line(self) -> str:
        """Return the piece as a model reads it: number, speaker and words on one line."""
        speaker = f" {' '.join(self.turn.speaker.split())}" if self.turn.speaker else ""
        return f"[{self.turn.index}]{speaker}: {' '.join(self.text.split())}"


@dataclass(frozen=True, slots=True)
class Part:
    """What one call is about: its `own` pieces, and `context` that only helps to understand them."""

    own: tuple[Piece, ...]
    context: tuple[Piece, ...] = ()

    @property
    def first(self) -> int:
        """Return the index of its first own turn."""
        return self.own[0].turn.index

    @property
    def last(self) -> int:
        """Return the index of its last own turn."""
        return self.own[-1].turn.index

    def halves(self) -> tuple[Part, ...]:
        """Return the part as two, the second with the end of the first as context; itself where it cannot be cut."""
        if len(self.own) > 1:
            middle = len(self.own) // 2
            first, second = self.own[:middle], self.own[middle:]
        else:
            (piece,) = self.own
            spans = sentence_spans(piece.text)
            if len(spans) < 2:
                return (self,)
            cut = piece.start + spans[len(spans) // 2][0]
            first = (Piece(piece.turn, piece.start, cut),)
            second = (Piece(piece.turn, cut, piece.end),)
        return Part(first, self.context), Part(second, first[-2:])


def pack(turns: Sequence[Turn], room: int, count: Count, extra: Callable[[Turn], int] = lambda _turn: 0) -> list[Part]:
    """Return the recorded turns in parts of at most `room` tokens each; every character is in one part as its own.

    `extra` says how many more tokens a turn brings along (what is told of it beside its words). A turn that is too
    long alone is cut between sentences, or between words.
    """
    pieces: list[tuple[Piece, int]] = []
    for turn in turns:
        if turn.off_record or not turn.text.strip():
            continue
        brought = extra(turn)
        cost = count(Piece(turn, 0, len(turn.text)).line) + _LINE
        if cost + brought <= room:
            pieces.append((Piece(turn, 0, len(turn.text)), cost + brought))
        else:
            cut = _cut(turn, room, count)
            pieces += [(piece, tokens + (brought if number == 0 else 0)) for number, (piece, tokens) in enumerate(cut)]
    parts: list[Part] = []
    own: list[Piece] = []
    context: tuple[Piece, ...] = ()
    used = 0
    for piece, cost in pieces:
        if own and used + cost > room:
            parts.append(Part(tuple(own), context))
            context = _context(own, int(room * _CONTEXT_SHARE), room - cost, count)
            used = sum(count(one.line) + _LINE for one in context)
            own = []
        own.append(piece)
        used += cost
    if own:
        parts.append(Part(tuple(own), context))
    return parts


def _context(own: Sequence[Piece], share: int, left: int, count: Count) -> tuple[Piece, ...]:
    """Return the last pieces before a part that fit into a share of its room, and into what its first piece leaves."""
    chosen: list[Piece] = []
    used = 0
    for piece in reversed(own[-_CONTEXT_TURNS:]):
        used += count(piece.line) + _LINE
        if used > min(share, left):
            break
        chosen.insert(0, piece)
    return tuple(chosen)


def _cut(turn: Turn, room: int, count: Count) -> list[tuple[Piece, int]]:
    """Return a long turn as pieces that fit, cut at the end of a sentence or a word; one word may exceed the room."""

    def cost(start: int, end: int) -> int:
        return count(Piece(turn, start, end).line) + _LINE

    edges = [0, *(start for start, _ in sentence_spans(turn.text)[1:]), len(turn.text)]
    pieces: list[tuple[Piece, int]] = []
    start = 0
    while start < len(turn.text):
        end = _furthest(edges, start, lambda edge: cost(start, edge) <= room)  # noqa: B023 (called at once)
        if end is None:
            words = [at + 1 for at, char in enumerate(turn.text) if char.isspace() and at + 1 > start]
            end = _furthest([*words, len(turn.text)], start, lambda edge: cost(start, edge) <= room)  # noqa: B023
            end = end or next((edge for edge in words if edge > start), len(turn.text))
        pieces.append((Piece(turn, start, end), cost(start, end)))
        start = end
    return pieces


def _furthest(edges: Sequence[int], start: int, fits: Callable[[int], bool]) -> int | None:
    """Return the last of the ascending edges after `start` that fits, by bisection; None where none does."""
    after = [edge for edge in edges if edge > start]
    low, high = 0, len(after)
    while low < high:
        middle = (low + high) // 2
        if fits(after[middle]):
            low = middle + 1
        else:
            high = middle
    return after[low - 1] if low else None
