"""The words of a decision: a statement that is readable on its own, out of nothing but what was said."""

from __future__ import annotations

import re

from assistai.language.words import content_stems
from assistai.meetings.extraction.antecedents import Antecedent
from assistai.meetings.extraction.phrases import phrases
from assistai.records import Language

_FRENCH_OBJECT = re.compile(
    r"(?P<subject>\b(?:on|nous|je)\s(?:ne\s)?)(?:(?:le|la|les)\s|l['’]\s?)(?P<verb>[^\W\d_]+(?:\s(?:pas|plus))?)",
    re.IGNORECASE,
)
_FRENCH_INFINITIVE = re.compile(r"(?:(?:le|la|les)\s|l['’]\s?)(?P<verb>[^\W\d_]+(?:er|ir|re|oir))(?!\w)", re.IGNORECASE)
_FRENCH_THAT = re.compile(r"(?<!\w)(?:ça|cela|ceci|là-dessus)(?!\w)", re.IGNORECASE)
_ENGLISH_THAT = re.compile(
    r"(?<!\w)(?:that one|this one|that|this|it|them|those|these)(?!\w)(?!\s[a-z]+\s(?:is|are))", re.IGNORECASE
)
_DECISION_WORDS = frozenset(
    """
    decid decis prend pren gard retien reten valid approuv adopt part propos choix chois acter act fair vot rest
    agre approv carri motion keep use go let propos suggest resolut resolu convenu conven accord donc final bien
    re ll ve
    lund mard mercred jeud vendred samed dimanch demain
    monday tuesday wednesday thursday friday saturday sunday tomorrow
    """.split()
)


def resolved(text: str, antecedent: Antecedent, language: Language) -> str:
    """Return the statement with its pronoun replaced by what it stands for, or that beside it in brackets."""
    meant = antecedent.text
    if phrases("decisions")["empty_statement"].match(text.strip(" .!")):
        if antecedent.is_clause:
            return meant
    elif antecedent.is_clause:
        return f"{text} ({meant})"
    if language == "fr":
        if match := _FRENCH_INFINITIVE.match(text):
            return f"{match['verb']} {_inside(meant)}{text[match.end() :]}"
        if match := _FRENCH_OBJECT.search(text):
            stated = f"{match['subject']}{match['verb']} {_inside(meant)}"
            return text[: match.start()] + stated + text[match.end() :]
        if match := _FRENCH_THAT.search(text):
            if match.group().lower() != "là-dessus":
                return f"{text[: match.start()]}{_inside(meant)}{text[match.end() :]}"
            return f"{text[: match.start()]}sur {_inside(meant)}{text[match.end() :]}"
        return beside(text, meant, language)
    if match := _ENGLISH_THAT.search(text):
        return f"{text[: match.start()]}{_inside(meant)}{text[match.end() :]}"
    return beside(text, meant, language)


def beside(text: str, meant: str, language: Language) -> str:
    """Return a statement and what it is about, with a colon as the language sets it."""
    return f"{text}{': ' if language == 'en' else ' : '}{_inside(meant)}"


def sentence(text: str) -> str:
    """Return the text with a capital and without signs at its ends."""
    text = re.sub(r"\s+", " ", text).strip(" ,.;:!?…–—-")
    return text[:1].upper() + text[1:]


def subject_of(text: str, language: Language) -> frozenset[str]:
    """Return the stems that tell what a decision is about."""
    return frozenset(stem for stem in content_stems(text, language) if stem not in _DECISION_WORDS)


def choice_of(text: str, language: Language) -> frozenset[str]:
    """Return the stems of the verbs that choose ("prend", "go"): what ties "on prend Martin" to "on prend Dupont"."""
    return frozenset(content_stems(text, language)) & _DECISION_WORDS - frozenset(("donc", "final", "bien", "accord"))


def _inside(words: str) -> str:
    """Return words for the middle of a sentence: an article or pronoun loses its capital."""
    first = words.split(maxsplit=1)[0].lower() if words else ""
    return words[:1].lower() + words[1:] if first in _SMALL or first[:2] in ("l'", "l’", "d'", "d’") else words


_SMALL = frozenset(
    """
    le la les un une des du ce cette ces notre nos votre mon ma mes the a an our this that these my your motion
    """.split()
)
