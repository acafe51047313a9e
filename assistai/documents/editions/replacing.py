"""Which document another one replaces: by its name, or because one of the two says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from assistai.documents.editions.imprint import Edition, Imprint, imprint_of
from assistai.documents.editions.marks import Mark
from assistai.documents.editions.statements import by_statement


def replaced(editions: Sequence[Edition]) -> dict[str, str]:
    """Return the id of each document that another of these replaces, with the id of the newest that does.

    It is replaced by one whose name or title differs in a later year or version only, or where one of the two says so.
    A draft replaces nothing.
    """
    reads = {edition.id: imprint_of(edition) for edition in editions}
    newer: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in [*_by_family(reads.values()), *by_statement(reads.values())]:
        if old is not new and not new.is_draft:
            newer[old.id].add(new.id)
    newest: dict[str, str] = {}
    sorter = TopologicalSorter(newer)
    with suppress(CycleError):  # what is in a cycle, or leads into one, never gets ready
        sorter.prepare()
    while sorter.is_active():
        for old_id in sorter.get_ready():
            if ends := sorted({newest.get(new_id, new_id) for new_id in newer.get(old_id, ())}):
                newest[old_id] = max(ends, key=lambda end: (reads[end].years, reads[end].version))
            sorter.done(old_id)
    return newest


def _by_family(reads: Collection[Imprint]) -> Iterator[tuple[Imprint, Imprint]]:
    """Yield (older, newer) of those with one name: years are compared, and the versions of one year or of none."""
    groups: defaultdict[tuple[object, ...], list[tuple[Mark, Mark, Imprint]]] = defaultdict(list)
    for read in reads:
        for label in read.family:
            if label.years:
                groups[label.key, "years"].append((label.years, label.version, read))
            if label.version:
                groups[label.key, label.years].append((label.version, (), read))
    for group in groups.values():
        newest = max(group, key=lambda item: (*item[:2], item[2].id))
        yield from ((item[2], newest[2]) for item in group if item[0] < newest[0])
