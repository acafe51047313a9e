"""Search: what is in force first, what is said twice once, neighbours joined, always in the same order."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import markdown

from assistai.documents.search import allows, fuse
from assistai.workspace.scope import Filter

TODAY = dt.date(2026, 3, 2)
RULE = "Les cadres ont droit à trois jours de télétravail par semaine."


def names(hits):
    return [hit.document.name for hit in hits]


@pytest.fixture
def taken(documents, write):
    def taken(name, *sections, data=None, **changes):
        (result,) = documents.ingest(write(name, *sections, data=data))
        return documents.describe(result.document.id, **changes) if changes else result.document

    return taken


class TestValidity:
    @pytest.mark.parametrize(
        "changes",
        [
            {"validity": "superseded"},
            {"validity": "draft"},
            {"effective_to": TODAY - dt.timedelta(days=1)},
            {"effective_from": TODAY + dt.timedelta(days=1)},
        ],
        ids=str,
    )
    def test_what_is_in_force_comes_first(self, documents, taken, changes):
        taken("a.md", f"{RULE} Règle ancienne.", **changes)
        taken("b.md", f"{RULE} Règle nouvelle.")
        for n in range(8):
            taken(f"autre{n}.md", f"La cantine numéro {n} sert le déjeuner.")
        hits = documents.search("Combien de jours de télétravail pour les cadres ?")
        assert names(hits)[:2] == ["b.md", "a.md"]
        assert [hit.in_force for hit in hits[:2]] == [True, False]

    def test_the_last_day_counts(self, documents, taken):
        taken("a.md", RULE, effective_from=TODAY, effective_to=TODAY)
        assert documents.search("télétravail")[0].in_force

    def test_what_answers_better_comes_first_all_the_same(self, documents, taken):
        taken("a.md", RULE, validity="superseded")
        for n in range(8):
            taken(f"autre{n}.md", f"La cantine numéro {n} sert le déjeuner.")
        assert names(documents.search("jours de télétravail des cadres"))[0] == "a.md"


class TestEditionsAskedFor:
    @pytest.mark.parametrize(
        ("question", "first"),
        [
            ("Combien de jours de télétravail pour les cadres ?", "Télétravail - règles 2026.md"),
            ("Combien de jours de télétravail pour les cadres en 2024 ?", "Télétravail - règles 2024.md"),
            ("Dans les anciennes règles, combien de jours de télétravail ?", "Télétravail - règles 2024.md"),
        ],
    )
    def test_an_older_edition_comes_first_where_it_is_asked_for(self, documents, taken, question, first):
        for year, days in ((2024, "deux"), (2026, "trois")):
            rule = f"Les cadres ont droit à {days} jours de télétravail par semaine."
            taken(f"Télétravail - règles {year}.md", data=f"# Télétravail : règles {year}\n\n{rule}\n".encode())
        for n in range(8):
            taken(f"autre{n}.md", f"La cantine numéro {n} sert le déjeuner.")
        assert names(documents.search(question))[0] == first


class TestOtherWords:
    @pytest.mark.parametrize(
        "question", ["Quand le loyer du véhicule est-il payé ?", "When is the car cleaned?"], ids=["french", "english"]
    )
    def test_words_that_mean_nearly_the_same_are_found(self, documents, taken, question):
        taken("voiture.md", "La voiture est nettoyée le vendredi.")
        for n in range(8):
            taken(f"autre{n}.md", f"La cantine numéro {n} sert le déjeuner.")
        hit = documents.search(question)[0]
        assert (hit.document.name, hit.bm25 is not None) == ("voiture.md", True)

    def test_the_very_words_come_before_words_like_them(self, documents, taken):
        taken("a.md", "La voiture est au garage.")
        taken("b.md", "Le véhicule est au garage.")
        for n in range(8):
            taken(f"autre{n}.md", f"La cantine numéro {n} sert le déjeuner.")
        assert names(documents.search("véhicule garage"))[:2] == ["b.md", "a.md"]


class TestTwice:
    def test_what_two_documents_say_comes_once_with_both_named(self, documents, taken):
        first = taken("a.md", data=markdown(RULE))
        second = taken("b.md", data=b"# Rappel\n\n" + RULE.encode())
        (hit,) = documents.search("télétravail des cadres")
        assert {hit.document.id, *hit.copies} == {first.id, second.id}

    def test_the_one_in_force_is_shown(self, documents, taken):
        taken("a.md", data=markdown(RULE), validity="superseded")
        taken("b.md", data=b"# Rappel\n\n" + RULE.encode())
        (hit,) = documents.search("télétravail des cadres")
        assert (hit.document.name, hit.in_force) == ("b.md", True)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("est de 3 jours par semaine", "est de 2 jours par semaine"),
            ("est de 1,5 jour par semaine", "est de 1.5 jour par semaine"),
            ("est possible en salle A", "est possible en salle B"),
            ("n'est pas possible le lundi", "est possible le lundi"),
            ("est validé par Mme Durand", "est validé par Mme Dupont"),
            ("est possible sauf le lundi", "est possible le lundi"),
        ],
    )
    def test_what_differs_in_a_figure_a_name_or_a_negation_is_not_the_same(self, documents, taken, one, other):
        around = "Selon les règles de service, le télétravail des cadres du siège {}, après accord de la direction."
        taken("a.md", around.format(one))
        taken("b.md", around.format(other))
        assert sorted(names(documents.search("télétravail des cadres"))) == ["a.md", "b.md"]

    def test_the_limit_counts_what_is_left(self, documents, taken):
        for n in range(12):
            taken(f"copie{n}.md", data=f"# Copie {n}\n\n{RULE}".encode())
        for n in range(5):
            taken(f"autre{n}.md", f"Le télétravail du service {n} se décide en équipe.")
        hits = documents.search("télétravail", limit=6)
        assert len(hits) == 6
        assert max(len(hit.copies) for hit in hits) == 11


class TestNeighbours:
    LONG = " ".join(f"Le badge numéro {n} ouvre la porte du bâtiment {n}." for n in range(150))

    def test_passages_that_follow_one_another_are_joined(self, documents, taken):
        document = taken("a.md", data=markdown(self.LONG))
        (hit,) = documents.search("badge porte bâtiment")
        assert documents.check().passages > 3
        text = documents.text(document.id)
        assert hit.passage.text == text[hit.passage.start : hit.passage.end]
        assert hit.passage.text == self.LONG

    def test_sections_stay_apart(self, documents, taken):
        taken("a.md", "Le badge ouvre la porte.", "Le badge ouvre le portail.")
        assert len(documents.search("badge")) == 2

    def test_documents_stay_apart(self, documents, taken):
        taken("a.md", data=markdown(self.LONG[:4000]))
        taken("b.md", data=markdown(self.LONG[4000:]))
        assert sorted(names(documents.search("badge porte bâtiment", limit=20))) == ["a.md", "b.md"]

    @pytest.mark.parametrize("question", ["badge", "porte 7", "bâtiment 120 numéro 3", "congés"])
    def test_the_text_is_always_that_of_the_document(self, documents, taken, question):
        taken("a.md", "Préambule.", self.LONG, "Le badge se rend à la fin.")
        taken("b.md", data=("Congés : voir la note.\n\n" + self.LONG).encode())
        hits = documents.search(question, limit=20)
        assert hits
        for hit in hits:
            text = documents.text(hit.document.id)
            assert text[hit.passage.start : hit.passage.end] == hit.passage.text
        spans = sorted((hit.document.id, hit.passage.start, hit.passage.end) for hit in hits)
        assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(spans))


class TestOrder:
    def test_ties_come_in_the_order_of_names_and_places(self, documents, taken):
        for name in ("c", "a", "b"):
            taken(f"{name}.md", f"La porte {name.upper()} ferme au télétravail.")
        found = names(documents.search("télétravail"))
        assert found == ["a.md", "b.md", "c.md"]

    def test_a_library_taken_in_otherwise_answers_the_same(self, start, write, folder):
        for n in range(12):
            write(f"f{n:02}.md", f"La salle {n} se réserve au secrétariat.", f"Le télétravail du service {n}.")
        paths = sorted(folder.iterdir())
        one, other = start(data="one").documents, start(data="other").documents
        one.ingest(*paths)
        for path in reversed(paths):
            other.ingest(path)
        for question in ("télétravail", "réserver une salle", "service 7", "secrétariat du service"):
            found = [
                [(hit.document.name, hit.passage.start, hit.passage.end, round(hit.score, 6)) for hit in hits]
                for hits in (one.search(question), other.search(question), one.search(question))
            ]
            assert found[0] == found[1] == found[2]

    def test_nothing_is_found_in_an_empty_library(self, documents):
        assert documents.search("télétravail") == []

    @pytest.mark.parametrize("limit", [-3, 0, 1, 3, 1000])
    def test_the_limit_is_kept(self, documents, taken, limit):
        taken("a.md", *[f"Le badge {n} ouvre la porte {n * 7}." for n in range(30)])
        assert len(documents.search("badge", limit=limit)) == max(0, min(limit, 30))

    def test_scores_fall_from_1_to_0_also_of_what_is_not_in_force(self, documents, taken):
        for n in range(12):
            taken(f"a{n:02}.md", f"Le badge {n} ouvre la porte {n * 7}.", validity="draft" if n % 2 else "in_force")
        scores = [hit.score for hit in documents.search("badge de la porte 21", limit=12)]
        assert scores == sorted(scores, reverse=True)
        assert 1 > scores[0] > scores[-1] > 0
        found = documents.as_langchain_retriever(limit=12).invoke("badge de la porte 21")
        assert [one.metadata["score"] for one in found] == scores


@pytest.mark.parametrize("limit", [1, 2, 3, 8])
def test_a_few_results_are_the_first_of_many(documents, taken, limit):
    """Only the nearest passages are fetched first; drafts and copies may give way to some that are farther."""
    for n in range(12):
        taken(f"projet{n:02}.md", f"{RULE} Projet {n}.", validity="draft")
    taken("copie.md", f"{RULE} Projet 3.")
    for n in range(6):
        taken(f"regle{n}.md", f"Les cadres de l'équipe {n} ont deux jours de télétravail.")
    question = "Combien de jours de télétravail par semaine pour les cadres ?"
    many = documents.search(question, limit=20)
    few = documents.search(question, limit=limit)
    assert [(hit.document.name, hit.copies) for hit in few] == [(hit.document.name, hit.copies) for hit in many[:limit]]


def test_more_results_than_the_legs_hand_on_by_themselves(documents, write):
    documents.ingest(write("a.md", *[f"Le badge {n} ouvre la porte {n}." for n in range(300)]))
    assert len(documents.search("badge", limit=250)) == 250


scores = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 30, allow_nan=False, width=32)).map(
    lambda found: sorted(found.items(), key=lambda item: -item[1])
)


@given(scores, scores, st.randoms(use_true_random=False))
def test_fusing_keeps_all_in_an_order_that_input_order_does_not_change(lexical, dense, random):
    fused = fuse(lexical, dense)
    assert {name for name, _ in fused} == {name for name, _ in [*lexical, *dense]}
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
    shuffled = random.sample(lexical, len(lexical)), random.sample(dense, len(dense))
    assert fuse(*shuffled) == fused


@given(scores)
def test_a_leg_alone_keeps_its_order(leg):
    distinct = [(name, float(round(score))) for name, score in leg]
    by_score = sorted(distinct, key=lambda item: (-item[1], item[0]))
    assert [name for name, _ in fuse([], distinct)] == [name for name, _ in by_score]


class TestFilter:
    """Each leg by itself lets through what the filter allows, however much else is nearer."""

    @pytest.mark.parametrize(
        ("wanted", "forbidden"),
        [
            (Filter(max_sensitivity=1), {"sensitivity": 3}),
            (Filter(owner="DRH"), {"owner": "DAF"}),
            (Filter(validity=("in_force",)), {"validity": "superseded"}),
            (Filter(effective_on=TODAY), {"effective_to": dt.date(2020, 1, 1)}),
        ],
        ids=lambda value: str(value)[:50],
    )
    def test_nearer_passages_that_are_forbidden_take_no_place(self, documents, taken, wanted, forbidden):
        taken("interdit.md", *[f"Badge badge {n}." for n in range(400)], **forbidden)
        allowed = [f"La loge {n} du gardien tient le registre de chaque badge." for n in range(12)]
        taken("permis.md", *allowed, owner="DRH")
        hits = documents.search("badge", wanted=wanted, limit=10)
        assert names(hits) == ["permis.md"] * 10
        assert all(hit.bm25 is not None and hit.cosine is not None for hit in hits)
        assert all(allows(wanted, hit.document) for hit in hits)
        assert names(documents.search("badge", limit=10)) == ["interdit.md"] * 10

    def test_collections_and_documents(self, documents, write):
        for name in ("a", "b", "c"):
            documents.ingest(write(f"{name}.md", f"Le badge {name.upper()}."), collection=name)
        ids = {document.name: document.id for document in documents.list()}
        assert names(documents.search("badge", wanted=Filter(collection="b"))) == ["b.md"]
        chosen = Filter(documents=(ids["a.md"], ids["c.md"]))
        assert names(documents.search("badge", wanted=chosen)) == ["a.md", "c.md"]
        assert documents.search("badge", wanted=Filter(collection="b", documents=(ids["a.md"],))) == []
        assert documents.search("badge", wanted=Filter(documents=())) == []
        assert documents.search("badge", wanted=Filter(validity=())) == []

    @pytest.mark.parametrize("name", ["' OR 1=1 --", "rh\x00", "%", '{"$ne": "rh"}'])
    def test_a_filter_is_data(self, documents, write, name):
        documents.ingest(write("a.md", "Le badge."), collection="rh")
        assert documents.search("badge", wanted=Filter(collection=name)) == []
        assert documents.search("badge", wanted=Filter(owner=name)) == []
        assert documents.search("badge", wanted=Filter(documents=(name,))) == []
