"""Briefs as they arrive: text, Markdown, JSON, YAML or Word, made the lines that `brief` understands."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistai.errors import InputError, LimitExceeded, UnreadableInput
from assistai.files.encoding import decode
from assistai.files.packages import MALFORMED, Limits, is_zip, open_package, refuse_entities
from assistai.language.words import fold

MAX_CHARACTERS = 100_000
"""Longest brief, or text to check; a draft is a page, and what is longer is a document."""

MAX_BYTES = 20_000_000
"""Largest file that is opened for one."""


def read_brief(source: Path | str | bytes | Mapping[str, Any] | Sequence[str], *, name: str = "") -> str:
    """Return a brief as text: a path's file (text, Markdown, JSON, YAML, Word), the text itself, or a mapping.

    Raises UnreadableInput (no such file, not text, empty), LimitExceeded (over MAX_CHARACTERS).
    """
    if isinstance(source, Mapping):
        text = _as_lines(source)
    elif isinstance(source, Path):
        text = _from_bytes(file_bytes(source), source.name)
    elif isinstance(source, bytes):
        text = _from_bytes(source, name)
    elif isinstance(source, str):
        text = _structured(source)
    else:
        text = "\n".join(f"- {item}" for item in source)
    return read_text(text)


def read_text(text: str) -> str:
    """Return a text with plain line ends and without control characters; raises LimitExceeded where it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text)
    if len(text) > MAX_CHARACTERS:
        raise LimitExceeded("brief_too_long", size=len(text), limit=MAX_CHARACTERS)
    return text


def require_text(text: str) -> str:
    """Return a brief's or draft's text; raises InputError where it is blank."""
    if not text.strip():
        raise InputError("brief_empty")
    return text


def file_bytes(path: Path) -> bytes:
    """Return what is in a file; raises UnreadableInput where it is missing, a folder or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableInput("file_missing", name=path) from error
    except IsADirectoryError as error:
        raise UnreadableInput("is_folder", name=path) from error
    except OSError as error:
        raise UnreadableInput("file_unreadable", name=path, reason=error.strerror or error) from error


def _from_bytes(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise LimitExceeded("brief_too_long", size=len(data), limit=MAX_CHARACTERS)
    if is_zip(data):
        return _docx(data, name)
    return _structured(decode(data, name)[0], name)


def _docx(data: bytes, name: str) -> str:
    """Return the paragraphs and table rows of a Word file, a row of two cells as "label : value"."""
    import docx

    limits = Limits(unpacked=MAX_BYTES * 10)
    archive = open_package(data, name, limits)
    refuse_entities(archive, name, limits.unpacked)
    try:
        document = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, docx.table.Table):
                rows = ([cell.text.strip() for cell in row.cells] for row in block.rows)
                lines += [" : ".join(dict.fromkeys(row)) for row in rows]
            else:
                bullet = "- " if "list" in fold(block.style.name if block.style else "") else ""
                lines.append(f"{bullet}{block.text}")
    except MALFORMED as error:
        raise UnreadableInput("docx_broken", name=name) from error
    return "\n".join(lines)


def _structured(text: str, name: str = "") -> str:
    """Return the lines of a JSON or YAML brief, and any other text as it is."""
    bare = text.strip()
    if bare.startswith("{") or name.lower().endswith(".json"):
        try:
            data = json.loads(bare)
        except (json.JSONDecodeError, RecursionError) as error:
            if name.lower().endswith(".json"):
                raise UnreadableInput("json_invalid", name=name, reason=error) from error
            return text
        return _as_lines(data)
    if name.lower().endswith((".yaml", ".yml")):
        try:
            return _as_lines(yaml.safe_load(io.StringIO(bare)))
        except yaml.YAMLError as error:
            raise UnreadableInput("brief_yaml_invalid", name=name, reason=str(error).splitlines()[0]) from error
    return text


def _as_lines(data: Any) -> str:
    if isinstance(data, Mapping):
        lines: list[str] = []
        for key, value in data.items():
            label = str(key).replace("_", " ")
            if isinstance(value, (list, tuple)):
                lines += [f"{label} :", *(f"- {_inline(item)}" for item in value)]
            elif value is None or value == "":
                continue
            elif isinstance(value, str) and "\n" in value:
                lines += [f"{label} :", *(f"- {line}" for line in value.splitlines() if line.strip())]
            else:
                lines.append(f"{label} : {_inline(value)}")
        return "\n".join(lines)
    if isinstance(data, (list, tuple)):
        return "\n".join(f"- {_inline(item)}" for item in data)
    if data is None:
        return ""
    return str(data)


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_inline(item)}" for item in value.values() if item not in (None, ""))
    if isinstance(value, (list, tuple)):
        return ", ".join(_inline(item) for item in value)
    return " ".join(str(value).split())
