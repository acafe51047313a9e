"""The values of cells as people read them: dates, percentages, sums, numbers with a mask."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from assistai.language.typography import format_month

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_CODE = re.compile(r"\[\$?([^\]-]*)[^\]]*\]")
_MONTH = re.compile(r"m{3,4}[ .\-/]*y{2,4}", re.IGNORECASE)
_EXPONENT = re.compile(r"0(?:\.(0+))?E[+-]0+")
_LARGE, _SMALL = 1e15, 1e-9
"""From where, and below what, numbers are shown with an exponent."""

_DIGITS = 10
_SIGNIFICANT = 15
"""The digits of a number that Excel counts; what binary fractions add beyond them is no part of it."""

_WIDEST = Context(prec=1000, rounding=ROUND_HALF_UP)
_CURRENCIES = ("€", "$", "£", "CHF")


def shown(value: object, pattern: str | None) -> str:
    """Return a value as a reader of its sheet sees it, in French; `pattern` is its number format as in Excel."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, dt.date) and pattern and _MONTH.fullmatch(_plain(pattern)):
        return format_month(value, "fr")
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        hours, minutes = divmod(int(abs(value.total_seconds()) + 0.5) // 60, 60)
        return f"{'-' if value < dt.timedelta() else ''}{hours}:{minutes:02}"
    if isinstance(value, int | float):
        return _number(value, (pattern or "General").split(";")[0])
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))


def _number(value: float, pattern: str) -> str:
    if not math.isfinite(value):
        return str(value)
    pattern = _CODE.sub(r"\1", pattern)
    exact = Decimal(value) if isinstance(value, int) else _significant(Decimal(repr(value)), _SIGNIFICANT)
    currency = next((sign for sign in _CURRENCIES if sign in pattern), "")
    if exponent := _EXPONENT.fullmatch(pattern.strip()):
        decimals = len(exponent[1] or "")
        return f"{float(_significant(exact, decimals + 1)):.{decimals}E}".replace(".", ",")
    first = re.search("[0#]", _LITERAL.sub(lambda match: " " * len(match.group()), pattern))
    words = [match for match in _LITERAL.finditer(pattern) if any(map(str.isalpha, match[1] or ""))]
    before = [match[1].strip() for match in words if first and match.start() < first.start()]
    after = [match[1].strip() for match in words][len(before) :]
    digits = _LITERAL.sub(lambda match: " " if "".join(match.groups("")).isspace() else "", pattern).strip()
    if re.fullmatch(r"[0# ]+", digits) and ("00" in digits or " " in digits) and float(value).is_integer():
        return _masked(int(value), digits)
    if "%" in digits:
        exact *= 100
    whole = exact == exact.to_integral_value() or re.fullmatch(r"[#,0 ]*0 ?%?", digits)
    if places := re.search(r"\.(0+)", digits):
        text = f"{_rounded(exact, len(places[1])):,f}"
    elif abs(exact) >= _LARGE or 0 < abs(exact) < _SMALL:
        text = f"{float(exact):.{_DIGITS}g}".upper()
    elif whole:
        text = f"{_rounded(exact, 0):,f}"
    else:
        text = f"{_significant(exact, max(_DIGITS, len(f'{abs(exact):.0f}'))).normalize():,f}"
    text = text.replace(",", "\u202f" if "," in digits else "").replace(".", ",")
    unit = "%" if "%" in digits else "" if any(currency in match[1] for match in words) else currency
    return "\u00a0".join(filter(None, (*before, text, unit, *after)))


def _significant(value: Decimal, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(value)


def _rounded(value: Decimal, places: int) -> Decimal:
    """Return a number with so many decimals, a half rounded away from zero as Excel does."""
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDEST)


def _plain(pattern: str) -> str:
    """Return a pattern of dates without its language and the signs that stand for themselves."""
    pattern = re.sub(r"\[\$?[^\]]*\]", "", pattern.split(";")[0])
    return _LITERAL.sub(lambda match: match[2] or match[1] or "", pattern)


def _masked(value: int, mask: str) -> str:
    """Return a number whose digits fill a mask from the right: 145678901 in "0# ## ## ## ##" is 01 45 67 89 01."""
    left = list(str(abs(value)))
    shown = []
    for sign in reversed(mask):
        if sign == " ":
            shown.append(" ")
        elif left:
            shown.append(left.pop())
        elif sign == "0":
            shown.append("0")
    return ("-" if value < 0 else "") + "".join([*left, *reversed(shown)]).strip()
