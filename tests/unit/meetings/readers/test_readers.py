"""What holds for any input: kinds, encodings, limits, properties."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistai.errors import InputError, LimitExceeded, UnreadableInput
from assistai.i18n import catalogue, translate
from assistai.meetings.readers import read_file, read_text, read_transcript
from assistai.settings import load_settings

SETTINGS = load_settings()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t", "empty_file"),
        (b"\xef\xbb\xbf\n", "empty_file"),
        (b"WEBVTT\n\n", "no_turns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is_picture"),
        (b"%PDF-1.7\n", "is_pdf"),
        (b"MZ\x90\x00" + bytes(90), "is_program"),
        (b"\x7fELF" + bytes(90), "is_program"),
        (b"PK\x03\x04garbage", "docx_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is_legacy_word"),
        (b"{\\rtf1 x}", "is_rtf"),
        (b"\x00\x00\x00\x18ftypmp42", "is_recording"),
        (b"\x1f\x8b\x08" + bytes(30), "is_archive"),
        (b"<!DOCTYPE html><p>", "is_html"),
        (bytes(range(256)) * 20, "binary_file"),
    ],
)
def test_what_is_no_transcript_is_named(read, data, code):
    with pytest.raises(UnreadableInput) as caught:
        read(data, "réunion.vtt")
    assert caught.value.code == code
    for language in ("fr", "en"):
        assert "réunion.vtt" in caught.value.message(language)


def test_files(tmp_path):
    path = tmp_path / "2026-03-02 Point.txt"
    path.write_text("Marc : Bonjour.", "utf-8")
    transcript = read_file(path, SETTINGS)
    assert (transcript.title, transcript.date, transcript.source_name) == ("Point", dt.date(2026, 3, 2), path.name)
    assert len(transcript.source_sha256) == 64
    for wrong in (tmp_path, tmp_path / "absent.vtt", tmp_path / ("x" * 400), tmp_path / "a\x00b"):
        with pytest.raises(UnreadableInput):
            read_file(wrong, SETTINGS)


def test_a_file_of_300_megabytes_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "long.vtt"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    monkeypatch.setattr(type(path), "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(LimitExceeded, match="300 MB"):
        read_file(path, SETTINGS)


@pytest.mark.parametrize("name", ["x.srt", "x.docx", "x.txt", "x.json"])
def test_the_content_wins_over_the_name(read, codes, name):
    transcript = read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Oui.\n", name)
    assert (transcript.format, transcript.turns[0].speaker, codes(transcript)) == ("vtt", "A", ["extension_differs"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_encodings(read, said, codes, encoding):
    words = "L’œuvre coûte cher… d’accord « à Noël » ?"
    transcript = read(f"Sophie : {words}\nMarc : c’est noté.\n".encode(encoding), "x.txt")
    assert said(transcript) == [("Sophie", words), ("Marc", "c’est noté.")]
    assert codes(transcript) == []


def test_bytes_and_characters_that_are_no_text_are_named(read, said, codes):
    transcript = read("Marc : un\x00deux trois quatre.\nAnne : \ud800oui, c'est bien ce que je pense.\n")
    assert said(transcript) == [("Marc", "un deux trois quatre."), ("Anne", "\ufffdoui, c'est bien ce que je pense.")]
    assert codes(transcript) == ["control_characters", "unreadable_characters"]


def test_a_broken_byte_does_not_change_the_encoding(read, codes):
    data = "Marc : déjà énoncé à côté, très précisément.\n".encode() + b"Anne : caf\xc3\n"
    transcript = read(data, "x.txt")
    assert transcript.turns[0].text == "déjà énoncé à côté, très précisément."
    assert codes(transcript) == ["unreadable_characters"]


def test_every_notice_and_error_speaks_both_languages(read):
    assert catalogue("notices", "fr").keys() == catalogue("notices", "en").keys()
    transcript = read("0:02 --> 0:01\n<v A>" + "Phrase. " * 300 + "\x00", "x.docx", max_turn_characters=1_000)
    assert len(transcript.notices) >= 4
    for notice in transcript.notices:
        for language in ("fr", "en"):
            assert translate(f"notices.{notice.code}", language, **dict(notice.params))


def test_the_same_input_gives_the_same_transcript(fixtures):
    for path in sorted(fixtures.iterdir()):
        assert read_file(path, SETTINGS) == read_file(path, SETTINGS)


STARTS = st.sampled_from(
    [
        b"",
        b"WEBVTT\n\n",
        b"1\n00:00:01,000 --> 00:00:02,000\n",
        b'{"turns": [',
        b"[",
        b"PK\x03\x04",
        b"Marc : ",
        b"\xff\xfe",
        b"0:03\n",
    ]
)


@given(STARTS, st.binary(max_size=300))
@hypothesis_settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_transcript_or_an_input_error(start, rest):
    check(lambda: read_transcript(start + rest, "x.vtt", SETTINGS))


PIECES = st.sampled_from(
    [
        *"Marc|Sophie Martin|:| : |-->|00:01|00:00:01.000|00:00:01.000 --> 00:00:02.000|<v A>|</v>|[|]|(|)".split("|"),
        *"{|}|,|- |**|#|NOTE|WEBVTT|Date|2 mars 2026|lundi|0:03|&#0;|[fin]|Participants|1|.| |é".split("|"),
        *("\n", "\n\n", '"', "\x00", "\ufeff", "\t", "\u00a0", "\ud800"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@hypothesis_settings(max_examples=100, deadline=None)
def test_any_text_is_a_transcript_or_an_input_error(text):
    check(lambda: read_text(text, SETTINGS))


def check(read):
    try:
        transcript = read()
    except InputError:
        return
    assert transcript.turns
    assert [turn.index for turn in transcript.turns] == list(range(len(transcript.turns)))
    for turn in transcript.turns:
        assert turn.text.strip() == turn.text != ""
        assert turn.speaker is None or turn.speaker.strip()
        assert turn.start is None or turn.start >= 0


WORDS = st.lists(st.from_regex(r"[a-zéèà]{2,9}", fullmatch=True), min_size=1, max_size=12).map(" ".join)
NAMES = st.sampled_from(["Marc Petit", "Sophie", "Dupont, Jean", "Speaker 1", "LÉA"])
SPEECH = st.lists(st.tuples(NAMES, WORDS, st.sampled_from([".", "?", "", " !", "…"])), min_size=1, max_size=15)


def clock(second, mark):
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}{mark}000"


@pytest.mark.parametrize("form", ["teams", "zoom", "srt", "text", "timed"])
@given(speech=SPEECH)
@hypothesis_settings(max_examples=40, deadline=None)
def test_every_word_of_a_well_formed_file_reaches_a_turn_of_its_speaker(form, speech):
    lines = {"teams": ["WEBVTT", ""], "zoom": ["WEBVTT", ""]}.get(form, [])
    for number, (name, words, stop) in enumerate(speech):
        mark = "," if form == "srt" else "."
        times = f"{clock(5 * number, mark)} --> {clock(5 * number + 3, mark)}"
        lines += {
            "teams": [times, f"<v {name}>{words}{stop}</v>", ""],
            "zoom": [str(number + 1), times, f"{name}: {words}{stop}", ""],
            "srt": [str(number + 1), times, f"{name} : {words}{stop}", ""],
            "text": [f"{name} : {words}{stop}"],
            "timed": [f"{name}   {number // 60}:{number % 60:02d}", f"{words}{stop}"],
        }[form]
    transcript = read_text("\n".join(lines), SETTINGS)
    written = [(name, word) for name, words, stop in speech for word in f"{words}{stop}".split()]
    assert [(turn.speaker, word) for turn in transcript.turns for word in turn.text.split()] == written
