"""A mail's HTML as the plain text that mail programs would have written: quotes marked `>`, signatures by `-- `."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistai.drafting.signatures import MARK

if TYPE_CHECKING:
    from bs4 import Tag

_IGNORED = frozenset("script style noscript template svg object embed head title button select textarea".split())
_LINES = frozenset(
    "html body div section article header footer table tbody thead tr ul ol dl form fieldset address center "
    "main aside figure blockquote pre li hr".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 dt dd caption".split())
_CELLS = ("td", "th")
_SIGNATURES = re.compile(r"gmail_signature|moz-signature|\bsignature\b|yahoo-signature|protonmail_signature", re.I)
_SIGNATURE_PREFIX = "gmail_signature_prefix"
_NO_SPACE_AROUND = re.compile(r"MsoNormal|MsoPlainText|elementToProof", re.I)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px|pt)?\s*(?:;|$)"
    r"|(?<![-\w])opacity\s*:\s*0?\.?0*\s*(?:;|$)",
    re.I,
)
_TINY = re.compile(r"font-size\s*:\s*[01](?:px|pt|%|em)?\s*(?:;|$)", re.I)
_SIZED = re.compile(r"font-size", re.I)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?|white|rgb\(255,\s*255,\s*255\))\s*(?:;|$)", re.I)
_COLOURED = re.compile(r"background", re.I)
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_LONGEST_RUN = 200_000


def html_to_text(html: str) -> tuple[str, str]:
    """Return the text of a mail's HTML, and apart from it what its sender hid from view.

    Quoted passages start with `> ` a level, a signature that the mail program marked follows a line `-- `.
    """
    from bs4 import BeautifulSoup, Tag
    from bs4.element import NavigableString

    shown, hidden = _Lines(), _Lines()
    soup = BeautifulSoup(html, "lxml")
    waiting: list[tuple[object, str]] = [(soup, "open")]
    concealed = 0
    while waiting:
        item, step = waiting.pop()
        into = hidden if concealed else shown
        if isinstance(item, Tag):
            if step == "close":
                concealed -= _is_hidden(item)
                into.end(item)
                continue
            if item.name in _IGNORED or _SIGNATURE_PREFIX in _class(item):
                continue
            concealed += _is_hidden(item)
            into = hidden if concealed else shown
            into.begin(item)
            waiting.append((item, "close"))
            waiting.extend((child, "open") for child in reversed(item.contents))
        elif type(item) is NavigableString:
            into.write(str(item))
    return shown.text(), hidden.text()


class _Lines:
    """Lines as they are written, each with how deeply it is quoted."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, str]] = []
        self._current: list[str] = []
        self._quoted = 0
        self._kept = 0

    def write(self, text: str) -> None:
        if self._kept:
            *whole, last = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self._current.append(line)
                self._finish(always=True)
            self._current.append(last)
        else:
            self._current.append(_SPACES.sub(" ", text))

    def begin(self, tag: Tag) -> None:
        if tag.name == "br":
            self._finish(always=True)
        elif tag.name in _PARAGRAPHS or tag.name in _LINES:
            self._finish()
            if tag.name in _PARAGRAPHS and not _NO_SPACE_AROUND.search(_class(tag)):
                self._blank()
        elif tag.name in _CELLS:
            self._current.append(" ")
        if _SIGNATURES.search(_class(tag)) and not self._quoted:
            self._finish()
            self._lines.append((self._quoted, MARK))
        if tag.name == "blockquote":
            self._quoted += 1
        elif tag.name == "pre":
            self._kept += 1
        elif tag.name == "li":
            self._current.append("- ")
        elif tag.name == "hr":
            self._lines.append((self._quoted, "_" * 32))

    def end(self, tag: Tag) -> None:
        if tag.name in _PARAGRAPHS or tag.name in _LINES:
            self._finish()
            if tag.name in _PARAGRAPHS and not _NO_SPACE_AROUND.search(_class(tag)):
                self._blank()
        if tag.name == "blockquote":
            self._quoted -= 1
        elif tag.name == "pre":
            self._kept -= 1

    def text(self) -> str:
        """Return the lines, of several empty ones in a row only one."""
        self._finish()
        lines: list[str] = []
        for quoted, line in self._lines:
            mark = ">" * quoted
            written = f"{mark} {line}".rstrip() if mark and line != MARK else line
            if line or (lines and lines[-1].strip("> ")):
                lines.append(written)
        return "\n".join(lines).strip("\n")

    def _finish(self, *, always: bool = False) -> None:
        line = "".join(self._current)[:_LONGEST_RUN]
        self._current.clear()
        line = line.rstrip() if self._kept else _SPACES.sub(" ", line).strip(" \u00a0")
        if line or always:
            self._lines.append((self._quoted, line))

    def _blank(self) -> None:
        if self._lines and self._lines[-1][1]:
            self._lines.append((self._quoted, ""))


def _class(tag: Tag) -> str:
    names = tag.get("class") or ()
    return " ".join((*names, str(tag.get("id") or ""))) if not isinstance(names, str) else names


def _is_hidden(tag: Tag) -> bool:
    """Tell whether the sender hid an element: not shown, too small to read, or white on white."""
    style = str(tag.get("style") or "")
    if tag.has_attr("hidden") or _HIDDEN.search(style):
        return True
    if _TINY.search(style) and tag.find(style=_SIZED) is None:
        return True
    return _WHITE.search(style) is not None and not any(
        item.has_attr("bgcolor") or _COLOURED.search(str(item.get("style") or "")) for item in (tag, *tag.parents)
    )
