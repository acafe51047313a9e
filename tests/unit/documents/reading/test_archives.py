"""ZIP archives."""

import stat
import zipfile

import pytest
from built import archive

from assistai.errors import LimitExceeded, UnreadableInput


def test_files_inside_are_parts_and_litter_is_left_out(read):
    members = {
        "Procédures/été.txt": "Fermé en août.",
        "note.md": "# Note",
        "__MACOSX/._note.md": "x",
        "Procédures/.DS_Store": "x",
        "Thumbs.db": "x",
        "dossier/": "",
    }
    reading = read(archive(members), "a.zip")
    assert (reading.blocks, reading.unread) == ((), ())
    assert [(part.name, part.data.decode()) for part in reading.parts] == [
        ("Procédures/été.txt", "Fermé en août."),
        ("note.md", "# Note"),
    ]


@pytest.mark.parametrize("encoding", ["cp850", "utf-8"])
def test_names_without_a_mark_of_their_encoding_are_decoded(read, encoding):
    """Windows in France writes names in code page 850, some tools in UTF-8 without saying so."""
    name = "Règlement intérieur à jour.txt"
    raw = name.encode(encoding)
    data = archive({"x" * len(raw): "texte"}).replace(b"x" * len(raw), raw)
    assert [part.name for part in read(data, "a.zip").parts] == [name]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "a/../../b.txt",
        "/etc/passwd.txt",
        "C:\\Windows\\a.txt",
        "C:a.txt",
        "..\\..\\a.txt",
        "\\\\serveur\\partage\\a.txt",
    ],
)
def test_a_name_that_leads_outside_is_named_and_not_read(read, name):
    reading = read(archive({name: "secret", "sûr.txt": "texte"}), "a.zip")
    assert [part.name for part in reading.parts] == ["sûr.txt"]
    assert [(item.code, item.name) for item in reading.unread] == [
        ("archive_unsafe_name", name.replace("\\", "/").split("/")[-1])
    ]


def test_a_link_is_not_followed(read):
    link = zipfile.ZipInfo("lien.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    reading = read(archive([(link, "/etc/passwd")]), "a.zip")
    assert (reading.parts, [item.code for item in reading.unread]) == ((), ["archive_unsafe_name"])


def test_nothing_after_a_nul_in_a_name_is_used(read):
    data = archive({"facture.txt#.exe": "texte"}).replace(b"#", b"\0")
    assert [part.name for part in read(data, "a.zip").parts] == ["facture.txt"]


def test_control_characters_and_length_of_names_are_tamed(read):
    name = "d/" * 300 + "fin\u202e\r\n.txt"
    (part,) = read(archive({name: "texte"}), "a.zip").parts
    assert len(part.name) == 400
    assert part.name.endswith("d/fin .txt")


def bomb(size, count=1):
    return archive({f"{number}.txt": b"0" * size for number in range(count)})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb(60_000_000), "package_suspicious"),
        (bomb(2_000_000, 6), "package_suspicious"),
        (archive({"a.txt": bytes(range(256)) * 5000}, zipfile.ZIP_STORED), "package_too_large"),
        (archive(dict.fromkeys(map(str, range(10_001)), b"")), "package_too_many"),
    ],
    ids=["ratio", "sum", "size", "entries"],
)
def test_bombs_are_refused_before_they_unpack(read, data, code):
    with pytest.raises(LimitExceeded) as caught:
        read(data, "a.zip", max_unpacked_megabytes=500 if code == "package_too_many" else 1)
    assert caught.value.code == code


def test_a_ratio_beyond_any_document_is_refused_whatever_the_limit(read):
    with pytest.raises(LimitExceeded) as caught:
        read(bomb(60_000_000), "a.zip")
    assert caught.value.code == "package_suspicious"


def lying(data, size, said):
    """Make all headers of an archive say another unpacked size."""
    return data.replace(size.to_bytes(4, "little"), said.to_bytes(4, "little"))


@pytest.mark.parametrize("name", ["a.zip", "a.docx"])
def test_headers_that_lie_about_sizes_do_not_help(read, name):
    inside = "word/document.xml" if name.endswith("docx") else "a.txt"
    data = lying(archive({inside: b"0" * 3_000_000}), 3_000_000, 10)
    with pytest.raises((UnreadableInput, LimitExceeded)) as caught:
        read(data, name, max_unpacked_megabytes=1)
    assert caught.value.code in ("package_broken", "package_too_large")


def test_a_protected_archive_is_named(read):
    data = bytearray(archive({"a.txt": "texte"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableInput) as caught:
        read(bytes(data), "a.zip")
    assert caught.value.code == "document_protected"


def test_a_stored_pdf_does_not_make_the_archive_a_pdf(read):
    reading = read(archive({"a.pdf": b"%PDF-1.7\n"}, zipfile.ZIP_STORED), "a.zip")
    assert (reading.format, [part.name for part in reading.parts]) == ("zip", ["a.pdf"])


def test_an_empty_archive_has_nothing_to_read(read):
    with pytest.raises(UnreadableInput) as caught:
        read(archive({}), "a.zip")
    assert caught.value.code == "document_without_text"
