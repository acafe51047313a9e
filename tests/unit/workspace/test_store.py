"""Meetings under review survive, in one file, across processes and versions."""

import datetime as dt
import sqlite3

import pytest

from assistai import AssistAI, WorkspaceError, load_settings
from assistai.meetings.editing import review
from assistai.workspace import Meeting

TEXT = "Marc Petit : Sophie, tu peux réserver la salle ?\nSophie Martin : Oui, je réserve."


class Clock:
    """A clock that moves a minute at each look."""

    def __init__(self):
        self.now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

    def __call__(self):
        self.now += dt.timedelta(minutes=1)
        return self.now


@pytest.fixture
def ai(tmp_path):
    return AssistAI(load_settings(data_dir=tmp_path / "var"), clock=Clock())


def a_meeting(ai, meeting_id="m1", text=TEXT):
    transcript = ai.meetings.read(text)
    minutes = ai.meetings.summarise(transcript)
    return Meeting(meeting_id, transcript, minutes, minutes)


def test_a_saved_meeting_comes_back_equal(ai):
    meeting = a_meeting(ai)
    ai.workspace.save(meeting)
    again = AssistAI(ai.settings, clock=Clock())
    assert again.workspace.load("m1") == meeting


def test_the_list_shows_the_last_changed_first(ai):
    first, second = a_meeting(ai, "m1"), a_meeting(ai, "m2")
    ai.workspace.save(first)
    ai.workspace.save(second)
    reviewed = review(first.minutes, "relu", "Sophie Martin", ai.clock())
    ai.workspace.save(Meeting("m1", first.transcript, reviewed, first.proposal))
    listed = ai.workspace.list()
    assert [(entry.id, entry.status) for entry in listed] == [("m1", "relu"), ("m2", "projet")]
    assert listed[0].updated_at.tzinfo is not None
    assert ai.workspace.load("m1").proposal == first.proposal


def test_deleting_forgets(ai):
    ai.workspace.save(a_meeting(ai))
    ai.workspace.delete("m1")
    ai.workspace.delete("m1")
    assert ai.workspace.list() == ()
    with pytest.raises(WorkspaceError, match="no longer"):
        ai.workspace.load("m1")


def test_a_workspace_from_a_newer_version_is_refused(ai):
    ai.workspace.save(a_meeting(ai))
    with sqlite3.connect(ai.settings.data_dir / "assistai.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WorkspaceError, match="newer version"):
        AssistAI(ai.settings).workspace.list()


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        AssistAI(load_settings(data_dir=blocker / "var")).workspace.list()


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "assistai.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        AssistAI(load_settings(data_dir=tmp_path)).workspace.list()
