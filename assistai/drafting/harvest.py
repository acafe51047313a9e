"""What telegraphic notes give to a kind's fields: "réunion budget mardi 14h30, salle Vendôme", "retour le 4 janvier".

A note's facts are taken only where nothing of it is torn apart: what is left of the note is nothing, the topic, or an
event of its own. Any other note stays whole.
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistai.drafting.filling import is_event_phrase
from assistai.drafting.grammar import is_sentence, is_verb_form, predicate
from assistai.drafting.kinds import Kind
from assistai.drafting.mentions import Mention, find_mentions
from assistai.drafting.people import Person, is_group, parse_people
from assistai.drafting.values import Value, is_range, lead, place_span, time_span, typed, with_place_word
from assistai.drafting.wording import is_instruction
from assistai.language.dates.expressions import plain_letters
from assistai.records import Language

_BEFORE = re.compile(
    r"(?:avant|pour|d['’]ici(?: au?)?|au plus tard|jusqu['’]au|before|by|no later than|until)\s+(?:le\s+|the\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:dès|à partir d[eu]|à compter du|depuis|from|as of|starting)\s+(?:le\s+|the\s+)?$", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"\w\s+(?:du|de|of|dated)\s+$", re.IGNORECASE)
_DATED = re.compile(
    r"(?:courrier|message|lettre|mail|courriel|facture|demande|compte rendu|version|letter|minutes|invoice|request)\s+(?:du|of|dated)\s+$",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"^(?:[\s,;.–—-]|\b(?:inclus|compris|inclusive|both included|le|la|à|a|au|aux|en|de|du|vers|dès|on|at|in|the|from|to|et|and|ce|cette|avant|before|by|pour|for|till|until)\b)*$",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r",\s*\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|place|quai|chemin|impasse|allée|cours|street|road|square|lane)\b|\b\d{5}\s+[A-ZÀ-Þ]",
    re.IGNORECASE,
)
_CUT = "¦"
_AWAY = re.compile(
    r"^(?:(?:en )?(?:congés?|vacances|rtt|formation|déplacement|mission|arrêt)|on (?:leave|holiday|vacation)|absente?s?|out|away|off|out of (?:the )?office|absence)$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^(?:à|a|aux?|to|for|pour|à l['’]attention (?:de|du)|mail à|courriel à|lettre à|mot à|message à|email to|mail to|letter to|note to)\s+"
    r"(?P<who>(?:(?:M\.|MM\.|Mmes?|Mlle|Mr|Mrs|Ms|Dr|Pr|Me|Monsieur|Madame|Mesdames|Messieurs)\s.+|(?:toute l['’]|l['’])?équipe.*|l['’]ensemble .+|tou(?:s|tes)\b.*|agents\b.*|collègues\b.*|"
    r"all\b.*|everyone|the (?:team|staff|board).*|[\w.+-]+@[\w.-]+))$",
    re.IGNORECASE,
)
_NAMED = r"(?:(?:(?:le|la|the) )?(?:docteur|professeur|maître|directeur|directrice|maire|préfet|préfète|président|présidente|doctor|professor)[ \u00a0]+|(?:M\.|MM\.|Mmes?|Mlle|Mrs?\.?|Ms\.?|Dr\.?|Pr\.?|Me|Monsieur|Madame|[Ll]e|[Ll]a)[ \u00a0]+(?:le\s+|la\s+)?)?[A-ZÀ-ÖØ-Þ][\w'’-]*(?:\s+[A-ZÀ-ÖØ-Þ][\w'’-]*)*"
_INVITE = re.compile(
    r"^(?P<verb>(?i:inviter|convier|convoquer|relancer|remercier|prévenir|informer|contacter|répondre à|écrire à|mail à|courriel à|mot à|message à|lettre à|"
    r"invite|remind|thank|inform|tell|write to|reply to|answer|mail to|email to|note to))\s+"
    rf"(?P<who>{_NAMED}(?:\s*(?:,|\bet\b|\band\b)\s+{_NAMED})*)(?P<rest>\s.*|[,:].*|)$"
)
_CIVIL_NAME = (
    r"(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Me|Monsieur|Madame|Maître|Docteur)[ \u00a0]+(?:(?:le|la) |l['’])?[A-ZÀ-ÖØ-Þ][\w'’-]*"
    r"(?: (?:de |du |des |de la |la |d['’])?[\w'’-]+){0,5}?"
)
_INVITING = re.compile(r"(?:inviter|convier|convoquer|invite)$")
_FOR = re.compile(rf"^(?:[Pp]our|[ÀàAa]|[Tt]o|[Ff]or) (?P<who>{_CIVIL_NAME})\s*:\s*(?P<rest>.+)$")
_TELL_ALL = re.compile(
    r"^(?P<verb>(?i:informer|prévenir|avertir|dire|rappeler|annoncer|indiquer|signaler))(?: à| aux)?\s+"
    r"(?P<who>(?:les |tous |toute |toutes |l['’]équipe|l['’]ensemble)[^,.;]*?)\s+(?P<rest>qu(?:e\s|['’]).+)$"
)
_CALLED = re.compile(rf"{_CIVIL_NAME}\s*[,:]?")
_STOREY = re.compile(
    r"^(?:\d+(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|place|quai|chemin|impasse|allée|cours)\s.+|\d+\s?(?:er|e|ème|eme) étage|étage \d+|bâtiment \w+|rez-de-chaussée|RDC|\d+(?:st|nd|rd|th) floor|floor \d+|building \w+)$",
    re.IGNORECASE,
)
_SAY_TO = re.compile(
    r"^(?P<verb>(?i:dire|demander|rappeler|annoncer|proposer|confirmer|indiquer|signaler|préciser|expliquer))\s+à\s+"
    rf"(?P<who>{_NAMED}(?:\s*(?:,|\bet\b)\s+{_NAMED})*)\s+(?P<rest>(?:que|qu['’]|de|d['’]|si|le|la|les|l['’]|un|une|des|son|sa|ses|leurs?|notre|nos|mon|ma|mes|votre|vos)\b.*|(?:qu|d|l)['’].*)$"
)
_DEGREE = re.compile(
    r"^(?:(?P<n>[123])\s*(?:e|ère|ere|re|ème|eme|nde?|st|rd|th)?|première|deuxième|seconde?|troisième|dernière|dernier|first|third|final|last)\s+(?:relance|rappel|reminder)$",
    re.IGNORECASE,
)
_DEGREE_FIRST = re.compile(_DEGREE.pattern.removesuffix("$").replace("^", r"^(", 1) + r")\s+(?=\S)", re.IGNORECASE)
_SINGLE = frozenset(("urgence", "contact", "motif", "raison", "cause", "objet", "sujet", "urgent", "reason", "subject"))


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a note gave: fields, recipients, an event of its own, and the words that are left (None: all of it).

    `rest` are the notes that followed it on its line, still to be read.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    addressed: bool = False
    event: Mapping[str, Value] = field(default_factory=dict)
    left: str | None = None
    rest: tuple[str, ...] = ()


def harvest(
    note: str,
    kind: Kind,
    values: Mapping[str, Value],
    language: Language,
    base: dt.date | None,
    *,
    first: bool,
    note_to: bool = False,
) -> Harvest:
    """Return what a note gives to the fields that are still free; `first` may also give the topic.

    `note_to` tells that the brief named its recipients already.
    """
    if read := _read(note, kind, values, language, base):
        return read
    named = _named(note, kind)
    if named is not None:
        people, rest = named
        more = harvest(rest, kind, values, language, base, first=first, note_to=True) if rest else Harvest(left="")
        left = rest if more.left is None else more.left
        return replace(more, people=people, left=left, addressed=True)
    prefixed = _prefixed(note, kind, values, language, base)
    if prefixed is not None:
        return Harvest(values=prefixed, left="")
    if (to_all := _TO.match(note)) and "," in note and not find_mentions(_POSTAL.sub("", note), language, base):
        return Harvest(people=parse_people(to_all["who"]), left="")
    if (to_all := _TO.match(note)) and _POSTAL.search(note):
        return Harvest(people=parse_people(to_all["who"]), left="")
    grouped = is_group(note) and not is_sentence(note, english=language == "en")
    if kind.recipient_required and not note_to and grouped and len(note.split()) <= 7:
        return Harvest(people=parse_people(note), left="")
    if note.rstrip().endswith("?") or is_sentence(note, english=language == "en") or is_instruction(note, language):
        return Harvest()
    found: dict[str, Value] = {}
    to: tuple[Person, ...] = ()
    pieces: list[str] = []
    for fragment in re.split(r"\s*[,;]\s+|\s+[–—-]\s+", note):
        addressed = _TO.match(fragment)
        degree = _DEGREE.match(fragment) if kind.degrees and "degree" not in values else None
        if _STOREY.match(fragment.rstrip(" .")) and "place" in found:
            found["place"] = Value(f"{found['place'].text}, {fragment.rstrip(' .')}")
            continue
        if kind.degrees and "degree" not in {*values, *found} and (started := _DEGREE_FIRST.match(fragment)):
            found["degree"] = Value(started[1])
            fragment = fragment[started.end() :].strip()
            degree = None
        again = _prefixed(fragment, kind, {**values, **found}, language, base)
        if addressed and again is None:
            to = (*to, *parse_people(addressed["who"]))
        elif kind.recipient_required and not note_to and is_group(fragment) and len(fragment.split()) <= 7:
            to = (*to, *parse_people(fragment))
        elif degree:
            found["degree"] = Value(fragment)
        elif again is not None:
            found |= again
        elif rest := _facts(fragment, kind, {**values, **found}, found, language, base):
            pieces.append(rest)
    if not found and not to:
        return Harvest()
    return _settled(found, to, pieces, kind, values, language, first=first)


_DASH = re.compile(r"(?<![\dh])\s+[-–—]\s+|\s+[-–—]\s+(?!\d)")


def notes_of(line: str, kind: Kind, language: Language) -> list[str]:
    """Return the notes that dashes hold apart on one line, where one of them at least says what to say.

    A line of facts alone ("réunion budget – mardi 14h – salle B") is one note; so is one whose dashes set off an aside.
    """
    parts = [part.strip() for part in _DASH.split(line) if part.strip()]
    english = language == "en"
    if len(parts) < 2 or any(is_verb_form(part.split()[0]) for part in parts[1:]):
        return [line]

    def says(part: str) -> bool:
        if is_instruction(part, language) or is_sentence(part, english=english):
            return True
        read = any(pattern.fullmatch(part.rstrip(".")) for pattern in kind.patterns(language))
        return read or (not english and predicate(part) is not None)

    return parts if any(says(part) for part in parts) else [line]


def _read(
    note: str, kind: Kind, values: Mapping[str, Value], language: Language, base: dt.date | None
) -> Harvest | None:
    """Return what one of the kind's own patterns reads in a note ("Mme Leroy a perdu sa mère")."""
    for pattern in kind.patterns(language):
        match = pattern.fullmatch(note.strip().rstrip("."))
        if match is None:
            continue
        given: dict[str, Value] = {}
        people: tuple[Person, ...] = ()
        rest: tuple[str, ...] = ()
        for name, words in match.groupdict().items():
            if not words or not words.strip():
                continue
            if name == "to":
                people = parse_people(words)
                continue
            if name == "rest":
                rest = tuple(re.split(r"\s*[,;]\s+", words.strip(" ,;.")))
                continue
            wanted = kind.field(name.rstrip("_"))
            if wanted is None or wanted.id in values:
                return None
            if wanted.id in given:
                given[wanted.id] = Value(f"{given[wanted.id].text} {words.strip()}")
            elif (value := typed(wanted, words.strip(" ,"), language, base)) is not None:
                given[wanted.id] = value
            else:
                return None
        return Harvest(given, people, addressed=bool(people), left="", rest=rest)
    return None


