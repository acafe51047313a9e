"""What tells documents of one title apart: file, collection, the folder or archive, the moment they were added."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath, PurePosixPath
from typing import Literal
from zoneinfo import ZoneInfo

from assistai.documents.uploads import path_of
from assistai.i18n import translate
from assistai.language.typography import NO_BREAK, format_date
from assistai.records import Language
from assistai.workspace.document import INSIDE, Document

Fact = Literal["name", "collection", "place", "added"]


def told_apart(
    document: Document, others: Iterable[Document], language: Language, timezone: str = "UTC"
) -> Mapping[Fact, str]:
    """Return what tells a document from those of the same title, as little as is enough; nothing where none has it.

    In this order: the name of its file, its collection, the folders that it stands in, the moment when it was added.
    """
    alike = [document, *(one for one in others if one.id != document.id and one.title == document.title)]
    said: dict[Fact, str] = {}
    same = [one for one in alike if one.name == document.name]
    if len(same) < len(alike):
        said["name"] = document.name
    closer = [one for one in same if one.collection == document.collection]
    if len(closer) < len(same):
        said["collection"] = document.collection
    return {**said, **told_by_place(closer, language, timezone)[document.id]}


def told_by_place(
    documents: Sequence[Document], language: Language, timezone: str = "UTC"
) -> Mapping[str, Mapping[Fact, str]]:
    """Return what tells documents of one name and collection apart, by their ids: place, and moment where that is the
    same. Nothing of one that stands in no folder, or alone."""
    there: dict[tuple[str, ...], list[Document]] = {}
    for one in documents:
        there.setdefault(folders(one.source), []).append(one)
    ends = Counter(place[-length:] for place in there for length in range(1, len(place) + 1))
    told: dict[str, Mapping[Fact, str]] = {}
    for place, alike in there.items():
        enough = next((length for length in range(1, len(place)) if ends[place[-length:]] == 1), len(place))
        folder: Mapping[Fact, str] = {"place": "/".join(place[-enough:])} if place and len(there) > 1 else {}
        moments = _moments(alike, language, timezone) if len(alike) > 1 else {}
        for one in alike:
            told[one.id] = {**folder, "added": moments[one.id]} if moments else folder
    return told


def folders(source: str) -> tuple[str, ...]:
    """Return the folders, archives and mails that a file stands in, the outermost first."""
    outer, *inner = source.split(INSIDE)
    paths = (PurePath(path_of(outer)), *map(PurePosixPath, inner))
    return tuple(part for path in paths for part in path.parts if part != path.anchor)[:-1]


def _moments(documents: Sequence[Document], language: Language, timezone: str) -> dict[str, str]:
    """Return when each document was added: the day, with the time of day where others were added on it."""
    zone = ZoneInfo(timezone)
    at = {one.id: one.added_at.replace(tzinfo=dt.UTC).astimezone(zone) for one in documents}
    days = Counter(moment.date() for moment in at.values())
    minutes = Counter(moment.replace(second=0, microsecond=0) for moment in at.values())
    said = {}
    for name, moment in at.items():
        day = format_date(moment.date(), language)
        if days[moment.date()] == 1:
            said[name] = translate("documents.added_on", language, day=day)
            continue
        alone = minutes[moment.replace(second=0, microsecond=0)] == 1
        time = f"{moment:%H:%M}" if alone else f"{moment:%H:%M:%S}"
        if alone and language == "fr":
            time = f"{moment.hour}{NO_BREAK}h{NO_BREAK}{moment:%M}"
        said[name] = translate("documents.added_at", language, day=day, time=time)
    return said
