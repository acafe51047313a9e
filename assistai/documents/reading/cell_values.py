"""The values of cells as people read them: dates, percentages, sums, numbers with a mask."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from assistai.documents.reading.number_formats import NotUnderstood, show_number, show_text
from assistai.language.typography import format_month

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_MONTH = re.compile(r"m{3,4}[ .\-/]*y{2,4}", re.IGNORECASE)
_LARGE, _SMALL = 1e15, 1e-9
"""From where, and below what, numbers are shown with an exponent."""

_DIGITS = 10
_SIGNIFICANT = 15
"""The digits of a number that Excel counts; what binary fractions add beyond them is no part of it."""


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
        return _number(value, pattern or "General")
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))
    return show_text(text, pattern) if pattern else text


def _number(value: float, pattern: str) -> str:
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(value) if isinstance(value, int) else _significant(Decimal(repr(value)), _SIGNIFICANT)
    try:
        return show_number(exact, pattern, _general(abs(exact), _DIGITS))
    except NotUnderstood:
        return ("-" if exact < 0 else "") + _general(abs(exact), _SIGNIFICANT)


def _general(value: Decimal, digits: int) -> str:
    """Return a number as it is without a format, with so many significant digits; whole numbers have all theirs."""
    if value >= _LARGE or 0 < value < _SMALL:
        text = f"{float(value):.{digits}g}".upper()
    elif value == value.to_integral_value():
        text = f"{value:.0f}"
    else:
        text = f"{_significant(value, max(digits, len(f'{value:.0f}'))).normalize():f}"
    return text.replace(".", ",")


def _significant(value: Decimal, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(value)


def _plain(pattern: str) -> str:
    """Return a pattern of dates without its language and the signs that stand for themselves."""
    pattern = re.sub(r"\[\$?[^\]]*\]", "", pattern.split(";")[0])
    return _LITERAL.sub(lambda match: match[2] or match[1] or "", pattern)
