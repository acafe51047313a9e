"""Mails as mail programs save them (EML): who wrote to whom, the bodies, and what is attached."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import DateHeader
from email.message import EmailMessage
from typing import TYPE_CHECKING, Literal

from assistai.errors import UnreadableInput
from assistai.files.encoding import decode, one_line, windows

if TYPE_CHECKING:
    import datetime as dt

Unread = Literal["tnef", "rtf_body", "encrypted"]
"""tnef: attachments packed for Outlook only (winmail.dat) · rtf_body: words in Outlook's own format · encrypted."""

_MAX_HEADER = 20_000
_MAX_DEPTH = 50
_ALTERNATIVES = ("text/plain", "text/html")
_SIGNATURES = frozenset(["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"])
_ENCRYPTED = frozenset(["application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"])
_TNEF = frozenset(["application/ms-tnef", "application/vnd.ms-tnef"])
_WRITTEN = ("From", "To", "Cc", "Date")
_MALFORMED = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
"""What Python's email package raises on mails that the standard forbids."""

_ADDRESS = r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"'@]+"
_PERSON = re.compile(rf"(?P<name>.*?)\s*[<\[(](?:mailto:)?(?P<address>{_ADDRESS})[>\])]")
_BARE = re.compile(rf"(?:mailto:)?(?P<address>{_ADDRESS})")
_MARKUP = re.compile(r"<(style|script)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_MUCH_MORE, _A_PARAGRAPH = 4, 200
_GROUP = re.compile(r"[^<>@,;]*:\s*;?")
_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,500}@[^<>\s@]{1,300}>")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody that a mail names; `name` or `address` may be empty, not both."""

    name: str = ""
    address: str = ""

    def __str__(self) -> str:
        if self.name and self.address:
            return f"{self.name} <{self.address}>"
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class Body:
    """A piece of a mail's words: its text, or its HTML as it was written."""

    kind: Literal["text", "html"]
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its name there (a label, never a path to write to) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was sent.

    `written` holds the headers From, To, Cc and Date as people read them (no other keys; "" where missing). `sent` has
    the sender's time zone, none where it was not told. `references` are message identifiers, the oldest first.
    `mailing_list` names the list that the mail came by, `automatic` says that a machine wrote it.
    """

    subject: str
    written: dict[str, str]
    bodies: tuple[Body, ...]
    attachments: tuple[Attachment, ...]
    sender: Person | None = None
    reply_to: tuple[Person, ...] = ()
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    sent: dt.datetime | None = None
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    mailing_list: str = ""
    automatic: bool = False
    unread: tuple[Unread, ...] = ()


def parse_eml(data: bytes, name: str) -> Mail:
    """Return the mail in `data`.

    Of a body written twice, as text and as HTML, the text is taken, unless it only points to the other. Pictures shown
    within the body and signatures are left out; an attached file without any content has no bytes. Raises
    UnreadableInput where it is no mail or is too broken.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not isinstance(message, EmailMessage) or not message.keys():
            raise UnreadableInput("mail_broken", name=name)
        leaves = list(_leaves(message))
        mail = from_headers(message)
    except _MALFORMED as error:
        raise UnreadableInput("mail_broken", name=name) from error
    bodies: list[Body] = []
    attachments: list[Attachment] = []
    unread: list[Unread] = []
    for item in leaves:
        kind = item.get_content_type()
        if kind in _TNEF or (item.get_filename() or "").lower() == "winmail.dat":
            unread.append("tnef")
        elif kind in _ENCRYPTED:
            unread.append("encrypted")
        if _is_body(item):
            bodies.append(Body("html" if kind == "text/html" else "text", _words(item, name)))
        elif attachment := _attachment(item, len(attachments) + 1):
            attachments.append(attachment)
    return replace_contents(mail, tuple(bodies), tuple(attachments), tuple(dict.fromkeys(unread)))


def from_headers(message: EmailMessage) -> Mail:
    """Return what the headers of a message tell, without bodies and attachments."""
    written = {key: header(message, key) for key in _WRITTEN}
    date = message["Date"] if len(written["Date"]) <= _MAX_HEADER and written["Date"].isascii() else None
    identifiers = message_ids(header(message, "Message-ID"))
    senders = people(written["From"]) or people(header(message, "Sender"))
    posted = header(message, "List-Id") or header(message, "List-Post")
    automatic = header(message, "Auto-Submitted").lower()
    return Mail(
        subject=header(message, "Subject"),
        written=written,
        bodies=(),
        attachments=(),
        sender=senders[0] if senders else None,
        reply_to=people(header(message, "Reply-To")),
        to=people(written["To"]),
        cc=people(written["Cc"]),
        sent=date.datetime if isinstance(date, DateHeader) else None,
        message_id=identifiers[0] if identifiers else None,
        in_reply_to=message_ids(header(message, "In-Reply-To")),
        references=message_ids(header(message, "References")),
        mailing_list=one_line(posted)[:200],
        automatic=bool(automatic) and not automatic.startswith("no"),
    )


