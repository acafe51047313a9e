"""How the others answer a proposal: who agrees, who refuses, in the turns that follow."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.extraction.speech import readable
from assistai.meetings.utterances import Utterance

Answer = Literal["assent", "nod", "refusal", "other"]
"""assent: a clear yes · nod: a "oui" or "okay" that may only show listening."""

_TURNS, _SENTENCES = 6, 14


@dataclass(frozen=True, slots=True)
class Response:
    """One sentence by somebody else and what it answers."""

    answer: Answer
    utterance: Utterance

    @property
    def accepts(self) -> bool:
        """Tell whether the words accept a proposal ("ça me va"), not only agree with an opinion ("exactly")."""
        return (
            self.answer == "assent"
            and phrases("decisions")["accept"].match(readable(self.utterance.text).lower) is not None
        )


def answer_of(text: str) -> Answer:
    """Return what a sentence answers to a proposal before it."""
    lexicon = phrases("decisions")
    spoken = readable(text).lower
    head = spoken[:90]
    yes = lexicon["assent_strong"].match(spoken)
    refused = lexicon["refusal"].search(head)
    if yes and not spoken.rstrip().endswith("?"):
        tail = head[yes.end() :]
        contrary = lexicon["but_inside"].search(tail)
        if not contrary and not (refused and refused.start() < yes.end()):
            return "assent"
        return "refusal" if refused else "other"
    if refused or lexicon["but"].match(spoken):
        return "refusal"
    if lexicon["assent_weak"].match(spoken) and not spoken.rstrip().endswith("?"):
        return "other" if lexicon["but_inside"].search(head) else "nod"
    return "other"


def responses(utterances: Sequence[Utterance], index: int, others: Collection[int] = ()) -> Iterator[Response]:
    """Yield what the others say in the turns after `utterances[index]`, in order.

    A sentence in `others` puts up something else: what follows it answers that.
    """
    asked = utterances[index]
    for place in range(index + 1, min(len(utterances), index + 1 + _SENTENCES)):
        utterance = utterances[place]
        if utterance.turn - asked.turn > _TURNS:
            return
        answer = answer_of(utterance.text)
        if is_other(utterance, asked):
            yield Response(answer, utterance)
        if place in others and answer != "assent":
            return


def is_other(utterance: Utterance, asked: Utterance) -> bool:
    """Tell whether another person speaks; without names each turn is taken for another person."""
    if asked.speaker is None or utterance.speaker is None:
        return utterance.turn != asked.turn
    return utterance.speaker != asked.speaker