def _settled(
    found: dict[str, Value],
    people: tuple[Person, ...],
    left: list[str],
    kind: Kind,
    values: Mapping[str, Value],
    language: Language,
    *,
    first: bool,
) -> Harvest:
    wanted = {name for name in found if kind.field(name)}
    if not left:
        return (
            Harvest({name: found[name] for name in wanted}, people, left="")
            if wanted == found.keys()
            else Harvest(people=people)
        )
    topic_free = bool(kind.topic and kind.field(kind.topic) and kind.topic not in values and kind.topic not in found)
    if (
        kind.event
        and "place" not in {*values, *found}
        and len(left) > 1
        and "date" in found
        and _is_placelike(left[-1])
    ):
        found["place"] = Value(left.pop())
        wanted.add("place")
    if first and topic_free:
        facts = {name: found[name] for name in wanted}
        return Harvest({**facts, kind.topic: Value(left[0])}, people, left=", ".join(left[1:]))
    if len(left) == 1 and ("date" in found or "time" in found) and is_event_phrase(left[0], language):
        return Harvest(people=people, event=found, left=left[0])
    kept = {name: found[name] for name in wanted if name in ("degree", "deadline")}
    taken = set(found) - set(kept)
    if not taken:
        return Harvest(kept, people, left=", ".join(left))
    return Harvest(people=people)


