"""Questions in mails and the sentences that answer them."""

import pytest

from assistai.drafting.asked import answers, find_asked
from assistai.drafting.draft import ThreadQuestion


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Bonjour. Comment allez-vous ? Quelle salle est prévue ?", ["Quelle salle est prévue ?"]),
        ("Merci de me préciser la date du comité.", ["Merci de me préciser la date du comité."]),
        (
            "Pourriez-vous nous transmettre le rapport d’ici vendredi.",
            ["Pourriez-vous nous transmettre le rapport d’ici vendredi."],
        ),
        ("Dites-moi si cela convient à votre équipe.", ["Dites-moi si cela convient à votre équipe."]),
        ("Je souhaiterais savoir combien de places restent.", ["Je souhaiterais savoir combien de places restent."]),
        ("Please let me know whether Mr Harding will attend.", ["Please let me know whether Mr Harding will attend."]),
        ("Si vous avez des questions, n’hésitez pas à m’appeler.", []),
        ("Avez-vous des questions ?", []),
        ("Merci pour votre envoi.", []),
        ("Nous avons confirmé la date.", []),
        ("1) Quel jour ?\n2) Quel lieu ?", ["Quel jour ?", "Quel lieu ?"]),
        ("N’est-ce pas ?", []),
    ],
)
def test_questions_are_found_with_or_without_a_mark(text, asked):
    assert [item.text for item in find_asked(text)] == asked


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("À quelle heure commence la visite ?", "La visite commence à 14 h 30."),
        ("Combien de cartons faut-il prévoir ?", "Il faut prévoir 40 cartons."),
        ("Qui accueillera le préfet ?", "Le préfet sera accueilli par Mme Lefèvre."),
        ("Où aura lieu la réunion ?", "La réunion aura lieu salle Pasteur."),
        ("La salle Pasteur est-elle libre le 12 mars ?", "Oui, la salle Pasteur est libre ce jour-là."),
        ("Pouvez-vous nous envoyer le devis ?", "Vous trouverez ci-joint le devis."),
        ("Who will attend the board meeting?", "The board meeting will be attended by Mr Harding."),
        ("Comment accéder au parking ?", "Vous pourrez accéder au parking par la rue du Port."),
    ],
)
def test_a_sentence_answers_where_it_tells_what_was_asked(question, sentence):
    body = f"Bonjour,\n\nMerci de votre message. {sentence}\n\nCordialement"
    (found,) = answers(body, [ThreadQuestion(text=question, asked_by="Luc")])
    assert (found.text, found.asked_by, found.answer) == (question, "Luc", sentence)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("À quelle heure commence la visite ?", "La visite est maintenue."),
        ("Combien de cartons faut-il prévoir ?", "Les cartons seront livrés."),
        ("Combien de cartons faut-il prévoir ?", "Je reviens vers vous pour les 40 cartons."),
        ("Combien de cartons faut-il prévoir ?", "Il faut [à compléter : nombre] cartons."),
        ("Combien de cartons faut-il prévoir ?", "Faut-il prévoir 40 cartons ?"),
        ("La salle Pasteur est-elle libre le 12 mars ?", "Le repas sera servi à midi."),
        ("Qui accueillera le préfet ?", "Le préfet sera accueilli."),
        ("Quand ?", ""),
    ],
)
def test_what_does_not_tell_it_answers_nothing(question, body):
    assert answers(body, [ThreadQuestion(text=question)])[0].answer is None


def test_without_questions_nothing_is_answered():
    assert answers("Bonjour.", []) == ()
