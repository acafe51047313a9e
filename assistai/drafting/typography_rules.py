"""The linter's rules of typography: a pattern each, and what it should have been.

French after the Lexique des règles typographiques en usage à l'Imprimerie nationale, as `language.typography` writes it.
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistai.language.typography import NARROW, NO_BREAK

Fix = Callable[[re.Match[str], str], str]
"""From a match and the style's way of writing a time to the right text; the match's own text where nothing is wrong."""

_SP = "[ \u00a0\u202f\t]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_OE = {
    "coeur": "cœur",
    "oeuvre": "œuvre",
    "voeux": "vœux",
    "voeu": "vœu",
    "soeur": "sœur",
    "noeud": "nœud",
    "oeil": "œil",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it looks, and what it writes."""

    name: str
    pattern: re.Pattern[str]
    fix: Fix


def _to(text: str) -> Fix:
    return lambda match, _: match.expand(text)


def _time_fr(match: re.Match[str], style: str) -> str:
    hour, minute = int(match["h"]), match["m"]
    if ":" in style:
        return f"{hour:02d}:{minute or '00'}"
    gap = NO_BREAK if " " in style else ""
    return f"{hour}{gap}h" + (f"{gap}{minute}" if minute and minute != "00" else "")


def _time_en(match: re.Match[str], style: str) -> str:
    hour, minute = int(match["h"]), match["m"]
    half = (match["half"] or "").lower()[:1]
    if "m" not in style or (hour > 12 and half):
        return match.group()
    if half:
        afternoon = half == "p"
    else:
        afternoon, hour = hour >= 12, hour % 12 or 12
    mark = style[1] if style[1:2] in (".", ":") else "."
    minutes = f"{mark}{minute}" if minute and minute != "00" else ""
    return f"{hour}{minutes}{NO_BREAK}{'pm' if afternoon else 'am'}"


def _spaced_thousands(match: re.Match[str], _: str) -> str:
    return re.sub(r"[ \u00a0]", NARROW, match.group())


def _thousands(match: re.Match[str], _: str) -> str:
    return f"{int(Decimal(match.group())):,}".replace(",", NARROW)


def _case_of(found: str, right: str) -> str:
    if found.isupper():
        return right.upper()
    return right[0].upper() + right[1:] if found[0].isupper() else right


def _oe(match: re.Match[str], _: str) -> str:
    return _case_of(match.group(), _OE[match.group().lower()])


def _civility(match: re.Match[str], _: str) -> str:
    return {"mr": "M.", "mr.": "M.", "mme.": "Mme", "mlle": "Mme", "melle": "Mme", "mrs.": "Mme"}[match.group().lower()]


def _high_sign(match: re.Match[str], _: str) -> str:
    return f"{NARROW}{match['sign']}" if match["space"] not in (NARROW, NO_BREAK) else match.group()


def _colon(match: re.Match[str], _: str) -> str:
    return f"{NO_BREAK}:" if match["space"] not in (NARROW, NO_BREAK) else match.group()


