"""Verbs: what a spoken form is a form of, in French and English.

French forms are analysed by rules for the regular patterns, a table (`lexicon/verbs_fr.toml`) for the others, and
checked against simplemma's dictionary (MIT); a noun that looks like a verb ("réserve", "relance") is read as the verb.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import simplemma

from assistai.records import Language

Tense = Literal[
    "present", "future", "conditional", "imperfect", "subjunctive", "imperative", "participle", "infinitive"
]
"""The forms that matter to who does what."""

Person = Literal["1s", "2s", "3s", "1p", "2p", "3p", ""]
"""Person and number; empty for infinitives and participles."""

_PERSONS: tuple[Person, ...] = ("1s", "2s", "3s", "1p", "2p", "3p")
_IMPERATIVE: tuple[Person, ...] = ("2s", "1p", "2p")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_IMPERFECT = ("ais", "ais", "ait", "ions", "iez", "aient")
_SUBJUNCTIVE = ("e", "es", "e", "ions", "iez", "ent")
_PARTICIPLE = ("", "e", "s", "es")
_PRESENT: dict[str, tuple[str, ...]] = {
    "er": ("e", "es", "e", "ons", "ez", "ent"),
    "ir": ("is", "is", "it", "issons", "issez", "issent"),
    "re": ("s", "s", "", "ons", "ez", "ent"),
}
_REFLEXIVE = re.compile(r"^(?:(?:m|t|s)['’]|(?:me|te|se)\s)(?=\w)", re.IGNORECASE)
_OBJECT = re.compile(
    r"^(?:(?:(?:me|te|se|nous|vous|le|la|les|lui|leur|y|en)\s|(?:l|m|t|s|n)['’])\s?)+(?=\w)|(?<=\w)-(?:moi|toi|le|la|les|lui|leur|nous|vous|en|y|tu)\b",
    re.IGNORECASE,
)
_ENGLISH = {
    "left": "leave", "wrote": "write", "written": "write", "got": "get", "gotten": "get", "found": "find",
    "saw": "see", "seen": "see", "built": "build", "ran": "run", "met": "meet", "felt": "feel", "lay": "lay",
    "is": "be", "are": "be", "am": "be", "was": "be", "were": "be", "been": "be", "has": "have", "had": "have",
    "does": "do", "did": "do", "done": "do", "goes": "go", "went": "go", "gone": "go",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a French verb form."""

    infinitive: str
    tense: Tense
    person: Person = ""


def infinitive(form: str, language: Language) -> str | None:
    """Return the infinitive (French) or base form (English) of a form in verb position, or None if it is no verb.

    A French reflexive clitic stays as `se`/`s'` ("m'occupe" gives "s'occuper"); object clitics fall ("l'envoie").
    """
    form = form.strip().lower().replace("’", "'")
    if language == "en":
        return english_base(form) if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", form) else None
    reflexive = _REFLEXIVE.match(form)
    bare = _OBJECT.sub("", form)
    found = readings(bare)
    if not found:
        return None
    base = found[0].infinitive
    if reflexive and not form.startswith(("t'", "te ")) and base in ("occuper", "charger", "assurer", "engager"):
        return ("s'" if base[0] in "aeéèêiouyh" else "se ") + base
    return base


def english_base(form: str) -> str:
    """Return the base form of an English verb form in lower case ("sending", "sent", "sends" give "send")."""
    if form in _ENGLISH:
        return _ENGLISH[form]
    lemma = simplemma.lemmatize(form, lang="en").lower()
    for ending in ("ing", "ed"):
        if lemma == form and form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form.removesuffix(ending)
            undoubled = stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "sl" else stem
            for base in (undoubled, stem, stem + "e"):
                if simplemma.is_known(base, lang="en") and simplemma.lemmatize(base, lang="en") == base:
                    return base
    return lemma or form


