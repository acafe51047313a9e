"""Does the claim hold? Names, figures, dates and words of a text against the words that it is said to rest on.

The checks are lexical on purpose: what they pass stands in the source in (nearly) the same words. They can fail a fair
paraphrase, which is then shown as unverified; they are made not to pass what the source does not say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import simplemma
from text_to_num import alpha2digit

from assistai.language.dates import find_due
from assistai.language.names import is_common_word
from assistai.language.words import content_stems, detect_language, fold, is_stop_word, stem, tokens
from assistai.records import Language

Doubt = Literal["number", "date", "name", "words", "negation", "certainty"]
"""What of a text its source does not bear out: a figure, a date, a name, its other words; that it is said with a
negation that the source lacks (or without the one it has); that it is stated where the source wonders."""

SUPPORTED = 0.6
"""Share of a text's words of meaning that must stand in the source."""

SUPPORTED_EXACTLY = 0.8
"""The same for a task or a decision: all of four words, four of five."""

_SAME_START = 5
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?![\d])")
_PERCENT = re.compile(r"\bpour[ -]cents?\b|\bper ?cent\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:un|une|one|an?)\b", re.IGNORECASE)
_CALENDAR = frozenset(
    fold(word)
    for word in """
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
    octobre novembre décembre monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december
    """.split()
)
_TITLES = frozenset("m mm mme mmes mlle mr mrs ms dr pr me i monsieur madame".split())
_REPORTS = frozenset(
    """
    présente présenté rappelle rappelé indique indiqué précise précisé souligne souligné explique expliqué mentionne
    mentionné évoque évoqué aborde abordé discute discuté discussion demande demandé question interroge échange échangé
    signale signalé informe informé annonce annoncé constate ajoute réunion équipe participants participant sujet point
    points concernant concerne partage partagé fait état selon
    discusses discussed mentions mentioned explains explained notes noted asks asked question presents presented reports
    reported states stated says said adds added meeting team participants participant topic point points concerning
    shares shared reminds reminded raises raised announces announced speaker group
    """.split()
)
_NEGATION = re.compile(
    r"(?<!\w)(?:n['’]|ne(?!\w)|pas(?!\w)|aucune?s?(?!\w)|jamais(?!\w)|rien(?!\w)|non(?!\w)|sans(?!\w)|ni(?!\w)|"
    r"not(?!\w)|no(?!\w)|never(?!\w)|none(?!\w)|nobody(?!\w)|nothing(?!\w)|without(?!\w)|cannot(?!\w))|n['’]t(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,.;:!?…\n]+|(?<!\w)(?:et|mais|donc|and|but|so)(?!\w)", re.IGNORECASE)
_MILD = re.compile(
    r"(?<!\w)(?:n['’]est-ce pas|pas de (?:souci|problème)s?|pas mal|n['’]hésite\w*|non\s*\?|no problem|no worries|"
    r"ne \w+ que|non seulement|isn['’]t it|not only)(?!\w)",
    re.IGNORECASE,
)
_WONDERS = re.compile(
    r"\?|(?<!\w)(?:peut-être|éventuellement|sans doute|probablement|on verra|à voir|à étudier|je propose|je suggère|"
    r"je pense|je crois|il me semble|si (?:on|nous|jamais)|\w+r(?:ait|aient|ions|iez)|"
    r"maybe|perhaps|possibly|probably|might|could|would|should|i think|i guess|i suggest|i propose|what if|if we|"
    r"not sure|we'll see)(?!\w)",
    re.IGNORECASE,
)
_TELLS_WONDER = re.compile(
    r"\?|(?<!\w)(?:propos\w+|suggèr\w+|suggér\w+|envisag\w+|demand\w+|interrog\w+|étudi\w+|souhait\w+|pense\w*|"
    r"suggest\w*|consider\w*|ask\w*|wonder\w*|think\w*|question\w*|recommand\w+|recommend\w*|discut\w+|discuss\w*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt, and the words of the text that raise it (empty where it is the whole)."""

    doubt: Doubt
    words: str = ""


def check_claims(
    text: str,
    sources: Sequence[str],
    *,
    names: Iterable[str] = (),
    base: dt.date | None = None,
    states: bool = True,
    exact: bool = False,
) -> tuple[Finding, ...]:
    """Return what of `text` the sources do not bear out, none where they bear out all of it.

    `names` are those that may be used beside the names in the sources: who speaks there. `base` is the day from which
    relative dates count; a date written out holds where the source's words resolve to it. `states` is False for a text
    that asserts nothing (a task, a question), so that it may rest on a question. `exact` is for the few words of a task
    or a decision, of which each one counts ("Prévenir l'équipe" is not "Prévenir le traiteur").
    """
    names = tuple(names)
    language = detect_language(text)
    source = "\n".join(sources)
    words = _source_words(source) | {fold(token.text) for name in names for token in tokens(name)}
    rest, findings = _check_dates(text, language, source, base)
    findings += _check_names(rest, words)
    findings += _check_numbers(rest, language, source)
    share = borne_out(rest, source, names=" ".join(names), reports=not exact)
    if share < (SUPPORTED_EXACTLY if exact else SUPPORTED):
        findings.append(Finding("words"))
    if _contradicts(text, language, source):
        findings.append(Finding("negation"))
    wondered = bool(sources) and all(_WONDERS.search(one) for one in sources)
    if states and wondered and not (_WONDERS.search(text) or _TELLS_WONDER.search(text)):
        findings.append(Finding("certainty"))
    order = get_args(Doubt)
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: order.index(finding.doubt)))


