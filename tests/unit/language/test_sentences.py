"""Sentences are exact spans that lose nothing."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.language.sentences import leaders, sentence_spans, sentences

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paris et petite couronne ............... 148 euros", ["Paris et petite couronne ............... 148 euros"]),
        ("Total ......12,50 €. Port ....... 3 €.", ["Total ......12,50 €.", "Port ....... 3 €."]),
        ("Lyon . . . . . 120 euros. Suite.", ["Lyon . . . . . 120 euros.", "Suite."]),
        ("Annexe ……. 12", ["Annexe ……. 12"]),
        ("Objet ........ 3\nDurée ........ 5", ["Objet ........ 3", "Durée ........ 5"]),
        ("Nom : ............\nPrénom : ............", ["Nom : ............", "Prénom : ............"]),
        ("À suivre....", ["À suivre...."]),
        ("Euh... Oui.", ["Euh...", "Oui."]),
        ("On verra…. Peut-être.", ["On verra….", "Peut-être."]),
        ("« Euh.... » On passe.", ["« Euh.... »", "On passe."]),
        ("C’est fini. ... On reprend.", ["C’est fini.", "...", "On reprend."]),
    ],
)
def test_dots_that_lead_to_more_text_on_the_line_end_no_sentence(text, expected):
    assert sentences(text) == expected


@given(TEXT.map(lambda text: " ".join(text.split())), TEXT, st.integers(4, 90), st.sampled_from(["", " ", "  "]))
def test_a_label_and_what_its_leader_leads_to_are_in_one_sentence(before, after, dots, space):
    text = f"{before} Paris{space}{'.' * dots}{space}148 euros {after}"
    (leader,) = [span for span in leaders(text) if span[0] == text.index("Paris") + 5 + len(space)]
    (around,) = [text[start:end] for start, end in sentence_spans(text) if start <= leader[0] and leader[1] <= end]
    assert f"Paris{space}{'.' * dots}{space}148 euros" in around


@pytest.mark.parametrize("piece", [".", ". ", ".... ", ". . . . ", "… ", ".. ", "....\u00a0"])
def test_dots_take_linear_time(piece):
    before = time.perf_counter()
    sentence_spans(piece * 50_000)
    assert time.perf_counter() - before < 2


@pytest.mark.parametrize(
    "text", ["1. Remplir le formulaire.", "Version 3 – réf. RH-2026-044", "Étapes\n12. Le faire signer."]
)
def test_the_number_of_an_item_and_a_reference_stay_with_their_words(text):
    assert sentences(text) == text.split("\n")
