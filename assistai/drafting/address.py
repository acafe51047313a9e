"""Whom a note speaks of, spoken to: "que son colis est arrivé et qu'elle peut le retirer" said to herself.

Only what can be turned whole is turned; a verb whose form is not known leaves the note as it was written.
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re

from assistai.language.verbs import readings
from assistai.records import Language

_IRREGULAR = {
    "peut": ("pouvez", "peux"), "doit": ("devez", "dois"), "est": ("êtes", "es"), "a": ("avez", "as"), "va": ("allez", "vas"),
    "veut": ("voulez", "veux"), "fait": ("faites", "fais"), "vient": ("venez", "viens"), "prend": ("prenez", "prends"),
    "sait": ("savez", "sais"), "reçoit": ("recevez", "reçois"), "dit": ("dites", "dis"), "part": ("partez", "pars"),
    "reprend": ("reprenez", "reprends"), "revient": ("revenez", "reviens"), "tient": ("tenez", "tiens"),
}  # fmt: skip
"""Third person singular: the forms of "vous" and "tu"."""

_IMPERSONAL = re.compile(
    r"(?:n['’]y\s+a|y\s+a|faut|faudra|manque|manquent|manquait|convient|s['’]agit|suffit|pleut|est\s+(?:possible|nécessaire|prévu|impossible|temps|demandé|"
    r"interdit|souhaitable|obligatoire|urgent|important|inutile)|reste\s+\d)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?P<que>\bqu['’]|\b)(?P<who>il|elle)\s+(?P<not>ne\s+|n['’])?(?P<objects>(?:(?:le|la|les|lui|leur|y|en|se)\s+|(?:l|s|y)['’])*)(?P<verb>[^\W\d_]+)",
    re.IGNORECASE,
)
_OWN = {"son": ("votre", "ton"), "sa": ("votre", "ta"), "ses": ("vos", "tes")}
_ENGLISH = {
    "is": "are",
    "has": "have",
    "was": "were",
    "does": "do",
    "isn't": "aren't",
    "hasn't": "haven't",
    "wasn't": "weren't",
}
_SAME = frozenset("can will must should may could would might cannot had did".split())


def spoken_to(clause: str, language: Language, *, familiar: bool = False) -> str | None:
    """Return a clause about its recipient as it is said to that person; None where a form of it is not known."""
    return _english(clause) if language == "en" else _french(clause, familiar)


def _french(clause: str, familiar: bool) -> str | None:
    known = True

    def turned(match: re.Match[str]) -> str:
        nonlocal known
        start = match.start("not") if match["not"] else match.end("who") + 1
        if _IMPERSONAL.match(clause[start:].lstrip()):
            return match.group()
        verb = _second_person(match["verb"].lower(), familiar)
        if verb is None:
            known = False
            return match.group()
        objects = re.sub(r"\bse\s+|\bs['’]", "te " if familiar else "vous ", match["objects"])
        que = "que " if match["que"] else ""
        return f"{que}{'tu' if familiar else 'vous'} {match['not'] or ''}{objects}{verb}"

    said = _SUBJECT.sub(turned, clause)
    if not known:
        return None
    if said != clause:
        own = "te " if familiar else "vous "
        said = re.sub(r"\bse\s+(?=[^\W\d_]+(?:er|ir|re|oir)\b)", own, said)
    said = re.sub(
        r"\b(son|sa|ses)\s+(?=[^\W\d_])",
        lambda match: f"{_OWN[match[1].lower()][familiar]} ",
        said,
        flags=re.IGNORECASE,
    )
    return re.sub(r"\blui\s+(?=[^\W\d_]+(?:ra|ront|rons|rai|e|ons|ez|ait)\b)", "te " if familiar else "vous ", said)


def _second_person(verb: str, familiar: bool) -> str | None:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb][familiar]
    for ending, forms in (("rait", ("riez", "rais")), ("ra", ("rez", "ras")), ("ait", ("iez", "ais"))):
        if verb.endswith(ending):
            return verb.removesuffix(ending) + forms[familiar]
    present = any(
        one.tense == "present" and one.person == "3s" and one.infinitive.endswith("er") for one in readings(verb)
    )
    if present and verb.endswith("e"):
        return f"{verb}s" if familiar else f"{verb.removesuffix('e')}ez"
    return None


def _english(clause: str) -> str | None:
    known = True

    def turned(match: re.Match[str]) -> str:
        nonlocal known
        verb = match[1].lower()
        if verb in _SAME:
            return f"you {verb}"
        if verb in _ENGLISH:
            return f"you {_ENGLISH[verb]}"
        if re.search(r"[^s]s$", verb):
            return (
                f"you {verb.removesuffix('es') if verb.endswith(('ches', 'shes', 'sses')) else verb.removesuffix('s')}"
            )
        known = False
        return match.group()

    said = re.sub(r"\b(?:he|she)\s+([a-z']+)", turned, clause, flags=re.IGNORECASE)
    if not known:
        return None
    said = re.sub(
        r"\b(?:his|her)\s+(?=[a-z])(?!(?:on|at|in|to|by|for|from|with|and|that)\b)", "your ", said, flags=re.IGNORECASE
    )
    return re.sub(r"\b(?:him|her)\b", "you", said, flags=re.IGNORECASE)
