"""From a brief to a text without a model: the kind's sentences, the notes, the house style's formulas, the signature.

Nothing is invented: a missing field stands as a placeholder. Nothing is lost: what of the brief is not in the text is in
`unplaced`, found by comparing the two, whatever the composer thinks it did.
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistai.drafting.brief import Brief, Note
from assistai.drafting.filling import Filling, bullets, listed
from assistai.drafting.grammar import upper_first
from assistai.drafting.housestyle import HouseStyle, put
from assistai.drafting.kinds import Kind, Part, Tone
from assistai.drafting.linter import apply_fixes
from assistai.drafting.people import Person
from assistai.drafting.placeholders import PLACEHOLDER, placeholder
from assistai.drafting.principal import Principal
from assistai.drafting.templates import Template, parse_template
from assistai.drafting.values import Value
from assistai.drafting.wording import Said, say, topic_of
from assistai.language.typography import NO_BREAK, format_date, french
from assistai.language.words import fold
from assistai.records import Language

_ORDINALS = {"premi": 1, "first": 1, "deuxi": 2, "secon": 2, "troisi": 3, "third": 3, "derni": 3, "final": 3, "last": 3}


@dataclass(frozen=True, slots=True)
class Orders:
    """What a draft is to be, beside its brief: kind, style, tone, who is addressed and who signs."""

    kind: Kind
    style: HouseStyle
    language: Language
    tone: Tone
    familiar: bool
    today: dt.date
    principal: Principal | None = None
    organisation: str = ""
    subject: str = ""
    degree: int = 1
    brevity: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """A text: its subject, its body, and the body in parts; `raw` is the body before the house's words went in."""

    subject: str
    body: str
    head: str
    message: str
    foot: str
    raw: str
    unplaced: tuple[str, ...] = ()


def compose(brief: Brief, orders: Orders) -> Composed:
    """Return the text of a brief; the same brief and orders give the same text."""
    brief = _with_subject(brief, orders)
    fill = _filling(brief.values, brief, orders)
    subject = _titled(orders.subject or brief.subject or _subject(fill, orders), orders.style)
    paragraphs, unsaid = _paragraphs(brief, fill, orders)
    salutation = _salutation(brief, orders)
    head = _blocks(_header(brief, orders, subject), salutation)
    message = "\n\n".join(paragraphs)
    foot = _blocks(_closing(brief, orders, salutation), _signature(brief, orders), _attached(brief, orders))
    raw = _blocks(head, message, foot)
    head, message, foot = (polished(text, orders.style) for text in (head, message, foot))
    body = _blocks(head, message, foot)
    return Composed(subject, body, head, message, foot, raw, tuple(unsaid))


def with_message(composed: Composed, message: str, orders: Orders) -> Composed:
    """Return a text with another message between its salutation and its formula, in the house's typography."""
    worded = polished(message, orders.style)
    body = _blocks(composed.head, worded, composed.foot)
    return replace(composed, message=worded, body=body, raw=_blocks(composed.head, message, composed.foot))


def polished(text: str, style: HouseStyle) -> str:
    """Return a text in the house's typography and words, as far as the linter has a sure fix."""
    return apply_fixes(typographic(text, style.language), (), style)


def typographic(text: str, language: Language) -> str:
    """Return a text in its language's typography; placeholders stay exactly as they are."""
    if language == "en":
        return text
    pieces: list[str] = []
    position = 0
    for kept in PLACEHOLDER.finditer(text):
        pieces += [french(text[position : kept.start()]), kept.group()]
        position = kept.end()
    return "".join((*pieces, french(text[position:])))


def _filling(values: Mapping[str, Value], brief: Brief, orders: Orders) -> Filling:
    time_style, familiar = orders.style.typography.time, orders.familiar
    unpaid = any(re.search(r"pas (?:encore )?pay|impay|non r[ée]gl|unpaid|not paid", note.text) for note in brief.notes)
    return Filling(orders.kind, values, brief.to, brief.base, orders.language, time_style, familiar, unpaid, brief.told)


def _titled(subject: str, style: HouseStyle) -> str:
    """Return a subject in its typography; "Re: " stays as mail programs write it (RFC 5322, 3.6.5)."""
    prefix = re.match(r"(?:Re: ?)?", subject)
    start = prefix.end() if prefix else 0
    return subject[:start] + polished(subject[start:], style)


def degree_of(brief: Brief, kind: Kind) -> int:
    """Return the degree that a brief asks for ("Degré : 2", "dernière relance"), 1 where it says none."""
    if not kind.degrees:
        return 1
    value = brief.values.get("degree")
    if value is None and "reminded" in brief.values:
        return min(2, kind.degrees)
    words = fold(value.text if value else " ".join(note.text for note in brief.notes[:2]))
    digits = (
        re.search(r"\d", words)
        if value
        else re.search(r"(?<!\w)([123])(?=e|eme|ème)?\s*(?:e|eme|nde?)\s+(?:relance|rappel)", words)
    )
    found = (
        int(digits.group(0)[0])
        if digits
        else next(
            (
                degree
                for stem, degree in _ORDINALS.items()
                if stem in words and (value or "relance" in words or "rappel" in words or "reminder" in words)
            ),
            1,
        )
    )
    return max(1, min(kind.degrees, found))


