"""Minutes as PDF, set by typst with its embedded fonts: French or English typography, tagged, page numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from assistai.errors import ExportError
from assistai.export.view import MinutesView

_BEYOND_EMBEDDED_FONTS = re.compile("[\u0590-\u1dff\u2e80-\uffff\U00010000-\U0010ffff]")


def render(view: MinutesView, created_at: dt.datetime) -> bytes:
    """Return the PDF; `created_at` is written as its date, so that the same minutes give the same file.

    The text reaches typst as data, never as source. The machine's fonts are used only where the text has letters that
    the embedded fonts lack (Arabic, Chinese, emoji). Raises ExportError where typst cannot set the document.
    """
    import typst

    text = json.dumps(dataclasses.asdict(view), ensure_ascii=False)
    with TemporaryDirectory(prefix="assistai-") as folder:
        source = Path(folder, "minutes.typ")
        source.write_bytes(files("assistai.export").joinpath("templates", "minutes.typ").read_bytes())
        try:
            return typst.compile(
                source,
                root=source.parent,
                ignore_system_fonts=not _BEYOND_EMBEDDED_FONTS.search(text),
                format="pdf",
                sys_inputs={"minutes": text},
                timestamp=int(created_at.timestamp()),
            )
        except typst.TypstError as error:
            raise ExportError("pdf_failed", reason=error.message) from error
