"""HTML, and what is turned into it first: Markdown (markdown-it), and Word documents elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistai.documents.reading.blocks import Block, Reading, clean
from assistai.documents.reading.html_cells import (
    BLOCKS,
    HEADINGS,
    IGNORED,
    begins_with_title,
    column_spans,
    flat,
    grid_of,
    is_bold,
    without_inner,
)
from assistai.documents.reading.raised import raised
from assistai.documents.reading.tables import table_rows, with_groups
from assistai.files.encoding import decode

if TYPE_CHECKING:
    from bs4 import Tag
    from markdown_it.token import Token

_MAX_DEPTH = 200
_EMPTY_LINE = re.compile(r"\n\s*\n")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BACK_TO_NOTE = "↑"
_NOT_SHOWN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)\b", re.I
)
_STRUCK_TAGS = frozenset(["del", "s", "strike"])
_STRUCK = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.I)
_RAISED = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super\b", re.I)
_TERM_ENDS = (":", "?", "!", ".", "…")


def read_html(data: bytes, name: str, *, kind: str = "html") -> Reading:
    """Return the text of a web page: headings, paragraphs, lists and tables.

    Scripts, styles and menus are left out, and what the page itself hides or strikes through.
    """
    text, _ = decode(data, name)
    return html_reading(text, kind)


def read_markdown(data: bytes, name: str) -> Reading:
    """Return the text of a Markdown file, without its marks, comments and what is struck through.

    Other HTML in it is read as it stands.
    """
    from markdown_it import MarkdownIt

    text, _ = decode(data, name)
    text = _FRONT_MATTER.sub("", text, count=1)
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 30}).enable(["table", "strikethrough"])
    for rule in ("html_block", "html_inline"):
        markdown.add_render_rule(rule, _markup)
    return html_reading(markdown.render(text), "markdown")


def _markup(_self: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """Return HTML found in Markdown: line breaks work, comments go, the rest is text."""
    content = _COMMENT.sub("", tokens[index].content)
    return "<br>".join(map(escape, _LINE_BREAK.split(content)))


def html_reading(html: str, kind: str) -> Reading:
    """Return the blocks of HTML; text outside any element that makes a block is a paragraph, boxes are ☒ or ☐."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "lxml")
    for tag in soup.find_all(_is_left_out):
        tag.decompose()
    for box in soup.find_all("input", type=["checkbox", "radio"]):
        box.replace_with("☐" if box.get("checked") is None else "☒")
    for tag in soup.find_all(_is_raised):
        for words in tag.find_all(string=True):
            words.replace_with(raised(words))
    title = clean(soup.title.get_text()) if soup.title else ""
    blocks = tuple(_blocks(soup, 0))
    first = next((block.text for block in blocks if block.kind == "heading"), "")
    return Reading(kind, blocks, title=title or first or None)


def _is_left_out(tag: Tag) -> bool:
    """Tell whether an element is never shown, or struck through; a whole page is hidden only until a script has run."""
    if tag.name in ("html", "body"):
        return False
    style = str(tag.get("style", ""))
    hidden = tag.get("hidden") not in (None, "until-found") or _NOT_SHOWN.search(style) is not None
    return hidden or tag.name in _STRUCK_TAGS or _STRUCK.search(style) is not None


def _is_raised(tag: Tag) -> bool:
    return tag.name == "sup" or _RAISED.search(str(tag.get("style", ""))) is not None


def _blocks(tag: Tag, depth: int, *, in_list: bool = False) -> Iterator[Block]:
    from bs4 import Tag
    from bs4.element import NavigableString

    in_list = in_list or tag.name == "li"
    inline: list[str] = []
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name == "br":
                inline.append("\n")
            elif child.name not in IGNORED and depth < _MAX_DEPTH and _makes_blocks(child):
                yield from _paragraphs(inline, in_list)
                inline.clear()
                yield from _element(child, depth + 1, in_list)
            else:
                inline.append(flat(child))
        elif type(child) is NavigableString:
            inline.append(str(child).replace("\n", " "))
    yield from _paragraphs(inline, in_list)


def _makes_blocks(tag: Tag) -> bool:
    return tag.name in BLOCKS or tag.find(["p", "div", "table", "ul", "ol", "h1", "h2", "h3"]) is not None


def _element(tag: Tag, depth: int, in_list: bool) -> Iterator[Block]:
    if tag.name in HEADINGS and (text := clean(flat(tag))):
        yield Block("heading", text, level=HEADINGS[tag.name])
    elif tag.name == "table":
        yield from _table(tag, depth, in_list)
    elif tag.name == "dl":
        yield from _terms(tag, depth, in_list)
    elif tag.name == "pre":
        yield from (Block("paragraph", clean(line)) for line in tag.get_text().split("\n") if line.strip())
    else:
        yield from _blocks(tag, depth, in_list=in_list)


