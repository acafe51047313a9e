"""What servers do and fail to do, at the level of HTTP, through the real openai and LangChain packages."""

import json
import logging
import threading
import time

import pytest
from scripted_server import DONE, Answer, Dropped, ScriptedServer, event, refused, streamed, usage

from assistai.errors import Cancelled, MissingExtra, ModelError, SettingsError
from assistai.models import waiting
from assistai.models.chat import Message, load_chat_model
from assistai.models.tokens import estimate
from assistai.settings import load_settings

ASKED = [Message("system", "Tu es bref."), Message("user", "Mme Martin vient-elle ?")]
SCHEMA = {"type": "object", "properties": {"titre": {"type": "string"}}, "required": ["titre"]}
FRENCH = "Le comité a décidé de reporter la réunion au mois prochain, car le budget n'est pas encore prêt."
ENGLISH = "The committee decided to move the meeting to next month, because the budget is not ready yet."


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(waiting, "_FIRST_WAIT", 0.01)
    monkeypatch.setattr(waiting, "_LARGEST_BACK_OFF", 0.02)


@pytest.fixture
def serve(tmp_path):
    """Return a model behind a server that answers so, and the server."""
    servers = []

    def serve(*answers, gets=None, posts=None, **settings):
        server = ScriptedServer(*answers, gets=gets, posts=posts)
        servers.append(server)
        values = {"data_dir": tmp_path, "model_timeout_seconds": 20, "model_retries": 2, **server.settings, **settings}
        return load_chat_model(load_settings(**values)), server

    yield serve
    for server in servers:
        server.close()


def ask(model, **options):
    return model.reply(ASKED, **{"max_tokens": 60, **options})


def test_a_reply_with_what_it_consumed(serve):
    model, server = serve(streamed("Oui, à 14 h 30."))
    reply = ask(model)
    assert (reply.text, reply.model, reply.usage.read, reply.usage.written) == ("Oui, à 14 h 30.", "scripted", 11, 7)
    assert reply.usage.cost is None
    sent = server.requests[0]
    assert sent.body["messages"] == [
        {"role": "system", "content": "Tu es bref."},
        {"role": "user", "content": "Mme Martin vient-elle ?"},
    ]
    assert (sent.body["store"], sent.body["temperature"], sent.body["max_tokens"]) == (False, 0, 60)
    assert sent.headers["authorization"] == "Bearer secret-key"


def cut(pieces=2):
    def drop(stop):
        raise Dropped

    return Answer(pieces=[event({"content": "Oui"})] * pieces + [drop])


def silent(seconds=30):
    def wait(stop):
        stop.wait(seconds)
        return b""

    return Answer(pieces=[event({"content": "Oui"}), wait])


def without_end():
    return streamed("Oui, elle vient", finish=None)


def endless(stop=None):
    return Answer(pieces=[event({"content": f"mot{number} "}) for number in range(3000)])