def _with_subject(brief: Brief, orders: Orders) -> Brief:
    """Return the brief with a topic where it has none: the subject that was asked for, or what its notes are about.

    The notes give it only where the topic is but the subject line: a sentence of its own needs more than a noun.
    """
    kind = orders.kind
    asked = orders.subject or brief.subject
    if asked and kind.topic and kind.topic not in brief.values and kind.field(kind.topic):
        return replace(brief, values={**brief.values, kind.topic: Value(asked)})
    if kind.topic and kind.field(kind.topic) and kind.topic not in brief.values:
        found = next((topic for note in brief.notes if (topic := topic_of(note.text, orders.language))), None)
        words = " ".join(text for part in kind.parts for text in part.fr.values())
        if found and kind.medium == "note" and brief.notes:
            return replace(brief, values={**brief.values, kind.topic: Value(found)}, told=True)
        if found and f"{{{kind.topic}" not in words:
            return replace(brief, values={**brief.values, kind.topic: Value(found)})
    return brief


def _subject(fill: Filling, orders: Orders) -> str:
    kind, language = orders.kind, orders.language
    text = kind.subject.get(f"{language}_degree{orders.degree}", kind.subject[language])
    return parse_template(text, f"{kind.id}: subject").render(fill, familiar=orders.familiar) or upper_first(
        kind.names.get(language)[0]
    )


def _paragraphs(brief: Brief, fill: Filling, orders: Orders) -> tuple[list[str], list[str]]:
    paragraphs: list[str] = []
    unsaid: list[str] = []
    fresh = True
    for part in orders.kind.parts:
        if part.courtesy and orders.brevity:
            continue
        if not all(fill.has(name.lstrip("!")) != name.startswith("!") for name in part.when):
            continue
        if part.notes:
            texts, left = _noted(brief, orders)
            unsaid += left
            paragraphs += texts
            fresh = bool(texts) or fresh
            continue
        text = _sentence(part, fill, orders)
        if part.list:
            text = _listed(part, brief, text, orders)
        if not text:
            continue
        if part.paragraph or fresh or not paragraphs or part.list:
            paragraphs.append(text)
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
        fresh = bool(part.list)
    return paragraphs, unsaid


def _sentence(part: Part, fill: Filling, orders: Orders) -> str:
    template: Template | None = orders.kind.template(part, orders.language, orders.tone, orders.degree)
    if template is None:
        return ""
    text = template.render(fill, familiar=orders.familiar) or ""
    return " ".join(text.split(" ")).replace(" ,", ",").replace(" .", ".")


def _listed(part: Part, brief: Brief, lead: str, orders: Orders) -> str:
    value = brief.values.get(part.list)
    wanted = orders.kind.field(part.list)
    if value is None or not value.items:
        if wanted is None or not wanted.required:
            return ""
        return f"{lead}\n– {placeholder(wanted.labels.get(orders.language)[0], orders.language)}"
    return f"{lead}\n{bullets(value.items, orders.language)}"


def _noted(brief: Brief, orders: Orders) -> tuple[list[str], list[str]]:
    """Return the notes as paragraphs, and those that may not stand in this kind as they were written."""
    said: list[Said] = []
    for note in brief.notes:
        if note.event:
            said.append(Said(_held(note, brief, orders)))
            continue
        if PLACEHOLDER.fullmatch(note.text):
            said.append(Said(note.text))
            continue
        said += say(note.text, orders.language, familiar=orders.familiar, addressed=note.addressed, today=brief.base)
    prose = [one.text for one in said if not one.quoted]
    quoted = [one.text for one in said if one.quoted]
    paragraphs = [" ".join(prose)] if prose else []
    if not orders.kind.quotes:
        return paragraphs, quoted
    if quoted:
        paragraphs.append(_to_note(quoted, orders))
    return paragraphs, []


def _held(note: Note, brief: Brief, orders: Orders) -> str:
    """Return the sentence of a note that is an event of its own: when and where it will be held."""
    values = {**note.event, orders.kind.topic or "topic": Value(note.text)}
    fill = _filling(values, brief, orders)
    french_words = "{event:held}[ {date:le}][ {time:a}][{place:at}]."
    template = french_words if orders.language == "fr" else "{event:held}[ {date:on}][ {time:at}][{place:in}]."
    return parse_template(template, orders.kind.id).render(fill) or note.text


