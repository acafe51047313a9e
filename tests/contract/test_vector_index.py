"""The vector index: the same in a folder of its own and on a Chroma server."""

import datetime as dt

import numpy as np
import pytest

from assistai.documents.index import VectorIndex
from assistai.errors import WorkspaceError
from assistai.workspace.scope import Filter

DIMENSION = 32
FORBIDDEN = 1_500
ALLOWED = 60
BASE = {
    "collection": "rh",
    "owner": "DRH",
    "sensitivity": 1,
    "validity": "in_force",
    "from": dt.date(2026, 1, 1).toordinal(),
    "to": dt.date(2026, 12, 31).toordinal(),
}


@pytest.fixture
def index(tmp_path, chroma_url):
    index = VectorIndex(tmp_path / "vectors", chroma_url)
    yield index
    index.close()


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def around(point, count, spread, seed):
    return unit(point + spread * np.random.default_rng(seed).normal(size=(count, DIMENSION)))


QUESTION = unit(np.random.default_rng(0).normal(size=(1, DIMENSION)))[0]


@pytest.mark.parametrize(
    ("wanted", "forbidden"),
    [
        (Filter(collection="rh"), {"collection": "achats"}),
        (Filter(owner="DRH"), {"owner": ""}),
        (Filter(max_sensitivity=1), {"sensitivity": 2}),
        (Filter(validity=("in_force",)), {"validity": "superseded"}),
        (Filter(validity=("in_force", "superseded")), {"validity": "draft"}),
        (Filter(effective_on=dt.date(2026, 1, 1)), {"from": dt.date(2026, 1, 2).toordinal()}),
        (Filter(effective_on=dt.date(2026, 12, 31)), {"to": dt.date(2026, 12, 30).toordinal()}),
        (Filter(documents=tuple(f"far{n}" for n in range(ALLOWED))), {}),
        (Filter("rh", "DRH", 1, ("in_force",), dt.date(2026, 6, 1)), {"owner": "DAF", "sensitivity": 0}),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_filter_hides_no_allowed_passage_behind_nearer_forbidden_ones(index, wanted, forbidden):
    near, far = around(QUESTION, FORBIDDEN, 0.05, 1), around(QUESTION, ALLOWED, 1.0, 2)
    index.put("m", [f"near{n}" for n in range(FORBIDDEN)], near, [{**BASE, "document": "x", **forbidden}] * FORBIDDEN)
    index.put("m", [f"far{n}" for n in range(ALLOWED)], far, [{**BASE, "document": f"far{n}"} for n in range(ALLOWED)])
    exact = sorted(range(ALLOWED), key=lambda n: -float(far[n] @ QUESTION))
    for limit in (1, 10, ALLOWED, 100):
        found = index.query("m", QUESTION, wanted, limit)
        assert [name for name, _ in found] == [f"far{n}" for n in exact[:limit]]
        assert [cosine for _, cosine in found] == pytest.approx(
            [float(far[n] @ QUESTION) for n in exact[:limit]], abs=1e-5
        )


@pytest.mark.parametrize("wanted", [Filter(validity=()), Filter(documents=()), Filter(collection="none")])
def test_a_filter_that_allows_nothing_finds_nothing(index, wanted):
    index.put("m", ["a"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    assert index.query("m", QUESTION, wanted, 10) == []


def test_any_number_of_documents_is_asked_for(index):
    index.put("m", ["a", "b"], around(QUESTION, 2, 0.1, 1), [{**BASE, "document": name} for name in "ab"])
    many = tuple(f"absent{n}" for n in range(40_000))
    assert {name for name, _ in index.query("m", QUESTION, Filter(documents=(*many, "b")), 10)} == {"b"}
    assert len(index.query("m", QUESTION, Filter(documents=("a", *many, "b")), 10)) == 2


def test_equal_vectors_come_in_the_order_of_their_names(index):
    names = [f"p{n:02}" for n in range(30)]
    index.put("m", names[::-1], np.repeat(QUESTION[None], 30, axis=0), [{**BASE, "document": "a"}] * 30)
    assert [name for name, _ in index.query("m", QUESTION, Filter(), 30)] == names


def test_what_is_put_again_takes_the_place_of_what_was_there(index):
    index.put("m", ["a"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    index.put("m", ["a"], QUESTION[None], [{**BASE, "document": "b"}])
    assert index.count("m") == 1
    assert index.query("m", QUESTION, Filter(documents=("b",)), 1) == [("a", pytest.approx(1.0))]
    assert index.vectors("m", ["a", "absent"])["a"] == pytest.approx(QUESTION)


def test_descriptions_change_without_vectors(index):
    vectors = around(QUESTION, 700, 0.1, 1)
    names = [f"p{n}" for n in range(700)]
    index.put("m", names, vectors, [{**BASE, "document": "a"}] * 700)
    index.describe([*names, "absent"], {**BASE, "document": "a", "sensitivity": 3})
    assert index.query("m", QUESTION, Filter(max_sensitivity=2), 10) == []
    assert len(index.query("m", QUESTION, Filter(max_sensitivity=3), 10)) == 10
    assert index.ids("m") == set(names)


def test_every_model_loses_what_is_deleted(index):
    for model in ("m", "n"):
        index.put(model, ["a", "b"], around(QUESTION, 2, 0.1, 1), [{**BASE, "document": "a"}] * 2)
    index.delete(["a", "absent"])
    assert (index.ids("m"), index.ids("n"), index.models()) == ({"b"}, {"b"}, {"m", "n"})


def test_a_dropped_model_can_be_filled_again(index):
    index.put("m", ["a"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    index.drop("m")
    assert index.models() == set()
    assert index.count("m") == 0
    index.put("m", ["b"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    assert index.ids("m") == {"b"}
    index.drop("never there")


def test_closed_it_opens_again(index):
    index.put("Modèle / ü 1", ["a"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    index.close()
    assert index.ids("Modèle / ü 1") == {"a"}
    assert index.models() == {"Modèle / ü 1"}


def test_libraries_on_one_server_are_strangers(tmp_path, server):
    ours, theirs = (
        VectorIndex(tmp_path / "ours" / "vectors", server),
        VectorIndex(tmp_path / "theirs" / "vectors", server),
    )
    for index in (ours, theirs):
        index.put("m", ["a"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    ours.delete(["a"])
    ours.drop("m")
    assert (ours.models(), theirs.models(), theirs.ids("m")) == (set(), {"m"}, {"a"})
    again = VectorIndex(tmp_path / "theirs" / "vectors", server)
    assert again.ids("m") == {"a"}


def test_a_model_made_anew_by_another_process_is_found(tmp_path, server):
    one, other = VectorIndex(tmp_path / "vectors", server), VectorIndex(tmp_path / "vectors", server)
    one.put("m", ["a"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    assert other.ids("m") == {"a"}
    one.drop("m")
    one.put("m", ["b"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    assert other.ids("m") == {"b"}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://127.0.0.1:9/chroma", "nonsense"])
def test_a_server_that_does_not_answer_is_named(tmp_path, url):
    with pytest.raises(WorkspaceError) as raised:
        VectorIndex(tmp_path / "vectors", url).count("m")
    assert (raised.value.code, raised.value.params["url"]) == ("index_unreachable", url)


def test_a_server_that_was_away_is_used_again(tmp_path, serving, free_port):
    place, port = tmp_path / "server", free_port()
    place.mkdir()
    with serving(place, port) as url:
        index = VectorIndex(tmp_path / "vectors", url)
        index.put("m", ["a"], around(QUESTION, 1, 0.1, 1), [{**BASE, "document": "a"}])
    with pytest.raises(WorkspaceError) as raised:
        index.query("m", QUESTION, Filter(), 1)
    assert raised.value.code == "index_unreachable"
    with serving(place, port):
        assert index.ids("m") == {"a"}
        assert index.query("m", QUESTION, Filter(), 1)
