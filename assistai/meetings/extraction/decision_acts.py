"""Acts of speech that settle something or put it up for settling: what one sentence says, before it is answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistai.language.verbs import english_base, infinitive
from assistai.language.words import content_stems, tokens
from assistai.meetings.extraction.antecedents import clause_end
from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.extraction.speech import Speech, readable
from assistai.meetings.utterances import Utterance
from assistai.records import Language

Kind = Literal["declared", "choice", "proposal", "suggestion", "ratified", "check", "revoked"]
"""declared: settled by being said · choice: "on achète…", settled unless somebody objects · proposal: needs an answer ·
suggestion: needs a clear yes · ratified: settles what was said before · check: asks whether all agree · revoked: takes
back a decision."""

_LONGEST = 35
_PREFIX = 10
_SUBJECT: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(r"(?:(?:que\s|qu['’]|si\s)?(?:on|nous|l['’]on)\s)(?:ne\s|n['’]|se\s|nous\s)?", re.IGNORECASE),
    "en": re.compile(
        r"(?:that\s)?(?:we|we['’]d|let['’]s)\s(?:should\s|could\s|can\s|would\s|just\s|to\s)*", re.IGNORECASE
    ),
}
_AGREES_TO = re.compile(r"(?:d['’]accord|agreed|okay|ok|happy)\s(?:pour|sur|on|with)\s?$", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:que\s|that\s|to\s)?(?:je|j['’]|tu|vous|toi|moi|i|you|he|she|they|il|elle|ils|elles)(?:\s|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DecisionAct:
    """What one sentence does: `statement` is the span of the readable text that says what is settled."""

    kind: Kind
    utterance: Utterance
    speech: Speech
    trigger: tuple[int, int]
    statement: tuple[int, int]
    opened: bool = False

    @property
    def words(self) -> str:
        """Return the statement as it was said."""
        return self.speech.text[slice(*self.statement)]


def decision_act(utterance: Utterance) -> DecisionAct | None:
    """Return what the sentence does for a decision, or None: most sentences do nothing."""
    if len(utterance.text) < 5:
        return None
    speech = readable(utterance.text)
    found = _kind(speech.lower, utterance.language)
    if found is None:
        return None
    kind, trigger = found
    opened = phrases("decisions")["opener"].match(speech.lower) is not None
    return DecisionAct(kind, utterance, speech, trigger, _statement(speech.text, trigger, utterance.language), opened)


def statement_act(utterance: Utterance) -> DecisionAct:
    """Return a sentence as the statement of something that others then agree to."""
    speech = readable(utterance.text)
    return DecisionAct("declared", utterance, speech, (0, 0), _statement(speech.text, (0, 0), utterance.language))


def _kind(text: str, language: Language) -> tuple[Kind, tuple[int, int]] | None:
    lexicon = phrases("decisions")
    asks = text.rstrip().endswith("?") and lexicon["tag"].search(text) is None
    revoked = lexicon["revoke_only"].search(text)
    if revoked and len(tokens(text[revoked.end() :])) < 4:
        return None if asks else ("revoked", revoked.span())
    if match := lexicon[f"check_{language}"].search(text):
        return "check", match.span()
    if lexicon["past"].search(text) or lexicon["reported"].search(text) or lexicon["joke"].search(text):
        return None
    ratified = lexicon[f"ratified_{language}"].search(text)
    if ratified and len(tokens(text[ratified.end() :])) < 3:
        return None if asks else ("ratified", ratified.span())
    conditional = bool(lexicon["condition"].search(text)) and not lexicon["polite_condition"].search(text)
    hypothetical = bool(lexicon["hypothesis"].search(text))
    asks = asks or lexicon[f"wondering_{language}"].match(text) is not None
    if not asks and not conditional and not hypothetical:
        for name, kind in (("declared", "declared"), ("firm", "choice"), ("choice", "choice")):
            pattern = lexicon.get(f"{name}_{language}")
            match = pattern.search(text) if pattern else None
            if (
                match
                and not _is_procedure(text, *match.span())
                and (kind == "declared" or not lexicon["habit"].search(text))
            ):
                return ("choice" if name == "choice" else "declared"), match.span()
    for taken, act in ((ratified, "ratified"), (revoked, "revoked")):
        if taken:
            return None if asks else (act, taken.span())  # type: ignore[return-value]
    if (
        asks
        and not conditional
        and not hypothetical
        and lexicon["offered"].search(text)
        and not lexicon["wondering_fr"].match(text)
    ):
        return "proposal", (0, 0)
    for name, kind in (("proposal", "proposal"), ("suggestion", "suggestion")):
        match = lexicon[f"{name}_{language}"].search(text)
        if match and not _is_procedure(text, match.end(), match.end() + 12) and not _OTHERS.match(text, match.end()):
            return kind, match.span()  # type: ignore[return-value]
    return None


def _is_procedure(text: str, start: int, end: int) -> bool:
    """Tell whether what follows runs the meeting ("on passe au point suivant") rather than settles something."""
    match = phrases("decisions")["procedure"].search(text[max(0, start - 1) : end + 20])
    return match is not None


def _statement(text: str, trigger: tuple[int, int], language: Language) -> tuple[int, int]:
    """Return the span that says what is settled: no fillers, no tags, no more than some words."""
    match = phrases("decisions")["filler"].match(text)
    start = match.end() if match and (match.end() < trigger[1] or trigger == (0, 0)) else trigger[0]
    if len(tokens(text[start : trigger[0]])) > _PREFIX:
        start = trigger[0]
    end = len(text)
    aside = phrases("decisions")["aside"].search(text, trigger[1])
    if aside and len(content_stems(text[start : aside.start()], language)) >= 2:
        end = aside.start()
    if len(tokens(text[start:end])) > _LONGEST:
        end = max(clause_end(text, trigger[1], language), trigger[1])
        words = tokens(text[start:end])
        end = start + words[min(len(words), _LONGEST) - 1].end
    trailing = phrases("decisions")["trailing"].search(text, start + 1, end)
    if trailing:
        end = trailing.start()
    return start, start + len(text[start:end].rstrip(" ,.;:!?…-–—'’"))


def proposed(act: DecisionAct) -> str:
    """Return what a proposal puts up, on its own: "Prendre le prestataire Dupont", "Use a rubber case"."""
    language = act.utterance.language
    if act.trigger == (0, 0):
        return act.words
    rest = act.speech.text[act.trigger[1] : act.statement[1]].strip(" ,:?")
    bare = _SUBJECT[language].sub("", rest, count=1) if _SUBJECT[language].match(rest) else rest
    head = tokens(bare)[:1]
    if not head:
        return act.words
    verb = _base(head[0].lower, language)
    if len(tokens(bare)) < 2:
        return act.words
    if verb is None:
        return bare if _AGREES_TO.search(act.speech.text[slice(*act.trigger)]) else act.words
    return verb + bare[head[0].end :]


def _base(form: str, language: Language) -> str | None:
    if language == "fr":
        return infinitive(form, "fr")
    if not form.isalpha() or form in ("the", "a", "an", "our", "this", "that", "it", "to", "on", "for", "in", "with"):
        return None
    return english_base(form)
