"""A process that works on a library and can be stopped at a chosen call: what the tests of kills start and kill."""

import functools
import importlib
import time

from assistai import AssistAI
from assistai.settings import load_settings
from assistai.testing import HashEmbedder


def work(data, folder, *, away=("partie.md",), stop=None, said=None):
    """Take the folder in, delete documents by name, describe one; say when `stop` ("module:Class.method", its how
    manieth call, "before" or "after" it) is reached, and stay there."""
    if stop is not None:
        _stop_at(*stop, said)
    ai = AssistAI(load_settings(data_dir=data), embedder=HashEmbedder())
    if said is not None and stop is None:
        said.set()
    ai.documents.ingest(folder)
    by_name = {document.name: document for document in ai.documents.list()}
    for name in set(away) & set(by_name):
        ai.documents.delete(by_name[name].id)
    ai.documents.describe(by_name["secret.md"].id, sensitivity=3)
    ai.close()


def _stop_at(place, number, when, said):
    module, _, name = place.partition(":")
    owner, _, method = name.partition(".")
    cls = getattr(importlib.import_module(module), owner)
    whole = getattr(cls, method)
    calls = iter(range(1, 1_000_000))

    @functools.wraps(whole)
    def stopping(*args, **kwargs):
        here = next(calls) == number
        if here and when == "before":
            _stay(said)
        result = whole(*args, **kwargs)
        if here and when == "after":
            _stay(said)
        return result

    setattr(cls, method, stopping)


def _stay(said):
    said.set()
    time.sleep(3600)


def hold(data, said):
    """Take a document in and keep the library open."""
    folder = data.parent / "held"
    folder.mkdir()
    (folder / "tenu.md").write_text("# Tenu\n\nDéjà là.\n", "utf-8")
    ai = AssistAI(load_settings(data_dir=data), embedder=HashEmbedder())
    ai.documents.ingest(folder)
    _stay(said)


def rebuild(data, stop, said):
    """Make the vectors anew with another model, up to the call where it is stopped."""
    _stop_at(*stop, said)
    AssistAI(load_settings(data_dir=data), embedder=HashEmbedder("hash-2", dimension=32)).documents.rebuild()
