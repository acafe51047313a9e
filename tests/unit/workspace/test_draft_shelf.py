"""Drafts under review survive; what was proposed stays beside what is signed."""

import datetime as dt

import pytest

from assistai import AssistAI, InputError, WorkspaceError, load_settings
from assistai.workspace import SavedDraft
from assistai.workspace.drafts import signed

NOW = dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC)


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        self.now += dt.timedelta(minutes=1)
        return self.now


@pytest.fixture
def ai(tmp_path):
    return AssistAI(load_settings(data_dir=tmp_path / "var"), clock=Clock())


def saved(ai, draft_id="d1"):
    draft = ai.drafts.draft("invitation", "À : Claire\nObjet : comité\nDate : mardi 10 mars 2026\nHeure : 14h30")
    return SavedDraft(draft_id, draft, draft)


def test_a_saved_draft_comes_back_equal_with_its_sources(ai):
    one = saved(ai)
    ai.workspace.drafts.save(one)
    again = AssistAI(ai.settings).workspace.drafts.load("d1")
    assert again == one
    assert again.draft.sources
    assert ai.drafts.revise(again.draft, body=again.draft.body).facts == one.draft.facts


def test_the_signed_text_stands_beside_the_proposal(ai):
    one = saved(ai)
    changed = ai.drafts.revise(one.draft, body=one.draft.body.replace("14 h 30", "15 h"))
    ai.workspace.drafts.save(signed(SavedDraft("d1", changed, one.proposal), "approuve", " Hélène ", NOW))
    ai.workspace.drafts.save(saved(ai, "d2"))
    again = ai.workspace.drafts.load("d1")
    assert (again.proposal, again.draft.body) == (one.proposal, changed.body)
    assert (again.review.status, again.review.reviewer, again.review.at) == ("approuve", "Hélène", NOW)
    assert [(item.id, item.status, item.kind, item.to) for item in ai.workspace.drafts.list()] == [
        ("d2", "projet", "invitation", ("Claire",)),
        ("d1", "approuve", "invitation", ("Claire",)),
    ]


def test_nobody_signs_without_a_name(ai):
    with pytest.raises(InputError) as caught:
        signed(saved(ai), "relu", " ", NOW)
    assert caught.value.code == "reviewer_missing"


def test_deleting_forgets_and_says_so(ai):
    ai.workspace.drafts.save(saved(ai))
    ai.workspace.drafts.delete("d1")
    ai.workspace.drafts.delete("d1")
    assert ai.workspace.drafts.list() == ()
    with pytest.raises(WorkspaceError) as caught:
        ai.workspace.drafts.load("d1")
    assert caught.value.code == "draft_missing"
