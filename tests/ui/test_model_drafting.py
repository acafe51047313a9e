"""The writing page with a chat model: its words are shown unchecked, a stop keeps the text, a failure says why."""

import threading
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistai.app import AssistAI
from assistai.errors import ModelUnavailable
from assistai.testing import ScriptedChatModel

APP = Path(__file__).parent / "writing_app.py"
BRIEF = "À : Mme Durand\nObjet : devis 45\nremercier pour son envoi\ndemander la facture avant le 4 décembre à 14h30"
PROSE = "Je vous remercie vivement pour votre envoi. Pourriez-vous m'adresser la facture avant le 4 décembre à 14h30 ?"


@pytest.fixture
def start(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path))

    def start(*replies):
        if replies:
            monkeypatch.setattr(AssistAI, "chat_model", ScriptedChatModel(*replies))
        st.cache_resource.clear()
        app = AppTest.from_file(str(APP), default_timeout=60).run()
        app.selectbox(key="write-kind-email").set_value("email")
        app.text_area(key="write-brief").set_value(BRIEF).run()
        app.button(key="write-go").click().run()
        assert not app.exception
        return app

    return start


class Slow:
    """A model that begins when it is told to; what follows stops at its first word where the user stopped it."""

    def __init__(self):
        self.waits = threading.Event()

    def __call__(self, _messages):
        self.waits.wait(20)
        return PROSE

    def finish(self, app):
        work = app.session_state["redrafting"]
        self.waits.set()
        work._thread.join(20)
        return app.run()


def _words(app):
    return " ".join(str(one.value) for kind in ("markdown", "caption", "warning", "info") for one in app.get(kind))


def _draft(app):
    return app.session_state["draft"].draft


def _saved():
    shelf = AssistAI().workspace.drafts
    return [shelf.load(one.id).draft for one in shelf.list()]


def test_the_text_is_saved_at_once_and_the_models_takes_its_place(start):
    slow = Slow()
    app = start(slow)
    (kept,) = _saved()
    assert kept.provenance.model is None
    assert "pas encore vérifié" in _words(app)
    assert "obtenir la facture" in kept.body
    assert "obtenir la facture" in _words(app)
    app.session_state["redrafting"].words = "Je vous <b>remercie"
    app.run()
    assert "Je vous \\<b\\>remercie" in _words(app)
    app = slow.finish(app)
    assert not app.exception
    assert "remercie vivement" in _draft(app).body
    assert _saved() == [_draft(app)]
    assert "Jetons lus" in _words(app)
    assert app.button(key="draft-undo").disabled


def test_a_stop_keeps_the_embedded_text(start):
    slow = Slow()
    app = start(slow)
    app.button(key="redrafting-stop").click().run()
    assert not app.exception
    assert "Rédaction arrêtée" in app.toast[0].value
    before = _draft(app)
    slow.waits.set()
    app.run()
    assert before.provenance.model is None
    assert (_draft(app), _saved()) == (before, [before])


def test_work_that_nobody_looks_at_any_more_is_saved(start):
    slow = Slow()
    app = start(slow)
    slow.waits.set()
    app.session_state["redrafting"]._thread.join(20)
    (kept,) = _saved()
    assert "remercie vivement" in kept.body


def test_a_model_that_fails_is_told_and_the_text_stands(start):
    app = start(ModelUnavailable("model_timeout", seconds=3))
    assert "n’a pas aidé" in _words(app)
    assert "facture" in _draft(app).body
    assert _draft(app).provenance.model is None


def test_a_change_is_proposed_or_stopped(start):
    slow = Slow()
    app = start(PROSE, slow, f"{PROSE} Merci.")
    before = _draft(app)
    for _ in range(2):
        app.text_input(key="ask-change").set_value("ajoute un merci")
        app.button(key="ask-send").click().run()
        assert not app.exception
        if "redrafting" in app.session_state:
            app.button(key="redrafting-stop").click().run()
            assert "Demande arrêtée" in app.toast[0].value
            assert "draft-revision" not in app.session_state
            slow.waits.set()
        assert _draft(app) == before
    app.button(key="accept").click().run()
    assert "Merci." in _draft(app).body
    assert not app.exception


def test_a_model_that_cannot_be_is_told(start, monkeypatch):
    monkeypatch.setenv("ASSISTAI_MODEL", "nothing")
    app = start()
    assert "nothing" in app.error[0].value
    assert "obtenir la facture" in _draft(app).body
