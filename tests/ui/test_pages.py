"""The pages, without a browser: what an assistant does, step by step."""

import datetime as dt
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
TEXT = """\
Marc Petit : Sophie, tu peux réserver le camion pour vendredi ?
Sophie Martin : Oui, je réserve le camion.
Karim Benali : Je vais préparer le plan des bureaux.
Marc Petit : On valide le devis de Transalp.
Sophie Martin : D'accord.
Karim Benali : Qui garde les clés de l'ancien local ?
"""


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTAI_DATA_DIR", str(tmp_path))
    st.cache_resource.clear()
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()


@pytest.fixture
def meeting(app):
    app.segmented_control(key="source").set_value("paste").run()
    app.text_area(key="pasted").set_value(TEXT)
    app.date_input(key="date").set_value(dt.date(2026, 3, 2)).run()
    app.button(key="go").click().run()
    assert not app.exception
    return app


def minutes(app):
    return app.session_state["meeting"].minutes


def test_the_start_teaches_and_waits(app):
    assert not app.exception
    assert app.title[0].value.startswith("Du fichier")
    assert app.button(key="go").disabled
    assert any("apparaîtront ici" in info.value for info in app.info)


def test_pasted_text_becomes_minutes(meeting):
    assert [action.owner for action in minutes(meeting).actions] == ["Sophie Martin", "Karim Benali"]
    assert minutes(meeting).actions[0].due.date == dt.date(2026, 3, 6)
    assert len([box for box in meeting.checkbox if box.key.startswith("pick-a")]) == 2


def test_bad_text_is_explained_and_kept(app):
    app.segmented_control(key="source").set_value("paste").run()
    app.text_area(key="pasted").set_value("WEBVTT\n\n").run()
    app.button(key="go").click().run()
    assert app.error
    assert app.text_area(key="pasted").value.startswith("WEBVTT")


def test_a_sample_is_ready_to_summarise(app):
    app.segmented_control(key="source").set_value("sample").run()
    app.button(key="go").click().run()
    assert not app.exception
    assert minutes(app).actions
    assert minutes(app).decisions


def test_english_keeps_the_open_meeting(meeting):
    before = minutes(meeting)
    meeting.segmented_control(key="lang").set_value("en").run()
    assert minutes(meeting) == before
    assert any("Another meeting" in button.label for button in meeting.button)


def test_delete_undo_and_redo(meeting):
    first = minutes(meeting).actions[0].id
    meeting.button(key=f"delete-{first}").click().run()
    assert first not in [action.id for action in minutes(meeting).actions]
    meeting.button(key="undo").click().run()
    assert minutes(meeting).actions[0].id == first
    meeting.button(key="redo").click().run()
    assert first not in [action.id for action in minutes(meeting).actions]


def test_merging_two_ticked_actions(meeting):
    for action in minutes(meeting).actions:
        meeting.checkbox(key=f"pick-{action.id}").check()
    meeting.run()
    meeting.button(key="merge-actions").click().run()
    assert len(minutes(meeting).actions) == 1


def test_turns_taken_off_the_record_take_their_items_along(meeting):
    turn = minutes(meeting).actions[1].evidence[0].turn
    meeting.toggle(key="turn-picking").set_value(True).run()
    meeting.checkbox(key=f"turn-pick-{turn}").check().run()
    meeting.button(key="off_record").click().run()
    assert "plan des bureaux" not in minutes(meeting).to_json()
    assert minutes(meeting).coverage.off_record == 1


def test_seeing_an_item_in_the_transcript(meeting):
    meeting.button(key="see-a1-0").click().run()
    assert meeting.session_state["focused"] == minutes(meeting).actions[0].evidence[0].turn


def test_signing_needs_a_name(meeting):
    sign = next(button for button in meeting.button if button.label == "Signer cet état")
    sign.click().run()
    assert minutes(meeting).review.status == "projet"
    assert meeting.error
    meeting.text_input(key="review-reviewer").set_value("Sophie Martin")
    next(button for button in meeting.button if button.label == "Signer cet état").click().run()
    assert (minutes(meeting).review.status, minutes(meeting).review.reviewer) == ("relu", "Sophie Martin")


def test_work_is_saved_and_reopened(meeting, tmp_path):
    meeting.button(key="delete-a1").click().run()
    meeting.button(key="back").click().run()
    (open_button,) = [button for button in meeting.button if button.key.startswith("open-")]
    open_button.click().run()
    assert [action.id for action in minutes(meeting).actions] == ["a2"]


def test_the_guide_renders_in_both_languages():
    def guide():
        import streamlit as st

        from assistai.ui.pages import guide

        guide.page(st)

    for language, title in (("fr", "Aide"), ("en", "Help")):
        page = AppTest.from_function(guide)
        page.session_state["lang"] = language
        page.run()
        assert not page.exception
        assert page.title[0].value == title
