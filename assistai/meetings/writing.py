"""Minutes with a chat model: each part of a meeting is asked for on its own; what fails stays as extracted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistai.errors import MissingExtra, ModelError, ModelReplyUnusable, PromptError
from assistai.language.words import detect_language
from assistai.meetings.composition import checked
from assistai.meetings.merging import merge_proposals
from assistai.meetings.minutes import Action, Minutes, Problem
from assistai.meetings.packing import Part, pack
from assistai.meetings.proposals import Proposal
from assistai.meetings.transcript import Transcript, Turn
from assistai.models.chat import ChatModel, Message
from assistai.models.prompts import Prompt, load_prompt
from assistai.models.replies import check_language
from assistai.models.sensitivity import may_see
from assistai.models.streaming import texts_so_far
from assistai.records import NOTHING_USED, Language, Usage
from assistai.settings import Settings

PROMPT = "meetings/minutes"

_ENVELOPE = 64
"""Tokens that a server's chat template adds."""

_LEAST_REPLY = 256
_LEAST_ROOM = 120
_SHORT_REPLY = 500
"""Tokens that a reply about hardly anything may have; twice those of the turns come on top."""

_PER_REPLY = 1
"""Tokens of turns for each token of reply: about what a thorough answer takes, so that it is not cut."""

_GIVE_UP = 2
"""Failed parts in a row after which a model that cannot be reached is not asked again."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How far a model is: the part (from 1) of how many, what it wrote of it so far, and what was used before."""

    part: int
    parts: int
    text: str = ""
    usage: Usage = NOTHING_USED

    @property
    def sentences(self) -> list[str]:
        """The sentences of the part so far, unchecked; the last may be cut."""
        return texts_so_far(self.text)


Watch = Callable[[Writing], None]
"""Called before each part and with each piece of a reply; an exception that it raises stops the work."""


def write(
    minutes: Minutes,
    transcript: Transcript,
    model: ChatModel,
    settings: Settings,
    *,
    watch: Watch | None = None,
) -> Minutes:
    """Return the embedded engine's minutes with what the model wrote over them, every line checked.

    A part whose reply cannot be used is asked for again in two halves; what fails then is named in the coverage
    receipt and in `provenance.problems`, and keeps the embedded engine's lines. Where nothing of the model can be used
    the minutes are the embedded engine's, and say so. Raises only what `watch` raises.
    """
    scribe = _Scribe(minutes, transcript, model, settings, watch or (lambda _writing: None))
    try:
        may_see(model, minutes.sensitivity, settings)
        scribe.run()
    except (ModelError, MissingExtra, PromptError) as error:
        scribe.fail(None, error)
    return scribe.result()


