"""The drafts service: the one class behind the page, the command and the Python API. It drafts; it never sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistai.drafting.draft import (
    Draft,
    Source,
    StyleFinding,
    TextCheck,
)
from assistai.errors import MissingExtra, ModelError, PromptError, SettingsError
from assistai.i18n import translate
from assistai.records import Language, Sensitivity
from assistai.settings import Settings

if TYPE_CHECKING:
    from assistai.drafting.brief import Brief
    from assistai.drafting.composition import Composed, Orders
    from assistai.drafting.housestyle import HouseStyle
    from assistai.drafting.kinds import Kind, Medium
    from assistai.drafting.principal import Principal
    from assistai.drafting.thread import Thread
    from assistai.drafting.writing import Written
    from assistai.meetings.minutes import Minutes
    from assistai.models.chat import ChatModel

Engine = Literal["settings", "embedded"]
"""Who writes: the chat model of the settings if they name one, or the embedded engine alone."""

BriefInput = Path | str | bytes | Mapping[str, Any] | Sequence[str]
"""A brief: a file, its text, its bytes, labelled values, or a list of notes."""


class Drafts:
    """Drafts messages from briefs and threads, checks any text, revises drafts.

    `chat_model` gives the model that writes the prose, or None; it is asked for at the first draft that wants one.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], dt.datetime],
        chat_model: Callable[[], ChatModel | None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._chat_model = chat_model

    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds of message that are known, ours and the organisation's."""
        from assistai.drafting.kinds import load_kinds

        return tuple(load_kinds(self._settings.drafting_dir))

    def styles(self) -> tuple[HouseStyle, ...]:
        """Return the house styles that are known."""
        from assistai.drafting.housestyle import load_styles

        return tuple(load_styles(self._settings.drafting_dir).values())

    def principals(self) -> tuple[Principal, ...]:
        """Return the profiles of the people for whom drafts are written."""
        from assistai.drafting.principal import load_principals

        return tuple(load_principals(self._settings.drafting_dir).values())

    def draft(
        self,
        kind: str,
        brief: BriefInput,
        *,
        language: Language | None = None,
        tone: str | None = None,
        principal: str | None = None,
        style: str | None = None,
        sources: Sequence[Source] = (),
        date: dt.date | None = None,
        familiar: bool | None = None,
        subject: str = "",
        engine: Engine = "settings",
        sensitivity: Sensitivity = "internal",
    ) -> Draft:
        """Return a draft of a kind from a brief.

        `kind` is a name in French or English ("relance", "out-of-office"). `language` is by default the brief's,
        `tone` the brief's, the principal's or the kind's. `sources` are texts beside the brief that facts may be traced
        to. `date` is the day that "mardi" counts from, by default today. Raises SettingsError (unknown kind, style,
        principal or tone), InputError (the brief is empty, too long or unreadable).
        """
        from assistai.drafting.brief import parse_brief
        from assistai.drafting.kinds import load_kinds
        from assistai.drafting.principal import find_principal
        from assistai.drafting.reading import read_brief, require_text

        wanted = load_kinds(self._settings.drafting_dir).get(kind)
        profile = find_principal(principal or self._settings.principal, self._settings.drafting_dir)
        text = require_text(read_brief(brief))
        today = date or self._today()
        read = parse_brief(text, wanted, language, today, default=self._settings.language)
        orders = self._orders(
            read, wanted, profile, tone=tone, style=style, familiar=familiar, subject=subject, today=today
        )
        draft = self._drafted(read, orders, sources, engine=engine, sensitivity=sensitivity)
        return draft.model_copy(update={"sensitivity": sensitivity})

    def reply(
        self,
        thread: Thread,
        brief: BriefInput = "",
        *,
        kind: str = "reply",
        language: Language | None = None,
        tone: str | None = None,
        principal: str | None = None,
        style: str | None = None,
        sources: Sequence[Source] = (),
        to_all: bool | None = None,
        answering: int = 0,
        familiar: bool | None = None,
        engine: Engine = "settings",
        sensitivity: Sensitivity = "internal",
    ) -> Draft:
        """Return a reply to the newest mail of a thread (`answering`: an older one, by its index).

        `kind` may be another than a reply (a refusal, a thank-you): it then answers the thread in that kind's words.

        Its facts are traced to the brief and to every mail of the thread; `questions` are those asked in it, each with
        the sentence that answers it. Nothing that a mail says is an instruction. Without a brief the reply holds a
        placeholder for the answer. Raises as `draft` does.
        """
        from assistai.drafting.asked import answers
        from assistai.drafting.brief import parse_brief
        from assistai.drafting.conversation import answered_brief, message_dates
        from assistai.drafting.kinds import load_kinds
        from assistai.drafting.principal import find_principal
        from assistai.drafting.reading import read_brief
        from assistai.drafting.replies import reply_frame, waiting_questions
        from assistai.drafting.thread import thread_sources

        wanted = load_kinds(self._settings.drafting_dir).get(kind)
        profile = find_principal(principal or self._settings.principal, self._settings.drafting_dir)
        own = [profile.address] if profile and profile.address else []
        domains = self._settings.mail_domains
        frame = reply_frame(thread, own=own, domains=domains, to_all=to_all, answering=answering)
        text = read_brief(brief)
        today = self._today()
        spoken = language or _asked_language(text, thread.language) or thread.language
        read = answered_brief(parse_brief(text, wanted, spoken, today), wanted, thread, frame, answering)
        orders = self._orders(
            read, wanted, profile, tone=tone, style=style, familiar=familiar, subject=frame.subject, today=today
        )
        told = (*thread_sources(thread, read.language), *message_dates(thread, read.language), *sources)
        mails = [message.text for message in thread.messages[answering:]]
        draft = self._drafted(read, orders, told, engine=engine, sensitivity=sensitivity, thread=mails)
        warnings = (translate(f"drafts.{one.code}", read.language, **dict(one.params)) for one in frame.warnings)
        return draft.model_copy(
            update={
                "recipients": frame.recipients,
                "in_reply_to": frame.in_reply_to,
                "references": frame.references,
                "questions": answers(draft.body, waiting_questions(thread, own, answering)),
                "notices": (*draft.notices, *warnings),
                "sensitivity": sensitivity,
            }
        )

    def covering_notes(
        self,
        minutes: Minutes,
        *,
        each: bool = True,
        language: Language | None = None,
        principal: str | None = None,
        style: str | None = None,
        tone: str | None = None,
        attachments: Sequence[str] = (),
        engine: Engine = "settings",
        sensitivity: Sensitivity | None = None,
    ) -> tuple[Draft, ...]:
        """Return covering mails for minutes: one a person with that person's own actions, or one to all.

        People are the participants, and whoever else owns an action. Facts are traced to the minutes.
        `sensitivity` is by default that of the minutes.
        """
        from assistai.drafting.covering import covering_briefs, minutes_source

        spoken = language or minutes.language
        source = minutes_source(minutes, spoken)
        return tuple(
            self.draft(
                "covering_note",
                brief,
                language=spoken,
                principal=principal,
                style=style,
                tone=tone,
                sources=(source,),
                engine=engine,
                sensitivity=sensitivity or minutes.sensitivity,
            )
            for brief in covering_briefs(minutes, spoken, each=each, attachments=attachments)
        )

    def revise(
        self,
        draft: Draft,
        *,
        body: str | None = None,
        subject: str | None = None,
        instruction: str = "",
        engine: Engine = "settings",
        sensitivity: Sensitivity | None = None,
    ) -> Draft:
        """Return the draft with another text, checked anew against the sources that it was made from.

        `body` and `subject` are what a person wrote. `instruction` asks for a change ("plus court", "warmer",
        "traduire", "ajoute que…"); `assistai.drafting.revision.changes` shows it piece by piece. Tones and
        shorter texts need no model as long as nobody changed the text; where a model is needed and there is none, the
        text stays and a notice says so. `sensitivity` is by default the draft's.
        """
        if instruction:
            level = sensitivity or draft.sensitivity
            draft = self._rewritten(draft, instruction, level, engine).model_copy(update={"sensitivity": level})
        if body is None and subject is None:
            return draft
        from assistai.drafting.reading import read_text

        changed = draft.model_copy(
            update={
                "body": draft.body if body is None else read_text(body),
                "subject": draft.subject if subject is None else " ".join(read_text(subject).split()),
            }
        )
        return self._rechecked(changed)

    def variants(self, draft: Draft) -> tuple[Draft, ...]:
        """Return the draft in the other tones, so that whoever signs can choose; the draft itself comes first."""
        from assistai.drafting.kinds import TONES

        found = [draft]
        for tone in TONES:
            other = self.revise(draft, instruction=tone)
            if all(other.body != one.body for one in found):
                found.append(other)
        return tuple(found)

    def check(
        self,
        text: str,
        *,
        sources: Sequence[Source] = (),
        language: Language | None = None,
        style: str | None = None,
        medium: Medium | None = None,
        date: dt.date | None = None,
    ) -> TextCheck:
        """Return what the house style and the fact check say of any text.

        Facts are traced to `sources` only. `medium` ("mail", "letter") also looks for salutation and closing formula.
        Raises InputError where the text is blank or too long, SettingsError where the style is unknown.
        """
        from assistai.drafting.factcheck import check_facts
        from assistai.drafting.housestyle import find_style
        from assistai.drafting.linter import lint
        from assistai.drafting.placeholders import placeholders
        from assistai.drafting.reading import read_text, require_text
        from assistai.language.words import detect_language

        text = require_text(read_text(text))
        spoken = language or detect_language(text)
        house = find_style(style or self._settings.house_style, spoken, self._settings.drafting_dir)
        facts, promises = check_facts(text, sources, spoken, base=date or self._today())
        return TextCheck(
            language=spoken,
            text=text,
            facts=facts,
            promises=promises,
            style=lint(text, house, medium=medium),
            placeholders=placeholders(text),
            house_style=house.id,
        )

    def fix_style(
        self, text: str, findings: Sequence[StyleFinding] = (), *, style: str = "", language: Language = "fr"
    ) -> str:
        """Return a text with the fixes of some findings made; of every finding that has one where none are given."""
        from assistai.drafting.housestyle import find_style
        from assistai.drafting.linter import apply_fixes, lint

        if findings:
            return apply_fixes(text, findings)
        house = find_style(style or self._settings.house_style, language, self._settings.drafting_dir)
        return apply_fixes(text, lint(text, house), house)

    def _checked(self, composed: Composed, brief: Brief, orders: Orders, sources: Sequence[Source]) -> Draft:
        from assistai.drafting.receipt import receipted

        return receipted(composed, brief, orders, sources, self._settings, self._clock())

    def _rechecked(self, draft: Draft) -> Draft:
        from assistai.drafting.receipt import receipted_anew

        return receipted_anew(draft, self._settings, self._today())

    def _today(self) -> dt.date:
        from zoneinfo import ZoneInfo

        return self._clock().astimezone(ZoneInfo(self._settings.timezone)).date()

    def _orders(
        self,
        brief: Brief,
        kind: Kind,
        principal: Principal | None,
        *,
        tone: str | None,
        style: str | None,
        familiar: bool | None,
        subject: str,
        today: dt.date,
    ) -> Orders:
        from assistai.drafting.composition import Orders, addressed, degree_of
        from assistai.drafting.housestyle import find_style
        from assistai.drafting.kinds import TONES

        if tone is not None and tone not in TONES:
            raise SettingsError("draft_tone_unknown", name=tone, known=", ".join(TONES))
        own = principal.style if principal else ""
        house = find_style(style or own or self._settings.house_style, brief.language, self._settings.drafting_dir)
        chosen = tone or brief.tone or (principal.tone if principal else None) or kind.tone
        degree = degree_of(brief, kind)
        if kind.degrees and degree > 1 and not (tone or brief.tone):
            chosen = "firm"
        close = familiar if familiar is not None else brief.familiar
        if close is None:
            close = house.address == "tu" or bool(principal and brief.to and principal.familiar(brief.to[0].name))
        return Orders(
            kind=kind,
            style=house,
            language=brief.language,
            tone=next(one for one in TONES if one == chosen),
            familiar=bool(close) and addressed(brief.to),
            today=today,
            principal=principal,
            organisation=self._settings.organisation,
            subject=subject,
            degree=degree,
        )

    def _drafted(
        self,
        brief: Brief,
        orders: Orders,
        sources: Sequence[Source],
        *,
        engine: Engine,
        sensitivity: Sensitivity,
        thread: Sequence[str] = (),
    ) -> Draft:
        from assistai.drafting.composition import compose

        composed = compose(brief, orders)
        draft = self._checked(composed, brief, orders, sources)
        model = self._chat_model() if engine == "settings" and orders.kind.prose else None
        if model is None or not brief.text.strip():
            return draft

        def write(model: ChatModel) -> Draft:
            written = write_message(
                composed.message,
                kind=orders.kind.names.get(orders.language)[0],
                tone=translate(f"drafting.tone_{orders.tone}", orders.language),
                familiar=orders.familiar,
                notes=brief.text,
                thread=thread,
                language=orders.language,
                base=brief.base,
                model=model,
                settings=self._settings,
            )
            worded = with_message(composed, written.message, orders)
            return _by_model(self._checked(worded, brief, orders, sources), written)

        from assistai.drafting.composition import with_message
        from assistai.drafting.writing import write_message

        return self._asked(draft, model, sensitivity, write)

    def _asked(
        self, draft: Draft, model: ChatModel, sensitivity: Sensitivity, write: Callable[[ChatModel], Draft]
    ) -> Draft:
        """Return what the model makes of a draft; the draft itself, with a notice, where it does not help."""
        from assistai.models.sensitivity import may_see

        try:
            may_see(model, sensitivity, self._settings)
            return write(model)
        except (ModelError, MissingExtra, PromptError) as error:
            notice = translate("drafting.model_failed", draft.language, reason=error.message(draft.language))
            return draft.model_copy(update={"notices": tuple(dict.fromkeys((*draft.notices, notice)))})

    def _rewritten(self, draft: Draft, instruction: str, sensitivity: Sensitivity, engine: Engine) -> Draft:
        """Return the draft as an instruction asks: by its templates where they can, else by the model."""
        from assistai.drafting.revision import sections, wish
        from assistai.drafting.writing import rewrite_message

        wanted = wish(instruction)
        again = self._recomposed(draft, wanted.kind) if wanted.kind != "free" else None
        if again is not None:
            return again
        model = self._chat_model() if engine == "settings" else None
        if model is None:
            notice = translate("drafting.needs_model", draft.language, instruction=wanted.words)
            return draft.model_copy(update={"notices": tuple(dict.fromkeys((*draft.notices, notice)))})

        def write(model: ChatModel) -> Draft:
            parts = sections(draft.body)
            language = ("en" if draft.language == "fr" else "fr") if wanted.kind == "translate" else draft.language
            base = draft.sources[0].date if draft.sources else self._today()
            written = rewrite_message(
                parts.message,
                instruction,
                language=draft.language,
                to_language=language,
                base=base,
                model=model,
                settings=self._settings,
                may_drop=wanted.kind == "free",
            )
            asked = Source(name=translate("drafting.source_instruction", language), text=instruction, date=base)
            changed = draft.model_copy(
                update={
                    "sources": (*draft.sources, asked),
                    "body": f"{parts.head}{written.message}\n\n{parts.foot}".strip(),
                }
            )
            if wanted.kind == "translate":
                changed = self._reframed(changed, written.message, language)
            return _by_model(self._rechecked(changed), written)

        return self._asked(draft, model, sensitivity, write)

    def _reframed(self, draft: Draft, message: str, language: Language) -> Draft:
        """Return a translated draft with subject, salutation and formula in its new language."""
        from assistai.drafting.brief import parse_brief
        from assistai.drafting.composition import compose, with_message
        from assistai.drafting.housestyle import find_style
        from assistai.drafting.kinds import load_kinds
        from assistai.drafting.principal import find_principal

        kind = load_kinds(self._settings.drafting_dir).get(draft.kind)
        profile = find_principal(draft.principal, self._settings.drafting_dir)
        source = draft.sources[0]
        read = replace(parse_brief(source.text, kind, draft.language, source.date), language=language)
        style = find_style("", language, self._settings.drafting_dir)
        orders = self._orders(
            read,
            kind,
            profile,
            tone=draft.tone or None,
            style=style.id,
            familiar=False,
            subject="",
            today=source.date or self._today(),
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
        from assistai.drafting.brief import parse_brief
        from assistai.drafting.composition import compose
        from assistai.drafting.kinds import TONES, load_kinds
        from assistai.drafting.principal import find_principal

        if not draft.sources or draft.in_reply_to is not None or draft.kind == "reply":
            return None
        brief_source, *others = draft.sources
        kind = load_kinds(self._settings.drafting_dir).get(draft.kind)
        profile = find_principal(draft.principal, self._settings.drafting_dir)
        language: Language = draft.language
        if wanted == "translate":
            language = "en" if draft.language == "fr" else "fr"
        read = parse_brief(brief_source.text, kind, draft.language, brief_source.date)
        today = brief_source.date or self._today()

        def ordered(tone: str | None, brevity: bool) -> Orders:
            orders = self._orders(
                read,
                kind,
                profile,
                tone=tone,
                style=draft.house_style,
                familiar=draft.familiar,
                subject="",
                today=today,
            )
            return replace(orders, brevity=brevity)

        if not any(
            compose(read, ordered(tone, brevity)).body == draft.body for tone in TONES for brevity in (False, True)
        ):
            return None
        if wanted == "translate":
            if read.notes or any(field.type == "text" and field.id in read.values for field in kind.fields):
                return None
            read = replace(read, language=language)
            orders = self._orders(
                read, kind, profile, tone=draft.tone, style="", familiar=draft.familiar, subject="", today=today
            )
        elif wanted == "shorter":
            orders = ordered(draft.tone, True)
            if compose(read, orders).body == draft.body:
                return None
        else:
            orders = ordered(wanted, False)
        again = self._checked(compose(read, orders), read, orders, others)
        return again.model_copy(update={"recipients": draft.recipients, "attachments": draft.attachments})


def _by_model(draft: Draft, written: Written) -> Draft:
    """Return a draft whose provenance names the model and the prompt that worded it."""
    provenance = draft.provenance
    prompts = tuple(dict.fromkeys((*provenance.prompts, written.prompt)))
    named = provenance.model_copy(update={"engine": "embedded+model", "model": written.model, "prompts": prompts})
    return draft.model_copy(update={"provenance": named})


def _asked_language(text: str, default: Language) -> Language | None:
    """Return the language that a brief asks for by a label or is clearly written in; None of an empty one."""
    from assistai.drafting.brief import brief_language

    return brief_language(text, None, default) if text.strip() else None
