"""Documents on the command line: take them in, ask them, look after their index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from assistai.app import AssistAI
from assistai.documents.answers import Answer
from assistai.documents.checking import Check
from assistai.documents.describing import check_details
from assistai.documents.ingestion import Details, Ingested, Progress, Source
from assistai.documents.service import Documents
from assistai.documents.sources import passed_over
from assistai.documents.wording import as_text, remark_text, shortened, source_text, unread_texts
from assistai.errors import AssistAIError, InputError
from assistai.files.encoding import one_line
from assistai.i18n import translate
from assistai.records import SENSITIVITIES, Language
from assistai.settings import Settings, load_settings
from assistai.workspace.document import Validity
from assistai.workspace.scope import Filter

_UNREAD = 5
_NEAREST = 3
_LONGEST = 300


def parse_sensitivity(text: str) -> int:
    """Return the level that the option names; wrong usage where there is none of the name."""
    if text not in SENSITIVITIES:
        fields = {"value": text, "known": ", ".join(SENSITIVITIES)}
        raise typer.BadParameter(translate("errors.sensitivity_unknown", load_settings().language, **fields))
    return SENSITIVITIES.index(text)


def parse_validity(text: str) -> tuple[Validity, ...]:
    """Return the validities of a comma-separated list; wrong usage where one is unknown."""
    names = {part.strip() for part in text.split(",")}
    known: tuple[Validity, ...] = get_args(Validity)
    if unknown := sorted(names.difference(known)):
        fields = {"value": ", ".join(unknown), "known": ", ".join(known)}
        raise typer.BadParameter(translate("errors.validity_unknown", load_settings().language, **fields))
    return tuple(name for name in known if name in names)


def known_collection(name: str | None, documents: Documents, language: Language) -> None:
    """Stop with exit code 2 where there is no collection of a name: those that there are go to standard error."""
    known = documents.collections()
    if name is not None and name not in known:
        fields = {"name": name, "names": ", ".join(known) or "–"}
        typer.echo(translate("documents.no_collection", language, **fields), err=True)
        raise typer.Exit(2)


def say_earlier(documents: Documents, language: Language) -> None:
    """Say on standard error how many documents an earlier version read, and the command that reads them anew."""
    if earlier := len(documents.read_by_earlier):
        typer.echo(translate("documents.check_earlier", language, count=earlier), err=True)


def ingest_paths(paths: Sequence[Path], details: Details, settings: Settings) -> bool:
    """Take in files and folders, and tell whether all went well; wrong usage where a detail cannot be.

    What became of each file goes to standard output; progress, failures and what was not read to standard error.
    """
    try:
        check_details(details)
    except InputError as error:
        raise typer.BadParameter(error.message(settings.language)) from error
    documents = AssistAI(settings).documents
    console = Console(stderr=True, highlight=False)
    sources: list[Source] = []
    failed = 0
    for path in paths:
        try:
            sources.extend(documents.sources(path))
            for name in passed_over(path) if path.is_dir() else ():
                _say(console, translate("documents.passed_over", settings.language, name=name), "yellow")
        except AssistAIError as error:
            failed += 1
            _say(console, f"{path}: {error.message(settings.language)}", "red")
    results = []
    try:
        with _bar(console) as bar:
            task = bar.add_task("", total=len(sources))

            def advance(state: Progress) -> None:
                bar.update(task, description=state.name, total=state.total, completed=state.done + state.fraction)

            for result in documents.ingest_each(sources, details, advance):
                results.append(result)
                _report(result, console, settings.language)
        brought = {
            result.document.id for result in results if result.outcome in ("added", "updated") and result.document
        }
        for one in documents.replacements() if brought else ():
            if not brought.isdisjoint((one.older.id, one.newer.id)):
                names = {"older": one.older.name, "newer": one.newer.name}
                _say(console, translate("documents.seems_replaced", settings.language, **names), "yellow")
        for result in documents.remove_gone(*paths, collection=details.collection):
            results.append(result)
            _report(result, console, settings.language)
    except KeyboardInterrupt:
        _say(console, translate("documents.interrupted", settings.language), "yellow")
        raise
    finally:
        documents.close()
    failed += sum(result.outcome == "failed" for result in results)
    changed = sum(result.outcome in ("added", "updated", "described", "moved", "raised") for result in results)
    there = [result for result in results if result.outcome != "removed"]
    fields = {"documents": len(there), "changed": changed, "failed": failed}
    _say(console, translate("documents.ingested", settings.language, **fields))
    return not failed


def ask_question(
    question: str,
    wanted: Filter,
    *,
    as_json: bool,
    settings: Settings,
    engine: Literal["settings", "embedded"] = "settings",
) -> None:
    """Print the answer to a question, as text or as JSON in one line.

    Exit code 2 where the question is blank, or the collection to ask is not known.

    The sample documents are taken in at first use, and minutes that were saved since.
    """
    if not question.strip():
        raise typer.BadParameter(translate("errors.question_empty", settings.language))
    assistai = AssistAI(settings)
    documents = assistai.documents
    try:
        _take_in_own(assistai)
        known_collection(wanted.collection, documents, settings.language)
        say_earlier(documents, settings.language)
        answer = documents.answer(question, wanted=wanted, engine=engine)
    finally:
        documents.close()
    typer.echo(answer.to_json() if as_json else _answer_text(answer, settings.language))


def check_index(settings: Settings) -> bool:
    """Print what each part of the index holds and what differs, and tell whether nothing does."""
    documents = AssistAI(settings).documents
    try:
        with _progress() as advance:
            check = documents.check(advance)
    finally:
        documents.close()
    typer.echo("\n".join(_check_lines(check, settings.language)))
    return check.clean


def rebuild_index(settings: Settings) -> bool:
    """Write the index anew from the documents' kept text, and tell whether it is sound."""
    documents = AssistAI(settings).documents
    try:
        with _bar(Console(stderr=True)) as bar:
            task = bar.add_task(translate("documents.rebuilding", settings.language), total=1.0)
            check = documents.rebuild(lambda fraction: bar.update(task, completed=fraction))
    finally:
        documents.close()
    typer.echo("\n".join(_check_lines(check, settings.language)))
    return check.clean