class _Scribe:
    """One run of `write`: what was answered, what failed, what it took."""

    def __init__(
        self, minutes: Minutes, transcript: Transcript, model: ChatModel, settings: Settings, watch: Watch
    ) -> None:
        self.minutes = minutes
        self.transcript = transcript
        self.model = model
        self.settings = settings
        self.watch = watch
        self.answers: list[tuple[Part, Proposal]] = []
        self.problems: list[Problem] = []
        self.prompts: dict[str, None] = {}
        self.usage = NOTHING_USED
        self.asked = 0
        self.written_by = model.name
        self.max_tokens = min(settings.model_max_tokens, max(_LEAST_REPLY, model.context_tokens // 3))
        self.count = cache(model.count_tokens)

    def run(self) -> None:
        """Ask for every part in turn."""
        parts = pack(self.transcript.turns, self._room(), self.count, self._records_of)
        failures = 0
        for number, part in enumerate(parts, 1):
            try:
                self.answers += self._answered(part, number, len(parts))
                failures = 0
            except ModelReplyUnusable as error:
                self.fail(part, error)
            except ModelError as error:
                self.fail(part, error)
                failures += 1
                if failures == _GIVE_UP or number == len(parts) == 1:
                    for left in parts[number:]:
                        self.fail(left, error)
                    return

    def fail(self, part: Part | None, error: ModelError | MissingExtra | PromptError) -> None:
        """Write down what the model did not help with."""
        params = {name: str(value) for name, value in error.params.items()}
        first, last = (part.first, part.last) if part else (None, None)
        self.problems.append(Problem(code=error.code, params=params, first=first, last=last))

    def result(self) -> Minutes:
        """Return the minutes as they are by now."""
        merged = merge_proposals(self.minutes, self.transcript, self.answers) if self.answers else self.minutes
        wrote = bool(self.answers)
        known = self.usage.read is not None and self.asked > 0
        provenance = merged.provenance.model_copy(
            update={
                "engine": "embedded+model" if wrote else "embedded",
                "model": self.written_by if wrote else None,
                "prompts": tuple(self.prompts),
                "parts": self.asked,
                "tokens_read": self.usage.read if known else None,
                "tokens_written": self.usage.written if known else None,
                "cost_usd": self.usage.cost if known else None,
                "problems": tuple(self.problems),
            }
        )
        notice = [] if not self.problems else ["model_parts_failed" if wrote else "model_did_not_help"]
        notices = tuple(dict.fromkeys((*self.minutes.notices, *notice)))
        return checked(merged.model_copy(update={"provenance": provenance, "notices": notices}), self.transcript)

    def _room(self) -> int:
        """Return how many tokens of turns and records fit beside prompt and reply."""
        empty = Part((), ())
        overhead = max(self._tokens(self._messages(empty, language)[1]) for language in ("fr", "en"))
        room = self.model.context_tokens - self.max_tokens - overhead - _ENVELOPE
        if room < _LEAST_ROOM:
            raise ModelReplyUnusable("model_context_small", model=self.model.name, tokens=self.model.context_tokens)
        return min(room, _PER_REPLY * self.max_tokens)

    def _answered(self, part: Part, number: int, parts: int) -> list[tuple[Part, Proposal]]:
        """Return what the model proposes for a part, or for its halves where its first reply cannot be used."""
        try:
            return [(part, self._ask(part, number, parts))]
        except ModelReplyUnusable:
            halves = part.halves()
        answers: list[tuple[Part, Proposal]] = []
        failed: list[tuple[Part, ModelReplyUnusable]] = []
        for half in halves:
            try:
                answers.append((half, self._ask(half, number, parts)))
            except ModelReplyUnusable as error:
                failed.append((half, error))
        if not answers:
            raise failed[0][1]
        for half, reason in failed:
            self.fail(half, reason)
        return answers

    def _ask(self, part: Part, number: int, parts: int) -> Proposal:
        language = detect_language(" ".join(piece.text for piece in part.own), self.minutes.language)
        prompt, messages = self._messages(part, language)
        self.watch(Writing(number, parts, "", self.usage))
        self.asked += 1
        try:
            reply = self.model.reply(
                messages,
                max_tokens=min(self.max_tokens, _SHORT_REPLY + 2 * sum(self.count(piece.line) for piece in part.own)),
                schema=self._schema(part),
                heard=lambda text: self.watch(Writing(number, parts, text, self.usage)),
            )
        except ModelError as error:
            self.usage += error.usage or NOTHING_USED
            raise
        self.usage += reply.usage
        self.written_by = reply.model or self.model.name
        self.prompts[prompt.reference] = None
        proposal = Proposal.model_validate_json(reply.text)
        check_language(proposal.prose(), language)
        return proposal

    def _messages(self, part: Part, language: Language) -> tuple[Prompt, Sequence[Message]]:
        prompt = load_prompt(PROMPT, language, self.settings)
        topics, items = self._records(part)
        messages = prompt.render(
            turns="\n".join(piece.line for piece in part.own),
            context="\n".join(piece.line for piece in part.context),
            topics=topics,
            items=items,
        )
        return prompt, messages

    def _schema(self, part: Part) -> dict[str, Any]:
        topics, items = ([str(record["id"]) for record in records] for records in self._records(part))
        own = dict.fromkeys(piece.turn.index for piece in part.own)
        return Proposal.schema_for(topics, items, [*(piece.turn.index for piece in part.context), *own])

    def _records(self, part: Part) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        """Return the topics and the items of a part, in the order of its turns."""
        own = {piece.turn.index for piece in part.own}
        return (
            [record for turn in sorted(own) for record in self._topics_from(turn, own)],
            [record for turn in sorted(own) for record in self._items_from(turn)],
        )

    def _topics_from(self, turn: int, own: set[int]) -> list[dict[str, object]]:
        """Return the topics whose first turn of a part is this one."""
        return [
            {"id": topic.id, "title": topic.title, "first": turn, "last": min(topic.last, max(own))}
            for topic in self.minutes.topics
            if topic.first is not None
            and topic.last is not None
            and turn == min((one for one in own if topic.first <= one <= topic.last), default=None)
        ]

    def _items_from(self, turn: int) -> list[dict[str, object]]:
        """Return the items whose first quote stands in a turn."""
        return [
            {"id": item.id, "kind": kind, "turn": turn, "text": item.task if isinstance(item, Action) else item.text}
            for kind, items in (
                ("decision", self.minutes.decisions),
                ("action", self.minutes.actions),
                ("question", self.minutes.questions),
            )
            for item in items
            if min((quote.turn for quote in item.evidence), default=-1) == turn
        ]

    def _records_of(self, turn: Turn) -> int:
        """Return how many tokens the records that stand at a turn take."""
        topics = self._topics_from(turn.index, set(range(turn.index, len(self.transcript.turns))))
        records = [*self._items_from(turn.index), *topics]
        return sum(self.count(" ".join(map(str, record.values()))) + 12 for record in records)

    def _tokens(self, messages: Sequence[Message]) -> int:
        return sum(self.model.count_tokens(message.text) for message in messages)
