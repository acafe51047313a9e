"""Predicates: the verb group that follows a subject, with what negates, doubts or carries it."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistai.language.verbs import Reading, english_base, is_infinitive, readings
from assistai.records import Language

_NE = re.compile(r"(?:ne\s|n')")
_CLITIC = re.compile(r"(?:(?:me|te|se|nous|vous|le|la|les|lui|leur|y|en|ça)\s|[mtslyn]')")
_WORD = re.compile(r"[^\W\d_]+(?![\w'])")
_HYPHENED = re.compile(
    r"(?P<verb>[^\W\d_]+)(?P<clitics>(?:-(?:moi|toi|le|la|les|lui|leur|nous|vous|en|y|m'|t'))+)(?!\w)"
)
_FRENCH_ADVERB = re.compile(
    r",?\s(?P<adverb>pas|plus|jamais|rien|bien|donc|aussi|alors|quand même|tout de suite|tout de même|vraiment|juste|déjà|"
    r"d'abord|ensuite|maintenant|plutôt|rapidement|vite|simplement|directement|également|absolument|impérativement|"
    r"peut-être|éventuellement|sans doute|probablement|certainement|sûrement|encore|toujours|du coup|demain matin|demain|"
    r"voilà|peut être|tous|toutes|tous les deux|ensemble|systématiquement|régulièrement|souvent|normalement|"
    r"vite fait|s'il (?:te|vous) plaît|stp|svp|finalement|moi-même|moi aussi|personnellement|"
    r"(?:dès|avant|d'ici|pour)\s(?:le\s|la\s|ce\s|cet\s)?[^\W_]+(?:\sprochaine?|\ssoir|\smatin)?)(?!\w),?"
)
_FRENCH_LINK: dict[str, tuple[str, ...]] = {
    "aller": ("",), "devoir": ("",), "pouvoir": ("",), "vouloir": ("",), "venir": ("",), "passer": ("",),
    "compter": ("",), "essayer": ("de ", "d'"), "tâcher": ("de ", "d'"), "tenter": ("de ", "d'"),
    "charger": ("de ", "d'"), "occuper": ("de ", "d'"), "engager": ("à ",), "promettre": ("de ", "d'"),
    "veiller": ("à ",), "penser": ("à ",), "efforcer": ("de ", "d'"), "arranger": ("pour ",),
    "prévoir": ("de ", "d'"), "accepter": ("de ", "d'"), "avoir": ("à ",), "oublier": ("de ", "d'"),
    "manquer": ("de ", "d'"), "permettre": ("de ", "d'"), "falloir": ("",), "rester": ("à ",), "commencer": ("par ",),
    "faire": ("en sorte de ", "en sorte d'", "le nécessaire pour "), "prendre": ("le temps de ", "soin de "),
    "être": ("chargé de ", "chargée de ", "responsable de ", "en charge de ", "chargé d'", "chargée d'",
             "responsable d'", "en charge d'", "à "),
    "laisser": ("",), "demander": ("de ", "d'"), "songer": ("à ",), "dépêcher": ("de ", "d'"), "confirmer": ("",),
}  # fmt: skip
_NEGATIONS = frozenset("pas plus jamais rien not never no".split())
_DOUBTS = frozenset(("peut-être", "peut être", "éventuellement", "maybe", "perhaps", "possibly", "potentially"))
_HABITS = frozenset("toujours souvent systématiquement régulièrement always usually often generally normally".split())


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb group `text[start:end]`: its verbs from the first finite one to the one that names the deed.

    `clitics` are the object pronouns of the last verb; `adverbs` all that stood between.
    """

    verbs: tuple[Reading, ...]
    clitics: tuple[str, ...]
    adverbs: tuple[str, ...]
    negated: bool
    start: int
    end: int

    @property
    def deed(self) -> str:
        """Return the infinitive of the last verb."""
        return self.verbs[-1].infinitive

    @property
    def doubtful(self) -> bool:
        """Tell whether an adverb makes it only possible, or a habit."""
        return any(adverb in _DOUBTS or adverb in _HABITS for adverb in self.adverbs)


