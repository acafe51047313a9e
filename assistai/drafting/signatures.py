"""Where a mail's own words end: signatures after a closing formula, notices that servers add."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistai.drafting.mail_wording import wording
from assistai.language.words import fold

MARK = "-- "
"""The line that stands before a signature (RFC 3676, 4.3)."""

_MARK = re.compile(r"--[ \u00a0]?$")
_POSTSCRIPT = re.compile(r"(?:p\.? ?s\.?|nb|n\.b\.) ?[:.–-]?\s*\S", re.IGNORECASE)
_LIST_FOOTER = re.compile(r"\n_{20,}[ \t]*\n(?P<footer>(?:.{0,200}\n?){1,8})\Z")
_MAX_LINES, _MAX_LINE = 14, 120
_LAST_NAME_LINES = 9


@dataclass(frozen=True, slots=True)
class Written:
    """A mail's words taken apart: `text` (the closing formula with it), `signature` and `notice`, each "" if none."""

    text: str
    signature: str
    notice: str


def take_apart(text: str, sender: str = "") -> Written:
    """Return what a person wrote apart from the signature and from what a server added.

    `sender` is the name of who wrote it: where no mark or closing formula tells, the signature starts there.
    """
    text, notices = _without_notices(text)
    lines = text.split("\n")
    begin = _signature_at(lines, sender)
    if begin is None:
        return Written(_stripped(lines), "", notices)
    own, signature = lines[:begin], lines[begin:]
    if signature and _MARK.match(signature[0]):
        signature = signature[1:]
    for number, line in enumerate(signature):
        if _POSTSCRIPT.match(line.strip()):
            own, signature = [*own, "", *signature[number:]], signature[:number]
            break
    return Written(_stripped(own), _stripped(signature), notices)


def _without_notices(text: str) -> tuple[str, str]:
    """Return the text without paragraphs that a server added, and those."""
    kept: list[str] = []
    notices: list[str] = []
    if (match := _LIST_FOOTER.search(text[-2000:])) and ("@" in match["footer"] or "//" in match["footer"]):
        notices.append(match["footer"])
        text = text[: -len(match.group())]
    for paragraph in re.split(r"\n[ \t]*\n", text):
        plain = fold(" ".join(paragraph.split()))
        (notices if wording("notice").search(plain[:600]) and not plain.rstrip().endswith("?") else kept).append(
            paragraph
        )
    return "\n\n".join(kept), "\n\n".join(notice.strip() for notice in notices)


def _signature_at(lines: list[str], sender: str) -> int | None:
    """Return the line that a signature begins at."""
    for number, line in enumerate(lines):
        if _MARK.match(line):
            return number
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in reversed(filled[-_MAX_LINES - 2 :]):
        line = fold(lines[number].strip())
        if wording("device").match(line):
            return _signature_at_or(lines, number, sender)
        if (
            wording("closing").match(line)
            and (filled[0] < number or len(filled) == 1)
            and _is_signature(lines[number + 1 :])
        ):
            return number + 1
    return _name_at(lines, filled, sender)


def _signature_at_or(lines: list[str], device: int, sender: str) -> int:
    """Return where the signature above "Envoyé de mon iPhone" begins, or that line."""
    above = _signature_at(lines[:device], sender) if device else None
    return device if above is None else above


def _name_at(lines: list[str], filled: list[int], sender: str) -> int | None:
    """Return the line near the end that holds the sender's name alone."""
    words = set(re.findall(r"[^\W\d_]+", fold(sender)))
    for number in filled[-_LAST_NAME_LINES:]:
        found = re.findall(r"[^\W\d_]+", fold(lines[number]))
        alone = 1 < len(found) <= 4 and words <= set(found) and len(words) > 1
        if alone and number != filled[0] and _is_signature(lines[number:]):
            return number
    return None


def _is_signature(lines: list[str]) -> bool:
    filled = [line.strip() for line in lines if line.strip()]
    return (
        len(filled) <= _MAX_LINES
        and all(len(line) <= _MAX_LINE for line in filled)
        and not any(line.endswith("?") for line in filled)
    )


def _stripped(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n ").rstrip()