def _is_placelike(text: str) -> bool:
    return bool(re.match(r"(?:[Cc]hez|[Aa]t|[Aa]u|[Àà])\s|[A-ZÀ-Þ]", text)) and len(text.split()) <= 5


def _named(note: str, kind: Kind) -> tuple[tuple[Person, ...], str] | None:
    """Return whom a note names as recipients, and what it says besides."""
    if match := _TELL_ALL.match(note):
        return parse_people(match["who"]), f"{match['verb']} {match['rest']}"
    if match := _FOR.match(note):
        return parse_people(match["who"]), (match["rest"] or "").strip()
    if _CALLED.fullmatch(note) and len(note.split()) <= 9:
        return parse_people(note.rstrip(" ,:")), ""
    if match := _SAY_TO.match(note):
        return parse_people(match["who"]), f"{match['verb']} {match['rest']}"
    match = _INVITE.match(note)
    if not match:
        return None
    rest = match["rest"].strip(" ,:;")
    people = parse_people(match["who"])
    verb = match["verb"].lower()
    if not people or re.match(r"(?:remercier|thank|prévenir|informer|inform|tell)$", verb):
        if kind.id == "thanks" and rest:
            return people, rest
        return (people, f"{match['verb']} {rest}") if people and rest else None
    if not kind.event and rest and _INVITING.match(verb):
        return people, f"{match['verb']} {rest}"
    if kind.event:
        rest = re.sub(r"^(?:à l['’]|(?:à la|à|au|aux|to the|to|for)\s+)", "", rest)
    return people, rest


