"""Words: stems by language, accents folded, exact forms; whatever is asked is data."""

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made import markdown

from assistai import AssistAI
from assistai.documents.words import match_expression, query_terms
from assistai.settings import load_settings
from assistai.testing import HashEmbedder

TEXTS = {
    "conges.md": "Les salariés déposent leurs congés auprès de la direction.",
    "note.md": "La note NDF-2024-17 du 12/03/2024 concerne les hôtels, écrire à frais@exemple.fr avant 17h30.",
    "annuaire.md": "Mme Desplechin-Moreau dirige le pôle achats ; M. d’Ormesson l’assiste au bureau B.204.",
    "english.md": "The company's employees are travelling with their own vehicles, and they must book them.",
    "chiffres.md": "Le taux est de 2,5 % au-delà de 1 500 euros, soit le palier 3.",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("mots")


@pytest.fixture(scope="module")
def documents(place):
    for name, text in TEXTS.items():
        (place / name).write_bytes(markdown(text))
    ai = AssistAI(load_settings(data_dir=place / "var"), embedder=HashEmbedder())
    ai.documents.ingest(place)
    yield ai.documents
    ai.close()


@pytest.fixture
def by_words(documents):
    def by_words(question):
        hits = [hit for hit in documents.search(question) if hit.bm25 is not None]
        return [hit.document.name for hit in sorted(hits, key=lambda hit: -hit.bm25)]

    return by_words


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("congé", "conges.md"),
        ("CONGES", "conges.md"),
        ("Comment déposer un congé ?", "conges.md"),
        ("salariée", "conges.md"),
        ("hotel", "note.md"),
        ("hôtels", "note.md"),
        ("NDF-2024-17", "note.md"),
        ("ndf-2024-17", "note.md"),
        ("que dit « NDF-2024-17 » ?", "note.md"),
        ("frais@exemple.fr", "note.md"),
        ("12/03/2024", "note.md"),
        ("Desplechin", "annuaire.md"),
        ("desplechin-moreau", "annuaire.md"),
        ("Qui est Mme Desplechin-Moreau ?", "annuaire.md"),
        ("d'Ormesson", "annuaire.md"),
        ("bureau B.204", "annuaire.md"),
        ("How do the employees travel?", "english.md"),
        ("Which vehicle must an employee book?", "english.md"),
        ("What is the company’s rule?", "english.md"),
        ("Which are the employees' vehicles?", "english.md"),
        ("les 'congés'", "conges.md"),
        ("Que fait l'hôtel ?", "note.md"),
        ("2,5 %", "chiffres.md"),
    ],
)
def test_what_is_asked_is_found_by_its_words(by_words, question, name):
    assert by_words(question)[0] == name


@pytest.mark.parametrize("question", ["NDF-2024-18", "le la les", "zzzz", "", "?!", "«»", "B.205x"])
def test_what_no_document_says_is_not(by_words, question):
    assert "conges.md" not in by_words(question)
    assert by_words(question)[:1] != ["english.md"]


@pytest.mark.parametrize(
    "question",
    [
        'congés" OR "note',
        "congés NEAR note",
        "NEAR(congés note, 5)",
        "congés*",
        "^congés",
        "words : congés",
        "{words headings} : congés",
        "-congés",
        "congés AND NOT salariés",
        "congés + salariés",
        "(((congés",
        'congés """',
        "congés'; DROP TABLE passage; --",
        ":expression congés",
        "congés \x00 note",
        "congés \ud800",
        "congés 🙂",
        "congés %s %(x)s {0} {words}",
    ],
)
def test_operators_are_words_like_others(by_words, question):
    assert by_words(question)[0] == "conges.md"


@pytest.fixture(scope="module")
def dump(documents, place):
    with sqlite3.connect(place / "var" / "assistai.sqlite") as database:
        yield lambda: hash(tuple(database.iterdump()))


@pytest.fixture(scope="module")
def before(dump):
    return dump()


ODD = st.sampled_from(
    ['"', "*", "NEAR", "AND", "(", ")", "^", ":", "-", "'", "’", "\x00", "\ud800", "²", "ﬁ", "İ", "½"]
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(st.one_of(ODD, st.text(max_size=4), st.just("congés"))).map(" ".join)))
@example("½ ⅓ ² ﷺ ﬁn")
@example("a" * 100_000)
def test_any_text_can_be_asked(documents, dump, before, question):
    documents.search(question, limit=3)
    assert dump() == before


@pytest.mark.parametrize(
    "question", ["mot " * 250_000, " ".join(f"mot{n}" for n in range(50_000)), "x" * 1_000_000, "É-" * 200_000]
)
def test_a_very_long_question_is_looked_up_by_its_beginning(documents, by_words, question):
    assert "conges.md" in by_words(f"congés {question}")


@given(st.text(), st.sampled_from(["fr", "en"]))
def test_terms_are_bounded_and_unique(question, language):
    terms = query_terms(question, language)
    assert len(set(terms)) == len(terms)
    assert match_expression(terms, lambda _: {}, 0).count('"') == 2 * len([term for term in terms if term.strip()])


class TestALargeIndex:
    def expression(self, *terms):
        known = {"note": 4_000, "direct": 3_000, "frais": 900, "ndf-2024-17": 1, "2": 50, "5": 60}
        return match_expression(terms, lambda asked: {term: known[term] for term in asked if term in known}, 10_000)

    def test_frequent_words_are_left_out_where_rarer_ones_remain(self):
        assert self.expression("note", "ndf-2024-17", "2", "5") == '"ndf-2024-17" OR "2" OR "5"'

    def test_where_all_are_frequent_the_rarest_is_asked(self):
        assert self.expression("note", "direct", "frais") == '"frais"'

    def test_no_more_is_read_than_a_library_of_any_size_can_answer_at_once(self):
        known = {f"t{n}": 1_500 for n in range(9)}
        assert match_expression([*known], lambda _: known, 100_000) == '"t0"'

    def test_figures_with_a_comma_are_kept(self):
        assert '"2,5"' in self.expression("note", "2,5")

    def test_what_is_nowhere_is_not_asked(self):
        assert self.expression("zzz") == ""

    def test_of_very_many_the_rarest_are_asked(self):
        terms = [f"t{n}" for n in range(500)]
        expression = match_expression(terms, lambda asked: {t: int(t[1:]) + 1 for t in asked}, 100)
        assert expression.count(" OR ") < 64
        assert '"t0"' in expression
        assert '"t499"' not in expression
