import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.errors import ModelReplyUnusable
from assistai.models.replies import json_object, repeats, usable, without_thoughts

SCHEMA = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "actions": {"type": "array", "items": {"$ref": "#/$defs/Action"}},
    },
    "required": ["title"],
    "additionalProperties": False,
    "$defs": {
        "Action": {
            "type": "object",
            "properties": {"task": {"type": "string"}},
            "required": ["task"],
            "additionalProperties": False,
        }
    },
}
FRENCH = "Le comité a décidé de reporter la réunion au mois prochain, car le budget n'est pas encore prêt."
ENGLISH = "The committee decided to move the meeting to next month, because the budget is not ready yet."


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Été"}',
        '```json\n{"title": "Été"}\n```',
        'Voici le JSON :\n{"title": "Été"}\nJ\'espère que cela aide.',
        "{'title': 'Été',}",
        '{"title": "Été"',
        '<think>{"title": "non"}</think>{"title": "Été"}',
        '{"title": "Été", "mood": "good"}',
    ],
)
def test_json_is_mended_in_form(text):
    assert json.loads(usable(text, SCHEMA)) == {"title": "Été"}


def test_unknown_keys_of_nested_objects_are_left_out():
    text = json.dumps({"title": "A", "actions": [{"task": "b", "mood": "good"}]})
    assert json.loads(json_object(text, SCHEMA)) == {"title": "A", "actions": [{"task": "b"}]}


@pytest.mark.parametrize(
    "text", ["Désolé.", "[1]", '{"title": 3}', '{"actions": []}', '{"title": "A", "actions": [{}]}', "{", '"title"']
)
def test_what_is_not_the_json_asked_for_is_refused(text):
    with pytest.raises(ModelReplyUnusable) as error:
        usable(text, SCHEMA)
    assert error.value.code == "model_reply_not_json"


def test_the_error_holds_nothing_of_the_reply():
    with pytest.raises(ModelReplyUnusable) as error:
        usable('{"title": ["Mme Martin"]}', SCHEMA)
    assert "Martin" not in str(error.value)
    assert error.value.__context__ is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>hm</think>Oui.", "Oui."),
        ("<THINK>\nhm\n</THINK>\n\nOui.", "Oui."),
        ("hm</think>Oui.", "Oui."),
        ("<think>hm", ""),
        ("Oui.<thinking>hm</thinking>", "Oui."),
        ("Oui.", "Oui."),
    ],
)
def test_thoughts_are_taken_off(text, left):
    assert without_thoughts(text) == left


@pytest.mark.parametrize("text", ["", "  \n", "<think>only</think>"])
def test_an_empty_reply_is_refused(text):
    with pytest.raises(ModelReplyUnusable) as error:
        usable(text)
    assert error.value.code == "model_reply_empty"


@pytest.mark.parametrize("unit", ["a", "\n", "ok ", "Nous allons voir. ", f"{FRENCH}\n", '{"task": "voir"},'])
def test_loops_are_seen_wherever_the_text_is_cut(unit):
    looping = f"{ENGLISH} " + unit * 300
    assert repeats(looping)
    assert repeats(looping[:-1])


@given(st.lists(st.text(min_size=1), unique=True))
def test_different_lines_are_no_loop(lines):
    assert not repeats("\n".join(f"{number}. {line[:40]}" for number, line in enumerate(lines)))


@pytest.mark.parametrize("text", [FRENCH, "-" * 80, "| a | b |\n|---|---|\n| 1 | 2 |\n" * 2, "Oui. " * 3])
def test_ordinary_texts_are_no_loop(text):
    assert not repeats(text)


def test_the_other_language_is_refused():
    assert usable(FRENCH, language="fr") == FRENCH
    with pytest.raises(ModelReplyUnusable) as error:
        usable(ENGLISH, language="fr")
    assert error.value.code == "model_reply_other_language"
    assert usable("OK", language="fr") == "OK"