def _terms(tag: Tag, depth: int, in_list: bool) -> Iterator[Block]:
    """Yield each term with what is said of it as one row, and whatever else stands between them."""
    from bs4 import Tag
    from bs4.element import NavigableString

    names: list[str] = []
    said: list[Tag] = []
    for child in tag.contents:
        if isinstance(child, Tag):
            if child.name == "dd":
                said.append(child)
                continue
            if said or child.name != "dt":
                yield from _term(names, said, depth, in_list)
                names, said = [], []
            if child.name == "dt":
                names.append(clean(flat(child)))
            elif child.name in IGNORED or depth >= _MAX_DEPTH:
                yield from _paragraphs([flat(child)], in_list)
            elif child.name == "div" and child.find("dt"):
                yield from _terms(child, depth + 1, in_list)
            else:
                yield from _element(child, depth + 1, in_list)
        elif type(child) is NavigableString:
            yield from _paragraphs([child.replace("\n", " ")], in_list)
    yield from _term(names, said, depth, in_list)


def _term(names: Sequence[str], said: Sequence[Tag], depth: int, in_list: bool) -> Iterator[Block]:
    """Yield a term's row; lists, tables and headings follow the term as they stand."""
    name = ", ".join(filter(None, names))
    if any(tag.find(["table", "ul", "ol", "dl", *HEADINGS]) for tag in said):
        yield from _paragraphs([name], in_list)
        for tag in said:
            yield from _blocks(tag, depth, in_list=in_list)
        return
    text = " ; ".join(filter(None, (clean(flat(tag)) for tag in said)))
    if name or text:
        between = " " if name.endswith(_TERM_ENDS) else " : "
        yield Block("row", between.join(filter(None, (name, text))))


def _paragraphs(inline: Sequence[str], in_list: bool) -> Iterator[Block]:
    """Yield what stands between two blocks: an empty line, made by two line breaks, ends a paragraph."""
    for line in _EMPTY_LINE.split("".join(inline)):
        if text := clean(line).removesuffix(_BACK_TO_NOTE).rstrip():
            yield Block("item" if in_list else "paragraph", text)


def _table(table: Tag, depth: int, in_list: bool) -> Iterator[Block]:
    """Yield the rows of a table, then those of the tables inside it; a table that only lays out a page is no table."""
    rows: list[list[Tag]] = []
    beside: list[str] = []
    _rows_of(table, rows, beside)
    yield from _paragraphs(beside, in_list)
    inside = [list(without_inner(cell)) for row in rows for cell in row]
    if max(map(len, rows), default=0) < 2 or any(tag.name in HEADINGS for tags in inside for tag in tags):
        for row in rows:
            for cell in row:
                yield from _blocks(cell, depth, in_list=in_list)
        return
    while len(rows) > 1 and begins_with_title(rows):
        yield from _paragraphs([flat(rows.pop(0)[0])], in_list)
    grid = grid_of(rows)
    names = [[cell.name == "th" or not flat(cell, nested=False).strip() for cell in row] for row in rows]
    named = next((number for number, row in enumerate(names) if not all(row)), 0)
    if named > 1:
        grid[:named] = [[" ".join(dict.fromkeys(filter(None, parts))) for parts in zip_longest(*grid[:named])]]
    groups = [(left, right) for left, right in column_spans(rows[0]) if right > left]
    if named < 2 and len(grid) > 2 and (both := with_groups(grid[0], groups, grid[1])):
        grid[:2] = [both]
        named = 1
    header = True if named else (is_bold(rows[0]) and len(rows) > 1 and not is_bold(rows[1])) or None
    yield from table_rows(((None, row) for row in grid), header=header)
    for tag in (tag for tags in inside for tag in tags if tag.name == "table"):
        yield from _table(tag, depth + 1, in_list) if depth < _MAX_DEPTH else _paragraphs([flat(tag)], in_list)


def _rows_of(tag: Tag, rows: list[list[Tag]], beside: list[str]) -> None:
    """Collect the rows of a table, and what it holds outside its cells, a caption for one."""
    from bs4 import Tag
    from bs4.element import NavigableString

    for child in tag.children:
        if isinstance(child, Tag) and child.name in ("thead", "tbody", "tfoot", "form") and tag.name == "table":
            _rows_of(child, rows, beside)
        elif isinstance(child, Tag) and child.name == "tr":
            if cells := child.find_all(["td", "th"], recursive=False):
                rows.append(list(cells))
        elif isinstance(child, Tag):
            beside.append(f"{flat(child)}\n\n")
        elif type(child) is NavigableString:
            beside.append(str(child).replace("\n", " "))
