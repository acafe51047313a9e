"""Facts as they are written: dates, times, amounts, references and names in a text, each with what it means.

Two mentions mean the same where `same` says so, however they are written: "14h30" and "2.30 pm", "1 200 €" and
"EUR 1200.00", "mardi" said on a Thursday and "le 1er décembre".
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from assistai.drafting.draft import FactKind
from assistai.language.dates import DueExpression, find_due
from assistai.language.dates.english import MONTHS as ENGLISH_MONTHS
from assistai.language.dates.english import WEEKDAYS as ENGLISH_WEEKDAYS
from assistai.language.dates.expressions import plain_letters
from assistai.language.dates.french import MONTHS as FRENCH_MONTHS
from assistai.language.dates.french import WEEKDAYS as FRENCH_WEEKDAYS
from assistai.language.verbs import is_infinitive
from assistai.language.words import fold, is_stop_word
from assistai.records import Language

_WEEKDAYS = {**ENGLISH_WEEKDAYS, **FRENCH_WEEKDAYS}
_MONTHS = {**ENGLISH_MONTHS, **FRENCH_MONTHS}
_WEEKDAY = "|".join(sorted((name for name in _WEEKDAYS if len(name) > 3), key=len, reverse=True))
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_S = r"[ \u00a0\u202f]"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a date means: the day it resolves to, and what of it was written (weekday 0 is Monday)."""

    date: dt.date
    weekday: int | None = None
    day_written: bool = False
    year_written: bool = False

    @property
    def weekday_differs(self) -> bool:
        """Whether the written weekday is not that of the written day."""
        return self.day_written and self.weekday is not None and self.date.weekday() != self.weekday


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit ("€", "%", "$"…); a bare number has the unit ""."""

    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place or organisation: its folded words, and the civility before it ("m", "f" or "")."""

    words: tuple[str, ...]
    gender: str = ""


Value = Moment | dt.time | Amount | Name | str


@dataclass(frozen=True, slots=True)
class Mention:
    """A fact as written: `text == source[start:end]`, and its value."""

    kind: FactKind
    text: str
    start: int
    end: int
    value: Value


