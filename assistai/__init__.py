"""assistai: minutes that can be signed, every line with a quote that code has checked.

from assistai import AssistAI
minutes = AssistAI().meetings.summarise("reunion.vtt")
"""

from importlib.metadata import version

from assistai.app import AssistAI
from assistai.drafting.draft import Draft, Fact, StyleFinding
from assistai.errors import (
    AssistAIError,
    Cancelled,
    ExportError,
    InputError,
    LimitExceeded,
    MissingExtra,
    ModelError,
    ModelRefused,
    ModelReplyUnusable,
    ModelUnavailable,
    PromptError,
    SettingsError,
    TemplateError,
    UnreadableInput,
    WorkspaceError,
)
from assistai.meetings.minutes import (
    Action,
    Coverage,
    Decision,
    Due,
    Minutes,
    Provenance,
    Question,
    Review,
    Statement,
    Stretch,
    Topic,
)
from assistai.meetings.transcript import Transcript, Turn
from assistai.records import Language, Notice, Quote
from assistai.settings import Settings, load_settings

__version__ = version("assistai")

__all__ = [
    "Action",
    "AssistAI",
    "AssistAIError",
    "Cancelled",
    "Coverage",
    "Decision",
    "Draft",
    "Due",
    "ExportError",
    "Fact",
    "InputError",
    "Language",
    "LimitExceeded",
    "Minutes",
    "MissingExtra",
    "ModelError",
    "ModelRefused",
    "ModelReplyUnusable",
    "ModelUnavailable",
    "Notice",
    "PromptError",
    "Provenance",
    "Question",
    "Quote",
    "Review",
    "Settings",
    "SettingsError",
    "Statement",
    "Stretch",
    "StyleFinding",
    "TemplateError",
    "Topic",
    "Transcript",
    "Turn",
    "UnreadableInput",
    "WorkspaceError",
    "__version__",
    "load_settings",
]
