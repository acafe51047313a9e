"""What documents are called on the screen, by their title and by more where two have the same; and how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assistai.ui.text import t
from assistai.workspace.document import Document


def names(documents: Iterable[Document]) -> dict[str, str]:
    """Return the name of each document by its id: its title, with file and collection where that is not enough."""
    listed = tuple(documents)
    count = Counter(document.title for document in listed)
    return {one.id: one.title if count[one.title] == 1 else full_name(one) for one in listed}


def full_name(document: Document) -> str:
    """Return title, file and collection of a document."""
    return t("document_named", title=document.title, name=document.name, collection=document.collection)


def no_page_read(document: Document) -> bool:
    """Tell whether not one page of a document was read, as of a scan where no text is recognised."""
    unread = {page for _, page, _ in document.unread if page is not None}
    return document.state == "partly" and document.pages is not None and len(unread) == document.pages