@lru_cache(maxsize=50_000)
def readings(form: str) -> tuple[Reading, ...]:
    """Return the ways to read a French form in verb position, the likeliest first; none where it is no verb."""
    form = form.lower().replace("’", "'")
    if not re.fullmatch(r"[^\W\d_]{1,30}", form):
        return ()
    irregular = _irregular().get(form, ())
    if irregular:
        return irregular
    candidates = [reading for reading in _regular(form) if is_infinitive(reading.infinitive)]
    if candidates:
        return tuple(dict.fromkeys(candidates))
    if is_infinitive(form):
        return (Reading(form, "infinitive"),)
    # A verb that dictionaries lack ("forwarder", "timeboxer") follows the first group.
    return tuple(
        reading
        for reading in _regular(form)
        if reading.infinitive.endswith("er") and not simplemma.is_known(form, lang="fr") and len(form) > 5
    )[:3]


def reading(form: str, *tenses: Tense, person: str = "") -> Reading | None:
    """Return the first reading of a French form in one of the tenses (and the person, where given), or None."""
    for found in readings(form):
        if found.tense in tenses and (not person or found.person == person):
            return found
    return None


@lru_cache(maxsize=50_000)
def is_infinitive(word: str) -> bool:
    """Tell whether a French word in lower case is a verb's infinitive that the dictionary knows."""
    if word in _infinitives():
        return True
    if not word.endswith(("er", "ir", "re")) or len(word) < 4 or word in _NOT_INFINITIVES:
        return False
    return (
        bool(simplemma.is_known(word, lang="fr"))
        and simplemma.lemmatize(word, lang="fr") == word
        and (_has_forms(word))
    )


_NOT_INFINITIVES = frozenset(
    """
    hier premier dernier entier particulier régulier cher fier léger étranger papier dossier cahier quartier métier
    janvier février atelier courrier calendrier escalier panier clavier chantier financier hiver fer mer ver amer
    ouvrier chiffre autre entre notre votre contre quatre centre lettre titre maître semestre trimestre ministre
    membre nombre septembre octobre novembre décembre ordre cadre offre livre libre heure encore mesure facture voiture
    lecture ouverture signature procédure structure avenir plaisir désir loisir souvenir cuir tir sir air pire
    affaire horaire salaire secrétaire formulaire partenaire prestataire notaire commentaire inventaire exemplaire
    nécessaire contraire supplémentaire budgétaire histoire mémoire victoire territoire laboratoire obligatoire gare
    super hyper leader manager poster reporter designer tender cluster master server user computer newsletter
    """.split()
)


@lru_cache(maxsize=50_000)
def _has_forms(word: str) -> bool:
    """Tell whether some conjugated form of the word has it as lemma: nouns in -er and -re have none."""
    stem, group = word[:-2], word[-2:]
    probes = {"er": ("ez", "ait", "eront", "é"), "ir": ("issez", "issait", "iront"), "re": ("ez", "ait", "ront")}[group]
    return any(simplemma.lemmatize(stem + probe, lang="fr") == word for probe in probes)


