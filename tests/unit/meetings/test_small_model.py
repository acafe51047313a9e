"""A real model over a real server (llama.cpp, SmolLM2-135M): it is weak and invents; what we promise must hold."""

import datetime as dt

import pytest

from assistai import AssistAI, load_settings
from assistai.meetings.composition import quotes
from assistai.meetings.verification import quote_stands

TEXT = """\
Anna Reed: Ben, could you book the large room for Friday?
Ben Cole: Sure, I'll book the large room.
Anna Reed: We go with the offer from Northwind, twelve thousand euros for the year.
Ben Cole: Agreed.
"""


@pytest.fixture(scope="module")
def written(llama, tmp_path_factory):
    settings = load_settings(data_dir=tmp_path_factory.mktemp("var"), model_max_tokens=120, model_retries=0, **llama)
    ai = AssistAI(settings)
    transcript = ai.meetings.read(TEXT, date=dt.date(2026, 3, 2))
    before = ai.meetings.summarise(transcript, engine="embedded")
    heard = []
    return transcript, before, ai.meetings.write(before, transcript, watch=heard.append), heard


def test_nothing_that_it_invents_is_shown_as_verified(written):
    transcript, _, minutes, _ = written
    lines = [*minutes.decisions, *minutes.actions, *minutes.questions]
    lines += [statement for topic in minutes.topics for statement in topic.summary]
    said = TEXT.casefold()
    for line in lines:
        text = getattr(line, "task", None) or line.text
        if line.verified:
            assert all(quote_stands(quote, transcript) for quote in line.evidence)
            assert all(word.casefold().strip(".,'’s") in said for word in text.split() if word[:1].isupper())


def test_what_was_found_without_it_is_still_there(written):
    _, before, minutes, _ = written
    for kind in ("decisions", "actions", "questions"):
        after = {item.id: item for item in getattr(minutes, kind)}
        for item in getattr(before, kind):
            assert after[item.id].evidence == item.evidence
            assert after[item.id].verified
    assert [action.owner for action in before.actions] == [
        action.owner for action in minutes.actions if action.id in {one.id for one in before.actions}
    ]


def test_it_says_what_it_took_or_why_it_failed(written):
    _, before, minutes, heard = written
    made = minutes.provenance
    assert made.parts >= 1
    assert heard
    if made.model is None:
        assert made.problems
        assert "model_did_not_help" in minutes.notices
    else:
        assert made.tokens_read > 0
    assert {quote.turn for quote in quotes(before)} <= set(range(4))
