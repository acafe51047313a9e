"""WebVTT and SRT as products write and break them."""

import pytest


def vtt(*cues):
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def test_teams_voices_are_joined_into_whole_sentences(read_fixture, said, codes):
    transcript = read_fixture("teams.vtt")
    assert said(transcript) == [
        ("Marc Petit", "Bonjour à tous, on va commencer par le budget R&D et l'immobilier."),
        ("Sophie Martin (Invitée)", "D'accord, j'ai le devis."),
        ("Marc Petit", "Parfait."),
    ]
    assert [(turn.start, turn.end, turn.line) for turn in transcript.turns] == [
        (3.12, 7.9, 4),
        (8.3, 10.06, 12),
        (10.06, 12.0, 17),
    ]
    assert (transcript.format, transcript.failed_parts, codes(transcript)) == ("vtt", (), [])


def test_zoom_labels_are_told_from_colons_in_speech(read_fixture, said):
    assert said(read_fixture("zoom.vtt")) == [
        ("Jean Dupont", "Good morning everyone, one reminder: please mute your microphones."),
        ("Anne Roy", "Sure. Note: I have to leave at 14:30."),
        ("Anne Roy", "Bye."),
    ]


def test_rolling_captions_are_read_once(read_fixture, codes):
    transcript = read_fixture("youtube.vtt")
    assert " ".join(turn.text for turn in transcript.turns) == "bonjour à tous on commence par le budget"
    assert codes(transcript) == ["repeats_removed"]


def test_people_who_repeat_themselves_are_not_cut(read, said):
    text = vtt(
        "00:01.000 --> 00:02.000\n<v A>Oui.",
        "00:02.000 --> 00:03.000\n<v A>Oui.",
        "00:03.000 --> 00:04.000\n<v A>Je suis d'accord avec toi.",
    )
    assert said(read(text)) == [("A", "Oui. Oui. Je suis d'accord avec toi.")]


def test_growing_captions_are_read_once(read, said):
    text = vtt(
        "00:01.000 --> 00:02.000\non va voir",
        "00:02.000 --> 00:03.000\non va voir le budget",
        "00:03.000 --> 00:04.000\non va voir le budget demain.",
    )
    assert said(read(text)) == [(None, "on va voir le budget demain.")]


def test_srt_with_tags_dashes_and_blank_lines(read_fixture, said):
    transcript = read_fixture("sous-titres.srt")
    assert said(transcript) == [
        ("Marc", "Bonjour. On commence ?"),
        (None, "Oui."),
        (None, "Non."),
        ("Sophie", "D'accord pour le budget."),
    ]
    assert transcript.format == "srt"


def test_several_voices_in_a_cue_and_names_as_written(read, said):
    text = vtt("00:01.000 --> 00:02.000\n<v Dupont, Jean>Oui.</v> <v.loud Le Goff>Non &lt;i&gt;.</v>")
    assert said(read(text)) == [("Dupont, Jean", "Oui."), ("Le Goff", "Non <i>.")]


def test_blocks_that_are_no_speech_and_metadata_in_notes(read, said):
    text = (
        "WEBVTT - Conseil\nX-TIMESTAMP-MAP=LOCAL:0\n\nNOTE\nDate: 2026-03-02\n\nSTYLE\n::cue { color: red }\n\n"
        "REGION\nid:fred\n\nintro_1\n00:01.000 --> 00:02.000 align:start line:0\n<v A><i>Oui</i>, <c.x>5 < 6</c>.\n\n"
        "NOTE fin\n"
    )
    transcript = read(text)
    assert said(transcript) == [("A", "Oui, 5 < 6.")]
    assert (transcript.title, str(transcript.date), transcript.date_source) == ("Conseil", "2026-03-02", "metadata")


def test_missing_header_blank_lines_and_commas_are_read(read, said, codes):
    transcript = read("0:01.5 --> 0:02.5\n<v A>Un.\n7\n0:0:3,25 --> 0:0:4\n<v B>Deux.", "x.vtt")
    assert [(*pair, turn.start, turn.end) for pair, turn in zip(said(transcript), transcript.turns, strict=True)] == [
        ("A", "Un.", 1.5, 2.5),
        ("B", "Deux.", 3.25, 4.0),
    ]
    assert codes(transcript) == ["header_missing"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks(read, end, mark, said):
    text = mark + vtt("00:01.000 --> 00:02.000\n<v A>Un\ndeux.").replace("\n", end)
    assert said(read(text.encode("utf-8"))) == [("A", "Un deux.")]


def test_broken_times_keep_the_words_and_are_named(read, codes):
    text = vtt(
        "00:00:01.000 --> 00:00:02.000\n<v A>Un.",
        "00:00:xx --> 00:00:04.000\n<v B>Deux.",
        "-00:00:05.000 --> 00:00:06.000\n<v C>Trois.",
        "00:00:09.000 --> 00:00:08.000\n<v D>Quatre.",
        "00:00:01.000 --> 00:00:02.000\n<v E>Cinq.",
    )
    transcript = read(text)
    assert [turn.text for turn in transcript.turns] == ["Un.", "Deux.", "Trois.", "Quatre.", "Cinq."]
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(1, 2), (None, 4), (None, 6), (8, 9), (1, 2)]
    assert transcript.failed_parts == ("cue 2 (line 6): unreadable time",)
    assert codes(transcript) == ["time_unreadable", "time_negative", "times_reversed", "times_out_of_order"]


def test_the_speaker_on_the_first_line_of_each_cue(read, said):
    text = (
        "0:0:0.0 --> 0:0:2.3\nMarc Petit\nBonjour à\n\n0:0:2.3 --> 0:0:4.0\nMarc Petit\ntous.\n"
        "0:0:4.0 --> 0:0:5.0\nAnne\nOui."
    )
    assert said(read(text)) == [("Marc Petit", "Bonjour à tous."), ("Anne", "Oui.")]


def test_a_huge_cue_is_split_at_sentence_ends_and_named(read, codes):
    text = vtt("00:01.000 --> 00:02.000\n<v A>" + "Une phrase de plus. " * 50_000)
    transcript = read(text)
    assert max(len(turn.text) for turn in transcript.turns) <= 100_000
    assert all(turn.text.endswith("plus.") for turn in transcript.turns)
    assert sum(turn.text.count("phrase") for turn in transcript.turns) == 50_000
    assert codes(transcript) == ["turn_split"]


def test_many_cues(read):
    cues = (
        f"{n // 60:02d}:{n % 60:02d}.000 --> {n // 60:02d}:{n % 60:02d}.900\n<v P{n % 3}>mot{n}." for n in range(5_900)
    )
    assert len(read(vtt(*cues)).turns) == 5_900
