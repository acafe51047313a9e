"""The command `assistai`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from assistai.cli.documents import documents, index
from assistai.cli.model_commands import models
from assistai.errors import AssistAIError, SettingsError
from assistai.records import Language
from assistai.settings import chosen_model_file, load_settings

app = typer.Typer(
    name="assistai",
    help="Comptes rendus et réponses vérifiables · Minutes and answers: every line carries a quote that code checked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_NO_MODEL = "Use the embedded engine alone, whatever chat model the settings name."
app.add_typer(index, name="index")
app.add_typer(documents, name="documents")
app.add_typer(models, name="models")


def run() -> None:
    """Run the command line; exit code 0 all done, 1 some inputs failed, 2 wrong usage or settings."""
    try:
        app()
    except AssistAIError as error:
        typer.echo(error.message(_language()), err=True)
        sys.exit(2 if isinstance(error, SettingsError) else 1)


def _language() -> Language:
    try:
        return load_settings().language
    except SettingsError:
        return "fr"


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"assistai {version('assistai')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Comptes rendus et réponses vérifiables · Minutes and answers that can be signed."""


@app.command()
def minutes(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Transcripts: vtt, srt, docx, txt, md, json.")],
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write to; made where missing. Without it, one text format goes to standard output."
        ),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", help="Comma-separated: json,md,docx,pdf,ics,csv,html.")
    ] = "docx,json",
    lang: Annotated[str | None, typer.Option(help="Language of labels: fr or en (default: the meeting's).")] = None,
    date: Annotated[str | None, typer.Option(help="Date of the meetings, YYYY-MM-DD (default: from the file).")] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help=_NO_MODEL)] = False,
    sensitivity: Annotated[
        str, typer.Option(help="Who may see the meetings: public, internal, confidential or restricted.")
    ] = "internal",
) -> None:
    """Summarise transcripts into minutes: FILE.vtt becomes FILE.json, FILE.docx … in the folder of --out."""
    from assistai.cli.batch import parse_date, parse_formats, parse_language, parse_level, summarise_files

    settings = load_settings()
    failed = summarise_files(
        files,
        out,
        parse_formats(formats),
        parse_language(lang),
        parse_date(date),
        settings,
        engine="embedded" if no_model else "settings",
        sensitivity=parse_level(sensitivity),
    )
    if failed:
        raise typer.Exit(1)


@app.command()
def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…", help="Files and folders: pdf, docx, pptx, xlsx, csv, html, md, txt, eml, msg, zip."
        ),
    ],
    collection: Annotated[str, typer.Option(help="Collection to put them in.")] = "documents",
    owner: Annotated[
        str | None, typer.Option(help="Who answers for these documents; not given, it stays as it is.")
    ] = None,
    sensitivity: Annotated[
        str | None,
        typer.Option(
            help="Who may see them: public, internal, confidential or restricted; not given, it stays as it is"
            " (internal for new ones)."
        ),
    ] = None,
) -> None:
    """Take documents in, so that `ask` answers from them; what was taken in before is not read again."""
    from assistai.cli.library import ingest_paths, parse_sensitivity
    from assistai.documents.ingestion import Details

    level = None if sensitivity is None else parse_sensitivity(sensitivity)
    details = Details(collection=collection, owner=owner, sensitivity=level)
    if not ingest_paths(paths, details, load_settings()):
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help='A question, as in "Combien de jours de télétravail ?".')],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (assistai.answer/1).")] = False,
    collection: Annotated[str | None, typer.Option(help="Collection to ask (default: all).")] = None,
    owner: Annotated[str | None, typer.Option(help="Ask only documents of this owner.")] = None,
    sensitivity: Annotated[
        str | None, typer.Option(help="Ask only documents up to this level: public, internal, confidential…")
    ] = None,
    validity: Annotated[
        str | None, typer.Option(help="Ask only documents that are in_force, draft or superseded; comma-separated.")
    ] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help=_NO_MODEL)] = False,
) -> None:
    """Answer a question with sentences of the documents, each quoted and checked; or say that they do not answer."""
    from assistai.cli.library import ask_question, parse_sensitivity, parse_validity
    from assistai.workspace.scope import Filter

    wanted = Filter(
        collection=collection,
        owner=owner,
        max_sensitivity=None if sensitivity is None else parse_sensitivity(sensitivity),
        validity=None if validity is None else parse_validity(validity),
    )
    ask_question(
        question,
        wanted,
        as_json=as_json,
        settings=load_settings(),
        engine="embedded" if no_model else "settings",
    )


