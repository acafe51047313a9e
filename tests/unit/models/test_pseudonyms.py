import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import ScriptedServer, streamed

from assistai.errors import ModelRefused
from assistai.meetings.readers import read_transcript
from assistai.models.chat import Message, load_chat_model
from assistai.models.langchain import LangChainChatModel
from assistai.models.pseudonyms import PseudonymousChatModel, Pseudonyms
from assistai.models.sensitivity import may_see
from assistai.resources import root, sample_meetings
from assistai.settings import load_settings
from assistai.testing import ScriptedChatModel

SECRETS = """Camille Lefèvre-Durand
Boulanger
BOULANGER
O'Connor
d'Ornano
sophie.martin@mairie-exemple.fr
j.okoye@acme.co.uk
06 12 34 56 78
+33 (0)1 44 55 66 77
01.44.55.66.77
020 7946 0958
FR76 3000 6000 0112 3456 7890 189
DE89370400440532013000
1 85 05 78 006 084 36
A-48213
004512""".split("\n")

TEXT = """Réunion du 3 mars 2026 à 14 h 30, salle B, budget de 12 500 €.
Camille Lefèvre-Durand : Bonjour, Mme Boulanger est excusée. BOULANGER m'a écrit hier.
M. O'Connor : Je transmets le dossier à sophie.martin@mairie-exemple.fr et j.okoye@acme.co.uk avant lundi.
Camille Lefèvre-Durand : Son portable est le 06 12 34 56 78, le bureau le +33 (0)1 44 55 66 77 ou 01.44.55.66.77.
M. O'Connor : À Londres, 020 7946 0958. L'IBAN est FR76 3000 6000 0112 3456 7890 189, l'ancien DE89370400440532013000.
Camille Lefèvre-Durand : Monsieur d'Ornano a le numéro 1 85 05 78 006 084 36, matricule A-48213 ; badge n° 004512.
"""


def test_nothing_that_names_a_person_is_left():
    replaced = Pseudonyms([TEXT]).replaced(TEXT)
    for secret in (*SECRETS, "Camille", "Lefèvre", "Durand", "Ornano", "Connor"):
        assert secret not in replaced, replaced
    for kept in ("3 mars 2026", "14 h 30", "12 500 €", "Réunion", "Mme NAMEX", "Bonjour", "IBAN est"):
        assert kept in replaced, replaced


def test_all_comes_back():
    pseudonyms = Pseudonyms([TEXT])
    assert pseudonyms.restored(pseudonyms.replaced(TEXT)) == TEXT


@given(st.lists(st.sampled_from([*TEXT.split(), *SECRETS, "NAMEX1", "NAMEX2b", "\n", "Mme", ":"]), max_size=40))
def test_any_text_comes_back(words):
    text = " ".join(words)
    pseudonyms = Pseudonyms([text])
    assert pseudonyms.restored(pseudonyms.replaced(text)) == text


def test_one_person_has_one_pseudonym_however_written():
    pseudonyms = Pseudonyms(["Mme Martin et Martin, puis MARTIN."])
    assert pseudonyms.replaced("Mme Martin et Martin, puis MARTIN.") == "Mme NAMEX1 et NAMEX1, puis NAMEX1b."
    assert pseudonyms.restored("namex1 a vu Namex 1b") == "Martin a vu MARTIN"
    assert pseudonyms.restored("NAMEX9 reste") == "NAMEX9 reste"


def test_a_name_found_in_one_message_is_replaced_in_all():
    texts = ["Petit propose de reporter. Petit, tu notes ?", "Mme Petit : D'accord."]
    pseudonyms = Pseudonyms(texts)
    assert "Petit" not in "".join(map(pseudonyms.replaced, texts))


@pytest.mark.parametrize(
    "text",
    [
        "Le Comité de direction a décidé. La Direction générale suit. Le CSE vote, la RH aussi.",
        "The Board decided on Monday. Reply with one JSON object.",
        "En 2026, 1 250 000 € et 35 % ; article 12, page 3, de 9 h à 12 h 30, le 03/03/2026.",
        "Question : qui prépare le budget ?\nDate : 3 mars",
    ],
)
def test_ordinary_words_and_figures_stay(text):
    assert Pseudonyms([text]).replaced(text) == text


def rendered(path):
    transcript = read_transcript(path.read_bytes(), path.name, load_settings())
    lines = [f"[{turn.index}] {turn.speaker} : {turn.text}" for turn in transcript.turns]
    return transcript, "\n".join(lines)


