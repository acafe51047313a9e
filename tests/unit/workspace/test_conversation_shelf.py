"""Conversations come back as they were held, to their reader alone."""

import datetime as dt

import pytest

from assistai import AssistAI, WorkspaceError, load_settings
from assistai.documents.answers import Answer, AnswerSentence, Citation
from assistai.documents.conversations import Conversation, Turn, from_saved, joined, to_save
from assistai.workspace.scope import Filter

NOW = dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC)
QUOTE = Citation(document="d", title="t", page=2, start=3, end=9, quote="trois ", score=0.5, verified=True)


@pytest.fixture
def shelf(tmp_path):
    return AssistAI(load_settings(data_dir=tmp_path / "var")).workspace.conversations


def held(conversation_id="c1", reader="me", question="Combien ?"):
    answer = Answer(question=question, answered=True, sentences=(AnswerSentence(text="trois", citations=(QUOTE,)),))
    wanted = Filter(collection="RH", validity=("in_force",), effective_on=NOW.date())
    turn = Turn(answer=answer, at=NOW, wanted=wanted, early=True, judged=True)
    return Conversation(id=conversation_id, reader=reader, turns=(turn,), asked=("Et après ?",))


def test_a_conversation_comes_back_equal(shelf):
    shelf.save(to_save(held()))
    assert from_saved(shelf.load("c1", "me")) == held()


def test_a_conversation_that_was_deleted_does_not_come_back(shelf):
    shelf.save(to_save(held()))
    shelf.save(later := to_save(held(question="Et alors ?")), after=to_save(held()))
    shelf.delete("c1")
    with pytest.raises(WorkspaceError) as error:
        shelf.save(to_save(held()), after=later)
    assert error.value.code == "conversation_missing"
    assert not shelf.list("me")


def test_a_conversation_that_went_on_elsewhere_is_not_overwritten(shelf):
    begun = held()
    shelf.save(to_save(begun))
    there = begun.model_copy(update={"turns": (*begun.turns, turn(1, "Et là ?")), "asked": ()})
    assert shelf.save(to_save(there), after=to_save(begun))
    here = begun.model_copy(update={"turns": (*begun.turns, turn(2, "Et ici ?")), "asked": ("Encore ?",)})
    assert not shelf.save(to_save(here), after=to_save(begun))
    kept = shelf.load("c1", "me")
    both = joined(here, from_saved(kept))
    assert [one.answer.question for one in both.turns] == ["Combien ?", "Et là ?", "Et ici ?"]
    assert both.asked == ("Encore ?",)
    assert both.turns[0].judged
    assert shelf.save(to_save(both), after=kept)


def turn(minutes, question):
    answer = Answer(question=question, answered=False)
    return Turn(answer=answer, at=NOW + dt.timedelta(minutes=minutes))


def test_what_was_not_asked_for_long_is_deleted_whoever_it_is_of(tmp_path):
    now = [NOW]
    shelf = AssistAI(load_settings(data_dir=tmp_path / "var"), clock=lambda: now[0]).workspace.conversations
    shelf.save(to_save(held()))
    now[0] += dt.timedelta(days=30)
    shelf.save(to_save(held("c2", "other")))
    shelf.delete_unchanged(30)
    assert shelf.list("me")
    now[0] += dt.timedelta(hours=1)
    shelf.delete_unchanged(30)
    assert not shelf.list("me")
    assert shelf.list("other")


def test_a_reader_lists_and_opens_only_their_own(shelf):
    shelf.save(to_save(held()))
    shelf.save(to_save(held("c2", "other", "Pourquoi ?")))
    assert [entry.question for entry in shelf.list("other")] == ["Pourquoi ?"]
    with pytest.raises(WorkspaceError) as error:
        shelf.load("c1", "other")
    assert error.value.code == "conversation_missing"
    shelf.delete("c1")
    assert shelf.list("me") == ()


def test_a_follow_up_keeps_the_question_as_it_was_understood():
    turn = Turn(answer=Answer(question="Et lundi ?", understood="Télétravail, et lundi ?", answered=False), at=NOW)
    assert Conversation(id="c", reader="me").subject is None
    assert held().subject == "Combien ?"
    assert Conversation(id="c", reader="me", turns=(turn,)).subject == "Télétravail, et lundi ?"
