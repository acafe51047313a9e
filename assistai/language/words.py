"""Words: tokens with their places, folding, stop words, stems, and which of the two languages a text is in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import Stemmer

from assistai.records import Language

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_⁰¹²³⁴-⁹]+(?:-[^\W\d_⁰¹²³⁴-⁹]+)*['’]?|[^\W\d_]", re.UNICODE)

_STOP_WORDS: dict[Language, frozenset[str]] = {
    "fr": frozenset(
        """
        ok okay le la les l' un une des du de d' et à au aux en dans sur pour par avec sans ce cet cette ces c' ça
        cela ceci je j' tu il elle on nous vous ils elles me m' te t' se s' lui leur leurs mon ma mes ton ta
        tes son sa ses notre nos votre vos qui que qu' quoi dont où ne n' pas plus est es suis sommes êtes
        sont était étaient été être ai as a avons avez ont avait avoir fait faire fais va vais vont allons
        allez aller y donc alors mais ou si oui non bon ben bah euh hein voilà très bien là puis après comme
        aussi tout tous toute toutes même peut peux dois doit faut quand ici encore moi toi eux c'est
        d'accord merci bonjour quel quelle comment
        """.split()
    ),
    "en": frozenset(
        """
        the a an and or but if of to in on at for with without by from as is are was were be been being am
        do does did done have has had having i you he she it we they me him her us them my your his its our
        their this that these those there here what which who whom when where why how not no yes so just
        then than very really okay ok yeah well um uh mm hmm right like know think mean gonna want can could
        will would shall should may might must i'm it's that's don't we're you're they're i'll we'll let's
        about up out all some any get got go
        """.split()
    ),
}

_DOUBLED = re.compile(r"(?<=..)([^\W\d_])\1$")
_FRENCH_MARKS = re.compile(r"[éèêàùçœîôûë]|\b(?:qu|j|l|d|c|n|s|m|t)['’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number and its span; `lower` is it in lower case with straight apostrophes."""

    text: str
    lower: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words and numbers of `text`; a French elision (`l'`, `qu'`) is a token of its own."""
    return [
        Token(match.group(), match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def fold(text: str) -> str:
    """Return `text` in lower case, accents removed, apostrophes straight: for comparing, never for showing."""
    plain = text.replace("’", "'")
    for _ in range(
        2
    ):  # what a letter decomposes to may have a lower case of its own (Unicode, 3.13, caseless matching)
        plain = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def fold_in_place(text: str) -> str:
    """Return `text` folded character by character, so that places stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(folded if len(folded := fold(char)) == 1 else " " for char in text)


def is_stop_word(word: str, language: Language) -> bool:
    """Tell whether a word in lower case carries no subject of its own."""
    return word in _STOP_WORDS[language]


@cache
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer({"fr": "french", "en": "english"}[language])


def stem(word: str, language: Language) -> str:
    """Return the Snowball stem of a word in lower case, accents folded."""
    return fold(_stemmer(language).stemWord(word))


def undoubled(stem: str) -> str:
    """Return a stem with a doubled letter at its end as one: "télétravailler" is of the family of "télétravail"."""
    return _DOUBLED.sub(r"\1", stem)


def content_stems(text: str, language: Language) -> list[str]:
    """Return the stems of the words of `text` that carry meaning, in order, repeated as they occur."""
    return [
        stem(token.lower, language)
        for token in tokens(text)
        if len(token.lower) > 1 and not token.lower.endswith("'") and not is_stop_word(token.lower, language)
    ]


def detect_language(text: str, default: Language = "fr") -> Language:
    """Return the language whose function words and marks are the more frequent; `default` where neither is."""
    french = english = 0
    for token in tokens(text):
        french += token.lower in _STOP_WORDS["fr"]
        english += token.lower in _STOP_WORDS["en"]
    french += len(_FRENCH_MARKS.findall(text))
    if french == english:
        return default
    return "fr" if french > english else "en"
