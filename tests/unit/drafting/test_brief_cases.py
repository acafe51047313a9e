"""Briefs with planted traps: what the draft must say and must not, what is missing, what is marked."""

import datetime as dt

import pytest

from assistai import AssistAI, load_settings
from assistai.i18n import catalogue
from benchmarks.briefs import TODAY, facts_invented, facts_lost, load_briefs, plain

CASES = load_briefs()


@pytest.fixture(scope="module")
def draft_of(tmp_path_factory):
    clock = dt.datetime.combine(TODAY, dt.time(10), dt.UTC)
    drafts = AssistAI(load_settings(data_dir=tmp_path_factory.mktemp("var")), clock=lambda: clock).drafts
    done = {}

    def once(case):
        if case.id not in done:
            done[case.id] = drafts.draft(case.kind, case.brief, language=case.language, sources=case.sources)
        return done[case.id]

    return once


def test_there_are_enough_cases_of_most_kinds(draft_of):
    assert len(CASES) >= 40
    assert len({case.id for case in CASES}) == len(CASES)
    assert len({draft_of(case).kind for case in CASES}) >= 13
    assert sum(draft_of(case).language == "en" for case in CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_draft_says_what_the_brief_says_and_nothing_else(case, draft_of):
    draft, wanted = draft_of(case), case.wanted
    written = plain(f"{draft.subject}\n{draft.body}")
    for text in wanted.get("says", ()):
        assert text in written
    for text in wanted.get("never", ()):
        assert text not in written
    if "placeholders" in wanted:
        assert list(draft.placeholders) == wanted["placeholders"]
    if "to" in wanted:
        assert [one.name for one in draft.recipients] == wanted["to"]
    assert facts_lost(case, draft) == []
    assert facts_invented(draft) == wanted.get("untraced", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_traps_are_marked_and_the_rest_is_clean(case, draft_of):
    draft, wanted = draft_of(case), case.wanted
    assert sorted({finding.rule for finding in draft.style}) == wanted.get("style", [])
    contradicted = [plain(fact.text) for fact in draft.facts if fact.trace == "contradicted"]
    assert contradicted == wanted.get("contradicted", [])
    weekday = [plain(fact.text) for fact in draft.facts if fact.note and fact.trace == "traced"]
    assert weekday == wanted.get("weekday", [])
    words = catalogue("drafting", draft.language)
    assert set(draft.notices) == {words[code] for code in wanted.get("notices", ())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_facts_stand_where_they_say(case, draft_of):
    draft = draft_of(case)
    for item in (*draft.facts, *draft.promises):
        assert draft.body[slice(*item.span)] == item.text
    for fact in draft.facts:
        assert (fact.source is None) == (fact.quote is None)
