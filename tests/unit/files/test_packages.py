"""ZIP packages, opened within limits."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.errors import AssistAIError, LimitExceeded, UnreadableInput
from assistai.files.packages import Limits, is_zip, open_package, read_entry, refuse_entities

MEGABYTE = 1_000_000


def packed(members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return out.getvalue()


def opened(data, limit=MEGABYTE, entries=100):
    return open_package(data, "a.zip", Limits(limit, entries))


def code(error, function, *args):
    with pytest.raises(error) as caught:
        function(*args)
    assert caught.value.params["name"] == "a.zip"
    assert caught.value.message("fr")
    return caught.value.code


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_entries_are_read_whatever_packs_them(compression):
    with opened(packed({"a.txt": b"Bonjour"}, compression)) as package:
        assert read_entry(package, "a.txt", "a.zip", 7) == b"Bonjour"


@pytest.mark.parametrize("data", [packed({}), packed({"a": b""})])
def test_packages_are_known_by_their_start(data):
    assert is_zip(data)
    assert not is_zip(b"%PDF" + data)


@pytest.mark.parametrize(
    ("members", "limit", "entries", "expected"),
    [
        ({"a": b"x" * 11}, 10, 9, "package_too_large"),
        ({"a": b"x" * 6, "b": b"x" * 6}, 10, 9, "package_too_large"),
        ({"a": b"", "b": b"", "c": b""}, 10, 2, "package_too_many"),
        ({"a": bytes(20 * MEGABYTE)}, 100 * MEGABYTE, 9, "package_suspicious"),
    ],
)
def test_what_a_package_says_of_itself_is_held_to_the_limits(members, limit, entries, expected):
    assert code(LimitExceeded, opened, packed(members), limit, entries) == expected


def test_a_document_that_packs_well_is_no_bomb():
    table = "".join(f"<row>{number}</row>" for number in range(100_000)).encode()
    with opened(packed({"a.xml": table}), 100 * MEGABYTE) as package:
        assert read_entry(package, "a.xml", "a.zip", 100 * MEGABYTE) == table


def test_an_entry_never_gives_more_than_the_limit_whatever_its_header_says():
    data = packed({"a": b"x" * 500_000}).replace(struct.pack("<I", 500_000), struct.pack("<I", 5))
    with opened(data, 10) as package:
        try:
            found = read_entry(package, "a", "a.zip", 10)
        except AssistAIError as error:
            found = error.code
        assert found in (b"xxxxx", "package_broken", "package_too_large")
    with opened(packed({"a": b"x" * 500})) as package:
        assert code(LimitExceeded, read_entry, package, "a", "a.zip", 499) == "package_too_large"


def test_an_entry_that_is_not_there_is_an_error():
    with opened(packed({"a": b"x"})) as package:
        assert code(UnreadableInput, read_entry, package, "b", "a.zip", 9) == "package_broken"


def test_a_broken_checksum_is_an_error():
    data = packed({"a": b"Bonjour"}, zipfile.ZIP_STORED).replace(b"Bonjour", b"Bonsoir")
    with opened(data) as package:
        assert code(UnreadableInput, read_entry, package, "a", "a.zip", 99) == "package_broken"


def test_a_password_is_named():
    data = bytearray(packed({"a": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert code(UnreadableInput, opened, bytes(data)) == "document_protected"


def test_entries_over_each_other_do_not_multiply():
    """Two entries of the directory that share one stretch of data (Fifield, 2019)."""
    data = packed({"a.txt": b"x" * 90_000, "b.txt": b"x" * 90_000})
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        places = [entry.header_offset for entry in source.infolist()]
    shared = data.replace(struct.pack("<I", places[1]) + b"b.txt", struct.pack("<I", places[0]) + b"b.txt")
    assert shared != data
    with opened(shared) as package:
        assert code(UnreadableInput, read_entry, package, "b.txt", "a.zip", MEGABYTE) == "package_broken"


@pytest.mark.parametrize(
    "part", [b"<!DOCTYPE x><x/>", b" \n<!ENTITY", b"\xef\xbb\xbf<?xml?><!doctype x>", "<!DOCTYPE x>".encode("utf-16")]
)
@pytest.mark.parametrize("name", ["word/document.xml", "_rels/.rels", "x.bin"])
def test_entities_are_refused(name, part):
    with opened(packed({"ok.xml": b"<x/>", name: part})) as package:
        assert code(UnreadableInput, refuse_entities, package, "a.zip", MEGABYTE) == "xml_entities"


@pytest.mark.parametrize(
    ("name", "part"),
    [("a.xml", b"<x>&lt;!DOCTYPE x&gt;</x>"), ("a.svg", b"<!DOCTYPE svg>"), ("a.png", b"\x89PNG <!DOCTYPE x>")],
)
def test_what_declares_nothing_is_let_through(name, part):
    with opened(packed({name: part})) as package:
        refuse_entities(package, "a.zip", MEGABYTE)


def test_all_parts_together_are_held_to_the_limit():
    with opened(packed({"a.xml": b"<a>" + b"x" * 600, "b.xml": b"<b>" + b"x" * 600})) as package:
        assert code(LimitExceeded, refuse_entities, package, "a.zip", 1000) == "package_too_large"


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=8), st.floats(0.1, 1))
def test_damage_is_an_error_of_its_own(flips, cut):
    data = bytearray(packed({"a.txt": b"Bonjour " * 20, "b/c.xml": b"<x>y</x>"}))
    for place, mask in flips:
        data[int(place * len(data))] ^= mask
    try:
        with opened(bytes(data[: int(cut * len(data))])) as package:
            refuse_entities(package, "a.zip", MEGABYTE)
            read = [read_entry(package, entry, "a.zip", MEGABYTE) for entry in package.infolist()]
    except AssistAIError as error:
        read = [error.message("fr").encode()]
    assert all(isinstance(data, bytes) for data in read)
