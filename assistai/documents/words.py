"""Words of passages and questions as the full-text index takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistai.language.words import content_stems, fold
from assistai.records import Language
from assistai.workspace.library import PassageWords, StoredPassage

_EXACT = re.compile(r"\w+(?:[-_./@'’]\w+)*")
_SEPARATORS = re.compile(r"[-_./@'’]")
_FREQUENT_SHARE = 0.05
_FREQUENT_FROM = 5_000
_RAREST = 3


def passage_words(passage: StoredPassage, title: str) -> PassageWords:
    """Return a passage with the stems of its words, those of its title and headings, and its exact forms."""
    return PassageWords(
        passage,
        " ".join(content_stems(passage.text, passage.language)),
        " ".join(content_stems(f"{title} {passage.heading}", passage.language)),
        " ".join(exact_forms(passage.text)),
    )


def exact_forms(text: str) -> list[str]:
    """Return the words of a text as they stand, folded; what hyphens and the like join is there whole and in parts."""
    forms: list[str] = []
    for match in _EXACT.finditer(text):
        whole = fold(match.group())
        forms.append(whole)
        parts = [part for part in _SEPARATORS.split(whole) if part]
        if len(parts) > 1:
            forms.extend(parts)
    return forms


def query_terms(question: str, language: Language) -> tuple[str, ...]:
    """Return the terms to look a question up with: stems of its content words in both languages, and references."""
    other: Language = "en" if language == "fr" else "fr"
    stems = content_stems(question, language)
    both = [*stems, *(stem for stem in content_stems(question, other) if _is_name_like(stem, question))]
    references = [form for form in exact_forms(question) if any(char.isdigit() for char in form) and len(form) > 1]
    return tuple(dict.fromkeys([*both, *references]))


def match_expression(terms: Sequence[str], frequencies: Callable[[Sequence[str]], dict[str, int]], total: int) -> str:
    """Return the FTS5 expression that finds any of the terms, "" where none of them is in the index.

    In a large index, terms that stand in more than a twentieth of the passages are left out where rarer ones remain:
    they hardly change the order (their inverse document frequency is near zero) and cost most of the time.
    """
    if total > _FREQUENT_FROM:
        known = frequencies(terms)
        kept = [term for term in terms if 0 < known.get(term, 0) <= _FREQUENT_SHARE * total]
        if len(kept) < _RAREST:
            kept = sorted(known, key=lambda term: (known[term], term))[:_RAREST]
        terms = kept
    return " OR ".join('"' + term.replace('"', "") + '"' for term in terms if term.replace('"', "").strip())


def _is_name_like(stem: str, question: str) -> bool:
    """Tell whether a stem of the other language comes from a word written with a capital inside the question."""
    return any(
        match.group()[0].isupper() and fold(match.group()).startswith(stem[:4])
        for match in re.finditer(r"(?<!^)\b\w{3,}", question)
    )
