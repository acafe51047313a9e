"""Which questions stay open: asked in earnest, and answered by nobody, then or later."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistai.meetings.extraction.questions import find_questions
from assistai.meetings.transcript import Transcript, Turn
from assistai.meetings.utterances import utterances
from assistai.meetings.verification import is_verified


def _questions(*said):
    turns = []
    for line in said:
        speaker, _, text = line.partition(": ")
        turns.append(Turn(len(turns), speaker, text))
    transcript = Transcript(tuple(turns))
    found = find_questions(utterances(turns), transcript)
    assert all(is_verified(question.evidence, transcript) for question in found)
    return found


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (("A: Qui garde les clés ?", "B: Je ne sais pas."), "Qui garde les clés\u00a0?"),
        (
            ("A: est-ce qu'on a une date pour la livraison", "B: euh à vérifier"),
            "Est-ce qu'on a une date pour la livraison\u00a0?",
        ),
        (
            ("A: Combien coûte la location du chapiteau ?", "B: Passons au point suivant."),
            "Combien coûte la location du chapiteau\u00a0?",
        ),
        (
            ("A: Qui s'occupe du son pour la fête ?", "B: Pas moi, je joue.", "C: Sinon, le budget est prêt."),
            "Qui s'occupe du son pour la fête\u00a0?",
        ),
        (
            ("A: On sait si la subvention est confirmée ?", "B: Non, pas encore."),
            "On sait si la subvention est confirmée\u00a0?",
        ),
        (("A: Faut-il prévoir un interprète ? On verra.", "B: ok"), "Faut-il prévoir un interprète\u00a0?"),
        (
            ("A: Reste à savoir si la mairie nous prête la salle.", "B: oui"),
            "Reste à savoir si la mairie nous prête la salle",
        ),
        (
            ("A: Who will pay for the license?", "B: Good question, no idea."),
            "Who will pay for the license?",
        ),
        (
            ("A: so do we have insurance for the event", "B: I'd have to check."),
            "Do we have insurance for the event?",
        ),
        (
            ("A: We still need to find out whether the venue allows dogs.", "B: Right."),
            "We still need to find out whether the venue allows dogs",
        ),
    ],
)
def test_what_nobody_answers_is_open(said, text):
    (question,) = _questions(*said)
    assert (question.text, question.asked_by) == (text, "A")


@pytest.mark.parametrize(
    "said",
    [
        ("A: Qui garde les clés ?", "B: Moi."),
        ("A: Quel est le budget du séminaire ?", "B: 3000 euros."),
        ("A: When is the launch of the new site?", "B: In June."),
        ("A: What time does the porter leave?", "B: Half past six."),
        ("A: Est-ce que le maire viendra à l'inauguration ?", "B: Oui, il vient."),
        ("A: Does the warranty cover the monitor?", "B: Yes, for two years."),
        ("A: Why is the site down?", "B: They are moving the servers."),
        ("A: Combien coûte le chapiteau ?", "B: on verra", "C: le chapiteau coûte 400 euros"),
        (
            "A: Combien coûte la location du chapiteau ?", "B: Je ne sais pas.", "A: Passons.", "C: Autre chose.",
            "B: Ah, pour la location du chapiteau, c'est 400 euros.",
        ),
    ],
)  # fmt: skip
def test_what_is_answered_then_or_later_is_not_open(said):
    assert _questions(*said) == []


@pytest.mark.parametrize(
    "asked",
    [
        "Vous m'entendez ?", "On est d'accord ?", "C'est bon pour tout le monde ?",
        "Tu vois ce que je veux dire, hein ?",
        "D'autres questions ?", "Qui commence ?", "Pourquoi pas ?", "Qui n'a jamais perdu un badge ?", "Pardon ?",
        "Sophie, tu peux réserver la salle ?", "Pouvez-vous fermer la porte ?", "On passe au point suivant ?",
        "Can you hear me?", "Does that make sense?", "Any other questions?", "It is nice, isn't it?", "Who knows?",
        "Can you send me the report?", "Shall we move on?", "What do you mean?", "Can I share my screen?", "Right?",
        "Quand on clique là, le logiciel envoie un mail.", "What we need is a bigger room.",
    ],
)  # fmt: skip
def test_checks_requests_and_rhetoric_are_no_open_questions(asked):
    assert _questions(f"A: {asked}", "B: Next item, the budget.") == []


def test_what_the_question_is_about_is_told_from_the_words_before():
    (question,) = _questions("A: Le contrat du photocopieur finit en mai.", "A: Qui le renouvelle ?", "B: Aucune idée.")
    assert question.text == "Qui le renouvelle (Le contrat du photocopieur)\u00a0?"
    assert [quote.turn for quote in question.evidence] == [0, 1, 2]


def test_a_question_asked_twice_is_listed_once_with_both_quotes():
    (question,) = _questions(
        "A: Qui garde les clés du local ?",
        "B: Je ne sais pas.",
        "A: Bon.",
        "C: Mais qui garde les clés du local ?",
        "B: On verra.",
    )
    assert [quote.turn for quote in question.evidence] == [0, 1, 3, 4]


SENTENCES = [
    "Qui garde les clés ?", "Je ne sais pas.", "Do we have a date for the delivery?",
    "Reste à savoir si c'est possible.",
    "Passons au point suivant.", "In June.", "{vocalsound} uh ?", "(.*) ?", "?", "qui le fait",
]  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", None]),
            st.lists(st.sampled_from(SENTENCES) | st.text(max_size=50), max_size=3).map(" ".join),
        ),
        max_size=10,
    )
)
def test_any_meeting_gives_questions_that_stand(said):
    transcript = Transcript(tuple(Turn(n, who, text) for n, (who, text) in enumerate(said)))
    spoken = utterances(transcript.turns)
    found = find_questions(spoken, transcript)
    assert all(question.text and is_verified(question.evidence, transcript) for question in found)
    assert find_questions(spoken, transcript) == found
