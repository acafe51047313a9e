"""Makes the Word template for drafts that ships: `python -m assistai.export.drafts.default_template [PATH]`.

The file in `templates/draft.docx` is committed so that organisations can start from it; a test compares it with what
this module makes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistai.export.docx import timeless

_FONT = "Calibri"
_WARNING = RGBColor(0x8A, 0x3B, 0x00)
_RIGHT = Cm(9)


def build() -> Any:
    """Return the template as a python-docx document."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    for name, size, after in (("Normal", 11, 8), ("Title", 18, 14), ("List Bullet", 11, 3)):
        _set_style(document.styles[name], size, after)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    _loop(document, "{{ organisation }}", "if organisation", bold=True, after=24)
    _loop(document, "{{ line }}", "for line in recipients", indent=_RIGHT, after=0)
    _loop(document, "{{ place_and_date }}", "if place_and_date", indent=_RIGHT, before=18, after=24)
    _loop(document, "{{ mark }}", "if mark", colour=_WARNING, after=12)
    _loop(document, "{{ heading }}", "if heading", style="Title")
    _loop(document, "{{ labels.subject }} {{ subject }}", "if subject", bold=True, after=18)
    for text, style in (
        ("{%p for paragraph in paragraphs %}", None),
        ("{%p if paragraph.item %}", None),
        ("{{ paragraph.text }}", "List Bullet"),
        ("{%p else %}", None),
        ("{{ paragraph.text }}", None),
        ("{%p endif %}", None),
        ("{%p endfor %}", None),
    ):
        document.add_paragraph(text, style=style)
    _loop(document, "{{ line }}", "for line in signature", indent=_RIGHT, after=0)
    return document


def _set_style(style: Any, size: float, after: float) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), style.name == "Title" or None
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(after)
    border = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if border is not None:
        style.element.pPr.remove(border)


def _loop(
    document: Any,
    text: str,
    condition: str,
    *,
    style: str | None = None,
    indent: Any = None,
    before: float | None = None,
    after: float | None = None,
    bold: bool = False,
    colour: RGBColor | None = None,
) -> None:
    """Write a paragraph that a condition shows or a loop repeats."""
    document.add_paragraph(f"{{%p {condition} %}}")
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    run.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
    layout = paragraph.paragraph_format
    layout.left_indent = indent
    layout.space_before = Pt(before) if before is not None else None
    layout.space_after = Pt(after) if after is not None else None
    document.add_paragraph(f"{{%p end{condition.split()[0]} %}}")


def main() -> None:
    """Write the template to the path given, or to its place in the package."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "templates" / "draft.docx"
    written = io.BytesIO()
    document = build()
    document.save(written)
    target.write_bytes(timeless(written.getvalue()))


if __name__ == "__main__":
    main()
