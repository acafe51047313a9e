"""What a question asks about that nothing quoted speaks of: a group of people, a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistai.documents.answers import AnswerSentence, Citation, Remark
from assistai.documents.naming import alike, groups
from assistai.documents.phrases import Phrase, phrases
from assistai.documents.words import LONGEST_QUESTION, stems_of
from assistai.language.sentences import sentence_spans
from assistai.language.synonyms import related_stems
from assistai.language.words import detect_language, fold
from assistai.records import Language

NOT_MENTIONED = "not_mentioned"
"""The code of the remark that no quoted sentence speaks of a group or place."""

_EVERYBODY = re.compile(
    r"(?:salarie|employe|agent|collabora(?:teur|trice)|personne|gens|membre|collegue|responsable|directeur|directrice|chef|cheffe|temps"
    r"|administratif|staff|employee|worker|people|person|everyone|everybody|someone|somebody|member|director|colleague|officer)(?:e?s)?"
    r"|quelqu.*|ceux|celles"
)
"""People that a rule for all is about, and those who hold an office rather than fall under a rule."""

_NOT_THEY = re.compile(r"\bnon[- ]\w+")
_IN_THE_FRAME = re.compile(r"\b(?:dans le|le|hors) cadre d(?:e\b|u\b|es\b|[’'])", re.IGNORECASE)
_OWN_SITE = re.compile(
    r"(?:agence|site|antenne|bureau|branch|office|ville|pays|city|country|siege|campus|ecole)(?:s|es)?"
)
_AT = ("à", "en", "dans", "chez", "in", "at", "depuis", "from")


def unmentioned(asked: str, sentences: Sequence[AnswerSentence], passages: Sequence[Citation] = ()) -> list[Remark]:
    """Return a remark for each group and place of a question that no quoted sentence speaks of, nor what is above it.

    A rule that holds for all does not say that it holds for them. A piece of a sentence, as models quote it,
    counts with the rest of it in its passage.
    """
    asked = asked[:LONGEST_QUESTION]
    cited = [citation for sentence in sentences for citation in sentence.citations]
    if not cited:
        return []
    around = [_around(citation) for citation in cited] + [_rest(citation, passages) for citation in cited]
    said = _IN_THE_FRAME.sub("", "\n".join(around))
    language = detect_language(asked)
    return [
        Remark(code=NOT_MENTIONED, params={"phrase": phrase.text})
        for phrase in _held_for(asked, language)
        if not _speaks_of(said, phrase, language)
    ]


def _around(citation: Citation) -> str:
    return f"{citation.quote}\n{citation.heading}\n{citation.title}\n{citation.name}\n{citation.place or ''}"


def _rest(citation: Citation, passages: Sequence[Citation]) -> str:
    """Return the sentences of a passage that a quote is a piece of."""
    for passage in passages:
        if passage.document == citation.document and passage.start <= citation.start < citation.end <= passage.end:
            begin, end = citation.start - passage.start, citation.end - passage.start
            spans = [span for span in sentence_spans(passage.quote) if span[0] < end and span[1] > begin]
            return passage.quote[spans[0][0] : spans[-1][1]] if spans else ""
    return ""


def _held_for(asked: str, language: Language) -> Iterator[Phrase]:
    """Yield the phrases of a question that tell for whom or where something is to hold."""
    for phrase in phrases(asked, language):
        words = fold(phrase.text).split()
        office = phrase.article in ("le", "la", "l'", "the") and any(map(_EVERYBODY.fullmatch, (words[0], words[-1])))
        people = phrase.kind == "group" and not office and not all(map(_EVERYBODY.fullmatch, words))
        place = phrase.kind == "place" and phrase.preposition in _AT and not all(map(_OWN_SITE.fullmatch, words))
        if people or place:
            yield phrase


def _speaks_of(text: str, phrase: Phrase, language: Language) -> bool:
    """Tell whether a text has a word of a phrase, one alike, or the same group by another name."""
    if alike(groups(phrase.text)) & groups(text):
        return True
    folded = _NOT_THEY.sub("", fold(text))
    words = [word for word in fold(phrase.text).split() if not _EVERYBODY.fullmatch(word)]
    if any(len(word) > 2 and word[: max(4, len(word) - 2)] in folded for word in words):
        return True
    there = {*stems_of(folded, "fr"), *stems_of(folded, "en")}
    return any(there & {stem, *related_stems(stem)} for word in words for stem in stems_of(word, language))
