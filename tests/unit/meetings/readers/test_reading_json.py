"""JSON of recognisers, services and our own."""

import json

import pytest

from assistai.errors import UnreadableInput


def test_whisper_segments_make_sentences(read_fixture, said):
    transcript = read_fixture("whisper.json")
    assert said(transcript) == [(None, "Bonjour à tous, on commence."), (None, "Oui.")]
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(0, 4), (4, 5)]


def test_our_own_keeps_words_turns_and_head(read, said):
    value = {
        "title": "CODIR",
        "date": "2026-03-02",
        "turns": [
            {"speaker": "A", "text": "{vocalsound} hi ."},
            {"speaker": "A", "text": "again", "start": 2, "end": 3.5},
            {"speaker": "B"},
        ],
    }
    transcript = read(json.dumps(value), "x.json")
    assert said(transcript) == [("A", "{vocalsound} hi ."), ("A", "again")]
    assert (transcript.title, str(transcript.date), transcript.date_source) == ("CODIR", "2026-03-02", "metadata")
    assert (transcript.turns[1].start, transcript.turns[1].end) == (2.0, 3.5)
    assert transcript.failed_parts == ("turns 3: no text",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"meeting_transcripts": [{"speaker": "A", "content": "hi"}]}, ("A", "hi", None)),
        ([{"speaker": "A", "text": "hi"}], ("A", "hi", None)),
        ({"segments": [{"start": 1.5, "end": 2, "text": " hi", "speaker": "SPEAKER_00"}]}, ("SPEAKER_00", "hi", 1.5)),
        ({"segments": [{"start": 1, "text": "hi", "words": [{"word": "hi", "speaker": "S1"}]}]}, ("S1", "hi", 1.0)),
        ({"utterances": [{"speaker": "A", "text": "hi you", "start": 2500, "end": 62000}]}, ("A", "hi you", 2.5)),
        ({"transcription": [{"offsets": {"from": 1500, "to": 2000}, "text": " hi"}]}, (None, "hi", 1.5)),
        ({"chunks": [{"timestamp": [0.5, 2.0], "text": " hi"}]}, (None, "hi", 0.5)),
        ([{"sentence": "hi", "speaker_name": "A", "startTime": "00:00:02.5"}], ("A", "hi", 2.5)),
        ({"text": "hi"}, (None, "hi", None)),
        (
            {
                "results": {
                    "channels": [
                        {
                            "alternatives": [
                                {
                                    "transcript": "hi",
                                    "paragraphs": {
                                        "paragraphs": [{"speaker": 0, "start": 1.0, "sentences": [{"text": "hi"}]}]
                                    },
                                }
                            ]
                        }
                    ]
                }
            },
            ("Speaker 0", "hi", 1.0),
        ),
    ],
)
def test_kin(read, value, expected):
    (turn,) = read(json.dumps(value), "x.json").turns
    assert (turn.speaker, turn.text, turn.start) == expected


def test_one_object_a_line(read, said):
    assert said(read('{"speaker": "A", "text": "un"}\n{"speaker": "B", "text": "deux"}\n')) == [
        ("A", "un"),
        ("B", "deux"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{bad", "json_invalid"),
        ("[" * 100_000, "json_invalid"),
        ('{"turns": []}', "json_without_turns"),
        ('{"turns": [{"speaker": "A", "text": " "}]}', "no_turns"),
    ],
)
def test_what_cannot_be_read(read, text, code):
    with pytest.raises(UnreadableInput) as caught:
        read(text.encode(), "x.json")
    assert caught.value.code == code


def test_odd_times(read, codes):
    value = [
        {"text": "a b", "start": 5, "end": 2},
        {"text": "c", "start": -1, "end": 7},
        {"text": "d", "start": float("nan")},
    ]
    transcript = read(json.dumps(value))
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(2, 5), (None, 7), (None, None)]
    assert codes(transcript) == ["times_reversed", "time_negative"]


def test_braces_in_speech_are_no_json(read, said):
    assert said(read("{vocalsound} bonjour à tous.")) == [(None, "{vocalsound} bonjour à tous.")]
