"""Batch work: many transcripts in, one file a format out, each failure named and the others done."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from assistai.app import AssistAI
from assistai.errors import AssistAIError, InputError
from assistai.export import FORMATS, export, file_name
from assistai.i18n import translate
from assistai.meetings.minutes import Minutes
from assistai.records import Language
from assistai.settings import Settings


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


def summarise_files(
    files: Sequence[Path],
    out: Path,
    formats: Sequence[str],
    language: Language | None,
    date: dt.date | None,
    settings: Settings,
) -> list[Path]:
    """Write the minutes of each file in each format to `out`, and return the files that failed.

    Progress and failures go to standard error, the paths written to standard output. A file is written whole or not
    at all; two meetings of one title and date get different names.
    """
    assistai = AssistAI(settings)
    console = Console(stderr=True, highlight=False)
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
                minutes = assistai.meetings.summarise(transcript, language=language, progress=advance)
                written = _write(minutes, out, formats, language, settings, taken)
            except AssistAIError as error:
                failed.append(path)
                console.print(f"{path}: {error.message(settings.language)}", markup=False, soft_wrap=True, style="red")
            else:
                for file in written:
                    typer.echo(file)
    return failed


def _write(
    minutes: Minutes,
    out: Path,
    formats: Sequence[str],
    language: Language | None,
    settings: Settings,
    taken: set[str],
) -> list[Path]:
    contents = {name: export(minutes, name, language=language, settings=settings) for name in formats}
    stem = base = Path(file_name(minutes, formats[0])).stem
    number = 1
    while stem in taken:
        number += 1
        stem = f"{base}_{number}"
    taken.add(stem)
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