def _take_in_own(assistai: AssistAI) -> None:
    with _progress() as advance:
        assistai.documents.ensure_samples(advance)
        assistai.documents.take_in_minutes(assistai.workspace, advance)


def _report(result: Ingested, console: Console, language: Language) -> None:
    place = one_line(result.source)
    if result.outcome == "failed" and result.error is not None:
        _say(console, f"{place}: {result.error.message(language)}", "red")
        return
    document = result.document
    outcome = translate(f"documents.outcome_{result.outcome}", language, name=document.name if document else "")
    unread = unread_texts(document, language) if document is not None else []
    partly = f" ({translate('documents.partly', language)})" if unread else ""
    typer.echo(f"{place}: {outcome}{partly}")
    for line in unread[:_UNREAD]:
        _say(console, f"{place}: {line}", "yellow")
    if len(unread) > _UNREAD:
        _say(console, translate("ui.unread_more", language, count=len(unread) - _UNREAD), "yellow")


def _answer_text(answer: Answer, language: Language) -> str:
    lines = []
    if answer.understood:
        lines.append(translate("documents.understood", language, question=answer.understood))
    if not answer.searched_documents:
        return translate("documents.no_documents", language)
    if answer.answered:
        lines.append(as_text(answer, language))
    else:
        fields = {"documents": answer.searched_documents, "passages": answer.searched_passages}
        said = "not_sure" if answer.nearest else "not_answered"
        lines += [translate(f"documents.{said}", language), translate("documents.searched", language, **fields)]
        if answer.unread_documents:
            lines.append(translate("documents.unread", language, count=answer.unread_documents))
        if answer.nearest:
            lines += ["", translate("documents.may_answer", language)]
            lines += [f"- {source_text(one, language)}" for one in answer.nearest]
        if answer.passages:
            lines += ["", translate("documents.nearest", language)]
        for passage in answer.passages[:_NEAREST]:
            short = passage.model_copy(update={"quote": shortened(passage.quote, _LONGEST)})
            lines.append(f"- {source_text(short, language)}")
    for remark in answer.remarks:
        lines += ["", remark_text(remark, language)]
        if remark.citation is not None:
            lines.append(f"- {source_text(remark.citation, language)}")
    return "\n".join(lines)


def _check_lines(check: Check, language: Language) -> list[str]:
    def say(key: str, **fields: object) -> str:
        return translate(f"documents.{key}", language, **fields)

    counts = say(
        "check_counts",
        documents=check.documents,
        passages=check.passages,
        words=check.words,
        vectors=check.vectors,
    )
    earlier = [say("check_earlier", count=check.read_by_earlier)] if check.read_by_earlier else []
    if check.clean:
        return [counts, say("check_clean"), *earlier]
    lines = [counts, *earlier]
    lines += [say("check_missing", count=check.missing_vectors)] if check.missing_vectors else []
    lines += [say("check_surplus", count=check.surplus_vectors)] if check.surplus_vectors else []
    lines += [say("check_unfinished", count=check.unfinished)] if check.unfinished else []
    lines += [say("check_words")] if check.words_differ or check.passages != check.words else []
    lines += [translate("notices.rebuild_needed", language)] if check.rebuild_needed else [say("check_rebuild")]
    return lines


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Give what shows how far documents are, from the first of them on."""
    with _bar(Console(stderr=True)) as bar:
        task = bar.add_task("", total=None, visible=False)

        def advance(state: Progress) -> None:
            done = state.done + state.fraction
            bar.update(task, description=state.name, total=state.total, completed=done, visible=True)

        yield advance


def _bar(console: Console) -> Bar:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    return Bar(*columns, console=console, transient=True)


def _say(console: Console, text: str, style: str | None = None) -> None:
    console.print(text, markup=False, soft_wrap=True, style=style)