RULES: tuple[Rule, ...] = tuple(
    Rule(name, re.compile(pattern, flags), fix)
    for name, pattern, flags, fix in (
        ("etc", r"\betc(?:\.{2,}|\.?\s?…)", 0, _to("etc.")),
        ("ellipsis", r"(?<!\.)\.{3,}", 0, _to("…")),
        ("repeated_sign", r"([!?])\1+", 0, _to(r"\1")),
        ("guillemets", r'(?<![\w"])"(?=\S)([^"\n«»]{1,300}?)(?<=\S)"(?![\w"])', 0, _to(f"«{NO_BREAK}\\1{NO_BREAK}»")),
        ("guillemets", r"“(?=\S)([^“”\n«»]{1,300}?)(?<=\S)”", 0, _to(f"«{NO_BREAK}\\1{NO_BREAK}»")),
        ("guillemets", r"«(?![\u00a0\u202f])[ \t]*(?=\S)", 0, _to(f"«{NO_BREAK}")),
        ("guillemets", r"(?<=\S)(?<![\u00a0\u202f ])[ \t]*»|(?<=[^\s\u00a0\u202f])[ \t]+»", 0, _to(f"{NO_BREAK}»")),
        (
            "high_signs",
            r"(?<=[^\s«(\[;!?:…])(?P<space>[ \u00a0\u202f\t]?)(?P<sign>[;!?])(?=[\s»)\];!?]|$)",
            0,
            _high_sign,
        ),
        ("high_signs", r"(?<=[^\s«(\[;!?:])(?P<space>[ \u00a0\u202f\t]?):(?=\s|$)", 0, _colon),
        ("apostrophe", r"(?<=\w)'(?=\w)", 0, _to("’")),
        ("space_before_comma", rf"(?<=[^\s.]){_SP}+(?=,|\.(?:\s|$))", 0, _to("")),
        ("time", rf"(?<![\w.,:])(?P<h>[01]?\d|2[0-3]){_SP}?[hH]{_SP}?(?P<m>[0-5]\d)(?![\w:])", 0, _time_fr),
        ("time", rf"(?<![\w.,:])(?P<h>[01]?\d|2[0-3]){_SP}?[hH](?!{_SP}?\d)(?P<m>)(?![\w:])", 0, _time_fr),
        ("time", r"(?<![\w.,:/-])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\w:])", 0, _time_fr),
        ("first_of_month", rf"(?<![\w.,/])0?1{_SP}(?=(?:{_MONTHS})\b)", 0, _to(f"1er{NO_BREAK}")),
        ("thousands", rf"(?<![\d.,/-])\d{{4,15}}(?={_SP}?(?:€|euros?\b))", 0, _thousands),
        (
            "thousands",
            r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)(?=[ \u00a0\u202f]?(?:€|euros?\b|%|[,.]|\s|$))",
            0,
            _spaced_thousands,
        ),
        ("unit_space", r"(?<=\d)(?: |)(?=[€%])", 0, _to(NO_BREAK)),
        ("unit_space", r"(?<=\d) (?=(?:euros?|km|kg|Mo|Go)\b)", 0, _to(NO_BREAK)),
        ("ordinals", r"\b1[èe]re(s?)\b", 0, _to(r"1re\1")),
        ("ordinals", r"\b(\d+)(?:[èeé]me|i[èe]me)(s?)\b", 0, _to(r"\1e\2")),
        ("civility", r"\bMr\.?(?= [A-ZÀ-Þ])|\bMme\.(?= [A-ZÀ-Þ])|\bMe?lle(?= [A-ZÀ-Þ])", 0, _civility),
        ("numero", r"\b([nN])°(?![\u00a0\u202f]) ?(?=\d)", 0, _to(f"\\1°{NO_BREAK}")),
        (
            "capital_accent",
            r"(?:(?<=^)|(?<=[.!?…] ))A(?= (?:l['’]|la |le |ce |cet |cette |compter |partir |noter|défaut |titre |ma |mon |notre |votre ))",
            re.MULTILINE,
            _to("À"),
        ),
        (
            "capital_accent",
            r"\bE(?=tat(?:s)?\b|cole|quipe|valuation|tudes?\b|lections?\b|changes?\b|nergie|conomie|v[éè]nement|tablissement|chéance|tape|dition|galité)",
            0,
            _to("É"),
        ),
        (
            "repeated_word",
            r"\b(le|la|les|de|des|du|un|une|et|à|au|aux|que|qui|je|il|elle|ce|cette|the|a|an|and|to|of|in|is|for)[ ]\1\b",
            re.IGNORECASE,
            _to(r"\1"),
        ),
        ("oe", rf"\b(?:{'|'.join(_OE)})\b", re.IGNORECASE, _oe),
        ("double_space", r"(?<=\S)(?: {2,}| *\t[ \t]*)(?=\S)", 0, _to(" ")),
        ("english_signs", r"(?<=\w)[ \u00a0\u202f]+([;:!?])(?=\s|$)", 0, _to(r"\1")),
        (
            "english_time",
            r"(?<![\w.,:/-])(?P<h>0?\d|1\d|2[0-3])[:.h](?P<m>[0-5]\d)\s?(?P<half>[ap])(?:m\b|\.\s?m\b\.?)(?!\w)",
            re.IGNORECASE,
            _time_en,
        ),
        (
            "english_time",
            r"(?<![\w.,:/-])(?P<h>[01]?\d|2[0-3])[:h](?P<m>[0-5]\d)(?P<half>)(?![\w:]|[ \u00a0]?[ap]\.?m)",
            0,
            _time_en,
        ),
        (
            "english_time",
            r"(?<![\w.,:/-])(?P<h>0?\d|1[0-2])(?P<m>) ?(?P<half>[ap])(?:m\b|\.\s?m\b\.?)(?!\w)",
            re.IGNORECASE,
            _time_en,
        ),
    )
)
"""In order of precedence: where two overlap, the first is the finding."""
