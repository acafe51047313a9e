"""Outlook messages (MSG): the same as a mail saved as EML; a message attached to a message is a mail file."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import struct
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from assistai.errors import UnreadableInput
from assistai.files.encoding import decode, one_line
from assistai.files.mail import Attachment, Body, Mail, Person, Unread, from_headers, label, message_ids

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


def parse_msg(data: bytes, name: str, timezone: str) -> Mail:
    """Return the Outlook message in `data`, its moment in `timezone`, a message attached to it as EML.

    Raises UnreadableInput where it is no message or is broken.
    """
    from oxmsg import Message
    from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError

    try:
        storage = cast("Storage", Message.load(io.BytesIO(data))._storage)
        return _mail(storage, name, _TOP_HEADER, ZoneInfo(timezone), 0)
    except (*_MALFORMED, UnrecognizedCodePageError, UnsupportedEncodingError) as error:
        raise UnreadableInput("mail_broken", name=name) from error


def _mail(storage: Storage, name: str, size: int, zone: ZoneInfo, depth: int) -> Mail:
    from oxmsg.domain import constants as c
    from oxmsg.properties import Properties

    properties = Properties(storage, properties_header_offset=size)
    sender = _text(properties, c.PID_SENDER_NAME) or _text(properties, c.PID_SENT_REPRESENTING_NAME)
    address = _text(properties, c.PID_SENDER_SMTP_ADDRESS) or _text(properties, c.PID_SENDER_EMAIL_ADDRESS)
    listed = [_recipient(Properties(item, properties_header_offset=8)) for item in storage.iter_recipient_storages()]
    written_by = _person(sender, address)
    to = tuple(person for person, kind in listed if kind not in (_CC, _BCC))
    cc = tuple(person for person, kind in listed if kind == _CC)
    sent = _moment(properties, c.PID_CLIENT_SUBMIT_TIME, zone) or _moment(properties, c.PID_MESSAGE_DELIVERY_TIME, zone)
    bodies = _bodies(properties)
    rtf_only = not bodies and bool(properties.binary_prop_value(c.PID_RTF_COMPRESSED))
    unread: tuple[Unread, ...] = ("rtf_body",) if rtf_only else ()
    travelled = _travelled(_text(properties, c.PID_TRANSPORT_MESSAGE_HEADERS))
    identifiers = message_ids(_text(properties, c.PID_INTERNET_MESSAGE_ID))
    return Mail(
        subject=_text(properties, c.PID_SUBJECT),
        written={
            "From": str(written_by),
            "To": "; ".join(map(str, to)),
            "Cc": "; ".join(map(str, cc)),
            "Date": f"{sent:%d/%m/%Y %H:%M}" if sent else "",
        },
        bodies=bodies,
        attachments=tuple(
            part
            for number, item in enumerate(storage.iter_attachment_storages(), 1)
            if (part := _attachment(item, name, number, zone, depth))
        ),
        sender=written_by if str(written_by) else None,
        reply_to=travelled.reply_to,
        to=to,
        cc=cc,
        sent=sent,
        message_id=identifiers[0] if identifiers else travelled.message_id,
        in_reply_to=message_ids(_text(properties, c.PID_IN_REPLY_TO_ID)) or travelled.in_reply_to,
        references=message_ids(_text(properties, c.PID_INTERNET_REFERENCES)) or travelled.references,
        mailing_list=travelled.mailing_list,
        automatic=travelled.automatic,
        unread=unread,
    )


def _bodies(properties: Properties) -> tuple[Body, ...]:
    from oxmsg.domain import constants as c

    if (text := _text(properties, c.PID_BODY)).strip():
        return (Body("text", text),)
    written = properties.binary_prop_value(c.PID_HTML)
    html = decode(written, "")[0] if written else _text(properties, c.PID_BODY_HTML)
    return (Body("html", html),) if html.strip() else ()


def _travelled(headers: str) -> Mail:
    """Return what the internet headers tell that Outlook keeps of a received message."""
    return from_headers(email.message_from_string(headers, policy=email.policy.default))


def _moment(properties: Properties, pid: int, zone: ZoneInfo) -> dt.datetime | None:
    try:
        moment = properties.date_prop_value(pid)
        return moment.astimezone(zone) if moment else None
    except OverflowError:  # beyond the calendar
        return None


def _recipient(properties: Properties) -> tuple[Person, int | None]:
    from oxmsg.domain import constants as c

    address = _text(properties, c.PID_SMTP_ADDRESS) or _text(properties, c.PID_EMAIL_ADDRESS)
    return _person(_text(properties, c.PID_DISPLAY_NAME), address), properties.int_prop_value(c.PID_RECIPIENT_TYPE)


def _person(name: str, address: str) -> Person:
    """Return a name and address; an address inside Exchange ("/O=…") tells a reader nothing."""
    name = name.strip().strip("'\"")
    return Person(name, "") if "@" not in address or address == name else Person(name, address)


def _attachment(storage: Storage, name: str, number: int, zone: ZoneInfo, depth: int) -> Attachment | None:
    from oxmsg.domain import constants as c
    from oxmsg.properties import Properties

    properties = Properties(storage, properties_header_offset=8)
    inner = next((item for item in storage.storages if item.name == _INNER_MESSAGE), None)
    if depth > _MAX_DEPTH:
        raise ValueError("messages within messages without end")
    if inner is not None:
        mail = _mail(inner, name, _INNER_HEADER, zone, depth + 1)
        return Attachment(f"{label(mail.subject or f'message-{number}')}.eml", _as_eml(mail))
    content = properties.binary_prop_value(c.PID_ATTACH_DATA_BINARY)
    shown_inside = (properties.int_prop_value(c.PID_ATTACH_FLAGS) or 0) & _SHOWN_IN_BODY
    if shown_inside and _text(properties, c.PID_ATTACH_CONTENT_ID):
        return None
    names = (c.PID_ATTACH_LONG_FILENAME, c.PID_ATTACH_FILENAME, c.PID_DISPLAY_NAME)
    shown = next((found for key in names if (found := _text(properties, key))), "")
    return Attachment(label(shown or f"attachment-{number}"), content or b"") if content or shown else None


def _as_eml(mail: Mail) -> bytes:
    """Return a message as a mail file, the same bytes each time: headers in plain UTF-8, body and attachments."""
    message = EmailMessage()
    body = mail.bodies[0] if mail.bodies else Body("text", "")
    text = body.text.strip() if body.kind == "text" else body.text
    subtype = "plain" if body.kind == "text" else "html"
    message.set_content(text.encode("utf-8", "replace").decode(), subtype=subtype, charset="utf-8")
    for part in mail.attachments:
        message.add_attachment(part.data, maintype="application", subtype="octet-stream", filename=part.name)
    if message.is_multipart():  # the standard library draws a boundary by chance: the same mail makes the same part
        message.set_boundary(f"=_{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:40]}")
    head = {"Subject": mail.subject, "From": mail.written["From"], "To": mail.written["To"], "Cc": mail.written["Cc"]}
    if mail.sent:
        head["Date"] = format_datetime(mail.sent)
    lines = "".join(f"{key}: {one_line(value)}\n" for key, value in head.items() if one_line(value))
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
