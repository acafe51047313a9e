"""Drafts with a chat model: its prose over the embedded engine's text, kept only where no fact of it was lost.

The model writes the message alone. Salutation, formula, signature, header and attachments stay the code's; what it
invents is found by the same fact check as anybody's text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistai.drafting.mentions import Amount, all_mentions, same
from assistai.drafting.placeholders import placeholders
from assistai.drafting.revision import sections
from assistai.errors import ModelReplyUnusable
from assistai.i18n import translate
from assistai.models.chat import ChatModel, Heard, Message, Reply
from assistai.models.prompts import Prompt, load_prompt
from assistai.records import Language, Usage
from assistai.settings import Settings

_ATTEMPTS = 2
_LONGER = 3
_FREE = 600
_ENVELOPE = 64
_LEAST_REPLY = 256
_LONGEST_INSTRUCTION = 500
_MARKS = re.compile(r"^\s{0,3}#{1,6}\s+|\*\*|__|^```\w*$", re.MULTILINE)
_DATA_MARK = re.compile(r"</?data(?: [0-9a-f]{8})?[^<>\n]{0,80}>")
_PREAMBLE = re.compile(
    r"^(?:voici|bien sûr|d.accord|here is|here's|sure|certainly|objet|subject|corps du message|body)\b"
    r"[^\n]{0,90}:\s*\n+"
    r"|^(?:objet|subject)\s*:[^\n]*\n+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A message as the model wrote it, the prompt that was used, the model's own name, and what all tries consumed."""

    message: str
    prompt: str
    model: str
    usage: Usage


def write_message(
    message: str,
    *,
    kind: str,
    tone: str,
    familiar: bool,
    notes: str,
    thread: Sequence[str],
    language: Language,
    base: dt.date | None,
    model: ChatModel,
    settings: Settings,
    heard: Heard | None = None,
) -> Written:
    """Return the embedded engine's message in the model's prose, every fact and placeholder of it kept.

    `thread` are the mails that are answered. `heard` is called with the model's words as they come, unchecked; what
    it raises (Cancelled) stops the model and reaches the caller. Raises ModelError: the model cannot be reached,
    refuses, or lost facts twice.
    """
    prompt = load_prompt("drafting/message", language, settings)
    address = ("tu" if familiar else "vous") if language == "fr" else ""
    mails: Sequence[str] = thread
    while True:
        messages = prompt.render(
            kind=kind, tone=tone, address=address, message=message, notes=notes, thread=list(mails)
        )
        if _fits(messages, model, settings) or not mails:
            break
        mails = mails[:-1]
    return _kept(messages, prompt, message, language, base, model, settings, heard=heard)


def rewrite_message(
    message: str,
    instruction: str,
    *,
    language: Language,
    to_language: Language | None = None,
    base: dt.date | None,
    model: ChatModel,
    settings: Settings,
    may_drop: bool = False,
    heard: Heard | None = None,
) -> Written:
    """Return a message changed as an instruction asks; raises ModelError as `write_message` does.

    `may_drop` tells that the instruction itself may take facts away (free words do, "shorter" and "warmer" do not).
    """
    prompt = load_prompt("drafting/revision", language, settings)
    messages = prompt.render(instruction=" ".join(instruction.split())[:_LONGEST_INSTRUCTION], message=message)
    wanted = "" if may_drop else message
    return _kept(messages, prompt, wanted, to_language or language, base, model, settings, of=message, heard=heard)


def facts_missing(before: str, after: str, language: Language, base: dt.date | None) -> tuple[str, ...]:
    """Return the facts and placeholders of one text that another one lacks, in order."""
    missing = [text for text in placeholders(before) if text not in after]
    there = all_mentions(after, language, base)
    for mention in all_mentions(before, language, base):
        if any(text in mention.text or mention.text in text for text in missing):
            continue
        plain = mention.text.replace("\u00a0", " ").replace("\u202f", " ")
        if plain in after.replace("\u00a0", " ").replace("\u202f", " "):
            continue
        if not any(_same(mention, other) for other in there):
            missing.append(mention.text)
    return tuple(dict.fromkeys(missing))


def _same(one: object, other: object) -> bool:
    a, b = getattr(one, "value", None), getattr(other, "value", None)
    if isinstance(a, Amount) and isinstance(b, Amount):
        return a.number == b.number
    return same(one, other)  # type: ignore[arg-type]


def _kept(
    messages: Sequence[Message],
    prompt: Prompt,
    wanted: str,
    language: Language,
    base: dt.date | None,
    model: ChatModel,
    settings: Settings,
    *,
    of: str = "",
    heard: Heard | None = None,
) -> Written:
    """Ask until nothing that is wanted is missing, at most twice; raise ModelReplyUnusable then."""
    asked = list(messages)
    lost: tuple[str, ...] = ()
    usage: Usage | None = None
    for _ in range(_ATTEMPTS):
        if not _fits(asked, model, settings):
            raise ModelReplyUnusable("model_context_small", model=model.name, tokens=model.context_tokens)
        reply = _reply(asked, model, settings, language, heard)
        usage = reply.usage if usage is None else usage + reply.usage
        text = clean_reply(reply.text)
        lost = facts_missing(wanted, text, language, base)
        if text and not lost and len(text) <= _LONGER * len(of or wanted) + _FREE:
            return Written(text, prompt.reference, reply.model or model.name, usage)
        complaint = translate("drafting.model_complaint", language, lost=" ; ".join(lost) or "…")
        asked = [*messages, Message("assistant", reply.text), Message("user", complaint)]
    raise ModelReplyUnusable("draft_model_lost", lost=", ".join(lost) or "…")


def _reply(
    messages: Sequence[Message], model: ChatModel, settings: Settings, language: Language, heard: Heard | None
) -> Reply:
    max_tokens = min(settings.model_max_tokens, max(_LEAST_REPLY, model.context_tokens // 4))
    return model.reply(messages, max_tokens=max_tokens, language=language, heard=heard)


def _fits(messages: Sequence[Message], model: ChatModel, settings: Settings) -> bool:
    max_tokens = min(settings.model_max_tokens, max(_LEAST_REPLY, model.context_tokens // 4))
    room = model.context_tokens - max_tokens - _ENVELOPE
    return sum(model.count_tokens(message.text) for message in messages) <= room


def clean_reply(text: str) -> str:
    """Return a reply without what it was told not to write: preamble, salutation, formula, signature, marks of ours."""
    text = _PREAMBLE.sub("", _MARKS.sub("", _DATA_MARK.sub("", text)).strip())
    parts = sections(text)
    message = parts.message if parts.message.strip() else text
    return re.sub(r"\n{3,}", "\n\n", message).strip()
