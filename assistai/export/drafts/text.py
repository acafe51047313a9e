"""Drafts as text: Markdown, plain text to paste, and a link that opens a mail program."""

from __future__ import annotations

from urllib.parse import quote

from assistai.drafting.draft import Draft, Recipient
from assistai.export.drafts.view import DraftView
from assistai.export.markdown import escape

LONGEST_LINK = 2000
"""What Windows hands on to a mail program, in characters, with room to spare."""


def markdown(view: DraftView) -> bytes:
    """Return the draft as UTF-8 Markdown in which what people wrote stays text."""
    blocks = [f"# {escape(view.heading or view.subject)}"]
    if view.mark:
        blocks.append(f"> {escape(view.mark)}")
    if view.recipients:
        blocks.append("  \n".join(map(escape, view.recipients)))
    if view.place_and_date:
        blocks.append(escape(view.place_and_date))
    for paragraph in view.paragraphs:
        if paragraph.item and blocks[-1].startswith("- "):
            blocks[-1] += f"\n- {escape(paragraph.text)}"
        else:
            blocks.append(f"- {escape(paragraph.text)}" if paragraph.item else escape(paragraph.text))
    if view.signature:
        blocks.append("  \n".join(map(escape, view.signature)))
    return "\n\n".join(blocks).encode() + b"\n"


def plain(draft: Draft) -> bytes:
    """Return the words of the draft, without a subject, as they are to be pasted."""
    return draft.body.rstrip().encode() + b"\n"


def mailto(draft: Draft) -> str:
    """Return a link (RFC 6068) that opens the draft in the mail program; without the text where it would be too long.

    Recipients without an address are left out. Threading headers do not travel by a link.
    """
    to = ",".join(quote(one.address, safe="@.+-_") for one in draft.recipients if one.field == "to" and one.address)
    fields = [
        (name, ",".join(one.address for one in draft.recipients if one.field == name and one.address))
        for name in ("cc", "bcc")
    ]
    fields.append(("subject", draft.subject))
    body = draft.body.strip().replace("\n", "\r\n")
    link = _link(to, [*fields, ("body", body)])
    return link if len(link) <= LONGEST_LINK else _link(to, fields)


def carries_text(link: str) -> bool:
    """Tell whether a link of `mailto` holds the draft's text."""
    return "body=" in link


def _link(to: str, fields: list[tuple[str, str]]) -> str:
    given = "&".join(f"{name}={quote(value, safe='@')}" for name, value in fields if value)
    return f"mailto:{to}?{given}" if given else f"mailto:{to}"


def addressed(recipients: tuple[Recipient, ...], field: str) -> list[Recipient]:
    """Return the recipients of a field that have an address."""
    return [one for one in recipients if one.field == field and one.address]
