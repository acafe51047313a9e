"""Deadlines as people say them, and what only looks like one."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.language.dates import find_due, find_explicit_date
from assistai.language.dates.calendar import easter

WEDNESDAY = dt.date(2026, 3, 4)
BASES = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
FRENCH_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

FRENCH = {
    "avant vendredi": "2026-03-06",
    "pour vendredi au plus tard": "2026-03-06",
    "lundi prochain": "2026-03-09",
    "d'ici la fin du mois": "2026-03-31",
    "d’ici la fin du mois": "2026-03-31",
    "en fin de semaine": "2026-03-06",
    "fin de semaine prochaine": "2026-03-13",
    "sous huitaine": "2026-03-11",
    "sous quinzaine": "2026-03-18",
    "dans quinze jours": "2026-03-18",
    "dans huit jours": "2026-03-11",
    "mardi en huit": "2026-03-17",
    "mardi en quinze": "2026-03-24",
    "demain matin": "2026-03-05",
    "après-demain": "2026-03-06",
    "apres demain": "2026-03-06",
    "ce soir": "2026-03-04",
    "le 15": "2026-03-15",
    "pour le 1er avril": "2026-04-01",
    "le 15/04": "2026-04-15",
    "le 15 avril 2027": "2027-04-15",
    "lundi 9 mars": "2026-03-09",
    "le mois prochain": "2026-04-30",
    "avant la fin de l'année": "2026-12-31",
    "fin de trimestre": "2026-03-31",
    "au deuxième trimestre": "2026-06-30",
    "T2": "2026-06-30",
    "fin Q3": "2026-09-30",
    "avant Noël": "2026-12-25",
    "avant Pâques": "2026-04-05",
    "jeudi de la semaine prochaine": "2026-03-12",
    "la semaine prochaine": "2026-03-13",
    "dans trois semaines": "2026-03-25",
    "sous 48 heures": "2026-03-06",
    "sous trois jours ouvrés": "2026-03-09",
    "dans un mois": "2026-04-04",
    "mi-avril": "2026-04-15",
    "début avril": "2026-04-10",
    "courant mars": "2026-03-31",
    "le jeudi 12 à 14 h 30": "2026-03-12",
    "la semaine du 25 mai": "2026-05-29",
    "demain avant midi": "2026-03-05",
}
ENGLISH = {
    "by Friday": "2026-03-06",
    "before Friday": "2026-03-06",
    "Friday next week": "2026-03-13",
    "next Monday": "2026-03-09",
    "a week on Tuesday": "2026-03-17",
    "Tuesday week": "2026-03-17",
    "by end of week": "2026-03-06",
    "EOW": "2026-03-06",
    "COB Friday": "2026-03-06",
    "end of day tomorrow": "2026-03-05",
    "by month end": "2026-03-31",
    "by the end of next month": "2026-04-30",
    "mid-March": "2026-03-15",
    "within 48 hours": "2026-03-06",
    "within ten business days": "2026-03-18",
    "on the 15th": "2026-03-15",
    "March 15": "2026-03-15",
    "15 March": "2026-03-15",
    "on Thursday, March 12 at 2 pm": "2026-03-12",
    "March 15th, 2027": "2027-03-15",
    "3/15": "2026-03-15",
    "the day after tomorrow": "2026-03-06",
    "tonight": "2026-03-04",
    "Q2": "2026-06-30",
    "by the end of the quarter": "2026-03-31",
    "H1": "2026-06-30",
    "next month": "2026-04-30",
    "by Christmas": "2026-12-25",
    "in a fortnight": "2026-03-18",
    "two weeks from today": "2026-03-18",
    "the week of May 4th": "2026-05-08",
}
NOT_DUE = {
    "fr": [
        "il y a deux semaines",
        "la semaine dernière",
        "vendredi dernier",
        "depuis lundi",
        "tous les lundis",
        "pendant deux semaines",
        "hier soir",
        "le 2e étage",
        "les 15 dossiers",
        "à 14 h",
        "un vendredi sur deux",
    ],
    "en": [
        "last Friday",
        "two weeks ago",
        "every Friday",
        "for three weeks",
        "we may be late",
        "since Monday",
        "at 2 pm",
    ],
}


@pytest.mark.parametrize(("said", "date"), FRENCH.items())
def test_french_deadlines(said, date):
    (due,) = find_due(f"On livre le rapport {said}.", "fr", WEDNESDAY)
    assert due.date == dt.date.fromisoformat(date)
    assert said in due.spoken or due.spoken in said


@pytest.mark.parametrize(("said", "date"), ENGLISH.items())
def test_english_deadlines(said, date):
    (due,) = find_due(f"We deliver {said}.", "en", WEDNESDAY)
    assert due.date == dt.date.fromisoformat(date)


@pytest.mark.parametrize(("language", "said"), [(language, said) for language in NOT_DUE for said in NOT_DUE[language]])
def test_what_is_past_repeats_or_lasts_is_not_due(language, said):
    assert find_due(f"C'était {said} ." if language == "fr" else f"It was {said}.", language, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("language", "said", "reason"),
    [
        ("fr", "dès que possible", "vague"),
        ("en", "asap", "vague"),
        ("fr", "avant la prochaine réunion", "event_relative"),
        ("en", "before the next meeting", "event_relative"),
        ("fr", "le 31 février 2026", "impossible_date"),
    ],
)
def test_what_has_no_date_says_why(language, said, reason):
    (due,) = find_due(said, language, WEDNESDAY)
    assert (due.date, due.reason) == (None, reason)


def test_a_weekday_that_contradicts_the_day_lowers_the_confidence():
    (right,) = find_due("lundi 9 mars", "fr", WEDNESDAY)
    (wrong,) = find_due("mardi 9 mars", "fr", WEDNESDAY)
    assert wrong.date == right.date
    assert wrong.confidence < 0.7 < right.confidence


def test_the_other_language_is_understood_too():
    (due,) = find_due("on livre by end of week", "fr", WEDNESDAY)
    assert due.date == dt.date(2026, 3, 6)


@given(base=BASES, day=st.integers(0, 6))
def test_a_weekday_is_the_next_one_within_a_week(base, day):
    for text, language in ((f"avant {FRENCH_DAYS[day]}", "fr"), (f"by {ENGLISH_DAYS[day]}", "en")):
        (due,) = find_due(text, language, base)
        assert due.date.weekday() == day
        assert 1 <= (due.date - base).days <= 7


@given(base=BASES, day=st.integers(0, 6))
def test_en_huit_is_a_week_after_the_coming_day(base, day):
    (coming,) = find_due(FRENCH_DAYS[day], "fr", base)
    (later,) = find_due(f"{FRENCH_DAYS[day]} en huit", "fr", base)
    (latest,) = find_due(f"{FRENCH_DAYS[day]} en quinze", "fr", base)
    assert ((later.date - coming.date).days, (latest.date - coming.date).days) == (7, 14)


@given(base=BASES)
def test_ends_of_week_month_quarter_and_year(base):
    week, month, quarter, year = (
        find_due(text, "fr", base)[0].date
        for text in ("fin de semaine", "fin du mois", "fin de trimestre", "fin de l'année")
    )
    assert week.weekday() == 4
    assert 0 <= (week - base).days <= 6
    assert (month + dt.timedelta(days=1)).day == 1
    assert month.month == base.month
    assert quarter.month % 3 == 0
    assert 0 <= (quarter - base).days <= 92
    assert (year.month, year.day, year.year) == (12, 31, base.year)


@given(base=BASES, days=st.integers(1, 99))
def test_so_many_days_later(base, days):
    (french,) = find_due(f"dans {days} jours", "fr", base)
    (english,) = find_due(f"in {days} days", "en", base)
    assert (english.date - base).days == days
    assert (french.date - base).days == {8: 7, 15: 14}.get(days, days)


@given(base=BASES, date=BASES)
def test_a_full_date_is_itself_whatever_the_base(base, date):
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    text = f"le {date.day} {months[date.month - 1]} {date.year}"
    assert find_due(text, "fr", base)[0].date == find_due(text, "fr", None)[0].date == date
    assert find_explicit_date(text, "fr") == date


@given(base=BASES, date=BASES)
def test_a_day_and_month_are_the_next_ones(base, date):
    (due,) = find_due(f"le {date.day}/{date.month}", "fr", base)
    assert due.date >= base
    assert (due.date.day, due.date.month) == (date.day, date.month)


@given(text=st.text(max_size=80), base=st.none() | BASES)
def test_any_text_is_read_without_error_and_spans_are_exact(text, base):
    for language in ("fr", "en"):
        found = find_due(text, language, base)
        assert all(text[due.start : due.end] == due.spoken for due in found)
        assert all((due.date is None) == (due.reason is not None) for due in found)
        assert all(first.end <= second.start for first, second in pairwise(found))


@given(said=st.sampled_from([*FRENCH, *ENGLISH]))
def test_without_a_meeting_date_nothing_relative_is_dated(said):
    for language in ("fr", "en"):
        for due in find_due(said, language, None):
            assert due.date is None or str(due.date.year) in said


def test_a_long_text_is_read_once():
    text = "on regarde le dossier de la commune et on en reparle avec les équipes du service. " * 2_000
    assert [due.date for due in find_due(text + "avant vendredi", "fr", WEDNESDAY)] == [dt.date(2026, 3, 6)]


@pytest.mark.parametrize(("year", "date"), [(2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2038, "04-25")])
def test_easter(year, date):
    assert easter(year) == dt.date.fromisoformat(f"{year}-{date}")