FAILURES = {
    "busy": (refused(429, "slow down", retry_after=0), "model_busy", 3),
    "busy for long": (refused(429, "slow down", retry_after=3600), "model_busy", 1),
    "no credit": (refused(429, "You exceeded your current quota", "insufficient_quota"), "model_no_credit", 1),
    "server error": (refused(500, "boom"), "model_server_failed", 3),
    "gateway": (refused(502, "bad gateway"), "model_server_failed", 3),
    "no page": (
        Answer(502, {"Content-Type": "text/html", "Content-Length": "6"}, [b"<html>"]),
        "model_server_failed",
        3,
    ),
    "unavailable": (refused(503, "loading model"), "model_busy", 3),
    "wrong key": (refused(401, "Incorrect API key provided: secret-key"), "model_key_refused", 1),
    "forbidden": (refused(403, "no"), "model_key_refused", 1),
    "unknown model": (refused(404, "model not found"), "model_unknown", 1),
    "redirect": (Answer(307, {"Location": "http://127.0.0.1:9/", "Content-Length": "0"}), "model_request_refused", 1),
    "too long": (refused(400, "This model's maximum context length is 8192 tokens"), "model_context_exceeded", 1),
    "too long for llama.cpp": (
        refused(400, "the request exceeds the available context size, try increasing it"),
        "model_context_exceeded",
        1,
    ),
    "filtered question": (refused(400, "content management policy", "content_filter"), "model_declined", 1),
    "filtered reply": (streamed("Je", finish="content_filter"), "model_declined", 1),
    "refusal": (
        Answer(pieces=[event({"refusal": "I cannot"}), event(finish="stop"), usage(), DONE]),
        "model_declined",
        1,
    ),
    "dropped": (cut(), "model_broke_off", 3),
    "ended without an end": (without_end(), "model_broke_off", 3),
    "error in the stream": (
        Answer(pieces=[event({"content": "Oui"}), b'data: {"error": {"message": "boom", "code": 500}}\n\n']),
        "model_broke_off",
        3,
    ),
    "not an event stream": (
        Answer(headers={"Content-Type": "text/html", "Content-Length": "9"}, pieces=[b"<p>hi</p>"]),
        "model_server_failed",
        3,
    ),
    "garbage": (Answer(pieces=[b"data: {{{\n\n"]), "model_server_failed", 3),
    "cut at length": (streamed("Oui, elle", finish="length"), "model_reply_cut", 1),
    "empty": (streamed(""), "model_reply_empty", 2),
    "only thoughts": (streamed("<think>Hm. Elle vient.</think>"), "model_reply_empty", 2),
    "a loop": (streamed("Nous allons voir. " * 400, size=40), "model_reply_repeats", 2),
    "endless": (endless(), "model_reply_endless", 1),
}


@pytest.mark.parametrize("case", FAILURES)
def test_each_failure_is_told_apart_and_tried_again_where_it_may_pass(serve, case):
    answer, code, calls = FAILURES[case]
    model, server = serve(answer)
    with pytest.raises(ModelError) as error:
        ask(model, max_tokens=1500 if case == "a loop" else 60)
    assert error.value.code == code
    assert len(server.requests) == calls
    for language in ("fr", "en"):
        message = error.value.message(language)
        assert "secret-key" not in message
        assert "{" not in message


def test_nobody_is_there(tmp_path):
    model = load_chat_model(
        load_settings(data_dir=tmp_path, model="openai:x", model_url="http://127.0.0.1:9/v1", model_retries=1)
    )
    with pytest.raises(ModelError) as error:
        ask(model)
    assert error.value.code == "model_unreachable"
    assert model.context_tokens == 8192


def test_silence_is_waited_for_as_long_as_the_settings_say(serve):
    model, server = serve(silent(), model_timeout_seconds=0.5)
    start = time.monotonic()
    with pytest.raises(ModelError) as error:
        ask(model)
    assert error.value.code == "model_timeout"
    assert time.monotonic() - start < 10
    assert len(server.requests) == 2


@pytest.mark.parametrize("first", [refused(429, retry_after_ms=5), refused(500), cut(), streamed(""), streamed("{")])
def test_what_passes_is_tried_again(serve, first):
    model, server = serve(first, streamed('{"titre": "Budget"}'))
    assert ask(model, schema=SCHEMA).text == '{"titre": "Budget"}'
    assert len(server.requests) == 2


def test_what_failed_tries_read_is_counted(serve):
    model, _ = serve(streamed("rien"), streamed('{"titre": "Budget"}'))
    assert ask(model, schema=SCHEMA).usage.read == 22


def test_what_a_reply_that_failed_consumed_is_told(serve):
    model, _ = serve(streamed("Oui, elle", finish="length"))
    with pytest.raises(ModelError) as error:
        ask(model)
    assert (error.value.usage.read, error.value.usage.written) == (11, 7)


def test_the_server_says_how_long_to_wait(serve):
    model, _ = serve(refused(429, retry_after_ms=700), streamed("Oui."))
    start = time.monotonic()
    assert ask(model).text == "Oui."
    assert time.monotonic() - start >= 0.7


def test_a_reply_starts_anew_for_who_hears_it(serve):
    model, _ = serve(cut(), streamed("Non."))
    heard = []
    ask(model, heard=heard.append)
    assert "OuiOui" in heard
    assert heard[-1] == "Non."
    assert heard.index("OuiOui") < heard.index("Non.")


def test_thoughts_are_neither_heard_nor_kept(serve):
    model, _ = serve(streamed("<think>Hm, Martin.</think>Oui.", size=9))
    heard = []
    assert ask(model, heard=heard.append).text == "Oui."
    assert not any("Martin" in text for text in heard)


