"""Topics: the meeting cut into subjects, each with a title and the sentences that tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistai.language.words import content_stems
from assistai.meetings.extraction.pieces import in_pieces
from assistai.meetings.extraction.segmentation import agenda, segments
from assistai.meetings.extraction.summary import summarise
from assistai.meetings.extraction.titles import document_counts, from_announcement, salient_phrase
from assistai.meetings.minutes import Topic
from assistai.meetings.transcript import Transcript
from assistai.meetings.utterances import Utterance, main_language
from assistai.records import Language

_NAMED = re.compile(
    r"(?:bienvenue (?:à|au|dans)|ouverture d[eu]|welcome to)\s+(?:cette|ce|la|le|l'|notre|the|our|this)?\s*"
    r"(?P<title>(?:réunion|comité|conseil|séance|point|atelier|weekly|kick-off|meeting|committee|review)[^.,!?;:]{0,60})",
    re.IGNORECASE,
)


def find_topics(utterances: Sequence[Utterance], transcript: Transcript) -> list[Topic]:
    """Return the meeting's topics in order, each with the turns it spans; together they hold every recorded turn."""
    if not utterances:
        return []
    spoken = in_pieces(utterances)
    cut = segments(spoken)
    parts = [spoken[segment.first : segment.last + 1] for segment in cut]
    counts = document_counts(parts)
    items = agenda(spoken)
    topics: list[Topic] = []
    seen: set[str] = set()
    for segment, part in zip(cut, parts, strict=True):
        english = sum(len(said.text) for said in part if said.language == "en")
        language: Language = "en" if 2 * english > sum(len(said.text) for said in part) else "fr"
        title = from_announcement(segment.announced) if segment.announced else None
        title = title or _agenda_item(part, items) or salient_phrase(part, counts, len(parts), language)
        title = title or ("Échanges" if language == "fr" else "Discussion")
        if title.casefold() in seen and (other := salient_phrase(part, counts, len(parts), language)):
            title = other
        seen.add(title.casefold())
        first = topics[-1].last + 1 if topics and topics[-1].last is not None else part[0].turn
        last = max(part[-1].turn, first)
        if topics and part[-1].turn < first:
            continue
        wanted = max(1, min(5, 1 + len(part) // 12))
        topics.append(Topic(title=title, summary=summarise(part, transcript, wanted), first=first, last=last))
    return topics


def meeting_title(utterances: Sequence[Utterance], transcript: Transcript) -> str:
    """Return the meeting's name: the source's, the one announced, or what its topics are about."""
    if transcript.title:
        return transcript.title
    for part in utterances[:12]:
        if match := _NAMED.search(part.text):
            title = match["title"].strip()
            return title[:1].upper() + title[1:]
    fallback = "Réunion" if main_language(transcript.turns) == "fr" else "Meeting"
    return joined_titles(find_topics(utterances, transcript)) or fallback


def joined_titles(topics: Sequence[Topic]) -> str:
    """Return the first titles as the name of a meeting that has none, empty where there are no topics."""
    titles = [topic.title for topic in topics[:3]]
    return ", ".join([*titles[:1], *(title[:1].lower() + title[1:] for title in titles[1:])])


def _agenda_item(part: Sequence[Utterance], items: Sequence[str]) -> str | None:
    """Return the agenda's item whose words the stretch uses most, where it uses them all near its start."""
    opening = {stem for said in part[:4] for stem in content_stems(said.text, said.language)}
    for item in items:
        stems = set(content_stems(item, part[0].language))
        if stems and stems <= opening:
            return from_announcement(item)
    return None
