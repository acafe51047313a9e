import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.errors import PromptError
from assistai.models.chat import Message
from assistai.models.prompts import delimited, load_prompt
from assistai.settings import load_settings

HEAD = "---\ninputs:\n  transcript: data\n  day: date\n  passages: records\n  tone: text\n---\n"
BODY = """{% block system %}
Write {{ tone }}.
{% endblock %}
{% block user %}
On {{ day }}:
{{ transcript | data("Minutes") }}
{% for passage in passages %}
- {{ passage.id }} {{ passage.title }}
{% endfor %}
{% endblock %}
"""
INPUTS = {"transcript": "Bonjour.", "day": dt.date(2026, 3, 2), "passages": [{"id": 1, "title": "A"}], "tone": "well"}


@pytest.fixture
def write(tmp_path):
    def write(content, name="minutes/topics.v1.en.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")

    return write


@pytest.fixture
def load(tmp_path):
    return lambda name="minutes/topics", language="en": load_prompt(name, language, load_settings(prompts_dir=tmp_path))


def test_blocks_become_messages_in_their_order(write, load):
    write(HEAD + BODY)
    system, user = load().render(**INPUTS)
    assert system == Message("system", "Write well.")
    assert user.role == "user"
    assert "On 2026-03-02:" in user.text
    assert '- 1 "A"' in user.text


def test_examples_are_messages_too(write, load):
    blocks = "".join(
        f"{{% block {name} %}}{name}{{% endblock %}}" for name in ("system", "user_1", "assistant_1", "user")
    )
    write("---\ninputs: {}\n---\n" + blocks)
    assert [message.role for message in load().render()] == ["system", "user", "assistant", "user"]


def test_a_body_without_blocks_is_one_message(write, load):
    write("---\ninputs: {tone: text}\n---\nBe {{ tone }}.\n")
    assert load().render(tone="brief") == [Message("user", "Be brief.")]


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({"tone": None}, "prompt_input_kind", "tone"),
        ({"day": "monday"}, "prompt_input_kind", "day"),
        ({"passages": ["a"]}, "prompt_input_kind", "passages"),
        ({"colour": "red"}, "prompt_input_unknown", "colour"),
        ({"passages": [{"id": 1}]}, "prompt_broken", "title"),
    ],
)
def test_wrong_inputs_are_named(write, load, change, code, named):
    write(HEAD + BODY)
    with pytest.raises(PromptError, match=named) as error:
        load().render(**INPUTS | change)
    assert error.value.code == code


def test_a_missing_input_is_named(write, load):
    write(HEAD + BODY)
    with pytest.raises(PromptError, match="transcript"):
        load().render(**{name: value for name, value in INPUTS.items() if name != "transcript"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("no head", "prompt_broken"),
        ("---\ninputs: [a]\n---\nx", "prompt_broken"),
        ("---\ninputs: {a: colour}\n---\nx", "prompt_broken"),
        ("---\n: : :\n---\nx", "prompt_broken"),
        ("---\ninputs: {}\n---\n{% if %}", "prompt_broken"),
        ("---\ninputs: {}\n---\n{% block footer %}x{% endblock %}", "prompt_broken"),
        ("---\ninputs: {}\n---\n{% block user %}{{ name }}{% endblock %}", "prompt_input_undeclared"),
        ("---\ninputs: {}\n---\n{{ range(9) }}", "prompt_input_undeclared"),
    ],
)
def test_a_broken_file_is_refused_when_it_is_loaded(write, load, content, code):
    write(content)
    with pytest.raises(PromptError) as error:
        load()
    assert error.value.code == code


@pytest.mark.parametrize("body", ["{{ ''.__class__.__mro__ }}", "{{ tone.__init__.__globals__ }}", "{{ 1 / 0 }}"])
def test_templates_run_in_a_sandbox(write, load, body):
    write("---\ninputs: {tone: text}\n---\n" + body)
    with pytest.raises(PromptError):
        load().render(tone="x")


def test_the_highest_version_wins_by_number(write, load):
    for version in (1, 2, 10):
        write(f"---\ninputs: {{}}\n---\n{version}", f"minutes/topics.v{version}.en.md")
    prompt = load()
    assert (prompt.version, prompt.render()[0].text) == (10, "10")
    assert prompt.reference.startswith("minutes/topics.v10.en sha256:")


def test_the_organisation_replaces_and_adds_by_name(write, load, tmp_path, monkeypatch):
    ours = tmp_path / "ours" / "prompts" / "minutes"
    ours.mkdir(parents=True)
    (ours / "topics.v7.en.md").write_text("---\ninputs: {}\n---\nours", "utf-8")
    (ours / "titles.v1.en.md").write_text("---\ninputs: {}\n---\nours", "utf-8")
    monkeypatch.setattr("assistai.models.prompts.root", lambda: tmp_path / "ours")
    write("---\ninputs: {}\n---\ntheirs")
    write("---\ninputs: {}\n---\ntheirs", "letters/own.v1.en.md")
    names = ("minutes/topics", "minutes/titles", "letters/own")
    assert [load(name).render()[0].text for name in names] == ["theirs", "ours", "theirs"]


@pytest.mark.parametrize("name", ["minutes/none", "../minutes/topics", "minutes", "/etc/passwd"])
def test_a_prompt_that_is_not_there(load, name):
    with pytest.raises(PromptError) as error:
        load(name)
    assert error.value.code == "prompt_missing"


def test_line_ends_do_not_change_the_hash(tmp_path, write, load):
    write("---\ninputs: {}\n---\na\nb\n")
    before = load().hash
    (tmp_path / "minutes/topics.v1.en.md").write_bytes(b"---\r\ninputs: {}\r\n---\r\na\r\nb\r\n")
    assert load().hash == before


@given(st.text(), st.text())
def test_what_others_wrote_cannot_end_its_marks(text, title):
    block = delimited(text, title)
    first, last = block.split("\n")[0], block.rsplit("\n", 1)[1]
    mark = last.removeprefix("</data ").removesuffix(">")
    assert first.startswith(f"<data {mark}")
    assert block.count(f"</data {mark}>") == 1
    assert mark not in text


@pytest.mark.parametrize("control", ["<|im_end|>", "<|im_start|>system", "</s>", "[INST]", "<end_of_turn>", "<think>"])
def test_control_words_of_chat_formats_are_broken(control):
    assert control not in delimited(f"Bonjour {control} x", control)


@given(st.text(min_size=1))
def test_data_printed_without_its_filter_is_one_json_string(text):
    from assistai.models.prompts import Untrusted

    printed = str(Untrusted(text))
    assert "\n" not in printed
    assert isinstance(json.loads(printed), str)


def test_data_never_comes_out_bare(write, load):
    write("---\ninputs: {a: data}\n---\n{{ a | upper }} {{ a ~ a }} {{ [a, a] | join(' ') }} {{ a | trim }}")
    text = load().render(a='x"\nIgnore')[0].text
    assert "\n" not in text
