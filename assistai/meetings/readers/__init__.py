"""Read transcripts: WebVTT, SRT, Word, JSON and plain text, as products write them.

What a file is is told by its content; a name that says otherwise adds a notice. Every reader returns a `Reading`, and
`_transcript` makes the transcript out of it: turns, title, date.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

from assistai.errors import LimitExceeded, UnreadableInput
from assistai.meetings.meeting_date import meeting_date
from assistai.meetings.readers.entries import Line, Reading
from assistai.meetings.readers.turns import as_turns
from assistai.meetings.transcript import Transcript
from assistai.records import Notice
from assistai.settings import Settings

_BY_EXTENSION = {".vtt": "vtt", ".srt": "srt", ".docx": "docx", ".json": "json", ".txt": "text", ".md": "text"}
_MEGABYTE = 1_000_000


def read_file(path: Path, settings: Settings, *, date: dt.date | None = None) -> Transcript:
    """Return the transcript in a file; its size is checked before a byte is read.

    Raises UnreadableInput where it is missing, a folder, forbidden or no transcript, LimitExceeded where it is too
    large.
    """
    try:
        if path.is_dir():
            raise UnreadableInput("is_folder", name=path.name)
        if not path.exists():
            raise UnreadableInput("file_missing", name=path)
        if not path.is_file():
            raise UnreadableInput("file_unreadable", name=path.name, reason="not a regular file")
        _check_size(path.stat().st_size, path.name, settings)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UnreadableInput("file_unreadable", name=path.name, reason=reason) from error
    return read_transcript(data, path.name, settings, date=date)


def read_transcript(data: bytes, name: str, settings: Settings, *, date: dt.date | None = None) -> Transcript:
    """Return the transcript in the bytes of a file called `name` ("" where it has none).

    `date`, if given, is the meeting's; otherwise file, name and speech are asked. The same bytes and name give the same
    transcript. Raises UnreadableInput where there is nothing to read, LimitExceeded where there is too much.
    """
    from assistai.files.encoding import decode
    from assistai.meetings.readers.sniffing import is_zip, refuse_other_kinds

    shown = name or "transcript"
    _check_size(len(data), shown, settings)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableInput("empty_file", name=shown)
    digest = hashlib.sha256(data).hexdigest()
    if is_zip(data):
        return _transcript(_word(data, shown, settings), name, digest, settings, date)
    refuse_other_kinds(data, shown)
    text, notices = decode(data, shown)
    reading = _text(text, name)
    return _transcript(replace(reading, notices=(*notices, *reading.notices)), name, digest, settings, date)


def read_text(text: str, settings: Settings, *, date: dt.date | None = None, name: str | None = None) -> Transcript:
    """Return the transcript in a text that was pasted: WebVTT, SRT, JSON or plain. Raises as `read_transcript`."""
    from assistai.files.encoding import clean

    data = text.encode("utf-8", errors="surrogatepass")
    shown = name or "transcript"
    _check_size(len(data), shown, settings)
    cleaned, notices = clean(text, shown)
    reading = _text(cleaned, name or "")
    digest = hashlib.sha256(data).hexdigest()
    return _transcript(replace(reading, notices=(*notices, *reading.notices)), name or "", digest, settings, date)


def _check_size(size: int, name: str, settings: Settings) -> None:
    if size > settings.max_file_megabytes * _MEGABYTE:
        megabytes = f"{size / _MEGABYTE:.0f}"
        raise LimitExceeded("file_too_large", name=name, size=megabytes, limit=settings.max_file_megabytes)


def _word(data: bytes, name: str, settings: Settings) -> Reading:
    from assistai.meetings.readers.docx import read_docx

    document = read_docx(data, name, 2 * settings.max_file_megabytes * _MEGABYTE)
    reading = _lines(document.lines, paragraphs=True)
    return replace(
        reading,
        format="docx",
        title=reading.title or document.title,
        created=document.created,
        notices=tuple(notice for notice in reading.notices if notice.code != "header_missing"),
    )


def _text(text: str, name: str) -> Reading:
    from assistai.meetings.readers.json import is_transcript, parse, read_json

    if not text.strip():
        raise UnreadableInput("empty_file", name=name or "transcript")
    is_named_json = name.lower().endswith((".json", ".jsonl"))
    if text.lstrip()[:1] in {"{", "["}:
        try:
            value = parse(text)
        except (ValueError, RecursionError) as error:
            if is_named_json:
                raise UnreadableInput("json_invalid", name=name, reason=error) from error
        else:
            if is_transcript(value):
                return read_json(value, name or "transcript")
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), start=1))
    return _lines(lines, paragraphs=False)


def _lines(lines: tuple[Line, ...], *, paragraphs: bool) -> Reading:
    from assistai.meetings.readers.cues import is_timing, read_cues
    from assistai.meetings.readers.plaintext import read_plain

    first = next((line.text.strip() for line in lines if line.text.strip()), "")
    if first.startswith("WEBVTT") or any(is_timing(line.text) for line in lines):
        return read_cues(lines)
    return read_plain(lines, paragraphs=paragraphs)


def _transcript(reading: Reading, name: str, digest: str, settings: Settings, given: dt.date | None) -> Transcript:
    from assistai.meetings.readers.titles import clean_title, title_from_name
    from assistai.meetings.utterances import main_language

    turns, split = as_turns(reading.entries, cut=reading.cut, max_characters=settings.max_turn_characters)
    if not turns:
        raise UnreadableInput("no_turns", name=name or "transcript")
    date, source, doubts = meeting_date(
        given=given,
        stated=reading.dates,
        name=name,
        created=reading.created,
        spoken=(turn.text for turn in turns),
        day_first=main_language(turns[:200]) == "fr",
    )
    notices = [*reading.notices, *split, *doubts]
    expected = _BY_EXTENSION.get(Path(name).suffix.lower()) if name else None
    if expected and expected != reading.format:
        notices.insert(0, Notice("extension_differs", None, (("format", reading.format.upper()), ("name", name))))
    return Transcript(
        turns=turns,
        title=(clean_title(reading.title) if reading.title else None) or title_from_name(name),
        date=date,
        date_source=source,
        format=reading.format,
        source_name=name or None,
        source_sha256=digest,
        notices=tuple(notices),
        failed_parts=reading.failed,
    )
