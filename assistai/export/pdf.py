"""Minutes as PDF, set by typst with its embedded fonts: French or English typography, tagged, page numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistai.errors import ExportError
from assistai.export.view import MinutesView

if TYPE_CHECKING:
    import typst

_BEYOND_EMBEDDED_FONTS = re.compile("[\u0590-\u1dff\u2e80-\uffff\U00010000-\U0010ffff]")


def render(view: MinutesView, created_at: dt.datetime) -> bytes:
    """Return the PDF; `created_at` is written as its date, so that the same minutes give the same file.

    Raises ExportError where typst cannot set the document.
    """
    return set_pages("minutes", dataclasses.asdict(view), created_at)


def set_pages(template: str, view: Mapping[str, object], created_at: dt.datetime) -> bytes:
    """Return the PDF that a typst template of `templates/` makes of a view, given to it under the template's name.

    The text reaches typst as data, never as source. The machine's fonts are used only where the text has letters that
    the embedded fonts lack (Arabic, Chinese, emoji). The file is PDF/UA-1 (accessible) unless no font has a letter of
    the text. Raises ExportError where typst cannot set the document.
    """
    import typst

    text = json.dumps(view, ensure_ascii=False)
    with TemporaryDirectory(prefix="assistai-") as folder:
        source = Path(folder, f"{template}.typ")
        source.write_bytes(files("assistai.export").joinpath("templates", source.name).read_bytes())
        compiler = typst.Compiler(
            source,
            root=source.parent,
            font_paths=_fonts(bool(_BEYOND_EMBEDDED_FONTS.search(text))),
            sys_inputs={template: text},
        )
        try:
            return _compiled(compiler, int(created_at.timestamp()))
        except typst.TypstError as error:
            raise ExportError("pdf_failed", reason=error.message) from error


def _compiled(compiler: typst.Compiler, timestamp: int) -> bytes:
    import typst

    try:
        pdf = compiler.compile(format="pdf", timestamp=timestamp, pdf_standards="ua-1")
    except typst.TypstError:
        pdf = compiler.compile(format="pdf", timestamp=timestamp)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF")
    return pdf


@cache
def _fonts(system: bool) -> typst.Fonts:
    """Return the fonts, found once a process."""
    import typst

    return typst.Fonts(include_system_fonts=system)