def test_the_other_language_is_asked_for_again(serve):
    model, server = serve(streamed(ENGLISH), streamed(FRENCH))
    assert ask(model, language="fr").text == FRENCH
    assert len(server.requests) == 2


def stopping_after(seconds):
    start = time.monotonic()

    def heard(text):
        if time.monotonic() - start > seconds:
            raise Cancelled("stopped_by_user")

    return heard


@pytest.mark.parametrize(
    "answer", [silent(), refused(429, retry_after=30)], ids=["while it is silent", "while waiting"]
)
def test_a_stop_is_heard_at_once(serve, answer):
    model, server = serve(answer)
    start = time.monotonic()
    with pytest.raises(Cancelled):
        ask(model, heard=stopping_after(0.5))
    assert time.monotonic() - start < 5
    assert len(server.requests) == 1


def test_a_stop_ends_the_connection_so_that_the_server_stops_too(serve):
    def slowly(stop):
        time.sleep(0.02)
        return event({"content": "encore "})

    model, server = serve(Answer(pieces=[slowly] * 2000))
    with pytest.raises(Cancelled):
        ask(model, max_tokens=5000, heard=stopping_after(0.3))
    assert server.gone.wait(10)


def test_json_schema_is_asked_for_and_strict_where_it_can_be(serve):
    model, server = serve(streamed('{"titre": "Budget"}'))
    ask(model, schema=SCHEMA)
    ask(model, schema=SCHEMA | {"additionalProperties": False})
    formats = [request.body["response_format"] for request in server.requests]
    assert [found["type"] for found in formats] == ["json_schema"] * 2
    assert [found["json_schema"]["strict"] for found in formats] == [False, True]


def picky(*unwanted, status=400):
    """Return a server that refuses fields, each by its name, as vLLM, Mistral and older servers do."""

    def answer(request):
        for name in unwanted:
            value = request.body.get(name.partition("=")[0])
            if value is not None and name.partition("=")[2] in json.dumps(value):
                return refused(status, f"{name.partition('=')[0]}: extra inputs are not permitted {name}")
        return streamed('{"titre": "Budget"}')

    return answer


@pytest.mark.parametrize(
    ("unwanted", "last"),
    [
        (("response_format=json_schema",), {"response_format": {"type": "json_object"}}),
        (("response_format",), {}),
        (("response_format", "store", "stream_options", "temperature"), {}),
        (("max_tokens",), {"max_completion_tokens": 60, "response_format": None}),
    ],
)
@pytest.mark.parametrize("status", [400, 422])
def test_what_a_server_refuses_is_left_out_and_remembered(serve, unwanted, last, status):
    model, server = serve(picky(*unwanted, status=status))
    for _ in range(2):
        assert ask(model, schema=SCHEMA).text == '{"titre": "Budget"}'
    final, before = server.requests[-1].body, len(server.requests)
    for name, value in last.items():
        assert value is None or final[name] == value
    for name in unwanted:
        assert "=" in name or name not in final
    ask(model, schema=SCHEMA)
    assert len(server.requests) == before + 1
    if "response_format" in unwanted:
        assert '"titre"' in final["messages"][0]["content"]


def test_a_refusal_that_names_nothing_is_the_users_to_read(serve):
    model, _ = serve(refused(400, "Mme Martin is wrong"))
    with pytest.raises(ModelError) as error:
        ask(model, schema=SCHEMA)
    assert error.value.code == "model_request_refused"
    assert "Martin" not in str(error.value)


@pytest.mark.parametrize(
    ("gets", "tokens"),
    [
        ({"/props": {"default_generation_settings": {"n_ctx": 4096}}}, 4096),
        ({"/v1/models": {"data": [{"id": "scripted", "max_model_len": 32768}]}}, 32768),
        ({"/v1/models": {"data": [{"id": "other", "max_model_len": 1}, {"id": "scripted"}]}}, 8192),
        ({"/api/version": {"version": "0.13"}, "/api/ps": {"models": []}}, 4096),
        (
            {
                "/api/version": {"version": "0.13"},
                "/api/ps": {"models": [{"model": "scripted:latest", "context_length": 16384}]},
            },
            16384,
        ),
        ({"/props": [], "/v1/models": {"data": None}}, 8192),
    ],
)
def test_the_context_is_what_the_server_has(serve, gets, tokens):
    assert serve(streamed("Oui."), gets=gets)[0].context_tokens == tokens


