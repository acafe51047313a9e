"""Speakers of a transcript: give one another name, or make two into one."""

from __future__ import annotations

from dataclasses import replace

from assistai.meetings.transcript import Transcript


def rename_speaker(transcript: Transcript, old: str, new: str) -> Transcript:
    """Return the transcript with every turn of `old` spoken by `new`; a `new` that already speaks merges the two."""
    return replace(
        transcript,
        turns=tuple(replace(turn, speaker=new) if turn.speaker == old else turn for turn in transcript.turns),
    )
