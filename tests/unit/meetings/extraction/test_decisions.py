"""What counts as settled, who settled it, who agreed, and what became of it later."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistai.meetings.extraction.decisions import find_decisions
from assistai.meetings.transcript import Transcript, Turn
from assistai.meetings.utterances import utterances
from assistai.meetings.verification import is_verified


def _transcript(*said):
    turns = []
    for line in said:
        speaker, _, text = line.partition(": ")
        turns.append(Turn(len(turns), speaker, text))
    return Transcript(tuple(turns))


def _decisions(*said):
    transcript = _transcript(*said)
    found = find_decisions(utterances(transcript.turns), transcript)
    assert all(is_verified(decision.evidence, transcript) for decision in found)
    return found


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Donc on décide de reporter le lancement au 15 mars.", "On décide de reporter le lancement au 15 mars"),
        (
            "Nous avons convenu de reporter l'assemblée au 14 juin.",
            "Nous avons convenu de reporter l'assemblée au 14 juin",
        ),
        ("Il a été décidé de geler les embauches.", "Il a été décidé de geler les embauches"),
        ("Bon, euh, donc on retient, euh, l'option deux, hein, voilà.", "On retient l'option deux"),
        ("Alors du coup on part sur le prestataire Martin.", "On part sur le prestataire Martin"),
        ("La résolution est adoptée à l'unanimité.", "La résolution est adoptée à l'unanimité"),
        ("Le budget de 12 000 euros est approuvé.", "Le budget de 12 000 euros est approuvé"),
        ("Le conseil approuve le budget à l'unanimité.", "Le conseil approuve le budget à l'unanimité"),
        ("On ne renouvelle pas le contrat avec Sodexo.", "On ne renouvelle pas le contrat avec Sodexo"),
        ("on va pas renouveler le bail", "On va pas renouveler le bail"),
        ("Pour le traiteur, on garde Dupont.", "Pour le traiteur, on garde Dupont"),
        ("On reporte la réunion au 12, je serai absent le 5.", "On reporte la réunion au 12"),
        ("Bon, je tranche : ce sera Lyon.", "Je tranche : ce sera Lyon"),
        ("Décision : le marché est attribué à Eiffage.", "Décision : le marché est attribué à Eiffage"),
        ("Feu vert pour la commande des tablettes.", "Feu vert pour la commande des tablettes"),
        ("We've decided to drop the locator.", "We've decided to drop the locator"),
        ("We're going with a rubber case then.", "We're going with a rubber case"),
        ("So {vocalsound} let's go with um option B .", "Let's go with option B"),
        ("So it's settled, we're not going to extend the lease.", "It's settled, we're not going to extend the lease"),
        ("okay so no bouncy castle this year that's settled", "No bouncy castle this year"),
        ("OK so the decision is to launch in May.", "The decision is to launch in May"),
        ("Agreed: the fee stays at 20 pounds.", "Agreed: the fee stays at 20 pounds"),
        ("The amendment is carried.", "The amendment is carried"),
    ],
)
def test_a_settled_statement_is_a_decision_of_its_speaker(said, text):
    (decision,) = _decisions(f"Anne: {said}")
    assert (decision.text, decision.decided_by, decision.state, decision.id) == (text, "Anne", "settled", "d1")


@pytest.mark.parametrize(
    ("proposal", "answer", "text"),
    [
        ("Je propose qu'on prenne le prestataire Dupont.", "OK, validé.", "Prendre le prestataire Dupont"),
        (
            "Je vous propose d'augmenter la cotisation à 35 euros.",
            "Je suis d'accord.",
            "Augmenter la cotisation à 35 euros",
        ),
        ("Et si on prenait le train ?", "Oui, ça me va.", "Prendre le train"),
        ("Est-ce qu'on part sur le modèle bleu ?", "oui", "Partir sur le modèle bleu"),
        ("On pourrait changer de fournisseur.", "Oui, très bonne idée.", "Changer de fournisseur"),
        ("Je pense qu'on devrait prendre le devis de Leroy.", "D'accord.", "Prendre le devis de Leroy"),
        ("On achète des chaises ?", "oui bonne idée", "Acheter des chaises"),
        ("Mardi 14 h à la mairie, ça vous va ?", "oui parfait", "Mardi 14 h à la mairie"),
        ("Shall we use the blue logo?", "Yes, sounds good.", "Use the blue logo"),
        ("What if we use a rubber case?", "Yeah okay let's do that.", "Use a rubber case"),
        ("I suggest we move the deadline to Friday.", "Fine by me.", "Move the deadline to Friday"),
        ("Let's use the blue one then.", "ok", "Use the blue one"),
    ],
)
def test_a_proposal_that_somebody_else_accepts_is_a_decision(proposal, answer, text):
    (decision,) = _decisions(f"Anne: {proposal}", f"Bob: {answer}")
    assert (decision.text, decision.decided_by, decision.assent) == (text, "Anne", ("Bob",))
    assert [quote.quote for quote in decision.evidence] == [proposal, answer]


@pytest.mark.parametrize(
    "said",
    [
        ("A: la semaine dernière on a décidé de changer de logiciel", "B: oui"),
        ("A: We agreed last week to change the logo.", "B: Yes."),
        ("A: Je propose de décaler la réunion.", "B: Non, c'est trop tard."),
        ("A: I propose that we postpone the launch.", "B: I don't think so.", "A: ok"),
        ("A: On pourrait changer de fournisseur.", "B: Mouais, à voir."),
        ("A: Si le budget passe, on prend le prestataire Dupont.", "B: OK"),
        ("A: If the client agrees, we'll go with plan B.", "B: OK"),
        ("A: Soit on prend le bus soit on prend le train.", "B: d'accord"),
        ("A: We could paint it red or we could paint it blue.", "B: Yeah."),
        ("A: Imaginons qu'on garde le site actuel.", "B: oui"),
        ("A: Paul m'a dit qu'on valide le devis.", "B: ok"),
        ("A: La direction a décidé de fermer le site de Brest.", "B: ah bon"),
        ("A: Écris que le budget est approuvé à l'unanimité.", "B: haha"),
        ("A: On passe au point suivant.", "B: D'accord."),
        ("A: We'll see.", "B: Let's take a break.", "A: Let's move on to the next item."),
        ("A: Sophie réserve la salle.", "B: OK"),
        ("A: Il faut qu'on décide du lieu.", "B: oui"),
        ("A: On n'a pas encore décidé.", "B: non"),
        ("A: On prend toujours le même traiteur.", "B: oui"),
        ("A: On part à Rome ? Je plaisante.", "B: haha"),
        ("A: Faut-il garder le vieux serveur ?", "B: non"),
        ("A: Why did we go with the red one?", "B: Yeah."),
        ("A: On garde la salle B.", "B: Non, on avait dit la salle A."),
    ],
)
def test_talk_that_settles_nothing_is_no_decision(said):
    assert _decisions(*said) == []


def test_assent_names_those_who_agreed_after_and_only_them():
    (decision,) = _decisions(
        "Anne: On ferme l'accueil le vendredi.",
        "Bob: D'accord.",
        "Anne: Bien.",
        "Cleo: OK pour moi.",
        "Dan: Et le café ?",
    )
    assert decision.assent == ("Bob", "Cleo")


def test_what_others_ratify_is_told_with_what_it_was():
    (decision,) = _decisions("Anne: La facture de mars est arrivée.", "Bob: On la valide.", "Anne: oui")
    assert decision.text == "On valide la facture de mars"
    assert decision.decided_by == "Bob"
    assert [quote.turn for quote in decision.evidence] == [0, 1, 2]


def test_a_statement_all_are_asked_to_agree_with_is_settled_by_their_yes():
    (decision,) = _decisions(
        "Anne: La réunion sera le 12 à 14 h. Tout le monde est d'accord ?", "Bob: Oui.", "Cleo: Oui, d'accord."
    )
    assert (decision.text, decision.assent) == ("La réunion sera le 12 à 14 h", ("Bob", "Cleo"))


def test_a_vote_is_settled_by_who_announces_it():
    (decision,) = _decisions(
        "Chair: Motion to approve the accounts.",
        "Bob: Seconded.",
        "Chair: All in favour?",
        "Cleo: Aye.",
        "Chair: Motion carried.",
    )
    assert "approve the accounts" in decision.text
    assert (decision.decided_by, decision.assent) == ("Chair", ("Bob", "Cleo"))


def test_a_recap_is_joined_with_the_first():
    (decision,) = _decisions(
        "Anne: On valide le devis Martin.",
        "Bob: ok",
        "Anne: Et le parking ?",
        "Anne: Donc on a validé le devis Martin.",
    )
    assert [quote.turn for quote in decision.evidence] == [0, 1, 3]


@pytest.mark.parametrize(
    ("said", "new"),
    [
        (
            (
                "A: On part sur Dupont pour le traiteur.",
                "B: OK",
                "B: Finalement on ne part pas sur Dupont, on prend Martin.",
            ),
            "On ne part pas sur Dupont, on prend Martin",
        ),
        (("A: On prend Dupont pour le traiteur.", "B: ok", "A: en fait finalement on prend Martin"), "On prend Martin"),
        (
            ("A: On fixe la réunion au 12 mai.", "B: ok", "A: On décale la réunion au 14 mai."),
            "On décale la réunion au 14 mai",
        ),
        (
            ("A: We'll go with the red design.", "B: Agreed.", "A: Actually, let's go with the blue design instead."),
            "Let's go with the blue design instead",
        ),
        (
            (
                "A: We'll go with the London venue.",
                "B: OK",
                "A: Scrap that. Let's do the Leeds venue instead.",
                "B: Fine.",
            ),
            "Do the Leeds venue instead",
        ),
    ],
)
def test_a_later_decision_takes_the_place_of_the_first(said, new):
    first, second = _decisions(*said)
    assert (first.state, first.replaced_by) == ("replaced", "d2")
    assert (second.id, second.state, second.replaced_by) == ("d2", "settled", None)
    assert second.text.removeprefix("Let's ").capitalize() == new.removeprefix("Let's ").capitalize()


@pytest.mark.parametrize(
    "said",
    [
        (
            "A: On décide d'organiser le séminaire à Lyon.",
            "B: parfait",
            "C: En fait on revient sur la décision du séminaire.",
        ),
        (
            "A: On décide d'organiser la journée portes ouvertes.",
            "B: oui",
            "A: Alors on annule la journée portes ouvertes.",
        ),
        ("A: We'll keep the office in Leeds.", "B: agreed", "A: Scrap that."),
    ],
)
def test_a_decision_taken_back_is_shown_as_revoked_with_the_words_that_did_it(said):
    (decision,) = _decisions(*said)
    assert decision.state == "revoked"
    assert decision.evidence[-1].turn == 2


def test_off_record_turns_are_not_read():
    transcript = Transcript((Turn(0, "A", "On décide de fermer le site.", off_record=True),))
    assert find_decisions(utterances(transcript.turns), transcript) == []


SENTENCES = [
    "On décide de reporter le lancement.", "Je propose qu'on prenne Dupont.", "OK, validé.", "Non.", "C'est acté.",
    "Finalement on ne part pas sur Dupont, on prend Martin.", "Scrap that.", "Let's go with option B instead.", "Yes.",
    "Tout le monde est d'accord ?", "Motion carried.", "On la valide.", "{vocalsound} uh", "(.*) \\d+ [", "On",
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
def test_any_meeting_gives_decisions_that_stand(said):
    transcript = Transcript(tuple(Turn(n, who, text) for n, (who, text) in enumerate(said)))
    found = find_decisions(utterances(transcript.turns), transcript)
    assert [decision.id for decision in found] == [f"d{n}" for n in range(1, len(found) + 1)]
    for decision in found:
        assert is_verified(decision.evidence, transcript)
        assert decision.text
        assert decision.decided_by not in decision.assent
        assert (decision.state == "replaced") == (decision.replaced_by is not None)
        if decision.replaced_by:
            assert int(decision.replaced_by[1:]) > int(decision.id[1:])
    assert find_decisions(utterances(transcript.turns), transcript) == found


def test_a_very_long_sentence_is_quoted_in_part():
    text = "donc " + "voilà je dis que " * 300 + "on décide de fermer le site de Brest en juin"
    (decision,) = _decisions(f"A: {text}")
    assert len(decision.text.split()) <= 35
    assert "fermer le site de Brest" in decision.text
    assert len(decision.evidence[0].quote) < 500
