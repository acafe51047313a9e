"""The samples that ship: each is read whole, dated, and gives minutes worth showing."""

import datetime as dt

import pytest

from assistai import AssistAI, load_settings
from assistai.resources import sample_meetings

EXPECTED = {
    "2026-03-03 Comité de direction.vtt": (dt.date(2026, 3, 3), 62, 5),
    "CSE 2026-04-09.txt": (dt.date(2026, 4, 9), 36, 4),
    "Client portal project.srt": (dt.date(2026, 4, 14), 40, 4),
    "Comité de pilotage international-20260505_090000.docx": (dt.date(2026, 5, 5), 38, 4),
    "GMT20260407-070000_Point hebdo.transcript.vtt": (dt.date(2026, 4, 7), 41, 4),
}
"""Date, turns and number of speakers of each sample."""


def test_the_samples_are_those_that_are_described():
    assert {path.name for path in sample_meetings()} == set(EXPECTED)
    readme = (sample_meetings()[0].parents[1] / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in readme for name in EXPECTED)


@pytest.mark.parametrize("path", sample_meetings(), ids=lambda path: path.name)
def test_a_sample_gives_minutes_worth_showing(path, tmp_path):
    date, turns, speakers = EXPECTED[path.name]
    minutes = AssistAI(load_settings(data_dir=tmp_path)).meetings.summarise(path)
    assert (minutes.date, minutes.coverage.turns, len(minutes.participants)) == (date, turns, speakers)
    assert not minutes.notices
    assert not minutes.coverage.failed_parts
    assert min(len(minutes.topics), len(minutes.decisions), len(minutes.actions), len(minutes.questions)) >= 1
    assert all(item.verified for item in (*minutes.decisions, *minutes.actions, *minutes.questions))
    assert sum(action.owner is not None for action in minutes.actions) >= 5
    assert "Monsieur Petit" not in minutes.to_json()
