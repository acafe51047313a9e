"""Mails as mail programs save them (EML): head and words make the text, attachments and mails inside are parts."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from email.headerregistry import DateHeader
from email.message import EmailMessage

from assistai.documents.reading.blocks import Block, Part, Reading, clean
from assistai.documents.reading.html import html_reading
from assistai.documents.reading.plaintext import text_reading
from assistai.errors import UnreadableInput
from assistai.files.encoding import clean as clean_text
from assistai.files.encoding import decode

_LABELS = (("From", "De"), ("To", "À"), ("Cc", "Cc"), ("Date", "Date"))
_QUOTE_MARK = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_MAX_HEADER = 20_000
_MAX_DEPTH = 50
_ALTERNATIVES = ("text/plain", "text/html")
_SIGNATURES = frozenset(["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"])
_MALFORMED = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
"""What Python's email package raises on mails that the standard forbids."""


def read_eml(data: bytes, name: str) -> Reading:
    """Return a mail: subject as heading, sender, recipients and date, the body, and its attachments as parts.

    Of a body written twice, as text and as HTML, the text is read. Pictures shown within the body and signatures are
    left out.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not isinstance(message, EmailMessage) or not message.keys():
            raise UnreadableInput("mail_broken", name=name)
        head = [(shown, _header(message, key)) for key, shown in _LABELS]
        subject = _header(message, "Subject")
        leaves = list(_leaves(message))
    except _MALFORMED as error:
        raise UnreadableInput("mail_broken", name=name) from error
    blocks: list[Block] = []
    parts: list[Part] = []
    for item in leaves:
        if _is_body(item):
            blocks.extend(_words(item, name))
        elif part := _part(item, len(parts) + 1):
            parts.append(part)
    return mail_reading("eml", subject, head, blocks, parts)


def mail_reading(
    kind: str, subject: str, head: Iterable[tuple[str, str]], blocks: Iterable[Block], parts: Iterable[Part]
) -> Reading:
    """Return a mail as the blocks of a document."""
    title = clean(subject) or None
    shown = [f"{key} : {clean(value)}" for key, value in head if value.strip()]
    lead = [Block("heading", title, level=1)] if title else []
    lead += [Block("paragraph", "\u2003".join(shown))] if shown else []
    return Reading(kind, (*lead, *blocks), title=title, parts=tuple(parts))


def mail_text(text: str, name: str) -> tuple[Block, ...]:
    """Return the blocks of a body of plain text; what it quotes of earlier mails is read, without the marks."""
    words, _ = clean_text(text, name)
    return text_reading(_QUOTE_MARK.sub("", words), "mail").blocks


def label(name: str) -> str:
    """Return the last part of a name found in a file, to show; never a path to open."""
    return clean(re.split(r"[/\\]", name)[-1])[-200:] or "?"


def _header(message: EmailMessage, key: str) -> str:
    """Return a header as people read it; letters written raw, without the encoding that mail asks for, are kept."""
    raw = next((str(value) for name, value in message.raw_items() if name.lower() == key.lower()), "")
    if not raw:
        return ""
    if not raw.isascii():
        return decode(raw.encode("utf-8", "surrogateescape"), key)[0]
    if len(raw) > _MAX_HEADER:
        return raw[:_MAX_HEADER]
    value = message[key]
    if isinstance(value, DateHeader) and value.datetime is not None:
        return f"{value.datetime:%d/%m/%Y %H:%M}"
    return str(value)


def _leaves(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """Yield what a mail is made of, in order: bodies, attachments, mails inside; of alternatives the best one."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    if depth > _MAX_DEPTH:
        raise ValueError("parts within parts without end")
    items = [item for item in message.iter_parts() if isinstance(item, EmailMessage)]
    if message.get_content_subtype() == "alternative":
        bodies = [item for item in items if item.get_content_type() in _ALTERNATIVES and _has_text(item)]
        best = min(bodies, key=lambda item: _ALTERNATIVES.index(item.get_content_type()), default=None)
        for item in items:
            if best is not None and item.get_content_maintype() == "multipart":
                yield from (leaf for leaf in _leaves(item, depth + 1) if not _is_body(leaf))
            elif item is best or (best is None and item.get_content_maintype() == "multipart"):
                yield from _leaves(item, depth + 1)
        return
    for item in items:
        yield from _leaves(item, depth + 1)


def _is_body(item: EmailMessage) -> bool:
    return (
        item.get_content_type() in _ALTERNATIVES
        and item.get_content_disposition() != "attachment"
        and not item.get_filename()
    )


def _has_text(item: EmailMessage) -> bool:
    payload = item.get_payload(decode=True)
    return isinstance(payload, bytes) and bool(payload.strip())


def _words(body: EmailMessage, name: str) -> tuple[Block, ...]:
    try:
        text = str(body.get_content())
    except (*_MALFORMED, UnicodeDecodeError):  # an unknown or wrong charset
        text = "\ufffd"
    if "\ufffd" in text:
        payload = body.get_payload(decode=True)
        text = decode(payload, name)[0] if isinstance(payload, bytes) else ""
    return html_reading(text, "eml").blocks if body.get_content_type() == "text/html" else mail_text(text, name)


def _part(item: EmailMessage, number: int) -> Part | None:
    kind = item.get_content_type()
    shown_inside = item.get_content_maintype() == "image" and item.get_content_disposition() != "attachment"
    if kind in _SIGNATURES or (shown_inside and item["Content-ID"]):
        return None
    name = label(item.get_filename() or f"attachment-{number}")
    if kind == "message/rfc822":
        return Part(name if name.lower().endswith(".eml") else f"{name}.eml", _inner(item))
    payload = item.get_payload(decode=True)
    return Part(name, payload) if isinstance(payload, bytes) and payload else None


def _inner(item: EmailMessage) -> bytes:
    """Return the bytes of a mail inside a mail, headers as they were written."""
    inner = item.get_payload(0)
    data = inner.as_bytes(policy=email.policy.compat32)  # type: ignore[union-attr]
    if item["Content-Transfer-Encoding"] == "base64":  # forbidden, and written all the same
        import base64
        import binascii

        try:
            return base64.b64decode(data)
        except binascii.Error:
            return data
    return data
