"""Re-check minutes against their transcript: what sets `verified`, after extraction and after every edit."""

from __future__ import annotations

from collections.abc import Sequence

from assistai.evidence.quotes import is_verbatim
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.records import Quote


def quote_stands(quote: Quote, transcript: Transcript) -> bool:
    """Tell whether the quote is verbatim in the turn that it names, on the record, by that speaker at that time."""
    if not 0 <= quote.turn < len(transcript.turns):
        return False
    turn = transcript.turns[quote.turn]
    return (
        not turn.off_record
        and (quote.speaker, quote.start, quote.end) == (turn.speaker, turn.start, turn.end)
        and is_verbatim(quote.quote, turn.text)
    )


def is_verified(evidence: Sequence[Quote], transcript: Transcript) -> bool:
    """Tell whether there is evidence and all of it stands."""
    return bool(evidence) and all(quote_stands(quote, transcript) for quote in evidence)


def verify(minutes: Minutes, transcript: Transcript) -> Minutes:
    """Return the minutes with `verified` of every decision, action and question set by the check alone."""

    return minutes.model_copy(
        update={
            name: tuple(
                item.model_copy(update={"verified": is_verified(item.evidence, transcript)})
                for item in getattr(minutes, name)
            )
            for name in ("decisions", "actions", "questions")
        }
    )
