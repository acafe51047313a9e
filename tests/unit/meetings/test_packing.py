"""Turns are packed whole: every character of every recorded turn is in one part as its own, in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.meetings.packing import pack
from assistai.meetings.transcript import Turn

WORDS = st.lists(st.sampled_from(["oui", "le devis.", "Karim", "d'accord ?", "x" * 90, "on verra…"]), max_size=60)
TURNS = st.lists(st.tuples(st.sampled_from(["Sophie", None]), WORDS.map(" ".join), st.booleans()), max_size=25)


def count(text):
    return len(text) // 4 + 1


@given(spoken=TURNS, room=st.integers(12, 400), extra=st.integers(0, 8))
def test_every_character_is_in_one_part_as_its_own(spoken, room, extra):
    turns = [Turn(n, who, text, off_record=off) for n, (who, text, off) in enumerate(spoken)]
    parts = pack(turns, room, count, lambda _turn: extra)
    own = [piece for part in parts for piece in part.own]
    for turn in turns:
        pieces = [piece for piece in own if piece.turn is turn]
        wanted = "" if turn.off_record or not turn.text.strip() else turn.text
        assert "".join(piece.text for piece in pieces) == wanted
    assert [piece.turn.index for piece in own] == sorted(piece.turn.index for piece in own)
    assert not any(piece.turn.off_record for part in parts for piece in (*part.own, *part.context))


@given(spoken=TURNS, room=st.integers(60, 400))
def test_a_part_fits_its_room(spoken, room):
    turns = [Turn(n, who, text) for n, (who, text, _) in enumerate(spoken)]
    for part in pack(turns, room, count):
        assert sum(count(piece.line) + 1 for piece in (*part.context, *part.own)) <= room


@given(spoken=TURNS, room=st.integers(60, 400))
def test_halves_hold_what_the_part_held(spoken, room):
    turns = [Turn(n, who, text) for n, (who, text, _) in enumerate(spoken)]
    for part in pack(turns, room, count):
        halves = part.halves()
        joined = [(piece.turn.index, piece.text) for half in halves for piece in half.own]
        assert "".join(text for _, text in joined) == "".join(piece.text for piece in part.own)


def test_context_is_what_was_said_just_before():
    turns = [Turn(n, "Marc", f"Phrase numéro {n} de la réunion.") for n in range(30)]
    first, second, *_ = pack(turns, 100, count)
    assert not first.context
    assert [piece.turn.index for piece in second.context][-1] == first.last == second.first - 1


@pytest.mark.parametrize("room", [1, 5, 40])
def test_one_endless_word_is_a_part_of_its_own(room):
    parts = pack([Turn(0, None, "a" * 1000), Turn(1, None, "b")], room, count)
    assert parts[0].own[0].text == "a" * 1000
    assert parts[-1].own[-1].text == "b"