def _to_note(quoted: Sequence[str], orders: Orders) -> str:
    if orders.language == "en":
        lead = "Please note" if len(quoted) == 1 else "Please note the following"
    else:
        lead = (
            "À noter"
            if len(quoted) == 1
            else f"Je {'te' if orders.familiar else 'vous'} prie de noter les points suivants"
        )
        if orders.kind.medium == "note" and len(quoted) > 1:
            lead = "Points à noter"
    if len(quoted) == 1:
        mark = ": " if orders.language == "en" else f"{NO_BREAK}: "
        end = "" if re.search(r"[.!?…]$", quoted[0]) else "."
        only = quoted[0] if orders.language == "en" else listed(quoted[0])
        return f"{lead}{mark}{only}{end}"
    mark = ":" if orders.language == "en" else f"{NO_BREAK}:"
    return f"{lead}{mark}\n{bullets(quoted, orders.language)}"


def _salutation(brief: Brief, orders: Orders) -> str:
    if not orders.kind.salutation:
        return ""
    own = orders.principal.salutations if orders.principal else {}
    template = own.get(orders.tone) or own.get("text")
    if template and brief.to and orders.style.language == orders.language:
        return put(template, orders.style.names(brief.to[0]))
    return orders.style.salutation(brief.to, orders.tone, orders.kind.medium, familiar=orders.familiar)


def _header(brief: Brief, orders: Orders, subject: str) -> str:
    kind, language = orders.kind, orders.language
    if kind.medium == "mail":
        return ""
    colon = ": " if language == "en" else f"{NO_BREAK}: "
    to = [_addressee(person, language) for person in brief.to]
    missing = placeholder("destinataire" if language == "fr" else "recipient", language)
    if kind.medium == "letter":
        addressees = to or ([missing] if kind.recipient_required else [])
        date = f"Le {format_date(orders.today, 'fr')}" if language == "fr" else format_date(orders.today, "en")
        reference = _reference(brief, orders)
        titled = f"{'Objet' if language == 'fr' else 'Subject'}{colon}{subject}" if kind.id != "condolences" else ""
        return _blocks("\n".join(addressees), date, "\n".join(line for line in (titled, reference) if line))
    lines = [kind.heading.get(language)] if kind.heading else []
    facts = []
    if kind.salutation is False and (to or kind.recipient_required):
        label = "Destinataires" if language == "fr" else "To"
        facts.append(f"{label}{colon}{' ; '.join(to) if to else missing}")
    if kind.signature:
        facts.append(f"Date{colon}{format_date(orders.today, language)}")
    topic = brief.values.get(kind.topic)
    label = "Objet" if language == "fr" else "Subject"
    wanted = kind.field(kind.topic)
    about = (
        topic.text.strip().rstrip(".")
        if topic
        else placeholder(wanted.labels.get(language)[0], language)
        if wanted
        else ""
    )
    facts.append(f"{label}{colon}{about[:1].upper() + about[1:] if topic else about}")
    reference = _reference(brief, orders)
    return _blocks("\n".join(lines), "\n".join([*facts, *([reference] if reference else [])]))


def _addressee(person: Person, language: Language) -> str:
    titled = person.shown(language) + (f", {person.title}" if person.title and person.name else "")
    return "\n".join(line for line in (titled, person.organisation, person.postal) if line)


def _reference(brief: Brief, orders: Orders) -> str:
    value = brief.values.get("reference")
    used = any("{reference" in text for part in orders.kind.parts for text in part.fr.values())
    if value is None or used:
        return ""
    return f"Réf.{NO_BREAK}: {value.text}" if orders.language == "fr" else f"Ref.: {value.text}"


def _closing(brief: Brief, orders: Orders, salutation: str) -> str:
    kind = orders.kind
    if not kind.closing:
        return ""
    medium = kind.id if kind.id in orders.style.closings else kind.medium
    own = orders.principal.closings if orders.principal else {}
    template = own.get(orders.tone) or own.get("text")
    if template and orders.style.language == orders.language and medium == kind.medium:
        return template
    return orders.style.closing(brief.to, orders.tone, medium, salutation, familiar=orders.familiar)


def _signature(brief: Brief, orders: Orders) -> str:
    if not orders.kind.signature:
        return ""
    principal = orders.principal
    if brief.signer:
        return brief.signer
    if principal is not None:
        if principal.signature and not principal.on_behalf(orders.kind.id):
            return principal.signature
        assistant = ""
        if principal.on_behalf(orders.kind.id):
            assistant = ", ".join(part for part in (principal.assistant, principal.assistant_title) if part)
        return orders.style.signed(
            principal.name, principal.title, principal.organisation or orders.organisation, principal.phone, assistant
        )
    if orders.kind.medium == "mail":
        return orders.organisation
    return placeholder("signature", orders.language)


def _attached(brief: Brief, orders: Orders) -> str:
    if not brief.attachments:
        return ""
    label = f"P.{NO_BREAK}J.{NO_BREAK}: " if orders.language == "fr" else "Enclosed: "
    return label + ", ".join(brief.attachments)


def _blocks(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def addressed(people: Sequence[Person]) -> bool:
    """Tell whether one person alone is addressed, so that "tu" can be said."""
    return len(people) == 1 and not people[0].group
