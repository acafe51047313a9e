"""English deadlines, in plain letters: what is not due, and the rules in order of precedence."""

# A table of phrases reads best a phrase a line.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re

from assistai.language.dates import rules as r
from assistai.language.dates.calendar import easter, week_end
from assistai.language.dates.expressions import Meaning, Resolver, Rule
from assistai.language.dates.numbers import NUMBERS, ORDINALS, alternatives, number

WEEKDAYS = {
    name: day
    for day, names in enumerate(
        "monday|mon tuesday|tues|tue wednesday|weds|wed thursday|thurs|thur|thu friday|fri saturday sunday".split()
    )
    for name in names.split("|")
}
MONTHS = {
    name: month
    for month, names in enumerate(
        "january|jan february|feb march april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec".split(),
        1,
    )
    for name in names.split("|")
}
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_N = rf"\d{{1,3}}|{alternatives(NUMBERS)}"
_NTH = rf"\d{{1,2}}(?:st|nd|rd|th)|{alternatives(ORDINALS)}"
_TIME = r"(?:,?\s+(?:at\s+)?(?:noon|midday|\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|o'clock)|morning|afternoon|evening|night|eob|cob|close of business|end of (?:the\s+)?day))?"
_BEFORE = (
    r"(?:(?:no later than|not later than|at the latest by|by|before|until|till|on|for|due|around|within|in time for|"
    r"latest)\s+)?(?:(?:the|this|cob|eob|eod|close of business|end of day|close of play)\s+)*(?:(?:on|by)\s+)?"
)
_AFTER = r"(?:\s+(?:at the latest|latest|tops|at most))?"


def _rule(pattern: str, resolve: Resolver) -> Rule:
    return Rule(re.compile(rf"(?<![\w'-])(?:{_BEFORE})(?:{pattern}){_AFTER}(?![\w'])"), resolve)


def _exact(pattern: str, resolve: Resolver) -> Rule:
    return Rule(re.compile(rf"(?<![\w'-])(?:{pattern}){_AFTER}(?![\w'])"), resolve)


NOT_DUE = re.compile(
    rf"(?<![\w'-])(?:{_N}|few|several|some)\s+\w+\s+ago(?!\w)"
    rf"|(?<!\w)(?:last|past|previous)\s+(?:{_DAY}|week|month|year|quarter|night|time|summer|winter|spring)(?!\w)"
    rf"|(?<!\w)(?:since|ever since)\s+(?:last\s+)?(?:{_DAY}|{_MONTH}|\w+)(?!\w)"
    rf"|(?<!\w)(?:every|each|all|most)\s+(?:{_N}\s+|other\s+|single\s+)?(?:{_DAY}|day|week|month|quarter|year|morning|evening)s?(?!\w)"
    rf"|(?<!\w)(?:on\s+)?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)(?!\w)"
    rf"|(?<!\w)(?:for|over|during)\s+(?:the\s+)?(?:last\s+|past\s+|next\s+)?(?:{_N})\s+(?:days?|weeks?|months?|hours?|years?)(?!\w)"
    rf"|(?<!\w)(?:yesterday|the day before|earlier this week)(?:\s+(?:morning|afternoon|evening))?(?!\w)"
    rf"|(?<!\w)(?:may|march)\s+(?:be|have|not|also|on|need|well|i|we|want|get|go)(?!\w)"
)


