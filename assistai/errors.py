"""What can go wrong, as one tree.

    AssistAIError
    ├── SettingsError            a setting is wrong or missing                      (exit code 2)
    ├── InputError               a file or text cannot be used
    │   ├── UnreadableInput      empty, binary, wrong format, no turns
    │   └── LimitExceeded        too large, too long, too deep
    ├── TemplateError            a Word template names a field that does not exist
    ├── ExportError              an output could not be written
    ├── WorkspaceError           saved work is missing, locked or from a newer version
    ├── PromptError              a prompt is missing, broken, or given other inputs than it declares
    ├── ModelError               a chat model did not help; the embedded engine can
    │   ├── ModelUnavailable     not reached in time, overloaded, broken off
    │   ├── ModelRefused         wrong key, unknown model, no credit, a level it may not see, or it declines
    │   └── ModelReplyUnusable   empty, cut, endless, repeating, in another language, not the JSON that was asked for
    ├── Cancelled                the user stopped it
    └── MissingExtra             an optional part is not installed; says the install command

Every message says what to do next. It comes from the catalogue (`errors.<code>` in i18n), so that it can be shown in
French or English.
"""

from __future__ import annotations

from assistai.i18n import translate
from assistai.records import Language, Usage


class AssistAIError(Exception):
    """An error with a catalogue code; `message(language)` is what a user reads, `str()` is the English message."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Return the message in French or English."""
        return translate(f"errors.{self.code}", language, **self.params)


class SettingsError(AssistAIError):
    """A setting is wrong or missing."""


class InputError(AssistAIError):
    """A file or text cannot be used."""


class UnreadableInput(InputError):
    """The input is empty, binary, of another format, or holds no turns."""


class LimitExceeded(InputError):
    """The input is too large, too long or too deep."""


class TemplateError(AssistAIError):
    """A Word template is broken or names a field that does not exist."""


class ExportError(AssistAIError):
    """An output could not be written."""


class WorkspaceError(AssistAIError):
    """Saved work is missing, locked or was written by a newer version."""


class MissingExtra(AssistAIError):
    """An optional part is not installed."""


class PromptError(AssistAIError):
    """A prompt is missing, its file is broken, or its inputs are not those that it declares."""


class ModelError(AssistAIError):
    """A chat model did not help; `usage` is what its tries consumed all the same, None where no server said."""

    usage: Usage | None = None


class ModelUnavailable(ModelError):
    """The model was not reached in time, is overloaded, or the connection broke off."""


class ModelRefused(ModelError):
    """The server does not accept the key or the model, the model may not see the text, or it declines to answer."""


class ModelReplyUnusable(ModelError):
    """The reply is empty, cut, endless, repeats itself, is in another language or is not the JSON asked for."""


class Cancelled(AssistAIError):
    """The user stopped it."""
