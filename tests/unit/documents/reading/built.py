"""Small files of every format, built in memory."""

import io
import struct
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def archive(members, compression=zipfile.ZIP_DEFLATED):
    """Return a ZIP file of {name or ZipInfo: bytes or text}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for name, content in members.items() if isinstance(members, dict) else members:
            target.writestr(name, content, compress_type=compression)
    return out.getvalue()


def rewritten(package, changes):
    """Return a package with parts replaced by what `changes` ({name: function of bytes, or bytes}) makes of them."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    for name, change in changes.items():
        members[name] = change(members[name]) if callable(change) else change
    return archive(members)


def saved(document):
    """Return the bytes of a python-docx, python-pptx or openpyxl document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(body, **parts):
    """Return a DOCX file from the XML of its body; `parts` are the XML of footnotes, endnotes, comments,
    styles, numbering, settings, header1 and footer1 (which a section of the body shows by the ids rheader1, rfooter1).
    """
    kinds = {"header1": "header", "footer1": "footer"}
    rels = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{kinds.get(name, name)}" Target="{name}.xml"/>' for name in parts
    )
    content_types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kinds.get(name, name)}+xml"/>'
        for name in parts
    )
    roots = {"header1": "hdr", "footer1": "ftr"}
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            '"application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            f'officedocument.wordprocessingml.document.main+xml"/>{content_types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{rels}</Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
            **{
                f"word/{name}.xml": f'<w:{roots.get(name, name)} xmlns:w="{W}">{xml}</w:{roots.get(name, name)}>'
                for name, xml in parts.items()
            },
        }
    )


def paragraph(text, style=""):
    """Return the XML of a Word paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def pdf(*pages, size=(595, 842), rotate=0, box=None):
    """Return a PDF file; a page is a list of (x, y, size, text) in Helvetica, or raw content as bytes."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    fonts = b"/F1 3 0 R/F2 4 0 R"
    for name in (b"Helvetica", b"Helvetica-Bold"):
        objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name)
    kids = []
    for page in pages:
        content = page if isinstance(page, bytes) else b"\n".join(_shown(*line) for line in page)
        kids.append(len(objects) + 1)
        media = "{} {} {} {}".format(*(box or (0, 0, *size))).encode()
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Rotate %d/Contents %d 0 R/Resources<</Font<<%s>>>>>>"
            % (media, rotate, len(objects) + 2, fonts)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def _shown(x, y, size, text, font=b"F1", turn=(1, 0, 0, 1)):
    letters = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %d Tf %s %d %d Tm (%s) Tj ET" % (
        font,
        size,
        b" ".join(b"%d" % cell for cell in turn),
        x,
        y,
        letters,
    )


def compound(tree):
    """Return an OLE compound file of {name: bytes, or a dict for a folder inside}, as Outlook and old Office write."""
    entries = [("Root Entry", 5, tree)]
    children = {}

    def add(folder, contents):
        kids = children[folder] = []
        for name, content in contents.items():
            kids.append(len(entries))
            entries.append((name, 1 if isinstance(content, dict) else 2, content))
            if isinstance(content, dict):
                add(len(entries) - 1, content)

    add(0, tree)
    small = b"".join(_padded(data, 64) for _, kind, data in entries if kind == 2 and len(data) < 4096)
    sectors, fat, mini, starts = [], [], [], {}

    def chain(data, table, size):
        count = -(-len(data) // size)
        if not count:
            return 0xFFFFFFFE
        table.extend([*range(len(table) + 1, len(table) + count), 0xFFFFFFFE])
        return len(table) - count

    for number, (_, kind, data) in enumerate(entries):
        if kind == 2 and len(data) < 4096:
            starts[number] = chain(data, mini, 64)
        elif kind == 2:
            starts[number] = chain(data, fat, 512)
            sectors.append(_padded(data, 512))
    starts[0] = chain(small, fat, 512)
    sectors.append(_padded(small, 512))
    mini_fat = _padded(struct.pack(f"<{len(mini)}I", *mini), 512, b"\xff")
    mini_start = chain(mini_fat, fat, 512)
    sectors.append(mini_fat)
    listed = b"".join(_entry(entries, children, starts, number, len(small)) for number in range(len(entries)))
    folder_start = chain(listed, fat, 512)
    sectors.append(_padded(listed, 512))
    own = 1
    while own * 128 < len(fat) + own:
        own += 1
    first = len(fat)
    fat.extend([0xFFFFFFFD] * own)
    sectors.append(_padded(struct.pack(f"<{len(fat)}I", *fat), 512 * own, b"\xff"))
    head = struct.pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        own,
        folder_start,
        0,
        4096,
        mini_start,
        len(mini_fat) // 512,
        0xFFFFFFFE,
        0,
    )
    return head + struct.pack("<109I", *range(first, first + own), *[0xFFFFFFFF] * (109 - own)) + b"".join(sectors)


def _entry(entries, children, starts, number, small):
    name, kind, data = entries[number]
    right = 0xFFFFFFFF
    for kids in children.values():
        order = sorted(kids, key=lambda kid: (len(entries[kid][0]), entries[kid][0].upper()))
        if number in order[:-1]:
            right = order[order.index(number) + 1]
    kids = sorted(children.get(number, ()), key=lambda kid: (len(entries[kid][0]), entries[kid][0].upper()))
    written = name.encode("utf-16-le") + b"\0\0"
    size = small if kind == 5 else len(data) if kind == 2 else 0
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        written,
        len(written),
        kind,
        1,
        0xFFFFFFFF,
        right,
        kids[0] if kids else 0xFFFFFFFF,
        0,
        starts.get(number, 0),
        size,
    )


def _padded(data, size, fill=b"\0"):
    return data + fill * (-len(data) % size)


def outlook(
    subject="",
    text=None,
    html=None,
    sender=("", ""),
    to=(),
    sent=None,
    attachments=(),
    codepage=None,
    inner=False,
    more=None,
):
    """Return an Outlook message, or where it is `inner` the folder that stands for one in another.

    `to` are (name, address, kind), `attachments` (name, bytes) or another message's folder; `codepage` writes 8-bit
    text instead of UTF-16; `more` are other text properties by their number.
    """
    values = {0x001A: "IPM.Note", 0x0037: subject, 0x0C1A: sender[0], 0x0C1F: sender[1], 0x1000: text, **(more or {})}
    tree, rows = _properties(values, codepage)
    if html is not None:
        tree["__substg1.0_10130102"] = html
        rows += struct.pack("<HHIQ", 0x0102, 0x1013, 6, len(html))
    if codepage:
        rows += struct.pack("<HHIQ", 3, 0x3FFD, 6, codepage) + struct.pack("<HHIQ", 3, 0x3FDE, 6, codepage)
    if sent:
        ticks = int((sent.astimezone(UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
        rows += struct.pack("<HHIQ", 0x40, 0x39, 6, ticks)
    counts = struct.pack("<8x4I", len(to), len(attachments), len(to), len(attachments))
    tree["__properties_version1.0"] = (counts if inner else counts + bytes(8)) + rows
    for number, (name, address, kind) in enumerate(to):
        folder, rows = _properties({0x3001: name, 0x39FE: address}, codepage)
        folder["__properties_version1.0"] = bytes(8) + rows + struct.pack("<HHIQ", 3, 0x0C15, 6, kind)
        tree[f"__recip_version1.0_#{number:08X}"] = folder
    for number, attached in enumerate(attachments):
        if isinstance(attached, dict):
            folder, rows = {"__substg1.0_3701000D": attached}, struct.pack("<HHIQ", 0xD, 0x3701, 6, 0xFFFFFFFF)
        else:
            folder, rows = _properties({0x3707: attached[0]}, codepage)
            folder["__substg1.0_37010102"] = attached[1]
            rows += struct.pack("<HHIQ", 0x0102, 0x3701, 6, len(attached[1]))
        folder["__properties_version1.0"] = bytes(8) + rows
        tree[f"__attach_version1.0_#{number:08X}"] = folder
    if inner:
        return tree
    return compound({**tree, "__nameid_version1.0": {f"__substg1.0_000{number}0102": b"" for number in (2, 3, 4)}})


def _properties(values, codepage):
    """Return the streams of text properties and their rows in the table of properties."""
    kind = 0x1E if codepage else 0x1F
    encoding = f"cp{codepage}" if codepage else "utf-16-le"
    tree, rows = {}, b""
    for pid, value in values.items():
        if value:
            data = value if isinstance(value, bytes) else value.encode(encoding)
            tree[f"__substg1.0_{pid:04X}{kind:04X}"] = data
            rows += struct.pack("<HHIQ", kind, pid, 6, len(data) + 2)
    return tree, rows
