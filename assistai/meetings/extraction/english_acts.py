"""English acts: who is told, asked, promises or has to do what, in one readable sentence."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistai.language.verbs import Reading, english_base
from assistai.meetings.extraction.acts import ADDRESSEE, NOBODY, SPEAKER, Act, Kind
from assistai.meetings.extraction.predicates import (
    Predicate,
    english_predicate,
    is_talk_verb,
    is_task_verb,
    needs_more,
)
from assistai.meetings.people import Mention

_B = r"(?<![\w'-])"
_WILL = r"(?:'ll|\swill|\sshall|'m\sgoing\sto|\sam\sgoing\sto|'m\sgonna|\sam\sgonna|'m\sgoin(?:g)?\sto)"
_MUST = r"(?:\s(?:need|have|got|am\ssupposed|want)\s(?:to)|\s(?:gotta|must)|'ve\sgot\sto|'m\ssupposed\sto)"

_PATTERNS: tuple[tuple[re.Pattern[str], Kind, str, bool, bool], ...] = (
    # pattern, kind, doer, weak, explicit
    (re.compile(rf"{_B}i{_WILL}\s"), "commitment", SPEAKER, False, False),
    (re.compile(rf"{_B}i{_MUST}\s"), "commitment", SPEAKER, True, False),
    (re.compile(rf"{_B}i\scan\s(?!you)"), "offer", SPEAKER, False, False),
    (re.compile(rf"{_B}i\scould\s"), "offer", SPEAKER, True, False),
    (re.compile(rf"{_B}(?:i'?m\s|i\sam\s)?(?:happy|glad|willing)\sto\s"), "offer", SPEAKER, False, False),
    (re.compile(rf"{_B}let\sme\s"), "commitment", SPEAKER, True, False),
    (re.compile(rf"{_B}(?:i'm\splanning|i\splan|i\sintend|i\saim|i'm\sabout)\sto\s"), "commitment", SPEAKER, False, False),
    (re.compile(rf"{_B}(?:any\s(?:way|chance)\s(?:that\s)?you\s(?:can|could|might)|(?:could|can|may)\si\sask\syou\sto)\s"), "request", ADDRESSEE, False, False),
    (re.compile(rf"{_B}do\sme\sa\sfavou?r(?:\sand|,)?\s"), "request", ADDRESSEE, False, True),
    (re.compile(rf"{_B}i\spromise\s(?:to|i'?ll)\s"), "commitment", SPEAKER, False, True),
    (re.compile(rf"{_B}(?:can|could|would|will|won't|can't)\syou\s(?:guys\s|both\s|all\s)?(?!hear|see|believe)"), "request", ADDRESSEE, False, False),
    (re.compile(rf"{_B}(?:do|would)\syou\smind\s"), "request", ADDRESSEE, False, False),
    (re.compile(rf"{_B}(?:are|would)\syou\s(?:be\s)?able\sto\s"), "request", ADDRESSEE, False, False),
    (re.compile(rf"{_B}i(?:'d\slike|\swould\slike|\swant|\sneed|'d\swant)\syou\s(?:guys\s|all\s|both\s)?to\s"), "request", ADDRESSEE, False, True),
    (re.compile(rf"{_B}(?:i'm|i\sam|we're)\scounting\son\syou\sto\s"), "assignment", ADDRESSEE, False, True),
    (re.compile(rf"{_B}you(?:'ll|\swill|'re\sgoing\sto|'re\sgonna)\s"), "assignment", ADDRESSEE, True, False),
    (re.compile(rf"{_B}you\s(?:need\sto|have\sto|should|must|gotta)\s"), "request", ADDRESSEE, True, False),
    (re.compile(rf"(?:^|[.!?;,]\s|{_B}(?:so|and|then|but|okay|ok)\s)please\s(?:do\s|just\s)?"), "request", ADDRESSEE, False, True),
    (re.compile(rf"{_B}(?:don't\sforget|remember|be\ssure|make\ssure)\s(?:to|you)\s"), "request", ADDRESSEE, False, True),
    (re.compile(rf"{_B}(?:someone|somebody|one\sof\sus|one\sof\syou)(?:\swill)?\s(?:needs\sto|has\sto|should|must|ought\sto|to)\s"), "duty", NOBODY, False, False),
    (re.compile(rf"{_B}(?:can|could|will|would)\s(?:someone|somebody|anyone|anybody|one\sof\syou)\s"), "call", NOBODY, False, False),
    (re.compile(rf"{_B}who\s(?:can|could|will|wants\sto|would\slike\sto|is\sgoing\sto|'s\sgoing\sto)\s"), "call", NOBODY, False, False),
    (re.compile(rf"{_B}we\s(?:still\s|also\s|really\s|do\s)?(?:need\sto|have\sto|must|gotta)\s|{_B}we'?ve\s(?:still\s|also\s)?got\sto\s"), "duty", NOBODY, False, False),
    (re.compile(rf"{_B}we\sshould\s(?:also\s|really\s)?"), "duty", NOBODY, True, False),
    (re.compile(rf"{_B}we(?:'ll|\swill|'re\sgoing\sto|'re\sgonna|\sare\sgoing\sto)\s"), "duty", NOBODY, True, False),
    (re.compile(rf"{_B}(?:next\sstep|to[\s-]?do|todo|action(?:\sitem|\spoint)?s?)\s?(?:is\sto|are\sto|:|-|–|is)\s(?:to\s)?"), "duty", NOBODY, False, True),
)  # fmt: skip
_ITEM_FOR = r"(?:an?\s)?(?:action|task|todo|to-do)(?:\sitem|\spoint)?\s(?:is\s)?(?:for|on)\s(?P<who>NAME)\s?[:,–-]?\s(?:is\s)?(?:to\s)?"
_UNIT = re.compile(
    r"(?:^|[,.;]\s|\b(?:and|so|then)\s)(?P<who>(?:the\s|our\s)?(?:facilities|finance|legal|hr|marketing|procurement|reception|purchasing|payroll|"
    r"[a-z]+\s(?:team|department|office|desk|manager|supplier)))(?:\swill|'ll|\sis\sgoing\sto|\sare\sgoing\sto|\shas\sto|\sneeds\sto|\smust)\s"
)
_AFTER_NAME = re.compile(
    r"\s?(?P<link>'ll|will|to|is\sgoing\sto|'s\sgoing\sto|is\sgonna|'s\sgonna|are\sgoing\sto|has\sto|needs\sto|should|must|is\sto|"
    r"can|could|is\sresponsible\sfor|is\sin\scharge\sof|:)\s(?:please\s|also\s|then\s)?"
)
_PASSIVE = re.compile(
    rf"{_B}(?P<object>(?:the|this|that|our|your|a|an|all\sthe)\s[a-z][^,.;:!?]{{1,60}}?)\s"
    r"(?:(?:still\s)?(?:needs?|has|have)\sto\sbe|must\sbe|should\sbe|will\shave\sto\sbe)\s(?P<verb>[a-z]+)(?!\w)"
)
_IMPERATIVE = re.compile(
    r"(?:^|[.!?;]\s+)(?:(?:so|and|then|okay|ok|just|also|now|please)[\s,]+){0,3}(?P<verb>[a-z]+)(?=\s(?:me|us|him|her|them|the|a|an|your|our|this|that|these|those|it|all|everyone|everybody)\b)"
)


def english_acts(text: str, lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    """Yield the acts of a readable English sentence; `lower` is `text` in lower case, `people` who is named in it."""
    for pattern, kind, doer, weak, explicit in _PATTERNS:
        for match in pattern.finditer(lower):
            predicate = english_predicate(lower, match.end())
            if predicate is None:
                continue
            if match.group().rstrip().endswith("mind"):
                predicate = _gerund(predicate)
            if kind == "request" and "n't" in match.group():
                predicate = replace(predicate, negated=False)
            unsure = weak or (kind in ("commitment", "duty") and needs_more(predicate.deed, "en"))
            if kind == "assignment" and doer == ADDRESSEE:
                unsure = not is_task_verb(predicate.deed, "en")
            yield Act(kind, "en", doer, predicate, match.start(), predicate.end, weak=unsure, explicit=explicit)
    yield from _named_acts(text, lower, people)
    for match in _UNIT.finditer(lower):
        predicate = english_predicate(lower, match.end())
        if predicate and is_task_verb(predicate.deed, "en"):
            who = text[match.start("who") : match.end("who")]
            yield Act("assignment", "en", who, predicate, match.start("who"), predicate.end, explicit=True)
    yield from _imperatives(lower, people)
    for match in _PASSIVE.finditer(lower):
        base = english_base(match["verb"])
        if is_task_verb(base, "en"):
            predicate = Predicate((Reading(base, "infinitive"),), (), (), False, match.start("verb"), match.end())
            yield Act("duty", "en", NOBODY, predicate, match.start(), match.end(), object_span=match.span("object"))


def _gerund(predicate: Predicate) -> Predicate:
    return replace(predicate, verbs=(Reading(english_base(predicate.deed), "infinitive"),))


def _named_acts(text: str, lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    for mention in people:
        name = text[mention.start : mention.end]
        item = re.search(_ITEM_FOR.replace("NAME", re.escape(lower[mention.start : mention.end])), lower)
        after = _AFTER_NAME.match(lower, mention.end)
        caused = re.search(
            r"(?:let's|we'll|i'll|can we|could we|we should) (?:have|get|ask)\s$", lower[: mention.start]
        )
        if caused and (
            predicate := english_predicate(lower, mention.end + (3 if lower.startswith(" to", mention.end) else 0))
        ):
            if is_task_verb(predicate.deed, "en"):
                yield Act("assignment", "en", name, predicate, mention.start, predicate.end, explicit=True)
            continue
        if item and item.start("who") == mention.start:
            start, position, sure, kind = item.start(), item.end(), True, "assignment"
        elif after and not re.search(r"\b(?:for|with|from|by|of|about|to|than)\s$", lower[: mention.start]):
            link = after["link"]
            start, position, sure = mention.start, after.end(), link in ("to", ":", "'ll", "will")
            kind = "request" if link in ("can", "could") else "assignment"
        else:
            continue
        predicate = english_predicate(lower, position)
        if predicate is None:
            continue
        if after and after["link"].endswith((" for", " of")):
            predicate = _gerund(predicate)
        if is_task_verb(predicate.deed, "en") or (sure and not is_talk_verb(predicate.deed, "en")):
            yield Act(kind, "en", name, predicate, start, predicate.end, explicit=sure)  # type: ignore[arg-type]


def _imperatives(lower: str, people: Sequence[Mention]) -> Iterator[Act]:
    starts = {match.start("verb") for match in _IMPERATIVE.finditer(lower)}
    starts |= {
        after.end() for mention in people if (after := re.compile(r"\s?,\s?(?:please\s)?").match(lower, mention.end))
    }
    for at in sorted(starts):
        predicate = english_predicate(lower, at)
        if predicate and predicate.start == at and is_task_verb(predicate.deed, "en") and predicate.deed != "look":
            yield Act("request", "en", ADDRESSEE, predicate, at, predicate.end, explicit=True)
