"""Numbers as a number format of a sheet shows them (ECMA-376 part 1, 18.8.31), written in French.

A format has up to four sections: positive; negative; zero; text. Two of them may have conditions ("[>=1000]").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

_SECTION = re.compile(r'((?:"[^"]*"|\\.|[_*].|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)
_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<colour>(?i:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+))\]"
    r"|\[(?P<condition>(?:<=|>=|<>|<|>|=)-?\d+(?:\.\d+)?)\]|(?P<general>(?i:general))|(?P<exponent>E[+-])"
    r"|(?P<digit>[0#?])|(?P<sign>[.,%@])|(?P<plain>CHF|[-$€£¥+():!^&'~{}<>= \u00a0\u202f])|(?P<unknown>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"([<>=]+)(.+)")
_COMPARED = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1), "=": (0,), "<>": (-1, 1)}
_UNIT = re.compile(r"CHF|[€$£%]")
_UNIT_BEFORE = re.compile(r"([-+(]?)\s*(CHF|[€$£])\s*([-+(]?)\s*")
_WIDEST = Context(prec=1000, rounding=ROUND_HALF_UP)
_MOST_SECTIONS = 4
_LONGEST = 255
_GROUP = 3
_SEPARATOR = "\u202f"


class _Token(NamedTuple):
    kind: str
    text: str


class NotUnderstood(Exception):
    """A format that cannot be followed: the value is to be shown as it is."""


def show_number(value: Decimal, pattern: str, general: str) -> str:
    """Return a number as its format shows it; `general` is how it reads without its sign where none is set.

    Raises NotUnderstood where the format has fractions, parts of dates or anything else than numbers are made of.
    """
    sections = _sections(pattern)
    if _is_text(sections):
        sections = sections[:-1] or ((_Token("general", ""),),)
    section, signed = _chosen(sections, value)
    text = _shown(section, abs(value), general)
    coloured = any(token.kind == "colour" for token in section) and not re.search("[-(]", _literals(section))
    if value < 0 and (signed or coloured) and re.search(r"[1-9]|^\D+$", text):
        text = f"-{text}"
    return text


def show_text(text: str, pattern: str) -> str:
    """Return a text as the format of its cell shows it: nothing of it where its section is empty."""
    sections = _sections(pattern)
    if not _is_text(sections) or any(token.kind in ("general", "digit", "unknown") for token in sections[-1]):
        return text
    return "".join(text if token == ("sign", "@") else _literals([token]) for token in sections[-1]).strip(" ")


@lru_cache(maxsize=1024)
def _sections(pattern: str) -> tuple[tuple[_Token, ...], ...]:
    """Return the sections of a format, none where it is longer than any of Excel's."""
    if len(pattern) > _LONGEST:
        return ()
    parts = _SECTION.findall(pattern)
    if parts and not parts[-1] and not pattern.endswith(";"):
        parts.pop()
    return tuple(
        tuple(_Token(str(found.lastgroup), found[str(found.lastgroup)]) for found in _TOKEN.finditer(part))
        for part in parts
    )


def _is_text(sections: Sequence[Sequence[_Token]]) -> bool:
    """Tell whether the last section is the one of texts: the fourth, or one that says where the text stands."""
    return len(sections) == _MOST_SECTIONS or (0 < len(sections) < _MOST_SECTIONS and ("sign", "@") in sections[-1])


def _chosen(sections: Sequence[Sequence[_Token]], value: Decimal) -> tuple[Sequence[_Token], bool]:
    """Return the section that a number is shown by, and whether its minus has to be added.

    It has not where the section is only for negative numbers: it then shows the sign in its own way.
    """
    if not 0 < len(sections) < _MOST_SECTIONS:
        raise NotUnderstood
    conditions = [next((t.text for t in section if t.kind == "condition"), None) for section in sections]
    first, second = conditions[0], conditions[1] if len(sections) > 1 else None
    if first is None and second is None:
        if value < 0 and len(sections) > 1:
            return sections[1], False
        return sections[2 if value == 0 and len(sections) > 2 else 0], True
    implied = ">0" if len(sections) > 2 or second else ">=0"
    if _holds(first or implied, value):
        return sections[0], not _only_negative(first or implied)
    if len(sections) == 2 and second is None:
        return sections[1], not _rest_negative(first or implied)
    if len(sections) > 1 and _holds(second or "<0", value):
        return sections[1], not _only_negative(second or "<0")
    if len(sections) > 2:
        return sections[2], True
    raise NotUnderstood


def _condition(text: str) -> tuple[str, Decimal]:
    found = _CONDITION.fullmatch(text)
    if not found or found[1] not in _COMPARED:
        raise NotUnderstood
    return found[1], Decimal(found[2])


def _holds(condition: str, value: Decimal) -> bool:
    sign, limit = _condition(condition)
    return (value > limit) - (value < limit) in _COMPARED[sign]


def _only_negative(condition: str) -> bool:
    sign, limit = _condition(condition)
    return sign in ("<", "<=") and limit <= 0


def _rest_negative(condition: str) -> bool:
    sign, limit = _condition(condition)
    return sign in (">", ">=") and limit <= 0


def _literals(tokens: Sequence[_Token]) -> str:
    kinds = ("text", "escaped", "currency", "plain")
    return "".join(
        token.text if token.kind in kinds or token.text == "%" else " " * (token.kind == "space") for token in tokens
    )


