"""Exchanges: who takes what was asked, declines it, or leaves it open in the sentences that follow."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistai.language.words import content_stems
from assistai.meetings.utterances import Utterance
from assistai.records import Language

Answer = Literal["yes", "no", "other"]

_YES = re.compile(
    r"^(?:(?:ah|oh|euh|ben|bah|bon|alors|donc|moi|well|so|uh|um|et)\b[\s,.]*)*"
    r"(?:oui+|ouais|ok|okay|d'accord|entendu|bien sûr|volontiers|avec plaisir|ça marche|ça roule|pas de (?:souci|problème|soucis)|"
    r"aucun (?:souci|problème)|sans (?:souci|problème)|très bien|parfait|noté|c'est noté|bien noté|je note|ce sera fait|c'est comme si c'était fait|"
    r"absolument|tout à fait|compte sur moi|comptez sur moi|évidemment|carrément|super|"
    r"yes|yeah|yep|yup|sure|of course|will do|no problem|no worries|absolutely|definitely|certainly|got it|alright|all right|"
    r"right|fine|can do|happy to|great|my pleasure|consider it done|on it|i'm on it|noted|i can|i will|i'll)(?![\w-])",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^(?:(?:ah|oh|euh|ben|bah|bon|alors|well|so|uh|um|honnêtement|là)\b[\s,.]*)*"
    r"(?:non+|nan|no can do|nope|no(?! problem| worries)|désolée?|pas possible|impossible|sorry|i'm afraid|unfortunately|malheureusement|hélas|"
    r"je (?:ne )?(?:peux|pourrai|pourrais|serai|suis|vais) (?:vraiment )?pas|j'ai pas le temps|je n'ai pas le temps|j'aurai pas le temps|"
    r"i can't|i cannot|i won't|i'm not able|not me|pas moi)(?![\w-])",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"(?<!\w)(?:je (?:ne )?(?:peux|pourrai|pourrais) pas|je (?:ne )?serai pas|je suis (?:en congés?|absente?|en formation|débordée?|sous l'eau)|ce sera sans moi|"
    r"(?:ça va être|ce sera|c'est|ça risque d'être) (?:vraiment |un peu |trop )?(?:compliqué|difficile|tendu|chaud|impossible)|moi non plus|demande plutôt à|"
    r"i can't|i cannot|i won't be able|i'm (?:away|on leave|off|swamped|snowed under)|i'd rather not|i'd love to,? but|(?:going to be|is|that's) (?:tough|tricky|difficult|hard)|"
    r"maybe ask)(?!\w)",
    re.IGNORECASE,
)
_MINDS_NOT = re.compile(
    r"^(?:non[\s,]+non|pas du tout|no,? not at all|not at all|no,? of course(?: not)?|non,? (?:pas de|aucun) (?:souci|problème)|no problem|no worries)(?!\w)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?<!\w)(?:c'est (?:déjà )?fait|je l'ai déjà|je les ai déjà|déjà (?:fait|envoyé|parti|réglé|commandé|relu)|i already|already (?:did|done|sent|have|uploaded|ordered|booked)|"
    r"it's (?:already )?done|that's (?:already )?done|i've (?:just |already )?(?:done|sent|uploaded|booked|ordered) (?:it|that|them))(?!\w)",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"(?<!\w)(?:je m'en (?:occupe|charge|occuperai|chargerai)|je (?:peux|vais) m'en (?:occuper|charger)|je (?:le|la|les|l')\s?(?:fais|ferai|prends)|"
    r"je (?:peux|vais) (?:le|la|les) faire|je (?:fais|ferai|prends) (?:ça|cela)|je peux faire ça|je vais faire ça|je prends(?!\s+\w)|"
    r"c'est (?:pour )?moi|c'est noté|ce sera fait|moi,? je (?:peux|veux bien)|"
    r"je veux bien|laisse-moi faire|laissez-moi faire|j'y vais|i'll (?:take care of|handle|deal with|do|take|get on|sort out|see to) (?:it|that|this|them|those|that one|this one)|"
    r"i'll (?:take|do) (?:it|that one|this one)|i can (?:do|take|handle) (?:it|that|this|that one)|leave (?:it|that) (?:with|to) me|i'm on it|will do|"
    r"consider it done|i got it|i've got (?:it|this)|i'll take (?:it|that|this))(?!\w)",
    re.IGNORECASE,
)


_THING_BEFORE = re.compile(
    r"^(?:(?:et|alors|bon|ok|okay|donc|moi|pour|so|and|well|then)[\s,]+)*(?P<thing>(?:le|la|les|l'|the|my|mon|ma|mes|notre|nos)\s?[^,.;!?]{3,60}?)[\s,]*$",
    re.IGNORECASE,
)


def thing_taken(text: str, language: Language) -> str | None:
    """Return the thing that a sentence names before it takes it on ("la revue, c'est pour moi"), or None."""
    taken = _TAKES.search(text.replace("’", "'"))
    thing = _THING_BEFORE.match(text[: taken.start()]) if taken else None
    return thing["thing"] if thing and content_stems(thing["thing"], language) else None


@dataclass(frozen=True, slots=True)
class Reply:
    """A sentence that answers another: its utterance and what it says."""

    utterance: Utterance
    answer: Answer
    takes: bool


def answer_of(text: str) -> Answer:
    """Return whether a sentence starts as a yes or a no, or as neither."""
    plain = text.replace("’", "'").strip(" ,.–-")
    if _MINDS_NOT.match(plain):
        return "yes"
    if _NO.match(plain) or _REFUSES.search(plain) or _DONE.search(plain):
        return "no"
    if _YES.match(plain) or _TAKES.search(plain):
        return "yes"
    return "other"


def takes_over(text: str) -> bool:
    """Tell whether a sentence takes on what was named before ("je m'en occupe", "I'll take that one")."""
    plain = text.replace("’", "'")
    return bool(_TAKES.search(plain)) and not re.search(r"(?<!\w)(?:ne|n'|pas|not|can't|won't)(?!\w)", plain.lower())


def replies(utterances: Sequence[Utterance], index: int, reach: int = 8) -> list[Reply]:
    """Return what others said in the next `reach` sentences, until the first speaker has said two things more."""
    asked = utterances[index]
    found: list[Reply] = []
    own = 0
    for later in utterances[index + 1 : index + 1 + reach]:
        if later.speaker == asked.speaker and later.turn != asked.turn:
            own += 1
            if own > 2:
                break
        if later.turn != asked.turn and (later.speaker != asked.speaker or asked.speaker is None):
            found.append(Reply(later, answer_of(later.text), takes_over(later.text)))
    return found
