"""An organisation's Word template: opened safely, its fields read and checked before anything is written.

A field is Jinja in Word's text (docxtpl): `{{ title }}`, `{%p for item in decisions %}` on a line of its own,
`{%tr for item in actions %}` in a table row of its own. The names are those of `view.py`.
"""

from __future__ import annotations

import dataclasses
import difflib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import docx
import docxtpl
import jinja2
from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import OpcError
from jinja2 import nodes
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistai.errors import TemplateError
from assistai.export.view import MinutesView
from assistai.i18n import catalogue

_MEGABYTE = 1_000_000
_MAX_FILE = 30 * _MEGABYTE
_MAX_UNPACKED = 200 * _MEGABYTE
_MAX_PARTS = 5_000
_WORD_MAIN = b"wordprocessingml.document.main+xml"
_WORD_TEMPLATE_MAIN = b"wordprocessingml.template.main+xml"
_FILTERS = (
    "abs batch capitalize count d default dictsort first float groupby int items join last length list lower map max "
    "min reject rejectattr replace reverse round select selectattr slice sort string sum title trim truncate unique "
    "upper"
).split()
_UNREADABLE = (  # what zipfile, python-docx and lxml (SyntaxError) raise
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    KeyError,
    ValueError,
    SyntaxError,
    OpcError,
)


def read_template(path: Path) -> bytes:
    """Return the Word file (.docx, or .dotx as a document); raises TemplateError where it is missing or not usable."""
    try:
        if path.stat().st_size > _MAX_FILE:
            raise TemplateError("template_too_large", path=path)
        content = path.read_bytes()
    except OSError as error:
        raise TemplateError("template_missing", path=path) from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise TemplateError("template_too_large", path=path)
            types = package.read("[Content_Types].xml")
            if b"macroEnabled" in types or any(part.filename.endswith("vbaProject.bin") for part in parts):
                raise TemplateError("template_has_macros", path=path)
            if _WORD_TEMPLATE_MAIN in types:
                content = _repacked(package, types.replace(_WORD_TEMPLATE_MAIN, _WORD_MAIN))
            elif _WORD_MAIN not in types:
                raise TemplateError("template_not_word", path=path)
        docx.Document(io.BytesIO(content))
    except _UNREADABLE as error:
        raise TemplateError("template_not_word", path=path) from error
    return content


