"""Minutes on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markdown import Markdown

from assistai.export import export
from assistai.meetings.minutes import Minutes
from assistai.settings import Settings


def print_minutes(minutes: Minutes, settings: Settings) -> None:
    """Print the minutes to standard output as a terminal shows Markdown."""
    text = export(minutes, "md", settings=settings).decode()
    Console().print(Markdown(text))
