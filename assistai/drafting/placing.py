"""What of a brief is not in the draft: the net under the composer and under every model.

A line of the brief counts as placed where each of its facts (digits, dates, times, names, references) and most of its
words are in subject, body or recipients. Anything else is listed, in its own words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from assistai.drafting.mentions import Mention, find_mentions, same
from assistai.language.words import content_stems, fold
from assistai.records import Language

_DIGITS = re.compile(r"\d+")
_MOST = 0.5
_LABEL = re.compile(r"^\s*(?:[-–—•*·]\s+)?(?P<label>[^\W\d_][^:\n]{0,45}?)(?<!\d)\s*:(?!//)\s*(?P<value>.*)$")
_SAYING = """
    dire indiquer préciser signaler annoncer informer prévenir rappeler demander proposer confirmer excuser joindre
    souhaiter remercier relancer inviter convier convoquer écrire répondre féliciter refuser accepter exiger insister
    penser prière
    say tell inform mention explain announce remind ask confirm apologise apologize propose suggest offer attach enclose
    thank congratulate wish request invite reply write please kindly rdv asap svp mail email
"""
_ORDERS = frozenset("ton tone langue language tutoiement vouvoiement degre degree niveau level style".split())


def unplaced(
    brief: str, written: str, language: Language, base: dt.date | None, *, implied: str = ""
) -> tuple[str, ...]:
    """Return the lines of a brief of which something is missing in `written` (subject, body and recipients).

    The words of `implied` need not be written: they name the kind and its fields.
    """
    facts = find_mentions(written, language, base)
    stems = set(content_stems(f"{written} {implied} {_SAYING}", language))
    digits = _digit_groups(written)
    folded = fold(written)
    missing: list[str] = []
    for raw in brief.split("\n"):
        line = re.sub(r"^\s*(?:[-–—•*·]\s+|#{1,6}\s+|\d{1,2}[.)]\s+)", "", raw).strip()
        labelled = _LABEL.match(line)
        label = fold(labelled["label"]).strip() if labelled else ""
        value = labelled["value"].strip() if labelled and len(label.split()) <= 4 else line
        if not value or (set(re.split(r"\W+", label)) & _ORDERS and not find_mentions(value, language, base)):
            continue
        if not _stands(value, language, base, facts, stems, digits, folded):
            missing.append(line)
    return tuple(dict.fromkeys(missing))


def _stands(
    value: str,
    language: Language,
    base: dt.date | None,
    facts: Iterable[Mention],
    stems: set[str],
    digits: set[str],
    folded: str,
) -> bool:
    mentions = find_mentions(value, language, base)
    rest = value
    for mention in sorted(mentions, key=lambda one: -one.start):
        if mention.kind == "name":
            if not all(
                re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", folded) for word in re.findall(r"\w+", mention.text)
            ):
                return False
        elif not any(same(mention, fact) for fact in facts) and fold(mention.text) not in folded:
            return False
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    if not _digit_groups(rest) <= digits:
        return False
    wanted = content_stems(rest, language)
    there = sum(stem in stems for stem in wanted)
    return not wanted or there >= _MOST * len(wanted)


def _digit_groups(text: str) -> set[str]:
    return {group.lstrip("0") or "0" for group in _DIGITS.findall(re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", text))}
