"""Mails: EML as mail programs save it, MSG as Outlook does. Head and words make the text, attachments are parts."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterable
from email.message import EmailMessage

from assistai.documents.reading.blocks import Block, Part, Reading, clean
from assistai.documents.reading.html import html_reading
from assistai.documents.reading.plaintext import text_reading
from assistai.errors import UnreadableInput
from assistai.files.encoding import clean as clean_text

_LABELS = (("From", "De"), ("To", "À"), ("Cc", "Cc"), ("Date", "Date"))
_QUOTE_MARK = re.compile(r"^(?:>\s?)+", re.MULTILINE)


def read_eml(data: bytes, name: str) -> Reading:
    """Return a mail: subject as heading, sender, recipients and date, the body, and its attachments as parts."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableInput("mail_broken", name=name)
    try:
        head = [(shown, str(message[header])) for header, shown in _LABELS if message[header]]
        subject = str(message["Subject"] or "")
    except (ValueError, IndexError, AttributeError, TypeError) as error:  # headers that the standard forbids
        raise UnreadableInput("mail_broken", name=name) from error
    body = message.get_body(("plain", "html"))
    blocks: tuple[Block, ...] = ()
    if isinstance(body, EmailMessage):
        text = _text(body)
        blocks = html_reading(text, "eml").blocks if body.get_content_type() == "text/html" else _plain(text, name)
    parts = [part for number, item in enumerate(message.iter_attachments(), 1) if (part := _part(item, number))]
    return _mail("eml", subject, head, blocks, parts)


def read_msg(data: bytes, name: str) -> Reading:
    """Return an Outlook message, as `read_eml` does."""
    from oxmsg import Message

    try:
        message = Message.load(io.BytesIO(data))
        subject = message.subject or ""
        sent = message.sent_date
        recipients = "; ".join(
            f"{recipient.name} <{recipient.email_address}>" if recipient.name else recipient.email_address
            for recipient in message.recipients
        )
        head = [("De", message.sender or ""), ("À", recipients), ("Date", f"{sent:%d/%m/%Y %H:%M}" if sent else "")]
        body, html = message.body, message.html_body
        attachments = [(item.file_name, item.file_bytes) for item in message.attachments]
    except (OSError, ValueError, KeyError, AttributeError, IndexError, TypeError, NotImplementedError) as error:
        raise UnreadableInput("mail_broken", name=name) from error
    blocks = _plain(body, name) if body and body.strip() else html_reading(html or "", "msg").blocks
    parts = [
        Part(label(file_name or f"attachment-{number}"), content)
        for number, (file_name, content) in enumerate(attachments, 1)
        if content
    ]
    return _mail("msg", subject, head, blocks, parts)


def label(name: str) -> str:
    """Return the last part of a name found in a file, to show; never a path to open."""
    return clean(re.split(r"[/\\]", name)[-1])[:200] or "?"


def _mail(
    kind: str, subject: str, head: Iterable[tuple[str, str]], blocks: tuple[Block, ...], parts: list[Part]
) -> Reading:
    title = clean(subject) or None
    shown = [f"{key} : {clean(value)}" for key, value in head if value.strip()]
    lead = [Block("heading", title, level=1)] if title else []
    lead += [Block("paragraph", "\u2003".join(shown))] if shown else []
    return Reading(kind, (*lead, *blocks), title=title, parts=tuple(parts))


def _plain(text: str, name: str) -> tuple[Block, ...]:
    words, _ = clean_text(text, name)
    return text_reading(_QUOTE_MARK.sub("", words), "mail").blocks


def _text(body: EmailMessage) -> str:
    try:
        return str(body.get_content())
    except (LookupError, UnicodeDecodeError, ValueError):  # an unknown or wrong charset
        payload = body.get_payload(decode=True)
        return payload.decode("cp1252", "replace") if isinstance(payload, bytes) else ""


def _part(item: object, number: int) -> Part | None:
    if not isinstance(item, EmailMessage):
        return None
    name = label(item.get_filename() or f"attachment-{number}")
    if item.get_content_type() == "message/rfc822":
        inner = item.get_payload(0)
        return Part(name if name.lower().endswith(".eml") else f"{name}.eml", inner.as_bytes())  # type: ignore[union-attr]
    payload = item.get_payload(decode=True)
    return Part(name, payload) if isinstance(payload, bytes) and payload else None
