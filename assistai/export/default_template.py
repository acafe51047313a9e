"""Makes the Word template that ships: `python -m assistai.export.default_template [PATH]`.

The file in `templates/minutes.docx` is committed so that organisations can start from it; a test compares it with what
this module makes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

_ACCENT = RGBColor(0x1F, 0x4E, 0x79)
_SOFT = RGBColor(0x56, 0x60, 0x6D)
_WARNING = RGBColor(0x8A, 0x3B, 0x00)
_FONT = "Calibri"
_WIDTHS = (Cm(4.6), Cm(3.2), Cm(3.4), Cm(5.8))
_EVIDENCE = (
    ("{{%p for quote in {item}.evidence %}}", None),
    ("{{{{ quote.quoted }}}} – {{{{ quote.source }}}}", "Quote"),
    ("{{%p endfor %}}", None),
)


def build() -> Any:
    """Return the template as a python-docx document."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2)
    _set_styles(document.styles)
    _set_compatibility(document.settings.element)
    _set_header_and_footer(section)
    _write_head(document)
    _write_topics(document)
    _write_items(document, "decisions", "settled_by", state=True)
    _write_actions(document)
    _write_items(document, "questions", "asked_by")
    _write_sentences(document, "coverage")
    _write_paragraphs(document, "{%p if notices %}")
    _write_sentences(document, "notices")
    _write_paragraphs(document, "{%p endif %}")
    return document


def _set_styles(styles: Any) -> None:
    """Give the built-in styles their looks: (size, bold, italic, colour, space before, space after)."""
    looks = {
        "Normal": (10.5, None, None, None, 0, 4),
        "Title": (22, True, None, _ACCENT, 0, 8),
        "Heading 1": (14, True, None, _ACCENT, 18, 6),
        "Heading 2": (11.5, True, None, _ACCENT, 12, 3),
        "List Bullet": (10.5, None, None, None, 4, 2),
        "Quote": (9.5, None, True, _SOFT, 0, 3),
        "Caption": (9.5, False, None, _SOFT, 0, 3),
        "Intense Quote": (10, False, False, None, 10, 10),
    }
    for name, (size, bold, italic, colour, before, after) in looks.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(size), bold, italic
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
        style.font.color.rgb = colour
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for name in ("Heading 1", "Heading 2"):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("Quote", "Caption"):
        styles[name].paragraph_format.left_indent = Cm(0.63)
    for name in ("Title", "Intense Quote"):
        border = styles[name].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            styles[name].element.pPr.remove(border)
    notice = styles["Intense Quote"]
    notice.paragraph_format.left_indent = notice.paragraph_format.right_indent = Cm(0.2)
    _shade(notice.element.get_or_add_pPr(), "F3F5F8")


