"""The receipt: what was read, what is cited, and what nothing cites."""

from __future__ import annotations

from collections.abc import Iterable

from assistai.meetings.minutes import Coverage, Stretch
from assistai.meetings.transcript import Transcript
from assistai.records import Quote


def receipt(transcript: Transcript, quotes: Iterable[Quote], *, failed: Iterable[str] = ()) -> Coverage:
    """Return the coverage of a transcript by the quotes of its minutes; `failed` are parts that failed after reading.

    `uncited` are the longest runs of recorded turns that no quote names; an off-record turn ends a run.
    """
    named = {quote.turn for quote in quotes}
    recorded = [turn.index for turn in transcript.turns if not turn.off_record]
    cited = sum(index in named for index in recorded)
    uncited: list[Stretch] = []
    for index in recorded:
        if index in named:
            continue
        if uncited and uncited[-1].last == index - 1:
            uncited[-1] = Stretch(first=uncited[-1].first, last=index)
        else:
            uncited.append(Stretch(first=index, last=index))
    return Coverage(
        turns=len(transcript.turns),
        read=len(recorded),
        cited=cited,
        off_record=len(transcript.turns) - len(recorded),
        failed_parts=(*transcript.failed_parts, *failed),
        uncited=tuple(uncited),
    )
