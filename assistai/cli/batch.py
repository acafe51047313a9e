"""Batch work: many transcripts in, one file a format out, each failure named and the others done."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from assistai.app import AssistAI
from assistai.errors import AssistAIError, InputError
from assistai.export import FORMATS, export
from assistai.i18n import translate
from assistai.meetings.minutes import Minutes
from assistai.meetings.problems import problem_texts
from assistai.meetings.service import Engine
from assistai.models.usage import usage_text
from assistai.records import Language, Sensitivity
from assistai.settings import Settings

_TEXT_FORMATS = frozenset({"json", "md", "csv", "html", "ics"})


def parse_formats(text: str) -> tuple[str, ...]:
    """Return the formats of a comma-separated list, in order; wrong usage where one is unknown."""
    formats = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise typer.BadParameter(f"{', '.join(unknown) or '(none)'} – known: {', '.join(FORMATS)}")
    return formats


def parse_language(text: str | None) -> Language | None:
    """Return the language that the option names, None for the meeting's own."""
    for language in get_args(Language):
        if text == language:
            return language  # type: ignore[no-any-return]
    if text is not None:
        raise typer.BadParameter(f"{text} – known: {', '.join(get_args(Language))}")
    return None


def parse_date(text: str | None) -> dt.date | None:
    """Return the date that the option gives as YYYY-MM-DD, None where it is absent."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} – YYYY-MM-DD") from error


def parse_level(text: str) -> Sensitivity:
    """Return the level of sensitivity that the option names."""
    for level in get_args(Sensitivity):
        if text == level:
            return level  # type: ignore[no-any-return]
    raise typer.BadParameter(f"{text} – known: {', '.join(get_args(Sensitivity))}")


def model_lines(minutes: Minutes, language: Language) -> list[str]:
    """Return what a chat model wrote and took, and each problem that it had; nothing where none was asked."""
    lines = problem_texts(minutes.provenance, language)
    usage = usage_text(minutes.provenance, language)
    return [*lines, usage] if usage else lines


def summarise_files(
    files: Sequence[Path],
    out: Path | None,
    formats: Sequence[str],
    language: Language | None,
    date: dt.date | None,
    settings: Settings,
    *,
    engine: Engine = "settings",
    sensitivity: Sensitivity = "internal",
) -> list[Path]:
    """Write the minutes of each file in each format, and return the files that failed.

    `reunion.vtt` becomes `reunion.json`, `reunion.docx` … in `out` (here, by default); a second file of one name gets
    a number. Where `out` is None and the one format is text, the minutes go to standard output instead (JSON one
    object a line). Progress and failures go to standard error, the paths written to standard output. A file is written
    whole or not at all.
    """
    assistai = AssistAI(settings)
    console = Console(stderr=True, highlight=False)
    to_output = out is None and len(formats) == 1 and formats[0] in _TEXT_FORMATS
    failed: list[Path] = []
    taken: set[str] = set()
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(files))
        for number, path in enumerate(files):
            progress.update(task, description=path.name, completed=number)

            def advance(_stage: str, fraction: float, number: int = number) -> None:
                progress.update(task, completed=number + fraction)

            try:
                transcript = assistai.meetings.read(path, date=date)
                for notice in transcript.notices:
                    message = translate(f"notices.{notice.code}", settings.language, **dict(notice.params))
                    console.print(f"{path}: {message}", markup=False, soft_wrap=True)
                minutes = assistai.meetings.summarise(
                    transcript, language=language, progress=advance, engine=engine, sensitivity=sensitivity
                )
                for line in model_lines(minutes, settings.language):
                    console.print(f"{path}: {line}", markup=False, soft_wrap=True)
                contents = {
                    name: export(minutes, name, language=language, settings=settings, transcript=transcript)
                    for name in formats
                }
                written = [] if to_output else _write(contents, out or Path(), _free_name(path.stem, taken))
            except AssistAIError as error:
                failed.append(path)
                console.print(f"{path}: {error.message(settings.language)}", markup=False, soft_wrap=True, style="red")
            else:
                if to_output:
                    _print(formats[0], contents[formats[0]].decode("utf-8-sig"))
                for file in written:
                    typer.echo(file)
    return failed


def _print(name: str, text: str) -> None:
    typer.echo(json.dumps(json.loads(text), ensure_ascii=False) if name == "json" else text)


def _free_name(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_{number}"
    taken.add(name.casefold())
    return name


def _write(contents: Mapping[str, bytes], out: Path, stem: str) -> list[Path]:
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            target = out / f"{stem}.{name}"
            _write_whole(target, content)
            written.append(target)
    except OSError as error:
        raise InputError("output_unwritable", path=out, reason=error.strerror or error) from error
    return written


def _write_whole(target: Path, content: bytes) -> None:
    """Write beside the target and move there, so that a reader never sees half a file."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()
