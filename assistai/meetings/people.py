"""People: whom a spoken mention means, who is addressed, and which words are names."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistai.language.names import is_common_word
from assistai.language.words import fold

_TITLE = re.compile(
    r"^(?:(?:m|mm|mme|mmes|mlle|mr|mrs|ms|miss|dr|pr|me|prof)\b\.?|monsieur|madame|mademoiselle|docteur|maître|"
    r"professeur|doctor|professor|sir)\s+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:le|la|les|the)\s+|^l['’]", re.IGNORECASE)
_PARTICLES = frozenset("de du des le la les van von der den da di el al bin ben the and et of".split())
_ROLE_WORDS = frozenset(
    """
    manager designer interface user industrial marketing project expert chair president présidente président directeur
    directrice speaker locuteur locutrice intervenant intervenante participant participante personne person secrétaire
    secretary animateur animatrice unknown inconnu guest invité host professor professeur grad postdoc phd student
    minister member clerk witness technical lead engineer head officer assistant assistante moderator unidentified
    """.split()
)
_NOT_NAMES = frozenset(
    """
    je j tu il elle on nous vous ils elles ça cela ce c ceci qui que quoi qu celui celle ceux chacun chacune tout tous
    toute toutes rien personne quelqu quelqu'un aucun un une des le la les l du de d au aux mon ma mes ton ta tes son sa
    ses notre nos votre vos leur leurs cette ces cet lundi mardi mercredi jeudi vendredi samedi dimanche janvier février
    mars avril mai juin juillet août septembre octobre novembre décembre oui non ok okay okey bon ben bah alors donc
    ensuite puis après enfin et mais ou si demain hier aujourd'hui aujourd maintenant bonjour merci voilà parfait super
    bien très ah oh eh hein euh comme quand où comment pourquoi parce puisque pour par avec sans dans en sur sous entre
    pas plus moins aussi même encore déjà toujours jamais peut peut-être action actions todo décision point points ordre
    jour question questions note réunion récap récapitulatif résumé suivi prochaine prochain étape étapes reste budget
    i you he she it we they who what that this these those there here someone somebody anyone anybody everyone everybody
    nobody noone people users user customers clients client things something nothing everything one some any all both
    each neither either monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december yes no yeah yep right well so then next also and but or if because great
    good fine sure thanks thank please perfect hello hi hey today tomorrow yesterday now later maybe perhaps item items
    meeting agenda decision my your his her its our their the a an not let lets let's just actually finally first second
    third last okay alright exactly absolutely indeed mr mrs ms dr mme mlle m monsieur madame um uh er hmm mm when where
    why how which while since until before after during nope oops wow sorry bye cool nice excellent d'accord accord
    voici rappel notons pensez n'oubliez envoyez faut vu bref sinon autrement idem pareil personnellement normalement
    attention désolé désolée pardon effectivement absolument exactement évidemment volontiers noté entendu reçu compris
    internet excel word powerpoint teams zoom outlook sharepoint google microsoft pdf csv url api faq tv lcd
    """.split()
)
_NAME_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_CAPITALISED = re.compile(
    r"(?<![\w'’-])(?:(?:M|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Me)\.?\s+|(?:[Mm]onsieur|[Mm]adame|[Mm]aître)\s+)?"
    r"(?:[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:-[A-ZÀ-ÖØ-Þ][^\W\d_]+)*)(?:\s+(?:(?:de|du|van|von|le|la)\s+)?[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:-[^\W\d_]+)*)?(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a mention means: `owner` where it is one person, else None and the `candidates` it may be."""

    owner: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name or role in a text: `text[start:end]`."""

    text: str
    start: int
    end: int


def resolve(mention: str, participants: Sequence[str]) -> Person:
    """Return whom a mention means among the participants (any part of a name; case and accents aside).

    One match is the owner under the participant's full label; several leave `owner` None and are the candidates; with
    none the mention itself, as it was said, is the owner: people who are absent get tasks too.
    """
    said = mention.strip(" ,.:;!?")
    wanted = fold(said)
    exact = [name for name in participants if fold(name) == wanted]
    if exact:
        return Person(exact[0])
    titled = _TITLE.match(said)
    core = fold(_ARTICLE.sub("", _TITLE.sub("", said)))
    parts = _name_parts(core)
    if not parts:
        return Person(said or None)
    matches = [name for name in participants if _matches(parts, _name_parts(name))]
    if len(matches) > 1 and titled:
        matches = [name for name in matches if _name_parts(name)[-1] == parts[-1]] or matches
    if len(matches) > 1 and len(parts) > 1:
        matches = [name for name in matches if len(_name_parts(name)) == len(parts)] or matches
    if len(matches) == 1:
        return Person(matches[0])
    if matches:
        return Person(None, tuple(matches))
    return Person(_ARTICLE.sub("", said) or None)


def is_participant(mention: str, participants: Sequence[str]) -> bool:
    """Tell whether a mention means at least one of the participants."""
    person = resolve(mention, participants)
    return bool(person.candidates) or person.owner in participants


def vocatives(text: str, participants: Sequence[str]) -> list[Mention]:
    """Return the persons whom a sentence addresses by name, in order.

    A name counts at the start or end of the sentence when a comma sets it off, when the addressing words follow at
    once ("Sophie tu peux…", "John could you…"), or when it closes a question; names that are not participants' need the
    comma and a capital.
    """
    found = [
        mention
        for mention in mentions(text, participants)
        if _is_addressed(text, mention, is_participant(mention.text, participants))
    ]
    for first, second in pairwise(found):
        if not re.fullmatch(r"\s*(?:,|et|and)?\s*", text[first.end : second.start]):
            return found
    return found


_BEFORE = r"(?:ok|okay|okey|bon|bien|alors|donc|et|et puis|puis|ensuite|après|super|parfait|merci|très bien|so|and|well|right|alright|great|thanks|thank you|perfect|euh|du coup|d'accord|oui|yes|yeah|non|no|then|now|um|uh|hey|hi|bonjour|salut|hello|dis|dis-moi|écoute|listen|actually|finalement|maintenant|à toi|bref|ah|oh|mais|but|please|toi)"
_LEAD = re.compile(rf"^(?:{_BEFORE}\b[\s,.!…]*){{0,4}}$", re.IGNORECASE)
_ADDRESSING = re.compile(
    r"^\s*,?\s*(?:est-ce que |ce serait bien que |il (?:faut|faudrait|faudra) que |s'il te plaît,? |s'il vous plaît,? |stp,? |svp,? |"
    r"please,? |je te |je vous |c'est |ça t|ça vous |)"
    r"(?:tu|t'|toi|vous|peux-tu|peut-tu|pouvez-vous|pourrais-tu|pourriez-vous|veux-tu|voulez-vous|you|can you|could you|will you|"
    r"would you|do you|are you|si tu|si vous|n'oublie|oublie|pense|merci de|qu'est-ce que tu|te |t[ue] )(?![\w])",
    re.IGNORECASE,
)
_END = re.compile(r"^\s*(?:(?:s'il (?:te|vous) plaît|stp|svp|please|là-dessus)\s*)?[?.!…]*\s*$", re.IGNORECASE)


def _is_addressed(text: str, mention: Mention, known: bool) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    if _LEAD.match(before.strip()):
        if known and (_ADDRESSING.match(after) or re.match(r"\s*[,?!:]|\s*$", after)):
            return True
        if not known and re.match(r"\s*,", after) and _ADDRESSING.match(after):
            return True
    comma = bool(re.search(r",\s*$", before))
    if _END.match(after):
        if known:
            return (
                comma
                or "?" in after
                or bool(re.search(r"\b(?:toi|vous|you|plaît|please|merci|thanks)\s*$", before, re.I))
            )
        return comma and ("?" in after or bool(re.search(r"\b(?:tu|toi|te|vous|you|t['’])", before, re.I)))
    # Inside: "tu peux, Karim, envoyer…".
    return comma and bool(re.match(r"\s*,", after)) and known


def mentions(text: str, participants: Sequence[str]) -> list[Mention]:
    """Return the people named in a text, in order: participants in any case, others where a capital shows a name."""
    known = _known_pattern(tuple(participants))
    found: list[Mention] = []
    if known is not None:
        found = [Mention(match.group().strip(), match.start(), match.end()) for match in known.finditer(text)]
    taken = [(mention.start, mention.end) for mention in found]
    for match in _CAPITALISED.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        name = _trimmed(match, text)
        if name is not None:
            found.append(name)
    return sorted(found, key=lambda mention: mention.start)


def _trimmed(match: re.Match[str], text: str) -> Mention | None:
    """Return the name in a capitalised stretch, or None where it is an ordinary word or an acronym."""
    start, end = match.span()
    words = [(word.group(), start + word.start()) for word in re.finditer(_NAME_WORD, match.group())]
    while words and words[0][0].lower() in _NOT_NAMES and not _TITLE.match(match.group()):
        words.pop(0)
    if not words:
        return None
    start = words[0][1]
    while words and words[-1][0].lower() in _NOT_NAMES:
        words.pop()
    if not words:
        return None
    end = words[-1][1] + len(words[-1][0])
    name = text[start:end]
    if name.isupper() and len(name) < 5:
        return None
    if _TITLE.match(name + " "):
        return None
    if _starts_sentence(text, start) and len(words) == 1 and is_common_word(name):
        return None
    return Mention(name, start, end)


def _starts_sentence(text: str, start: int) -> bool:
    return not text[:start].strip(" «\"'“-–—") or text[:start].rstrip(" «\"'“-–—")[-1:] in ".!?…:"


@lru_cache(maxsize=256)
def _known_pattern(participants: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds any spoken form of the participants' names, longest first; None where there are none."""
    forms: dict[str, None] = {}
    for name in participants:
        words = re.findall(_NAME_WORD, name)
        if len(words) > 1:
            forms[r"\s+".join(map(re.escape, words))] = None
        role = any(word.lower() in _ROLE_WORDS for word in words)
        if role:
            if len(words) == 1:
                forms[re.escape(words[0])] = None
            continue
        for word in words:
            if len(word) > 1 and word.lower() not in _PARTICLES and word.lower() not in _NOT_NAMES:
                forms[re.escape(word)] = None
    if not forms:
        return None
    either = "|".join(_accent_free(form) for form in sorted(forms, key=len, reverse=True))
    title = r"(?:(?:M|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Me)\b\.?\s+|(?:monsieur|madame|maître|mademoiselle)\s+)?"
    return re.compile(
        rf"(?<![\w'’-])(?:(?:the|le)\s+)?{title}(?:{either})(?![\w-])(?!['’](?!s\b|ll\b|d\b))", re.IGNORECASE
    )


def _accent_free(form: str) -> str:
    """Return the pattern with each accented letter also matching its plain form."""
    return "".join(
        f"[{char}{fold(char)}]" if char.isalpha() and len(fold(char)) == 1 and fold(char) != char.lower() else char
        for char in form
    )


def _name_parts(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+|\d+", fold(re.sub(r"\(.*?\)|@.*", " ", name)))
    return [word for word in words if word not in _PARTICLES or len(words) == 1]


def _matches(wanted: Iterable[str], parts: Sequence[str]) -> bool:
    """Tell whether every wanted part is one of a name; a single letter is an initial."""
    rest = list(parts)
    for part in wanted:
        hit = next((other for other in rest if other == part or (len(part) == 1 and other.startswith(part))), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True
