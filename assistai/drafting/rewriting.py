"""Drafts changed as an instruction asks: by their templates where these can, else by the chat model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistai.drafting.brief import parse_brief
from assistai.drafting.composition import Orders, compose, with_message
from assistai.drafting.draft import Draft, Source
from assistai.drafting.housestyle import find_style
from assistai.drafting.kinds import TONES, load_kinds
from assistai.drafting.orders import local_day, orders_for
from assistai.drafting.principal import find_principal
from assistai.drafting.receipt import receipted, receipted_anew
from assistai.drafting.revision import sections, wish
from assistai.drafting.writing import Written, rewrite_message
from assistai.errors import MissingExtra, ModelError, PromptError
from assistai.i18n import translate
from assistai.models.chat import ChatModel, Heard
from assistai.models.sensitivity import may_see
from assistai.records import Language, Sensitivity, Usage
from assistai.settings import Settings


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Rewrites drafts over one set of settings, at one moment, with a chat model or none."""

    settings: Settings
    now: dt.datetime
    model: ChatModel | None

    def rewritten(self, draft: Draft, instruction: str, sensitivity: Sensitivity, heard: Heard | None = None) -> Draft:
        """Return the draft as an instruction asks; as it was, with a notice, where nobody here can.

        What `heard` raises (Cancelled) stops the model and reaches the caller.
        """
        wanted = wish(instruction)
        again = self._recomposed(draft, wanted.kind) if wanted.kind != "free" else None
        if again is not None:
            return again
        if self.model is None:
            return _noticed(draft, translate("drafting.needs_model", draft.language, instruction=wanted.words))

        def write(model: ChatModel) -> Draft:
            parts = sections(draft.body)
            language = _other(draft.language) if wanted.kind == "translate" else draft.language
            base = draft.sources[0].date if draft.sources else self._today
            written = rewrite_message(
                parts.message,
                instruction,
                language=draft.language,
                to_language=language,
                base=base,
                model=model,
                settings=self.settings,
                may_drop=wanted.kind == "free",
                heard=heard,
            )
            asked = Source(name=translate("drafting.source_instruction", language), text=instruction, date=base)
            body = f"{parts.head}{written.message}\n\n{parts.foot}".strip()
            changed = draft.model_copy(update={"sources": (*draft.sources, asked), "body": body})
            if wanted.kind == "translate":
                changed = self._reframed(changed, written.message, language)
            return by_model(receipted_anew(changed, self.settings, self._today), written)

        return attempted(draft, self.model, sensitivity, self.settings, write)

    @property
    def _today(self) -> dt.date:
        return local_day(self.now, self.settings)

    def _reframed(self, draft: Draft, message: str, language: Language) -> Draft:
        """Return a translated draft with subject, salutation and formula in its new language."""
        kind = load_kinds(self.settings.drafting_dir).get(draft.kind)
        profile = find_principal(draft.principal, self.settings.drafting_dir)
        source = draft.sources[0]
        read = replace(parse_brief(source.text, kind, draft.language, source.date), language=language)
        style = find_style("", language, self.settings.drafting_dir)
        orders = orders_for(
            read,
            kind,
            profile,
            self.settings,
            tone=draft.tone or None,
            style=style.id,
            familiar=False,
            today=source.date or self._today,
        )
        composed = with_message(compose(read, orders), message, orders)
        return draft.model_copy(
            update={
                "language": language,
                "house_style": style.id,
                "subject": draft.subject if draft.in_reply_to else composed.subject,
                "body": composed.body,
            }
        )

    def _recomposed(self, draft: Draft, wanted: str) -> Draft | None:
        """Return the draft composed anew from its brief; None where its text is no longer what its brief gave."""
        if not draft.sources or draft.in_reply_to is not None or draft.kind == "reply":
            return None
        source, *others = draft.sources
        kind = load_kinds(self.settings.drafting_dir).get(draft.kind)
        profile = find_principal(draft.principal, self.settings.drafting_dir)
        read = parse_brief(source.text, kind, draft.language, source.date)

        def ordered(tone: str | None, *, brevity: bool = False, style: str = draft.house_style) -> Orders:
            orders = orders_for(
                read,
                kind,
                profile,
                self.settings,
                tone=tone,
                style=style,
                familiar=draft.familiar,
                today=source.date or self._today,
            )
            return replace(orders, brevity=brevity)

        tried = (ordered(tone, brevity=brevity) for tone in TONES for brevity in (False, True))
        if not any(compose(read, orders).body == draft.body for orders in tried):
            return None
        if wanted == "translate":
            if read.notes or any(field.type == "text" and field.id in read.values for field in kind.fields):
                return None
            read = replace(read, language=_other(draft.language))
            orders = ordered(draft.tone, style="")
        elif wanted == "shorter":
            orders = ordered(draft.tone, brevity=True)
            if compose(read, orders).body == draft.body:
                return None
        else:
            orders = ordered(wanted)
        again = receipted(compose(read, orders), read, orders, others, self.settings, self.now)
        return again.model_copy(update={"recipients": draft.recipients, "attachments": draft.attachments})


def attempted(
    draft: Draft, model: ChatModel, sensitivity: Sensitivity, settings: Settings, write: Callable[[ChatModel], Draft]
) -> Draft:
    """Return what the model makes of a draft; the draft itself, with a notice, where it does not help."""
    try:
        may_see(model, sensitivity, settings)
        return write(model)
    except (ModelError, MissingExtra, PromptError) as error:
        return _noticed(draft, translate("drafting.model_failed", draft.language, reason=error.message(draft.language)))


def by_model(draft: Draft, written: Written) -> Draft:
    """Return a draft whose provenance names the model and the prompt that worded it, and what its calls took in all."""
    provenance = draft.provenance
    usage = written.usage
    if provenance.model is not None:
        usage += Usage(provenance.tokens_read, provenance.tokens_written, provenance.cost_usd)
    named = provenance.model_copy(
        update={
            "engine": "embedded+model",
            "model": written.model,
            "prompts": tuple(dict.fromkeys((*provenance.prompts, written.prompt))),
            "tokens_read": usage.read,
            "tokens_written": usage.written,
            "cost_usd": usage.cost,
        }
    )
    return draft.model_copy(update={"provenance": named})


def _noticed(draft: Draft, notice: str) -> Draft:
    return draft.model_copy(update={"notices": tuple(dict.fromkeys((*draft.notices, notice)))})


def _other(language: Language) -> Language:
    return "en" if language == "fr" else "fr"
