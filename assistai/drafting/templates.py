"""Sentences with holes: the small language in which kinds and house styles are written.

- `{place}` is a field, `{date:le}` the field in one of its forms ("le mardi 1er décembre 2026").
- `[à {time:a}]` is an optional group: it falls where a field in it is missing and the kind does not require it.
- `<vous|te>` is said as `vous` or as `tu`.

A required field that is missing stands as `[à compléter : lieu]`. Values are put in as they are: what they contain is
never read as a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistai.errors import SettingsError

Fill = Callable[[str, str], str | None]
"""From a field's name and form ("" for the plain one) to its words; None where the draft has none to give."""

_HOLE = re.compile(r"\{(?P<name>[a-z_]+)(?::(?P<form>[a-z_]+))?\}")
_ADDRESS = re.compile(r"<([^<>|]*)\|([^<>|]*)>")
_GROUP = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Template:
    """One template, read and checked; `render` fills it."""

    text: str

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that it uses."""
        return frozenset(match["name"] for match in _HOLE.finditer(self.text))

    def render(self, fill: Fill, *, familiar: bool = False) -> str | None:
        """Return the text, or None where a field outside every optional group has no words."""
        text = chosen(self.text, familiar)
        pieces: list[str] = []
        position = 0
        for group in _GROUP.finditer(text):
            before = _filled(text[position : group.start()], fill)
            if before is None:
                return None
            pieces += [before, _filled(group[1], fill) or ""]
            position = group.end()
        last = _filled(text[position:], fill)
        return None if last is None else "".join((*pieces, last))


def chosen(text: str, familiar: bool) -> str:
    """Return a text with each `<vous|te>` said as "vous" or as "tu"; an elision takes the space after it along."""
    return re.sub(r"(?<=\bt’) ", "", _ADDRESS.sub(lambda match: match[2 if familiar else 1], text))


def parse_template(text: str, where: str, known: frozenset[str] | None = None) -> Template:
    """Return a template; raises SettingsError naming `where` it stands if a bracket is open or a field unknown."""
    template = Template(" ".join(text.split(" ")).strip("\n"))
    bare = _HOLE.sub("", _ADDRESS.sub("", template.text))
    bare = _GROUP.sub("", bare)
    if re.search(r"[{}\[\]<>]", bare):
        raise SettingsError("draft_template_broken", place=where, text=text)
    unknown = template.fields - known if known is not None else frozenset()
    if unknown:
        raise SettingsError("draft_template_field", place=where, fields=", ".join(sorted(unknown)))
    return template


def _filled(text: str, fill: Fill) -> str | None:
    pieces: list[str] = []
    position = 0
    for hole in _HOLE.finditer(text):
        words = fill(hole["name"], hole["form"] or "")
        if words is None:
            return None
        pieces += [text[position : hole.start()], words]
        position = hole.end()
    return "".join((*pieces, text[position:]))
