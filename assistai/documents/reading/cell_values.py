"""The values of cells as people read them: dates, percentages, sums, numbers with a mask."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from assistai.language.typography import format_month

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_CODE = re.compile(r"\[\$?([^\]-]*)[^\]]*\]")
_MONTH = re.compile(r"m{3,4}[ .\-/]*y{2,4}", re.IGNORECASE)
_EXPONENT = re.compile(r"0(?:\.(0+))?E[+-]0+")
_LARGE, _SMALL = 1e15, 1e-9
"""From where, and below what, numbers are shown with an exponent."""

_DIGITS = 10
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
        hours, minutes = divmod(round(value.total_seconds() / 60), 60)
        return f"{hours}:{minutes:02}"
    if isinstance(value, int | float):
        return _number(value, (pattern or "General").split(";")[0])
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))


def _number(value: float, pattern: str) -> str:
    pattern = _CODE.sub(r"\1", pattern)
    currency = next((sign for sign in _CURRENCIES if sign in pattern), "")
    if exponent := _EXPONENT.fullmatch(pattern.strip()):
        return f"{value:.{len(exponent[1] or '')}E}".replace(".", ",")
    first = re.search("[0#]", _LITERAL.sub(lambda match: " " * len(match.group()), pattern))
    words = [match for match in _LITERAL.finditer(pattern) if any(map(str.isalpha, match[1] or ""))]
    before = [match[1].strip() for match in words if first and match.start() < first.start()]
    after = [match[1].strip() for match in words][len(before) :]
    digits = _LITERAL.sub(lambda match: " " if "".join(match.groups("")).isspace() else "", pattern).strip()
    if re.fullmatch(r"[0# ]+", digits) and ("00" in digits or " " in digits) and float(value).is_integer():
        return _masked(int(value), digits)
    if "%" in digits:
        value *= 100
    whole = float(value).is_integer() or re.fullmatch(r"[#,0 ]*0 ?%?", digits)
    if decimals := re.search(r"\.(0+)", digits):
        text = f"{value:,.{len(decimals[1])}f}"
    elif abs(value) >= _LARGE or 0 < abs(value) < _SMALL:
        text = f"{value:.{_DIGITS}g}".upper()
    else:
        precision = max(_DIGITS, len(f"{abs(value):.0f}"))
        text = f"{value:,.0f}" if whole else f"{Decimal(f'{value:.{precision}g}'):,f}"
    text = text.replace(",", "\u202f" if "," in digits else "").replace(".", ",")
    unit = "%" if "%" in digits else "" if any(currency in match[1] for match in words) else currency
    return "\u00a0".join(filter(None, (*before, text, unit, *after)))


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
