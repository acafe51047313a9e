"""How the text of a cell is set: what is struck through is no source, raised figures are so by themselves.

openpyxl tells how parts of a text are set only of the table of shared texts, so the parts of the package are changed.
"""

from __future__ import annotations

import io
import re
import zipfile

from assistai.documents.reading.raised import raised

_PARTS = re.compile(r"xl/(?:sharedStrings\.xml|worksheets/[^/]+\.xml)")
_RAISED = b"superscript"
_STRUCK = re.compile(rb"<(?:\w+:)?strike(?:\s+val=.(?:1|true).)?\s*/>")
_RUN = re.compile(rb"<(?:\w+:)?r>.*?</(?:\w+:)?r>", re.DOTALL)
_WORDS = re.compile(rb"(<(?:\w+:)?t\b[^<>]*>)([^<]*)")


def as_shown(data: bytes) -> bytes:
    """Return a workbook whose raised figures are so by themselves ("110¹"), without parts of texts that are struck.

    The same bytes where there are none.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in filter(_PARTS.fullmatch, archive.namelist())}
        changed = {
            name: _RUN.sub(lambda run: _written(run.group()), part)
            for name, part in parts.items()
            if _RAISED in part or _STRUCK.search(part)
        }
        if not changed:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name in dict.fromkeys(archive.namelist()):
                target.writestr(name, changed[name] if name in changed else archive.read(name))
    return out.getvalue()


def in_force(cell) -> object:  # type: ignore[no-untyped-def]  # openpyxl has no types
    """Return the value of a cell, None where it is struck through; parts of its text with a font of their own stay.

    The workbook is one that `as_shown` has changed.
    """
    from openpyxl.cell.rich_text import CellRichText

    struck = bool(cell.font and cell.font.strike)
    if isinstance(cell.value, CellRichText):
        return "".join(str(run) for run in cell.value if not (struck and isinstance(run, str)))
    return None if struck else cell.value


def _written(run: bytes) -> bytes:
    if _STRUCK.search(run):
        return _WORDS.sub(rb"\1", run)
    if _RAISED not in run:
        return run
    return _WORDS.sub(lambda words: words[1] + raised(words[2].decode("utf-8", "replace")).encode(), run)
