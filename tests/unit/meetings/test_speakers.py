"""Renaming and merging speakers."""

from hypothesis import given
from hypothesis import strategies as st

from assistai.meetings.speakers import rename_speaker
from assistai.meetings.transcript import Transcript, Turn

TRANSCRIPT = Transcript((Turn(0, "SPEAKER_00", "Bonjour."), Turn(1, "Sophie", "Oui."), Turn(2, None, "…")))


def test_renaming_keeps_places_and_words():
    renamed = rename_speaker(TRANSCRIPT, "SPEAKER_00", "  Marc  Petit ")
    assert [(turn.index, turn.speaker, turn.text) for turn in renamed.turns] == [
        (0, "Marc Petit", "Bonjour."),
        (1, "Sophie", "Oui."),
        (2, None, "…"),
    ]


def test_an_existing_name_merges_and_a_blank_one_takes_the_name_away():
    assert rename_speaker(TRANSCRIPT, "SPEAKER_00", "Sophie").participants == ("Sophie",)
    assert rename_speaker(TRANSCRIPT, "Sophie", " ").participants == ("SPEAKER_00",)


@given(st.text())
def test_a_name_that_nobody_has_changes_nothing(name):
    if name not in TRANSCRIPT.participants:
        assert rename_speaker(TRANSCRIPT, name, "X") == TRANSCRIPT
