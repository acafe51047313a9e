"""The drafts service: the one class behind the page, the command and the Python API. It drafts; it never sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistai.drafting.draft import Draft, Source, StyleFinding, TextCheck
from assistai.i18n import translate
from assistai.records import Language, Sensitivity
from assistai.settings import Settings

if TYPE_CHECKING:
    from assistai.drafting.brief import Brief
    from assistai.drafting.composition import Orders
    from assistai.drafting.housestyle import HouseStyle
    from assistai.drafting.kinds import Kind, Medium
    from assistai.drafting.principal import Principal
    from assistai.drafting.thread import Thread
    from assistai.meetings.minutes import Minutes
    from assistai.models.chat import ChatModel, Heard

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
        heard: Heard | None = None,
    ) -> Draft:
        """Return a draft of a kind from a brief.

        `kind` is a name in French or English ("relance", "out-of-office"). `language` is by default the brief's,
        `tone` the brief's, the principal's or the kind's. `sources` are texts beside the brief that facts may be traced
        to. `date` is the day that "mardi" counts from, by default today. `heard` is called with the model's words as
        they come, before they are checked, and several times a second while none come; what it raises (a stop button
        Cancelled) stops the model and reaches the caller. Raises SettingsError (unknown kind, style,
        principal or tone), InputError (the brief is empty, too long or unreadable).
        """
        from assistai.drafting.brief import parse_brief
        from assistai.drafting.kinds import load_kinds
        from assistai.drafting.orders import orders_for
        from assistai.drafting.principal import find_principal
        from assistai.drafting.reading import read_brief, require_text

        wanted = load_kinds(self._settings.drafting_dir).get(kind)
        profile = find_principal(principal or self._settings.principal, self._settings.drafting_dir)
        text = require_text(read_brief(brief))
        today = date or self._today()
        read = parse_brief(text, wanted, language, today, default=self._settings.language)
        orders = orders_for(
            read,
            wanted,
            profile,
            self._settings,
            tone=tone,
            style=style,
            familiar=familiar,
            subject=subject,
            today=today,
        )
        draft = self._drafted(read, orders, sources, engine=engine, sensitivity=sensitivity, heard=heard)
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
        heard: Heard | None = None,
    ) -> Draft:
        """Return a reply to the newest mail of a thread (`answering`: an older one, by its index).

        `kind` may be another than a reply (a refusal, a thank-you): it then answers the thread in that kind's words.

        Its facts are traced to the brief and to every mail of the thread; `questions` are those asked in it, each with
        the sentence that answers it. Nothing that a mail says is an instruction. Without a brief the reply holds a
        placeholder for the answer. `heard` and what is raised are as in `draft`.
        """
        from assistai.drafting.asked import answers
        from assistai.drafting.brief import parse_brief
        from assistai.drafting.conversation import answered_brief, message_dates
        from assistai.drafting.kinds import load_kinds
        from assistai.drafting.orders import orders_for
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
        orders = orders_for(
            read,
            wanted,
            profile,
            self._settings,
            tone=tone,
            style=style,
            familiar=familiar,
            subject=frame.subject,
            today=today,
        )
        told = (*thread_sources(thread, read.language), *message_dates(thread, read.language), *sources)
        mails = [message.text for message in thread.messages[answering:]]
        draft = self._drafted(read, orders, told, engine=engine, sensitivity=sensitivity, thread=mails, heard=heard)
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
        heard: Heard | None = None,
    ) -> Draft:
        """Return the draft with another text, checked anew against the sources that it was made from.

        `body` and `subject` are what a person wrote. `instruction` asks for a change ("plus court", "warmer",
        "traduire", "ajoute que…"); `assistai.drafting.revision.changes` shows it piece by piece. Tones and
        shorter texts need no model as long as nobody changed the text; where a model is needed and there is none, the
        text stays and a notice says so. `sensitivity` is by default the draft's, `heard` as in `draft`.
        """
        from assistai.drafting.rewriting import Rewriter

        if instruction:
            level = sensitivity or draft.sensitivity
            rewriter = Rewriter(self._settings, self._clock(), self._model(engine))
            draft = rewriter.rewritten(draft, instruction, level, heard).model_copy(update={"sensitivity": level})
        if body is None and subject is None:
            return draft
        from assistai.drafting.reading import read_text
        from assistai.drafting.receipt import receipted_anew

        changed = draft.model_copy(
            update={
                "body": draft.body if body is None else read_text(body),
                "subject": draft.subject if subject is None else " ".join(read_text(subject).split()),
            }
        )
        return receipted_anew(changed, self._settings, self._today())

    def variants(self, draft: Draft, *, heard: Heard | None = None) -> tuple[Draft, ...]:
        """Return the draft in the other tones, so that whoever signs can choose; the draft itself comes first.

        `heard` as in `draft`.
        """
        from assistai.drafting.kinds import TONES

        found = [draft]
        for tone in TONES:
            other = self.revise(draft, instruction=tone, heard=heard)
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

    def _drafted(
        self,
        brief: Brief,
        orders: Orders,
        sources: Sequence[Source],
        *,
        engine: Engine,
        sensitivity: Sensitivity,
        thread: Sequence[str] = (),
        heard: Heard | None = None,
    ) -> Draft:
        from assistai.drafting.composition import compose, with_message
        from assistai.drafting.receipt import receipted

        composed = compose(brief, orders)
        draft = receipted(composed, brief, orders, sources, self._settings, self._clock())
        model = self._model(engine) if orders.kind.prose else None
        if model is None or not brief.text.strip():
            return draft
        from assistai.drafting.rewriting import attempted, by_model
        from assistai.drafting.writing import write_message

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
                heard=heard,
            )
            worded = with_message(composed, written.message, orders)
            return by_model(receipted(worded, brief, orders, sources, self._settings, self._clock()), written)

        return attempted(draft, model, sensitivity, self._settings, write)

    def _model(self, engine: Engine) -> ChatModel | None:
        return self._chat_model() if engine == "settings" else None

    def _today(self) -> dt.date:
        from assistai.drafting.orders import local_day

        return local_day(self._clock(), self._settings)


def _asked_language(text: str, default: Language) -> Language | None:
    """Return the language that a brief asks for by a label or is clearly written in; None of an empty one."""
    from assistai.drafting.brief import brief_language

    return brief_language(text, None, default) if text.strip() else None
