"""Prompts: files with typed inputs, `prompts/<task>/<name>.v<N>.<lang>.md`, of ours and of an organisation.

A file is YAML front matter (`inputs`: name and kind) and a Jinja body. The blocks of the body are the messages
(`{% block system %}…{% endblock %}{% block user %}…{% endblock %}`; `user_2`, `assistant_1`… make more of them); a body
without blocks is one message of the user. Templates run in Jinja's sandbox and see their inputs only.

Whatever a user, a document or a transcript wrote is an input of the kind `data` or `records`. It is never printed as it
is: `{{ name | data }}` puts it between two marks that do not occur in it, and `{{ name }}` alone prints it on one line
as a JSON string. Only `text` is printed as it is: words of ours.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from assistai.errors import PromptError
from assistai.models.chat import Message
from assistai.records import Language
from assistai.resources import root
from assistai.settings import Settings

_LARGEST = 200_000
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_-]*")
_ROLE = re.compile(r"(system|user|assistant)(?:_\d+)?")
_CONTROL = re.compile(
    r"<\|(?=[^<>|]{1,40}\|>)|<(?=/?s>)|\[(?=/?INST\])|<(?=(?:start|end)_of_turn>)|<(?=</?SYS>>)|<(?=/?think>)"
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt of one version and language.

    `name` is `<task>/<name>`; `hash` the SHA-256 of the file, so that a record can tell which words were used; `inputs`
    the kind of each input: `text`, `data`, `number`, `boolean`, `date`, `list of text`, `list of data` or `records`.
    """

    name: str
    version: int
    language: Language
    hash: str
    inputs: Mapping[str, str]
    _template: Any = field(repr=False, compare=False)
    _blocks: tuple[str, ...] = field(repr=False, compare=False)

    @property
    def reference(self) -> str:
        """The prompt as provenance names it: `minutes/topics.v2.fr sha256:1f2e3d4c5b6a`."""
        return f"{self.name}.v{self.version}.{self.language} sha256:{self.hash[:12]}"

    def render(self, **inputs: object) -> Sequence[Message]:
        """Return the messages; raises PromptError naming an input that is missing, unknown or of another kind."""
        for name in self.inputs:
            if name not in inputs:
                raise PromptError("prompt_input_missing", prompt=self.name, input=name)
        values = {}
        for name, value in inputs.items():
            if name not in self.inputs:
                raise PromptError("prompt_input_unknown", prompt=self.name, input=name)
            values[name] = _typed(value, self.inputs[name], f"{self.name}: {name}")
        return [
            Message(cast("Literal['system', 'user', 'assistant']", block.partition("_")[0]), text)
            for block, text in self._rendered(values)
            if text
        ]

    def _rendered(self, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        from jinja2 import TemplateError

        try:
            if not self._blocks:
                yield "user", self._template.render(values).strip()
            for block in self._blocks:
                context = self._template.new_context(values)
                yield block, "".join(self._template.blocks[block](context)).strip()
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise PromptError("prompt_broken", path=self.name, reason=str(error)) from error


class Untrusted:
    """Text that others wrote: printed as one line of JSON, or by the filter `data` between marks of its own."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return json.dumps(_without_control(self._text), ensure_ascii=False)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        return self._text == (other._text if isinstance(other, Untrusted) else other)

    def __hash__(self) -> int:
        return hash(self._text)


def load_prompt(name: str, language: Language, settings: Settings) -> Prompt:
    """Return the highest version of the prompt `<task>/<name>` in a language.

    Where the organisation's folder (`settings.prompts_dir`) has a prompt of that name and language, its highest version
    is used, whatever ours is. Raises PromptError: there is none, or the file is broken.
    """
    if not _NAME.fullmatch(name):
        raise PromptError("prompt_missing", name=f"{name}.{language}")
    for folder in (settings.prompts_dir, root() / "prompts"):
        if folder is not None and (path := _highest(folder, name, language)) is not None:
            return _load(path, name, language)
    raise PromptError("prompt_missing", name=f"{name}.{language}")


def delimited(text: str, title: str = "") -> str:
    """Return text that others wrote between two marks which do not occur in it, so that it cannot end them.

    The text itself is kept letter by letter (quotes are checked against it later), save that the control words of chat
    formats (`<|im_end|>`, `[INST]`, `</s>`) get a space: servers read them wherever they stand.
    """
    text = _without_control(text)
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    while mark[:8] in text:
        mark = hashlib.sha256(mark.encode()).hexdigest()
    about = f" title={json.dumps(_without_control(title), ensure_ascii=False)}" if title else ""
    return f"<data {mark[:8]}{about}>\n{text}\n</data {mark[:8]}>"


def _without_control(text: str) -> str:
    return _CONTROL.sub(lambda match: f"{match[0]} ", text)


def _highest(folder: Path, name: str, language: str) -> Path | None:
    task, _, short = name.partition("/")
    pattern = re.compile(rf"{re.escape(short)}\.v(\d+)\.{language}\.md")
    try:
        paths = list((folder / task).iterdir())
    except OSError:
        return None
    versions = [(int(match[1]), path) for path in paths if (match := pattern.fullmatch(path.name))]
    return max(versions)[1] if versions else None


def _load(path: Path, name: str, language: Language) -> Prompt:
    try:
        content = path.read_bytes()
        source = content.decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError("prompt_broken", path=path, reason=str(error)) from error
    if len(content) > _LARGEST:
        raise PromptError("prompt_broken", path=path, reason=f"> {_LARGEST} bytes")
    return _parsed(path, source, name, language)


@lru_cache(maxsize=64)
def _parsed(path: Path, source: str, name: str, language: Language) -> Prompt:
    import yaml
    from jinja2 import StrictUndefined, TemplateError, meta, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def broken(reason: object) -> PromptError:
        return PromptError("prompt_broken", path=path, reason=reason)

    match = _FRONT_MATTER.match(source)
    if match is None:
        raise broken("--- inputs: … ---")
    try:
        inputs = _inputs(yaml.safe_load(match[1]))
    except (yaml.YAMLError, ValueError) as error:
        raise broken(error) from error
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["data"] = _data_filter
    environment.globals.clear()
    try:
        tree = environment.parse(match[2])
        template = environment.from_string(match[2])
    except TemplateError as error:
        raise broken(f"{error} ({getattr(error, 'lineno', '?')})") from error
    blocks = tuple(block.name for block in tree.find_all(nodes.Block))
    if wrong := [block for block in blocks if not _ROLE.fullmatch(block)]:
        raise broken(f"block {wrong[0]}")
    if unknown := sorted(meta.find_undeclared_variables(tree) - inputs.keys()):
        raise PromptError("prompt_input_undeclared", prompt=path, input=", ".join(unknown))
    version = int(path.name.split(".v")[-1].partition(".")[0])
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Prompt(name, version, language, digest, inputs, template, blocks)


def _inputs(front_matter: object) -> dict[str, str]:
    inputs = front_matter.get("inputs") if isinstance(front_matter, dict) else None
    if not isinstance(inputs, dict):
        raise ValueError("inputs: {name: kind}")
    for name, kind in inputs.items():
        if not isinstance(name, str) or not name.isidentifier() or kind not in _KINDS:
            raise ValueError(f"{name}: {kind} – {', '.join(_KINDS)}")
    return inputs


def _data_filter(value: object, title: object = "") -> str:
    plain = title._text if isinstance(title, Untrusted) else str(title)
    return delimited(value._text if isinstance(value, Untrusted) else str(value), plain)


def _is_list(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list | tuple) and all(check(item) for item in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_KINDS: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "data": _is_text,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, dt.date),
    "list of text": _is_list(_is_text),
    "list of data": _is_list(_is_text),
    "records": _is_list(lambda value: isinstance(value, Mapping)),
}


def _typed(value: object, kind: str, place: str) -> object:
    if not _KINDS[kind](value):
        raise PromptError("prompt_input_kind", input=place, kind=kind, found=type(value).__name__)
    return _guarded(value) if kind in ("data", "list of data", "records") else value


def _guarded(value: object) -> object:
    if isinstance(value, str):
        return Untrusted(value)
    if isinstance(value, Mapping):
        return {key: _guarded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_guarded(item) for item in value]
    return value
