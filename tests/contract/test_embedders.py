"""What every embedding model does, the fake one of the tests included."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistai.documents.passages import TARGET_TOKENS
from assistai.models.embedding import load_embedder
from assistai.models.remembered import Remembered
from assistai.settings import load_settings
from assistai.testing import HashEmbedder

TEXTS = [
    "Les cadres ont droit à trois jours de télétravail par semaine.",
    "Le badge se retire à la loge du gardien.",
    "Expenses are refunded within ten days.",
    "NDF-2024-17",
    "",
    " \n",
    "été" * 30,
    "\x00\ud800 🙂",
]


@pytest.fixture(params=["hash", "multilingual-e5-small", "remembered"], scope="module")
def embedder(request):
    if request.param == "remembered":
        return Remembered(HashEmbedder(), most=3)
    return HashEmbedder() if request.param == "hash" else load_embedder(request.param, load_settings())


def test_vectors_are_of_unit_length_in_single_precision(embedder):
    vectors = embedder.embed_passages(TEXTS)
    assert (vectors.dtype, vectors.shape) == (np.float32, (len(TEXTS), embedder.dimension))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("text", TEXTS)
def test_so_is_that_of_a_question(embedder, text):
    vector = embedder.embed_query(text)
    assert (vector.dtype, vector.shape) == (np.float32, (embedder.dimension,))
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_of_no_texts_there_are_no_vectors(embedder):
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)
    assert embedder.embed_passages([]).dtype == np.float32


def test_the_same_text_has_the_same_vector(embedder):
    assert np.array_equal(embedder.embed_passages(TEXTS[:4]), embedder.embed_passages(TEXTS[:4]))
    assert np.array_equal(embedder.embed_query(TEXTS[0]), embedder.embed_query(TEXTS[0]))


def test_alone_or_among_others_a_text_has_the_same_vector(embedder):
    single = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert embedder.embed_passages(TEXTS) == pytest.approx(single, abs=1e-5)


def test_a_question_is_nearest_to_what_answers_it(embedder):
    near = embedder.embed_passages(TEXTS[:3]) @ embedder.embed_query(
        "Combien de jours de télétravail pour les cadres ?"
    )
    assert int(near.argmax()) == 0


def test_tokens_are_counted(embedder):
    counts = [embedder.count_tokens(text) for text in ("", "badge", "badge de service", "badge de service " * 20)]
    assert counts == sorted(counts)
    assert 0 < counts[0] <= counts[1] < counts[2] < counts[3]


def test_a_passage_of_the_size_aimed_at_is_read_whole(embedder):
    sentence = "Le remboursement des frais de déplacement suit la note de service numéro 42. "
    text = ""
    while embedder.count_tokens(text + sentence) <= TARGET_TOKENS:
        text += sentence
    assert embedder.count_tokens(text) <= embedder.max_tokens
    end = embedder.embed_passages([text, text + "Le parking est fermé."])
    assert not np.array_equal(end[0], end[1])


def test_threads_share_one(embedder):
    alone = embedder.embed_passages(TEXTS[:4])
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(embedder.embed_passages, [TEXTS[:4]] * 8):
            assert np.array_equal(vectors, alone)
