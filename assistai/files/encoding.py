"""Bytes to text: which encoding it is, and what in it is no text.

Valid UTF-8 is UTF-8 and a byte order mark is believed. charset-normalizer alone takes short Western texts for Central
European encodings, so what French offices write is tried before it: Windows-1252, ISO 8859-15, the code pages of DOS
and of old Macs. The best is taken when what lies outside ASCII is what French and English texts are made of, and less
than what lies inside.
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
_OFFICES = ("cp1252", "iso8859_15", "cp850", "mac_roman")
_WESTERN = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆñÑáíóúßå«»“”‘’–—…•€£§°²³¼½¾©®·\u00a0\u00ad")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_KEPT_SPACES = ("\u00a0", "\u202f")
_BINARY_SHARE = 0.05
_LIKE = 0.8
_BEYOND = re.compile("[^\x00-\x7f]")
_STRANGE = re.compile("(?<=[a-zà-ÿ])[À-ÖØ-Þ]|(?<![A-Za-z])[œŒŸ](?![A-Za-z])|(?<=[A-Za-z])[¼½¾](?=[A-Za-z])")
_C1 = {number: bytes([number]).decode("cp1252", "replace") for number in range(0x80, 0xA0)}
_SHORT = 12
_SAMPLE = 200_000


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


def windows(text: str) -> str:
    """Return text that was announced as ISO 8859-1 with what Windows-1252 writes in place of its control characters.

    What is announced as the one is mostly the other, which browsers take for granted (WHATWG Encoding, 4.2).
    """
    return text.translate(_C1)


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
    sample = data[:_SAMPLE]
    best = max(_OFFICES, key=lambda encoding: _likeness(sample.decode(encoding, errors="replace")))
    western = sample.decode(best, errors="replace")
    accented = sum(char > "\x7f" and char.isalpha() for char in western)
    plain = sum(char.isalpha() and char <= "\x7f" for char in western)
    if _likeness(western) >= _LIKE and (accented < _SHORT or accented < plain):
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return found.encoding if found else "cp1252"


def _likeness(text: str) -> float:
    """Return which share of what lies outside ASCII is what French and English texts are made of, where these have it.

    Capitals with accents do not follow small letters, "œ" stands within a word, "½" does not.
    """
    beyond = len(_BEYOND.findall(text))
    strange = len(_STRANGE.findall(text))
    return (sum(char in _WESTERN for char in text) - strange) / beyond if beyond else 1.0
