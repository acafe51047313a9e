"""The linter of house style: what in a text is not as the house writes, whoever wrote it, and what to write instead.

It reads the finished text. Addresses (URL, mail) and placeholders are never touched. `apply_fixes` applied twice changes
nothing more.
"""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistai.drafting.draft import StyleFinding
from assistai.drafting.grammar import elides, head_noun
from assistai.drafting.housestyle import HouseStyle
from assistai.drafting.kinds import Medium
from assistai.drafting.placeholders import PLACEHOLDER
from assistai.drafting.typography_rules import RULES
from assistai.i18n import translate
from assistai.language.sentences import sentence_spans
from assistai.language.words import fold, tokens
from assistai.records import Language

_KEPT = re.compile(rf"{PLACEHOLDER.pattern}|\S*(?:://|@)\S*|\bwww\.\S+")
_TU = re.compile(
    r"(?<![\w’'-])(?:tu|te|toi|ta|tes|(?<!le )(?<!un )(?<!de )(?<!du )ton|t['’](?=\w))(?!\w)", re.IGNORECASE
)
_VOUS = re.compile(r"(?<![\w’'])(?:vous|votre|vos)(?!\w)", re.IGNORECASE)
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{4,}(?:[ ,]+[A-ZÀ-Þ]{2,})*[ ,]+[A-ZÀ-Þ]{4,}\b")
_MEDIAN = re.compile(r"\b\w+[·•‧]\w+(?:[·•‧]\w+)?\b")
_BRACKETED = re.compile(r"\b\w+\((?:e|ne|te|le|se|ve|trice|rice|euse)\)s?")
_FORMULA = re.compile(
    r"(?:agréer|recevoir|croire|accepter),\s+(?P<address>(?:(?:Chère?s?|Mon|Ma)\s+)?(?:Mesdames|Madame|Messieurs|Monsieur|Docteur|Professeur|Maître)[^,\n]*(?:,\s+(?:Messieurs|Monsieur))?),"
)
_SALUTATION = re.compile(
    r"^(?P<address>(?:(?:Chère?s?|Mon|Ma)\s+)?(?:Mesdames|Madame|Messieurs|Monsieur|Docteur|Professeur|Maître)[^,\n]{0,60}(?:,\s+(?:Messieurs|Monsieur))?),[ \t]*$",
    re.MULTILINE,
)
_GREETS = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur|mesdames|messieurs|ch[eè]re?s?\b|docteur|professeur|ma[iî]tre|mon g|dear|hello|hi\b|good (?:morning|afternoon))",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSES = re.compile(
    r"cordialement|salutations|sentiments|considération|sympathie|bien à (?:vous|toi)|bonne (?:journée|soirée|fin)|respectueusement|amicalement|"
    r"sincerely|regards|faithfully|best wishes|sympathy",
    re.IGNORECASE,
)
_ROUNDS = 8


def lint(text: str, style: HouseStyle, *, medium: Medium | None = None) -> tuple[StyleFinding, ...]:
    """Return what the house would not write, in the order of the text, none overlapping.

    `medium` is what the text is as a whole, so that its salutation and closing formula are looked for; None looks for
    neither, as in a piece of text.
    """
    kept = [match.span() for match in _KEPT.finditer(text)]
    found: list[StyleFinding] = []
    for one in (_typography, _words, _glossary, _address, _inclusive, _shouting, _lengths, _formula):
        for finding in one(text, style):
            start, end = finding.span
            if any(start < stop and begin < max(end, start + 1) for begin, stop in kept):
                continue
            if finding.fix is not None and any(
                _overlap(finding.span, other.span) for other in found if other.fix is not None
            ):
                continue
            found.append(finding)
    if medium in ("mail", "letter"):
        found += _whole(text, style)
    return tuple(sorted(found, key=lambda finding: finding.span))


def apply_fixes(text: str, findings: Sequence[StyleFinding], style: HouseStyle | None = None) -> str:
    """Return the text with the findings' fixes made; with a style, until no finding has a fix.

    Spans are those of `text`; a finding without fix changes nothing.
    """
    fixed = _applied(text, findings)
    if style is None:
        return fixed
    for _ in range(_ROUNDS):
        again = _applied(fixed, lint(fixed, style))
        if again == fixed:
            break
        fixed = again
    return fixed


def _applied(text: str, findings: Sequence[StyleFinding]) -> str:
    pieces: list[str] = []
    position = 0
    for finding in sorted(findings, key=lambda one: one.span):
        start, end = finding.span
        if finding.fix is None or start < position:
            continue
        pieces += [text[position:start], finding.fix]
        position = end
    return "".join((*pieces, text[position:]))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < max(other[1], other[0] + 1) and other[0] < max(one[1], one[0] + 1)


def _finding(
    rule: str, start: int, end: int, language: Language, fix: str | None = None, **params: object
) -> StyleFinding:
    said = {"fix": fix.strip() if fix else "", **params}
    return StyleFinding(rule=rule, span=(start, end), message=translate(f"style.{rule}", language, **said), fix=fix)


