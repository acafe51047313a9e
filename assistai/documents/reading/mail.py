"""Mails (EML, MSG) as documents: head and words make the text, attachments and mails inside are parts."""

from __future__ import annotations

import re

from assistai.documents.reading.blocks import Block, Part, Reading, Unread, clean
from assistai.documents.reading.html import html_reading
from assistai.documents.reading.plaintext import text_reading
from assistai.errors import UnreadableInput
from assistai.files.encoding import clean as clean_text
from assistai.files.mail import Attachment, Mail, parse_eml
from assistai.files.outlook import parse_msg

_LABELS = (("From", "De"), ("To", "À"), ("Cc", "Cc"), ("Date", "Date"))
_NAMELESS = re.compile(r"attachment-\d+\.eml")
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|]+')
_MAX_NAME = 80
_QUOTE_MARK = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)


def read_eml(data: bytes, name: str) -> Reading:
    """Return a mail: subject as heading, sender, recipients and date, the body, and its attachments as parts.

    Of a body written twice, as text and as HTML, the text is read. Pictures shown within the body and signatures are
    left out; empty attachments are `unread`. A mail inside that has no file name is named by its subject.
    """
    return _reading("eml", parse_eml(data, name), name)


def read_msg(data: bytes, name: str, timezone: str) -> Reading:
    """Return an Outlook message: subject as heading, sender, recipients and date, the body, attachments as parts.

    Empty attachments are `unread`.
    """
    return _reading("msg", parse_msg(data, name, timezone), name)


def _reading(kind: str, mail: Mail, name: str) -> Reading:
    title = clean(mail.subject) or None
    shown = [f"{label} : {clean(mail.written[key])}" for key, label in _LABELS if mail.written[key].strip()]
    blocks = [Block("heading", title, level=1)] if title else []
    blocks += [Block("paragraph", "\u2003".join(shown))] if shown else []
    for body in mail.bodies:
        blocks += html_reading(body.text, kind).blocks if body.kind == "html" else _text(body.text, name)
    parts = tuple(Part(_part_name(attachment), attachment.data) for attachment in mail.attachments if attachment.data)
    empty = [Unread("part_empty", name=attachment.name) for attachment in mail.attachments if not attachment.data]
    unread = (*(Unread(f"mail_{code}") for code in mail.unread), *empty)
    return Reading(kind, tuple(blocks), title=title, parts=parts, unread=unread)


def _part_name(attachment: Attachment) -> str:
    if not _NAMELESS.fullmatch(attachment.name):
        return attachment.name
    try:
        subject = parse_eml(attachment.data, attachment.name).subject
    except UnreadableInput:
        return attachment.name
    name = clean(_NO_FILE_NAME.sub(" ", subject))
    if len(name) > _MAX_NAME:
        name = f"{name[:_MAX_NAME].rsplit(' ', 1)[0]}…"
    return f"{name}.eml" if name else attachment.name


def _text(text: str, name: str) -> tuple[Block, ...]:
    """Return the blocks of a body of plain text; what it quotes of earlier mails is read, without the marks."""
    words, _ = clean_text(text, name)
    return text_reading(_QUOTE_MARK.sub("", words), "mail").blocks