_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>«»\"]+[^\s<>«»\".,;:!?)\]]", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    rf"(?<![\w.-])(?:\+\d{{1,3}}{_S}?(?:\(0\){_S}?)?\d(?:[ .\u00a0\u202f-]?\d{{2,4}}){{3,4}}|0\d(?:[ .\u00a0\u202f-]?\d\d){{4}})(?![\w-])"
)
_CODE = re.compile(
    r"(?<![\w/-])(?:[A-Z]{1,8}\d{2,}[A-Z0-9]*|[A-Z][A-Z0-9]{1,9}(?:[-/_.]?\d[\w]*)(?:[-/_]\w+)*)(?![\w-])"
)
_NUMBERED = re.compile(
    rf"\b(?:n[°o]\.?|no\.|réf(?:érence)?\.?|ref(?:erence)?\.?|article|art\.){_S}?:?{_S}?"
    r"(?P<code>[A-Z]{0,6}[-/]?\d[\w]*(?:[-/.]\w+)*)",
    re.IGNORECASE,
)
_UNIT = rf"(?:k€|M€|€|euros?|eur|\$|dollars?|usd|£|gbp|pounds|chf|%|pour{_S}cent|percent|per{_S}cent)"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,3})?"
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:(?P<before>€|\$|£|EUR|USD|GBP|CHF){_S}?(?P<a>{_NUMBER})|(?P<b>{_NUMBER}){_S}?(?P<after>{_UNIT})(?!\w))",
    re.IGNORECASE,
)
_QUANTITY = re.compile(rf"(?<![\w.,/:°-])(?P<n>{_NUMBER})(?![\w/°-]|[.,:]\d)")
_TIME = re.compile(
    rf"(?<![\w.,:])(?:(?P<h>[01]?\d|2[0-4]){_S}?(?:h|heures?|hrs?){_S}?(?P<m>[0-5]\d)?(?![\w])"
    rf"|(?P<h12>0?\d|1[0-2])(?:[:.](?P<m12>[0-5]\d))?{_S}?(?P<half>[ap])\.?{_S}?m\b\.?"
    r"|(?P<hc>[01]?\d|2[0-3]):(?P<mc>[0-5]\d)(?![\d:])"
    r"|(?<=\bat )(?P<oclock>1[0-2]|[1-9]) o'clock\b"
    r"|(?P<word>\bmidi\b(?! et)|\bminuit\b|\bnoon\b|\bmidday\b|\bmidnight\b))",
    re.IGNORECASE,
)
_AFTERNOON = re.compile(r"(?:de l.apr[eè]s-midi|du soir)\b", re.IGNORECASE)
_RANGE = re.compile(
    rf"\b(?:du|from|between|entre le|entre)\s+(?:the\s+)?(?P<first>(?:(?:{_WEEKDAY})\s+)?\d{{1,2}}(?:er|st|nd|rd|th)?"
    rf"(?:\s+(?:{_MONTH}))?(?:\s+\d{{4}})?)\s+(?P<link>au|to|and|et le|et|until|-|–)\s+(?:the\s+)?"
    rf"(?P<last>(?:(?:{_WEEKDAY})\s+)?\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?)\b"
)
_PAST = re.compile(
    rf"\b(?:(?P<ago>avant-hier|hier|yesterday)|(?P<fr>{_WEEKDAY}) dernier|last (?P<en>{_WEEKDAY}))(?![\w-])"
)
_LEAD = re.compile(
    r"^(?:(?:au plus tard|si possible|idéalement|d['’]ici au?|d['’]ici|avant|pour|jusqu['’](?:à|au|en)|dès|vers|courant|"
    r"à partir (?:de|du)|à partir|livraison|no later than|not later than|at the latest by|at the latest|by|before|until|till|"
    r"on|for|due|around|within|in time for|latest|starting|from|cob|eob|eod)\s+)*(?:(?:le|la|les|ce|cet|au|du|the|this)\s+|l['’]\s?)?"
    r"(?:(?:au plus tard)\s+(?:le|la)\s+)?",
    re.IGNORECASE,
)
_KEPT_LEAD = re.compile(r"^(?:dans|sous|d['’]ici|within|in)\s+(?:une?\s+|les?\s+|a\s+|the\s+)?(?:\w+)\s", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:,?\s+(?:(?:à|a|vers|avant|at|before)\s*)?(?:\d{1,2}\s*(?:h|heures?)(?:\s*\d{2})?|\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|o'clock)|"
    r"midi|noon|midday)|\s+(?:au plus tard|dernier délai|maximum|max|grand maximum|at the latest|latest|tops|at most))+[\s.,]*$",
    re.IGNORECASE,
)
_CIVILITY = re.compile(
    r"\b(?:(?P<f>Mmes?|Mesdames|Mlle|Madame|Mrs|Ms|Miss)|(?P<m>MM?\.|Messieurs|Monsieur|Mr|Sir)|(?P<n>Me|Maître|Dr|Docteur|Doctor|Pr|Professeur|Professor|Prof))"
    r"\.?[ \u00a0\u202f]+(?=[A-ZÀ-ÖØ-Þ])"
)
_WORD = r"[A-ZÀ-ÖØ-Þ](?:[^\W\d_]|['’](?=[A-ZÀ-ÖØ-Þ]))*(?:-[^\W\d_]+)*"
_NAME = re.compile(
    rf"(?<![\w'’@./-])(?:[DLdl]['’])?(?P<name>{_WORD}(?:[ \u00a0\u202f](?:(?:de|du|des|de la|la|le|van|von|der|den|di|el|al|ben|d['’])[ \u00a0\u202f]?)?{_WORD}){{0,3}})(?!['’\w@])"
)
_NOT_NAMES = frozenset(
    """
    madame monsieur mesdames messieurs mademoiselle docteur maitre professeur bonjour bonsoir cher chere chers cheres
    dear sir madam hello hi sincerely regards best kind yours cordialement objet subject re fwd tr ordre jour note service
    reunion convocation invitation lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday
    thursday friday saturday sunday janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    january february march april may june july august september october november december je vous nous tu il elle on ils
    elles i you we they he she it the a an le la les un une des ce cette ces mon ma mes ton ta tes son sa ses notre nos
    votre vos leur leurs merci thank thanks please veuillez ok oui non yes no p o pj nb ps tel fax mail email e-mail url
    http https date lieu heure montant reference ref objets destinataire destinataires signature copie cc cci from to
    directeur directrice president presidente prefet prefete maire ministre general generale secretaire chef cheffe
    responsable adjoint adjointe direction ainsi afin avec dans pour par sur sous sans selon mais donc or ni car si comme
    lorsque quand apres avant depuis pendant chaque tout toute tous toutes aucun aucune bien cela ceci voici voila
    pourriez pouvez auriez sauf suite conformement en au aux du de d l a et ou y his her its our your their my this that
    these those there here what when where who how why if as at by for in of on with without and but so since until
    while after before during all any some each every mr mrs ms dr pr me mm m mme mmes mlle memo agenda minutes tva ht ttc rh drh dsi dg dga
    codir copil comex cse rdv
    """.split()
)


@lru_cache(maxsize=512)
def find_mentions(text: str, language: Language, base: dt.date | None) -> tuple[Mention, ...]:
    """Return the facts written in a text, in order, none overlapping.

    `base` is the day that "mardi" and "demain" count from; without it such dates are not mentions, having no meaning.
    """
    found: list[Mention] = []
    for one in (_references, _times, _dates, _amounts, _names):
        for mention in one(text, language, base):
            if all(mention.end <= other.start or other.end <= mention.start for other in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def numbers(text: str) -> list[Mention]:
    """Return every bare number of a text as an amount without unit: how many, how long, which floor."""
    found = []
    for match in _QUANTITY.finditer(text):
        value = _number(match["n"])
        if value is not None:
            found.append(Mention("amount", match["n"], match.start("n"), match.end("n"), Amount(value, "")))
    return found


def all_mentions(text: str, language: Language, base: dt.date | None) -> list[Mention]:
    """Return the facts of a text, and its bare numbers that are no part of one, in order."""
    found = list(find_mentions(text, language, base))
    for number in numbers(text):
        if all(number.end <= other.start or other.end <= number.start for other in found):
            found.append(number)
    return sorted(found, key=lambda mention: mention.start)


def same(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions mean the same thing."""
    if one.kind != other.kind:
        return False
    a, b = one.value, other.value
    if isinstance(a, Moment) and isinstance(b, Moment):
        if a.date == b.date:
            return True
        both_days = a.day_written and b.day_written
        years = a.year_written and b.year_written
        return both_days and not years and (a.date.day, a.date.month) == (b.date.day, b.date.month)
    if isinstance(a, Name) and isinstance(b, Name):
        if a.gender and b.gender and a.gender != b.gender and a.words[-1] == b.words[-1]:
            return False
        return set(a.words) <= set(b.words) or (set(b.words) <= set(a.words) and a.words[-1] == b.words[-1])
    return a == b


def _references(text: str, language: Language, base: dt.date | None) -> Iterator[Mention]:
    for pattern in (_URL, _MAIL, _PHONE):
        for match in pattern.finditer(text):
            value = re.sub(r"\D", "", match.group())[-9:] if pattern is _PHONE else match.group().lower()
            yield Mention("reference", match.group(), *match.span(), value)
    for match in _NUMBERED.finditer(text):
        yield Mention("reference", match["code"], *match.span("code"), _folded_code(match["code"]))
    for match in _CODE.finditer(text):
        if re.search(r"\d", match.group()) and not _TIME.fullmatch(match.group()):
            yield Mention("reference", match.group(), *match.span(), _folded_code(match.group()))


def _folded_code(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(code))


_DAY_FIRST = re.compile(r"(?<![\d/])(\d\d?)/(0?[1-9]|1[0-2])(?=(?:/(?:20)?\d\d)?(?![/.]?\d))")


def _due(text: str, language: Language, base: dt.date | None) -> list[DueExpression]:
    """Return the dates of a text; in English too, figures are day first, as the French organisations write them."""
    if language == "en":
        text = _DAY_FIRST.sub(lambda match: f"{match[2]}/{match[1]}" if int(match[1]) <= 31 else match[0], text)
    return find_due(text, language, base)


def _dates(text: str, language: Language, base: dt.date | None) -> Iterator[Mention]:
    plain = plain_letters(text)
    for match in _RANGE.finditer(plain):
        last = _explicit(text, match.span("last"), language, base, "")
        completion = f" {match['month']}" if not re.search(_MONTH, match["first"]) else ""
        first = _explicit(text, match.span("first"), language, base, completion, before=last)
        yield from (mention for mention in (first, last) if mention)
    for match in _PAST.finditer(plain):
        if base is None:
            continue
        if match["ago"]:
            day = base - dt.timedelta(days=2 if match["ago"].startswith("avant") else 1)
        else:
            day = base - dt.timedelta(days=(base.weekday() - _WEEKDAYS[match["fr"] or match["en"]] - 1) % 7 + 1)
        yield Mention("date", text[match.start() : match.end()], *match.span(), Moment(day))
    for due in _due(text, language, base):
        if due.date is None:
            continue
        mention = _trimmed(text, due.start, due.end, due.date)
        if mention is not None:
            yield mention


def _explicit(
    text: str,
    span: tuple[int, int],
    language: Language,
    base: dt.date | None,
    completion: str,
    *,
    before: Mention | None = None,
) -> Mention | None:
    """Return a date of a range; the first one takes its year from the last, and never comes after it."""
    words = text[slice(*span)]
    weekday = re.match(rf"(?:{_WEEKDAY})\s+", plain_letters(words))
    year = bool(re.search(r"\d{4}", words))
    last = before.value if before else None
    if isinstance(last, Moment) and not year:
        completion = f"{completion} {last.date.year}"
        year = last.year_written
    found = _due(words[weekday.end() if weekday else 0 :] + completion, language, base)
    if not found or found[0].date is None:
        return None
    date = found[0].date
    if isinstance(last, Moment) and date > last.date and (date.month, date.day) != (2, 29):
        date = date.replace(year=last.date.year - 1)
    day = _WEEKDAYS[weekday.group().strip()] if weekday else None
    return Mention("date", words, *span, Moment(date, day, True, year))


def _trimmed(text: str, start: int, end: int, date: dt.date) -> Mention | None:
    spoken = text[start:end]
    tail = _TAIL.search(spoken)
    if tail and tail.start() > 2:
        spoken = spoken[: tail.start()]
    lead = _LEAD.match(spoken)
    if lead and not _KEPT_LEAD.match(spoken) and lead.end() < len(spoken):
        start += lead.end()
        spoken = spoken[lead.end() :]
    spoken = spoken.rstrip(" \u00a0\u202f.,;:")
    plain = plain_letters(spoken)
    if not spoken or plain in {"midi", "noon", "soir", "rapidement", "avant", "dans", "pour", "vers", "before", "by"}:
        return None
    weekday = re.match(rf"(?:{_WEEKDAY}|mon|tues?|weds?|thurs?|thu|fri)\b", plain)
    day_written = bool(re.search(r"\d", plain)) and bool(
        re.search(rf"\d{{1,2}}[/.-]\d|\b(?:{_MONTH})\b|\b\d{{1,2}}", plain)
    )
    relative = bool(re.match(r"(?:dans|sous|d'ici|within|in|en)\b", plain)) or not day_written
    year = bool(re.search(r"(?:19|20)\d\d|[/.-]\d\d[/.-]\d\d\b", plain))
    moment = Moment(date, _WEEKDAYS.get(weekday.group()) if weekday else None, day_written and not relative, year)
    return Mention("date", spoken, start, start + len(spoken), moment)


def _times(text: str, language: Language, base: dt.date | None) -> Iterator[Mention]:
    for match in _TIME.finditer(text):
        if match["word"]:
            hour, minute = (0, 0) if fold(match["word"]) in ("minuit", "midnight") else (12, 0)
        elif match["h12"]:
            hour, minute = int(match["h12"]) % 12 + (12 if match["half"].lower() == "p" else 0), int(match["m12"] or 0)
        elif match["oclock"]:
            hour, minute = int(match["oclock"]), 0
        else:
            hour, minute = int(match["h"] or match["hc"]) % 24, int(match["m"] or match["mc"] or 0)
            if match["h"] and re.match(r"\s?heures?", text[match.end("h") :]) and not match["m"]:
                before = text[max(0, match.start() - 14) : match.start()].lower()
                if re.search(r"(?:dans|pendant|durée de|sous|de|en)\s$", before) and not before.endswith("de "):
                    continue
        if hour < 12 and _AFTERNOON.match(text[match.end() :].lstrip()):
            hour += 12
        yield Mention("time", match.group(), *match.span(), dt.time(hour, minute))


def _amounts(text: str, language: Language, base: dt.date | None) -> Iterator[Mention]:
    for match in _AMOUNT.finditer(text):
        value = _number(match["a"] or match["b"])
        if value is None:
            continue
        unit = fold(match["before"] or match["after"]).replace("\u00a0", " ").replace("\u202f", " ")
        if unit in ("k€", "m€"):
            value *= 1000 if unit == "k€" else 1_000_000
        yield Mention("amount", match.group(), *match.span(), Amount(value.normalize(), _unit(unit)))


def _unit(unit: str) -> str:
    if unit in ("€", "euro", "euros", "eur", "k€", "m€"):
        return "€"
    if unit in ("%", "pour cent", "percent", "per cent"):
        return "%"
    return {"usd": "$", "dollar": "$", "dollars": "$", "gbp": "£", "pounds": "£"}.get(unit, unit)


def _number(text: str) -> Decimal | None:
    digits = re.sub(_S, "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?", digits):
        whole, fraction = re.fullmatch(r"(.*?\d{3})(?:[.,](\d{1,2}))?", digits).groups()  # type: ignore[union-attr]
        digits = re.sub(r"\D", "", whole) + (f".{fraction}" if fraction else "")
    try:
        return Decimal(digits.replace(",", ".")).normalize()
    except InvalidOperation:
        return None


def _names(text: str, language: Language, base: dt.date | None) -> Iterator[Mention]:
    for match in _NAME.finditer(text):
        start, end = match.span("name")
        words = match["name"].replace("\u00a0", " ").replace("\u202f", " ").split(" ")
        before = text[:start]
        while words and (fold(words[0]) in _NOT_NAMES or (words[0].islower())):
            start += len(words.pop(0)) + 1
        while words and (fold(words[-1]) in _NOT_NAMES or words[-1].islower()):
            end -= len(words.pop()) + 1
        if not words:
            continue
        civil = re.search(_CIVILITY.pattern.replace("(?=[A-ZÀ-ÖØ-Þ])", "$"), text[:start])
        first = (
            not civil and re.search(r"(?:^|[.!?…:]\s+|\n\s*(?:[-–•*]\s*)?|«\s?|\"|^\s*[-–•*]\s*)$", before) is not None
        )
        if first and start == match.start("name") and _starts_sentence(words, language):
            if len(words) < 2 or words[1].islower():
                continue
            if _commands(words[0].lower(), language):
                start += len(words.pop(0)) + 1
            if fold(words[0]) in _NOT_NAMES or is_stop_word(words[0].lower(), language):
                start += len(words.pop(0)) + 1
        if all(len(word) < 2 for word in words):
            continue
        gender = ""
        if civil:
            gender = "f" if civil["f"] else "m" if civil["m"] else ""
        folded = tuple(fold(word) for word in words if not word.islower())
        yield Mention("name", text[start:end], start, end, Name(folded, gender))


def _commands(word: str, language: Language) -> bool:
    """Tell whether a capitalised first word is a verb that tells what to do ("Relancer Paul", "Tell John")."""
    if language == "en":
        return word in _ENGLISH_COMMANDS
    return word.endswith(("er", "ir", "re")) and is_infinitive(word)


_ENGLISH_COMMANDS = frozenset(
    """
    tell ask remind thank invite inform confirm congratulate decline refuse call email mail write send chase contact meet
    book cancel postpone propose suggest offer attach enclose apologise apologize note announce
    """.split()
)


def _starts_sentence(words: list[str], language: Language) -> bool:
    return not (words[0].isupper() and len(words[0]) > 1)
