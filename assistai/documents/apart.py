"""What tells documents of one title apart: file, collection, the folder or archive, the moment they were added."""

from __future__ import annotations

import datetime as dt
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
    alike = [one for one in others if one.id != document.id and one.title == document.title]
    said: dict[Fact, str] = {}

    def tell(fact: Fact, text: str, same: Sequence[Document]) -> Sequence[Document]:
        if text and len(same) < len(alike):
            said[fact] = text
        return same

    alike = [*tell("name", document.name, [one for one in alike if one.name == document.name])]
    alike = [*tell("collection", document.collection, [one for one in alike if one.collection == document.collection])]
    mine = folders(document.source)
    places = [folders(one.source) for one in alike]
    same = [one for one, place in zip(alike, places, strict=True) if place == mine]
    alike = [*tell("place", _last(mine, [place for place in places if place != mine]), same)]
    if alike:
        said["added"] = _moment(document, alike, language, timezone)
    return said


def folders(source: str) -> tuple[str, ...]:
    """Return the folders, archives and mails that a file stands in, the outermost first."""
    outer, *inner = source.split(INSIDE)
    paths = (PurePath(path_of(outer)), *map(PurePosixPath, inner))
    return tuple(part for path in paths for part in path.parts if part != path.anchor)[:-1]


def _last(mine: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> str:
    """Return the last folders of a place, so many as no other place ends with."""
    enough = (n for n in range(1, len(mine)) if all(place[-n:] != mine[-n:] for place in others))
    return "/".join(mine[-next(enough, len(mine)) :])


def _moment(document: Document, alike: Sequence[Document], language: Language, timezone: str) -> str:
    mine, *others = (one.added_at.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(timezone)) for one in (document, *alike))
    day = format_date(mine.date(), language)
    if all(other.date() != mine.date() for other in others):
        return translate("documents.added_on", language, day=day)
    same = any((other.hour, other.minute) == (mine.hour, mine.minute) for other in others)
    time = f"{mine:%H:%M:%S}" if same or language == "en" else f"{mine.hour}{NO_BREAK}h{NO_BREAK}{mine:%M}"
    return translate("documents.added_at", language, day=day, time=time)
