"""A meeting in one endless sentence is cut into pieces that stay where they were said."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistai.meetings.extraction.decisions import find_decisions
from assistai.meetings.extraction.pieces import in_pieces
from assistai.meetings.off_record import split_off_record
from assistai.meetings.transcript import Transcript, Turn
from assistai.meetings.utterances import utterances


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["donc on parle", "du budget", "x" * 700, "  ", "so we"]), max_size=200).map(" ".join))
def test_pieces_are_short_verbatim_and_complete(text):
    pieces = in_pieces(utterances([Turn(0, "A", text)]))
    assert [piece.index for piece in pieces] == list(range(len(pieces)))
    assert all(text[piece.start : piece.end] == piece.text and len(piece.text) <= 600 for piece in pieces)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())


def test_a_decision_in_an_hour_without_full_stops_is_found():
    text = "voilà je vous parle du budget et des travaux " * 2_000 + "donc on décide de fermer le site de Brest en juin"
    transcript = Transcript((Turn(0, "A", text),))
    (decision,) = find_decisions(utterances(transcript.turns), transcript)
    assert "fermer le site de Brest" in decision.text


def test_signs_without_end_are_read():
    for sign in ("(", "-", "[hors ", "*", "l'"):
        transcript = Transcript((Turn(0, "A", sign * 5_000),))
        assert len(split_off_record(transcript).turns) == 1
