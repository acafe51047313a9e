"""Outlook messages (MSG): the same text as a mail saved as EML; a message attached to a message is an EML part."""

from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from assistai.documents.reading.blocks import Block, Part, Reading, clean
from assistai.documents.reading.html import html_reading
from assistai.documents.reading.mail import label, mail_reading, mail_text
from assistai.errors import UnreadableInput
from assistai.files.encoding import decode

if TYPE_CHECKING:
    import datetime as dt

    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

_TOP_HEADER, _INNER_HEADER = 32, 24
_INNER_MESSAGE = "__substg1.0_3701000D"
_CC, _BCC = 2, 3
_SHOWN_IN_BODY = 4
_MAX_DEPTH = 10
_MALFORMED = (
    OSError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    struct.error,
)
"""What olefile and oxmsg raise on files that are cut short or wrong."""


@dataclass(frozen=True, slots=True)
class _Mail:
    subject: str
    sender: str
    recipients: str
    copies: str
    sent: dt.datetime | None
    text: str
    html: str
    attachments: tuple[Part, ...]


def read_msg(data: bytes, name: str, timezone: str) -> Reading:
    """Return an Outlook message: subject as heading, sender, recipients and date, the body, attachments as parts."""
    from oxmsg import Message
    from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError

    try:
        storage = cast("Storage", Message.load(io.BytesIO(data))._storage)
        mail = _mail(storage, name, _TOP_HEADER, ZoneInfo(timezone), 0)
    except (*_MALFORMED, UnrecognizedCodePageError, UnsupportedEncodingError) as error:
        raise UnreadableInput("mail_broken", name=name) from error
    sent = f"{mail.sent:%d/%m/%Y %H:%M}" if mail.sent else ""
    head = (("De", mail.sender), ("À", mail.recipients), ("Cc", mail.copies), ("Date", sent))
    blocks: tuple[Block, ...]
    blocks = mail_text(mail.text, name) if mail.text.strip() else html_reading(mail.html, "msg").blocks
    return mail_reading("msg", mail.subject, head, blocks, mail.attachments)


def _mail(storage: Storage, name: str, header: int, zone: ZoneInfo, depth: int) -> _Mail:
    from oxmsg.domain import constants as c
    from oxmsg.properties import Properties

    properties = Properties(storage, properties_header_offset=header)
    sender = _text(properties, c.PID_SENDER_NAME) or _text(properties, c.PID_SENT_REPRESENTING_NAME)
    address = _text(properties, c.PID_SENDER_SMTP_ADDRESS) or _text(properties, c.PID_SENDER_EMAIL_ADDRESS)
    people = [_recipient(Properties(item, properties_header_offset=8)) for item in storage.iter_recipient_storages()]
    html = properties.binary_prop_value(c.PID_HTML)
    return _Mail(
        subject=_text(properties, c.PID_SUBJECT),
        sender=_person(sender, address),
        recipients="; ".join(person for person, kind in people if kind not in (_CC, _BCC)),
        copies="; ".join(person for person, kind in people if kind == _CC),
        sent=_moment(properties, c.PID_CLIENT_SUBMIT_TIME, zone)
        or _moment(properties, c.PID_MESSAGE_DELIVERY_TIME, zone),
        text=_text(properties, c.PID_BODY),
        html=decode(html, name)[0] if html else _text(properties, c.PID_BODY_HTML),
        attachments=tuple(
            part
            for number, item in enumerate(storage.iter_attachment_storages(), 1)
            if (part := _attachment(item, name, number, zone, depth))
        ),
    )


def _moment(properties: Properties, pid: int, zone: ZoneInfo) -> dt.datetime | None:
    try:
        moment = properties.date_prop_value(pid)
        return moment.astimezone(zone) if moment else None
    except OverflowError:  # beyond the calendar
        return None


def _recipient(properties: Properties) -> tuple[str, int | None]:
    from oxmsg.domain import constants as c

    address = _text(properties, c.PID_SMTP_ADDRESS) or _text(properties, c.PID_EMAIL_ADDRESS)
    return _person(_text(properties, c.PID_DISPLAY_NAME), address), properties.int_prop_value(c.PID_RECIPIENT_TYPE)


def _person(name: str, address: str) -> str:
    """Return a name and address as mails show them; an address inside Exchange ("/O=…") tells a reader nothing."""
    name = name.strip().strip("'\"")
    if "@" not in address or address == name:
        return name or address
    return f"{name} <{address}>" if name else address


def _attachment(storage: Storage, name: str, number: int, zone: ZoneInfo, depth: int) -> Part | None:
    from oxmsg.domain import constants as c
    from oxmsg.properties import Properties

    properties = Properties(storage, properties_header_offset=8)
    inner = next((item for item in storage.storages if item.name == _INNER_MESSAGE), None)
    if depth > _MAX_DEPTH:
        raise ValueError("messages within messages without end")
    if inner is not None:
        mail = _mail(inner, name, _INNER_HEADER, zone, depth + 1)
        return Part(f"{label(mail.subject or f'message-{number}')}.eml", _as_eml(mail))
    content = properties.binary_prop_value(c.PID_ATTACH_DATA_BINARY)
    shown_inside = (properties.int_prop_value(c.PID_ATTACH_FLAGS) or 0) & _SHOWN_IN_BODY
    if not content or (shown_inside and _text(properties, c.PID_ATTACH_CONTENT_ID)):
        return None
    names = (c.PID_ATTACH_LONG_FILENAME, c.PID_ATTACH_FILENAME, c.PID_DISPLAY_NAME)
    shown = next((found for key in names if (found := _text(properties, key))), f"attachment-{number}")
    return Part(label(shown), content)


def _as_eml(mail: _Mail) -> bytes:
    """Return a message as a mail file, the same bytes each time: headers in plain UTF-8, body and attachments."""
    message = EmailMessage()
    text = mail.text.strip()
    message.set_content(
        (text or mail.html).encode("utf-8", "replace").decode(), subtype="plain" if text else "html", charset="utf-8"
    )
    for part in mail.attachments:
        message.add_attachment(part.data, maintype="application", subtype="octet-stream", filename=part.name)
    if message.is_multipart():  # the standard library draws a boundary by chance: the same mail makes the same part
        message.set_boundary(f"=_{hashlib.sha256((text or mail.html).encode('utf-8', 'replace')).hexdigest()[:40]}")
    head = {"Subject": mail.subject, "From": mail.sender, "To": mail.recipients, "Cc": mail.copies}
    if mail.sent:
        head["Date"] = format_datetime(mail.sent)
    lines = "".join(f"{key}: {clean(value)}\n" for key, value in head.items() if clean(value))
    return lines.encode("utf-8") + message.as_bytes()


def _text(properties: Properties, pid: int) -> str:
    """Return a text property, "" where it is missing; letters that its code page does not have are guessed."""
    from oxmsg.domain import constants as c

    for item in properties._properties_by_pid[pid]:
        if item.ptyp not in (c.PTYP_STRING, c.PTYP_STRING8):
            continue
        try:
            return str(item.value).rstrip("\x00")
        except UnicodeDecodeError:
            raw = properties._storage.property_stream_bytes(pid, item.ptyp)
            return raw.decode("utf-16-le", "replace") if item.ptyp == c.PTYP_STRING else decode(raw, "")[0]
        except KeyError:  # announced and not there
            return ""
    return ""
