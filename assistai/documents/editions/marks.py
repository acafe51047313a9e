# ruff: noqa: E501 - word lists read better on one line
"""What tells one edition from another in a text: years, versions and numbers; and the words that say its subject."""

from __future__ import annotations

import re

from assistai.language.words import content_stems, fold, is_stop_word

ACTS = "note circulaire consigne instruction fiche document texte avenant accord convention directive decision circular memo memorandum edition version"
_BOOKS = "politique guide procedure charte reglement notice manuel protocole annuaire bareme grille tarif catalogue plan faq memento referentiel livret regle policy policies handbook manual agreement charter guidance guideline directory directories rule price list"
VAGUE = "service objet article introduction contexte preambule champ application disposition generale general sommaire section chapitre chapter purpose scope page annexe courrier lettre letter mail message information avis fichier scan copie copy doc final nouveau nouvelle new ancien ancienne old archive maj"
KIND = rf"(?:{ACTS} {_BOOKS})s?\b".replace(" ", "|")
"""The nouns that say what sort of document one is, to stand within a group of a pattern."""

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|\s?(?:€|euros?\b|eur\b|km\b))")
_RANKS = {"premiere": 1, "first": 1, "deuxieme": 2, "seconde": 2, "second": 2, "troisieme": 3, "third": 3}
VERSION = re.compile(
    r"\b(?:version|vers|ver|v|revision|rev|edition|ed|indice)[ .]{0,2}(?:n ?° ?)?(\d{1,3}(?:\.\d{1,3}){0,3})(?![\d/-])"
    rf"|\b(?:(\d{{1,2}})(?:e|eme|re|er|st|nd|rd|th)|({'|'.join(_RANKS)})) (?:edition|version)\b"
)
_NUMBER = re.compile(
    r"(?<![\w/-])(?=[\w/-]*\d)[^\W_]+(?:[-/][^\W_]+)+(?![\w-]|/\w)"
    r"|\b(note|circulaire|instruction|consigne|directive|decision|circular|memo)s?(?: de service| d'information)? (?:n ?° ?(\d{1,5})|(\d{1,3}))(?![\w/-])"
)
_NO_NUMBER = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|(?:19|20)\d\d[-/](?:19|20)\d\d")

Mark = tuple[int, ...]
"""Years, or the figures of a version: what is later compares as greater."""


def plain(text: str) -> str:
    """Return a text folded, in one line, its dashes alike."""
    return re.sub(r"[‐-―]", "-", " ".join(fold(text.replace("º", "°")).split()))


def words_of(text: str) -> list[str]:
    """Return the words of a folded text, without what is elided before them."""
    return re.findall(r"[^\W_]+", re.sub(r"\b(?:[cdjlmnst]|qu)'", " ", text))


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that say something, without figures."""
    return frozenset(
        stem for stem in content_stems(text, "fr") if not stem[0].isdigit() and not is_stop_word(stem, "en")
    )


def years_in(text: str) -> list[int]:
    """Return the years of a text in order; an amount or a distance is none."""
    return [int(year) for year in YEAR.findall(text)]


def versions_in(text: str) -> list[Mark]:
    """Return the versions of a text in order ("v1.2", "2e édition")."""
    found = [match[1] or match[2] or str(_RANKS[match[3]]) for match in VERSION.finditer(text)]
    return [tuple(map(int, version.removesuffix(".0").split("."))) for version in found]


def numbers_in(text: str) -> dict[str, int]:
    """Return the reference numbers of a text ("ndf-2024-17", "note 12") and where each first stands."""
    found: dict[str, int] = {}
    for match in _NUMBER.finditer(text):
        if match[1]:
            found.setdefault(f"{match[1]} {match[2] or match[3]}", match.start(2 if match[2] else 3))
        elif not _NO_NUMBER.fullmatch(match.group()):
            found.setdefault(match.group(), match.start())
    return found


def without_numbers(text: str) -> str:
    """Return a text without its reference numbers."""
    return _NUMBER.sub(lambda match: match.group() if _NO_NUMBER.fullmatch(match.group()) else " ", text)


VAGUE_STEMS = stems_of(f"{ACTS} {_BOOKS} {VAGUE}")
"""The stems that do not say what a document is about."""