def _repacked(package: zipfile.ZipFile, types: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in package.infolist():
            copy.writestr(part.filename, types if part.filename == "[Content_Types].xml" else package.read(part))
    return target.getvalue()


class _Sandbox(ImmutableSandboxedEnvironment):
    """Fields, conditions and loops over fields: nothing that reaches Python, fills the memory or writes raw XML."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        raise jinja2.exceptions.SecurityError(f"{operator} is not available in templates")

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro) or isinstance(getattr(obj, "__self__", None), LoopContext)


def environment() -> jinja2.Environment:
    """Return the sandbox that templates run in; what it writes is escaped for Word."""
    sandbox = _Sandbox(undefined=jinja2.StrictUndefined, finalize=_xml)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    return sandbox


def _xml(value: object) -> str:
    """Return a value as XML text; braces as references, so that docxtpl never takes them for its own escapes."""
    if isinstance(value, tuple):
        text = ("\n" if value and dataclasses.is_dataclass(value[0]) else ", ").join(map(str, value))
    else:
        text = str(value)
    escapes = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "{": "&#123;", "}": "&#125;"}
    return "".join(escapes.get(char, char) for char in text)


def used_fields(content: bytes, path: Path, view: type = MinutesView, room: str = "export") -> list[str]:
    """Return the fields that the template names, in order: `title`, `decisions`, `decisions.text`, `labels.actions`.

    Raises TemplateError for a Jinja error, with the text in which it stands, and for unknown fields, each with the
    nearest known one. `path` is for the messages, `view` holds the known fields and the catalogue `room` the labels.
    """
    reader = _FieldReader(view, room)
    sandbox = environment()
    for source in _sources(content):
        try:
            sandbox.compile(source, raw=True)  # finds unknown filters too
        except jinja2.TemplateSyntaxError as error:
            place = re.sub(r"<[^>]*>", "", source.splitlines()[error.lineno - 1]).strip()[:100]
            raise TemplateError("template_syntax", path=path, place=place, reason=error.message) from error
        reader.read(sandbox.parse(source), dict(reader.root))
    if reader.unknown:
        listed = ", ".join(f"{name} (→ {near})" if near else name for name, near in reader.unknown.items())
        raise TemplateError("template_fields_unknown", path=path, fields=listed)
    return list(reader.used)


def _sources(content: bytes) -> Iterator[str]:
    """Yield the Jinja source of each part that docxtpl renders, one Word paragraph a line."""
    template = docxtpl.DocxTemplate(io.BytesIO(content))
    template.init_docx()
    parts = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        parts += [template.get_part_xml(part) for _, part in template.get_headers_footers(uri)]
    parts += [
        part.blob.decode("utf-8")
        for part in template.docx.part.package.iter_parts()
        if part.content_type == CONTENT_TYPE.WML_FOOTNOTES
    ]
    for xml in parts:
        one_line = xml.replace("\n", " ")
        yield re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(one_line))


class _Field(NamedTuple):
    """What an expression stands for: its type (None where it cannot be known) and the name in the minutes."""

    kind: Any = None
    name: str = ""


class _FieldReader:
    """Walks a template's syntax tree with the types of the view, noting the fields used and the unknown ones."""

    def __init__(self, view: type, room: str) -> None:
        self.root = {name: _Field(kind, name) for name, kind in get_type_hints(view).items()}
        self.room = room
        self.used: dict[str, None] = {}
        self.unknown: dict[str, str] = {}

    def read(self, node: nodes.Node, scope: dict[str, _Field]) -> _Field:
        """Read a node and those under it; `scope` is what the names mean here."""
        if isinstance(node, nodes.Name) and node.ctx == "load":
            return self.name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self.attribute(self.read(node.node, scope), node.attr)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            within = self.read(node.node, scope)
            return self.attribute(within, node.arg.value) if isinstance(node.arg.value, str) else _element(within)
        if isinstance(node, nodes.For):
            inner = {**scope, **_bound(node.target, _element(self.read(node.iter, scope))), "loop": _Field()}
            for part in (*node.body, *node.else_, *filter(None, [node.test])):
                self.read(part, inner)
            return _Field()
        if isinstance(node, nodes.Assign):
            scope.update(_bound(node.target, self.read(node.node, scope)))
            return _Field()
        if isinstance(node, nodes.AssignBlock):
            scope.update(_bound(node.target, _Field()))
        if isinstance(node, nodes.With):
            scope = dict(scope)
            for target, value in zip(node.targets, node.values, strict=True):
                scope.update(_bound(target, self.read(value, scope)))
        if isinstance(node, nodes.Macro):
            scope[node.name] = _Field()
            scope = {**scope, **{argument.name: _Field() for argument in node.args}}
        for child in node.iter_child_nodes():
            self.read(child, scope)
        if isinstance(node, nodes.Filter) and node.name in ("sort", "list", "reverse", "unique") and node.node:
            return self.read(node.node, scope)
        return _Field()

    def name(self, node: nodes.Name, scope: dict[str, _Field]) -> _Field:
        if node.name not in scope:
            self.miss(node.name, node.name, scope)
            return _Field()
        field = scope[node.name]
        if node.name in self.root and field is self.root[node.name]:
            self.used[node.name] = None
        return field

    def attribute(self, within: _Field, attribute: str) -> _Field:
        known = _attributes(within.kind, self.room)
        if known is None:
            return _Field()
        name = f"{within.name}.{attribute}"
        if attribute not in known:
            self.miss(name, attribute, known)
            return _Field()
        self.used[name] = None
        return _Field(known[attribute], name)

    def miss(self, name: str, misspelt: str, known: Mapping[str, object]) -> None:
        near = difflib.get_close_matches(misspelt.lower(), known, n=1, cutoff=0.5)
        self.unknown.setdefault(name, name[: len(name) - len(misspelt)] + near[0] if near else "")


def _attributes(kind: Any, room: str) -> dict[str, Any] | None:
    """Return the fields of a type of the view, None where anything may follow the dot."""
    if dataclasses.is_dataclass(kind):
        return get_type_hints(kind)
    if get_origin(kind) is not None and issubclass(get_origin(kind), Mapping):
        return dict.fromkeys((key.removeprefix("file_") for key in catalogue(room, "fr")), str)
    return None


def _element(field: _Field) -> _Field:
    return _Field(get_args(field.kind)[0], field.name) if get_origin(field.kind) is tuple else _Field()


def _bound(target: nodes.Node, field: _Field) -> dict[str, _Field]:
    if isinstance(target, nodes.Name):
        return {target.name: field}
    return {name.name: _Field() for name in target.find_all(nodes.Name)}
