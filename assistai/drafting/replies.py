"""What stands around a reply's words: to whom, under which subject, in which thread, and what to beware of.

Subject and identifiers follow RFC 5322, 3.6.4 and 3.6.5. Nothing here is asked of a model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from assistai.drafting.draft import Recipient, ThreadQuestion
from assistai.drafting.mail_wording import wording
from assistai.drafting.thread import Thread
from assistai.files.encoding import one_line
from assistai.files.mail import Person
from assistai.language.words import fold
from assistai.records import Notice

MANY = 10
"""From so many recipients on, a reply to all is not proposed unasked."""

_PREFIX = re.compile(
    r"(?:(?:re|ré?p|ref|tr|fwd?|fw|aw|wg|sv|vs|antw|doorst|i|rv|enc|res|r)(?:\s?\[\d+\]|\s?\(\d+\))?[\s\u00a0]*:[\s\u00a0]*"
    r"|\[(?:ext|externe|external|mail externe|exp[ée]diteur externe)\][\s\u00a0:-]*)",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"(?:tr|fwd?|fw|wg|i|rv|enc)[\s\u00a0]*:", re.IGNORECASE)
_NO_REPLY = re.compile(
    r"(?:no|ne|do|pas)[-_.]?(?:not|pas)?[-_.]?(?:reply|repondre|reponse)|noreply|mailer-daemon|postmaster"
)
_MAX_REFERENCES = 50


@dataclass(frozen=True, slots=True)
class ReplyFrame:
    """All of a reply but its words.

    `recipients` are those proposed, `everyone` those of a reply to all; `attachments` names the files that came with
    the mail (they do not go with the reply). `warnings` are codes of the `drafts` catalogue.
    """

    recipients: tuple[Recipient, ...]
    everyone: tuple[Recipient, ...]
    subject: str
    in_reply_to: str | None
    references: tuple[str, ...]
    attachments: tuple[str, ...]
    warnings: tuple[Notice, ...]


def reply_frame(
    thread: Thread,
    *,
    own: Collection[str] = (),
    domains: Collection[str] = (),
    to_all: bool | None = None,
    answering: int = 0,
) -> ReplyFrame:
    """Return the frame of a reply to a mail of a thread, the newest unless `answering` names an older one by its index.

    `own` are the addresses of the person that the reply is written for: they are no recipients. `domains` are those of
    the organisation (`Settings.mail_domains`): other addresses are marked `outside`, those that look like one of them
    `lookalike`. `to_all` says whether everyone is proposed; where it is None, everyone is unless that is a risk: many
    recipients, a mailing list, a hidden copy. An older mail is only quoted and its identifier not known: the reply to
    it begins a thread of its own.
    """
    mine = {address.lower() for address in own}
    if answering:
        thread = _quoted(thread, answering)
    newest = thread.newest
    from_me = newest.sender is not None and newest.sender.address.lower() in mine
    first = newest.to if from_me else (thread.reply_to or ((newest.sender,) if newest.sender else ()))
    direct = _distinct(first, mine)
    others = _distinct((*newest.to, *newest.cc), mine | {_key(person) for person in direct})
    if not mine and not from_me and len(newest.to) == 1:
        others = [person for person in others if person != newest.to[0]]  # the only one it was sent to is who replies
    listed = bool(thread.mailing_list)
    hidden = _is_hidden(thread, mine)
    everyone = tuple(
        _recipient(person, field, domains, thread)
        for field, group in (("to", direct), ("cc", others))
        for person in group
    )
    risky = listed or hidden or len(everyone) >= MANY
    proposed = everyone if (to_all if to_all is not None else not risky) else everyone[: len(direct)]
    return ReplyFrame(
        recipients=proposed,
        everyone=everyone,
        subject=reply_subject(thread.subject),
        in_reply_to=thread.message_id,
        references=_references(thread),
        attachments=tuple(file.name for file in thread.attachments),
        warnings=tuple(_warnings(thread, proposed, everyone, hidden=hidden, listed=listed)),
    )


def _quoted(thread: Thread, index: int) -> Thread:
    """Return the thread as it was when a mail was the newest; raises IndexError where there is none."""
    message = thread.messages[index]
    return replace(
        thread,
        subject=message.subject or thread.subject,
        messages=(message, *thread.messages[index + 1 :]),
        attachments=(),
        reply_to=(),
        message_id=None,
        in_reply_to=(),
        references=(),
        mailing_list="",
        automatic=False,
    )


def waiting_questions(thread: Thread, own: Collection[str] = (), answering: int = 0) -> tuple[ThreadQuestion, ...]:
    """Return the questions of a thread that a reply should answer, the newest first.

    Left out are those that a later mail of the thread answers, and those that the side which replies asked itself:
    `own` addresses, or whoever the mail was sent to alone.
    """
    newest = thread.messages[answering]
    mine = {address.lower() for address in own} or {_key(person) for person in newest.to if len(newest.to) == 1}
    names = {
        message.sender.name or message.sender.address
        for message in thread.messages
        if message.sender is not None and _key(message.sender) in mine
    }
    return tuple(one for one in thread.questions if one.answer is None and one.asked_by not in names)


def is_forwarded(thread: Thread) -> bool:
    """Tell whether the newest mail only hands on the one below it."""
    return (
        len(thread.messages) > 1
        and thread.messages[1].sender is not None
        and thread.messages[1].sender != thread.newest.sender
        and _FORWARD.match(one_line(thread.subject)) is not None
    )


def reply_subject(subject: str) -> str:
    """Return the subject of a reply: one "Re: ", however many "RE: TR: [EXTERNE]" stood there; "Re:" of none."""
    text = one_line(subject)
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return f"Re: {text}".strip()


def speaks_of_attachment(body: str) -> str | None:
    """Return the sentence of a draft that says that a file comes with it, None where none does."""
    from assistai.language.sentences import sentences

    return next((text for text in sentences(body) if wording("attached").search(fold(text))), None)


def with_warnings(recipients: Iterable[Recipient], domains: Collection[str]) -> tuple[Recipient, ...]:
    """Return recipients with `warning` set anew: outside the organisation, or an address that only looks like it."""
    return tuple(
        recipient.model_copy(update={"warning": _outside(recipient.address, domains) or _kept(recipient.warning)})
        for recipient in recipients
    )


def _kept(warning: str | None) -> str | None:
    return None if warning in ("outside", "lookalike") else warning


def _distinct(group: Iterable[Person], without: Collection[str]) -> list[Person]:
    """Return each person once, those not in `without`."""
    found: dict[str, Person] = {}
    for person in group:
        if _key(person) not in without:
            found.setdefault(_key(person), person)
    return list(found.values())


def _key(person: Person) -> str:
    return (person.address or person.name).lower()


def _recipient(person: Person, field: str, domains: Collection[str], thread: Thread) -> Recipient:
    warning = _outside(person.address, domains)
    if _NO_REPLY.search(fold(person.address.partition("@")[0])):
        warning = "no_reply"
    elif thread.mailing_list and person.address and fold(person.address.partition("@")[0]) in fold(thread.mailing_list):
        warning = "mailing_list"
    elif not person.address:
        warning = "address_missing"
    name = one_line(person.name)
    return Recipient(name=name, address=person.address, field="to" if field == "to" else "cc", warning=warning)


def _outside(address: str, domains: Collection[str]) -> str | None:
    domain = address.rpartition("@")[2].lower()
    if not domain or not domains:
        return None
    if any(domain == own or domain.endswith(f".{own}") for own in domains):
        return None
    return "lookalike" if any(_is_near(domain, own) for own in domains) else "outside"


def _is_near(one: str, other: str) -> bool:
    """Tell whether one letter is wrong, missing, added or swapped, or only the ending differs ("mairie.com")."""
    name = one.rpartition(".")[0]
    if len(name) > 5 and name == other.rpartition(".")[0]:
        return True
    if abs(len(one) - len(other)) > 1 or len(other) < 6:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if one[start + 1 :] == other[start + 1 :] or one[start:] == other[start + 1 :] or one[start + 1 :] == other[start:]:
        return True
    return one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]


def _is_hidden(thread: Thread, mine: Collection[str]) -> bool:
    """Tell whether the mail came as a hidden copy: none of the own addresses is named among its recipients."""
    newest = thread.newest
    named = {person.address.lower() for person in (*newest.to, *newest.cc) if person.address}
    from_me = newest.sender is not None and newest.sender.address.lower() in mine
    return bool(mine and named) and not from_me and not (set(mine) & named)


def _references(thread: Thread) -> tuple[str, ...]:
    """Return the identifiers of the thread, the oldest first; of very many the first and the last ones."""
    if thread.message_id is None:
        return ()
    before = thread.references or (thread.in_reply_to if len(thread.in_reply_to) == 1 else ())
    found = tuple(dict.fromkeys((*(item for item in before if item != thread.message_id), thread.message_id)))
    return found if len(found) <= _MAX_REFERENCES else (found[0], *found[1 - _MAX_REFERENCES :])


def _warnings(
    thread: Thread, proposed: Collection[Recipient], everyone: Collection[Recipient], *, hidden: bool, listed: bool
) -> Iterable[Notice]:
    if thread.automatic:
        yield Notice("reply_automatic")
    if hidden:
        yield Notice("reply_hidden_copy")
    if listed:
        yield Notice("reply_mailing_list", params=(("name", thread.mailing_list),))
    if len(everyone) >= MANY:
        yield Notice("reply_many", params=(("count", str(len(everyone))),))
    if not proposed:
        yield Notice("reply_nobody")
    if is_forwarded(thread):
        yield Notice("reply_forwarded", params=(("sender", str(thread.messages[1].sender)),))
    sender = thread.newest.sender
    if sender and thread.reply_to and all(_domain(sender) != _domain(person) for person in thread.reply_to):
        yield Notice("reply_elsewhere", params=(("sender", str(sender)), ("reply_to", str(thread.reply_to[0]))))
    for code in ("outside", "lookalike", "no_reply"):
        marked = [recipient.address for recipient in proposed if recipient.warning == code]
        if marked:
            yield Notice(f"reply_{code}", params=(("addresses", ", ".join(marked)),))
    if not thread.attachments and (said := speaks_of_attachment(thread.newest.text)):
        yield Notice("thread_attachment_missing", params=(("text", one_line(said)[:200]),))
    yield from thread.notices


def _domain(person: Person) -> str:
    return person.address.rpartition("@")[2].lower()
