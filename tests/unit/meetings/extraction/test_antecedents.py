"""What a pronoun stands for is found in what was said before, word for word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistai.meetings.extraction.antecedents import find_antecedent, needs_antecedent
from assistai.meetings.transcript import Turn
from assistai.meetings.utterances import utterances


def _found(*texts):
    turns = [Turn(n, "AB"[n % 2], text) for n, text in enumerate(texts)]
    spoken = utterances(turns)
    antecedent = find_antecedent(spoken, len(spoken) - 1)
    return antecedent and (antecedent.text, turns[antecedent.utterance.turn].text[antecedent.start : antecedent.end])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("Il faut relancer le traiteur.", "Je m'en occupe."), "relancer le traiteur"),
        (("Il faudrait penser à réserver la salle, sinon on sera mal.", "OK", "Je m'en charge."), "réserver la salle"),
        (("Et le devis du traiteur ?", "Je m'en occupe."), "le devis du traiteur"),
        (("Qui peut appeler le fournisseur ?", "Moi je peux le faire."), "appeler le fournisseur"),
        (("La facture de mars est arrivée hier.", "On la valide."), "La facture de mars"),
        (("les factures du mois doivent partir", "je les envoie demain"), "les factures du mois"),
        (("Est-ce que tu peux lui envoyer le contrat signé ?", "oui je le fais"), "lui envoyer le contrat signé"),
        (("Le compte rendu, on l'envoie quand ?", "Je m'en occupe demain."), "Le compte rendu"),
        (("Sophie est en congé. On pourrait déplacer la réunion au 14.", "On fait ça."), "déplacer la réunion au 14"),
        (("Someone needs to update the website before Friday.", "I'll do that."), "update the website before Friday"),
        (("Can you send the report to Anna?", "I'll take care of it."), "send the report to Anna"),
        (("The budget for the launch is ready.", "Let's approve it."), "The budget for the launch"),
        (("What if we use a rubber case?", "Yeah okay let's do that."), "use a rubber case"),
    ],
)
def test_the_thing_or_deed_before_is_meant(said, meant):
    assert _found(*said) == (meant, meant)


def test_a_conjugated_proposal_is_put_in_the_infinitive_and_stays_locatable():
    assert _found("Je propose qu'on prenne le prestataire Dupont.", "OK, on fait ça.") == (
        "prendre le prestataire Dupont",
        "prenne le prestataire Dupont",
    )


@pytest.mark.parametrize("said", [("Je m'en occupe.",), ("Oui.", "D'accord.", "On le fait."), ("Yeah.", "I'll do it.")])
def test_where_nothing_says_what_is_meant_nothing_is_found(said):
    assert _found(*said) is None


@pytest.mark.parametrize(
    ("text", "language", "needs"),
    [
        ("on le signe demain", "fr", True),
        ("le faire demain", "fr", True),
        ("s'en occuper", "fr", True),
        ("envoie-le demain", "fr", True),
        ("en parler à Paul", "fr", True),
        ("c'est validé", "fr", True),
        ("on garde ça", "fr", True),
        ("le devis, on le signe demain", "fr", False),
        ("réserver la salle", "fr", False),
        ("le dossier est prêt", "fr", False),
        ("il y a un problème", "fr", False),
        ("on y va", "fr", False),
        ("C'est Paul qui vient", "fr", False),
        ("do it tomorrow", "en", True),
        ("that is fine", "en", True),
        ("send them to Anna", "en", True),
        ("send the report and file it", "en", False),
        ("I think that we should go", "en", False),
        ("this budget is fine", "en", False),
        ("it's important to have a plan", "en", False),
    ],
)
def test_a_pronoun_without_a_noun_before_it_needs_one(text, language, needs):
    assert needs_antecedent(text, language) is needs


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60) | st.sampled_from(["Il faut relancer le traiteur.", "On le fait."]), max_size=6))
def test_any_text_is_survived_and_the_span_is_verbatim(texts):
    turns = [Turn(n, None, text) for n, text in enumerate(texts)]
    spoken = utterances(turns)
    for index in range(len(spoken)):
        antecedent = find_antecedent(spoken, index)
        if antecedent:
            text = turns[antecedent.utterance.turn].text
            assert 0 <= antecedent.start < antecedent.end <= len(text)
            assert antecedent.utterance.index < index
