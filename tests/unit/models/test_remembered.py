"""Vectors that are remembered: each made once, and no more kept than was said."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from assistai.models.remembered import Remembered
from assistai.testing import HashEmbedder


class Counting(HashEmbedder):
    def __init__(self):
        super().__init__()
        self.made = []

    def embed_passages(self, texts):
        self.made.extend(texts)
        return super().embed_passages(texts)


def test_a_text_is_embedded_once_and_again_when_it_was_forgotten():
    inner = Counting()
    remembered = Remembered(inner, most=2)
    remembered.embed_passages(["a", "b", "a"])
    remembered.embed_passages(["b", "a"])
    assert inner.made == ["a", "b"]
    remembered.embed_passages(["c"])  # b was asked for before a: it goes
    remembered.embed_passages(["a", "c"])
    assert inner.made == ["a", "b", "c"]
    remembered.embed_passages(["b"])
    assert inner.made == ["a", "b", "c", "b"]


def test_a_question_is_not_taken_for_a_passage_of_the_same_words():
    remembered = Remembered(HashEmbedder())
    for _ in range(2):
        assert np.array_equal(remembered.embed_query("a"), HashEmbedder().embed_query("a"))
        assert np.array_equal(remembered.embed_passages(["a"]), HashEmbedder().embed_passages(["a"]))


def test_what_the_caller_does_to_a_vector_stays_with_the_caller():
    remembered = Remembered(HashEmbedder())
    remembered.embed_passages(["a"])[:] = 0
    assert np.array_equal(remembered.embed_passages(["a"]), HashEmbedder().embed_passages(["a"]))


def test_threads_get_the_same_vectors_as_one():
    remembered, texts = Remembered(HashEmbedder(), most=5), [f"mot {number}" for number in range(12)]
    wanted = HashEmbedder().embed_passages(texts)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(remembered.embed_passages, [texts] * 40):
            assert np.array_equal(vectors, wanted)
