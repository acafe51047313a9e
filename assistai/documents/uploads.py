"""Files that were handed over without a place on disk: where they come from, and those of one name side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from assistai.documents.reading.formats import EXTENSIONS
from assistai.documents.sources import Source
from assistai.workspace.catalogue import Catalogue
from assistai.workspace.document import UPLOADED, Document

_NUMBERED = re.compile(r"(.+) \((\d+)\)", re.DOTALL)


def chosen_as(source: str) -> str:
    """Return the source of an upload without the number of one that was kept beside another of its name."""
    match = _NUMBERED.fullmatch(source)
    numbered = match is not None and PurePosixPath(match[1]).suffix.lower() in EXTENSIONS
    return match[1] if match is not None and numbered and source.startswith(UPLOADED) else source


def path_of(source: str) -> str:
    """Return the path that a file of its own is shown with: where it was chosen, with the number of its name."""
    first = chosen_as(source)
    path = PurePosixPath(first.removeprefix(UPLOADED))
    if first != source:
        path = path.with_name(numbered_name(path.name, int(source.rpartition("(")[2].removesuffix(")"))))
    return str(path) if source.startswith(UPLOADED) else source


def same_named(documents: Iterable[Document], collection: str) -> Mapping[str, Sequence[Document]]:
    """Return the uploaded documents of a collection by the sources that they were chosen as, the first one first.

    Those that could not be read are left out: nothing of them would be lost.
    """
    found: dict[str, list[Document]] = {}
    for one in documents:
        if one.collection == collection and one.state != "failed" and one.source.startswith(UPLOADED):
            found.setdefault(chosen_as(one.source), []).append(one)
    return {source: sorted(group, key=lambda one: (len(one.source), one.source)) for source, group in found.items()}


def beside(catalogue: Catalogue, collection: str, source: Source, sha256: str) -> Source:
    """Return an upload as it is kept where another content of its name stays: under the next number that is free.

    What is kept already keeps its number; where nothing of the name is there, the source is as it was.
    """
    known = catalogue.by_source(collection, source.source)
    if known is None or known.sha256 == sha256 or known.state == "failed":
        return source
    there = catalogue.documents(collection=collection)
    for one in there:
        if one.sha256 == sha256 and chosen_as(one.source) == source.source:
            return replace(source, source=one.source, name=one.name)
    number = free_number(there, source.source, source.name)
    return replace(source, source=_numbered(source.source, number), name=numbered_name(source.name, number))


def free_number(documents: Iterable[Document], source: str, name: str) -> int:
    """Return the first number under which no document of a collection has the source or the name."""
    taken = {text for one in documents for text in (one.source, one.name)}
    number = 2
    while not taken.isdisjoint((_numbered(source, number), numbered_name(name, number))):
        number += 1
    return number


def _numbered(source: str, number: int) -> str:
    return f"{source} ({number})"


def numbered_name(name: str, number: int) -> str:
    """Return a file's name with a number, as file managers write it: "Compte rendu (2).docx"."""
    path = PurePosixPath(name)
    return f"{path.stem} ({number}){path.suffix}"
