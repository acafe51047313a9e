"""`verified` is what code found, and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.evidence.quotes import is_verbatim
from assistai.meetings.minutes import Action, Coverage, Minutes, Provenance
from assistai.meetings.transcript import Transcript, Turn
from assistai.meetings.verification import is_verified, quote_stands, verify
from assistai.records import Quote

TURNS = (
    Turn(0, "Marc", "Je réserve la salle, d’accord.", 1.0, 4.5),
    Turn(1, None, "Entre nous, c'est trop cher.", 4.5, 6.0, off_record=True),
)
TRANSCRIPT = Transcript(TURNS)
GOOD = Quote(turn=0, speaker="Marc", start=1.0, end=4.5, quote="Je réserve la salle")


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Je réserve la Salle"},
        {"quote": "d'accord"},
        {"quote": "Je réserve  la salle"},
        {"quote": " "},
        {"quote": ""},
        {"turn": 7},
        {"turn": -2},
        {"speaker": "Sophie"},
        {"start": 2.0},
        {"end": None},
        {"turn": 1, "speaker": None, "start": 4.5, "end": 6.0, "quote": "trop cher"},
    ],
)
def test_a_quote_that_differs_in_anything_does_not_stand(change):
    assert quote_stands(GOOD, TRANSCRIPT)
    assert not quote_stands(GOOD.model_copy(update=change), TRANSCRIPT)


@given(st.text(min_size=1), st.data())
def test_every_visible_piece_of_a_text_is_verbatim_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert is_verbatim(text[start:end], text) == bool(text[start:end].strip())


def test_no_evidence_is_not_verified():
    assert not is_verified((), TRANSCRIPT)
    assert not is_verified((GOOD, GOOD.model_copy(update={"quote": "inventé"})), TRANSCRIPT)


def test_verify_overrules_what_the_items_say():
    actions = (
        Action(id="a1", task="Réserver la salle", evidence=(GOOD,), verified=False),
        Action(id="a2", task="Inventer", evidence=(), verified=True),
    )
    minutes = Minutes(
        title="Point",
        language="fr",
        actions=actions,
        coverage=Coverage(turns=2, read=1, cited=1, off_record=1),
        provenance=Provenance(source_sha256="0" * 64, created_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC)),
    )
    assert [action.verified for action in verify(minutes, TRANSCRIPT).actions] == [True, False]
    assert Minutes.from_json(minutes.to_json()) == minutes