def _regular(form: str) -> list[Reading]:
    found: list[Reading] = []

    def add(stem: str, group: str, tense: Tense, person: Person) -> None:
        for base in _base_stems(stem) if group == "er" else (stem,):
            found.append(Reading(base + group, tense, person))

    for group in ("er", "ir", "re"):
        future = {"er": "er", "ir": "ir", "re": "r"}[group]
        for tense, endings in (("future", _FUTURE), ("conditional", _IMPERFECT)):
            for ending, person in zip(endings, _PERSONS, strict=True):
                if form.endswith(future + ending) and len(form) > len(future + ending) + 1:
                    add(form[: -len(future + ending)], group, tense, person)  # type: ignore[arg-type]
        stem_end = {"er": "", "ir": "iss", "re": ""}[group]
        tables: tuple[tuple[Tense, tuple[str, ...], str], ...] = (
            ("present", _PRESENT[group], ""),
            ("imperfect", _IMPERFECT, stem_end),
            ("subjunctive", _SUBJUNCTIVE, stem_end),
        )
        for table_tense, table_endings, infix in tables:
            for ending, person in zip(table_endings, _PERSONS, strict=True):
                suffix = infix + ending
                if form.endswith(suffix) and len(form) > len(suffix) + 1:
                    add(form[: len(form) - len(suffix)], group, table_tense, person)
        commands = {"er": ("e", "ons", "ez"), "ir": ("is", "issons", "issez"), "re": ("s", "ons", "ez")}[group]
        for suffix, person in zip(commands, _IMPERATIVE, strict=True):
            if form.endswith(suffix) and len(form) > len(suffix) + 1:
                add(form[: len(form) - len(suffix)], group, "imperative", person)
        past = {"er": "é", "ir": "i", "re": "u"}[group]
        for ending in _PARTICIPLE:
            suffix = past + ending
            if form.endswith(suffix) and len(form) > len(suffix) + 1:
                add(form[: -len(suffix)], group, "participle", "")
    return found


def _base_stems(stem: str) -> tuple[str, ...]:
    """Return the stems from which a first-group stem may come: "appell" from "appel", "achèt" from "achet"."""
    stems = [stem]
    if stem.endswith("i"):
        stems.append(stem[:-1] + "y")
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "lt":
        stems.append(stem[:-1])
    if "è" in stem[-4:]:
        head, _, tail = stem.rpartition("è")
        stems += [f"{head}e{tail}", f"{head}é{tail}"]
    if stem.endswith("ge"):
        stems.append(stem[:-1])
    if stem.endswith("ç"):
        stems.append(stem[:-1] + "c")
    return tuple(stems)


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("assistai.language").joinpath("lexicon/verbs_fr.toml").read_text("utf-8"))


@cache
def _infinitives() -> frozenset[str]:
    prefixed = {prefix + verb for verb, entry in _table().items() for prefix in entry.get("prefixes", "").split()}
    return frozenset(_table()) | prefixed


@cache
def _irregular() -> dict[str, tuple[Reading, ...]]:
    forms: dict[str, dict[Reading, None]] = defaultdict(dict)
    for verb, entry in _table().items():
        for prefix in ("", *entry.get("prefixes", "").split()):
            for form, tense, person in _forms(entry):
                forms[prefix + form][Reading(prefix + verb, tense, person)] = None
            forms[prefix + verb][Reading(prefix + verb, "infinitive")] = None
    return {form: tuple(found) for form, found in forms.items()}


def _forms(entry: dict[str, str]) -> list[tuple[str, Tense, Person]]:
    present = entry["present"].split()
    plural, third = present[3].removesuffix("ons"), present[5].removesuffix("ent")
    subjunctive = entry.get("subjunctive", "").split() or [
        f"{third}e", f"{third}es", f"{third}e", f"{plural}ions", f"{plural}iez", f"{third}ent",
    ]  # fmt: skip
    imperative = entry.get("imperative", "").split() or [present[1], present[3], present[4]]
    found: list[tuple[str, Tense, Person]] = []
    found += [(form, "present", person) for form, person in zip(present, _PERSONS, strict=True)]
    found += [(entry["future"] + end, "future", person) for end, person in zip(_FUTURE, _PERSONS, strict=True)]
    found += [(entry["future"] + end, "conditional", person) for end, person in zip(_IMPERFECT, _PERSONS, strict=True)]
    stem = entry.get("imperfect", plural)
    found += [(stem + end, "imperfect", person) for end, person in zip(_IMPERFECT, _PERSONS, strict=True)]
    found += [(form, "subjunctive", person) for form, person in zip(subjunctive, _PERSONS, strict=True)]
    found += [(form, "imperative", person) for form, person in zip(imperative, _IMPERATIVE, strict=True)]
    found += [(entry["participle"] + end, "participle", "") for end in _PARTICIPLE]
    return found
