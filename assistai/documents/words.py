"""Words of passages and questions as the full-text index takes them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from assistai.language.words import content_stems, fold, undoubled
from assistai.records import Language
from assistai.workspace.document import PassageWords, StoredPassage

_EXACT = re.compile(r"\w+(?:[-_./@'’]\w+)*")
_SEPARATORS = re.compile(r"[-_./@'’]")
_NOTE = re.compile(r"(?:(?<=\d)|(?<=[^\W\d_]{3}))[⁰¹²³⁴-⁹]+")
_FREQUENT_SHARE = 0.05
_FREQUENT_FROM = 5_000
_RAREST = 3
_PHRASE = re.compile(r"[,:]")  # between the words of the full-text index that a figure is made of
_NOT_ELIDED = re.compile(
    r"\b(?!(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|aujourd)['’])([^\W\d_]+)['’]", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_ASKING = frozenset(
    """
    combien pourquoi lequel laquelle lesquels lesquelles quels quelles trouve trouver trouvent peuvent pouvez pourrait
    puis dois doivent devons devez devrait devrais chez soi aura auront sera seront serait existe many much tell know
    dire indiquer preciser savoir voudrais aimerais souhaite souhaiterais pourriez pourriez-vous auriez amabilite
    gentillesse grateful
    """.split()
)
_INVERTED = re.compile(r"(?<!\brendez)-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)\b", re.IGNORECASE)
_INNER_WORD = re.compile(r"(?<!^)\b\w{3,}")
_MOST_TERMS = 64
_MOST_READ = 1_500
"""Passages whose BM25 is computed for a question, about; with more, a large library would be asked for long."""

LONGEST_QUESTION = 2_000
"""How many characters of a question are looked up: about what the embedding model reads at once."""


def passage_words(passage: StoredPassage, title: str) -> PassageWords:
    """Return a passage with the stems of its words, those of its title and headings, and its exact forms."""
    return PassageWords(
        passage,
        " ".join(stems_of(passage.text, passage.language)),
        " ".join(stems_of(f"{title} {passage.heading}", passage.language)),
        " ".join(exact_forms(passage.text)),
    )


def stems_of(text: str, language: Language) -> list[str]:
    """Return the stems of the words that carry meaning; before an apostrophe stands a word unless it is an elision.

    A doubled letter at the end of a stem is one (see `undoubled`).
    """
    return [undoubled(stem) for stem in content_stems(_NOT_ELIDED.sub(r"\1 ", text), language)]


def exact_forms(text: str) -> list[str]:
    """Return the words of a text as they stand, folded; what hyphens and the like join is there whole and in parts.

    The mark of a note ("110¹") is no part of a word, a power ("m²") is.
    """
    forms: list[str] = []
    for match in _EXACT.finditer(_NOTE.sub("", text)):
        whole = fold(match.group())
        forms.append(whole)
        parts = [part for part in _SEPARATORS.split(whole) if part]
        if len(parts) > 1:
            forms.extend(parts)
    return forms


def query_terms(question: str, language: Language) -> tuple[str, ...]:
    """Return the terms to look a question up with: stems of its content words in both languages, and references.

    Words that only ask ("combien", "peut-on", "y a-t-il") are none.
    Of a question longer than LONGEST_QUESTION the beginning is read.
    """
    question = question[:LONGEST_QUESTION]
    other: Language = "en" if language == "fr" else "fr"
    question = _INVERTED.sub(" ", question)
    question = _WORD.sub(lambda match: "" if fold(match.group()) in _ASKING else match.group(), question)
    stems = stems_of(question, language)
    capitals = {fold(match.group()) for match in _INNER_WORD.finditer(question) if match.group()[0].isupper()}
    begins = {word[:length] for word in capitals for length in range(1, 5)}
    both = [*stems, *(stem for stem in stems_of(question, other) if stem[:4] in begins)]
    references = [form for form in exact_forms(question) if any(char.isdigit() for char in form) and len(form) > 1]
    return tuple(dict.fromkeys([*both, *references]))


def match_expression(terms: Sequence[str], frequencies: Callable[[Sequence[str]], dict[str, int]], total: int) -> str:
    """Return the FTS5 expression that finds any of the terms, "" where none of them is in the index.

    In a large index, terms that stand in more than a twentieth of the passages are left out where rarer ones remain:
    they hardly change the order (their inverse document frequency is near zero) and cost most of the time. For the same
    reason the rarest are kept where all together stand in more than _MOST_READ passages, and of very many terms.
    """
    terms = [term for term in (term.replace('"', "") for term in terms) if term.strip()]
    if total > _FREQUENT_FROM or len(terms) > _MOST_TERMS:
        pieces = {term: _PHRASE.split(term) for term in terms}
        known = frequencies(sorted({piece for found in pieces.values() for piece in found}))
        counts = {term: min(known.get(piece, 0) for piece in pieces[term]) for term in terms}
        rarest = sorted((term for term in terms if counts[term]), key=lambda term: (counts[term], term))[:_MOST_TERMS]
        rare = {term for term in rarest if total <= _FREQUENT_FROM or counts[term] <= _FREQUENT_SHARE * total}
        chosen = rare if len(rare) >= _RAREST else set(rarest[:_RAREST])
        read = itertools.accumulate(counts[term] for term in rarest)
        few = {term for term, so_far in zip(rarest, read, strict=True) if so_far <= _MOST_READ or term == rarest[0]}
        chosen &= few
        terms = [term for term in terms if term in chosen]
    return " OR ".join(f'"{term}"' for term in terms)
