"""Conversations with the documents, kept: found again after a reload, left, taken up again, deleted; nobody else's."""

import re
from functools import partial

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistai.app import AssistAI
from assistai.documents.conversations import to_save
from assistai.documents.service import Documents
from assistai.errors import WorkspaceError
from assistai.testing import HashEmbedder
from assistai.ui import conversing, state
from assistai.workspace.conversations import ConversationShelf

READER = "a" * 32
QUOTE = "Les cadres ont droit à trois jours de télétravail par semaine."
QUESTION = "Combien de jours de télétravail pour les cadres ?"


@pytest.fixture
def services(tmp_path, monkeypatch, cookies):
    cookies[conversing.COOKIE] = READER
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(state, "AssistAI", partial(AssistAI, embedder=HashEmbedder()))
    monkeypatch.setattr(Documents, "ensure_samples", lambda _self, _progress=None: 0)
    st.cache_resource.clear()
    _write(state.assistai(), f"# Télétravail\n\n{QUOTE}\n\nLe lundi est un jour de présence.\n")
    yield state.assistai()
    state.assistai().close()
    st.cache_resource.clear()


def _write(services, text):
    path = services.settings.data_dir / "regles.md"
    path.write_text(text, "utf-8")
    (taken,) = services.documents.ingest(path)
    return taken.document


def _open(conversation=None):
    def show():
        import streamlit as st

        from assistai.ui.pages import ask

        ask.page(st.container())

    page = AppTest.from_function(show, default_timeout=60)
    if conversation:
        page.query_params["conversation"] = conversation
    return page.run()


def _ask(page, question=QUESTION):
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def _reloaded(page):
    again = _open(_address(page))
    assert not again.exception
    return again


def _address(page):
    named = page.query_params["conversation"]
    return named[0] if isinstance(named, list) else named


def _words(page):
    kinds = ("markdown", "caption", "info", "warning", "error")
    shown = "\n".join(element.value for kind in kinds for element in page.get(kind))
    return shown.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


def test_a_reload_finds_the_conversation_and_its_subject(services):
    page = _reloaded(_ask(_open()))
    assert QUOTE.rstrip(".") in _words(page)
    assert "Réponses gardées telles qu’elles ont été données, la dernière le" in _words(page)
    page.button(key="evidence-0-0-0-0").click().run()
    assert any(":orange-background[**Les cadres" in element.value for element in page.markdown)
    _ask(page, "Et pour les stagiaires ?")
    first, second = page.session_state["conversation"].turns
    assert first.answer.question == QUESTION
    assert "télétravail" in second.answer.understood
    assert len(_reloaded(page).session_state["conversation"].turns) == 2


def test_a_question_that_waited_is_answered_after_the_reload(services, monkeypatch):
    page = _ask(_open())
    conversation = page.session_state["conversation"].model_copy(update={"asked": ("Et le lundi ?",)})
    services.workspace.conversations.save(to_save(conversation))
    assert len(_reloaded(page).session_state["conversation"].turns) == 2


def test_a_conversation_that_was_left_is_one_click_away(services):
    page = _ask(_open())
    page.button(key="ask-new").click().run()
    assert QUOTE.rstrip(".") not in _words(page)
    assert "conversation" not in page.query_params
    page.button(key="ask-back").click().run()
    assert QUOTE.rstrip(".") in _words(page)
    page.button(key="ask-new").click().run()
    (entry,) = services.workspace.conversations.list(READER)
    later = _open()
    assert QUESTION in _words(later)
    later.button(key=f"open-conversation-{entry.id}").click().run()
    assert QUOTE.rstrip(".") in _words(later)


def test_a_conversation_is_deleted_once_that_is_confirmed(services):
    page = _ask(_open())
    page.button(key="ask-new").click().run()
    (entry,) = services.workspace.conversations.list(READER)
    page.button(key=f"forget-conversation-{entry.id}").click().run()
    assert f"La conversation « {QUESTION} » sera effacée" in _words(page)
    services.workspace.conversations.delete(entry.id)
    assert QUESTION not in _words(_open())
    again = _open(entry.id)
    assert "n’est plus enregistrée" in _words(again)
    assert not again.exception