@app.command()
def draft(
    kind: Annotated[str, typer.Argument(help="Kind of message: relance, invitation, note de service, letter…")],
    brief: Annotated[
        str | None, typer.Option(metavar="FILE|-", help="Notes: txt, md, json, yaml, docx; - for standard input.")
    ] = None,
    reply_to: Annotated[Path | None, typer.Option(help="Mail to answer: eml, msg or a pasted thread.")] = None,
    source: Annotated[list[Path] | None, typer.Option(help="Document that facts may come from; repeat it.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the draft: fr or en (default: the brief's).")] = None,
    tone: Annotated[str | None, typer.Option(help="formal, cordial, firm or warm.")] = None,
    principal: Annotated[str | None, typer.Option(help="Whom it is written for: a profile of yours.")] = None,
    style: Annotated[str | None, typer.Option(help="House style: public_fr, private_fr, standard_en…")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write: .eml, .docx, .pdf, .ics, .md, .txt, .json.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (assistai.draft/1).")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help=_NO_MODEL)] = False,
) -> None:
    """Draft a message from notes or in reply to a mail; what is missing or has no source goes to standard error."""
    from assistai.cli.batch import parse_language
    from assistai.cli.drafts import parse_engine, write_draft

    write_draft(
        kind,
        brief=brief,
        reply_to=reply_to,
        sources=source or (),
        language=parse_language(lang),
        tone=tone,
        principal=principal,
        style=style,
        engine=parse_engine(no_model),
        as_json=as_json,
        out=out,
        settings=load_settings(),
    )


@app.command()
def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Text to check: txt, md, docx, eml…; - for stdin.")],
    source: Annotated[list[Path] | None, typer.Option(help="Document that facts may come from; repeat it.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the text: fr or en (default: found).")] = None,
    style: Annotated[str | None, typer.Option(help="House style: public_fr, private_fr, standard_en…")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Print the text with every sure fix of style made.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (assistai.check/1).")] = False,
) -> None:
    """Check the house style and the facts of any text, whoever wrote it."""
    from assistai.cli.batch import parse_language
    from assistai.cli.drafts import check_text

    check_text(
        file,
        sources=source or (),
        language=parse_language(lang),
        style=style,
        fix=fix,
        as_json=as_json,
        settings=load_settings(),
    )


@app.command()
def demo(out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("data/out")) -> None:
    """Summarise the sample meetings, print one, and write every format."""
    from assistai.app import AssistAI
    from assistai.cli.batch import summarise_files
    from assistai.cli.printing import print_minutes
    from assistai.export import FORMATS
    from assistai.resources import sample_meetings

    settings = load_settings()
    samples = sample_meetings()
    failed = summarise_files(samples, out, FORMATS, None, None, settings)
    print_minutes(AssistAI(settings).meetings.summarise(samples[0]), settings)
    if failed:
        raise typer.Exit(1)


@app.command()
def ui(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Start the app on this machine."""
    import os
    import signal
    import subprocess

    from assistai.resources import root

    settings = load_settings()
    command = [sys.executable, "-m", "streamlit", "run", str(root() / "streamlit_app.py")]
    options = [
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        f"--server.headless={str(not browser).lower()}",
        f"--server.maxUploadSize={settings.max_file_megabytes}",
    ]
    # Streamlit finds .streamlit/ in the folder that it runs in, so what the caller's .env says goes along as variables.
    environment = os.environ | {
        f"ASSISTAI_{name.upper()}": _as_variable(value)
        for name, value in settings
        if value is not None and (name in settings.model_fields_set or name == "data_dir")
    }
    with subprocess.Popen([*command, *options], cwd=root(), env=environment) as app:  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: app.terminate())  # else the app would go on, and hold the index
        raise typer.Exit(app.wait())


def _as_variable(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value.absolute() if isinstance(value, Path) else value)


@app.command()
def config() -> None:
    """Show the settings in force, and the variable that sets each; keys are masked."""
    settings = load_settings()
    chosen = settings.model and "model" not in settings.model_fields_set
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        typer.echo(f"ASSISTAI_{name.upper()}={'' if value is None else value}\n    {field.description}")
        if name == "model" and chosen:
            typer.echo(f"    (assistai models use: {chosen_model_file(settings.data_dir)})")


if __name__ == "__main__":
    run()
