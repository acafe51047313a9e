"""From a brief's note to a sentence, faithfully; what cannot be turned safely stands as it was written.

Four ways, the first that fits: the note is a sentence already; it tells what to say ("remercier pour l'accueil"); it
lacks only its article and verb ("budget validé"); else it is quoted ("À noter : …" or a bullet).
"""

# Phrases and patterns read best one a line, however long.

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistai.drafting.address import spoken_to
from assistai.drafting.grammar import (
    elides,
    has_determiner,
    head_noun,
    is_english_verb,
    is_sentence,
    is_verb_form,
    lower_first,
    predicate,
    upper_first,
    with_article,
    with_de,
)
from assistai.drafting.happening import happening
from assistai.drafting.mentions import find_mentions
from assistai.drafting.templates import chosen
from assistai.language.sentences import sentences
from assistai.language.words import fold
from assistai.records import Language

_OF_PERSON = re.compile(r"(?:il|elle|he|she|son|sa|ses|his|her)\b", re.IGNORECASE)
_ANY_DAY = dt.date(2000, 1, 3)
_HIS = re.compile(r"^(?P<word>son|sa|ses|leur|leurs)\s+", re.IGNORECASE)
_YOUR = {
    "son": ("votre", "ton"),
    "sa": ("votre", "ta"),
    "ses": ("vos", "tes"),
    "leur": ("votre", "ton"),
    "leurs": ("vos", "tes"),
}
_HIS_AFTER = re.compile(
    r"^(?P<before>(?:de |pour |à |(?:bien )?\w+(?:er|ir|re|oir) )?)(?P<word>son|sa|ses)\s+", re.IGNORECASE
)
_HIS_EN = re.compile(r"^(?:his|her|their)\s+", re.IGNORECASE)
_THANKS: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(r"(?:(?:le|la|les|l['’]) ?)?remercier|dire merci|merci|remerciements", re.IGNORECASE),
    "en": re.compile(r"thanks|thank (?:him|her|them|you)|say thank you|many thanks", re.IGNORECASE),
}
_IT_IS = re.compile(
    r"(?:(?:im)?possible|nécessaire|inutile|interdit|souhaitable|obligatoire|urgent|prévu|demandé) (?:de |d['’])"
    r"\w+(?:er|ir|re|oir)\b",
    re.IGNORECASE,
)
_CASUAL: dict[Language, tuple[tuple[re.Pattern[str], str], ...]] = {
    "fr": tuple(
        (re.compile(pattern, re.IGNORECASE), words)
        for pattern, words in (
            (r"\brdv\b", "rendez-vous"),
            (r"\bcr\b(?= (?:de|du|des)\b)", "compte rendu"),
            (r"\basap\b", "dès que possible"),
            (r"\bsvp\b", "s’il vous plaît"),
            (r"\bpr\b", "pour"),
            (r"\bqq(?:ue)?s\b", "quelques"),
            (r"\bbcp\b", "beaucoup"),
            (r"\bc-à-d\b", "c’est-à-dire"),
            (r"\bcf\b\.?", "voir"),
            (r"\bds\b(?= (?:le|la|les|un|une)\b)", "dans"),
        )
    ),
    "en": tuple(
        (re.compile(pattern, re.IGNORECASE), words)
        for pattern, words in (
            (r"\basap\b", "as soon as possible"),
            (r"\bpls\b", "please"),
            (r"\bmtg\b", "meeting"),
            (r"\bw/", "with "),
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A note made text; `quoted` tells that it stands as it was written, without a verb of its own."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    verb: re.Pattern[str]
    says: str
    elided: str
    keep: bool


@cache
def _rules(language: Language) -> tuple[_Rule, ...]:
    text = files("assistai.drafting").joinpath("lexicon", "instructions.toml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text)[language]
    return tuple(
        _Rule(
            re.compile(
                rf"^(?P<verb>{entry['verb']})\s*(?:(?<=\s)|(?<=['’])|(?=:)|$)(?P<after>{entry.get('after', '')})(?P<x>.+)$",
                re.IGNORECASE,
            ),
            entry["says"],
            entry.get("elided", entry["says"]),
            entry.get("keep", False),
        )
        for entry in entries
    )


def is_instruction(note: str, language: Language) -> bool:
    """Tell whether a note says what to say ("demander le rapport") rather than being a fact itself."""
    bare = _bare(note, language)
    if _THANKS[language].fullmatch(bare.rstrip(" !.")) or any(rule.verb.match(bare) for rule in _rules(language)):
        return True
    return language == "fr" and _infinitive(bare) is not None


def say(
    note: str,
    language: Language,
    *,
    familiar: bool = False,
    addressed: bool = False,
    today: dt.date | None = None,
) -> tuple[Said, ...]:
    """Return a note as sentences, one for each that it holds, in order.

    `addressed` tells that the note names whom the text speaks to: "il" and "son" in it then mean that person;
    `today` is the day from which something is still to happen.
    """
    if language == "fr" and not addressed and (event := happening(note, today)):
        return (Said(event.sentence),)
    return tuple(_say(piece, language, familiar, addressed) for piece in _pieces(note))


def topic_of(note: str, language: Language) -> str | None:
    """Return the noun phrase that a note is about ("prévenir que la réunion de jeudi est annulée": "réunion de jeudi").

    None where it does not start with a noun that is known.
    """
    bare = _bare(note, language)
    for rule in _rules(language):
        if match := rule.verb.match(bare):
            bare = match["x"]
            break
    bare = re.sub(
        r"^(?:le|la|les|un|une|des|du|son|sa|ses|votre|vos|notre|nos|mon|ma|ton|ta|the|an?|his|her|your|our|my)\s+|^l['’]",
        "",
        bare,
    )
    bare = re.split(r"[,;:.!?]|\s(?:et|and|car|parce|afin|avant|before|by|because|so)\s", bare)[0]
    words = bare.split()
    for number, word in enumerate(words):
        finite = is_english_verb(word) if language == "en" else word == "ne" or is_verb_form(word)
        if number and finite:
            words = words[:number]
            break
    phrase = " ".join(words[:8])
    dated = [mention.start for mention in find_mentions(phrase, language, _ANY_DAY) if mention.kind in ("date", "time")]
    if dated:
        phrase = re.sub(r"(?:\s(?:du|le|de|à|au|on|at|of|for|from|dès|in|the))+\s*$", "", phrase[: min(dated)].rstrip())
    if language == "fr":
        return phrase if phrase and head_noun(phrase) else None
    return phrase if phrase and re.match(r"[a-z]{3,}", phrase) and len(phrase.split()) < 7 else None


def pieces_of(note: str, language: Language) -> list[str]:
    """Return the sentences of a note, and each of two instructions in one ("tell her … and ask her …")."""
    bare = _LEAD_IN.sub("", note.strip())
    parts = [part for piece in _pieces(bare) for part in _AND_ASK.split(piece) if part.strip()]
    return [each for part in parts for each in _told_apart(part, language)]


_ASKS = re.compile(r"(?:\b(?:à|de|to)\s|\bd['’]|\b(?:please|kindly|veuillez|pouvoir)\s)\s*[^\W\d_]+", re.IGNORECASE)


def _told_apart(note: str, language: Language) -> list[str]:
    """Return the instructions that commas hold apart; what somebody is asked to do may go on after a comma, so it stays."""
    done: list[str] = []
    for part in re.split(r",\s+(?!et\b|and\b|ou\b|or\b)", note):
        starts = any(rule.verb.match(part) for rule in _rules(language))
        before = done[-1] if done else ""
        asks = any(language == "en" or _is_asked(match.group()) for match in _ASKS.finditer(before))
        if done and not (
            starts and not asks and (is_instruction(before, language) or is_sentence(before, language == "en"))
        ):
            done[-1] = f"{before}, {part}"
        else:
            done.append(part)
    return done


def _is_asked(words: str) -> bool:
    from assistai.language.verbs import is_infinitive

    verb = re.split(r"[\s'’]+", words)[-1].lower()
    return verb.endswith(("er", "ir", "re", "oir")) and is_infinitive(verb)


_LEAD_IN = re.compile(
    r"^(?:(?:hi|hello|hey|bonjour|salut)\b[,!]?\s+)?"
    r"(?:(?:(?:can|could|would|will) you|peux-tu|pourrais-tu|tu peux|pouvez-vous|pourriez-vous|il faut|il faudrait)\s+(?:please\s+|stp\s+|svp\s+)?"
    r"(?=(?:tell|ask|remind|thank|inform|confirm|invite|write|reply|dire|demander|prévenir|rappeler|remercier|informer|confirmer|proposer|"
    r"annoncer|inviter|convoquer|relancer|répondre|écrire|signaler)\b))?",
    re.IGNORECASE,
)
_AND_ASK = re.compile(
    r"\s+(?:and|et)\s+(?=(?:(?:ask|tell|remind|thank|inform) (?:him|her|them)|(?:lui|leur) (?:demander|dire|rappeler|proposer)|(?:le|la|les) (?:remercier|prévenir))\b)",
    re.IGNORECASE,
)


def _pieces(note: str) -> list[str]:
    pieces = [piece for piece in sentences(note) if piece.strip()]
    if len(pieces) > 1 and any(len(piece) < 4 for piece in pieces):
        return [note.strip()]
    return pieces


def _say(note: str, language: Language, familiar: bool, addressed: bool) -> Said:
    bare = _bare(note, language)
    if addressed:
        verb = re.match(r"[^\W\d_]+(?:\s+(?:que?|that|si|if|à)\b)?", bare)
        head = verb.group() if verb and not _OF_PERSON.match(bare) else ""
        turned = spoken_to(bare[len(head) :], language, familiar=familiar)
        if turned is None:
            return Said(bare.rstrip(" .;,"), quoted=True)
        bare = f"{head}{turned}"
    question = bare.endswith("?")
    if thanks := _THANKS[language].fullmatch(bare.rstrip(" !.")):
        return Said("Thank you." if thanks and language == "en" else f"Je {'te' if familiar else 'vous'} remercie.")
    for rule in _rules(language):
        match = rule.verb.match(bare)
        if match:
            return Said(_apply(rule, match, language, familiar))
    if is_sentence(bare, english=language == "en"):
        return Said(_ended(upper_first(bare)))
    if question:
        return Said(_ended(upper_first(bare)))
    if language == "fr":
        if _IT_IS.match(bare):
            return Said(_ended(f"Il est {lower_first(bare)}"))
        if infinitive := _infinitive(bare):
            return Said(_ended(f"Il convient {with_de(lower_first(infinitive))}"))
        made = predicate(bare)
        if made:
            return Said(_ended(upper_first(made)))
        if re.match(r"pas\s+(?:de\s|d['’])", bare, re.IGNORECASE):
            return Said(_ended(f"Il n’y a {lower_first(bare)}"))
    return Said(bare.rstrip(" .;,"), quoted=True)


def _apply(rule: _Rule, match: re.Match[str], language: Language, familiar: bool) -> str:
    rest = match["x"].strip().rstrip(" .;,?")
    if rule.keep:
        lead = match["after"].strip()
        rest = f"{lead}{rest}" if lead.endswith(("'", "’")) else f"{lead} {rest}"
    template = rule.says
    that = lower_first(rest)
    if (rule.elided != rule.says and elides(that)) or re.match(r"(?:il|elle|on|ils|elles)\b", that):
        template = rule.elided
    text = chosen(template, familiar)
    if language == "en":
        rest = _HIS_EN.sub("your ", rest)
    else:
        rest = _HIS_AFTER.sub(lambda m: f"{m['before']}{_YOUR[m['word'].lower()][familiar]} ", rest)
    fills = {
        "x": rest,
        "verb": match["verb"].lower(),
        "that": that,
        "the": _the(rest, language),
        "some": _some(rest, language),
        "your": _your(rest, language, familiar),
    }
    return re.sub(r"\{(x|verb|that|the|some|your)\}", lambda m: fills[m[1]], text)


def _some(phrase: str, language: Language) -> str:
    """Return a bare noun with "un" or "une" ("un devis"), and any other phrase as `_the` does."""
    if language == "en":
        word = re.match(r"[a-z]+", phrase)
        bare = word and not re.match(r"(?:the|an?|your|my|our|his|her|their|this|that|to|\w+ing|\w+s)\b", phrase)
        return (
            f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"
            if bare and not re.search(r"\bof\b", phrase)
            else _the(phrase, language)
        )
    noun = None if has_determiner(phrase) else head_noun(phrase)
    complement = re.match(
        r"[^\W\d_]+(?:-\w+)* (?:du|de la|de l['’]|des|de (?:votre|son|sa|ses|mon|ma|notre))\b", phrase
    )
    if noun is None or complement:
        return _the(phrase, language)
    article = "des" if noun.plural else "un" if noun.gender == "m" else "une"
    return f"{article} {lower_first(phrase)}"


def _the(phrase: str, language: Language) -> str:
    if language == "en":
        bare = lower_first(phrase)
        return (
            bare
            if re.match(r"(?:the|a|an|your|my|our|his|her|their|this|that|to|\w+ing|[A-Z\d])\b", bare)
            else f"the {bare}"
        )
    if has_determiner(phrase) or re.match(r"(?:de|d['’]|du|des|à|au|que|qu['’])", phrase):
        return lower_first(phrase)
    return with_article(phrase) or lower_first(phrase)


def _your(phrase: str, language: Language, familiar: bool) -> str:
    """Return the phrase said to the recipient: "son accueil" is "votre accueil"."""
    if language == "en":
        return _HIS_EN.sub("your ", phrase)
    match = _HIS.match(phrase)
    if match:
        rest = re.sub(r"(?<=\bet )(son|sa|ses|leurs?)(?= )", lambda m: _YOUR[m[1]][familiar], phrase[match.end() :])
        return f"{_YOUR[match['word'].lower()][familiar]} {rest}"
    return _the(phrase, language)


def yours(phrase: str, language: Language, *, familiar: bool = False) -> str:
    """Return what the recipient did or has, said to them: "son accueil" is "votre accueil"."""
    return _your(phrase, language, familiar)


def _infinitive(note: str) -> str | None:
    """Return a note that starts with an infinitive of its own ("envoyer les justificatifs"), else None."""
    from assistai.language.verbs import is_infinitive

    word = re.match(r"(?:(?:ne pas|me|nous|se|s['’]|lui|leur)\s*)*(?P<verb>[^\W\d_]+)\b", note)
    if not word:
        return None
    verb = word["verb"].lower()
    if head_noun(verb) is not None:
        return None
    if len(note.split()) < 2 or not verb.endswith(("er", "ir", "re", "oir")) or not is_infinitive(verb):
        return None
    return (
        note
        if fold(verb)
        not in ("atelier", "dossier", "courrier", "papier", "avenir", "diner", "dejeuner", "pouvoir", "souvenir")
        else None
    )


def _bare(note: str, language: Language) -> str:
    text = " ".join(note.replace("\u00a0", " ").replace("\u202f", " ").split()).strip(" -–—•*")
    for pattern, words in _CASUAL[language]:
        text = pattern.sub(words, text)
    return text


def _ended(text: str) -> str:
    text = text.rstrip(" ;,")
    return text if re.search(r"[.!?…:](?:\s?[»”\")])?$", text) or re.search(r"(?:://|@)\S*$", text) else f"{text}."
