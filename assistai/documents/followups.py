# ruff: noqa: E501 - word lists read better on one line
"""Follow-ups: a question that takes its subject from the one before."""

from __future__ import annotations

import re

from assistai.documents.questions import names_in
from assistai.language.words import content_stems, detect_language, fold

_FOLLOWS = re.compile(
    r"^(?:et|mais|ou|alors|and|but|what about|how about)\b|^(?:pour|avec|sans|dans|a|en|chez|for|in|with)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:il|elle|ils|elles|y|ce|cela|ca|celui-ci|celle-ci|leur|it|they|them|this|that|those|these|there)\b"
)
_DETERMINED = re.compile(r"\b(?:(?:le|la|les|un|une|mon|ma|mes|the|an?|my)\s+|l[’'])\w", re.IGNORECASE)
_OBJECT = re.compile(
    r"(?:(?:(?:à |a )?qui|comment|quand|o[ùu]|pourquoi)\s+(?:(?:les?|la)\s+|l[’'])[^\W\d_]+(?:er|ir|re)"
    r"|qui\s+(?:(?:les?|la)\s+|l[’'])[^\W\d_]+)\s*\?*",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(
    r"(?:et|mais|alors|and|but)\s+(?P<question>(?:les?|la|l[’']|mon|ma|mes|the|my)\s?[^,?]+,\s*(?:combien|quel\w*|quand|qui|où"
    r"|comment|pourquoi|à quel\w*|how|what|when|who|where|why|which)\b.*)",
    re.IGNORECASE,
)
_THE_ONE = re.compile(r"^(?:celui|celle|ceux|celles)\s+(?=de\b|du\b|des\b|d[’'])", re.IGNORECASE)
_ELIDED = re.compile(r"\bd[’'](?=[A-ZÀ-Þ])")
_EACH = re.compile(r"\s+(?:par (?:an|mois|semaine|jour)|(?:per|a) (?:year|month|week|day))$", re.IGNORECASE)
_A_THING = re.compile(r"\b(?:le|la|les|un|une|mon|ma|mes|the|an?|my)\s+\w", re.IGNORECASE)
_PHRASE = re.compile(
    r"\b(pour|chez|dans|en|à|au|aux|avec|sans|de|des|du|for|in|at|with|of)\s+(?!quel|combien|what|which|how)(?:(?:le|la|les|un|une|des|the|a)\s+|l[’'])?[^\s,?]+(?:[ -](?!(?:par|pour|dans|en|à|au|aux|avec|sans|et|for|in|at|with|of|per)\b)[^\s,?]+)*",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W\d_]{2}")
_OWNED = re.compile(r"(?:son|sa|ses|leurs?|(?P<language>his|her|their|its))\s+(?P<thing>[\w’' -]+)", re.IGNORECASE)
_THING_OF = re.compile(
    r"(?P<before>.*?\b(?:est|sont|is|are)\s+)(?:le\s|la\s|les\s|l[’']|the\s)\s*\S+(?P<of>\s(?:de\s|du\s|des\s|d[’']|of\s|for\s).+)",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?P<article>(?:le|la|les|un|une|des|the)\s+|l[’'])?(?P<head>[^\W\d_][\w-]+)(?:\s.*)?", re.IGNORECASE
)
_REST = re.compile(r"\s+(?:(?:de la|de|du|des|of)\s+|d[’'])[\w-]+|\s+[A-ZÀ-Þ0-9][\w’'-]*")
_LEADS_TO = re.compile(r"\b(?:des|du|de la|de|aux?|pour|à|for|of)?\s*(?:les?|la|l[’']|the)?\s*$", re.IGNORECASE)
_ASKS_ITSELF = re.compile(
    r"(?:(?:a|de|en|par|pour|avec|dans|depuis|jusqu'a|chez|sur|sous|at|by|in|for|with|since|until) )?(?:ou\b(?! (?:pour|chez|dans|en|a|au|aux|avec|sans|le|la|les|un|une)\b)|quand|qui|comment|combien|quel|pourquoi|where|when|who|(?:how|what)(?! about)|which|why)"
)
_ASKED_FOR = frozenset(
    content_stems("pourquoi why heure date jour salle lieu prix montant combien raison time room price", "fr")
)
_BEGINS = re.compile(
    r"^(?:(?:(?:et|mais|alors)\b[\s,]*)|(?:(?:and|but|so)\b[\s,]*)?(?:(?:what|how) about\b[\s,]*)?)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"\b(?:do|does|did|is|are|was|were|can|may|must|will|should)\s+(the\s+[a-z]+)(?=\s\w)", re.IGNORECASE
)
_LAST_THING = re.compile(r"\b(?:(?:le|la|les|the|une?|an?)\s+|l[’'])[^\W\d_][\w-]+$", re.IGNORECASE)
_THINGS = re.compile(r"[a-z][\w-]+s")
_SINGULAR = re.compile(r"(?:le|la|the)\s+(?P<noun>[^\W\d_]{3,}(?<!s))", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:les|des|aux)\b|s$", re.IGNORECASE)
_FAMILIES = (
    ("pour", "chez", "for"),
    ("a", "au", "aux", "en", "dans", "in", "at"),
    ("de", "des", "du", "of"),
    ("avec", "sans", "with"),
)


def resolve(question: str, previous: str | None) -> str:
    """Return the question with the subject that it takes from the one before, itself where it stands alone.

    "Et pour les cadres ?" after "Combien de jours de télétravail pour les non-cadres ?" becomes the earlier question
    with the phrase that answers to the same preposition replaced; where there is none it is added.
    """
    question = " ".join(question.split())
    if not previous or not _is_follow_up(question):
        return question
    if (alone := _OF_ITS_OWN.fullmatch(question)) is not None:
        return alone["question"]
    base = " ".join(previous.split()).rstrip(" ?\u00a0\u202f")
    new = _BEGINS.sub("", question)
    new, of_one = _THE_ONE.subn("", new.rstrip(" ?\u00a0\u202f"))
    base = _ELIDED.sub("de ", base) if of_one else base
    phrase = _PHRASE.match(new)
    if phrase is None and _is_another_subject(new, base):
        return question
    if phrase and phrase.end() >= len(new) - 1:
        olds = [old for old in _PHRASE.finditer(base) if old.start()]
        same = [old for old in olds if _family(old[1]) == _family(phrase[1])]
        named = [old for old in olds if names_in(f"x {old.group()}") and names_in(f"x {new}")]
        for old in (*reversed(named), *reversed(same)):
            return _asked(f"{base[: old.start()]}{new}{base[old.end() :]}")
    for replaced in (_other_owned(new, base), _other_thing(new, base, phrase)):
        if replaced:
            return _asked(replaced)
    if phrase and _family(phrase[1]) == "pour":
        return _asked(f"{_EACH.sub('', base)} {new}")
    adds = phrase or (len(new.split()) < 4 and not _ASKS_ITSELF.match(fold(new)))
    return _asked(f"{base} {new}") if adds else _asked(f"{_asked(base)} {new}")


def _asked(text: str) -> str:
    """Return a question with its mark, which stands apart in French."""
    return f"{text} ?" if detect_language(text) == "fr" else f"{text}?"


def _other_owned(new: str, base: str) -> str | None:
    """Return "… est le courriel de X" for "son courriel" after "… est le téléphone de X"."""
    owned = _OWNED.fullmatch(new)
    thing = _THING_OF.fullmatch(base)
    if not owned or not thing:
        return None
    article = "the" if owned["language"] else "le"
    return f"{thing['before']}{article} {owned['thing']}{thing['of']}"


def _other_thing(new: str, base: str, phrase: re.Match[str] | None) -> str | None:
    """Return the earlier question with a noun of the same head replaced: "la salle Debussy" for "la salle Renoir"."""
    if _ASKS_ITSELF.match(fold(new)):
        return None
    noun = _NOUN.fullmatch(new[phrase.end(1) :].lstrip() if phrase else new)
    if not noun:
        return None
    heads = {fold(noun["head"]), f"non-{fold(noun['head'])}", fold(noun["head"]).removeprefix("non-")}
    for old in reversed(list(re.finditer(r"[\w-]+", base))):
        if fold(old.group()) in heads:
            end = old.end()
            while rest := _REST.match(base, end):
                end = rest.end()
            if phrase:
                return f"{_LEADS_TO.sub('', base[: old.start()])}{new}{base[end:]}"
            return f"{base[: old.start()]}{new.removeprefix(noun['article'] or '')}{base[end:]}"
    objects = [old for old in _PHRASE.finditer(base) if _family(old[1]) == "pour"]
    if objects and len(new.split()) <= 3:
        return f"{base[: objects[-1].start()]}{objects[-1][1]} {new}{base[objects[-1].end() :]}"
    subject = _SUBJECT.search(base)
    if subject is not None and re.fullmatch(r"the\s+[a-z]+", new, re.IGNORECASE):
        return f"{base[: subject.start(1)]}{new}{base[subject.end(1) :]}"
    last = _LAST_THING.search(base)
    if last is not None and (_LAST_THING.fullmatch(new) or _THINGS.fullmatch(new)):
        return f"{base[: last.start()]}{new}"
    return None


def _is_another_subject(new: str, base: str) -> bool:
    """Tell whether a noun begins a subject of its own: "le parking", after what was asked "pour les cadres"."""
    singular = _SINGULAR.fullmatch(new)
    return (
        singular is not None
        and fold(singular["noun"]) not in fold(base)
        and any(_family(old[1]) == "pour" and _PLURAL.search(old.group()) for old in _PHRASE.finditer(base))
    )


def _family(preposition: str) -> str:
    folded = fold(preposition)
    return next((family[0] for family in _FAMILIES if folded in family), folded)


def _is_follow_up(question: str) -> bool:
    words = content_stems(question, detect_language(question))
    if not _WORD.search(question):
        return False
    own = {*words} - _ASKED_FOR
    if _ASKS_ITSELF.match(fold(question)):
        if _OBJECT.fullmatch(question):
            return True
        alone = len(own) > 1 or names_in(question) or _A_THING.search(question)
        return (not own and not names_in(question)) or (not alone and bool(_FOLLOWS.match(question)))
    if _FOLLOWS.match(question) and (len(words) <= 4 or question.lower().startswith(("et ", "and "))):
        return True
    if names_in(question) or _DETERMINED.search(question):
        return False
    return len(words) <= 2 and bool(_REFERS.search(fold(question)))