def french_predicate(text: str, start: int, *tenses: str, person: str = "") -> Predicate | None:
    """Return the French verb group that starts at `start` of a lower-case text, or None.

    `tenses` and `person` narrow the readings of its first verb.
    """
    verbs: list[Reading] = []
    adverbs: list[str] = []
    negated = False
    at = start
    clitics: tuple[str, ...] = ()
    while True:
        particle = _NE.match(text, at)
        if particle:
            negated = True
            at = particle.end()
        if verbs and (pre := re.compile(r"(?:ne )?(pas|plus|jamais) ").match(text, at)):
            negated, at = True, pre.end()
        clitics, at = _clitics(text, at)
        hyphened = _HYPHENED.match(text, at)
        word = _WORD.match(text, at)
        if hyphened and not verbs:
            form, after = hyphened.group("verb"), hyphened.end()
            clitics += tuple(f"-{part}" for part in re.findall(r"[^\W\d_]+", hyphened.group("clitics")))
        elif word:
            form, after = word.group(), word.end()
        else:
            break
        found = _reading(form, verbs, tenses, person)
        if found is None:
            return None if not verbs else _done(verbs, (), adverbs, negated, start, start)
        verbs.append(found)
        at = verb_end = after
        skipped: list[str] = []
        while len(skipped) < 4 and (adverb := _FRENCH_ADVERB.match(text, at)):
            if re.match(r"(?:dès|avant|d'ici|pour)\s", adverb.group("adverb")) and not _infinitive_follows(
                text, adverb.end()
            ):
                break
            skipped.append(adverb.group("adverb"))
            at = adverb.end()
        if _NEGATIONS & set(skipped):
            negated = found.infinitive not in ("oublier", "manquer")
        if not (set(skipped) & {"pas", "plus", "jamais"}) and found.infinitive in ("oublier", "manquer"):
            negated = True
        link = _link(text, at, found.infinitive, clitics)
        if link is None or len(verbs) > 4:
            kept = _NEGATIONS | _DOUBTS | _HABITS
            leading = [adverb for adverb in skipped if adverb in kept or adverb in ("bien", "déjà", "encore")]
            end = verb_end
            for word_kept in leading:
                position = text.find(word_kept, end)
                if position != -1 and position - end < 30:
                    end = position + len(word_kept)
            return _done(verbs, clitics, adverbs + skipped, negated, start, end)
        adverbs += skipped
        at = link
    return None


def _done(
    verbs: list[Reading], clitics: tuple[str, ...], adverbs: list[str], negated: bool, start: int, end: int
) -> Predicate | None:
    if end <= start:
        return None
    return Predicate(tuple(verbs), clitics, tuple(adverbs), negated, start, end)


def _clitics(text: str, at: int) -> tuple[tuple[str, ...], int]:
    clitics: list[str] = []
    while len(clitics) < 3 and (clitic := _CLITIC.match(text, at)):
        clitics.append(clitic.group().strip())
        at = clitic.end()
    return tuple(clitics), at


def _reading(form: str, before: list[Reading], tenses: tuple[str, ...], person: str) -> Reading | None:
    if before:
        return Reading(form, "infinitive") if is_infinitive(form) or _is_new_infinitive(form) else None
    for found in readings(form):
        if (not tenses or found.tense in tenses) and (not person or found.person == person):
            return found
    if "infinitive" in tenses and _is_new_infinitive(form):
        return Reading(form, "infinitive")
    return None


def _is_new_infinitive(form: str) -> bool:
    """Tell whether an unknown word in an infinitive's place may be a new verb ("forwarder", "updater")."""
    return form.endswith("er") and len(form) > 4 and bool(readings(form[:-2] + "ez"))


def _link(text: str, at: int, verb: str, clitics: tuple[str, ...]) -> int | None:
    """Return where the infinitive that `verb` carries starts, or None where it carries none."""
    space = re.compile(r",?\s").match(text, at)
    if verb not in _FRENCH_LINK or not space:
        return None
    if verb in ("charger", "occuper", "engager", "permettre", "efforcer", "arranger") and not _reflexive(clitics):
        return None
    for link in _FRENCH_LINK[verb]:
        if text.startswith(link, space.end()) and _infinitive_follows(text, space.end() + len(link), space_done=True):
            return space.end() + len(link)
    return None


def _reflexive(clitics: tuple[str, ...]) -> bool:
    return any(clitic in ("me", "m'", "te", "t'", "se", "s'", "nous", "vous") for clitic in clitics)


