import datetime as dt

import pytest

from assistai.export.wording import minutes_view, one_line, printable
from assistai.meetings.minutes import Coverage, Due, Provenance, Review
from assistai.meetings.transcript import Transcript
from assistai.records import Notice


def test_line_breaks_are_unified_and_what_xml_forbids_is_left_out():
    assert printable("a\r\nb\x0bc\u2028d\x00\x1b\ufffe\x7fé🎉\t") == "a\nb\nc\ndé🎉\t"
    assert one_line("  a\n\n\tb\u00a0: ") == "a b\u00a0:"


@pytest.mark.parametrize(
    ("changes", "notice"),
    [
        ({}, "Prepared with AI assistance (embedded engine, no language model). Nobody has reviewed it yet."),
        ({"review": Review(status="relu")}, "Prepared with AI assistance (embedded engine, no language model). Nobody"),
        ({"review": Review(status="relu", reviewer="Ann")}, ". Reviewed by Ann."),
        (
            {"review": Review(status="diffuse", reviewer="Ann", at=dt.datetime(2026, 3, 4, tzinfo=dt.UTC))},
            "Reviewed and circulated by Ann on 4\u00a0March 2026.",
        ),
        (
            {
                "provenance": Provenance(
                    engine="langchain", model="m-7", source_sha256="", created_at=dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
                )
            },
            "(engine langchain, model m-7)",
        ),
    ],
)
def test_the_notice_names_engine_and_reviewer(changes, notice, minutes, settings):
    assert notice in minutes_view(minutes.model_copy(update=changes), "en", settings).notice


@pytest.mark.parametrize(
    ("due", "text", "note"),
    [
        (Due(), "to be set", "no date was said"),
        (Due(spoken="soon", reason="vague"), "no date", "too vague for a date"),
        (Due(spoken="soon", reason="unheard of"), "no date", "date to be specified"),
        (Due(spoken="Friday", date=dt.date(2026, 3, 6), confidence=0.85), "Friday 6\u00a0March 2026", "confidence 85%"),
    ],
)
def test_a_due_date_says_how_sure_it_is_or_why_there_is_none(due, text, note, minutes, settings):
    action = minutes.actions[0].model_copy(update={"due": due})
    (shown,) = minutes_view(minutes.model_copy(update={"actions": (action,)}), "en", settings).actions
    assert (shown.due.text, shown.due.note) == (text, note)


def test_of_many_uncited_stretches_the_longest_are_named_and_the_others_counted(minutes, settings):
    uncited = [{"from": 10 * n, "to": 10 * n + n % 3} for n in range(100)]
    coverage = Coverage.model_validate({"turns": 1000, "read": 1000, "cited": 1, "uncited": uncited})
    receipt = minutes_view(minutes.model_copy(update={"coverage": coverage}), "fr", settings).coverage
    assert receipt[-1].endswith("et 70 autres passages plus courts.")
    assert "21–23" in receipt[-1]


def test_warnings_are_in_words_with_their_details_where_the_transcript_has_them(minutes, settings):
    code = "off_record_unclosed"
    warned = minutes.model_copy(update={"notices": (code, "never_heard_of")})
    (shown,) = minutes_view(warned, "fr", settings, Transcript((), notices=(Notice(code),))).notices
    assert "hors procès-verbal" in shown
