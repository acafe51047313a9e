"""What every chat model does: the fake one, one behind a scripted server, one behind llama.cpp, one in this process."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from scripted_server import ScriptedServer, streamed

from assistai.errors import Cancelled, ModelReplyUnusable
from assistai.models.chat import Message, load_chat_model
from assistai.settings import load_settings
from assistai.testing import ScriptedChatModel

ASKED = [Message("system", "You are brief."), Message("user", "Say hello to the team in one sentence.")]
SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string", "maxLength": 20}, "urgent": {"type": "boolean"}},
    "required": ["title", "urgent"],
    "additionalProperties": False,
}


def answer(messages):
    if "JSON" in messages[-1].text:
        return '{"title": "Hello", "urgent": false}'
    return "Hello to the whole team! It is a pleasure to be with you on this very fine day in the mountains."


LLAMA = pytest.mark.xdist_group("llama")


@pytest.fixture(
    params=["fake", "scripted server", pytest.param("llama.cpp", marks=LLAMA), pytest.param("in process", marks=LLAMA)],
    scope="module",
)
def chat_model(request, tmp_path_factory):
    if request.param == "fake":
        return ScriptedChatModel(answer)
    if request.param == "in process":
        path = request.getfixturevalue("smollm2")
        return load_chat_model(load_settings(model=f"local:{path}", model_context_tokens=2048))
    settings = request.getfixturevalue("llama" if request.param == "llama.cpp" else "scripted_settings")
    return load_chat_model(load_settings(data_dir=tmp_path_factory.mktemp("var"), **settings))


@pytest.fixture(scope="module")
def scripted_settings(request):
    def reply(request):
        return streamed(answer([Message("user", json.dumps(request.body))]))

    server = ScriptedServer(reply)
    yield server.settings
    server.close()


def test_it_says_what_it_is(chat_model):
    assert chat_model.name
    assert chat_model.remote is False
    assert chat_model.context_tokens >= 2048


def test_it_counts_tokens(chat_model):
    assert chat_model.count_tokens("") == 0
    few, many = chat_model.count_tokens("Bonjour."), chat_model.count_tokens("Bonjour à toute l'équipe. " * 50)
    assert 0 < few < many


def test_it_answers_and_is_heard_while_it_speaks(chat_model):
    heard = []
    reply = chat_model.reply(ASKED, max_tokens=60, heard=heard.append)
    assert reply.text == reply.text.strip() != ""
    assert reply.model
    assert reply.usage.read > 0
    assert reply.usage.written > 0
    assert heard[-1].strip() == reply.text
    assert all(later.startswith(earlier.rstrip()) for earlier, later in itertools.pairwise(heard))


def test_json_follows_its_schema(chat_model):
    reply = chat_model.reply(
        [Message("user", "Give a title and whether it is urgent, as JSON.")], max_tokens=80, schema=SCHEMA
    )
    assert json.loads(reply.text).keys() == {"title", "urgent"}


def test_what_hears_can_stop_it(chat_model):
    def stop(text):
        raise Cancelled("stopped_by_user")

    with pytest.raises(Cancelled):
        chat_model.reply(ASKED, max_tokens=60, heard=stop)


def test_anything_that_hearing_raises_comes_out_as_it_is(chat_model):
    class Rerun(BaseException):
        pass

    def rerun(text):
        raise Rerun

    with pytest.raises(Rerun):
        chat_model.reply(ASKED, max_tokens=60, heard=rerun)


def test_the_other_language_is_refused(chat_model):
    asked = [Message("user", "Write one long sentence in English about the weather in the mountains.")]
    with pytest.raises(ModelReplyUnusable) as error:
        chat_model.reply(asked, max_tokens=80, language="fr")
    assert error.value.code == "model_reply_other_language"


def test_threads_may_share_it(chat_model):
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda _: chat_model.reply(ASKED, max_tokens=60).text, range(2)))
    assert all(replies)
