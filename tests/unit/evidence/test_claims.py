"""What a text may say of its source: names, figures, dates, negations, certainty, and words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.evidence.claims import borne_out, check_claims, numbers
from assistai.evidence.quotes import find_quote, is_verbatim

MONDAY = dt.date(2026, 3, 2)
HOLDS = [
    ("Réserver le camion pour vendredi 6 mars", "Sophie, tu peux réserver le camion pour vendredi ?"),
    (
        "L'inventaire compte 2 600 références et 40 écarts",
        "On a compté deux mille six cents références, quarante écarts.",
    ),
    ("75 % des salariés sont concernés", "soixante-quinze pour cent des salariés sont concernés"),
    ("Le devis de Transalp est validé.", "On valide le devis de Transalp."),
    ("Karim will send the plan by Friday", "Sure, I'll send the plan by Friday."),
    ("The budget of 12,500 euros is approved", "We approve the budget of twelve thousand five hundred euros."),
    ("Sophie propose de garder l'ancien local", "Et si on gardait l'ancien local ?"),
    ("Le devis n'est pas retenu", "Finalement on ne retient pas le devis."),
]
FAILS = [
    ("L'inventaire compte 2 700 références", "On a compté deux mille six cents références.", "number"),
    ("Le budget de 12 500 euros est approuvé", "On approuve le budget.", "number"),
    ("Réserver le camion pour le 9 mars", "Sophie, tu peux réserver le camion pour vendredi ?", "date"),
    ("The plan is due on Thursday", "I'll send the plan, it is due soon.", "date"),
    ("Pierre envoie le devis", "Je vais envoyer le devis demain.", "name"),
    ("Le devis de Durand est validé", "On valide le devis de Transalp.", "name"),
    ("Le devis de Transalp est validé.", "On ne valide pas le devis de Transalp.", "negation"),
    ("On ne prend pas le devis", "On prend le devis.", "negation"),
    ("On prend l'option B", "On pourrait prendre l'option B.", "certainty"),
    ("The team drops the old logo", "Should we drop the old logo?", "certainty"),
    ("The committee will fire everyone", "OK.", "words"),
    ("Le contrat sera résilié avant l'été", "Merci à tous, bonne journée.", "words"),
]


@pytest.mark.parametrize(("text", "source"), HOLDS)
def test_what_the_source_says_holds(text, source):
    assert (
        check_claims(text, [source], names=["Sophie Martin", "Karim Benali"], base=MONDAY, states="?" not in source)
        == ()
    )


@pytest.mark.parametrize(("text", "source", "doubt"), FAILS)
def test_what_the_source_does_not_say_is_named(text, source, doubt):
    assert doubt in [finding.doubt for finding in check_claims(text, [source], base=MONDAY)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2 600 et 2600", "fr", {"2600"}),
        ("12,50 €", "fr", {"12.5"}),
        ("cent douze sur cent quarante", "fr", {"112", "140"}),
        ("14 h 30", "fr", {"14", "30"}),
        ("two thousand six hundred", "en", {"2600"}),
        ("1,250.50", "en", {"1250.5"}),
        ("pour cent", "fr", set()),
    ],
)
def test_figures_are_the_same_in_digits_and_words(text, language, expected):
    assert numbers(text, language) == expected


@given(st.lists(st.sampled_from("le devis de Transalp est validé pour 40 salariés vendredi".split()), min_size=1))
def test_a_text_made_of_its_source_raises_no_doubt_of_names_or_figures(words):
    text = " ".join(words)
    doubts = {finding.doubt for finding in check_claims(text, [text], base=MONDAY)}
    assert doubts.isdisjoint({"name", "number", "date", "negation"})


@given(st.integers(2, 999_999))
def test_a_figure_that_is_not_said_is_never_borne_out(value):
    text = f"Le montant est de {value} euros"
    assert ("number" in [one.doubt for one in check_claims(text, ["Le montant est de euros, un seul"])]) is True


def test_nothing_is_borne_out_by_nothing():
    assert borne_out("Le devis est validé", "") == 0.0
    assert [one.doubt for one in check_claims("Le devis est validé", [])] == ["words"]


NEAR = [
    ("on valide le devis", "On valide le devis de Transalp.", "On valide le devis"),
    ("l'idee de Sophie", "C’est l’idée  de Sophie, hein.", "l’idée  de Sophie"),
    ("D'accord !", "Oui, d’accord.", "d’accord."),
    ("le devis, on le valide.", "Le devis on le valide. Merci.", "Le devis on le valide."),
    ("OUI", "Oui, oui.", None),
    ("le budget est de 1250", "le budget est de 1.250 euros", None),
    ("la salle la salle", "la salle", None),
]


@pytest.mark.parametrize(("quote", "source", "found"), NEAR)
def test_a_quote_that_is_nearly_there_is_found_where_it_is_certain(quote, source, found):
    span = find_quote(quote, source)
    assert (source[slice(*span)] if span else None) == found


def test_words_that_stand_twice_are_not_found():
    assert find_quote("LE DEVIS EST BON", "Le devis est bon. Oui, le devis est bon.") is None


@given(st.text(alphabet="abcé ’'.,-AB1 2\n", max_size=60), st.data())
def test_what_is_found_is_verbatim_and_has_the_same_letters(source, data):
    start = data.draw(st.integers(0, len(source)))
    piece = source[start : data.draw(st.integers(start, len(source)))]
    quote = piece.upper().replace("’", "'").replace("  ", " ")
    span = find_quote(quote, source)
    if span is not None:
        assert is_verbatim(source[slice(*span)], source)
        letters = [one for one in source[slice(*span)].casefold() if one.isalnum()]
        assert letters == [one for one in quote.casefold() if one.isalnum()]
