"""Killed at any moment, the library is whole again at the next start, as if nothing had been."""

import random
import shutil
import time

import pytest
from made import mail, markdown, zipped
from working import work

LIBRARY = "assistai.workspace.library:Library"
INDEX = "assistai.documents.index:VectorIndex"
ORIGINALS = "assistai.documents.originals:Originals"
POINTS = [
    (f"{ORIGINALS}.keep", 1, "after"),
    (f"{LIBRARY}.move", 1, "after"),
    (f"{LIBRARY}.save", 2, "after"),
    (f"{LIBRARY}.add", 3, "after"),
    (f"{LIBRARY}.replace_passages", 1, "before"),
    (f"{LIBRARY}.replace_passages", 4, "after"),
    (f"{LIBRARY}.replace_passages", 7, "before"),
    (f"{INDEX}.put", 1, "before"),
    (f"{INDEX}.put", 3, "after"),
    (f"{INDEX}.put", 6, "before"),
    (f"{LIBRARY}.mark_embedded", 7, "after"),
    (f"{LIBRARY}.change", 1, "before"),
    (f"{LIBRARY}.change", 4, "after"),
    (f"{LIBRARY}.change", 7, "after"),
    (f"{LIBRARY}.delete", 1, "after"),
    (f"{LIBRARY}.delete", 2, "after"),
    (f"{ORIGINALS}.keep_only", 2, "before"),
    (f"{ORIGINALS}.keep_only", 3, "after"),
    (f"{INDEX}.delete", 3, "after"),
    (f"{INDEX}.describe", 1, "after"),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A library that was taken in, its folder that changed since, and the library brought up to it without a kill."""
    place = tmp_path_factory.mktemp("killed")
    folder = place / "dossier"
    folder.mkdir()
    long = [f"Paragraphe {n} : le badge numéro {n} ouvre la porte {n}." for n in range(40)]
    files = {
        "change.md": markdown(*long),
        "lot.zip": zipped({"a.md": "Congés.", "b.md": "Parking."}),
        "moved.zip": zipped({"c.md": "Cantine à midi.", "m.eml": mail("Voir la pièce.", {"d.md": "Repas."})}),
        "partie.md": markdown("Ce document partira."),
        "secret.md": markdown(*long[:20]),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    work(place / "var", folder, away=())
    letter = mail("Deux pièces.", {"f.md": "Une pièce.", "g.md": "Une autre."})
    files = {
        "change.md": markdown(*long[:10], "Nouveau.", *long[20:], "Dernier."),
        "copie.md": markdown("Congés."),  # which lot.zip holds no more
        "lot.zip": zipped({"b.md": "Parking.", "e.eml": letter}),
        "neuf.md": markdown(*[f"Règle {n} : prévenir {n} jours avant." for n in range(30)]),
        "vide.md": b" ",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "moved.zip").rename(folder / "ancien.zip")
    shutil.copytree(place / "var", place / "whole")
    work(place / "whole", folder)
    return place


@pytest.fixture
def whole(prepared, tmp_path, start, held):
    shutil.copytree(prepared / "var", tmp_path / "var")
    shutil.copytree(prepared / "whole", tmp_path / "whole")
    ai = start(data="whole")
    found = held(ai.documents, "whole")
    ai.close()
    return found


@pytest.fixture
def finished(prepared, tmp_path, start, held):
    """Start anew after a kill: what was begun is finished at once; the same work again brings the same library."""

    def finished():
        ai = start()
        assert ai.documents.check().clean
        assert not {document.state for document in ai.documents.list()} - {"indexed", "failed"}
        ai.close()
        work(tmp_path / "var", prepared / "dossier")
        return held(start().documents)

    return finished


@pytest.fixture
def kill(begin, prepared, tmp_path):
    """Start work in another process and kill it where it stops, or after a while."""

    def kill(stop=None, delay=0.0):
        process = begin(work, tmp_path / "var", prepared / "dossier", stop=stop)
        time.sleep(delay)
        process.kill()
        process.join()

    return kill


@pytest.mark.parametrize("stop", POINTS, ids=[f"{when}-{place.split(':')[1]}-{n}" for place, n, when in POINTS])
def test_at_this_moment(kill, whole, finished, stop):
    kill(stop)
    assert finished() == whole


@pytest.mark.parametrize("seed", range(3))
def test_again_and_again_at_any_moment(kill, whole, finished, seed):
    delays = random.Random(seed)  # noqa: S311
    for _ in range(4):
        kill(delay=delays.uniform(0.0, 0.25))
    assert finished() == whole


@pytest.mark.parametrize("number", [1, 3])
def test_while_the_tables_are_made(kill, prepared, tmp_path, start, held, number):
    kill(("alembic.operations.base:Operations.create_index", number, "after"))
    work(tmp_path / "var", prepared / "dossier")
    assert len(held(start().documents)[0]) == 14
