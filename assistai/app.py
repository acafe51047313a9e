"""The composition root: one object from which the page, the commands and other tools reach every service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from assistai.meetings.service import Meetings
from assistai.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistai.documents.service import Documents
    from assistai.drafting.service import Drafts
    from assistai.models.chat import ChatModel
    from assistai.models.embedding import Embedder
    from assistai.workspace import Workspace
    from assistai.workspace.database import Database


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class AssistAI:
    """The services over one set of settings: `.meetings`, `.drafts`, `.documents` and `.workspace`.

    `settings` are read from the environment and `.env` where none are given. `clock` returns the present moment, aware
    of its time zone; it dates provenance and reviews, never a meeting. `embedder` and `chat_model` take the place of
    the models that the settings name.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        clock: Callable[[], dt.datetime] = _now,
        embedder: Embedder | None = None,
        chat_model: ChatModel | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self.clock = clock
        self._embedder = embedder
        self._chat_model = chat_model

    @cached_property
    def meetings(self) -> Meetings:
        """The meetings service: read transcripts, write minutes."""
        return Meetings(self.settings, self.clock, lambda: self.chat_model)

    @cached_property
    def drafts(self) -> Drafts:
        """The drafts service: draft messages from briefs and threads, check and revise them."""
        from assistai.drafting.service import Drafts

        return Drafts(self.settings, self.clock, lambda: self.chat_model)

    @cached_property
    def documents(self) -> Documents:
        """The documents service: take in, search, answer with quotes."""
        from assistai.documents.service import Documents
        from assistai.workspace.library import Library

        library = Library(self._database, self.clock)
        embedder, chat_model = self._embedder, lambda: self.chat_model
        return Documents(self.settings, library, self.clock, embedder=embedder, chat_model=chat_model)

    @cached_property
    def chat_model(self) -> ChatModel | None:
        """The chat model that the settings name, or None: then the embedded engine does all the work.

        Nothing is sent before its first call. Raises SettingsError where the name is not `provider:model`.
        """
        from assistai.models.chat import load_chat_model

        return self._chat_model or load_chat_model(self.settings)

    def use_model(self, name: str) -> None:
        """Use another chat model from now on, as `provider:model`; an empty name is the embedded engine alone.

        The choice is kept in the data folder; a later start reads it where no setting names a model. Raises
        SettingsError where the name cannot be one.
        """
        from assistai.models.catalogue import choose
        from assistai.models.chat import load_chat_model

        changed = self.settings.model_copy(update={"model": name})
        changed.model_fields_set.discard("model")
        load_chat_model(changed)
        choose(name, self.settings)
        self.settings = changed
        self.__dict__.pop("chat_model", None)

    @cached_property
    def workspace(self) -> Workspace:
        """The meetings and drafts under review, in `settings.data_dir`."""
        from assistai.workspace import Workspace

        return Workspace(self._database, self.clock)

    def close(self) -> None:
        """Give the files in `settings.data_dir` back to other processes; the next use opens them again."""
        if "documents" in self.__dict__:
            self.documents.close()
        if "_database" in self.__dict__:
            self._database.close()

    @cached_property
    def _database(self) -> Database:
        from assistai.workspace.database import Database

        return Database(self.settings.data_dir / "assistai.sqlite")