def test_the_settings_know_better(serve):
    gets = {"/props": {"default_generation_settings": {"n_ctx": 4096}}}
    assert serve(streamed("Oui."), gets=gets, model_context_tokens=2048)[0].context_tokens == 2048


@pytest.mark.parametrize(
    ("answer", "counted"),
    [
        (lambda body: {"tokens": body["content"].split()}, 3),
        (lambda body: {"count": 7}, 7),
        (lambda body: {}, estimate("un deux trois")),
    ],
)
def test_tokens_are_counted_by_the_server_where_it_counts(serve, answer, counted):
    model, _ = serve(streamed("Oui."), posts={"/tokenize": answer})
    assert model.count_tokens("un deux trois") == counted


def test_nothing_of_the_texts_is_logged(serve, caplog):
    caplog.set_level(logging.DEBUG)
    model, _ = serve(refused(500), streamed("Oui, Mme Martin."))
    ask(model)
    assert "Martin" not in caplog.text
    assert "secret-key" not in caplog.text


def test_no_tracing_service_is_fed(serve, monkeypatch):
    tracer = ScriptedServer(streamed("x"), posts={})
    seen = threading.Event()
    tracer.next_answer = lambda request: seen.set()
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    for name in ("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"):
        monkeypatch.setenv(name, f"{tracer.root}/chat/completions")
    monkeypatch.setenv("LANGSMITH_API_KEY", "x")
    model, _ = serve(streamed("Oui."))
    ask(model)
    assert not seen.wait(1)
    tracer.close()


def test_no_proxy_stands_before_this_machine(serve, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    model, _ = serve(streamed("Oui."), posts={"/tokenize": lambda body: {"tokens": [1, 2]}})
    assert ask(model).text == "Oui."
    assert model.count_tokens("a b c d e") == 2


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", ":x"])
def test_a_name_needs_a_provider(tmp_path, name):
    with pytest.raises(SettingsError):
        load_chat_model(load_settings(data_dir=tmp_path, model=name))


@pytest.mark.parametrize(
    ("name", "error"), [("mistralai:mistral-small-latest", MissingExtra), ("nowhere:x", SettingsError)]
)
def test_a_provider_needs_its_package(tmp_path, name, error):
    model = load_chat_model(load_settings(data_dir=tmp_path, model=name))
    with pytest.raises(error):
        ask(model)


def test_other_providers_are_told_the_schema_in_words(tmp_path, monkeypatch):
    from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    asked = []

    class Fake(GenericFakeChatModel):
        def _generate(self, messages, **options):
            asked.append((messages, options))
            return super()._generate(messages)

    made = {}

    def init_chat_model(name, **options):
        made.update(options, name=name)
        return Fake(messages=iter([AIMessage('Voici : {"titre": "Budget"}', response_metadata={"model_name": "m"})]))

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init_chat_model)
    model = load_chat_model(load_settings(data_dir=tmp_path, model="mistralai:small", model_key="secret-key"))
    assert ask(model, schema=SCHEMA).text == '{"titre": "Budget"}'
    assert (made["name"], made["model_provider"], made["api_key"], made["max_retries"]) == (
        "small",
        "mistralai",
        "secret-key",
        0,
    )
    assert '"titre"' in asked[0][0][0].content
    assert model.remote


def test_openai_needs_a_key_of_its_own(tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = load_chat_model(load_settings(data_dir=tmp_path, model="openai:gpt-4.1-mini"))
    assert (model.remote, model.context_tokens) == (True, 1_047_576)
    with pytest.raises(ModelError) as error:
        ask(model)
    assert error.value.code == "model_key_missing"


def test_the_key_of_openai_goes_nowhere_else(serve, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "of-openai")
    monkeypatch.setenv("OPENAI_ORG_ID", "our-organisation")
    model, server = serve(streamed("Oui."), model_key="")
    ask(model)
    headers = json.dumps(server.requests[0].headers)
    assert "of-openai" not in headers
    assert "our-organisation" not in headers
