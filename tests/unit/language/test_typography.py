"""French spaces, dates and lists."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.language.typography import format_date, format_time, french, list_words

TEXT = st.text(alphabet=st.sampled_from("aé0 1h«»;:!?.'’ \u00a0\u202f/@€%("), max_size=60)


@given(TEXT)
def test_twice_is_once(text):
    assert french(french(text)) == french(text)


@given(TEXT)
def test_only_spaces_and_apostrophes_change(text):
    def letters(one):
        return [char for char in one.replace("'", "’") if not char.isspace()]

    changed = letters(french(text))
    assert changed == letters(text) or "1er" in french(text)


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Qui vient ?", "Qui vient\u202f?"),
        ("l'équipe : « oui »", "l’équipe\u00a0: «\u00a0oui\u00a0»"),
        ("à 14h30", "à 14\u00a0h\u00a030"),
        ("12 000 €", "12\u202f000\u00a0€"),
        ("voir https://exemple.fr/?a=1;b", "voir https://exemple.fr/?a=1;b"),
        ("10:30", "10:30"),
        ("a@b.fr", "a@b.fr"),
    ],
)
def test_french(plain, expected):
    assert french(plain) == expected


def test_dates_times_and_lists():
    assert format_date(dt.date(2026, 4, 1), "fr", weekday=True) == "mercredi 1er\u00a0avril 2026"
    assert format_date(dt.date(2026, 3, 2), "en", weekday=True) == "Monday 2\u00a0March 2026"
    assert format_time(3723.9) == "01:02:03"
    assert list_words(["a", "b", "c"], "fr") == "a, b et c"
    assert list_words(["a"], "en") == "a"
