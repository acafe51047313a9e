"""What documents are called on the screen, by their title and by more where two have the same; and how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from assistai.documents.apart import Fact, told_by_place
from assistai.documents.uploads import chosen_as, path_of
from assistai.ui import state
from assistai.ui.text import language, t
from assistai.workspace.document import INSIDE, UPLOADED, Document


def names(documents: Iterable[Document], among: Iterable[Document] | None = None) -> dict[str, str]:
    """Return the name of each document by its id: its title, with file and collection where that is not enough.

    `among` are all that it is told from, where those are more.
    """
    listed = tuple(documents)
    everything = listed if among is None else tuple(among)
    count = Counter(document.title for document in everything)
    apart = distinctions(everything)
    return {one.id: one.title if count[one.title] == 1 else _full(one, apart) for one in listed}


def full_names(documents: Iterable[Document], among: Iterable[Document]) -> list[str]:
    """Return title, file and collection of documents, with more where others have the same three."""
    apart = distinctions(among)
    return [_full(document, apart) for document in documents]


def distinctions(documents: Iterable[Document]) -> dict[str, str]:
    """Return what tells those documents apart that have title, file and collection in common, by their ids."""
    alike: dict[tuple[str, str, str], list[Document]] = {}
    for one in documents:
        alike.setdefault((one.title, one.name, one.collection), []).append(one)
    timezone = state.assistai().settings.timezone
    apart: dict[str, str] = {}
    for group in alike.values():
        if len(group) > 1:
            told = told_by_place(group, language(), timezone)
            apart |= {one.id: _distinction(one, told[one.id]) for one in group}
    return apart


def _distinction(document: Document, told: Mapping[Fact, str]) -> str:
    place = t("inside_of", name=told["place"]) if "place" in told else ""
    uploaded = t("place_uploaded") if not place and document.source.startswith(UPLOADED) else ""
    return ", ".join(text for text in (place or uploaded, told.get("added")) if text)


def _full(document: Document, apart: Mapping[str, str]) -> str:
    file = ", ".join(text for text in (document.name, apart.get(document.id)) if text)
    return t("document_named", title=document.title, name=file, collection=document.collection)


def place_text(source: str) -> str:
    """Return where a file stands too as it is shown: a path, or the name that it was uploaded with."""
    outer, *inner = source.split(INSIDE)
    path = INSIDE.join((path_of(outer if inner else chosen_as(outer)), *inner))
    return t("place_of_upload", name=path) if source.startswith(UPLOADED) else path


def no_page_read(document: Document) -> bool:
    """Tell whether not one page of a document was read, as of a scan where no text is recognised."""
    unread = {page for _, page, _ in document.unread if page is not None}
    return document.state == "partly" and document.pages is not None and len(unread) == document.pages