def _check_dates(text: str, language: Language, source: str, base: dt.date | None) -> tuple[str, list[Finding]]:
    """Return the text without the dates that hold, and a finding for each that does not."""
    plain = fold(source)
    known = {base} | {due.date for due in find_due(source, detect_language(source), base) if due.date}
    rest, findings = list(text), []
    for due in find_due(text, language, base):
        if due.date is None:
            continue
        if due.date in known or fold(due.spoken) in plain:
            rest[due.start : due.end] = " " * (due.end - due.start)
        else:
            findings.append(Finding("date", due.spoken))
            rest[due.start : due.end] = " " * (due.end - due.start)
    remaining = "".join(rest)
    here = _source_words(source)
    for token in tokens(remaining):
        capital_or_french = token.text[0].isupper() or fold(token.text) not in {"may", "march", "mars"}
        if fold(token.text) in _CALENDAR and capital_or_french and fold(token.text) not in here:
            findings.append(Finding("date", token.text))
    return remaining, findings


def _check_names(text: str, words: frozenset[str] | set[str]) -> list[Finding]:
    findings: list[Finding] = []
    opens = True
    at = 0
    for token in tokens(text):
        between = text[at : token.start]
        opens = at == 0 or opens or bool(re.search(r"[.!?…:;«“\"(\n•–—]", between))
        at = token.end
        elided = token.text.endswith(("'", "’"))
        if any(char.isupper() for char in token.text) and not elided:
            folded = fold(token.text)
            known = folded in words or folded in _TITLES or folded in _CALENDAR
            known = known or all(part in words for part in re.split(r"-", folded))
            if not known and not (opens and is_common_word(token.text)):
                findings.append(Finding("name", token.text))
        opens = opens and elided
    return findings


def _check_numbers(text: str, language: Language, source: str) -> list[Finding]:
    there = numbers(source, "fr") | numbers(source, "en")
    if _ONE.search(source):
        there |= {"1"}
    return [Finding("number", value) for value in sorted(numbers(text, language)) if value not in there]


@lru_cache(maxsize=4096)
def numbers(text: str, language: Language) -> frozenset[str]:
    """Return the figures that a text says in digits or words ("deux mille six cents", "2 600"), as plain decimals."""
    digits = alpha2digit(_PERCENT.sub("%", text.replace("\u2011", "-")), language)
    digits = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match.group()), digits)
    digits = re.sub(r"(?<=\d),(?=\d)", ".", digits)
    return frozenset(_decimal(match.group()) for match in _NUMBER.finditer(digits))


def _decimal(digits: str) -> str:
    whole, _, part = digits.partition(".")
    return ".".join(filter(None, (whole.lstrip("0") or "0", part.rstrip("0"))))


def borne_out(text: str, source: str, *, names: str = "", reports: bool = True) -> float:
    """Return the share (0 to 1) of a text's words of meaning that stand in the source, `names` left aside.

    With `reports`, words that only report ("indique", "explains") do not count. A text without words of meaning has 0.
    """
    language = detect_language(text)
    reporting = _report_stems(language) if reports else frozenset[str]()
    named = set(content_stems(names, language))
    wanted = {
        one: other
        for one, other in _forms(text, language)
        if one not in reporting and one not in named and not one[:1].isdigit() and one not in _CALENDAR
    }
    there = _stems(source)
    if not wanted:
        return float(bool(there) and bool(numbers(text, language)))
    starts = {one[:_SAME_START] for one in there if len(one) >= _SAME_START}
    found = sum(
        one in there or base in there or (len(one) >= _SAME_START and one[:_SAME_START] in starts)
        for one, base in wanted.items()
    )
    return found / len(wanted)


def _forms(text: str, language: Language) -> list[tuple[str, str]]:
    """Return each word of meaning as its stem and as the stem of its base form ("retenu", "retient": retenir)."""
    words = [token.lower for token in tokens(text) if len(token.lower) > 1 and not token.lower.endswith("'")]
    return [
        (stem(word, language), stem(simplemma.lemmatize(word, lang=language).lower(), language))
        for word in words
        if not is_stop_word(word, language)
    ]


@lru_cache(maxsize=2)
def _report_stems(language: Language) -> frozenset[str]:
    return frozenset(stem(word, language) for word in _REPORTS)


@lru_cache(maxsize=4096)
def _stems(source: str) -> frozenset[str]:
    forms = [*_forms(source, "fr"), *_forms(source, "en")]
    return frozenset(one for both in forms for one in both)


@lru_cache(maxsize=4096)
def _source_words(source: str) -> frozenset[str]:
    words = {fold(token.text.rstrip("'’")) for token in tokens(source)}
    return frozenset(words | {part for word in words for part in word.split("-")})


def _contradicts(text: str, language: Language, source: str) -> bool:
    """Tell whether the text denies what its source affirms, or affirms what it denies, clause against clause."""
    wanted = set(content_stems(text, language))
    clauses = [clause for clause in _CLAUSE.split(source) if clause.strip()]
    about = [clause for clause in clauses if wanted & _stems(clause)] or clauses
    denied = [_negates(clause) for clause in about]
    return bool(denied) and (not any(denied) if _negates(text) else all(denied))


def _negates(text: str) -> bool:
    return _NEGATION.search(_MILD.sub(" ", text)) is not None
