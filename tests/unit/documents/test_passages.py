"""Cutting a document into passages."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.documents.passages import TARGET_TOKENS, Passage, split
from assistai.documents.reading import Block, compose
from assistai.language.sentences import sentence_spans
from assistai.testing import HashEmbedder

WORDS = HashEmbedder().count_tokens


def quarters(text):
    """Count tokens as models do where words are unknown: every four letters."""
    return len(text) // 4 + 2


def cut(blocks, count=WORDS, target=TARGET_TOKENS):
    text, placed = compose(blocks)
    return text, placed, split(text, placed, count, target=target)


def paragraph(words, end="."):
    return Block("paragraph", " ".join(f"mot{number}" for number in range(words)) + end)


WORD = st.text(st.sampled_from("abcdéèàœ'’-&<>012\u00a0😀"), min_size=1, max_size=12).map(str.strip).filter(bool)
SENTENCE = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(WORD, min_size=1, max_size=40),
    st.sampled_from([".", " !", " ?", "…", ";", ""]),
)
TEXT = st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)
LONG = st.one_of(
    st.integers(1, 2500).map(lambda length: "x" * length),
    st.integers(1, 600).map(lambda count: " ".join(["mot"] * count)),
)
BLOCK = st.one_of(
    st.builds(Block, st.just("heading"), st.text("abc é", max_size=170).map(str.strip), level=st.integers(1, 6)),
    st.builds(
        Block,
        st.sampled_from(["paragraph", "item", "row"]),
        st.one_of(TEXT, LONG),
        page=st.none() | st.integers(1, 9),
        place=st.none() | st.just("Feuille, 3"),
    ),
)
DOCUMENT = st.lists(BLOCK, max_size=12)


@given(DOCUMENT, st.sampled_from([WORDS, quarters]), st.sampled_from([8, 40, 240]))
def test_passages_hold_every_word_in_order_within_the_limit(blocks, count, target):
    text, placed, passages = cut(blocks, count, target)
    end = 0
    headings = [(item.start, item.end) for item in placed if item.block.kind == "heading"]
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert passage.start >= end
        assert count(passage.text) <= 2 * target
        uncovered(text, end, passage.start, headings)
        end = passage.end
    uncovered(text, end, len(text), headings)


def uncovered(text, start, stop, headings):
    """Assert that only white space and headings lie between two passages."""
    for begin, end in headings:
        if start <= begin and end <= stop:
            assert not text[start:begin].strip()
            start = end
    assert not text[start:stop].strip()


@given(DOCUMENT, st.sampled_from([WORDS, quarters]))
def test_what_fits_is_never_cut(blocks, count):
    _, placed, passages = cut(blocks, count, 40)
    spans = [(passage.start, passage.end) for passage in passages]
    for item in placed:
        body = item.block.text
        whole = item.block.kind in ("row", "heading") and count(body) <= 80
        units = [(0, len(body))] if whole else sentence_spans(body)
        for begin, end in ((item.start + a, item.start + b) for a, b in units if count(body[a:b]) <= 80):
            parts = [span for span in spans if span[0] < end and begin < span[1]]
            assert len(parts) <= 1
            assert all(a <= begin and end <= b for a, b in parts)


@given(DOCUMENT)
def test_a_passage_belongs_to_one_section_and_tells_where_it_stands(blocks):
    _, placed, passages = cut(blocks, WORDS, 40)
    for passage in passages:
        inside = [item for item in placed if item.start < passage.end and passage.start < item.end]
        path = []
        for item in placed[: placed.index(inside[0]) + (inside[0].block.kind == "heading")]:
            if item.block.kind == "heading":
                path = [(level, name) for level, name in path if level < item.block.level]
                path.append((item.block.level, item.block.text[:150]))
        assert passage.heading == " › ".join(name for _, name in path)
        assert len(inside) == 1 or all(item.block.kind != "heading" for item in inside)
        assert (passage.page, passage.place) == (inside[0].block.page, inside[0].block.place)


@given(DOCUMENT)
def test_no_heading_is_lost(blocks):
    _, placed, passages = cut(blocks)
    for item in placed:
        if item.block.kind == "heading":
            name = item.block.text[:150]
            assert any(name in passage.heading.split(" › ") or passage.text == item.block.text for passage in passages)


@given(DOCUMENT)
def test_the_same_document_gives_the_same_passages(blocks):
    assert cut(blocks) == cut(blocks)


def test_the_text_is_joined_from_its_blocks():
    blocks = [
        Block("heading", "Titre", level=1),
        Block("paragraph", "Un."),
        Block("item", "a"),
        Block("item", "b"),
        Block("paragraph", "  "),
        Block("row", "c"),
    ]
    text, placed = compose(blocks)
    assert text == "Titre\n\nUn.\n\na\nb\n\nc"
    assert [text[item.start : item.end] for item in placed] == ["Titre", "Un.", "a", "b", "c"]


def test_short_paragraphs_share_a_passage_and_sections_do_not():
    blocks = [
        Block("heading", "Congés", level=1),
        Block("heading", "Durée", level=2),
        Block("paragraph", "Trente jours."),
        Block("paragraph", "Par an."),
        Block("heading", "Report", level=2),
        Block("paragraph", "Non."),
        Block("heading", "Annexe", level=1),
    ]
    assert [(passage.heading, passage.text) for passage in cut(blocks)[2]] == [
        ("Congés › Durée", "Trente jours.\n\nPar an."),
        ("Congés › Report", "Non."),
        ("Annexe", "Annexe"),
    ]


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [("paragraph", [200, 200]), ("row", [102, 102, 102]), ("row", [400]), ("paragraph", [50, 50, 50, 300])],
)
def test_a_passage_ends_before_the_unit_that_passes_the_target(kind, sizes):
    blocks = [Block(kind, paragraph(size).text) for size in sizes]
    counted = [WORDS(passage.text) - 2 for passage in cut(blocks)[2]]
    assert counted == ([204, 102] if kind == "row" and len(sizes) == 3 else [150, 300] if len(sizes) == 4 else sizes)


def test_a_row_that_does_not_fit_is_cut_where_its_sentences_end():
    sentences = [f"Consigne {number} : " + "mot " * 150 + "fin." for number in range(4)]
    _, _, passages = cut([Block("row", " ".join(sentences))])
    assert [passage.text for passage in passages] == sentences


def test_an_endless_sentence_is_cut_between_words():
    words = [f"mot{number}" for number in range(5000)]
    _, _, passages = cut([Block("paragraph", " ".join(words))])
    assert [word for passage in passages for word in passage.text.split()] == words


def test_headings_travel_with_the_passage_once():
    passage = Passage(0, 3, "Oui", heading="Règlement › Article 5")
    assert passage.embedded_text("Charte") == "Charte › Règlement › Article 5\nOui"
    assert passage.embedded_text("règlement") == "Règlement › Article 5\nOui"
    assert Passage(0, 3, "Oui").embedded_text("") == "Oui"


@pytest.mark.parametrize(
    "blocks",
    [
        [Block("row", f"Nom : {number} ; Poste : juriste", place=f"A, {number}") for number in range(40_000)],
        [Block("paragraph", "Le délai est de dix jours. " * 20_000)],
        [Block("paragraph", "mot " * 200_000)],
        [Block("paragraph", "x" * 400_000)],
        [Block("heading", f"Titre {number}", level=number % 6 + 1) for number in range(20_000)],
    ],
    ids=["rows", "sentences", "words", "letters", "headings"],
)
def test_long_documents_are_cut_in_linear_time(blocks):
    before = time.perf_counter()
    assert cut(blocks, quarters)[2]
    assert time.perf_counter() - before < 3
