"""The values of cells as people read them: dates, percentages, sums, numbers with a mask."""

from __future__ import annotations

import datetime as dt
import re

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_CODE = re.compile(r"\[\$?([^\]-]*)[^\]]*\]")
_CURRENCIES = ("€", "$", "£", "CHF")


def shown(value: object, pattern: str | None) -> str:
    """Return a value as a reader of its sheet sees it, in French; `pattern` is its number format as in Excel."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
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
    digits = _LITERAL.sub(lambda match: " " if "".join(match.groups("")).isspace() else "", pattern).strip()
    if re.fullmatch(r"[0# ]+", digits) and ("00" in digits or " " in digits) and float(value).is_integer():
        return _masked(int(value), digits)
    if "%" in digits:
        value *= 100
    whole = float(value).is_integer() or re.fullmatch(r"[#,0 ]*0 ?%?", digits)
    if decimals := re.search(r"\.(0+)", digits):
        text = f"{value:,.{len(decimals[1])}f}"
    elif abs(value) >= 1e15:
        text = f"{value:.10g}"
    else:
        text = f"{value:,.0f}" if whole else f"{value:,.10g}"
    text = text.replace(",", "\u202f" if "," in digits else "").replace(".", ",")
    return text + ("\u00a0%" if "%" in digits else f"\u00a0{currency}" if currency else "")


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
