"""Bytes to text: which encoding it is, and what in it is no text.

Valid UTF-8 is UTF-8 and a byte order mark is believed. charset-normalizer alone takes short Western texts for Central
European or Mac encodings, so Windows-1252, which French offices write, is tried before it: it is taken when what lies
outside ASCII is what French and English texts are made of, and less than what lies inside.
"""

from __future__ import annotations

import codecs
import re

from assistai.errors import UnreadableInput
from assistai.records import Notice, counted

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆñÑáíóúßå«»“”‘’–—…•€£§°²³©®·\u00a0\u00ad")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_KEPT_SPACES = ("\u00a0", "\u202f")
_BINARY_SHARE = 0.05
_SHORT = 12


def decode(data: bytes, name: str) -> tuple[str, tuple[Notice, ...]]:
    """Return the text in `data`, lines ending in a line feed, and what had to be replaced in it.

    Raises UnreadableInput where it is no text.
    """
    encoding, skip = _encoding(data)
    text = data[skip:].decode(encoding, errors="replace")
    return clean(text, name)


def clean(text: str, name: str) -> tuple[str, tuple[Notice, ...]]:
    """Return `text` with one kind of line end and without characters that no text has, and notices of those.

    Control characters become spaces and halves of characters the replacement sign, so that words stay apart. Raises
    UnreadableInput where so much is replaced that it was no text.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text, controls = _CONTROLS.subn(" ", text)
    text = _SURROGATES.sub("\ufffd", text)
    lost = text.count("\ufffd")
    if controls + lost > max(4, _BINARY_SHARE * len(text)):
        raise UnreadableInput("binary_file", name=name)
    seen: list[tuple[str, int | None]] = [("control_characters", None)] * controls
    if lost:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        seen += [("unreadable_characters", line)] * lost
    return text, counted(seen)


def one_line(text: str) -> str:
    """Return text on one line: white space runs become one space, invisible characters go.

    A run that holds a non-breaking space keeps it, as French typography needs. Halves of characters, which no encoding
    can write, become the replacement sign.
    """
    return _SPACES.sub(_one_space, _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))).strip()


def _one_space(match: re.Match[str]) -> str:
    return next((space for space in _KEPT_SPACES if space in match.group()), " ")


def _encoding(data: bytes) -> tuple[str, int]:
    """Return the encoding of `data` and the length of its byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if wide := _wide(data):
        return wide, 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data), 0
    return "utf-8", 0


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 it is where every other byte of Western text is NUL."""
    sample = data[:20_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _not_utf8(data: bytes) -> str:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken * 4 <= sum(char > "\x7f" for char in text) - broken:
        return "utf-8"
    western = data.decode("cp1252", errors="replace")
    beyond = [char for char in western if char > "\x7f"]
    accented = sum(map(str.isalpha, beyond))
    plain = sum(char.isalpha() and char <= "\x7f" for char in western)
    if sum(char in _WESTERN for char in beyond) >= 0.8 * len(beyond) and (accented < _SHORT or accented < plain):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return best.encoding if best else "cp1252"
