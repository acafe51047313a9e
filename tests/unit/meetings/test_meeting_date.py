"""The meeting's date: told, never guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.i18n import catalogue
from assistai.meetings.meeting_date import meeting_date
from assistai.meetings.written_dates import find_dates

SECOND = dt.date(2026, 3, 2)
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "January February March April May June July August September October November December".split(),
)
DAYS = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
)


def codes(result):
    return [notice.code for notice in result[2]]


@pytest.mark.parametrize(
    "name",
    [
        "2026-03-02 Comité.vtt",
        "20260302.vtt",
        "CR_20260302_codir.docx",
        "02-03-2026.txt",
        "CODIR 02.03.2026.txt",
        "CR 02-03-26.txt",
        "Comité du 2 mars 2026.docx",
        "GMT20260302-140000_Recording.transcript.vtt",
        "meeting_2026_03_02.json",
        "Point hebdo-20260302_140000-Transcription.docx",
        "Board March 2, 2026.txt",
    ],
)
def test_names(name):
    assert meeting_date(name=name) == (SECOND, "filename", ())


@pytest.mark.parametrize("name", ["budget 2026.vtt", "salle 12-34-5678.txt", "mars.txt", "20261345.vtt"])
def test_names_without_a_date(name):
    assert meeting_date(name=name)[0] is None


def test_the_order():
    everything = {
        "given": dt.date(2026, 1, 1),
        "stated": ["Date : 2 février 2026"],
        "name": "2026-03-03.vtt",
        "spoken": ["Nous sommes le 4 avril 2026."],
    }
    found = []
    for key in ("given", "stated", "name", "spoken"):
        found.append(meeting_date(**everything)[:2])
        del everything[key]
    assert found == [
        (dt.date(2026, 1, 1), "given"),
        (dt.date(2026, 2, 2), "metadata"),
        (dt.date(2026, 3, 3), "filename"),
        (dt.date(2026, 4, 4), "spoken"),
    ]
    assert meeting_date() == (None, None, meeting_date()[2])
    assert codes(meeting_date()) == ["date_unknown"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bonjour, nous sommes le lundi 2 mars 2026.",
        "on est le deux mars deux mille vingt-six",
        "Aujourd'hui, lundi 2 mars 2026, on parle du budget.",
        "Bienvenue à cette réunion du 2 mars 2026.",
        "J'ouvre la séance du comité du lundi 2 mars 2026.",
        "Today is Monday, March 2nd, 2026.",
        "OK so we're the 2nd of March 2026.",
        "It's March second, twenty twenty-six.",
        "Welcome to the March 2, 2026 meeting.",
    ],
)
def test_sentences_that_say_the_day(sentence):
    assert meeting_date(spoken=["Bonjour.", sentence]) == (SECOND, "spoken", ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Il faut livrer avant le 2 mars 2026.",
        "Le compte rendu de la réunion du 2 mars 2026 est approuvé.",
        "On se revoit le 2 mars 2026.",
        "The deadline is March 2nd, 2026.",
        "Nous sommes en mars 2026.",
    ],
)
def test_other_dates_that_are_spoken(sentence):
    assert meeting_date(spoken=[sentence])[0] is None


def test_a_day_without_year_needs_a_certain_year():
    for sentence in ("Nous sommes le lundi 2 mars.", "Today is Monday, March 2nd."):
        assert codes(meeting_date(spoken=[sentence])) == ["date_without_year"]
        assert meeting_date(spoken=[sentence], created=dt.date(2026, 3, 4))[:2] == (SECOND, "spoken")
        assert meeting_date(spoken=[sentence], name="CODIR 2026.vtt")[:2] == (SECOND, "spoken")
        assert meeting_date(spoken=[sentence, "Livraison le 31 décembre 2026."])[0] == SECOND
        assert meeting_date(spoken=[sentence, "Bilan du 3 mai 2009."])[0] == dt.date(2009, 3, 2)
        assert meeting_date(spoken=[sentence, "Entre le 1er mai 2009 et le 1er mai 2026."])[0] is None
    assert meeting_date(spoken=["On est le 2 mars."], name="CODIR 2026.vtt")[0] == SECOND
    assert meeting_date(spoken=["On est le 28 décembre."], created=dt.date(2026, 1, 4))[0] == dt.date(2025, 12, 28)
    assert codes(meeting_date(spoken=["On est le 2 mars.", "Livraison le 3 mai 2026."])) == ["date_without_year"]


def test_doubts_are_told():
    assert codes(meeting_date(stated=["lundi 3 mars 2026"])) == ["date_weekday_differs"]
    assert meeting_date(stated=["03/04/2026"])[0] == dt.date(2026, 4, 3)
    assert codes(meeting_date(stated=["03/04/2026"], day_first=False)) == ["date_ambiguous"]
    assert meeting_date(stated=["03/14/2026"], day_first=False)[0] == dt.date(2026, 3, 14)
    assert codes(meeting_date(created=SECOND)) == ["date_from_properties"]
    for code in ("date_weekday_differs", "date_ambiguous", "date_from_properties", "date_without_year", "date_unknown"):
        assert code in catalogue("notices", "fr")


@given(st.dates(dt.date(2001, 1, 1), dt.date(2098, 12, 31)), st.sampled_from([0, 1]))
def test_any_date_in_any_writing(date, language):
    month, weekday = MONTHS[language][date.month - 1], DAYS[language][date.weekday()]
    for text in (
        date.isoformat(),
        f"{date:%Y%m%d}",
        f"{date:%d/%m/%Y}",
        f"{date.day} {month} {date.year}",
        f"{weekday} {date.day} {month} {date.year}",
        f"{month} {date.day}, {date.year}",
        f"{weekday}, {month.upper()} {date.day}, {date.year}",
    ):
        (found,) = find_dates(f"réunion – {text}, suite")
        assert found.date == date
        assert found.weekday in {None, date.weekday()}


@given(st.text(max_size=200))
def test_places_are_in_the_text(text):
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
