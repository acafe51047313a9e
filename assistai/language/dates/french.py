"""French deadlines, in plain letters (no accents): what is not due, and the rules in order of precedence."""

# A table of phrases reads best a phrase a line.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re

from assistai.language.dates import rules as r
from assistai.language.dates.calendar import easter, week_end
from assistai.language.dates.expressions import Meaning, Resolver, Rule
from assistai.language.dates.numbers import NUMBERS, alternatives, number

WEEKDAYS = {name: day for day, name in enumerate("lundi mardi mercredi jeudi vendredi samedi dimanche".split())}
MONTHS = {
    name: month
    for month, names in enumerate(
        "janvier|janv fevrier|fev|fevr mars avril|avr mai juin juillet|juil aout septembre|sept octobre|oct novembre|nov decembre|dec".split(),
        1,
    )
    for name in names.split("|")
}
_DAY = "|".join(WEEKDAYS)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_N = rf"\d{{1,3}}|{alternatives({word: value for word, value in NUMBERS.items() if value})}"
_PART = r"(?:\s+(?:matin|midi|soir|apres-midi|apres midi|au soir|au matin|fin de journee))?"
_HOUR = r"(?:\s+(?:a|vers|avant)?\s*\d{1,2}\s*(?:h|heures?)(?:\s*\d{2})?)?"
_BEFORE = (
    r"(?:(?:au plus tard|si possible|idealement|d'ici a|d'ici|avant|pour|jusqu'a|jusqu'au|jusqu'en|des|vers|courant|"
    r"a partir de|livraison)\s+)?(?:au plus tard\s+)?(?:(?:le|la|les|ce|cet|au|en|a|du)\s+|l'\s?)?"
)
_AFTER = r"(?:\s+(?:au plus tard|dernier delai|maximum|max|grand maximum))?"


def _rule(pattern: str, resolve: Resolver) -> Rule:
    return Rule(re.compile(rf"(?<![\w'-])(?:{_BEFORE})(?:{pattern}){_AFTER}(?![\w])"), resolve)


def _exact(pattern: str, resolve: Resolver) -> Rule:
    return Rule(re.compile(rf"(?<![\w'-])(?:{pattern}){_AFTER}(?![\w])"), resolve)


NOT_DUE = re.compile(
    rf"(?<![\w'-])(?:il y a|voila|ca fait|depuis|y a)\s+(?:(?:le|la|environ|deja|bientot|presque)\s+)*"
    rf"(?:(?:{_N}|quelques|plusieurs)\s+\w+|{_DAY}|\w+)(?!\w)"
    rf"|(?<!\w)(?:le\s+)?(?:{_DAY})\s+(?:dernier|passe|d'avant|precedent)(?!\w)"
    rf"|(?<!\w)(?:la semaine|le mois|l'annee|le trimestre|l'an|le semestre)\s+(?:derniere?|passee?|precedente?|d'avant)(?!\w)"
    rf"|(?<!\w)(?:(?:tous les|toutes les|chaque|certains|les)\s+(?:\w+\s+)?|un\s+)(?:{_DAY})s?(?!\w)(?:\s+(?:matin|soir)s?)?"
    rf"|(?<!\w)(?:tous les|toutes les|chaque)\s+(?:{_N}\s+)?(?:jour|semaine|mois|trimestre|an|annee|soir|matin)s?(?!\w)"
    rf"|(?<!\w)(?:le|les)\s+(?:{_DAY})s(?!\w)"
    rf"|(?<!\w)(?:pendant|durant|sur|en)\s+(?:{_N})\s+(?:jours?|semaines?|mois|heures?|ans?|annees?)(?!\w)"
    rf"|(?<!\w)(?:avant-hier|hier)(?:\s+(?:soir|matin|apres-midi))?(?!\w)"
    rf"|(?<!\w)a partir d'?\s?aujourd'hui(?!\w)"
)


