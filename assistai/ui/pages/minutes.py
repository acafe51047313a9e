"""The minutes page: bring a transcript, or work on the meeting that is open."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from assistai.ui.components.composing import render_composing
from assistai.ui.components.meeting import render_meeting
from assistai.ui.components.start import render_start
from assistai.ui.state import composing, current


def page(bar: DeltaGenerator) -> None:
    """Render the start where no meeting is open, a model at work, or the meeting, with its title or tools in `bar`."""
    if work := composing():
        render_composing(work, bar)
        return
    meeting = current()
    if meeting is None:
        render_start(bar)
    else:
        render_meeting(meeting, bar)
