"""What a chat model wrote that is no line of minutes at all: it is left out, counted and said."""

import pytest

from assistai.meetings.legibility import is_line, is_sentence

LABELS = ["Claire Vasseur", "Julien Morel", "Questions diverses"]


@pytest.mark.parametrize(
    "text",
    [
        "Le devis de Transvalor est retenu, à 18 400 euros.",
        "The removal is on 4 March; the keys arrive on 1 June.",
        "Claire propose : « Je prends la salle. »",
        "Claire Vasseur propose de retenir le devis. Julien Morel accepte le devis.",
        "Le personnel de nuit et le personnel de jour reçoivent le même badge.",
    ],
)
def test_a_sentence_that_tells_of_the_meeting_is_one(text):
    assert is_sentence(text, LABELS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Questions diverses.",
        "julien morel",
        "Budget formation",
        "Julien Morel: Bien compris. Le nom est transmis.",
        "Bien compris, je te transmets le nom.",
        "I'll send the file to the team tomorrow.",
        "Est-ce que le bailleur paie la climatisation ?",
        "Les équipes sont prévenues par Transvalor. Les équipes sont prévenues par Transvalor.",
        "prévenir les équipes pour prévenir les équipes et prévenir les équipes pour prévenir les équipes",
        "Le devis est retenu par la direction après examen des deux propositions reçues, " * 3 + "les é",
    ],
)
def test_headings_turns_questions_circles_and_cut_lines_are_none(text):
    assert not is_sentence(text, LABELS)


def test_a_task_may_be_short_but_is_no_name():
    assert is_line("Prévenir Julien", LABELS)
    assert not is_line("Julien Morel.", LABELS)
