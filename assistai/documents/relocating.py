"""Where the quote of an answer that was given earlier stands now: documents are replaced and read anew meanwhile."""

from __future__ import annotations

from assistai.documents.answering import mark_at
from assistai.documents.answers import Citation
from assistai.workspace.catalogue import Catalogue


def stands_now(library: Catalogue, citation: Citation) -> Citation | None:
    """Return the citation with the place that its quote has now, the nearest to the former one; None where it is gone.

    The very citation comes back where nothing has moved.
    """
    name, quote = citation.document, citation.quote
    text = library.text_of(name)
    if text[citation.start : citation.end] == quote:
        return citation
    before = text.rfind(quote, 0, citation.start + len(quote))
    after = text.find(quote, citation.start)
    places = [at for at in (before, after) if at >= 0 and quote]
    if not places:
        return None
    start = min(places, key=lambda at: abs(at - citation.start))
    return citation.model_copy(
        update={
            "start": start,
            "end": start + len(quote),
            "page": mark_at(library.page_starts([name]).get(name, []), start, citation.page),
            "place": mark_at(library.place_starts([name]).get(name, []), start, citation.place),
        }
    )
