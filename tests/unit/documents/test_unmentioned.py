"""An answer says where no quoted sentence speaks of the group or place that was asked about."""

import pytest

from assistai.documents.answers import AnswerSentence, Citation
from assistai.documents.unmentioned import unmentioned
from assistai.documents.wording import remark_text


def _quoted(quote, heading="", title="Guide"):
    citation = Citation(
        document="d", title=title, heading=heading, start=0, end=len(quote), quote=quote, score=1.0, verified=True
    )
    return [AnswerSentence(text=quote, citations=(citation,))]


@pytest.mark.parametrize(
    ("question", "quoted", "phrases"),
    [
        (
            "Combien de jours de télétravail pour les cadres ?",
            _quoted("Télétravail : 2 jours par semaine."),
            ["cadres"],
        ),
        ("Combien de jours pour les cadres ?", _quoted("Les non-cadres ont 2 jours."), ["cadres"]),
        ("Combien de jours pour les cadres ?", _quoted("Dans le cadre de l'accord, 2 jours."), ["cadres"]),
        ("Combien est remboursée une nuit à Marseille ?", _quoted("Une nuit : 110 €."), ["Marseille"]),
        ("How many days do interns get?", _quoted("Leave is 25 days a year."), ["interns"]),
        # said by the sentence, by what stands above it, by another name or in the other language
        ("Combien de jours pour les cadres ?", _quoted("Les cadres ont 2 jours."), []),
        ("Combien de jours pour les cadres ?", _quoted("2 jours par semaine.", heading="Cadres"), []),
        ("Combien de jours pour les alternants ?", _quoted("En alternance : un jour.", title="Accueil"), []),
        ("Une nuit à Marseille ?", _quoted("Une nuit : 110 €.", title="Site de Marseille"), []),
        ("How many days do interns get?", _quoted("Les stagiaires ont 2 jours."), []),
        # what holds for all holds for each, and who holds an office is not whom a rule is for
        ("Combien de jours pour un salarié ?", _quoted("2 jours par semaine."), []),
        ("Qui appeler quand le responsable technique est absent ?", _quoted("Appeler le poste 201."), []),
        ("Combien de jours de télétravail ?", _quoted("2 jours par semaine."), []),
        ("Combien de jours pour les cadres ?", [], []),
    ],
)
def test_what_no_quote_speaks_of_is_told(question, quoted, phrases):
    assert [remark.params["phrase"] for remark in unmentioned(question, quoted)] == phrases


def test_the_remark_quotes_what_was_asked_about():
    (remark,) = unmentioned("Combien de jours pour les cadres ?", _quoted("2 jours par semaine."))
    assert "«\u00a0cadres\u00a0»\u00a0:" in remark_text(remark, "fr")
    assert "“cadres”" in remark_text(remark, "en")