def _explicit(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    day, month, year = number(m["day"]), MONTHS[m["month"]], m["year"]
    if day is None or not 1 <= day <= 31:
        return None
    spoken = WEEKDAYS[m["weekday"]] if m["weekday"] else None
    if not year:
        return r.day_and_month(base, day, month, spoken)
    full = r.full_date(int(year), month, day)
    wrong = full.date and spoken is not None and full.date.weekday() != spoken
    return Meaning(full.date, 0.6) if wrong else full


def _slashed(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    day, month = int(m["day"]), int(m["month"])
    if not 1 <= month <= 12:
        return r.IMPOSSIBLE if m["year"] else None
    return r.full_date(int(m["year"]), month, day) if m["year"] else r.day_and_month(base, day, month)


def _iso(m: re.Match[str], base: dt.date | None) -> Meaning:
    return r.full_date(int(m["year"]), int(m["month"]), int(m["day"]))


def _weekday(m: re.Match[str], base: dt.date | None) -> Meaning:
    return r.weekday(base, WEEKDAYS[m["weekday"]], same_day=m.group().lstrip().startswith("ce "))


def _weekday_and_day(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    day, spoken = number(m["day"]), WEEKDAYS[m["weekday"]]
    meaning = r.day_of_month(base, day or 0)
    if meaning.date and meaning.date.weekday() != spoken:
        return Meaning(meaning.date, 0.5)
    return meaning


def _after(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    count = number(m["n"])
    if count is None:
        return r.VAGUE
    unit = m["unit"]
    if unit.startswith("jour"):
        if m["open"]:
            return r.working_days(base, count)
        return r.days(base, {8: 7, 15: 14}.get(count, count))
    if unit.startswith("h"):
        return r.days(base, -(-count // 24), 0.85)
    if unit.startswith("semaine"):
        return r.days(base, 7 * count)
    return r.months(base, 12 * count if unit.startswith("an") else count)


def _part_of_month(m: re.Match[str], base: dt.date | None) -> Meaning:
    word = m["part"]
    part = "early" if word.startswith("debut") else "mid" if word.startswith(("mi", "quinzaine")) else "late"
    return r.part_of_month(base, MONTHS[m["month"]], int(m["year"]) if m["year"] else None, part)


def _feast(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    if base is None:
        return r.NO_DATE
    name = m["feast"]
    if name == "noel":
        return r.day_and_month(base, 25, 12)
    if name.startswith(("l'ete", "ete")):
        return r.day_and_month(base, 21, 6)
    if name.startswith(("nouvel", "jour de")):
        return r.day_and_month(base, 1, 1)
    if name.startswith("toussaint"):
        return r.day_and_month(base, 1, 11)
    ahead = {"paques": 0, "ascension": 39, "pentecote": 49}[name]
    for year in (base.year, base.year + 1):
        date = easter(year) + dt.timedelta(days=ahead)
        if date >= base:
            return Meaning(date, 0.85)
    return r.IMPOSSIBLE


def _quarter(m: re.Match[str], base: dt.date | None) -> Meaning | None:
    which = number(m["n"])
    if which is None:
        which = {"deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4, "premier": 1}.get(m["n"])
    year = int(m["year"]) if m["year"] else None
    if which is None:
        return None
    if m["kind"].startswith("s"):
        return r.quarter(base, which * 2, year) if which in (1, 2) else None
    return r.quarter(base, which, year) if 1 <= which <= 4 else None


def _week_of(m: re.Match[str], base: dt.date | None) -> Meaning:
    day = number(m["day"]) or 0
    first = r.day_and_month(base, day, MONTHS[m["month"]]) if m["month"] else r.day_of_month(base, day)
    return Meaning(week_end(first.date), 0.75) if first.date else first


def _next_weekday_or_week(m: re.Match[str], base: dt.date | None) -> Meaning:
    return r.weekday(base, WEEKDAYS[m["weekday"]])


_YEAR = r"(?:\s+(?P<year>(?:19|20)\d\d))?"
_D = rf"(?P<weekday>{_DAY})"
_TAIL = rf"{_PART}{_HOUR}"

RULES: tuple[Rule, ...] = (
    _exact(
        rf"(?:(?:dans|pour|d'ici|avant|courant)\s+)?la\s+semaine\s+du\s+(?:{_DAY})?\s?(?P<day>\d\d?|1er)(?:\s+(?P<month>{_MONTH}))?",
        _week_of,
    ),
    _rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    _rule(rf"(?:{_D}\s+)?(?P<day>{_N}|1er)\s+(?P<month>{_MONTH})\.?{_YEAR}{_TAIL}", _explicit),
    _rule(
        rf"(?:{_DAY})?\s*(?P<day>\d\d?)[/.](?P<month>\d\d?)(?:[/.](?P<year>(?:20)?\d\d))?(?![/.]?\d){_TAIL}", _slashed
    ),
    _rule(
        rf"{_D}\s+(?:de\s+)?(?:la\s+)?semaine\s+(?:prochaine|suivante|d'apres){_TAIL}",
        lambda m, b: r.weekday_of_week(b, WEEKDAYS[m["weekday"]], 1),
    ),
    _rule(rf"{_D}\s+(?:de\s+)?cette\s+semaine{_TAIL}", lambda m, b: r.weekday_of_week(b, WEEKDAYS[m["weekday"]], 0)),
    _rule(
        rf"{_D}\s+(?:en\s+)?(?:huit|8|en\s+huitaine)(?!\s*h)(?!\s+\w*(?:{_MONTH})){_TAIL}",
        lambda m, b: r.weekday(b, WEEKDAYS[m["weekday"]], weeks=1),
    ),
    _rule(rf"{_D}\s+en\s+(?:quinze|15){_TAIL}", lambda m, b: r.weekday(b, WEEKDAYS[m["weekday"]], weeks=2)),
    _rule(rf"{_D}\s+(?:prochain|qui vient|qui arrive|suivant|d'apres){_TAIL}", _next_weekday_or_week),
    _rule(rf"{_D}\s+(?:le\s+)?(?P<day>\d\d?|1er)(?!\s*(?:h|heures|%|€|euros|[/.:]\d)){_TAIL}", _weekday_and_day),
    _rule(r"demain\s+en\s+(?:huit)", lambda m, b: r.days(b, 8)),
    _rule(rf"apres[- ]demain{_TAIL}", lambda m, b: r.days(b, 2, 0.95)),
    _rule(
        rf"demain{_TAIL}(?:\s+(?:premiere heure|a la premiere heure|en fin de journee))?",
        lambda m, b: r.days(b, 1, 0.95),
    ),
    _rule(
        r"(?:aujourd'hui|soir|jour meme)(?<!\bau soir)(?:\s+meme)?",
        lambda m, b: r.days(b, 0, 0.95) if re.search(r"aujourd|ce soir|jour meme", m.group()) else None,
    ),
    _exact(
        r"(?:d'ici|avant|pour|a|en)\s+(?:la\s+|ce\s+)?(?:fin de (?:la\s+)?(?:journee|matinee)|soir|midi)|dans la journee|(?:cet|dans l'|en fin d'|en debut d'|d'ici la fin de l')\s?apres-midi|(?:dans|en fin de|d'ici la fin de) (?:la )?matinee|ce matin|tout a l'heure|tout de suite|immediatement|sur-le-champ|ce midi",
        lambda m, b: r.days(b, 0, 0.9),
    ),
    _rule(
        r"(?:milieu|mi|fin|dans la fin)\s+(?:de\s+)?(?:la\s+)?semaine\s+(?:prochaine|suivante)",
        lambda m, b: r.weekday_of_week(b, 2 if "mi" in m.group() else 4, 1),
    ),
    _rule(
        r"debut\s+(?:de\s+)?(?:la\s+)?semaine(?:\s+(?:prochaine|suivante))?",
        lambda m, b: r.weekday_of_week(b, 1, 1, 0.7),
    ),
    _rule(r"milieu\s+(?:de\s+)?(?:la\s+)?semaine", lambda m, b: r.weekday(b, 2, confidence=0.6)),
    _rule(r"(?:la\s+)?fin\s+(?:de\s+)?(?:la\s+|cette\s+)?semaine", lambda m, b: r.end_of_week(b)),
    _rule(
        r"(?:dans|courant|dans le courant de|au cours de|d'ici)?\s*(?:la\s+)?semaine\s+(?:prochaine|suivante|qui vient|d'apres)",
        lambda m, b: r.end_of_week(b, 1, 0.75),
    ),
    _exact(
        r"(?:d'ici|avant|pour|dans|courant|dans le courant de|au cours de)?\s*(?:cette semaine|(?:dans|dans le courant de|au cours de) la semaine)",
        lambda m, b: r.end_of_week(b, 0, 0.8),
    ),
    _exact(
        r"(?:avant\s+|pour\s+|d'ici\s+)?(?:ce |le )?week-?end(?:\s+prochain)?", lambda m, b: r.end_of_week(b, 0, 0.6)
    ),
    _exact(
        rf"(?:d'ici|dans|sous|dans un delai de|d'ici a|dans les|sous les|avant)\s+(?:les\s+|(?:environ|a peu pres|maximum)\s+)?(?P<n>{_N})(?:\s+(?:prochaine?s|petite?s))?\s+(?P<unit>jours?|semaines?|mois|heures?|h|ans?|annees?)(?P<open>\s+(?:ouvres?|ouvrables?|francs?))?(?!\s+(?:de|d')\s*(?:retard|conges?))",
        _after,
    ),
    _exact(r"(?:d'ici|dans|sous)\s+(?:quelques|plusieurs)\s+(?:jours|semaines|mois)", lambda m, b: r.VAGUE),
    _exact(r"(?:sous|dans la|dans une|d'ici une|d'ici)\s+huitaine", lambda m, b: r.days(b, 7)),
    _exact(r"(?:sous|dans une|d'ici une)\s+dizaine(?:\s+de jours)?", lambda m, b: r.days(b, 10)),
    _exact(r"(?:sous|dans la|dans une|d'ici une|d'ici)\s+quinzaine(?:\s+de jours)?", lambda m, b: r.days(b, 14)),
    _exact(r"dans une quinzaine|d'ici la quinzaine", lambda m, b: r.days(b, 14)),
    _rule(rf"(?P<part>(?:la\s+)?fin(?:\s+du mois)?(?:\s+de|\s+d')?|fin)\s*(?P<month>{_MONTH}){_YEAR}", _part_of_month),
    _rule(
        rf"(?P<part>debut|mi|milieu|quinzaine|courant)[\s-]+(?:de\s+|du mois de\s+|d')?(?P<month>{_MONTH}){_YEAR}",
        _part_of_month,
    ),
    _exact(
        rf"(?:avant|d'ici|pour|en|courant|d'ici a|dans le courant de|au mois de|au mois d'|avant le mois de)\s*(?P<part>)(?P<month>{_MONTH}){_YEAR}",
        lambda m, b: r.part_of_month(b, MONTHS[m["month"]], int(m["year"]) if m["year"] else None, "late"),
    ),
    _rule(r"fin\s+(?:du\s+|de\s+)?mois\s+prochain|fin du mois (?:prochain|suivant)", lambda m, b: r.end_of_month(b, 1)),
    _rule(r"(?:la\s+)?fin\s+(?:du\s+|de\s+)?(?:ce\s+)?mois(?:-ci)?(?:\s+en cours)?", lambda m, b: r.end_of_month(b)),
    _exact(
        r"(?:d'ici|avant|pour|dans|courant|au cours du|dans le courant du)?\s*(?:le\s+|du\s+)?mois prochain",
        lambda m, b: r.end_of_month(b, 1),
    ),
    _exact(
        r"(?:d'ici|avant|pour|dans|courant|au cours de|dans le courant de)?\s*(?:ce mois(?:-ci)?|dans le mois|le mois en cours)",
        lambda m, b: r.end_of_month(b),
    ),
    _rule(r"(?:la\s+)?fin\s+(?:du\s+|de\s+|de l')(?:trimestre)\s+prochain", lambda m, b: r.current_quarter(b, 1)),
    _rule(r"(?:la\s+)?fin\s+(?:du\s+|de\s+|de l')?trimestre", lambda m, b: r.current_quarter(b)),
    _exact(
        r"(?:avant|pour|au|d'ici)?\s*(?:le\s+)?trimestre prochain|(?:avant|pour|au)\s+prochain trimestre",
        lambda m, b: r.current_quarter(b, 1),
    ),
    _exact(r"ce trimestre(?:-ci)?", lambda m, b: r.current_quarter(b)),
    _rule(
        r"(?:la\s+)?fin\s+(?:du\s+|de\s+)?semestre",
        lambda m, b: r.quarter(b, 2) if b and b.month <= 6 else r.quarter(b, 4),
    ),
    _rule(
        rf"(?:fin\s+(?:du\s+|de\s+)?)?(?P<n>premier|1er|deuxieme|second|2e|2eme|troisieme|3e|3eme|quatrieme|4e|4eme)\s+(?P<kind>trimestre|semestre){_YEAR}",
        _quarter,
    ),
    _rule(rf"(?:fin\s+)?(?P<kind>[qt])\s?(?P<n>[1-4]){_YEAR}(?!\s*(?:bis|pieces?))", _quarter),
    _exact(
        rf"(?:avant|pour|en|au|d'ici|fin|sur)\s+(?:la\s+)?(?:fin\s+(?:du\s+)?)?(?P<kind>s)(?P<n>[12]){_YEAR}", _quarter
    ),
    _rule(r"(?:la\s+)?fin\s+(?:de\s+)?(?:l'\s?)?annee\s+prochaine", lambda m, b: r.end_of_year(b, 1)),
    _rule(r"(?:la\s+)?fin\s+(?:de\s+)?(?:l'\s?|cette\s+)?(?:annee|exercice)", lambda m, b: r.end_of_year(b)),
    _exact(r"(?:avant|pour|d'ici|courant)?\s*(?:l')?annee prochaine", lambda m, b: r.end_of_year(b, 1)),
    _exact(r"cette annee", lambda m, b: r.end_of_year(b)),
    _exact(
        r"(?:avant|pour|d'ici|a|jusqu'a)\s+(?:la\s+|le\s+|l'(?=a))?(?P<feast>noel|paques|l'ete|toussaint|nouvel an|jour de l'an|ascension|pentecote)",
        _feast,
    ),
    _exact(r"(?:avant|pour|a|d'ici|d'ici a)\s+(?:la\s+|les\s+)?(?:rentree|vacances|conges)", lambda m, b: r.VAGUE),
    _exact(
        r"(?:d'ici|avant)\s+(?:la|le|l')\s*(?:prochaine?s?\s+)(?:reunion|comite|conseil|point|seance|fois|commission|rendez-vous|codir|copil)|pour la prochaine (?:fois|reunion|seance)|avant (?:la reunion|le comite|le conseil|l'assemblee|la seance|l'audit)|d'ici la(?!\s+\w)|entre-temps|d'ici notre prochaine? \w+",
        lambda m, b: r.EVENT,
    ),
    _exact(
        r"(?:des que|aussitot que|le plus (?:vite|tot|rapidement)|au plus (?:vite|tot))\s*(?:possible)?|asap|rapidement|en urgence|d'urgence|sans tarder|prochainement|bientot|dans les meilleurs delais|dans la foulee",
        lambda m, b: r.VAGUE,
    ),
    _rule(rf"{_D}{_TAIL}", _weekday),
    _exact(
        r"(?:avant\s+|pour\s+|d'ici\s+|d'ici\s+a\s+|jusqu'au\s+|au plus tard\s+|des\s+)?(?:le|au)\s+(?P<day>\d\d?|1er|premier|quinze|vingt|trente)(?:\s+(?:au soir|au matin|du mois|a midi))?(?!\s*(?:%|€|euros|er |e |eme|h\d|h |[/.,:]\d|(?:premier|dernier|point|dossier|etage|personne|jour|semaine|mois|milli|cent))\w*)(?!\s+[a-z]{3,}(?<!du)(?<!svp))",
        lambda m, b: r.day_of_month(b, number(m["day"]) or 0),
    ),
)