@pytest.mark.parametrize("path", sample_meetings(), ids=lambda path: path.stem)
def test_no_speaker_of_the_samples_leaves_in_the_body(path, tmp_path):
    transcript, text = rendered(path)
    server = ScriptedServer(lambda request: streamed("Compris."))
    model = PseudonymousChatModel(LangChainChatModel(load_settings(data_dir=tmp_path, **server.settings)))
    try:
        model.reply([Message("system", "Tu es bref."), Message("user", text)], max_tokens=50)
    finally:
        server.close()
    sent = json.dumps(server.requests[0].body, ensure_ascii=False)
    speakers = {word for turn in transcript.turns if turn.speaker for word in turn.speaker.split() if len(word) > 3}
    assert speakers
    assert [word for word in speakers if word in sent] == []


def test_none_leaves_in_the_body_and_the_reply_has_the_names_again(tmp_path):
    schema = {
        "type": "object",
        "properties": {"owner": {"type": "string", "enum": ["Camille Lefèvre-Durand", "Mme Boulanger"]}},
        "required": ["owner"],
        "additionalProperties": False,
    }

    def echo(request):
        owners = request.body["response_format"]["json_schema"]["schema"]["properties"]["owner"]["enum"]
        return streamed(json.dumps({"owner": owners[0]}), size=3)

    server = ScriptedServer(echo)
    model = PseudonymousChatModel(LangChainChatModel(load_settings(data_dir=tmp_path, **server.settings)))
    heard = []
    try:
        reply = model.reply([Message("user", TEXT)], max_tokens=50, schema=schema, heard=heard.append)
    finally:
        server.close()
    assert json.loads(reply.text) == {"owner": "Camille Lefèvre-Durand"}
    body = server.requests[0].raw.decode() + json.dumps(server.requests[0].body, ensure_ascii=False)
    for secret in (*SECRETS, "Camille", "Lefèvre", "Durand"):
        assert secret not in body
    assert "Camille Lefèvre-Durand" in heard[-1]
    assert not any("NAMEX" in text for text in heard)


def test_streamed_pieces_never_show_a_pseudonym():
    model = PseudonymousChatModel(ScriptedChatModel(lambda messages: messages[0].text + " C'est noté."))
    heard = []
    asked = "Mme Martin voit Camille Lefèvre-Durand."
    reply = model.reply([Message("user", asked)], max_tokens=20, heard=heard.append)
    assert reply.text == f"{asked} C'est noté."
    assert not any("NAMEX" in text for text in heard)


def test_it_stands_before_remote_models_where_the_settings_say_so(tmp_path):
    remote = {"data_dir": tmp_path, "model": "openai:gpt-4.1-mini", "model_key": "x"}
    local = {"data_dir": tmp_path, "model": "openai:x", "model_url": "http://127.0.0.1:9/v1", "pseudonymise": True}
    assert isinstance(load_chat_model(load_settings(**remote, pseudonymise=True)), PseudonymousChatModel)
    assert isinstance(load_chat_model(load_settings(**remote)), LangChainChatModel)
    assert isinstance(load_chat_model(load_settings(**local)), LangChainChatModel)


@pytest.mark.parametrize("path", sorted((root() / "prompts").glob("*/*.md")), ids=lambda path: path.name)
def test_our_own_prompts_keep_their_words(path):
    text = path.read_text("utf-8")
    assert Pseudonyms([text]).replaced(text) == text


@pytest.mark.parametrize(
    ("url", "limit", "level", "seen"),
    [
        ("https://api.openai.com/v1", "internal", "internal", True),
        ("https://api.openai.com/v1", "internal", "confidential", False),
        ("https://api.openai.com/v1", "internal", 3, False),
        ("https://api.openai.com/v1", "confidential", 2, True),
        ("https://api.openai.com/v1", "public", 1, False),
        ("https://gateway.example.org/v1", "internal", "restricted", False),
        ("http://localhost:8080/v1", "public", "restricted", True),
        ("http://[::1]:8080/v1", "public", 3, True),
        ("http://127.0.0.1.example.org/v1", "internal", "confidential", False),
        ("http://10.0.0.5/v1", "internal", "confidential", False),
    ],
)
def test_what_is_confidential_stays_on_this_machine(tmp_path, url, limit, level, seen):
    settings = load_settings(data_dir=tmp_path, model="openai:x", model_url=url, remote_sensitivity=limit)
    model = load_chat_model(settings)
    if seen:
        may_see(model, level, settings)
    else:
        with pytest.raises(ModelRefused) as error:
            may_see(model, level, settings)
        assert error.value.code == "model_may_not_see"


def test_unless_told_otherwise_remote_models_see_nothing_confidential(tmp_path, monkeypatch):
    monkeypatch.delenv("ASSISTAI_REMOTE_SENSITIVITY", raising=False)
    settings = load_settings(data_dir=tmp_path, model="openai:gpt-4.1-mini")
    with pytest.raises(ModelRefused):
        may_see(load_chat_model(settings), "confidential", settings)