def _set_compatibility(settings: Any) -> None:
    """Mark the file as made for current Word, so that it does not open in compatibility mode."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _shade(properties: Any, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shading.set(qn(key), value)
    following = properties.find(qn("w:spacing"))
    properties.append(shading) if following is None else following.addprevious(shading)


def _set_header_and_footer(section: Any) -> None:
    edge = section.page_width - section.left_margin - section.right_margin
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (header, footer):
        paragraph.paragraph_format.tab_stops.clear_all()
        for stop in list(paragraph.style.paragraph_format.tab_stops):
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
    header.add_run("{{ organisation }}\t{{ date }}")
    footer.add_run("{{ title | truncate(70, true, '…') }} – {{ status }}\t{{ labels.page }} ")
    _add_field(footer, "PAGE")
    footer.add_run(" {{ labels.of_pages }} ")
    _add_field(footer, "NUMPAGES")
    for run in (*header.runs, *footer.runs):
        run.font.size, run.font.color.rgb = Pt(8.5), _SOFT


def _add_field(paragraph: Any, instruction: str) -> None:
    """Add a field that Word computes, such as the page number."""
    for kind, text in (("begin", ""), ("instr", instruction), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind == "instr":
            code = OxmlElement("w:instrText")
            code.text = f" {text} "
            run._element.append(code)
        else:
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._element.append(char)


def _write_paragraphs(container: Any, *texts: str, style: str | None = None) -> None:
    for text in texts:
        container.add_paragraph(text, style=style)


def _write_head(document: Any) -> None:
    document.add_paragraph("{{ title }}", style="Title")
    for label, value in (
        ("date", "{{ date }}{% if date_note %} ({{ date_note }}){% endif %}"),
        ("participants", "{{ participants if participants else labels.no_participants }}"),
        ("status", "{{ status }}"),
    ):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(3.2))
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(3.2), Cm(-3.2)
        paragraph.add_run(f"{{{{ labels.{label} }}}}\t").font.color.rgb = _SOFT
        paragraph.add_run(value)
    document.add_paragraph("{{ notice }}", style="Intense Quote")


def _write_mark(paragraph: Any, item: str, field: str = "mark") -> None:
    run = paragraph.add_run(f"{{% if {item}.{field} %}} [{{{{ {item}.{field} }}}}]{{% endif %}}")
    run.bold, run.font.color.rgb = True, _WARNING


def _write_evidence(container: Any, item: str, indent: Length | None = None) -> None:
    for text, style in _EVIDENCE:
        paragraph = container.add_paragraph(text.format(item=item), style=style)
        if indent is not None:
            paragraph.paragraph_format.left_indent = indent


def _write_topics(document: Any) -> None:
    document.add_paragraph("{{ labels.topics }}", style="Heading 1")
    _write_paragraphs(document, "{%p for topic in topics %}")
    document.add_paragraph("{{ topic.title }}", style="Heading 2")
    _write_paragraphs(document, "{%p if topic.place %}")
    document.add_paragraph("{{ topic.place }}", style="Caption").paragraph_format.left_indent = Cm(0)
    _write_paragraphs(document, "{%p endif %}", "{%p for item in topic.summary %}")
    _write_mark(document.add_paragraph("{{ item.text }}", style="List Bullet"), "item")
    _write_evidence(document, "item")
    _write_paragraphs(document, "{%p else %}", "{{ labels.no_summary }}", "{%p endfor %}", "{%p else %}")
    _write_paragraphs(document, "{{ labels.no_topics }}", "{%p endfor %}")


def _write_items(document: Any, name: str, detail: str, *, state: bool = False) -> None:
    document.add_paragraph(f"{{{{ labels.{name} }}}}", style="Heading 1")
    _write_paragraphs(document, f"{{%p for item in {name} %}}")
    if state:
        _write_paragraphs(document, "{%p if item.state %}")
        struck = document.add_paragraph(style="List Bullet")
        struck.add_run("{{ item.text }}").font.strike = True
        _write_mark(struck, "item", "state")
        _write_mark(struck, "item")
        _write_paragraphs(document, "{%p else %}")
    _write_mark(document.add_paragraph("{{ item.text }}", style="List Bullet"), "item")
    if state:
        _write_paragraphs(document, "{%p endif %}")
    _write_paragraphs(document, f"{{%p if item.{detail} %}}")
    document.add_paragraph(f"{{{{ item.{detail} }}}}", style="Caption")
    _write_paragraphs(document, "{%p endif %}")
    _write_evidence(document, "item")
    _write_paragraphs(document, "{%p else %}", f"{{{{ labels.no_{name} }}}}", "{%p endfor %}")


def _write_actions(document: Any) -> None:
    document.add_paragraph("{{ labels.actions }}", style="Heading 1")
    _write_paragraphs(document, "{%p if actions %}")
    table = document.add_table(rows=4, cols=4, style="Table Grid")
    table.autofit = False
    _set_table_looks(table)
    heads, loop, row, end = table.rows
    for column, (cell, label) in enumerate(zip(heads.cells, ("task", "owner", "due", "evidence"), strict=True)):
        cell.paragraphs[0].add_run(f"{{{{ labels.{label} }}}}").bold = True
        _shade(cell._element.get_or_add_tcPr(), "E8EDF3")
        table.columns[column].width = _WIDTHS[column]
        for each in table.columns[column].cells:
            each.width = _WIDTHS[column]
    repeated = OxmlElement("w:tblHeader")
    heads._tr.get_or_add_trPr().append(repeated)
    loop.cells[0].text = "{%tr for item in actions %}"
    end.cells[0].text = "{%tr endfor %}"
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    task, owner, due, evidence = row.cells
    task.paragraphs[0].add_run("{{ item.task }}")
    _write_mark(task.paragraphs[0], "item")
    owner.text = "{{ item.owner }}"
    due.text = "{{ item.due.text }}"
    for field in ("spoken", "note"):
        _write_paragraphs(due, f"{{%p if item.due.{field} %}}")
        due.add_paragraph(f"{{{{ item.due.{field} }}}}", style="Caption").paragraph_format.left_indent = Cm(0)
        _write_paragraphs(due, "{%p endif %}")
    evidence.paragraphs[0].text = "{%p if not item.evidence %}"
    _write_paragraphs(evidence, "{{ labels.no_evidence }}", "{%p endif %}")
    _write_evidence(evidence, "item", Cm(0))
    _write_paragraphs(document, "{%p else %}", "{{ labels.no_actions }}", "{%p endif %}")


def _set_table_looks(table: Any) -> None:
    """Give a table thin grey lines between rows only, and room around the text of its cells."""
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        drawn = "single" if side in ("top", "bottom", "insideH") else "nil"
        for key, value in (("val", drawn), ("sz", "4"), ("space", "0"), ("color", "C9D0D8")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    for side, width in (("top", "60"), ("left", "80"), ("bottom", "60"), ("right", "80")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    look.addprevious(margins)


def _write_sentences(document: Any, name: str) -> None:
    document.add_paragraph(f"{{{{ labels.{name} }}}}", style="Heading 1")
    _write_paragraphs(document, f"{{%p for sentence in {name} %}}")
    document.add_paragraph("{{ sentence }}", style="List Bullet")
    _write_paragraphs(document, "{%p endfor %}")


if __name__ == "__main__":
    build().save(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "templates" / "minutes.docx")
