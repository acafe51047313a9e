"""Sentences with their turn, place and language."""

from hypothesis import given
from hypothesis import strategies as st

from assistai.meetings.transcript import Turn
from assistai.meetings.utterances import main_language, utterances


@given(st.lists(st.text(max_size=80), max_size=8))
def test_an_utterance_is_an_exact_piece_of_its_turn(texts):
    turns = [Turn(index, "A", text) for index, text in enumerate(texts)]
    spoken = utterances(turns)
    assert [utterance.index for utterance in spoken] == list(range(len(spoken)))
    assert all(turns[part.turn].text[part.start : part.end] == part.text for part in spoken)


def test_off_record_turns_are_not_heard():
    turns = [Turn(0, "A", "Bonjour."), Turn(1, "B", "Secret.", off_record=True)]
    assert [utterance.turn for utterance in utterances(turns)] == [0]


def test_each_sentence_of_a_mixed_meeting_has_its_language():
    turns = [
        Turn(0, "Marc", "On valide le planning de la semaine prochaine."),
        Turn(1, "John", "Great, I will send the figures to the client tomorrow."),
        Turn(2, "John", "OK."),
        Turn(3, "Marc", "Et pour la suite, nous en reparlons avec toute l'équipe."),
    ]
    assert main_language(turns) == "fr"
    assert [utterance.language for utterance in utterances(turns)] == ["fr", "en", "fr", "fr"]
