"""How a server wants to be spoken to: Chat Completions with what it understands, learnt from what it refuses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from assistai.models.chat import Message, Schema

_TELLING = (
    "Reply with one JSON object and nothing else: no sentence before or after it, no code fence. It must follow this "
    "JSON schema:\n{schema}"
)
_LIMITS = ("max_tokens", "max_completion_tokens")
_JSON_WORDS = ("response_format", "json_schema", "json_object", "grammar", "guided", "structured", "schema")


class Dialect:
    """What is sent beside the messages: temperature 0, `store: false`, the count of tokens, the form of the reply.

    A server that refuses one of them by name is not sent it again; the form of the reply goes from JSON schema to JSON
    to words of the prompt. `newer` starts with OpenAI's newer name of the greatest length.
    """

    def __init__(self, *, newer: bool) -> None:
        self._fields: dict[str, Any] = {
            "temperature": 0,
            "store": False,
            "stream_options": {"include_usage": True},
        }
        self._limits = [*reversed(_LIMITS)] if newer else [*_LIMITS]
        self._forms = ["json_schema", "json_object", "words"]

    def request(
        self, messages: Sequence[Message], max_tokens: int, schema: Schema | None, *, told: bool
    ) -> tuple[list[Message], dict[str, Any]]:
        """Return the messages and the options of LangChain's `astream`; `told` says the schema in words as well."""
        body: dict[str, Any] = {**self._fields, self._limits[0]: max_tokens}
        options: dict[str, Any] = {"stream_options": body.pop("stream_options")} if "stream_options" in body else {}
        said = list(messages)
        if schema is not None:
            form = self._forms[0]
            if form == "json_schema":
                body["response_format"] = {"type": form, "json_schema": _named(schema)}
            elif form == "json_object":
                body["response_format"] = {"type": form}
            if told or form != "json_schema":
                said = _with_schema(said, schema)
        # In the extra body, so that LangChain neither renames a field nor takes its own way for response_format.
        return said, {**options, "extra_body": body}

    def adapt(self, said: str) -> bool:
        """Leave out what a server refused, given its words; False where nothing is left that it may have meant."""
        said = said.lower()
        for name in list(self._fields):
            if name in said:
                del self._fields[name]
                return True
        if any(name in said for name in _LIMITS) and len(self._limits) > 1:
            del self._limits[0]
            return True
        if any(word in said for word in _JSON_WORDS) and len(self._forms) > 1:
            del self._forms[0]
            return True
        return False


def _named(schema: Schema) -> dict[str, Any]:
    return {"name": "reply", "schema": schema, "strict": _is_strict(schema)}


def _is_strict(schema: object) -> bool:
    """Tell whether a schema is one that OpenAI's strict mode takes: closed objects, every property required."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict) and "type" in schema:
            closed = schema.get("additionalProperties") is False
            if not closed or set(schema.get("required", ())) != properties.keys():
                return False
        return "default" not in schema and all(_is_strict(value) for value in schema.values())
    return all(_is_strict(value) for value in schema) if isinstance(schema, list) else True


def _with_schema(messages: list[Message], schema: Schema) -> list[Message]:
    telling = _TELLING.format(schema=json.dumps(schema, ensure_ascii=False))
    if messages and messages[0].role == "system":
        return [Message("system", f"{messages[0].text}\n\n{telling}"), *messages[1:]]
    return [Message("system", telling), *messages]
