"""What a question names exactly: things told apart by a letter, a number or what follows "de", and initials."""

from __future__ import annotations

import re
from functools import lru_cache

from assistai.language.calendar_names import ALL_MONTHS, ALL_WEEKDAYS
from assistai.language.synonyms import related_stems
from assistai.language.words import content_stems, fold, is_stop_word, undoubled

_NUMBERED = re.compile(
    r"\b([^\W\d_]{3,})\s(?:n[°o]\s?)?([A-Z]|\d{1,4})\b(?!['’.,:/]\w)"
    r"(?!\s(?:[%€$£]|k?€|h|min|km|kg|(?:jour|semaine|mois|an|année|heure|minute|euro|personne|place|page|fois|day|week"
    r"|month|year|hour|people|seat|time)s?\b))"
)
_RANKED = re.compile(
    r"\b(\d{1,2}(?:er|[eè]re|e|[eè]me|st|nd|rd|th)|premi[eè]re?|deuxi[eè]me|seconde?|troisi[eè]me|quatri[eè]me"
    r"|cinqui[eè]me|first|second|third|fourth|fifth)\s([^\W\d_]{3,})"
)
_NOT_NUMBERED = re.compile(
    rf"(?:{'|'.join((*ALL_MONTHS, *ALL_WEEKDAYS))}|les|des|pour|dans|avant|apres|depuis|from|for|with|the|than|over"
    r"|under|until|plus|moins|sous|vers|avec|par)"
)
_COMPLEMENT = re.compile(
    r"\b([^\W\d_]{3,}) (?:de la |de l['’]|de |du |des |d['’]|of the |of )([^\W\d_]{3,})"
    r"|\b([^\W\d_]{4,}) ([^\W\d_]+(?:iques?|el|elle|els|elles|al|ales?|aux|aires?|iers?|ieres?|ions?|ifs?|ives?|iens?"
    r"|iennes?))\b"
)
_GROUP = re.compile(
    r"\b(non[- ]cadre|cadre|stagiaire|apprenti|alternant|interimaire|vacataire|contractuel|etudiant|doctorant|benevole"
    r"|visiteur|prestataire|sous-traitant|retraite|chauffeur|commercial|commerciaux|ouvrier|technicien|ingenieur|etam"
    r"|elu|consultant|non-manager|manager|intern|trainee|apprentice|volunteer|contractor|trustee|student|visitor|temp)"
    r"(?:e?s|e)?\b"
)
_ALIKE = (
    frozenset({"apprenti", "alternant", "apprentice"}),
    frozenset({"intern", "trainee", "stagiaire"}),
    frozenset({"cadre", "ingenieur", "manager"}),
    frozenset({"non-cadre", "non-manager"}),
    frozenset({"volunteer", "benevole"}),
    frozenset({"contractor", "prestataire", "sous-traitant"}),
    frozenset({"student", "etudiant"}),
    frozenset({"visitor", "visiteur"}),
    frozenset({"temp", "interimaire"}),
)
"""Groups that are one by another name, or in the other language."""

_NO_HEAD = frozenset(
    """
    jour jours semaine semaines mois annee annees heure heures minute minutes euro euros nombre partie reste ensemble
    type sorte lieu plus moins beaucoup trop autant day days week weeks month months year years hour hours number part
    kind sort mauvais mauvaise nouveau nouvelle nouvelles nouveaux ancien ancienne anciens anciennes premier premiere
    dernier derniere grand grande petit petite meme autre autres
    """.split()
)
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/-]|[\s\u00a0\u202f]?[€$£])")
_ACRONYM = re.compile(r"\b[A-Z]{3,6}\b")
_GRAMMAR = frozenset({"of", "the", "and", "for"})
_WORD = re.compile(r"[^\W\d_]+")


def numbered(text: str) -> frozenset[tuple[str, str]]:
    """Return the folded nouns that a letter, number or rank stands with, each with it: ("batiment", "d")."""
    pairs = [(fold(match[1]), fold(match[2])) for match in _NUMBERED.finditer(text)]
    pairs = [pair for pair in pairs if not _NOT_NUMBERED.fullmatch(pair[0])]
    pairs += [(fold(match[2]), fold(match[1])) for match in _RANKED.finditer(text.lower())]
    return frozenset((noun.rstrip("s"), mark) for noun, mark in pairs)


