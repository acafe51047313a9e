"""Speakers of a transcript: give one another name, or make two into one."""

from __future__ import annotations

from dataclasses import replace

from assistai.meetings.transcript import Transcript


def rename_speaker(transcript: Transcript, old: str, new: str) -> Transcript:
    """Return the transcript with every turn of `old` spoken by `new`; a `new` that already speaks merges the two.

    Turns keep their places, so that quotes still name theirs. White space around `new` does not count, and a blank
    `new` takes the name away.
    """
    name = " ".join(new.split()) or None
    return replace(
        transcript,
        turns=tuple(replace(turn, speaker=name) if turn.speaker == old else turn for turn in transcript.turns),
    )