def _shown(section: Sequence[_Token], value: Decimal, general: str) -> str:
    if any(token.kind == "unknown" or token == ("sign", "@") for token in section):
        raise NotUnderstood
    value *= 100 ** section.count(_Token("sign", "%"))
    at = [number for number, token in enumerate(section) if token.kind in ("digit", "general")]
    if not at:
        if any(token.kind == "exponent" or token.text in (".", ",") for token in section if token.kind != "text"):
            raise NotUnderstood
        return _spaced(_literals(section))
    first, last = at[0], at[-1] + 1
    while last < len(section) and section[last] in (("sign", ","), ("sign", ".")):
        last += 1
    if first and section[first - 1] == ("sign", "."):
        first -= 1
    if any(token.kind == "sign" and token.text != "%" for token in (*section[:first], *section[last:])):
        raise NotUnderstood
    core = section[first:last]
    if any(token.kind == "general" for token in core):
        if len(core) > 1 or ("sign", "%") in section:
            raise NotUnderstood
        number = general
    elif any(token.kind == "exponent" for token in core):
        number = _with_exponent(value, core)
    else:
        number = _with_digits(value, core)
    return _joined(_literals(section[:first]), number, _literals(section[last:]))


def _joined(before: str, number: str, after: str) -> str:
    """Return a number between its words; a currency stands behind it, as in French."""
    if unit := _UNIT_BEFORE.fullmatch(before):
        before, after = unit[1] or unit[3], f"\u00a0{unit[2]}{after}"
    elif _UNIT.match(after):
        after = f"\u00a0{after}"
    before, after = _spaced(before, right=True), _spaced(after, left=True)
    return f"{before}{number}{after}".strip(" \u00a0")


def _spaced(text: str, *, left: bool = False, right: bool = False) -> str:
    """Return words with single spaces, and one that does not break beside a number."""
    words = " ".join(text.split())
    return f"{chr(160) * (left and text[:1].isspace())}{words}{chr(160) * (right and text[-1:].isspace())}"


def _with_exponent(value: Decimal, core: Sequence[_Token]) -> str:
    found = re.fullmatch(r"0(?:\.(0+))?E([+-])(0+)", "".join(token.text for token in core))
    if not found or any(token.kind not in ("digit", "sign", "exponent") for token in core):
        raise NotUnderstood
    places = len(found[1] or "")
    rounded = Context(prec=places + 1, rounding=ROUND_HALF_UP).create_decimal(value)
    power = rounded.adjusted() if rounded else 0
    sign = "-" if power < 0 else "+" * (found[2] == "+")
    mantissa = f"{rounded.scaleb(-power):.{places}f}".replace(".", ",")
    return f"{mantissa}E{sign}{abs(power):0{len(found[3])}}"


def _with_digits(value: Decimal, core: Sequence[_Token]) -> str:
    """Return the digits of a number in the places of its format; commas behind the last divide by a thousand each."""
    if core.count(_Token("sign", ".")) > 1 or any(token.text == "%" for token in core if token.kind == "sign"):
        raise NotUnderstood
    point = core.index(_Token("sign", ".")) if ("sign", ".") in core else len(core)
    whole, decimals = list(core[:point]), list(core[point + 1 :])
    scale = 0
    for part in (whole, decimals):
        while part and part[-1] == ("sign", ","):
            part.pop()
            scale += 1
    grouped = ("sign", ",") in whole
    if ("sign", ",") in decimals or (grouped and whole[0].text == ","):
        raise NotUnderstood
    places = [token.text for token in decimals if token.kind == "digit"]
    rounded = value.scaleb(-3 * scale, context=_WIDEST).quantize(Decimal(1).scaleb(-len(places)), context=_WIDEST)
    digits, _, fraction = f"{rounded:f}".partition(".")
    left = "".join(_filled_from_right(whole, digits.lstrip("0"), grouped)).strip()
    right = "".join(_filled_from_left(decimals, fraction)).rstrip()
    if not right:
        return left
    return f"{left or '0'},{right}"


def _filled_from_right(places: Sequence[_Token], digits: str, grouped: bool) -> Sequence[str]:
    left, done, written = list(digits), 0, []
    first = next((number for number, token in enumerate(places) if token.kind == "digit"), 0)
    for number in range(len(places) - 1, -1, -1):
        token = places[number]
        if token.kind != "digit":
            written.append(_literals([token]) if left or _needed(places[:number]) else "")
            continue
        taken = [left.pop()] if left else ["0"] if token.text == "0" else []
        if number == first:
            taken += reversed(left)
            left = []
        for digit in taken:
            written.append(digit + (_SEPARATOR if grouped and done and done % _GROUP == 0 else ""))
            done += 1
    return written[::-1]


def _needed(places: Sequence[_Token]) -> bool:
    return ("digit", "0") in places


def _filled_from_left(places: Sequence[_Token], digits: str) -> Iterator[str]:
    """Yield the decimals; zeros at the end stand only in places that ask for them ("0")."""
    asked = [token.text for token in places if token.kind == "digit"]
    least = max((number + 1 for number, sign in enumerate(asked) if sign == "0"), default=0)
    kept = max(least, len(digits.rstrip("0")))
    number = 0
    for token in places:
        if token.kind != "digit":
            yield _literals([token])
        elif number < kept:
            yield digits[number]
            number += 1