def another_one(question: str, text: str, around: str = "") -> bool:
    """Tell whether a text speaks of another one of the things that a question names, and never of that one.

    Building C for building D, the salary of the director for the mayor's, the leave of managers for that of trainees,
    what is said of 2026 for 2027. `around` is what stands above the text, the title and, on the last line, the
    headings: it may name the thing.
    """
    asked, said = numbered(question), numbered(f"{around}\n{text}")
    nouns = {noun for noun, _ in said}
    if any(pair not in said and pair[0] in nouns for pair in asked):
        return True
    if _other_group(question, text, around) or _other_year(question, text, around):
        return True
    wanted = complements(question)
    there = complements(text) if wanted else frozenset()
    heads = {head for head, _ in there}
    if not any(head in heads for head, _ in wanted):
        return False
    words, known = _stems(f"{around}\n{text}"), _stems(question)
    return any(
        thing not in words
        and (words - {head}).isdisjoint(related_stems(thing))
        and any(other not in known for noun, other in there if noun == head)
        for head, thing in wanted
    )


def _other_group(question: str, text: str, around: str) -> bool:
    """Tell whether a text holds for another group of people than the one that a question is about: one that it names,
    or that the heading right above or the sentence it leans on does.
    """
    asked = groups(question)
    said = (groups(text) or groups(_right_above(around))) if asked else frozenset()
    return bool(said) and not alike(asked) & (said | groups(around))


def alike(asked: frozenset[str]) -> frozenset[str]:
    """Return groups of people, and those that are the same by another name or in the other language."""
    return asked.union(*(group for group in _ALIKE if group & asked))


def _other_year(question: str, text: str, around: str) -> bool:
    """Tell whether a text, or the heading right above it, has years, and none that a question names stands there."""
    asked = set(_YEAR.findall(question))
    if not asked or asked & set(_YEAR.findall(around)):
        return False
    said = set(_YEAR.findall(f"{_right_above(around)}\n{text}"))
    return bool(said) and not asked & said


def _right_above(around: str) -> str:
    return around.rpartition("\n")[2].rpartition("›")[2]


def groups(text: str) -> frozenset[str]:
    """Return the groups of people that a text names, folded and in the singular: "cadre", "stagiaire"."""
    found = (match[1].replace("commerciaux", "commercial") for match in _GROUP.finditer(fold(text)))
    return frozenset(group.replace(" ", "-") for group in found)


@lru_cache(maxsize=1024)
def complements(text: str) -> frozenset[tuple[str, str]]:
    """Return the nouns that a complement or adjective tells apart, each with it, as stems: "budget de formation"."""
    found, at = set(), 0
    folded = fold(text)
    while match := _COMPLEMENT.search(folded, at):
        head, thing = (match[1], match[2]) if match[1] else (match[3], match[4])
        at = match.end() - len(thing)  # which may have a complement of its own
        pair = [_stem(word) for word in (head, thing)]
        if head not in _NO_HEAD and pair[0] and pair[1] and pair[0] != pair[1]:
            found.add((pair[0], pair[1]))
    return frozenset(found)


def _stem(word: str) -> str:
    return undoubled(next(iter(content_stems(word, "fr")), ""))


def _stems(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(undoubled(stem) for stem in (*content_stems(folded, "fr"), *content_stems(folded, "en")))


def acronyms(text: str) -> list[str]:
    """Return the acronyms of a text, of three to six capitals; none of a text all in capitals."""
    return [] if text.isupper() else list(dict.fromkeys(_ACRONYM.findall(text)))


def spelt_out(acronym: str, text: str) -> list[str]:
    """Return the words of a text that an acronym is made of ("CET": compte, épargne, temps), [] where it has none."""
    words = [match.group() for match in _WORD.finditer(text)]
    words = [word for word in words if fold(word)[1:] and not is_stop_word(word.lower(), "fr") and word not in _GRAMMAR]
    at = "".join(fold(word)[0] for word in words).find(fold(acronym))
    return words[at : at + len(acronym)] if at >= 0 else []
