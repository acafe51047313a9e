"""The meetings service: the one class behind the page, the command and the Python API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistai.errors import UnreadableInput
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.records import Language, Sensitivity
from assistai.settings import Settings

if TYPE_CHECKING:
    from assistai.meetings.composition import Progress, Stage
    from assistai.meetings.writing import Watch, Writing
    from assistai.models.chat import ChatModel

Engine = Literal["settings", "embedded"]
"""Who writes: the chat model that the settings name, where they name one; or the embedded engine alone."""

_EMBEDDED_SHARE = 0.1
"""Share of the work, as progress counts it, that is done before a chat model writes."""


class Meetings:
    """Reads transcripts and summarises them into minutes."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], dt.datetime],
        chat_model: Callable[[], ChatModel | None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._chat_model = chat_model

    def read(self, source: Path | str | bytes, *, name: str | None = None, date: dt.date | None = None) -> Transcript:
        """Return the transcript in a file (a Path, or a str that names one), in bytes of one, or in pasted text.

        `name` is the file name that goes with bytes or text (format, title and date are looked for in it). What was
        said off the record is marked, not removed. Raises UnreadableInput or LimitExceeded.
        """
        from assistai.meetings.off_record import split_off_record
        from assistai.meetings.readers import read_file, read_text, read_transcript

        if isinstance(source, bytes):
            transcript = read_transcript(source, name or "", self._settings, date=date)
        elif path := _as_path(source):
            transcript = read_file(path, self._settings, date=date)
        else:
            transcript = read_text(str(source), self._settings, date=date, name=name)
        return split_off_record(transcript)

    def summarise(
        self,
        source: Path | str | bytes | Transcript,
        *,
        name: str | None = None,
        date: dt.date | None = None,
        language: Language | None = None,
        progress: Progress | None = None,
        engine: Engine = "settings",
        sensitivity: Sensitivity = "internal",
    ) -> Minutes:
        """Return the minutes of a meeting, every line with quotes that code has checked.

        `source` is as in `read`, or a transcript that was read before. `date` is the meeting's date: without one, and
        with none in the file, relative due dates stay unresolved and say why. `progress` is called with each stage.
        Where the settings name a chat model it writes over what was found (see `write`), unless `engine` is
        "embedded". `sensitivity` says who may see the meeting, and so which model.
        Raises UnreadableInput or LimitExceeded.
        """
        from assistai.meetings.composition import compose

        transcript = source if isinstance(source, Transcript) else self.read(source, name=name, date=date)
        if engine == "embedded" or self._chat_model() is None:
            return compose(
                transcript,
                created_at=self._clock(),
                language=language,
                sensitivity=sensitivity,
                progress=progress,
            )

        def at(stage: Stage, done: float) -> None:
            if progress and stage != "done":
                progress(stage, done * _EMBEDDED_SHARE)

        def watch(writing: Writing) -> None:
            if progress:
                done = (writing.part - 1) / writing.parts
                progress("writing", _EMBEDDED_SHARE + (1 - _EMBEDDED_SHARE) * done)

        minutes = compose(transcript, created_at=self._clock(), language=language, sensitivity=sensitivity, progress=at)
        minutes = self.write(minutes, transcript, watch=watch)
        if progress:
            progress("done", 1.0)
        return minutes

    def write(
        self,
        minutes: Minutes,
        transcript: Transcript,
        *,
        watch: Watch | None = None,
    ) -> Minutes:
        """Return minutes of the embedded engine with titles, summaries and wording by the chat model of the settings.

        Every line that the model wrote is checked by code; what fails is marked unverified, and where the model does
        not help the embedded engine's lines stay and `provenance.problems` says so. What was said off the record is
        never sent, nor are minutes whose `sensitivity` is above what a model on another machine may see. `watch` is
        called as the model writes; an exception that it raises stops the work. Without a chat model the minutes come
        back unchanged.
        """
        from assistai.meetings.writing import write

        model = self._chat_model()
        if model is None:
            return minutes
        return write(minutes, transcript, model, self._settings, watch=watch)


def _as_path(source: Path | str) -> Path | None:
    """Return the path that `source` names, or None where it is text; a missing file is an error, not a text."""
    if isinstance(source, Path):
        return source
    if "\n" in source or len(source) > 1024 or "\x00" in source:
        return None
    path = Path(source)
    try:
        if path.exists():
            return path
    except OSError:
        return None
    if path.suffix.lower() in {".vtt", ".srt", ".txt", ".docx", ".json", ".md"} and " : " not in source:
        raise UnreadableInput("file_missing", name=source)
    return None
