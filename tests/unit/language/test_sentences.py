"""Sentences are exact spans that lose nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.language.sentences import sentence_spans, sentences

TEXT = st.text(alphabet=st.sampled_from("abÉé .…!?«»\"'()\n\t0129,;MIA\u00a0"), max_size=200)


@given(TEXT)
def test_spans_cover_every_visible_character_once_and_in_order(text):
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bonjour M. Dupont. Ça va ?", ["Bonjour M. Dupont.", "Ça va ?"]),
        ("Le taux est de 3.5 %. Il monte.", ["Le taux est de 3.5 %.", "Il monte."]),
        ("« C'est non ! » On passe.", ["« C'est non ! »", "On passe."]),
        ("On verra… Peut-être.", ["On verra…", "Peut-être."]),
        ("Okay . So let's go .", ["Okay .", "So let's go ."]),
        ("Dr. Smith and J. Doe agree. Good!", ["Dr. Smith and J. Doe agree.", "Good!"]),
        ("des stylos, etc. Ensuite on part.", ["des stylos, etc.", "Ensuite on part."]),
        ("première ligne\ndeuxième ligne", ["première ligne", "deuxième ligne"]),
        ("That was me and I. He left.", ["That was me and I.", "He left."]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected
