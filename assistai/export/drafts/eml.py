"""Drafts as mails that are not sent yet: Outlook and Thunderbird open them to be read, changed and sent by hand.

`X-Unsent: 1` makes both open the file in their editor. Headers follow RFC 5322; a reply carries its thread's
identifiers, so that the answer joins it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from mimetypes import guess_type

from assistai.drafting.draft import Draft, Recipient
from assistai.drafting.placeholders import PLACEHOLDER
from assistai.drafting.signatures import take_apart
from assistai.export.drafts.text import addressed
from assistai.files.encoding import one_line
from assistai.files.mail import label, message_ids

_ITEM = re.compile(r"^[–—•-][ \u00a0]+")
_FONT = "font-family:Calibri,Carlito,'Segoe UI',sans-serif;font-size:11pt"
_HOLE = "background-color:#fff2a8"


def render(
    draft: Draft, *, sender: Recipient | None = None, files: Mapping[str, bytes] | None = None, calendar: bytes = b""
) -> bytes:
    """Return the mail, the same bytes for the same draft.

    The text is there twice, plain and as HTML in which placeholders are marked. `sender` is who writes, left to the
    mail program where it is None. `files` are attached, and `calendar`, an invitation. Recipients without an address
    are left out.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if sender is not None and (written := _address(sender)):
        message["From"] = written
    for field, key in (("to", "To"), ("cc", "Cc"), ("bcc", "Bcc")):
        people = [address for one in addressed(draft.recipients, field) if (address := _address(one))]
        if people:
            message[key] = people
    message["Subject"] = one_line(draft.subject)
    message["Date"] = format_datetime(draft.provenance.created_at)
    message["Content-Language"] = draft.language
    message.set_content(draft.body.strip() + "\n", charset="utf-8", cte="quoted-printable")
    message.add_alternative(_html(draft), subtype="html", charset="utf-8", cte="quoted-printable")
    if calendar:
        method = next((word for word in ("CANCEL", "REQUEST") if f"METHOD:{word}".encode() in calendar), "PUBLISH")
        message.add_attachment(
            calendar,
            maintype="text",
            subtype="calendar",
            filename="invitation.ics",
            cte="base64",
            params={"method": method, "charset": "utf-8"},
        )
    for name, data in (files or {}).items():
        kind, encoding = guess_type(name)
        main, _, sub = (kind if kind and not encoding else "application/octet-stream").partition("/")
        if main in ("message", "multipart"):  # would be read as a part of this mail
            main, sub = "application", "octet-stream"
        message.add_attachment(data, maintype=main, subtype=sub, filename=label(name), cte="base64")
    _set_boundaries(message, draft)
    return _threading(draft) + message.as_bytes(policy=SMTP)


def _address(one: Recipient) -> Address | None:
    """Return a header's address, None where it is not one."""
    try:
        return Address(display_name=one_line(one.name) if one.name != one.address else "", addr_spec=one.address)
    except (ValueError, IndexError):
        return None


def _threading(draft: Draft) -> bytes:
    """Return In-Reply-To and References, an identifier a line: however long, none is ever broken or encoded."""
    lines = []
    replied = message_ids(draft.in_reply_to or "")
    if replied:
        lines.append(f"In-Reply-To: {replied[0]}\r\n")
    references = [found for item in draft.references for found in message_ids(item)]
    if references:
        lines.append("References: " + "\r\n ".join(references) + "\r\n")
    return "".join(lines).encode("ascii", "replace")


def _html(draft: Draft) -> str:
    own = take_apart(draft.body)
    blocks = [_block(block.split("\n")) for block in re.split(r"\n[ \t]*\n", own.text.strip())]
    blocks += [_block(block.split("\n")) for block in re.split(r"\n[ \t]*\n", own.signature.strip()) if block]
    return (
        f'<!DOCTYPE html>\n<html lang="{draft.language}">\n<head><meta charset="utf-8"></head>\n'
        f'<body style="{_FONT}">\n' + "\n".join(blocks) + "\n</body>\n</html>\n"
    )


def _block(lines: Sequence[str]) -> str:
    """Return a paragraph, and the list in it."""
    pieces: list[str] = []
    said: list[str] = []
    items: list[str] = []
    for line in lines:
        if match := _ITEM.match(line.strip()):
            if said:
                pieces.append(f"<p>{'<br>'.join(said)}</p>")
                said = []
            items.append(f"<li>{_marked(line.strip()[match.end() :])}</li>")
        elif line.strip():
            if items:
                pieces.append(f"<ul>{''.join(items)}</ul>")
                items = []
            said.append(_marked(line.strip()))
    pieces += [f"<p>{'<br>'.join(said)}</p>"] if said else []
    pieces += [f"<ul>{''.join(items)}</ul>"] if items else []
    return "\n".join(pieces)


def _marked(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for hole in PLACEHOLDER.finditer(text):
        pieces += [
            escape(text[position : hole.start()]),
            f'<span style="{_HOLE}">{escape(hole.group())}</span>',
        ]
        position = hole.end()
    return "".join((*pieces, escape(text[position:])))


def _set_boundaries(message: EmailMessage, draft: Draft) -> None:
    """Give every part a boundary made of the text: the standard library draws one by chance."""
    seed = hashlib.sha256(draft.body.encode("utf-8", "replace")).hexdigest()[:32]
    waiting: list[EmailMessage | MIMEPart] = [message]
    number = 0
    while waiting:
        part = waiting.pop()
        if part.is_multipart():
            part.set_boundary(f"=_{seed}_{number}")
            number += 1
            waiting.extend(inner for inner in part.iter_parts() if isinstance(inner, EmailMessage | MIMEPart))
