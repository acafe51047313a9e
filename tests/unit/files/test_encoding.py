"""Bytes to text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.errors import UnreadableInput
from assistai.files.encoding import clean, decode

FRENCH = "Élève à l’école : « déjà vu », œuvre, 5 000 € – ça va…\nNoël, où êtes-vous ?"
ENGLISH = "The café’s menu – “naïve” prices, £5 or €6…\nResumé of Zoë"


def read(data):
    return decode(data, "a.txt")[0]


def codes(data):
    return {notice.code: dict(notice.params) for notice in decode(data, "a.txt")[1]}


@pytest.mark.parametrize("text", [FRENCH, ENGLISH, "Sans accent.", "é", "Prix : 5 €", "à\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_french_and_english_are_decoded(text, encoding):
    assert read(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_byte_text_without_a_mark_is_recognised(encoding):
    assert read(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize("encoding", ["iso8859_15", "cp850", "mac_roman"])
def test_what_offices_wrote_before_unicode_is_decoded(encoding):
    text = "Règlement : le congé est décidé à Noël, ça va de soi.\nL'État rembourse."
    assert read(text.encode(encoding)) == text


def test_the_euro_and_half_of_iso_and_windows_are_told_apart():
    assert read("La sœur a payé 20 € à Noël.".encode("iso8859_15")) == "La sœur a payé 20 € à Noël."
    assert read("Une ½ journée de congé, payée à ¼.".encode("cp1252")) == "Une ½ journée de congé, payée à ¼."


@pytest.mark.parametrize("encoding", ["latin-1", "iso-8859-15"])
def test_older_western_encodings_are_decoded(encoding):
    text = "Élève à l'école : déjà vu, ça va.\nNoël, où êtes-vous ?"
    assert read(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Мы получили ваше письмо и ответим до конца недели. Спасибо за заявку, с уважением.", "cp1251"),
        ("Žluťoučký kůň příliš úpěl ďábelské ódy, řekl účetní při měsíční uzávěrce.", "cp1250"),
        ("Λάβαμε την επιστολή σας και θα απαντήσουμε έως την Παρασκευή το πρωί.", "cp1253"),
    ],
)
def test_other_alphabets_are_guessed_from_their_letters(text, encoding):
    assert read(text.encode(encoding)) == text


def test_one_wrong_byte_does_not_change_the_encoding():
    text = FRENCH.encode() + b"\xff fin"
    assert read(text) == FRENCH + "\ufffd fin"
    assert codes(text) == {"unreadable_characters": {"count": "1", "line": "2"}}


def test_control_characters_part_words_and_are_told():
    assert read(b"un\x00deux\x07trois") == "un deux trois"
    assert codes(b"un\x00deux\x07trois") == {"control_characters": {"count": "2", "line": "?"}}


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_all_line_ends_become_one(end):
    assert read(f"un{end}deux".encode()) == "un\ndeux"


def test_halves_of_characters_are_replaced():
    assert clean("a\ud800b", "a.txt")[0] == "a\ufffdb"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(500), b"\x00\x01\x02\x03\x04\x05"]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableInput) as caught:
        decode(data, "a.txt")
    assert (caught.value.code, caught.value.params["name"]) == ("binary_file", "a.txt")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf_8_is_kept_letter_by_letter(text):
    kept = text.replace("\u2028", "\n").replace("\u2029", "\n").removeprefix("\ufeff")
    if text.count("\ufffd") <= 4:
        assert read(text.encode()) == kept


@given(st.binary(max_size=300))
def test_any_bytes_are_text_that_can_be_written_or_refused(data):
    try:
        text = read(data)
    except UnreadableInput:
        return
    text.encode("utf-8")
    assert not any(char < " " and char not in "\t\n" for char in text)


@pytest.mark.parametrize(
    "data", [b"\xe9t\xe9 " * 500_000, "été ".encode() * 400_000, "été ".encode("utf-16") * 300_000]
)
def test_large_files_are_decoded_at_once(data):
    before = time.perf_counter()
    assert read(data)
    assert time.perf_counter() - before < 2