def _infinitive_follows(text: str, at: int, *, space_done: bool = False) -> bool:
    if not space_done:
        space = re.compile(r"\s?").match(text, at)
        at = space.end() if space else at
    if pre := re.compile(r"(?:ne )?(?:pas|plus|jamais) ").match(text, at):
        at = pre.end()
    _, at = _clitics(text, at)
    word = _WORD.match(text, at)
    return bool(word) and (is_infinitive(word.group()) or _is_new_infinitive(word.group()))  # type: ignore[union-attr]


_ENGLISH_ADVERB = re.compile(
    r",?\s?(?:^|(?<=\s)|(?<=,))(?P<adverb>not|never|please|just|also|then|maybe|perhaps|possibly|potentially|probably|definitely|"
    r"certainly|quickly|still|already|always|usually|often|generally|normally|really|actually|personally|only|"
    r"now|all|both|at least|kindly|either|of course|obviously|basically|sort of|kind of|like|so|hopefully|"
    r"be able to|try to|try and|try|go ahead and|go and|go|make sure to|make sure that i|make sure i|make sure that you|make sure you|"
    r"make sure we|make sure that we|help to|help|be sure to|"
    r"have to|need to|be|be responsible for|be in charge of|take care of|look after|arrange to|arrange for|"
    r"continue to|start to|start|want to|come and|come back and|get back and|happily|gladly|quickly)(?=\s|,|$),?"
)
_ENGLISH_WORD = re.compile(r"\s?(?P<word>[a-z]+(?:-[a-z]+)*)(?![\w'])")


def english_predicate(text: str, start: int) -> Predicate | None:
    """Return the English verb group at `start` (after the auxiliary) of a lower-case text, or None."""
    at = start
    adverbs: list[str] = []
    gerund = False
    while len(adverbs) < 6 and (adverb := _ENGLISH_ADVERB.match(text, at)):
        word = adverb.group("adverb")
        if word in (
            "take care of",
            "look after",
            "help",
            "start",
            "try",
            "go",
            "be",
            "continue to",
        ) and not _verb_follows(text, adverb.end(), gerund=word in ("take care of", "look after", "be", "start")):
            break
        gerund = word in (
            "take care of",
            "look after",
            "be",
            "be responsible for",
            "be in charge of",
            "start",
            "arrange for",
        )
        adverbs.append(word)
        at = adverb.end()
    match = _ENGLISH_WORD.match(text, at)
    if match is None:
        return None
    form = match.group("word")
    base = english_base(form) if gerund and form.endswith("ing") else form
    if base in _ENGLISH_NON_VERBS:
        return None
    negated = bool(_NEGATIONS & set(adverbs))
    return Predicate((Reading(base, "infinitive"),), (), tuple(adverbs), negated, match.start("word"), match.end())


_ENGLISH_NON_VERBS = frozenset(
    """
    the a an i you he she it we they me him her us them my your his its our their this that these those there here what
    who which when where why how not no yes and or but if because so as at by for from in into of off on out over to up
    with about than then very too also just only even still yet already again more most some any all both each other
    """.split()
)


def _verb_follows(text: str, at: int, *, gerund: bool) -> bool:
    match = _ENGLISH_WORD.match(text, at)
    if match is None:
        return False
    word = match.group("word")
    if gerund:
        return word.endswith("ing") and len(word) > 4 and word not in ("thing", "everything", "something", "meeting")
    return is_task_verb(word, "en") or is_talk_verb(word, "en")


@cache
def _lexicon(language: Language) -> dict[str, frozenset[str]]:
    source = files("assistai.meetings.extraction").joinpath(f"lexicon/verbs_{language}.toml").read_text("utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(source).items()}


def is_task_verb(verb: str, language: Language) -> bool:
    """Tell whether a verb (infinitive or base form) names what people are given to do after a meeting."""
    return verb in _lexicon(language)["task"]


def is_talk_verb(verb: str, language: Language) -> bool:
    """Tell whether a verb names what is done within the meeting, thought or talk: no task on its own."""
    return verb in _lexicon(language)["talk"]


def takes_person(verb: str) -> bool:
    """Tell whether a French verb has a person as its direct object ("t'appeler": "appeler Marc")."""
    return verb in _lexicon("fr")["person_object"]


def needs_more(verb: str, language: Language) -> bool:
    """Tell whether a verb is too common in talk to make a task without a date, a recipient or an agreed request."""
    return verb in _lexicon(language)["present_needs_more" if language == "fr" else "needs_more"]
