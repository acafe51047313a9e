"""Documents of the library on the command line: listed, described and deleted by id or name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import typer

from assistai.app import AssistAI
from assistai.cli.batch import parse_date
from assistai.cli.library import known_collection, parse_sensitivity, say_earlier
from assistai.documents.service import Documents
from assistai.documents.wording import unread_texts
from assistai.errors import InputError
from assistai.files.encoding import one_line
from assistai.i18n import translate
from assistai.records import SENSITIVITIES, Language
from assistai.settings import Settings
from assistai.workspace.document import Document


def list_documents(collection: str | None, *, as_json: bool, settings: Settings) -> None:
    """Print the documents of a collection or of all, one a line or as JSON; exit code 2 where it is not known.

    Those of one name in a collection are told apart by where they come from.
    """
    documents = AssistAI(settings).documents
    known_collection(collection, documents, settings.language)
    say_earlier(documents, settings.language)
    found = documents.list(collection=collection)
    copies = documents.copies()
    if as_json:
        listed = [_as_json(one, settings.language) | {"also_at": copies.get(one.id, ())} for one in found]
        typer.echo(json.dumps({"schema": "assistai.documents/1", "documents": listed}, ensure_ascii=False))
        return
    named = Counter((one.collection, one.name) for one in found)
    for one in found:
        alike = named[one.collection, one.name] > 1
        line = " · ".join((_line(one, settings.language), *((one_line(one.source),) if alike else ())))
        typer.echo("\n".join((line, *_also_at(one, copies, settings.language))))
    if not found:
        typer.echo(translate("documents.no_documents", settings.language), err=True)


def describe_document(name: str, given: Mapping[str, str], settings: Settings) -> None:
    """Change what is known of a document as the options say, and print it as it is then.

    Exit code 2 where the name is not known or names several, or a value cannot be.
    """
    documents = AssistAI(settings).documents
    try:
        (document,) = _named([name], documents, settings.language)
        changes = _changes(given, documents, settings.language)
        if changes:
            document = documents.describe(document.id, **changes)
    except InputError as error:
        raise typer.BadParameter(error.message(settings.language)) from error
    finally:
        documents.close()
    typer.echo(_line(document, settings.language))


def delete_documents(names: Sequence[str], *, keep_copies: bool, asked: bool, settings: Settings) -> None:
    """Delete documents once that is confirmed; exit code 2, and nothing is deleted, where a name is not clear.

    With `keep_copies` one whose file stands at another place too stays, from there.
    """
    documents = AssistAI(settings).documents
    try:
        chosen = _named(names, documents, settings.language)
        copies = documents.copies()
        if asked:
            for one in chosen:
                lines = (_line(one, settings.language), *_also_at(one, copies, settings.language))
                typer.echo("\n".join(lines), err=True)
            question = translate("documents.delete_ask", settings.language, count=len(chosen))
            typer.confirm(question, abort=True, err=True)
        for one in chosen:
            if one.id in {left.id for left in documents.list(collection=one.collection)}:  # not gone with its archive
                kept = documents.delete(one.id, keep_copies=keep_copies)
                if kept is not None:
                    fields = {"name": one.name, "place": kept.source}
                    typer.echo(translate("documents.deleted_here", settings.language, **fields))
                    continue
            typer.echo(translate("documents.deleted", settings.language, name=one.name))
            if one.id in copies:
                fields = {"places": ", ".join(copies[one.id])}
                typer.echo(translate("documents.deleted_copies", settings.language, **fields), err=True)
    finally:
        documents.close()


def _named(names: Sequence[str], documents: Documents, language: Language) -> list[Document]:
    """Return the documents of these ids or names, each once; exit code 2 where there is none of a name, or several."""
    there = documents.list()
    found: dict[str, Document] = {}
    for name in names:
        alike = [one for one in there if one.id == name] or [one for one in there if name in (one.name, one.source)]
        alike = alike or [one for one in there if name.casefold() in (one.name.casefold(), one.title.casefold())]
        if not alike:
            _refuse(translate("documents.no_document", language, name=name))
        if len(alike) > 1:
            ids = ", ".join(one.id for one in alike)
            lines = [f"{one.id}  {one.collection}  {one_line(one.source)}" for one in alike]
            _refuse("\n".join((translate("errors.document_ambiguous", language, name=name, ids=ids), *lines)))
        found[alike[0].id] = alike[0]
    return list(found.values())


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _changes(given: Mapping[str, str], documents: Documents, language: Language) -> dict[str, Any]:
    """Return the changes that the options stand for: as on the page, what supersedes goes with the validity."""
    changes: dict[str, Any] = {name: given[name] for name in ("owner", "title", "validity") if name in given}
    if "sensitivity" in given:
        changes["sensitivity"] = parse_sensitivity(given["sensitivity"])
    for name in ("effective_from", "effective_to"):
        if name in given:
            changes[name] = parse_date(given[name] or None)
    if given.get("superseded_by"):
        (newer,) = _named([given["superseded_by"]], documents, language)
        changes = {"validity": "superseded"} | changes | {"superseded_by": newer.id}
    elif "superseded_by" in given or given.get("validity") in ("in_force", "draft"):
        changes["superseded_by"] = None
    return changes


def _line(document: Document, language: Language) -> str:
    facts = [
        document.collection,
        translate(f"ui.state_{document.state}", language),
        translate(f"ui.sensitivity_{SENSITIVITIES[document.sensitivity]}", language),
        translate(f"documents.validity_{document.validity}", language),
        *(f"{sign} {day.isoformat()}" for sign, day in _days(document)),
        document.owner,
    ]
    newer = f"→ {document.superseded_by}" if document.superseded_by else ""
    return f"{document.id}  {one_line(document.name)}  {' · '.join(fact for fact in (*facts, newer) if fact)}"


def _also_at(document: Document, copies: Mapping[str, Sequence[str]], language: Language) -> list[str]:
    places = copies.get(document.id, ())
    return [f"  {translate('documents.also_at', language, place=one_line(place))}" for place in places]


def _days(document: Document) -> list[tuple[str, Any]]:
    days = [("≥", document.effective_from), ("≤", document.effective_to)]
    return [(sign, day) for sign, day in days if day is not None]


def _as_json(document: Document, language: Language) -> dict[str, Any]:
    named = ("id", "collection", "name", "title", "source", "format", "language", "pages", "state", "owner")
    first, last = document.effective_from, document.effective_to
    return {name: getattr(document, name) for name in named} | {
        "sensitivity": SENSITIVITIES[document.sensitivity],
        "validity": document.validity,
        "effective_from": first.isoformat() if first else None,
        "effective_to": last.isoformat() if last else None,
        "superseded_by": document.superseded_by,
        "inside": document.container,
        "unread": unread_texts(document, language),
        "added_at": f"{document.added_at.isoformat(timespec='seconds')}Z",
        "updated_at": f"{document.updated_at.isoformat(timespec='seconds')}Z",
    }
