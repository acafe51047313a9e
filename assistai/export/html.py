"""Minutes as one self-contained, printable HTML page without scripts."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from assistai.export.view import MinutesView


def render(view: MinutesView) -> bytes:
    """Return the page in UTF-8; everything that people wrote or said is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = files("assistai.export").joinpath("templates", "minutes.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source).render(minutes=view, labels=view.labels).encode()
