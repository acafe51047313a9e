"""What servers and vendors' packages report, as errors of ours; nothing that they say is shown, since it may quote."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from assistai.errors import ModelError, ModelRefused, ModelUnavailable
from assistai.models.waiting import retry_after

_OVERFLOW = re.compile(
    r"context.{0,20}(?:length|size|window)|exceed_context|prompt is too long|too many tokens|too large for model"
    r"|maximum.{0,20}tokens",
    re.IGNORECASE,
)
_FILTER = re.compile(r"content.?(?:filter|policy|management)|responsible.?ai|safety", re.IGNORECASE)
_CREDIT = re.compile(r"insufficient_quota|billing|credit|payment", re.IGNORECASE)
_TIMEOUT = re.compile(r"timeout", re.IGNORECASE)
_UNREACHED = re.compile(r"connect", re.IGNORECASE)


class RequestRefused(ModelRefused):
    """The server refuses the form of a request; `said` is why, in its words, which may quote and are never shown."""

    def __init__(self, host: str, status: int, said: str) -> None:
        super().__init__("model_request_refused", host=host, status=status)
        self.said = said


def translated(error: BaseException, model: str, host: str, begun: bool, now: dt.datetime) -> ModelError:
    """Return our error for one of a vendor's package, by its HTTP status where it has one, else by its kind.

    `begun` tells whether a part of the reply had arrived.
    """
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        headers = getattr(response, "headers", {})
        said = f"{error} {getattr(error, 'body', '')}"
        return _by_status(status, said, model, host, retry_after(headers, now))
    kinds = " ".join(cause.__name__ for cause in type(error).__mro__) + f" {_causes(error)}"
    if _TIMEOUT.search(kinds):
        return ModelUnavailable("model_timeout", seconds="?")
    if begun:
        return ModelUnavailable("model_broke_off", host=host)
    if "ConnectError" in kinds or "UnsupportedProtocol" in kinds or "InvalidURL" in kinds:
        return ModelUnavailable("model_unreachable", host=host)
    if _UNREACHED.search(kinds) or "ProtocolError" in kinds or "ReadError" in kinds:
        return ModelUnavailable("model_broke_off", host=host)
    return ModelUnavailable("model_server_failed", host=host, status=type(error).__name__)


def is_overflow(said: str) -> bool:
    """Tell whether a server says that a request is longer than the model's context."""
    return bool(_OVERFLOW.search(said))


def _by_status(status: int, said: str, model: str, host: str, wait: float) -> ModelError:
    if status in (402, 429) and _CREDIT.search(said):
        return ModelRefused("model_no_credit", host=host)
    if status in (401, 403):
        return ModelRefused("model_key_refused", host=host)
    if status in (408, 409, 425, 429, 503, 529):
        return ModelUnavailable("model_busy", host=host, wait=wait)
    if status >= 500:
        return ModelUnavailable("model_server_failed", host=host, status=status, wait=wait)
    if is_overflow(said) or status == 413:
        return ModelRefused("model_context_exceeded", model=model)
    if _FILTER.search(said):
        return ModelRefused("model_declined")
    if status == 404:
        return ModelRefused("model_unknown", model=model, host=host)
    return RequestRefused(host, status, said)


def _causes(error: BaseException) -> str:
    names: list[str] = []
    cause: Any = error.__cause__ or error.__context__
    while cause is not None and len(names) < 5:
        names.append(" ".join(kind.__name__ for kind in type(cause).__mro__[:4]))
        cause = cause.__cause__ or cause.__context__
    return " ".join(names)
