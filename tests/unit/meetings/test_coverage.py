"""The receipt adds up for every transcript."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistai.meetings.coverage import receipt
from assistai.meetings.transcript import Transcript, Turn


def _transcript(off_record, failed=()):
    turns = tuple(Turn(n, None, f"turn {n}", off_record=off) for n, off in enumerate(off_record))
    return Transcript(turns, failed_parts=failed)


@settings(max_examples=100)
@given(st.lists(st.booleans(), max_size=30), st.lists(st.integers(0, 29), max_size=30))
def test_every_turn_is_cited_uncited_or_off_the_record(off_record, named):
    transcript = _transcript(off_record)
    quotes = [transcript.turns[n].quote(0, 4) for n in named if n < len(off_record)]
    coverage = receipt(transcript, quotes)
    assert coverage.turns == len(off_record) == coverage.read + coverage.off_record
    assert coverage.cited + sum(gap.last - gap.first + 1 for gap in coverage.uncited) == coverage.read
    for gap in coverage.uncited:
        assert not any(off_record[gap.first : gap.last + 1])
        assert not {quote.turn for quote in quotes} & set(range(gap.first, gap.last + 1))


def test_uncited_stretches_are_as_long_as_they_can_be_and_a_turn_counts_once():
    transcript = _transcript([False] * 7)
    coverage = receipt(transcript, [transcript.turns[2].quote(0, 4), transcript.turns[2].quote(1, 3)])
    assert coverage.cited == 1
    assert [(gap.first, gap.last) for gap in coverage.uncited] == [(0, 1), (3, 6)]


def test_an_off_record_turn_ends_a_stretch_and_what_failed_is_named():
    coverage = receipt(_transcript([False, True, False], failed=("cue 17, line 80",)), [])
    assert [(gap.first, gap.last) for gap in coverage.uncited] == [(0, 0), (2, 2)]
    assert coverage.failed_parts == ("cue 17, line 80",)


def test_a_meeting_without_turns_has_an_empty_receipt():
    assert receipt(_transcript([]), []).model_dump() == {
        "turns": 0, "read": 0, "cited": 0, "off_record": 0, "failed_parts": (), "uncited": (),
    }  # fmt: skip