def _prefixed(
    note: str, kind: Kind, values: Mapping[str, Value], language: Language, base: dt.date | None
) -> dict[str, Value] | None:
    """Return the field that a note starts with by its label, without a colon: "retour le 4 janvier"."""
    plain = re.sub(r"[^\w/°]", " ", plain_letters(note))
    for wanted in kind.fields:
        if wanted.id in values or wanted.type in ("list", "people"):
            continue
        for label in sorted(wanted.labels.both(), key=len, reverse=True):
            start = re.sub(r"[^\w/°]", " ", plain_letters(label))
            if (
                (len(start) < 4 and start != "due")
                or start in ("pour", "avant", "from")
                or not plain.startswith(f"{start} ")
            ):
                continue
            value = note[len(start) :].strip(" ,:")
            if wanted.type == "place":
                value = with_place_word(label, value)
            if wanted.type == "text":
                if " " not in start and start not in _SINGLE:
                    continue
                if re.match(r"(?:de|du|des|d['’]|of|for)\b", value) and start in _SINGLE:
                    continue
                return {wanted.id: Value(value)} if value else None
            found = typed(wanted, value, language, base)
            if found is None:
                continue
            if wanted.type == "date":
                if not _GLUE.match(_without(value, found.moments)):
                    continue
                return _dated(wanted.id, found, kind, values)
            if wanted.type in ("number", "time", "amount", "reference") and len(value.split()) > 4:
                continue
            if wanted.type == "reference" and not re.search(r"\d|://|www\.", value):
                continue
            return {wanted.id: found}
    return None


_WORTH = r"\s+(?:d['’]un montant de|de|pour|à hauteur de|for|of|worth)\s+$"


def within_topic(kind: Kind, values: Mapping[str, Value], language: Language, base: dt.date | None) -> dict[str, Value]:
    """Return the topic without the facts that it says of other fields, and those: "facture F-12 de 90 €, échéance 3 mai"."""
    head, *others = re.split(r",\s+", values[kind.topic].text)
    found: dict[str, Value] = {}
    for fragment in others:
        given = _prefixed(fragment, kind, {**values, **found}, language, base)
        if given is None or any(one.id in given and one.type == "text" for one in kind.fields):
            head = f"{head}, {fragment}"
        else:
            found |= given
    if kind.field("amount") and "amount" not in {**values, **found}:
        amounts = [mention for mention in find_mentions(head, language, base) if mention.kind == "amount"]
        worth = re.search(_WORTH, head[: amounts[0].start]) if len(amounts) == 1 else None
        tail = head[amounts[0].end :] if worth else ""
        if worth and re.fullmatch(r"\s*(?:TTC|HT|net)?", tail):
            found["amount"] = Value(head[amounts[0].start :])
            head = head[: worth.start()]
    return {**found, kind.topic: Value(head)} if found else {}


