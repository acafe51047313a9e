"""What a model returns, made usable or refused: thoughts and fences taken off, JSON repaired and checked."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import Any

from assistai.errors import ModelReplyUnusable
from assistai.language.sentences import sentence_spans
from assistai.language.words import detect_language, fold, tokens
from assistai.models.chat import Schema
from assistai.records import Language

_LONG = 200
"""Characters from which a line without an end mark was cut."""

_CIRCLE = 3
"""Words that stand together a third time where a line goes in circles."""

_FEWEST_WORDS = 12
_LOOP_TAIL = 2500
_LOOP_TIMES = 5
_LOOP_SHORTEST = 240

_ASKED_ONLY = ("maxLength", "maxItems", "pattern", "minimum", "maximum")
"""What a schema asks for and grammars hold a model to, but no reply is refused for."""

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(r"\A.*?</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"\A```[a-zA-Z]*[ \t]*\n?(.*?)\n?(?:```\s*)?\Z", re.DOTALL)


def usable(text: str, schema: Schema | None = None, language: Language | None = None) -> str:
    """Return the text of a whole reply, ready to use: without thoughts and fence, with a schema as checked JSON.

    Raises ModelReplyUnusable: it is empty, repeats itself, is in the other language, or is not the JSON asked for.
    """
    text = without_thoughts(text)
    if not text:
        raise ModelReplyUnusable("model_reply_empty")
    if repeats(text):
        raise ModelReplyUnusable("model_reply_repeats")
    if schema is not None:
        return json_object(text, schema)
    text = without_fence(text).strip()
    if language is not None:
        check_language(text, language)
    return text


def check_language(text: str, language: Language) -> None:
    """Raise ModelReplyUnusable where a text of some length is written in the other language."""
    if len(text.split()) >= _FEWEST_WORDS and detect_language(text, language) != language:
        raise ModelReplyUnusable("model_reply_other_language")


def is_whole(text: str) -> bool:
    """Tell whether prose ends where it should and says a thing once; weak models go in circles until they are cut."""
    cut = len(text) >= _LONG and not text.rstrip('»”") ').endswith((".", "!", "?", "…"))
    sentences = Counter(fold(text[start:end]).strip(" .!?…") for start, end in sentence_spans(text))
    words = [fold(token.text) for token in tokens(text)]
    runs = Counter(tuple(words[at : at + _CIRCLE]) for at in range(len(words) - _CIRCLE + 1))
    again = any(times > 1 and len(one.split()) > 1 for one, times in sentences.items())
    return not cut and not again and all(times <= 2 for times in runs.values())


def repeats(text: str) -> bool:
    """Tell whether a text ends in the same piece again and again, as a model that is caught in a loop writes it."""
    tail = text[-_LOOP_TAIL:]
    for length in range(1, _LOOP_TAIL // _LOOP_TIMES + 1):
        times = max(_LOOP_TIMES, -(-_LOOP_SHORTEST // length))
        if len(tail) >= length * times and tail.endswith(tail[-length:] * times):
            return True
    return False


def without_thoughts(text: str) -> str:
    """Return the text without `<think>` blocks, be they closed, cut or, as some servers send them, opened unseen."""
    text = _THOUGHT.sub("", text)
    return _THOUGHT_END.sub("", text).strip()


def without_fence(text: str) -> str:
    """Return the text without the Markdown fence that encloses the whole of it."""
    match = _FENCE.match(text)
    return match[1] if match else text


def json_object(text: str, schema: Schema) -> str:
    """Return the one JSON object of a reply, mended where models are known to err, and checked against a schema.

    What is mended is the form (quotes, commas, brackets, fences, words around it), never a value; keys that the schema
    does not know are left out where it forbids them, and more or longer than it asks for is no fault. Raises
    ModelReplyUnusable naming what is wrong.
    """
    parsed = _parsed(without_fence(text.strip()))
    if parsed is None:
        raise ModelReplyUnusable("model_reply_not_json", reason="no JSON object")
    value = _known(parsed, schema, schema)
    if error := next(_validator()(schema).iter_errors(value), None):
        # Never the message: it holds the reply.
        raise ModelReplyUnusable("model_reply_not_json", reason=f"{error.json_path}: {error.validator}")
    return json.dumps(value, ensure_ascii=False)


@cache
def _validator() -> Any:
    """Return jsonschema's class of validators that pass over what is asked for only."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    return extend(Draft202012Validator, dict.fromkeys(_ASKED_ONLY, _no_fault))


def _no_fault(*_of_what: object) -> tuple[()]:
    return ()


def _parsed(text: str) -> dict[str, object] | None:
    """Return the JSON object in a text: the text itself, else from its first brace on and repaired."""
    import json_repair

    value: object
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        start = text.find("{")
        value = json_repair.loads(text[start:]) if start >= 0 else None
    return value if isinstance(value, dict) else None


def _known(value: object, schema: object, whole: Schema) -> object:
    """Return the value without the keys that a closed object does not know."""
    if not isinstance(schema, dict):
        return value
    if isinstance(reference := schema.get("$ref"), str):
        return _known(value, _referred(reference, whole), whole)
    if isinstance(value, list):
        return [_known(item, schema.get("items"), whole) for item in value]
    if isinstance(value, dict) and isinstance(properties := schema.get("properties"), dict):
        closed = schema.get("additionalProperties") is False
        return {
            key: _known(item, properties.get(key), whole)
            for key, item in value.items()
            if key in properties or not closed
        }
    return value


def _referred(reference: str, whole: Schema) -> object:
    found: object = whole
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part) if isinstance(found, dict) else None
    return found
