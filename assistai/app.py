"""The composition root: one object from which the page, the commands and other tools reach every service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from assistai.meetings.service import Meetings
from assistai.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistai.workspace import Workspace


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class AssistAI:
    """The services over one set of settings: `.meetings` and `.workspace`.

    `settings` are read from the environment and `.env` where none are given. `clock` returns the present moment, aware
    of its time zone; it dates provenance and reviews, never a meeting.
    """

    def __init__(self, settings: Settings | None = None, *, clock: Callable[[], dt.datetime] = _now) -> None:
        self.settings = settings or load_settings()
        self.clock = clock

    @cached_property
    def meetings(self) -> Meetings:
        """The meetings service: read transcripts, write minutes."""
        return Meetings(self.settings, self.clock)

    @cached_property
    def workspace(self) -> Workspace:
        """The meetings under review, in `settings.data_dir`."""
        from assistai.workspace import Workspace

        return Workspace(self.settings.data_dir / "assistai.sqlite", self.clock)
