"""Titles out of names and headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.meetings.readers.titles import clean_title, title_from_name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2026-03-02 Comité de direction.vtt", "Comité de direction"),
        ("Réunion hebdo-20260302_140000-Transcription de la réunion.docx", "Réunion hebdo"),
        ("Point (Noz)-20260302_140000-Meeting Transcript.docx", "Point (Noz)"),
        ("GMT20260302-140000_Recording.transcript.vtt", None),
        ("codir_2026_03_02.json", "codir"),
        ("CR du 2 mars 2026 - Budget.txt", "CR - Budget"),
        ("Weekly - 2026_03_02 15_01 CET - Notes by Gemini.md", "Weekly"),
        ("Budget 2026.txt", "Budget 2026"),
        ("dossier/sous dossier/CSE.docx", "CSE"),
        ("transcript.vtt", None),
        ("20260302.srt", None),
        ("", None),
    ],
)
def test_names(name, title):
    assert title_from_name(name) == title


@given(st.text(max_size=100))
def test_a_clean_title_stays_as_it_is(text):
    title = clean_title(text)
    if title is not None:
        assert title == title.strip() != ""
        assert "\n" not in title
