"""What was said off the record: found by its marks, kept out of every output, counted in the receipt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from assistai.meetings.transcript import Notice, Transcript, Turn

_OPEN = re.compile(
    r"[\[(]\s*(?:(?:début|debut|start|begin)\s+(?:of\s+|du\s+)?)?"
    r"(?:hors[\s-]+(?:du\s+)?(?:procès[\s-]verbal|proces[\s-]verbal|p\.?v\.?|compte[\s-]rendu|micro)|off[\s-]+(?:the[\s-]+)?record|off)\s*[\])]",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"[\[(]\s*(?:fin|end)(?:\s+(?:du|de|of)?\s*(?:the\s+)?(?:hors[\s-]+\S+(?:\s+verbal)?|off(?:[\s-]+(?:the[\s-]+)?record)?))?\s*[\])]"
    r"|[\[(]\s*(?:back\s+)?on[\s-]+(?:the[\s-]+)?record\s*[\])]",
    re.IGNORECASE,
)
_SPOKEN_OPEN = re.compile(
    r"(?:ce(?:ci|la)?|ça|ce que je (?:vais |veux )?(?:vous |te )?dire?s?|this|what i(?:'m| am)? (?:about to|going to)? ?say)\s+"
    r"(?:est|c'est|reste|restera|doit rester|is|stays|should stay|will be)\s+(?:strictement |totalement |strictly |totally )?"
    r"(?:hors[\s-]+(?:procès[\s-]verbal|p\.?v\.?|compte[\s-]rendu)|off(?:[\s-]+(?:the[\s-]+)?record)?)(?![\w])"
    r"|(?:on passe|je passe|passons|let's go|we're going|going)\s+(?:en |en mode )?(?:hors[\s-]+procès[\s-]verbal|off[\s-]+(?:the[\s-]+)?record)"
    r"|^\s*(?:hors[\s-]+procès[\s-]verbal|off[\s-]+the[\s-]+record)\s*[:,.]",
    re.IGNORECASE,
)
_SPOKEN_CLOSE = re.compile(
    r"fin du hors[\s-]+procès[\s-]verbal|(?:on|nous) repren(?:d|ons) (?:le|au) procès[\s-]verbal|back on (?:the )?record",
    re.IGNORECASE,
)


def split_off_record(transcript: Transcript) -> Transcript:
    """Return the transcript with what stands between the marks as turns of their own, marked `off_record`.

    A passage opens with `[hors procès-verbal]`, `[off the record]` or an announcement of it ("ceci est hors
    procès-verbal") and closes with `[fin]`, `[end]` or "back on the record". The marks go with the passage. Turns are
    numbered anew. A passage that never closes goes to the end of the meeting and adds the notice
    `off_record_unclosed`: what may be private is held back rather than shown.
    """
    turns: list[Turn] = []
    private = False
    opened_at: int | None = None
    for turn in transcript.turns:
        for start, end, hidden in _pieces(turn.text, private):
            if hidden and not private:
                opened_at = turn.line
            private = hidden
            text = turn.text[start:end].strip()
            if text:
                turns.append(replace(turn, index=len(turns), text=text, off_record=turn.off_record or hidden))
        private = _ends_private(turn.text, private)
    notices = transcript.notices
    if private:
        notices = (*notices, Notice("off_record_unclosed", line=opened_at))
    return replace(transcript, turns=tuple(turns), notices=notices)


def mark_turns(transcript: Transcript, indices: Collection[int], off: bool) -> Transcript:
    """Return the transcript with the turns of these indices taken off the record, or put back on it."""
    chosen = frozenset(indices)
    return replace(
        transcript,
        turns=tuple(replace(turn, off_record=off) if turn.index in chosen else turn for turn in transcript.turns),
    )


def _marks(text: str, private: bool) -> Iterator[tuple[int, int]]:
    """Yield the spans of the marks that change the state, in order."""
    position = 0
    while True:
        patterns = (_CLOSE, _SPOKEN_CLOSE) if private else (_OPEN, _SPOKEN_OPEN)
        hits = [hit for pattern in patterns if (hit := pattern.search(text, position))]
        if not hits:
            return
        first = min(hits, key=lambda hit: hit.start())
        yield first.span()
        position, private = first.end(), not private


def _pieces(text: str, private: bool) -> Iterator[tuple[int, int, bool]]:
    begin, hidden = 0, private
    for start, end in _marks(text, private):
        if hidden:
            yield begin, end, True
            begin = end
        else:
            yield begin, start, False
            begin = start
        hidden = not hidden
    yield begin, len(text), hidden


def _ends_private(text: str, private: bool) -> bool:
    for _ in _marks(text, private):
        private = not private
    return private
