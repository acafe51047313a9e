"""A thread of mails as one reads it: who wrote what when, what was asked, what is attached.

    read_thread(data, "Devis.eml", settings)   → Thread, from an EML or MSG file or a pasted thread
    thread_sources(thread, "fr")               → its texts as sources of facts: "fil, message 1"…

Everything in a mail is data: text that addresses a model is pointed out, never followed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from assistai.drafting.addressed import addressed_to_model
from assistai.drafting.asked import answers, find_asked
from assistai.drafting.draft import Source, ThreadQuestion
from assistai.drafting.mail_html import html_to_text
from assistai.drafting.quoting import Head, Piece, unfold
from assistai.drafting.signatures import take_apart
from assistai.errors import LimitExceeded, UnreadableInput
from assistai.files.encoding import clean, decode, one_line
from assistai.files.mail import Mail, Person, parse_eml
from assistai.files.outlook import parse_msg
from assistai.i18n import translate
from assistai.language.words import detect_language
from assistai.records import Language, Notice
from assistai.settings import Settings

_MAX_CHARACTERS = 500_000
_LATER = 10_000
"""How much of what follows a mail is searched for answers to it, in characters."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADERS = re.compile(
    rb"\A(?:[!-9;-~]{1,70}:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)*?"
    rb"(?:received|return-path|message-id|mime-version|content-type|delivered-to|x-[a-z-]+)[ \t]*:",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*•–▪◦>|]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_LONG_LINE = 55
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NOT_SAID = re.compile(r"\[cid:[^\]\s]{1,200}\]|<https?://[^>\s]{1,2000}>(?=\s|$)|<mailto:[^>\s]{1,300}>")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with a mail: its name and its size in bytes, None where only its name is known."""

    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One mail of a thread: `text` is what its sender wrote, apart from signature, notices of servers and history.

    `date` has a time zone; at midnight where only the day is known. `sender` is None where nothing tells.
    """

    sender: Person | None
    text: str
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    date: dt.datetime | None = None
    subject: str = ""
    signature: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, its messages newest first (at least one).

    `questions` are all that are asked in it, the newest mail's first; `answer` is what a later mail of the thread says
    to it. `message_id`, `references` and `in_reply_to` are the newest mail's (None and empty for a pasted thread).
    `notices` are codes of the `drafts` catalogue.
    """

    name: str
    subject: str
    messages: tuple[Message, ...]
    questions: tuple[ThreadQuestion, ...]
    attachments: tuple[AttachedFile, ...]
    language: Language
    reply_to: tuple[Person, ...] = ()
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    mailing_list: str = ""
    automatic: bool = False
    notices: tuple[Notice, ...] = ()

    @property
    def newest(self) -> Message:
        """The mail that a reply answers."""
        return self.messages[0]


def read_thread(data: bytes | str, name: str, settings: Settings) -> Thread:
    """Return the thread in an EML or MSG file or in text that was pasted, dates in `settings.timezone`.

    Raises UnreadableInput where there is no text or the file is broken, LimitExceeded where it is larger than
    `settings.max_file_megabytes` or its text longer than 500 000 characters.
    """
    size = len(data)
    if size > settings.max_file_megabytes * 1_000_000:
        limit = settings.max_file_megabytes
        raise LimitExceeded("mail_too_large", name=name, size=round(size / 1e6, 1), limit=limit)
    if not data.strip():
        raise UnreadableInput("mail_empty", name=name)
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    zone = ZoneInfo(settings.timezone)
    if raw.startswith(_COMPOUND):
        return _from_mail(parse_msg(raw, name, settings.timezone), name, zone)
    if _is_eml(raw, name):
        return _from_mail(parse_eml(raw.lstrip(), name), name, zone)
    text, notices = clean(data, name) if isinstance(data, str) else decode(data, name)
    return _thread(Mail("", {}, (), ()), _INVISIBLE.sub("", text), name, zone, list(notices), wrapped=True)


def thread_sources(thread: Thread, language: Language) -> tuple[Source, ...]:
    """Return the texts that facts of a reply are traced to, the newest first: subject, words, signature, head."""
    return tuple(
        Source(
            name=translate("drafts.thread_message", language, number=number),
            text="\n".join(filter(None, (message.subject, message.text, message.signature, _who(message)))),
            date=message.date.date() if message.date else None,
            about=message.subject or thread.subject,
        )
        for number, message in enumerate(thread.messages, 1)
    )


def _who(message: Message) -> str:
    return "; ".join(map(str, (*((message.sender,) if message.sender else ()), *message.to, *message.cc)))


def _is_eml(data: bytes, name: str) -> bool:
    if name.lower().endswith(".eml"):
        return True
    return _HEADERS.match(data.lstrip()[:20_000]) is not None


def _from_mail(mail: Mail, name: str, zone: ZoneInfo) -> Thread:
    notices: list[Notice] = []
    texts: list[str] = []
    wrapped = True
    for body in mail.bodies:
        text, hidden = html_to_text(body.text) if body.kind == "html" else (body.text, "")
        words, told = clean(text, name)
        texts.append(_INVISIBLE.sub("", words))
        wrapped &= body.kind == "text"
        notices.extend(told)
        if hidden.strip():
            notices.append(Notice("thread_hidden_text", params=(("text", one_line(hidden)[:300]),)))
            notices.extend(_orders(hidden))
    notices.extend(Notice(f"thread_{code}") for code in mail.unread)
    return _thread(mail, "\n".join(texts), name, zone, notices, wrapped=wrapped)


def _thread(mail: Mail, text: str, name: str, zone: ZoneInfo, notices: list[Notice], *, wrapped: bool) -> Thread:
    if len(text) > _MAX_CHARACTERS:
        raise LimitExceeded("mail_too_long", name=name, limit=_MAX_CHARACTERS)
    pieces = unfold(text, zone)
    if not mail.written and not pieces[0].text.strip() and len(pieces) > 1:
        pieces = pieces[1:]  # a pasted thread begins with a head
    elif mail.written:
        pieces[0] = Piece(_own_head(mail, zone), pieces[0].text)
    messages = _messages(pieces, wrapped=wrapped)
    if not any(message.text or message.signature for message in messages) and not mail.attachments and not mail.subject:
        raise UnreadableInput("mail_empty", name=name)
    for message in messages:
        notices.extend(_orders(message.text))
    own = [AttachedFile(item.name, len(item.data)) for item in mail.attachments]
    head = pieces[0].head
    own += [AttachedFile(file) for file in (head.attachments if head and not mail.written else ())]
    return Thread(
        name=name,
        subject=messages[0].subject or next((message.subject for message in messages if message.subject), ""),
        messages=messages,
        questions=_questions(messages),
        attachments=tuple(own),
        language=detect_language(f"{messages[0].text}\n{messages[0].subject}" if messages[0].text else text),
        reply_to=mail.reply_to,
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        references=mail.references,
        mailing_list=mail.mailing_list,
        automatic=mail.automatic,
        notices=tuple(dict.fromkeys(notices)),
    )


def _own_head(mail: Mail, zone: ZoneInfo) -> Head:
    sent = mail.sent
    if sent is not None:
        try:
            sent = (sent if sent.tzinfo else sent.replace(tzinfo=dt.UTC)).astimezone(zone)
        except (OverflowError, ValueError):  # beyond the calendar
            sent = None
    return Head(mail.sender, mail.to, mail.cc, sent, one_line(mail.subject))


def _messages(pieces: list[Piece], *, wrapped: bool) -> tuple[Message, ...]:
    """Return the mails; one that is quoted twice, or quoted without a word, counts once or not at all."""
    messages: list[Message] = []
    seen: set[str] = set()
    for number, piece in enumerate(pieces):
        head = piece.head or Head()
        written = take_apart(_NOT_SAID.sub("", piece.text), head.sender.name if head.sender else "")
        text = _reflowed(written.text, wrapped=wrapped)
        known = " ".join(text.split())
        if number and (not (known or head.sender) or (known and known in seen)):
            continue
        seen.add(known)
        messages.append(
            Message(
                sender=head.sender,
                text=text,
                to=head.to,
                cc=head.cc,
                date=head.date,
                subject=head.subject,
                signature=written.signature,
                notice=written.notice,
            )
        )
    return tuple(messages)


def _questions(messages: tuple[Message, ...]) -> tuple[ThreadQuestion, ...]:
    """Return the questions, each with what a later mail answers to it."""
    found: list[ThreadQuestion] = []
    later = ""
    for message in messages:
        asked_by = (message.sender.name or message.sender.address) if message.sender else None
        asked = [ThreadQuestion(text=item.text, asked_by=asked_by) for item in find_asked(message.text)]
        found.extend(answers(later, asked) if asked else ())
        later = f"{message.text}\n{later}"[:_LATER]
    return tuple(found)


def _orders(text: str) -> list[Notice]:
    return [Notice("thread_addresses_model", params=(("text", one_line(order)),)) for order in addressed_to_model(text)]


def _reflowed(text: str, *, wrapped: bool) -> str:
    """Return the text with lines joined that a mail program broke (`wrapped`); lists and paragraphs stay."""
    if not wrapped:
        return re.sub(r"\n{3,}", "\n\n", text).strip()
    lines: list[list[str]] = []
    for line in text.split("\n"):
        above = lines[-1][-1] if lines else ""
        broken = len(above) >= _LONG_LINE or above.endswith(" ")
        if broken and above.strip() and line.strip() and not _ITEM.match(line) and not _ends(above, line):
            lines[-1].append(line)
        else:
            lines.append([line])
    joined = (
        " ".join(piece.strip() if number else piece.rstrip() for number, piece in enumerate(line)) for line in lines
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined)).strip()


def _ends(line: str, following: str) -> bool:
    """Tell whether a line was ended on purpose: a sentence ends and the next begins with a capital."""
    return line.rstrip().endswith((".", ":", ";", "?", "!")) and following.lstrip()[:1].isupper() and len(line) < 60
