"""Where a meeting changes its subject: what speakers announce first, the words they use else."""

# A table of phrases reads best a phrase a line.
# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistai.language.words import content_stems
from assistai.meetings.utterances import Utterance

_LEAD = r"(?:^|[,.;!?…]\s*)(?:(?:bon|ben|bien|alors|donc|ok|okay|et|euh|parfait|super|merci|voilà|très bien|d'accord|so|right|alright|all right|great|thanks|thank you|well|now|and|um|uh|perfect|good)\b[\s,.!]*){0,4}"
_SUBJECT = r"(?P<subject>[^.!?;:\n]{2,90})?"

_ANNOUNCEMENTS = tuple(
    re.compile(_LEAD + pattern, re.IGNORECASE)
    for pattern in (
        r"(?:on (?:passe|va passer|peut passer|en vient|enchaîne|continue|poursuit|attaque)|passons|venons-en|enchaînons|"
        r"je (?:vous )?propose (?:de passer|qu'on passe)|j'en viens|nous passons|nous en venons)\s+"
        r"(?:maintenant\s+|tout de suite\s+|donc\s+|ensuite\s+)?(?:à|au|aux|sur|avec|par)\s+(?:l'|la\s|le\s|les\s)?"
        + _SUBJECT,
        r"(?:le\s+)?(?:point|sujet)\s+suivant\s*[,:]?\s*" + _SUBJECT,
        r"(?:le\s+|notre\s+)?(?:premier|deuxième|second|troisième|quatrième|cinquième|sixième|dernier|prochain)\s+"
        r"(?:point|sujet|thème)(?:\s+(?:à l'ordre du jour|de l'ordre du jour))?\s*(?:[,:]|c'est|est|concerne|porte sur)?\s*"
        + _SUBJECT,
        r"point\s+(?:numéro\s+)?(?:\d+|un|deux|trois|quatre|cinq|six)\s*[,:]?\s*" + _SUBJECT,
        r"(?:on|nous)\s+(?:commence|commençons|démarre|termine|terminons|finit)\s+(?:donc\s+)?(?:par|avec|sur)\s+"
        + _SUBJECT,
        r"(?:commençons|terminons|finissons)\s+(?:par|avec)\s+" + _SUBJECT,
        r"(?:let's|let us|we(?:'ll| will| can)?|shall we|i'd like to|we should|why don't we)\s+(?:now\s+|just\s+)?"
        r"(?:move on|move|go on|turn|get|jump|switch|proceed)\s+(?:now\s+)?(?:on\s+)?(?:to|into)\s+" + _SUBJECT,
        r"(?:moving on|turning|coming)\s+(?:now\s+)?(?:to\s+)" + _SUBJECT,
        r"(?:the\s+)?next\s+(?:item|topic|point|subject|thing on the agenda)(?:\s+on the agenda)?\s*(?:is|,|:)?\s*"
        + _SUBJECT,
        r"(?:the\s+)?(?:first|second|third|fourth|fifth|last|final)\s+(?:item|topic|point|thing on the agenda)"
        r"(?:\s+on the agenda)?\s*(?:is|,|:)?\s*" + _SUBJECT,
        r"let's\s+(?:talk about|start with|begin with|discuss|finish with|look at)\s+" + _SUBJECT,
    )
)
_AGENDA = re.compile(
    r"(?:à l'ordre du jour|l'ordre du jour|au programme|on the agenda|the agenda|agenda for today)\D{0,40}?[:,]?\s*(?P<items>.{5,300})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Utterances `first` to `last` (indices, both included) and the subject announced for them, if any."""

    first: int
    last: int
    announced: str | None = None


def announced_subject(text: str) -> tuple[bool, str | None]:
    """Tell whether a sentence announces a change of subject, and which subject it names (None where it does not)."""
    for pattern in _ANNOUNCEMENTS:
        if match := pattern.search(text.replace("’", "'")):
            return True, (match.groupdict().get("subject") or "").strip(" ,.-…") or None
    return False, None


def segments(spoken: Sequence[Utterance]) -> list[Segment]:
    """Return the stretches of one subject, in order, covering all utterances.

    Announced changes cut wherever they stand. A stretch longer than about 60 utterances between two of them is cut
    where its vocabulary changes most (depth scores of TextTiling; Hearst, Computational Linguistics 23(1), 1997).
    """
    if not spoken:
        return []
    cuts: dict[int, str | None] = {0: None}
    for utterance in spoken:
        found, subject = announced_subject(utterance.text)
        if found and (utterance.index == 0 or utterance.index - max(cuts) >= 3 or max(cuts) == 0):
            cuts[utterance.index] = subject
    starts = sorted(cuts)
    if len(starts) > 1 and starts[1] <= 6 and cuts[0] is None:
        # A greeting is no topic: the opening joins the first announced subject.
        cuts[0] = cuts.pop(starts[1])
        starts = sorted(cuts)
    result: list[Segment] = []
    for start, end in zip(starts, [*starts[1:], len(spoken)], strict=True):
        inner = _lexical_cuts(spoken[start:end])
        borders = [start, *(start + cut for cut in inner), end]
        for number, (first, after) in enumerate(pairwise(borders)):
            result.append(Segment(first, after - 1, cuts[start] if number == 0 else None))
    return result


def agenda(spoken: Sequence[Utterance]) -> list[str]:
    """Return the items of an agenda read out in the first utterances, or none."""
    for utterance in spoken[:15]:
        if match := _AGENDA.search(utterance.text):
            items = re.split(r",|;|\bet (?:puis|enfin|aussi)?\b|\band (?:then|finally)?\b|\bpuis\b", match["items"])
            named = [item.strip(" .:") for item in items if 2 < len(item.strip(" .:")) < 60]
            if len(named) > 1:
                return named
    return []


def _lexical_cuts(spoken: Sequence[Utterance], block: int = 20, longest: int = 60) -> list[int]:
    """Return where to cut a stretch, so that cuts fall in the deepest valleys of lexical cohesion."""
    if len(spoken) <= longest:
        return []
    stems = [Counter(content_stems(part.text, part.language)) for part in spoken]
    gaps = range(block, len(spoken) - block, 4)
    scores = [
        _cosine(sum(stems[gap - block : gap], Counter()), sum(stems[gap : gap + block], Counter())) for gap in gaps
    ]
    depths = [
        (max(scores[max(0, at - 5) : at + 1]) - score) + (max(scores[at : at + 6]) - score)
        for at, score in enumerate(scores)
    ]
    wanted = min(12, len(spoken) // 150 + 1)
    chosen: list[int] = []
    for at in sorted(range(len(depths)), key=lambda at: (-depths[at], at)):
        if len(chosen) == wanted or depths[at] <= 0:
            break
        if all(abs(gaps[at] - other) >= 40 for other in chosen):
            chosen.append(gaps[at])
    return sorted(chosen)


def _cosine(first: Counter[str], second: Counter[str]) -> float:
    shared = sum(count * second[stem] for stem, count in first.items())
    norm = math.sqrt(sum(n * n for n in first.values()) * sum(n * n for n in second.values()))
    return shared / norm if norm else 0.0
