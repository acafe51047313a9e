"""Chat models on the command line: which run on this machine, bring one here, use it, see whether it answers."""

from __future__ import annotations

import time

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from assistai.i18n import translate
from assistai.language.typography import format_bytes
from assistai.models.catalogue import LOCAL, LocalModel, choose, local_model, local_models, remove
from assistai.models.chat import Message, load_chat_model
from assistai.models.downloading import Pulling, pull
from assistai.models.known import cost_text
from assistai.settings import Settings

NONE = "none"
_REPLY_TOKENS = 200


def list_models(settings: Settings) -> None:
    """Print the local models: name, size, memory, languages, licence, what they are good for, whether they are here."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "size", "memory", "languages", "licence", "level", "state"):
        table.add_column(_say(f"column_{column}", settings), overflow="fold", no_wrap=column == "name")
    for model in local_models():
        here = "in_use" if settings.model == LOCAL + model.name else "here" if model.is_here(settings) else "not_here"
        table.add_row(
            model.name,
            format_bytes(model.size, settings.language),
            format_bytes(int(model.memory * 1e9), settings.language),
            ", ".join(model.languages),
            model.licence,
            _say(f"level_{model.level}", settings),
            _say(f"state_{here}", settings),
        )
    Console().print(table)
    typer.echo("\n" + in_use_text(settings))


def pull_model(name: str, settings: Settings) -> None:
    """Bring a model here, with progress on standard error."""
    model = local_model(name)
    path = _pulled(model, settings)
    typer.echo(_say("pulled", settings, name=model.name, path=path))


def use_model(name: str, settings: Settings) -> None:
    """Use a local model from now on, brought here first where it is not; `none` goes back to the embedded engine."""
    if name == NONE:
        choose("", settings)
    else:
        model = local_model(name)
        _pulled(model, settings)
        choose(LOCAL + model.name, settings)
    if "model" in settings.model_fields_set:
        typer.echo(_say("named_elsewhere", settings, model=settings.model), err=True)
    typer.echo(_say("unused" if name == NONE else "used", settings, name=name))


def remove_model(name: str, settings: Settings) -> None:
    """Delete the file of a local model; where it was in use, the embedded engine works alone again."""
    model = local_model(name)
    found = remove(model, settings)
    if settings.model == LOCAL + model.name and "model" not in settings.model_fields_set:
        choose("", settings)
    typer.echo(_say("removed" if found else "was_not_here", settings, name=model.name))


def try_model(settings: Settings) -> bool:
    """Ask the model in use for a sentence and print it with what it took; tell whether there is a model."""
    typer.echo(in_use_text(settings))
    model = load_chat_model(settings)
    if model is None:
        return False
    typer.echo(_say("context", settings, tokens=model.context_tokens))
    question = _say("trial_question", settings)
    start = time.monotonic()
    console = Console(stderr=True)
    with console.status(_say("waiting", settings)) as status:

        def heard(text: str) -> None:
            if text:
                status.update(text[-console.width + 8 :].replace("[", "("))

        reply = model.reply([Message("user", question)], max_tokens=_REPLY_TOKENS, heard=heard)
    seconds = time.monotonic() - start
    typer.echo(f"> {question}\n{reply.text}")
    usage = reply.usage
    known = {
        name: "?" if value is None else value for name, value in (("read", usage.read), ("written", usage.written))
    }
    typer.echo(_say("took", settings, seconds=f"{seconds:.1f}", cost=cost_text(usage.cost), **known))
    return True


def in_use_text(settings: Settings) -> str:
    """Return which engine writes, and what named it, in one line."""
    if not settings.model:
        return _say("none_in_use", settings)
    model = load_chat_model(settings)
    named = "variable" if "model" in settings.model_fields_set else "chosen"
    place = "remote" if model is not None and model.remote else "local"
    return (
        _say("in_use", settings, model=settings.model, named=_say(f"named_{named}", settings))
        + " "
        + _say(f"place_{place}", settings)
    )


def _pulled(model: LocalModel, settings: Settings) -> object:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(model.name, total=model.size, visible=not model.is_here(settings))

        def advance(state: Pulling) -> None:
            said = _say(f"stage_{state.stage}", settings, name=model.name, source=state.source)
            bar.update(task, description=said, completed=state.done, total=state.total or model.size)

        try:
            return pull(model, settings, advance)
        except KeyboardInterrupt:
            typer.echo(_say("interrupted", settings, name=model.name), err=True)
            raise


def _say(key: str, settings: Settings, **params: object) -> str:
    return translate(f"models.{key}", settings.language, **params)
