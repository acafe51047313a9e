"""The pages with a chat model: who writes is chosen, its words are marked until they are checked, a stop keeps all."""

import datetime as dt
import json
import threading
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistai.app import AssistAI
from assistai.errors import ModelUnavailable
from assistai.testing import HashEmbedder, ScriptedChatModel

ROOT = Path(__file__).parents[2]
TEXT = """\
Marc Petit : Sophie, tu peux réserver le camion pour vendredi ?
Sophie Martin : Oui, je réserve le camion.
Marc Petit : On valide le devis de Transalp.
Sophie Martin : D'accord.
"""
WRITTEN = json.dumps(
    {
        "topics": [
            {
                "id": "t1",
                "title": "Camion et devis",
                "summary": [
                    {
                        "evidence": [{"turn": 2, "quote": "On valide le devis"}],
                        "text": "Le devis de Transalp est validé.",
                    }
                ],
            }
        ],
        "wording": [],
        "missed": [
            {
                "kind": "decision",
                "evidence": [{"turn": 3, "quote": "Le loyer passe à 900 euros"}],
                "text": "<b>Le loyer</b> passe à 900 euros",
                "owner": "",
            }
        ],
    }
)


@pytest.fixture
def start(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path))

    def start(*replies, remote=False, page=""):
        model = ScriptedChatModel(*replies, remote=remote)
        monkeypatch.setattr(AssistAI, "chat_model", model)
        st.cache_resource.clear()
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        if page:
            app.run()
            app.switch_page(page)
        return app.run(), model

    return start


def _bring(app, sensitivity="internal"):
    app.segmented_control(key="source").set_value("paste").run()
    app.text_area(key="pasted").set_value(TEXT)
    app.selectbox(key="meeting-sensitivity").set_value(sensitivity)
    app.date_input(key="date").set_value(dt.date(2026, 3, 2)).run()
    app.button(key="go").click().run()
    return _finished(app)


def _finished(app):
    for _ in range(50):
        assert not app.exception
        if "meeting" in app.session_state:
            return app
        work = app.session_state["composing"]
        work._thread.join(0.2)
        app.run()
    raise AssertionError("not finished")


def _words(app):
    return " ".join(str(one.value) for kind in ("markdown", "caption") for one in app.get(kind))


def test_minutes_are_written_checked_and_told_apart(start):
    app, model = start(lambda _messages: WRITTEN)
    app = _bring(app)
    minutes = app.session_state["meeting"].minutes
    assert (minutes.topics[0].title, minutes.provenance.model) == ("Camion et devis", model.name)
    assert "Jetons lus" in _words(app)
    (saved,) = AssistAI().workspace.list()
    assert AssistAI().workspace.load(saved.id).minutes == minutes
    app.segmented_control(key="section").set_value("decisions").run()
    assert "Non vérifié" in _words(app)
    assert "la citation manque" in _words(app)
    assert "<b>" not in "".join(box.label for box in app.checkbox)
    app.segmented_control(key="section").set_value("topics").run()
    assert "Rédigé par le modèle" in _words(app)
    app.segmented_control(key="lang").set_value("en").run()
    assert "Written by the model" in _words(app)


def test_a_stop_keeps_what_was_found(start):
    waits = threading.Event()

    def slow(_messages):
        waits.wait(20)
        return WRITTEN

    app, _ = start(slow)
    app.segmented_control(key="source").set_value("paste").run()
    app.text_area(key="pasted").set_value(TEXT).run()
    app.button(key="go").click().run()
    assert "pas encore vérifié" in _words(app)
    assert [entry.title for entry in AssistAI().workspace.list()]
    app.button(key="composing-stop").click().run()
    waits.set()
    app = _finished(app)
    minutes = app.session_state["meeting"].minutes
    assert minutes.provenance.engine == "embedded"
    assert minutes.actions
    assert "Rédaction arrêtée" in app.toast[0].value
    assert len(AssistAI().workspace.list()) == 1


def test_a_model_that_fails_is_told_with_what_to_do(start):
    def fail(_messages):
        raise ModelUnavailable("model_timeout", seconds=3)

    app, _ = start(fail)
    app = _bring(app)
    assert "ASSISTAI\\_MODEL\\_TIMEOUT\\_SECONDS" in _words(app)
    assert app.session_state["meeting"].minutes.actions
    app.segmented_control(key="section").set_value("coverage").run()
    assert "interventions 1 à 4" in app.error[0].value


def test_a_model_elsewhere_is_not_shown_what_is_confidential(start):
    app, model = start(lambda _messages: WRITTEN, remote=True)
    assert any("sera envoyé" in caption.value for caption in app.caption)
    app = _bring(app, "confidential")
    assert not model.asked
    minutes = app.session_state["meeting"].minutes
    assert (minutes.sensitivity, minutes.provenance.engine) == ("confidential", "embedded")


def test_the_embedded_engine_can_be_chosen(start):
    app, model = start(lambda _messages: WRITTEN)
    app.selectbox(key="writer").set_value("embedded").run()
    _bring(app)
    assert not model.asked


def test_an_answer_in_prose_marks_what_its_quotes_do_not_say(start, monkeypatch, tmp_path):
    def reply(_messages):
        quote = {"passage": 1, "quote": "deux jours de télétravail"}
        sentences = [
            {"evidence": [quote], "text": "Chaque agent a deux jours de télétravail."},
            {"evidence": [quote], "text": "Chaque agent a dix jours de congé."},
        ]
        return json.dumps({"answered": True, "sentences": sentences})

    monkeypatch.setattr(AssistAI, "documents", property(lambda self: documents))
    ai = AssistAI(embedder=HashEmbedder())
    from assistai.documents.service import Documents
    from assistai.workspace.library import Library

    model = ScriptedChatModel(reply)
    library = Library(ai._database, ai.clock)
    documents = Documents(ai.settings, library, ai.clock, embedder=HashEmbedder(), chat_model=lambda: model)
    monkeypatch.setattr(documents, "ensure_samples", lambda _progress=None: 0)
    path = tmp_path / "regles.md"
    path.write_text("# Télétravail\n\nChaque agent a droit à deux jours de télétravail par semaine.\n", "utf-8")
    documents.ingest(path)
    start(reply)
    page = AppTest.from_function(_ask_page, default_timeout=60).run()
    page.chat_input[0].set_value("Combien de jours de télétravail par semaine ?").run()
    assert not page.exception
    (answer,) = [turn.answer for turn in page.session_state["conversation"].turns]
    assert [sentence.verified for sentence in answer.sentences] == [True, False]
    assert "Jetons lus" in _words(page)
    documents.close()


def _ask_page():
    import streamlit as st

    from assistai.ui.pages import ask

    ask.page(st.container())