def _explicit(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    day, month, year = number(m["day"]), MONTHS[m["month"].rstrip(".")], m["year"]
    if day is None or not 1 <= day <= 31:
        return None
    spoken = WEEKDAYS[m["weekday"]] if m["weekday"] else None
    if not year:
        return r.day_and_month(base, day, month, spoken)
    full = r.full_date(int(year), month, day)
    wrong = full.date and spoken is not None and full.date.weekday() != spoken
    return Meaning(full.date, 0.6) if wrong else full


def _slashed(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    first, second, year = int(m["day"]), int(m["month"]), m["year"]
    if first <= 12 and second <= 31:
        month, day, sure = first, second, second > 12 or first == second
    elif second <= 12 and first <= 31:
        month, day, sure = second, first, True
    else:
        return None
    meaning = r.full_date(int(year), month, day) if year else r.day_and_month(base, day, month)
    return meaning if sure or meaning.date is None else Meaning(meaning.date, 0.5)


def _iso(m: re.Match[str], base: dt.date | None) -> Meaning:
    return r.full_date(int(m["year"]), int(m["month"]), int(m["day"]))


def _next(m: re.Match[str], base: dt.date | None) -> Meaning:
    day = WEEKDAYS[m["weekday"]]
    if base is None:
        return r.NO_DATE
    later_this_week = day > base.weekday()
    return r.weekday_of_week(base, day, 1, 0.6 if later_this_week else 0.9)


def _after(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    count = number(m["n"])
    if count is None:
        return r.VAGUE
    unit = m["unit"]
    if unit.startswith("day"):
        return r.working_days(base, count) if m["open"] else r.days(base, count)
    if unit.startswith("hour"):
        return r.days(base, -(-count // 24), 0.85)
    if unit.startswith("week"):
        return r.days(base, 7 * count)
    if unit.startswith("fortnight"):
        return r.days(base, 14 * count)
    return r.months(base, 12 * count if unit.startswith("year") else count)


def _month_part(m: re.Match[str], base: dt.date | None) -> Meaning:
    part = {"e": "early", "b": "early", "s": "early", "m": "mid"}.get(m["part"][0], "late")
    if m["part"].startswith("end"):
        part = "late"
    return r.part_of_month(base, MONTHS[m["month"]], int(m["year"]) if m["year"] else None, part)


def _half(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    which = {"first": 1, "second": 2}.get(m["n"]) or number(m["n"])
    return r.quarter(base, 2 * which, int(m["year"]) if m["year"] else None) if which in (1, 2) else None


def _quarter(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    which = number(m["n"])
    return r.quarter(base, which, int(m["year"]) if m["year"] else None) if which and 1 <= which <= 4 else None


def _week_of(m: re.Match[str], base: dt.date | None) -> Meaning:
    day, month = number(m["day"]) or 0, m["month"] or m["after"]
    first = r.day_and_month(base, day, MONTHS[month]) if month else r.day_of_month(base, day)
    return Meaning(week_end(first.date), 0.75) if first.date else first


def _feast(m: re.Match[str], base: dt.date | None) -> Meaning:
    if base is None:
        return r.NO_DATE
    if m["feast"].startswith(("christmas", "xmas")):
        return r.day_and_month(base, 25, 12)
    if m["feast"].startswith("new year"):
        return r.day_and_month(base, 1, 1)
    date = easter(base.year)
    return Meaning(date if date >= base else easter(base.year + 1), 0.85)


_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_D = rf"(?P<weekday>{_DAY})"

RULES: tuple[Rule, ...] = (
    _exact(
        rf"(?:(?:in|by|during|for)\s+)?the\s+week\s+(?:of|starting|beginning)\s+(?:the\s+)?(?:(?P<month>{_MONTH})\s+)?(?P<day>{_NTH}|\d{{1,2}})(?:\s+(?:of\s+)?(?P<after>{_MONTH}))?",
        _week_of,
    ),
    _exact(
        rf"(?P<n>{_N})\s+(?P<open>business\s+|working\s+)?(?P<unit>days?|weeks?|months?)\s+from\s+(?:now|today)", _after
    ),
    _rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    _rule(
        rf"(?:{_D},?\s+)?(?:the\s+)?(?P<day>{_NTH}|\d{{1,2}})\s+(?:of\s+)?(?P<month>{_MONTH})\.?{_YEAR}{_TIME}",
        _explicit,
    ),
    _rule(
        rf"(?:{_D},?\s+)?(?P<month>{_MONTH})\.?\s+(?:the\s+)?(?P<day>{_NTH}|\d{{1,2}}(?!\d)){_YEAR}{_TIME}", _explicit
    ),
    _rule(r"(?P<day>\d\d?)/(?P<month>\d\d?)(?:/(?P<year>(?:20)?\d\d))?(?![/.]?\d)", _slashed),
    _rule(
        rf"(?:a\s+)?week\s+(?:on\s+|from\s+)?(?:this\s+|next\s+)?{_D}{_TIME}",
        lambda m, b: r.weekday(b, WEEKDAYS[m["weekday"]], weeks=1),
    ),
    _rule(rf"{_D}\s+week(?!\w)", lambda m, b: r.weekday(b, WEEKDAYS[m["weekday"]], weeks=1)),
    _rule(
        rf"{_D}\s+(?:of\s+)?next\s+week{_TIME}|next\s+week\s+(?:on\s+)?(?P<later>{_DAY})",
        lambda m, b: r.weekday_of_week(b, WEEKDAYS[m["weekday"] or m["later"]], 1),
    ),
    _rule(rf"{_D}\s+(?:of\s+)?this\s+week{_TIME}", lambda m, b: r.weekday_of_week(b, WEEKDAYS[m["weekday"]], 0)),
    _rule(rf"next\s+{_D}{_TIME}", _next),
    _rule(rf"(?:this\s+)?(?:coming\s+|upcoming\s+){_D}{_TIME}", lambda m, b: r.weekday(b, WEEKDAYS[m["weekday"]])),
    _rule(rf"{_D},?\s+(?:the\s+)?(?P<day>{_NTH}){_TIME}", lambda m, b: r.day_of_month(b, number(m["day"]) or 0)),
    _rule(rf"day after tomorrow{_TIME}", lambda m, b: r.days(b, 2, 0.95)),
    _rule(rf"(?:first thing\s+)?tomorrow{_TIME}", lambda m, b: r.days(b, 1, 0.95)),
    _exact(
        r"(?:by|before|at)?\s*(?:the\s+)?(?:end of (?:the\s+|this\s+)?day|eod|cob|eob|close of (?:business|play))(?!\s+(?:tomorrow|monday|tuesday|wednesday|thursday|friday))|(?:tonight|this (?:morning|afternoon|evening)|later today|right away|immediately|straight away|right now)(?:\s+today)?|(?:by |before )?today|by (?:noon|lunch|lunchtime)",
        lambda m, b: r.days(b, 0, 0.9),
    ),
    _rule(
        r"(?:the\s+)?end of (?:the\s+)?next week|(?:the\s+)?end of (?:the\s+)?week after next",
        lambda m, b: r.end_of_week(b, 2 if "after next" in m.group() else 1),
    ),
    _rule(r"(?:early|beginning of|start of)\s+(?:the\s+)?next week", lambda m, b: r.weekday_of_week(b, 1, 1, 0.7)),
    _rule(r"(?:the\s+)?(?:end of (?:the\s+|this\s+)?week|week's end|weekend|eow)", lambda m, b: r.end_of_week(b)),
    _exact(
        r"(?:by|before|in|during|sometime|for)?\s*(?:the\s+)?week after next", lambda m, b: r.end_of_week(b, 2, 0.75)
    ),
    _exact(
        r"(?:by|before|in|during|sometime|for)?\s*(?:the\s+)?(?:next|following) week",
        lambda m, b: r.end_of_week(b, 1, 0.75),
    ),
    _exact(r"(?:by|in|during|later|sometime)?\s*this week", lambda m, b: r.end_of_week(b, 0, 0.8)),
    _exact(
        rf"(?:within|in|inside)\s+(?:the\s+)?(?:next\s+|about\s+|around\s+)?(?P<n>{_N})\s+(?P<open>business\s+|working\s+|week)?(?P<unit>days?|hours?|weeks?|months?|years?|fortnights?)(?:'s?)?(?:\s+time)?",
        _after,
    ),
    _exact(
        r"(?:within|in)\s+(?:the\s+)?(?:next\s+)?(?:a\s+)?(?:few|several|some|couple)\s+(?:days|weeks|months)",
        lambda m, b: r.VAGUE,
    ),
    _rule(
        rf"(?P<part>(?:the\s+)?end of(?:\s+the month of)?|late|end)\s+(?P<month>{_MONTH}){_YEAR}",
        lambda m, b: r.part_of_month(b, MONTHS[m["month"]], int(m["year"]) if m["year"] else None, "late"),
    ),
    _rule(
        rf"(?:the\s+)?(?P<part>mid|middle of|early|beginning of|start of)[\s-]+(?P<month>{_MONTH}){_YEAR}", _month_part
    ),
    _rule(r"(?:the\s+)?end of (?:the\s+)?next month|next month end", lambda m, b: r.end_of_month(b, 1)),
    _rule(
        r"(?:the\s+)?(?:end of (?:the\s+|this\s+)?month|month[- ]end|month's end|eom)", lambda m, b: r.end_of_month(b)
    ),
    _exact(r"(?:by|before|in|during|sometime)?\s*next month", lambda m, b: r.end_of_month(b, 1)),
    _exact(r"(?:by|in|during|later|sometime)?\s*this month", lambda m, b: r.end_of_month(b)),
    _rule(rf"(?:the\s+)?(?:end of\s+)?q\s?(?P<n>[1-4]){_YEAR}", _quarter),
    _rule(
        rf"(?:the\s+)?(?:end of\s+)?(?:the\s+)?(?P<n>first|second|third|fourth)\s+quarter(?:\s+of)?{_YEAR}", _quarter
    ),
    _rule(rf"(?:the\s+)?(?:end of\s+)?(?:h(?P<n>[12])){_YEAR}", _half),
    _rule(rf"(?:the\s+)?(?:end of\s+)?(?:the\s+)?(?P<n>first|second)\s+half(?:\s+of)?(?:\s+the year)?{_YEAR}", _half),
    _rule(r"(?:the\s+)?(?:end of )?(?:the\s+)?next quarter", lambda m, b: r.current_quarter(b, 1)),
    _rule(
        r"(?:the\s+)?(?:end of (?:the\s+|this\s+)?quarter|quarter[- ]end|this quarter|eoq)",
        lambda m, b: r.current_quarter(b),
    ),
    _rule(r"(?:the\s+)?end of (?:the\s+)?next year", lambda m, b: r.end_of_year(b, 1)),
    _rule(r"(?:the\s+)?(?:end of (?:the\s+|this\s+)?year|year[- ]end|eoy)|this year", lambda m, b: r.end_of_year(b)),
    _exact(r"(?:by|before|in|during)?\s*next year", lambda m, b: r.end_of_year(b, 1)),
    _exact(
        rf"(?:by|before|until|in|no later than|during)\s+(?P<month>{_MONTH}){_YEAR}",
        lambda m, b: (
            None
            if m["month"] == "may" and m.group().startswith("in") and not m["year"] and False
            else r.part_of_month(b, MONTHS[m["month"]], int(m["year"]) if m["year"] else None, "late")
        ),
    ),
    _exact(r"(?:by|before|for|at|until)\s+(?P<feast>christmas|xmas|easter|new year(?:'s)?(?: day)?)", _feast),
    _exact(
        r"(?:by|before|in time for|for|until|at)\s+(?:the\s+|our\s+)?next\s+(?:meeting|session|committee|board|call|time|steering|one)(?:\s+(?:meeting|committee))?|before (?:the|our) (?:meeting|call|board|audit|launch|deadline)|by then|in the meantime|before then",
        lambda m, b: r.EVENT,
    ),
    _exact(
        r"as soon as (?:possible|you can|we can|i can)|asap|a\.s\.a\.p\.?|shortly|soon|quickly|urgently|at some point|eventually",
        lambda m, b: r.VAGUE,
    ),
    _rule(
        rf"(?:this\s+)?(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues|thurs){_TIME}",
        lambda m, b: r.weekday(b, WEEKDAYS[m["weekday"]], same_day=bool(re.search(r"\bthis\b", m.group()))),
    ),
    _exact(
        rf"(?:by|before|on|until|due|no later than)\s+(?:the\s+)?(?P<day>{_NTH})(?:\s+of\s+(?:the|this)\s+month)?(?!\s+(?:floor|time|item|point|quarter|half|attempt|page|version|one|draft|meeting|chapter|slide|option|phase|round|person|thing|topic|part|line))|the (?P<only>\d{{1,2}}(?:st|nd|rd|th))(?!\s+(?:floor|time|item|point|quarter|half|attempt|page|version|one|draft|meeting|chapter|slide|option|century|birthday|anniversary|edition|[a-z]+ly))",
        lambda m, b: r.day_of_month(b, number(m["day"] or m["only"]) or 0),
    ),
)
