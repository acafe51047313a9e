"""The fact check: every date, time, amount, name, reference and promise of a text, traced to a source that says it.

It works on any text, whoever wrote it. A fact is traced where a source means the same (`mentions.same`), contradicted
where a source says something else of the same thing, untraced where none speaks of it.
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistai.drafting.draft import Fact, Promise, Source
from assistai.drafting.mentions import Amount, Mention, Moment, Name, all_mentions, find_mentions, same
from assistai.drafting.placeholders import PLACEHOLDER
from assistai.i18n import translate
from assistai.language.dates.numbers import NUMBERS
from assistai.language.sentences import sentence_spans
from assistai.language.typography import format_date
from assistai.language.words import content_stems, detect_language, fold
from assistai.records import Language

_ANY_DAY = dt.date(2000, 1, 3)
_LONGEST_QUOTE = 240
_ENOUGH = 2
_PROMISED = 0.6
_SPELLING = 0.82
_DEADLINE = re.compile(
    r"(?:avant|d['’]ici(?: au?)?|au plus tard|jusqu['’](?:au|à)|before|by|until|no later than|deadline|échéance|limite|due)\s*:?\s*(?:le\s+|the\s+)?$",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"(?<![\w’'])(?:(?:je|j['’]|nous|on)\s?(?:(?:ne|vous|te|le|la|les|lui|leur|nous|me|y|en)\s|[mtlyn]['’])*(?:\w+(?:rai|rons)(?!\w)|m['’]engage|nous engageons)"
    r"|\bje\s+m['’]engage|nous\s+nous\s+engageons|(?:I|we)(?:\s+will|['’]ll|\s+shall|\s+promise|\s+undertake))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """One fact of a source: where, in which line, about what."""

    source: Source
    mention: Mention
    line: str
    label: str
    about: frozenset[str]
    deadline: bool


def check_facts(
    text: str, sources: Sequence[Source], language: Language, *, base: dt.date | None
) -> tuple[tuple[Fact, ...], tuple[Promise, ...]]:
    """Return the facts and promises of a text, in order, each with the first source that says it.

    Relative dates of the text count from `base`, those of a source from its own date, or `base` where it has none.
    """
    kept = [match.span() for match in PLACEHOLDER.finditer(text)]
    said = [one for source in sources for one in _facts_of(source, base)]
    there = [mention for mention in all_mentions(text, language, base) if not _within(mention, kept)]
    lines = sentence_spans(text)
    facts = []
    for mention in there:
        start, end = next((span for span in lines if span[0] <= mention.start < span[1]), (mention.start, mention.end))
        facts.append(_checked(mention, text[start:end], text[: mention.start], there, said, sources, language))
    return tuple(facts), _promises(text, sources, language)


def _within(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


def _facts_of(source: Source, base: dt.date | None) -> list[_Said]:
    language = detect_language(source.text)
    said = []
    subject = frozenset(content_stems(source.about, language))
    for start, end in sentence_spans(source.text):
        line = source.text[start:end]
        mentions = all_mentions(line, language, source.date or base)
        label = re.match(r"(?:[-–—•*]\s+)?([^\W\d_][^:\n]{0,40}?)\s*:", line)
        for mention in mentions:
            about = _about(line, mentions, language) | subject
            deadline = bool(_DEADLINE.search(line[: mention.start]))
            said.append(_Said(source, mention, line, fold(label[1]).strip() if label else "", about, deadline))
    return said


def _about(line: str, mentions: Sequence[Mention], language: Language) -> frozenset[str]:
    """Return what a line speaks of: the stems of its words, and its names and references as they are."""
    rest = line
    named: set[str] = set()
    for mention in sorted(mentions, key=lambda one: -one.start):
        if mention.kind in ("name", "reference"):
            named |= {
                f"={word}"
                for word in (mention.value.words if isinstance(mention.value, Name) else (str(mention.value),))
            }
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return frozenset(content_stems(rest, language)) | named


def _checked(
    mention: Mention,
    sentence: str,
    before: str,
    there: Sequence[Mention],
    said: Sequence[_Said],
    sources: Sequence[Source],
    language: Language,
) -> Fact:
    weekday = _weekday_note(mention, language)
    same_kind = [one for one in said if one.mention.kind == mention.kind]
    agreeing = next((one for one in same_kind if _agree(mention, one.mention)), None)
    differing = _contradiction(mention, sentence, before, there, same_kind, agreeing, language)
    span = (mention.start, mention.end)
    if differing is not None:
        note = translate(
            f"drafting.differs_{mention.kind}", language, source=differing.source.name, said=differing.mention.text
        )
        return Fact(
            text=mention.text,
            kind=mention.kind,
            source=differing.source.name,
            span=span,
            trace="contradicted",
            quote=_short(differing.line),
            note=" ".join(filter(None, (note, weekday))),
        )
    if agreeing is not None:
        return Fact(
            text=mention.text,
            kind=mention.kind,
            source=agreeing.source.name,
            span=span,
            trace="traced",
            quote=_short(agreeing.line),
            note=weekday,
        )
    verbatim = _verbatim(mention, sources)
    if verbatim is not None:
        source, quote = verbatim
        return Fact(
            text=mention.text,
            kind=mention.kind,
            source=source.name,
            span=span,
            trace="traced",
            quote=_short(quote),
            note=weekday,
        )
    return Fact(text=mention.text, kind=mention.kind, span=span, note=weekday)


def _agree(one: Mention, other: Mention) -> bool:
    if same(one, other):
        return True
    a, b = one.value, other.value
    if isinstance(a, Amount) and isinstance(b, Amount):
        return a.number == b.number and (not a.unit or not b.unit)
    return False


def _contradiction(
    mention: Mention,
    sentence: str,
    before: str,
    there: Sequence[Mention],
    said: Sequence[_Said],
    agreeing: _Said | None,
    language: Language,
) -> _Said | None:
    if mention.kind == "name":
        return None if agreeing else _misspelt(mention, said)
    if mention.kind == "reference" or (isinstance(mention.value, Amount) and not mention.value.unit):
        return None
    about = _about(sentence, find_mentions(sentence, language, None), language) | (
        agreeing.about if agreeing else frozenset()
    )
    deadline = bool(_DEADLINE.search(before)) or (agreeing.deadline if agreeing else False)
    dates_of_sources = [one.mention for one in said if one.line.strip() == one.mention.text]
    alone = not any(
        one.kind == mention.kind and one is not mention and not any(_agree(one, other) for other in dates_of_sources)
        for one in there
    )
    for other in said:
        if _agree(mention, other.mention) or not _comparable(mention, other.mention):
            continue
        if agreeing and agreeing.line == other.line:
            continue
        same_label = bool(
            agreeing and agreeing.label and agreeing.label == other.label and agreeing.source is other.source
        )
        shared = about & other.about
        strength = len(shared) + sum(word.startswith("=") for word in shared)
        only = alone and sum(one.source is other.source for one in said) == 1
        close = strength >= _ENOUGH or (only and strength >= 1)
        in_draft = any(_agree(one, other.mention) for one in there)
        if same_label or (close and deadline == other.deadline and not in_draft):
            return other
    return None


def _comparable(one: Mention, other: Mention) -> bool:
    a, b = one.value, other.value
    if isinstance(a, Amount) and isinstance(b, Amount):
        return a.unit == b.unit
    return not (isinstance(a, Moment) and isinstance(b, Moment) and a.weekday_differs and a.weekday == b.weekday)


def _misspelt(mention: Mention, said: Sequence[_Said]) -> _Said | None:
    """Return the source's name that the draft's is nearly, or that has the other civility."""
    value = mention.value
    if not isinstance(value, Name):
        return None
    for one in said:
        other = one.mention.value
        if not isinstance(other, Name):
            continue
        if value.words[-1] == other.words[-1] and value.gender and other.gender and value.gender != other.gender:
            return one
        if len(value.words[-1]) >= 5 and value.words[-1][0] == other.words[-1][0]:
            ratio = SequenceMatcher(None, value.words[-1], other.words[-1]).ratio()
            if _SPELLING <= ratio < 1 and len(value.words) <= len(other.words) + 1:
                return one
    return None


def _verbatim(mention: Mention, sources: Sequence[Source]) -> tuple[Source, str] | None:
    """Return the source that has the fact in these very letters, case and accents aside, and its line."""
    words = [fold(word) for word in re.findall(r"\w+", mention.text)]
    if mention.kind in ("date", "time") or not words:
        return None
    if mention.kind == "amount" and isinstance(mention.value, Amount) and not mention.value.unit:
        spelled = [word for word, value in NUMBERS.items() if value == mention.value.number and len(word) > 2]
        pattern = "|".join([re.escape(mention.text), *map(re.escape, spelled)])
        pattern = rf"(?<!\w)(?:{fold(pattern)})(?!\w)"
    else:
        pattern = r"(?<!\w)" + r"\W+".join(map(re.escape, words)) + r"(?!\w)"
    for source in sources:
        for start, end in sentence_spans(source.text):
            if re.search(pattern, fold(source.text[start:end])):
                return source, source.text[start:end]
    return None


def _weekday_note(mention: Mention, language: Language) -> str | None:
    moment = mention.value
    if not isinstance(moment, Moment) or not moment.weekday_differs:
        return None
    return translate("drafting.weekday_differs", language, date=format_date(moment.date, language, weekday=True))


def _promises(text: str, sources: Sequence[Source], language: Language) -> tuple[Promise, ...]:
    promises = []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if not _PROMISE.search(sentence) or sentence.rstrip().endswith("?"):
            continue
        if PLACEHOLDER.search(sentence):
            continue
        rest = sentence
        for mention in sorted(find_mentions(sentence, language, _ANY_DAY), key=lambda one: -one.start):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
        wanted = set(content_stems(_PROMISE.sub(" ", rest), language)) or set(content_stems(rest, language))
        best: tuple[float, Source, str] | None = None
        for source in sources:
            for begin, stop in sentence_spans(source.text):
                line = source.text[begin:stop]
                share = len(wanted & set(content_stems(line, language))) / max(1, len(wanted))
                if share >= _PROMISED and (best is None or share > best[0]):
                    best = (share, source, line)
        promises.append(
            Promise(
                text=sentence,
                span=(start, end),
                source=best[1].name if best else None,
                quote=_short(best[2]) if best else None,
            )
        )
    return tuple(promises)


def _short(line: str) -> str:
    """Return a source's line, or its exact beginning where it is very long."""
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE].rsplit(" ", 1)[0]
