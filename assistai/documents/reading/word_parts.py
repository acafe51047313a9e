"""The XML parts of a Word document, changed before they are read: what is hidden or struck through
goes, raised figures are so by themselves."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from assistai.documents.reading.raised import raised
from assistai.files.packages import parse_part

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_RELATIONS = "word/_rels/document.xml.rels"
_STYLES = "word/styles.xml"
_WRITTEN = frozenset(["t", "sym", "noBreakHyphen"])
_NOT_IN_FORCE = ("vanish", "strike", "dstrike")
_OFF = frozenset(["0", "false", "off", "none"])


class Parts:
    """The parts of a package, parsed when they are asked for; what is changed in their trees is saved."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._trees: dict[str, _Element] = {}

    def tree(self, name: str) -> _Element | None:
        """Return the root of a part, None where there is no such part."""
        if name not in self._trees:
            if name not in self._names:
                return None
            self._trees[name] = parse_part(self._archive.read(name))
        return self._trees[name]

    @cached_property
    def styles(self) -> dict[str, _Element]:
        """Return the styles by their ids."""
        styles = self.tree(_STYLES)
        return {} if styles is None else {attribute(style, "styleId"): style for style in styles.iterfind("{*}style")}

    @cached_property
    def related(self) -> dict[str, str]:
        """Return the names of the parts that the document refers to, by the ids of its relations."""
        relations = self.tree(_RELATIONS)
        return {
            attribute(one, "Id"): posixpath.normpath(posixpath.join("word", attribute(one, "Target"))).lstrip("/")
            for one in (relations if relations is not None else ())
        }

    def lineage(self, style: str) -> Iterator[_Element]:
        """Yield a style, then those it is based on."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = value(self.styles[style], "basedOn")

    def write_as_shown(self) -> None:
        """Take away the text that is hidden or struck through, and raise the figures that are set raised."""
        for name in (DOCUMENT, *_NOTES):
            if (tree := self.tree(name)) is not None:
                self.write_as_shown_in(tree)

    def write_as_shown_in(self, tree: _Element) -> None:
        """Change the text of one part so, by itself or by its styles; fields, which may begin in hidden text and end
        elsewhere, stay whole.
        """
        for paragraph in tree.iter("{*}p"):
            style = value(paragraph.find("{*}pPr"), "pStyle")
            for run in paragraph.iter("{*}r"):
                properties = run.find("{*}rPr")
                if any(self.is_set(properties, style, name) for name in _NOT_IN_FORCE):
                    for child in list(run):
                        if local_name(child) in _WRITTEN:
                            run.remove(child)
                elif self._place(properties) == "superscript":
                    for text in run.iterfind("{*}t"):
                        text.text = raised(text.text or "")

    def is_set(self, properties: _Element | None, paragraph_style: str, name: str) -> bool:
        """Tell whether a property of a run is on: by itself, else by its style or that of its paragraph."""
        own = flag(properties, name)
        styles = (value(properties, "rStyle"), paragraph_style)
        return any(self._sets(style, name) for style in styles) if own is None else own

    def saved(self) -> bytes:
        """Return the package without its pictures, with the changed parts."""
        from lxml import etree

        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name in dict.fromkeys(self._archive.namelist()):
                if name in self._trees:
                    target.writestr(name, etree.tostring(self._trees[name], encoding="UTF-8", xml_declaration=True))
                elif not name.startswith("word/media/"):
                    target.writestr(name, self._archive.read(name))
        return out.getvalue()

    def _sets(self, style: str, name: str) -> bool:
        flags = (flag(known.find("{*}rPr"), name) for known in self.lineage(style))
        return next((is_on for is_on in flags if is_on is not None), False)

    def _place(self, properties: _Element | None) -> str:
        """Return how a run stands to its line, by itself or by its style."""
        styles = (known.find("{*}rPr") for known in self.lineage(value(properties, "rStyle")))
        return next(filter(None, (value(holder, "vertAlign") for holder in (properties, *styles))), "")


def local_name(element: _Element) -> str:
    """Return an element's name without its namespace, which differs between the two kinds of OOXML."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: _Element, name: str) -> str:
    """Return an attribute, "" where it is missing."""
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def value(parent: _Element | None, child: str) -> str:
    """Return what a child of properties says ("Titre1" of <w:pStyle w:val="Titre1"/>), "" where it is missing."""
    found = None if parent is None else parent.find(f"{{*}}{child}")
    return "" if found is None else attribute(found, "val")


def flag(parent: _Element | None, child: str) -> bool | None:
    """Return whether a property is on, None where nothing is said."""
    found = None if parent is None else parent.find(f"{{*}}{child}")
    return None if found is None else attribute(found, "val") not in _OFF
