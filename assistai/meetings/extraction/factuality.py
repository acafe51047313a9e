"""Is it meant: what only looks like something to do because it is past, denied, supposed, told of or joked about."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re

from assistai.meetings.extraction.acts import Act
from assistai.meetings.extraction.predicates import is_talk_verb, is_task_verb

_SUPPOSED = re.compile(
    r"(?<!\w)(?:si (?:on|nous|j'|je|tu|vous|il|elle|le|la|les|l'|un|une|jamais)|s'ils?|au cas où|à supposer|imaginons|admettons|"
    r"if (?:we|i|you|they|he|she|it|the|there|a|our|only)|unless|suppose|supposing|imagine|in case)(?!\w)"
)
_TOLD = re.compile(
    r"(?<!\w)(?:(?:a|ont|avait|avaient|m'a|m'ont|t'a|nous a|nous ont|lui a|vous a) (?:\w+ )?(?:dit|promis|demandé|annoncé|répondu|assuré|"
    r"indiqué|confirmé|expliqué|écrit)|disait|disaient|dit qu|disent qu|paraît qu|selon|d'après|il semblerait|"
    r"said|says|told|asked|promised|claimed|mentioned|announced|reckons|according to)(?!\w)"
)
_JOKE = re.compile(
    r"(?:\b(?:pendant que j'y suis|et puis quoi encore|morte? de rire|chiche|while i'm at it|as if|haha\w*|ha ha|hihi|lol|mdr|ptdr|je plaisante|je rigole|je blague|c'est une blague|just kidding|kidding|i'm joking|"
    r"only joking)\b|\((?:rires?|rit|laughs?|laughter|il rit|elle rit)\)|\[(?:rires?|laughter|laughs)\])"
)
_GENERAL = re.compile(
    r"(?<!\w)(?:en général|généralement|d'habitude|toujours|à chaque fois|chaque fois|souvent|normalement|en principe|les gens|"
    r"dans la vie|par définition|tout le temps|chaque (?:jour|semaine|mois|année)|tous les (?:jours|mois|ans|lundis|mardis|mercredis|"
    r"jeudis|vendredis)|l'utilisateur|les utilisateurs|l'usager|les usagers|"
    r"in general|generally|usually|normally|always|every time|often|typically|people|in life|every (?:day|week|month|year)|the user|"
    r"users|customers|as a rule)(?!\w)"
)
_MOVES = frozenset(
    "passer aller faire donner venir revenir rendre have get go come give take be bring hand drop pick".split()
)
_MANAGES = re.compile(
    r"(?<!\w)(?:(?:partag|montr|affich)\w+ (?:mon|l'|votre|ton)\s?écran|présent\w+ (?:les|le|la|l'|mes|vous|nos)\s?(?:chiffres|résultats|sujet|point|ordre)|"
    r"(?:premier|deuxième|troisième|dernier|prochain) point|point suivant|tour de table|la parole|récapitul\w+|résum\w+|"
    r"shar\w+ (?:my|your) screen|hand (?:it )?(?:over|back)|next (?:item|slide|topic|point)|move on|recap|go round the table|"
    r"reven\w+ (?:sur|à) ce (?:point|sujet)|(?:come|get) back to (?:it|that|this)|make up (?:our|my) minds?|"
    r"ma fille|mon fils|mes enfants|ma femme|mon mari|déjeuner|bon appétit|my (?:kids?|daughter|son|wife|husband|train|lunch)|"
    r"talk about|walk you through|kick (?:it )?off|(?:go|switch|scroll|flip|skip) (?:\w+ )?(?:back|forward|down)|unmute|mute yourself|rejoin|"
    r"(?:give|provide|offer)\w* (?:us |me |the committee |you )?(?:an? |some |any |your |more )?(?:\w+ )?(?:indication|assurance|sense|idea|overview|example|view|flavour)s?|"
    r"donn\w+ (?:un exemple|une idée|votre avis|ton avis|des exemples|un aperçu|l'impression))(?!\w)"
)
_EASY = re.compile(
    r"(?:all (?:you|we|i)|you (?:just|only)|il suffit|(?:t'as|vous avez|y a) (?:juste|qu'))[\w\s']{0,12}$"
)
_WHENEVER = re.compile(
    r"(?<!\w)(?:quand (?:on|tu|vous)|lorsqu'on|dès qu'on|à chaque fois|when(?:ever)? (?:you|we|they|people))(?!\w)"
)
_WITH_SELF = frozenset("occuper charger assurer renseigner réunir rapprocher mettre coordonner procurer".split())
_THOUGHT = re.compile(
    r"(?<!\w)(?:je (?:pense|crois|suppose|me demande|trouve)|j'aimerais|j'aurais|je voudrais|i (?:think|guess|suppose|wonder|wish|thought)|"
    r"maybe|perhaps|peut-être)(?: que?)?(?!\w)"
)


def is_meant(act: Act, lower: str, *, dated: bool = False) -> bool:
    """Tell whether an act of a sentence (in lower case) is a real one that speaks of what is still to be done.

    A verb of talk or movement counts only with a date.
    """
    before = lower[: act.start]
    clause = re.split(r"[.!?;]", before)[-1]
    if act.predicate.negated or act.predicate.doubtful or _JOKE.search(lower) or _MANAGES.search(lower, act.start):
        return False
    if _TOLD.search(clause) or _EASY.search(before) or re.search(r"(?<!\w)(?:si|if)\s(?:\w+\s)?$", clause):
        return False
    if act.weak and act.kind not in ("request", "call") and _SUPPOSED.search(clause):
        return False
    if act.weak and act.kind in ("duty", "offer") and _THOUGHT.search(clause):
        return False
    if not act.explicit and act.kind not in ("offer", "call") and _GENERAL.search(lower):
        return False
    if act.kind == "commitment" and (lower.rstrip().endswith("?") or _is_inward(act)):
        return False
    if act.kind == "duty" and (act.deed in ("voir", "see") or (lower.rstrip().endswith("?") and not act.explicit)):
        return False
    if act.kind == "duty" and (
        _WHENEVER.search(clause) or ("se" in act.predicate.clitics and act.deed not in _WITH_SELF)
    ):
        return False
    if act.kind == "assignment" and {"me", "m'"} & set(act.predicate.clitics) and len(act.predicate.verbs) == 1:
        return False
    if act.kind == "call" and "?" not in lower and not lower.startswith(("who", "qui", "can", "could")):
        return False
    return _is_deed(act, dated)


def _is_inward(act: Act) -> bool:
    """Tell whether a promise is only a thought or a courtesy: "je me demande si", "je vous présente Irène"."""
    clitics = set(act.predicate.clitics)
    asks_oneself = act.deed == "demander" and bool(clitics & {"me", "m'"})
    return asks_oneself or (act.deed == "présenter" and bool(clitics & {"vous", "te", "me"}))


def _is_deed(act: Act, dated: bool) -> bool:
    """Tell whether the verb names something to do after the meeting."""
    if not act.deed:
        return True
    if dated and act.deed in _MOVES:
        return True
    if act.language == "en" and not act.explicit and act.kind in ("commitment", "request", "offer"):
        return is_task_verb(act.deed, "en")
    return not is_talk_verb(act.deed, act.language)


def is_joked_about(text: str) -> bool:
    """Tell whether an answer shows that what came before was no serious offer."""
    return bool(_JOKE.search(text.lower().replace("’", "'")))
