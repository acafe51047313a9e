"""What a person does to proposed minutes."""

import datetime as dt

import pytest

from assistai import AssistAI, InputError, load_settings
from assistai.meetings import editing
from assistai.meetings.minutes import Due

TEXT = """\
Marc Petit : Bonjour à tous, on commence par le déménagement.
Marc Petit : Sophie, tu peux réserver le camion pour vendredi ?
Sophie Martin : Oui, je réserve le camion.
Karim Benali : Je vais préparer le plan des bureaux.
Marc Petit : On valide le devis de Transalp à 4 000 euros.
Sophie Martin : D'accord.
Karim Benali : Qui garde les clés de l'ancien local ?
"""


@pytest.fixture(scope="module")
def ai(tmp_path_factory):
    return AssistAI(load_settings(data_dir=tmp_path_factory.mktemp("var")))


@pytest.fixture(scope="module")
def transcript(ai):
    return ai.meetings.read(TEXT, date=dt.date(2026, 3, 2))


@pytest.fixture(scope="module")
def minutes(ai, transcript):
    return ai.meetings.summarise(transcript)


def ids(items):
    return [item.id for item in items]


def test_the_engine_proposes_what_the_tests_below_change(minutes):
    assert [action.owner for action in minutes.actions] == ["Sophie Martin", "Karim Benali"]
    assert len(minutes.decisions) == 1
    assert all(item.verified for item in (*minutes.actions, *minutes.decisions))


def test_editing_changes_one_item_and_keeps_its_evidence(minutes, transcript):
    due = Due(spoken="vendredi", date=dt.date(2026, 3, 6), confidence=1.0)
    edited = editing.edit(minutes, transcript, "a1", owner="Karim Benali", due=due)
    assert (edited.actions[0].owner, edited.actions[0].due) == ("Karim Benali", due)
    assert edited.actions[0].evidence == minutes.actions[0].evidence
    assert edited.actions[1:] == minutes.actions[1:]


def test_nobody_can_edit_an_item_into_being_verified(minutes, transcript):
    false_quote = minutes.actions[0].evidence[0].model_copy(update={"quote": "Oui, je démissionne."})
    edited = editing.edit(minutes, transcript, "a1", evidence=(false_quote,), verified=True)
    assert not edited.actions[0].verified
    assert editing.edit(edited, transcript, "a1", evidence=minutes.actions[0].evidence).actions[0].verified


def test_an_added_item_has_a_new_id_and_is_unverified(minutes, transcript):
    added = editing.add(minutes, transcript, "actions", task="Commander les cartons", owner=None)
    assert added.actions[-1].task == "Commander les cartons"
    assert len(set(ids(added.actions))) == len(added.actions) == len(minutes.actions) + 1
    assert not added.actions[-1].verified


def test_deleting_uncovers_its_turns(minutes, transcript):
    left = editing.delete(minutes, transcript, "a2")
    assert ids(left.actions) == ["a1"]
    assert left.coverage.cited <= minutes.coverage.cited
    with pytest.raises(InputError, match="no longer exists"):
        editing.delete(left, transcript, "a2")


def test_merging_keeps_all_evidence_and_fills_what_lacks(minutes, transcript):
    bare = editing.edit(minutes, transcript, "a1", owner=None)
    merged = editing.merge(bare, transcript, ["a1", "a2"])
    assert ids(merged.actions) == ["a1"]
    assert merged.actions[0].task == minutes.actions[0].task
    assert merged.actions[0].owner == "Karim Benali"
    assert set(merged.actions[0].evidence) == {quote for item in minutes.actions for quote in item.evidence}
    assert merged.actions[0].verified


@pytest.mark.parametrize("chosen", [["a1"], ["a1", "a1"], ["a1", "d1"], []])
def test_merging_needs_two_of_one_list(minutes, transcript, chosen):
    with pytest.raises(InputError, match="at least two"):
        editing.merge(minutes, transcript, chosen)


def test_renaming_reaches_owners_quotes_and_participants(minutes, transcript):
    renamed, after = editing.rename_speaker(transcript, minutes, "Sophie Martin", "Sophie Morel")
    assert after.actions[0].owner == "Sophie Morel"
    assert "Sophie Martin" not in after.participants
    assert "Sophie Martin" not in {quote.speaker for action in after.actions for quote in action.evidence}
    assert all(action.verified for action in after.actions)
    assert "Sophie Morel" in renamed.participants


def test_renaming_to_a_known_name_merges_the_two(minutes, transcript):
    renamed, after = editing.rename_speaker(transcript, minutes, "Karim Benali", "Marc Petit")
    assert renamed.participants == ("Marc Petit", "Sophie Martin")
    assert after.actions[1].owner == "Marc Petit"


def test_off_record_turns_leave_every_word_of_the_minutes(minutes, transcript):
    turn = minutes.actions[1].evidence[0].turn
    marked, after = editing.set_off_record(transcript, minutes, [turn], off=True)
    assert ids(after.actions) == ["a1"]
    assert "plan des bureaux" not in after.to_json()
    assert after.coverage.off_record == 1
    assert after.coverage.read == minutes.coverage.read - 1
    _, back = editing.set_off_record(marked, after, [turn], off=False)
    assert {action.task for action in back.actions} == {action.task for action in minutes.actions}
    assert back.coverage.off_record == 0


def test_a_status_needs_a_name(minutes):
    at = dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC)
    assert editing.review(minutes, "relu", " Sophie Martin ", at).review.reviewer == "Sophie Martin"
    assert editing.review(minutes, "projet", None, at).review.reviewer is None
    for reviewer in (None, "  "):
        with pytest.raises(InputError, match="name of the person"):
            editing.review(minutes, "approuve", reviewer, at)