def test_another_browser_neither_lists_nor_opens_it(services, cookies):
    page = _ask(_open())
    conversation = _address(page)
    cookies[conversing.COOKIE] = "b" * 32
    other = _open(conversation)
    assert "tenue dans un autre navigateur" in _words(other)
    assert QUESTION not in _words(other)
    assert "conversation" not in other.query_params


@pytest.mark.parametrize("brought", ["", "' OR 1=1", "A" * 32])
def test_a_cookie_of_another_form_is_nobodys(services, cookies, brought):
    cookies[conversing.COOKIE] = brought
    page = _ask(_open())
    assert page.session_state["reader"] != brought
    assert len(page.session_state["reader"]) == 32


def test_a_quote_that_moved_or_went_is_told(services):
    page = _ask(_open())
    _write(services, f"# Télétravail\n\nTexte ajouté avant.\n\n{QUOTE}\n")
    moved = _reloaded(page)
    moved.button(key="evidence-0-0-0-0").click().run()
    assert "la citation s’y trouve toujours mot pour mot" in _words(moved)
    assert any(f":orange-background[**{QUOTE[:-1]}" in text.value for text in moved.markdown)
    _write(services, "# Télétravail\n\nLes cadres n’ont plus droit au télétravail.\n")
    gone = _reloaded(page)
    gone.button(key="evidence-0-0-0-0").click().run()
    assert "la citation ne s’y trouve plus" in _words(gone)
    assert not any(":orange-background[" in text.value for text in gone.markdown)


def test_an_opinion_is_asked_once(services):
    page = _ask(_open())
    page.feedback(key="judge-0-0").set_value(1).run()
    assert "Merci" in _words(_reloaded(page))


def test_what_cannot_be_saved_stays_on_the_screen(services, monkeypatch):
    def full(_self, _saved, **_again):
        raise WorkspaceError("workspace_unusable", path="x", reason="disk full")

    with monkeypatch.context() as broken:
        broken.setattr(ConversationShelf, "save", full)
        page = _ask(_open())
        assert QUOTE.rstrip(".") in _words(page)
        assert "n’a pas pu être enregistrée" in _words(page)
    page.button(key="ask-save-again").click().run()
    assert "n’a pas pu être enregistrée" not in _words(page)
    assert len(services.workspace.conversations.list(READER)) == 1


def test_two_windows_on_one_conversation_keep_the_answers_of_both(services):
    page = _ask(_open())
    other = _reloaded(page)
    _ask(page, "Et le lundi ?")
    _ask(other, "Et pour les stagiaires ?")
    questions = [QUESTION, "Et le lundi ?", "Et pour les stagiaires ?"]
    assert [turn.answer.question for turn in other.session_state["conversation"].turns] == questions
    assert any("a aussi continué dans une autre fenêtre" in toast.value for toast in other.toast)
    assert len(_reloaded(page).session_state["conversation"].turns) == 3


def test_a_quote_that_is_no_longer_in_its_document_is_not_called_verified(services):
    page = _ask(_open())
    assert _marks(page) == ["Vérifié"]
    document = _write(services, "# Télétravail\n\nLes cadres ont droit à deux jours.\n")
    page.run()
    assert _marks(page) == ["Document modifié depuis"]
    page.button(key="again-0-0").click().run()
    assert _marks(page) == ["Document modifié depuis", "Vérifié"]
    services.documents.delete(document.id)
    assert set(_marks(_reloaded(page))) == {"Document supprimé depuis"}


def test_the_way_back_of_the_browser_opens_the_conversation_before(services):
    page = _ask(_open())
    first = _address(page)
    page.button(key="ask-new").click().run()
    _ask(page, "Et le lundi ?")
    page.query_params["conversation"] = first
    page.run()
    assert page.session_state["conversation"].id == first
    assert _address(page) == first


def _marks(page):
    found = (re.search(r"-badge\[:material/\w+:\s*(.+)\]", element.value) for element in page.markdown)
    return [mark[1] for mark in found if mark]
