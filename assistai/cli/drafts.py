"""`assistai draft` and `assistai check`: a brief or a mail in, a draft with its receipt out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import typer

from assistai.app import AssistAI
from assistai.drafting.draft import Draft, Fact, Promise, Source, StyleFinding, TextCheck
from assistai.drafting.reading import file_bytes
from assistai.drafting.service import Engine
from assistai.errors import ExportError
from assistai.i18n import translate
from assistai.records import Language
from assistai.settings import Settings

_MAILS = (".eml", ".msg")


def write_draft(
    kind: str,
    *,
    brief: str | None,
    reply_to: Path | None,
    sources: Sequence[Path],
    language: Language | None,
    tone: str | None,
    principal: str | None,
    style: str | None,
    engine: Engine,
    as_json: bool,
    out: Path | None,
    settings: Settings,
) -> None:
    """Print a draft to standard output or write it to `out`, in the format of its ending (eml, docx, pdf, ics, md…).

    What must be seen before it is signed goes to standard error.
    """
    assistai = AssistAI(settings)
    given = _brief(brief, required=reply_to is None)
    told = [source for path in sources for source in read_source(path, settings, language or settings.language)]
    drafts = assistai.drafts
    if reply_to is None:
        draft = drafts.draft(
            kind, given, language=language, tone=tone, principal=principal, style=style, sources=told, engine=engine
        )
    else:
        from assistai.drafting.thread import read_thread

        thread = read_thread(file_bytes(reply_to), reply_to.name, settings)
        draft = drafts.reply(
            thread,
            given,
            kind=kind,
            language=language,
            tone=tone,
            principal=principal,
            style=style,
            sources=told,
            engine=engine,
        )
    if out is not None:
        _write(draft, out, settings)
    elif as_json:
        typer.echo(draft.to_json(), nl=False)
        return
    else:
        typer.echo(f"{draft.subject}\n\n{draft.body}")
    _tell(_draft_lines(draft, settings.language))


def _write(draft: Draft, out: Path, settings: Settings) -> None:
    from assistai.export.drafts import export_draft

    data = export_draft(draft, out.suffix.lower().lstrip(".") or "txt", settings=settings)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise ExportError("output_unwritable", path=out, reason=error.strerror or error) from error


def check_text(
    path: str,
    *,
    sources: Sequence[Path],
    language: Language | None,
    style: str | None,
    fix: bool,
    as_json: bool,
    settings: Settings,
) -> None:
    """Print what style and fact check say of a text; with `fix`, the text with every sure fix made."""
    drafts = AssistAI(settings).drafts
    text = _text(path, settings)
    told = [source for one in sources for source in read_source(one, settings, language or settings.language)]
    checked = drafts.check(text, sources=told, language=language, style=style)
    if fix:
        typer.echo(drafts.fix_style(checked.text, style=checked.house_style, language=checked.language))
        return
    if as_json:
        typer.echo(checked.to_json(), nl=False)
        return
    lines = _check_lines(checked, settings.language, with_sources=bool(told))
    typer.echo("\n".join(lines or [translate("drafting.nothing_found", settings.language)]))


def read_source(path: Path, settings: Settings, language: Language) -> tuple[Source, ...]:
    """Return a file as texts that facts are traced to: each mail of a thread, or a document as one text."""
    data = file_bytes(path)
    if path.suffix.lower() in _MAILS:
        from assistai.drafting.conversation import message_dates
        from assistai.drafting.thread import read_thread, thread_sources

        thread = read_thread(data, path.name, settings)
        return (*thread_sources(thread, language), *message_dates(thread, language))
    from assistai.documents.reading.formats import read_document

    reading = read_document(data, path.name, settings)
    return (Source(name=path.name, text="\n".join(block.text for block in reading.blocks)),)


def _brief(brief: str | None, *, required: bool) -> str | Path:
    if brief == "-" or (brief is None and required and not sys.stdin.isatty()):
        return _standard_input()
    if brief is None and required:
        raise typer.BadParameter(translate("drafting.brief_missing", "fr"), param_hint="--brief")
    return Path(brief) if brief is not None else ""


def _text(path: str, settings: Settings) -> str:
    if path == "-":
        return _standard_input()
    file = Path(path)
    if file.suffix.lower() in (".txt", ".md", ""):
        from assistai.files.encoding import decode

        return decode(file_bytes(file), file.name)[0]
    return "\n\n".join(source.text for source in read_source(file, settings, settings.language)[:1])


def _standard_input() -> str:
    from assistai.files.encoding import decode

    return decode(sys.stdin.buffer.read(), "-")[0]


def _draft_lines(draft: Draft, language: Language) -> list[str]:
    def say(key: str, **fields: object) -> str:
        return translate(f"drafting.{key}", language, **fields)

    lines = [say("line_placeholder", text=text) for text in draft.placeholders]
    lines += [say("line_unplaced", text=text) for text in draft.unplaced]
    lines += _fact_lines(draft.facts, draft.promises, language)
    for question in draft.questions:
        key = "line_answered" if question.answer else "line_unanswered"
        lines.append(say(key, text=question.text, answer=question.answer or ""))
    lines += _style_lines(draft.style, language)
    return [*lines, *draft.notices]


def _check_lines(checked: TextCheck, language: Language, *, with_sources: bool) -> list[str]:
    lines = [translate("drafting.line_placeholder", language, text=text) for text in checked.placeholders]
    facts = checked.facts if with_sources else [fact for fact in checked.facts if fact.note]
    promises = checked.promises if with_sources else ()
    lines += _fact_lines(facts, promises, language)
    if not with_sources and checked.facts:
        lines.append(translate("drafting.no_sources", language, count=len(checked.facts)))
    return [*lines, *_style_lines(checked.style, language)]


def _fact_lines(facts: Sequence[Fact], promises: Sequence[Promise], language: Language) -> list[str]:
    lines = []
    for fact in facts:
        if fact.trace == "traced" and not fact.note:
            continue
        line = translate(f"drafting.line_{fact.trace}", language, text=fact.text)
        lines.append(f"{line} {fact.note}" if fact.note else line)
    lines += [
        translate("drafting.line_promise", language, text=promise.text)
        for promise in promises
        if promise.source is None
    ]
    return lines


def _style_lines(findings: Sequence[StyleFinding], language: Language) -> list[str]:
    return [
        translate("drafting.line_style", language, rule=finding.rule, at=finding.span[0], message=finding.message)
        for finding in findings
    ]


def _tell(lines: Sequence[str]) -> None:
    if lines:
        typer.echo("\n" + "\n".join(lines), err=True)


def parse_engine(no_model: bool) -> Engine:
    """Return who writes, from the option `--no-model`."""
    settings, embedded = get_args(Engine)
    return embedded if no_model else settings  # type: ignore[no-any-return]
