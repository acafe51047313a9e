"""Chat models: what the services ask of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assistai.errors import SettingsError
from assistai.records import Language, Usage
from assistai.settings import Settings

Schema = Mapping[str, Any]
"""A JSON schema of an object, as `pydantic.BaseModel.model_json_schema()` writes it."""

Heard = Callable[[str], None]
"""Called with the text of a reply so far, at every piece and several times a second while none arrives.

The text grows; it starts anew where a call is tried again. What the function raises stops the reply at once and reaches
the caller: a stop button raises Cancelled.
"""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model: who speaks, and what."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered: its text without thoughts or fences, the model's own name, and what it consumed."""

    text: str
    model: str
    usage: Usage


class ChatModel(Protocol):
    """Answers messages.

    `name` is what the settings call it, `remote` tells whether texts leave the machine, `context_tokens` how many
    tokens messages and reply may have together.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def remote(self) -> bool: ...  # noqa: D102

    @property
    def context_tokens(self) -> int: ...  # noqa: D102

    def reply(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Schema | None = None,
        language: Language | None = None,
        heard: Heard | None = None,
    ) -> Reply:
        """Return the reply; with a schema, its text is one JSON object that was checked against it.

        With a language, prose in the other one is refused (of JSON, only the caller knows which fields are prose:
        `assistai.models.replies.check_language`). Raises ModelError: the model cannot be reached, refuses, or its reply
        cannot be used after all retries.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model reads for a text."""
        ...


def load_chat_model(settings: Settings) -> ChatModel | None:
    """Return the model that the settings name, or None where they name none; nothing is imported or sent yet.

    `local:NAME` runs in this process. Raises SettingsError where the name is not `provider:model`. That a provider's
    package or key is missing comes out at the first call (MissingExtra, ModelRefused).
    """
    if not settings.model:
        return None
    if ":" not in settings.model:
        raise SettingsError("model_name_invalid", name=settings.model)
    if settings.model.startswith("local:"):
        from assistai.models.llamacpp import LocalChatModel

        return LocalChatModel(settings)
    from assistai.models.langchain import LangChainChatModel

    model = LangChainChatModel(settings)
    if model.remote and settings.pseudonymise:
        from assistai.models.pseudonyms import PseudonymousChatModel

        return PseudonymousChatModel(model)
    return model
