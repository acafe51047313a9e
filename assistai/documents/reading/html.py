"""HTML, and what is turned into it first: Word documents (mammoth) and Markdown (markdown-it)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistai.documents.reading.blocks import Block, Reading, clean, table_rows
from assistai.errors import UnreadableInput
from assistai.files.encoding import decode
from assistai.files.packages import BROKEN, Limits, open_package, refuse_entities

if TYPE_CHECKING:
    from bs4 import Tag

_IGNORED = frozenset("script style noscript template svg nav iframe object embed form button head".split())
_CONTAINERS = frozenset(
    "html body div section article main header footer aside figure details dl fieldset center td th blockquote "
    "ul ol li table thead tbody tfoot tr address".split()
)
_HEADING = re.compile(r"h([1-6])")
_MAX_DEPTH = 200


def read_html(data: bytes, name: str, *, kind: str = "html") -> Reading:
    """Return the text of a web page: headings, paragraphs, lists and tables; scripts, styles and menus are left out."""
    text, _ = decode(data, name)
    return html_reading(text, kind)


def read_markdown(data: bytes, name: str) -> Reading:
    """Return the text of a Markdown file, its marks taken away."""
    from markdown_it import MarkdownIt

    text, _ = decode(data, name)
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return html_reading(MarkdownIt("commonmark", {"html": False}).enable("table").render(text), "markdown")


def read_word(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the text of a DOCX file: headings by style, paragraphs, lists, tables, notes, comments left out.

    Raises UnreadableInput where it is broken, protected or declares entities, LimitExceeded where it is too large.
    """
    import mammoth

    with open_package(data, name, limits) as archive:
        refuse_entities(archive, name, limits.unpacked)
    ignore_pictures = mammoth.images.img_element(lambda _image: {})
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=ignore_pictures, style_map="p[style-name='Title'] => h1:fresh"
        ).value
    except (*BROKEN, TypeError, AttributeError, SyntaxError, IndexError, RecursionError) as error:
        raise UnreadableInput("package_broken", name=name) from error
    return html_reading(html, "docx")


def html_reading(html: str, kind: str) -> Reading:
    """Return the blocks of HTML; text outside any element that makes a block is a paragraph."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "lxml")
    title = clean(soup.title.get_text()) if soup.title else ""
    blocks = tuple(_blocks(soup, 0))
    first = next((block.text for block in blocks if block.kind == "heading"), "")
    return Reading(kind, blocks, title=title or first or None)


def _blocks(tag: Tag, depth: int) -> Iterator[Block]:
    from bs4 import Tag
    from bs4.element import NavigableString

    inline: list[str] = []
    for child in tag.children:
        if isinstance(child, Tag) and child.name not in _IGNORED:
            if child.name == "br":
                inline.append("\n")
            elif depth < _MAX_DEPTH and (_makes_blocks(child)):
                yield from _paragraph(inline, tag)
                inline.clear()
                yield from _element(child, depth + 1)
            else:
                inline.append(_flat(child))
        elif type(child) is NavigableString:
            inline.append(str(child))
    yield from _paragraph(inline, tag)


def _makes_blocks(tag: Tag) -> bool:
    return (
        tag.name in _CONTAINERS
        or tag.name in ("p", "pre", "dt", "dd", "caption", "figcaption", "summary")
        or bool(_HEADING.fullmatch(tag.name))
        or tag.find(["p", "div", "table", "ul", "ol", "h1", "h2", "h3"]) is not None
    )


def _element(tag: Tag, depth: int) -> Iterator[Block]:
    heading = _HEADING.fullmatch(tag.name)
    if heading and (text := clean(_flat(tag))):
        yield Block("heading", text, level=int(heading[1]))
    elif tag.name == "table" and not tag.find("table"):
        rows = [row.find_all(["td", "th"]) for row in tag.find_all("tr")]
        header = True if rows and len(rows[0]) > 1 and all(cell.name == "th" for cell in rows[0]) else None
        yield from table_rows(((None, [_flat(cell) for cell in row]) for row in rows), header=header)
    elif tag.name == "pre":
        yield from (Block("paragraph", clean(line)) for line in tag.get_text().split("\n") if line.strip())
    else:
        yield from _blocks(tag, depth)


def _paragraph(inline: list[str], tag: Tag) -> Iterator[Block]:
    in_list = tag.name == "li" or any(parent.name == "li" for parent in tag.parents)
    for line in "".join(inline).replace("\u2028", "\n").split("\n\n") if tag.name != "p" else ["".join(inline)]:
        if text := clean(line):
            yield Block("item" if in_list else "paragraph", text)


def _flat(tag: Tag) -> str:
    from bs4.element import NavigableString

    pieces = []
    for child in tag.descendants:
        if getattr(child, "name", None) in ("br", "p", "li", "div"):
            pieces.append(" ")
        elif type(child) is NavigableString and not any(
            parent.name in _IGNORED for parent in child.parents if parent is not tag
        ):
            pieces.append(str(child))
    return "".join(pieces)