def _typography(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    wanted = set(style.typography.rules)
    for rule in RULES:
        if rule.name not in wanted:
            continue
        for match in rule.pattern.finditer(text):
            fix = rule.fix(match, style.typography.time)
            if fix != match.group():
                yield _finding(rule.name, *match.span(), style.language, fix, found=match.group().strip())


def _words(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    pattern, instead = _banned(style.words.banned)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        right = instead[_plain(match.group())]
        if not right:
            yield _finding("banned_word", *match.span(), style.language, found=match.group())
            continue
        found = match.group()
        fix = right[0].upper() + right[1:] if found[0].isupper() and not found.isupper() else right
        yield _finding(
            "preferred_word",
            *match.span(),
            style.language,
            fix if _fits(text, match, fix) else None,
            instead=fix,
            found=found,
        )


def _fits(text: str, match: re.Match[str], fix: str) -> bool:
    """Tell whether the word can be put in as it is: an article or elision before it would have to change too."""
    before = re.search(r"(\w+['’]?)\s*$", text[: match.start()])
    word = before.group(1).lower().replace("’", "'") if before else ""
    changing = {
        "un",
        "une",
        "le",
        "la",
        "ce",
        "cet",
        "cette",
        "du",
        "au",
        "l'",
        "d'",
        "de",
        "mon",
        "ma",
        "ton",
        "ta",
        "son",
        "sa",
        "a",
        "an",
    }
    if word not in changing:
        return True
    old, new = head_noun(match.group()), head_noun(fix)
    return bool(old and new and old.gender == new.gender and elides(match.group()) == elides(fix))


def _plain(word: str) -> str:
    return " ".join(fold(word).replace("’", "'").split())


@lru_cache(maxsize=32)
def _banned(words: tuple[object, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    instead = {_plain(one.word): one.instead for one in words}  # type: ignore[attr-defined]
    if not instead:
        return None, instead
    ordered = sorted((one.word for one in words), key=len, reverse=True)  # type: ignore[attr-defined]
    choices = "|".join(re.escape(word).replace("’", "['’]").replace(r"\ ", r"\s") for word in ordered)
    return re.compile(rf"(?<![\w'’-])(?:{choices})(?![\w-])", re.IGNORECASE), instead


def _glossary(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    for term in style.words.glossary:
        pattern = re.escape(term).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]")
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            if match.group() != term:
                yield _finding("glossary", *match.span(), style.language, term, found=match.group())


def _address(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    if style.language == "en":
        return
    tu, vous = list(_TU.finditer(text)), list(_VOUS.finditer(text))
    if tu and vous:
        wanted = "tu" if len(tu) > len(vous) or (len(tu) == len(vous) and style.address == "tu") else "vous"
        for match in vous if wanted == "tu" else tu:
            yield _finding("tu_vous", *match.span(), style.language, found=match.group(), wanted=wanted)


def _inclusive(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    if style.language == "en":
        return
    for match in _MEDIAN.finditer(text):
        if style.inclusive != "median":
            yield _finding("inclusive_median", *match.span(), style.language, found=match.group())
    for match in _BRACKETED.finditer(text):
        fix = None
        if style.inclusive == "median":
            fix = re.sub(r"\((\w+)\)(s?)$", lambda m: f"·{m[1]}" + ("·s" if m[2] else ""), match.group())
        yield _finding("inclusive_brackets", *match.span(), style.language, fix, found=match.group())


def _shouting(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    if "shouting" not in style.typography.rules:
        return
    for match in _SHOUTED.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        line = text[start : end if end >= 0 else len(text)].strip()
        if line != match.group():
            yield _finding("shouting", *match.span(), style.language, found=match.group())


def _lengths(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    for start, end in sentence_spans(text):
        count = _word_count(text[start:end])
        if count > style.max_sentence_words:
            yield _finding("long_sentence", start, end, style.language, count=count, limit=style.max_sentence_words)
    count = _word_count(text)
    if count > style.max_words:
        yield _finding("long_text", 0, len(text), style.language, count=count, limit=style.max_words)


def _word_count(text: str) -> int:
    return sum(not token.text.endswith(("'", "’")) for token in tokens(text))


def _formula(text: str, style: HouseStyle) -> Iterator[StyleFinding]:
    """The formula at the end calls the recipient as the salutation does (usage of French correspondence)."""
    if style.language == "en":
        return
    salutation = _SALUTATION.search(text)
    formula = next(reversed(list(_FORMULA.finditer(text))), None)
    if (
        salutation
        and formula
        and salutation.start() < formula.start()
        and fold(salutation["address"]) != fold(formula["address"])
    ):
        yield _finding(
            "formula_address", *formula.span("address"), style.language, salutation["address"], found=formula["address"]
        )


def _whole(text: str, style: HouseStyle) -> list[StyleFinding]:
    findings: list[StyleFinding] = []
    if not text.strip():
        return findings
    if not _GREETS.search(text):
        findings.append(_finding("salutation_missing", 0, 0, style.language))
    if not _CLOSES.search(text[len(text) // 3 :]):
        findings.append(_finding("closing_missing", len(text), len(text), style.language))
    return findings
