"""Text in a mail that speaks to a model rather than to its reader: found, shown, never obeyed."""

from __future__ import annotations

from assistai.drafting.mail_wording import wording
from assistai.language.sentences import sentence_spans
from assistai.language.words import fold

_LONGEST = 300


def addressed_to_model(text: str) -> tuple[str, ...]:
    """Return the sentences that give a model orders ("ignore previous instructions"), as they stand, in order.

    What is not found is no less data: nothing in a mail is ever taken for an instruction.
    """
    found = [text[start:end] for start, end in sentence_spans(text) if wording("order").search(fold(text[start:end]))]
    return tuple(dict.fromkeys(sentence[:_LONGEST] for sentence in found))
