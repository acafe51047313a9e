"""What is said off the record is marked, and only that; where in doubt it is held back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistai.meetings.off_record import mark_turns, split_off_record
from assistai.meetings.transcript import Transcript, Turn


def _split(*texts):
    turns = tuple(Turn(n, "AB"[n % 2], text, n * 10.0, n * 10.0 + 5, n + 1) for n, text in enumerate(texts))
    return split_off_record(Transcript(turns))


def _marked(*texts):
    """The pieces, those off the record behind a #."""
    return [("#" if turn.off_record else "") + turn.text for turn in _split(*texts).turns]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Budget. [hors procès-verbal] Secret [fin] Public.", "Budget. # Public."),
        ("[Hors P.-V.] s [FIN] p", "# p"),
        ("(hors PV) a (fin du hors PV) b", "# b"),
        ("[off the record] a [end] b", "# b"),
        ("[off] a [back on the record] b", "# b"),
        ("*** HORS PROCÈS-VERBAL *** a *** FIN *** b", "# b"),
        ("[début hors procès-verbal] a [fin hors procès-verbal] b", "# b"),
        ("[hors procès-verbal : Marc va partir bientôt] Le budget.", "# Le budget."),
        ("Ceci est hors procès-verbal : secret. On reprend. Bon.", "# Bon."),
        (
            "Ce que je vais dire est off. Secret. On reprend le PV, donc le budget est validé",
            "# donc le budget est validé",
        ),
        ("Off the record, Paul leaves. Back on the record. Budget", "# Budget"),
        ("This is off the record. Paul. ok so we're back on the record, b", "# b"),
        ("Entre nous, ne le notez pas, Paul part.", "#"),
        ("Paul part. Ne notez pas ça. Il le sait.", "#"),
    ],
)
def test_a_passage_becomes_turns_of_its_own(text, pieces):
    """A # stands for what is hidden: one piece, from the opening mark to the closing one."""
    turns = _split(text).turns
    assert " ".join("#" if turn.off_record else turn.text for turn in turns) == pieces
    assert all(turn.text in text for turn in turns)


@pytest.mark.parametrize(
    "text",
    [
        "La semaine dernière, hors procès-verbal, il a dit que oui.",
        "C'était off the record.",
        "He told me off the record that Paul leaves.",
        "This is not off the record.",
        "Ce n'est pas hors procès-verbal.",
        "We talked about off-record systems and the (off) button. It is [off-topic].",
        "Bonjour [hors micro] à tous.",
        "Fin. [fin] merci. [end]",
        "On reprend le procès-verbal de mars.",
        "Le compte rendu est prêt. Ne notez pas les absents comme présents.",
    ],
)
def test_a_mention_or_a_lone_close_hides_nothing(text):
    assert _marked(text) == [text]


def test_a_passage_runs_over_turns_until_it_is_closed():
    assert _marked("a", "[hors procès-verbal] secret", "oui secret", "[fin] b", "c") == [
        "a", "#[hors procès-verbal] secret", "#oui secret", "#[fin]", "b", "c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "spoken", ["on ne reprend pas le procès-verbal", "when we are back on the record", "[hors pv]"]
)
def test_what_only_sounds_like_a_close_keeps_the_rest_private(spoken):
    transcript = _split("a", "[off the record]", spoken, "secret")
    assert [turn.off_record for turn in transcript.turns] == [False, True, True, True]
    assert [notice.code for notice in transcript.notices] == ["off_record_unclosed"]
    assert transcript.notices[0].line == 2


def test_a_request_not_to_note_hides_the_turn_before_it():
    assert _marked("Paul part", "ne notez pas ça", "ok") == ["#Paul part", "#ne notez pas ça", "ok"]


def test_pieces_keep_speaker_and_times_and_are_numbered_anew():
    transcript = _split("a", "b [hors PV] c [fin] d")
    assert [turn.index for turn in transcript.turns] == [0, 1, 2, 3]
    assert {(turn.speaker, turn.start, turn.end, turn.line) for turn in transcript.turns[1:]} == {("B", 10.0, 15.0, 2)}


def test_turns_chosen_by_hand_are_marked_and_put_back():
    transcript = Transcript((Turn(0, "A", "a"), Turn(1, "B", "b")))
    marked = mark_turns(transcript, [1], True)
    assert [turn.off_record for turn in marked.turns] == [False, True]
    assert mark_turns(marked, [1], False) == transcript


PIECES = st.sampled_from(
    ["[hors procès-verbal]", "[off the record]", "[fin]", "[end]", "Bonjour.", "secret", "Back on the record.", "\n",
     "Ne notez pas ça.", "This is off the record.", "(", "[", "hors", " "]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(PIECES | st.text(max_size=12), max_size=5).map(" ".join), max_size=6))
def test_nothing_is_lost_nothing_made_up_and_never_less_private(texts):
    once = _split(*texts)
    assert [turn.index for turn in once.turns] == list(range(len(once.turns)))
    assert all(any(turn.text in text for text in texts) for turn in once.turns)
    said = "".join("".join(texts).split())
    kept = "".join("".join(turn.text for turn in once.turns).split())
    assert len(kept) <= len(said)
    assert all(char.isspace() or char in ",.;:!…–—-" for char in _without(said, kept))
    again = split_off_record(once)
    assert _private_characters(again) >= _private_characters(once)


def _private_characters(transcript):
    return sum(len(turn.text) for turn in transcript.turns if turn.off_record)


def _without(said, kept):
    """The characters of `said` that are missing in its subsequence `kept`."""
    rest = iter(kept)
    wanted = next(rest, None)
    missing = []
    for char in said:
        if char == wanted:
            wanted = next(rest, None)
        else:
            missing.append(char)
    assert wanted is None
    return missing


def test_a_very_long_turn_is_read_in_one_pass():
    text = "hors procès et ce que je vais dire " * 5_000 + "[hors PV] secret"
    transcript = _split(text)
    assert transcript.turns[-1].text == "[hors PV] secret"
    assert [turn.off_record for turn in transcript.turns] == [False, True]