def replace_contents(
    mail: Mail, bodies: tuple[Body, ...], attachments: tuple[Attachment, ...], unread: tuple[Unread, ...]
) -> Mail:
    """Return the mail with other contents."""
    from dataclasses import replace

    return replace(mail, bodies=bodies, attachments=attachments, unread=unread)


def people(text: str) -> tuple[Person, ...]:
    """Return the people in a header or in a line of a quoted one: "Durand, Paul <p@x.example>; Anne <anne@x.example>".

    Semicolons separate where there are any; else commas do, save one between a name and a first name.
    """
    found: list[Person] = []
    for piece in _pieces(one_line(text)[:_MAX_HEADER]):
        match = _PERSON.match(piece) or _BARE.fullmatch(piece.strip("'\" "))
        name = match.groupdict().get("name", "") if match else piece
        name = name.strip().strip("'\"").replace('\\"', '"').strip()
        if match is None and (not name or _GROUP.fullmatch(name)):
            continue
        address = match["address"].rstrip(".") if match else ""
        found.append(Person("" if name.lower() == address.lower() else name, address))
    return tuple(found)


def message_ids(text: str) -> tuple[str, ...]:
    """Return the message identifiers in a header (RFC 5322, 3.6.4), in order."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(text)))


def header(message: EmailMessage, key: str) -> str:
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
    return windows(str(value))


def label(name: str) -> str:
    """Return the last part of a name found in a file, to show; never a path to open."""
    return one_line(re.split(r"[/\\]", name)[-1])[-200:] or "?"


def _pieces(text: str) -> list[str]:
    mark = ";" if re.search(r";(?=[^\"]*(?:\"[^\"]*\"[^\"]*)*$)", text) else ","
    pieces: list[str] = []
    begin, quoted = 0, False
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == mark and not quoted:
            pieces.append(text[begin:place])
            begin = place + 1
    pieces.append(text[begin:])
    joined: list[str] = []
    for piece in pieces:
        inverted = mark == "," and joined and "@" not in joined[-1] and "<" in piece and len(joined[-1].split()) <= 2
        if inverted and not piece.strip().startswith("<"):
            joined[-1] += f",{piece}"
        else:
            joined.append(piece)
    return [piece.strip() for piece in joined if piece.strip()]


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
        richer = next((item for item in bodies if best is not None and _only_points_to(best, item)), None)
        best = richer or best
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


def _only_points_to(body: EmailMessage, other: EmailMessage) -> bool:
    """Tell whether a body of plain text is only a word about the one in HTML ("Ce message est en HTML")."""
    if body.get_content_type() == other.get_content_type():
        return False
    said, shown = (sum(map(str.isalpha, _MARKUP.sub(" ", _words(one, "")))) for one in (body, other))
    return shown > _MUCH_MORE * said + _A_PARAGRAPH


def _has_text(item: EmailMessage) -> bool:
    payload = item.get_payload(decode=True)
    return isinstance(payload, bytes) and bool(payload.strip())


def _words(body: EmailMessage, name: str) -> str:
    """Return a body's text; UTF-8 that is announced as something else is UTF-8 all the same."""
    payload = body.get_payload(decode=True)
    if isinstance(payload, bytes) and not payload.isascii():
        try:
            return payload.decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            pass
    try:
        text = windows(str(body.get_content()))
    except (*_MALFORMED, UnicodeDecodeError):  # an unknown or wrong charset
        text = "\ufffd"
    if "\ufffd" in text:
        text = decode(payload, name)[0] if isinstance(payload, bytes) else ""
    return text


def _attachment(item: EmailMessage, number: int) -> Attachment | None:
    kind = item.get_content_type()
    shown_inside = item.get_content_maintype() == "image" and item.get_content_disposition() != "attachment"
    if kind in _SIGNATURES or (shown_inside and item["Content-ID"]):
        return None
    name = label(item.get_filename() or f"attachment-{number}")
    if kind == "message/rfc822":
        return Attachment(name if name.lower().endswith(".eml") else f"{name}.eml", _inner(item))
    payload = item.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return Attachment(name, content) if content or item.get_filename() else None


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