def _dated(name: str, value: Value, kind: Kind, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return a date's field; a range fills the fields of start and end where a kind has them."""
    if len(value.moments) == 2 and name in ("start", "date") and kind.field("start") and kind.field("end"):
        first, last = value.moments
        included = re.search(r"\b(?:inclus|compris|inclusive)\b", value.text)
        until = f"{last.text} {included[0]}" if included else last.text
        given = {"start": Value(first.text, moments=(first,)), "end": Value(until, moments=(last,))}
        return {key: one for key, one in given.items() if key not in values}
    return {name: value}


def _without(text: str, mentions: tuple[Mention, ...]) -> str:
    for mention in mentions:
        text = text.replace(mention.text, " ", 1)
    return text


def _facts(
    fragment: str,
    kind: Kind,
    taken: Mapping[str, Value],
    found: dict[str, Value],
    language: Language,
    base: dt.date | None,
) -> str:
    """Put a fragment's date, time, place and amount in `found`, and return what is left of it."""
    spans: list[tuple[int, int]] = []
    given: dict[str, Value] = {}
    mentions = find_mentions(fragment, language, base)
    dates = [mention for mention in mentions if mention.kind == "date"]
    if dates:
        both = dates[:2] if len(dates) > 1 and is_range(fragment, dates) else dates[:1]
        name = _role(fragment, both[0], kind, taken)
        if name:
            end = both[-1].end
            if included := re.match(r"\s*\(?(?:inclus|compris|inclusive)\)?", fragment[end:]):
                end += included.end()
            value = Value(fragment[both[0].start : end], moments=tuple(both))
            given |= _dated(name, value, kind, taken)
            spans.append((lead(fragment, both[0].start), end))
    if "time" not in taken and (times := time_span(fragment, language, base)):
        given["time"] = Value(fragment[times[0] : times[1]], times=times[2])
        spans.append((lead(fragment, times[0]), times[1]))
    rest = fragment
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]} {_CUT} {rest[end:]}"
    rest = " ".join(rest.split()).strip(" ,;-–—")
    place = place_span(rest) if "place" not in taken and kind.field("place") else None
    if place:
        given["place"] = Value(rest[slice(*place)].strip(f" {_CUT}"))
        rest = f"{rest[: place[0]]} {rest[place[1] :]}"
    rest = re.sub(r"\s+\.$", "", " ".join(rest.replace(_CUT, " ").split())).strip(" ,;-–—")
    if kind.field("amount") and "amount" not in taken:
        amounts = [mention for mention in find_mentions(rest, language, base) if mention.kind == "amount"]
        if amounts and _GLUE.match(re.sub(r"\b(?:TTC|HT)\b", "", rest.replace(amounts[0].text, ""))):
            given["amount"] = Value(rest)
            rest = ""
    if any(mention.kind in ("date", "time") for mention in find_mentions(rest, language, base)):
        return fragment
    found |= given
    if kind.field("start") and _AWAY.match(rest) and spans:
        return ""
    return "" if _GLUE.match(rest) else rest


def _role(fragment: str, date: Mention, kind: Kind, taken: Mapping[str, Value]) -> str | None:
    """Return which field a date of a note is: the deadline, the start, or the day itself; None for none of them."""
    before = fragment[: date.start]

    def free(name: str) -> bool:
        return kind.field(name) is not None and name not in taken

    if _BEFORE.search(before):
        return "deadline" if free("deadline") and _GLUE.match(before) else None
    if _FROM.search(before):
        return next((name for name in ("start", "effect", "date") if free(name)), None)
    if _DATED.search(before) or (_ATTRIBUTE.search(before) and not kind.event and not kind.field("start")):
        return None
    if free("date"):
        return "date"
    return "start" if free("start") and kind.field("end") and "date" not in taken else None
