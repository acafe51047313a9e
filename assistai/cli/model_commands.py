"""The commands `assistai models`: list, pull, use, remove and try the models that run on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from assistai.settings import load_settings

models = typer.Typer(help="Chat models that run on this machine: list, bring here, use, try.", no_args_is_help=True)


@models.command("list")
def list_models() -> None:
    """List the models that run on this machine, and which engine is in use."""
    from assistai.cli.models import list_models

    list_models(load_settings())


@models.command("pull")
def pull_model(name: Annotated[str, typer.Argument(metavar="NAME", help="A name of `assistai models list`.")]) -> None:
    """Download a model and verify it; a download that was cut goes on where it stopped."""
    from assistai.cli.models import pull_model

    pull_model(name, load_settings())


@models.command("use")
def use_model(name: Annotated[str, typer.Argument(metavar="NAME", help="A name of the list, or none.")]) -> None:
    """Use a model from now on (downloaded first where it is not here); `none`: the embedded engine alone."""
    from assistai.cli.models import use_model

    use_model(name, load_settings())


@models.command("remove")
def remove_model(name: Annotated[str, typer.Argument(metavar="NAME", help="A name of the list.")]) -> None:
    """Delete a model's file from this machine."""
    from assistai.cli.models import remove_model

    remove_model(name, load_settings())


@models.command("try")
def try_model() -> None:
    """Ask the chat model in use for one sentence: does it answer, how fast, at what cost? Exit code 1: none."""
    from assistai.cli.models import try_model

    if not try_model(load_settings()):
        raise typer.Exit(1)
