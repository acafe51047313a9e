"""The commands `assistai documents`: list, describe and delete, as the Library page does; and `assistai index`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistai.settings import load_settings

documents = typer.Typer(help="Look after the documents: list, describe, delete.", no_args_is_help=True)
index = typer.Typer(help="Look after the index of the documents.", no_args_is_help=True)

_NAME = typer.Argument(metavar="ID|NAME", help="An id or a name of `assistai documents list`.")


@documents.command("list")
def list_documents(
    collection: Annotated[str | None, typer.Option(help="Collection to list (default: all).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (assistai.documents/1).")] = False,
) -> None:
    """List the documents: id, name, collection, state, sensitivity, validity, owner."""
    from assistai.cli.catalogue import list_documents

    list_documents(collection, as_json=as_json, settings=load_settings())


@documents.command("describe")
def describe_document(
    name: Annotated[str, _NAME],
    owner: Annotated[str | None, typer.Option(help='Who answers for it; "" for nobody.')] = None,
    sensitivity: Annotated[
        str | None, typer.Option(help="Who may see it: public, internal, confidential or restricted.")
    ] = None,
    validity: Annotated[str | None, typer.Option(help="in_force, draft or superseded.")] = None,
    effective_from: Annotated[
        str | None, typer.Option("--from", help='First day in force, YYYY-MM-DD; "" for none.')
    ] = None,
    effective_to: Annotated[
        str | None, typer.Option("--to", help='Last day in force, YYYY-MM-DD; "" for none.')
    ] = None,
    superseded_by: Annotated[
        str | None, typer.Option(metavar="ID|NAME", help='The document that supersedes it; "" for none.')
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title that answers show.")] = None,
) -> None:
    """Say more of a document, or show what is known of it where no option is given; what is not given stays."""
    from assistai.cli.catalogue import describe_document

    given = {
        "owner": owner,
        "sensitivity": sensitivity,
        "validity": validity,
        "effective_from": effective_from,
        "effective_to": effective_to,
        "superseded_by": superseded_by,
        "title": title,
    }
    describe_document(name, {key: text for key, text in given.items() if text is not None}, load_settings())


@documents.command("delete")
def delete_documents(
    names: Annotated[list[str], typer.Argument(metavar="ID|NAME…", help="Ids or names of `assistai documents list`.")],
    keep_copies: Annotated[
        bool, typer.Option("--keep-copies", help="Keep one whose file was brought from another place too, from there.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking.")] = False,
) -> None:
    """Delete documents, and those inside them, from the library; the files that they came from stay where they are."""
    from assistai.cli.catalogue import delete_documents

    delete_documents(names, keep_copies=keep_copies, asked=not yes, settings=load_settings())


@index.command("check")
def check_index() -> None:
    """Finish what was cut short and compare documents, words and vectors; exit code 1 where they differ."""
    from assistai.cli.library import check_index

    if not check_index(load_settings()):
        raise typer.Exit(1)


@index.command("rebuild")
def rebuild_index() -> None:
    """Write words and vectors anew, as after a change of embedding model; the old ones answer meanwhile."""
    from assistai.cli.library import rebuild_index

    if not rebuild_index(load_settings()):
        raise typer.Exit(1)
