"""A meeting's title out of a file name or a heading: dates, times and what recorders add taken off."""

from __future__ import annotations

import re

from assistai.meetings.written_dates import find_dates

_EXTENSION = re.compile(
    r"(?:\.(?:vtt|srt|sbv|docx?|txt|text|md|markdown|json|jsonl|transcript|cc|mp4|m4a|mp3|wav|webm))+$", re.I
)
_RECORDER = re.compile(
    r"(?:^|(?<=[\s_.\-–—(]))(?:"
    r"GMT\d{8}-\d{6}|\d{8}[_T-]\d{4,6}Z?|recording(?: ?\d+x\d+| ?\d{1,2})?|"
    r"meeting[ _]recording|meeting[ _]transcript(?:ion)?|"
    r"enregistrement de (?:la )?réunion|transcription de (?:la )?réunion|transcript(?:ion)?|transcribed|verbatim|"
    r"notes (?:by|de|par) gemini|gmt|utc|cest|cet|(?<= )\d{2}_\d{2}|"
    r"closed[ _]captions?|captions?|subtitles?|sous-titres|audio[ _]only|meeting[ _]saved|saved|\d{3,4}x\d{3,4}|"
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r")(?=$|[\s_.\-–—)])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:^|(?<=[\s_.\-–—,]))(?:\d{1,2}\s?[h:]\s?\d{2}(?:\s?[ap]m)?|\d{1,2}\s?[ap]m|\d{1,2}h)(?=$|[\s_.\-–—,])", re.I
)
_EDGE = " \t\u00a0_-–—.,;:|•·/\\()[]{}#*"
_NO_TITLE = frozenset(
    "audio video file fichier document untitled text texte meeting reunion réunion input copie copy".split()
)


def title_from_name(name: str) -> str | None:
    """Return the title in a file's name, its folder and extension taken off, or None where nothing is left."""
    return clean_title(_EXTENSION.sub("", re.split(r"[/\\]", name)[-1]))


def clean_title(text: str) -> str | None:
    """Return a title of at most 200 characters, without dates, times and recorders' words.

    None where nothing is left.
    """
    bare = " ".join(text[:1_000].split())
    spaced = _RECORDER.sub(" ", _RECORDER.sub(" ", bare).replace("_", " "))
    for found in reversed(find_dates(spaced)):
        before = re.sub(r"\b(?:du|le|on|of the|of|au|en date du)\s*$", "", spaced[: found.start], flags=re.IGNORECASE)
        spaced = f"{before} {spaced[found.end :]}"
    spaced = _TIME.sub(" ", spaced)
    spaced = re.sub(r"\s*[-–—]\s*(?=[-–—]|$)|\(\s*\)|\[\s*\]", " ", " ".join(spaced.split()))
    title = " ".join(spaced.split()).strip(_EDGE)
    if title.count("(") > title.count(")"):
        title += ")"
    if not any(char.isalpha() for char in title) or title.casefold() in _NO_TITLE:
        return None
    return title[:200].strip()
