"""Tokens, folding, stems, language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.language.words import content_stems, detect_language, fold, tokens


@given(st.text(max_size=200))
def test_tokens_are_exact_spans(text):
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_an_elision_is_a_token_of_its_own():
    assert [token.lower for token in tokens("L’équipe s'occupe du porte-à-faux, 3,5 %")] == [
        "l'",
        "équipe",
        "s'",
        "occupe",
        "du",
        "porte-à-faux",
        "3,5",
    ]


def test_inflected_forms_share_a_stem():
    assert content_stems("les réservations de la réservation", "fr") == ["reserv", "reserv"]
    assert content_stems("the reports reported", "en") == ["report", "report"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je vais envoyer le compte rendu demain.", "fr"),
        ("I will send the minutes tomorrow.", "en"),
        ("OK, on part sur le planning", "fr"),
        ("Sure, let's do that by Friday", "en"),
        ("12 34", "fr"),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language


def test_unmarked_text_takes_the_default():
    assert detect_language("Budget 2026", "en") == "en"
