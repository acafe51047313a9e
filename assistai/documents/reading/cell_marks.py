"""Figures set raised inside the cells of a workbook, which openpyxl tells only of the table of shared texts."""

from __future__ import annotations

import io
import re
import zipfile

from assistai.documents.reading.raised import raised

_PARTS = re.compile(r"xl/(?:sharedStrings\.xml|worksheets/[^/]+\.xml)")
_RAISED = b"superscript"
_RUN = re.compile(rb"<(?:\w+:)?r>.*?</(?:\w+:)?r>", re.DOTALL)
_WORDS = re.compile(rb"(<(?:\w+:)?t\b[^<>]*>)([^<]*)")


def with_raised(data: bytes) -> bytes:
    """Return a workbook whose raised figures are so by themselves ("110¹"); the same bytes where there are none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in filter(_PARTS.fullmatch, archive.namelist())}
        changed = {
            name: _RUN.sub(lambda run: _written(run.group()), part) for name, part in parts.items() if _RAISED in part
        }
        if not changed:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name in dict.fromkeys(archive.namelist()):
                target.writestr(name, changed[name] if name in changed else archive.read(name))
    return out.getvalue()


def _written(run: bytes) -> bytes:
    if _RAISED not in run:
        return run
    return _WORDS.sub(lambda words: words[1] + raised(words[2].decode("utf-8", "replace")).encode(), run)
