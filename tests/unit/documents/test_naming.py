"""Things told apart by a letter or number, and expressions told by their initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai import AssistAI, load_settings
from assistai.documents.candidates import unit_spans
from assistai.documents.naming import acronyms, another_one, spelt_out
from assistai.documents.proper_names import is_another


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Quand ouvre le hall B ?", "Le hall A ouvre en mai.", True),
        ("Quand ouvre le hall B ?", "Le hall B ouvre en mai.", False),
        ("Quand ouvre le hall B ?", "Les halls A et B : le hall B ouvre en mai.", False),
        ("Quand ouvre le hall B ?", "L'ouverture est prévue en mai.", False),
        ("Who holds key 7?", "Key 9 is held by the porter.", True),
        ("Que prévoit l'article 5 ?", "Article 12\nLe préavis est de 3 mois.", True),
        ("Le troisième quai est-il ouvert ?", "Le deuxième quai est fermé.", True),
        ("Que faire dans les délais 3 jours avant ?", "Les délais 5 jours avant.", False),
        ("Que faire le mardi 3 ?", "Le mardi 5, rien.", False),
    ],
)
def test_another_one_of_the_things_that_are_numbered(question, text, another):
    assert another_one(question, text) is another


@pytest.mark.parametrize(
    ("acronym", "text", "words"),
    [
        ("CET", "Le compte épargne-temps s'alimente en juin.", ["compte", "épargne", "temps"]),
        ("DPO", "Write to the data protection officer.", ["data", "protection", "officer"]),
        ("CSE", "Le comité siège en mai.", []),
    ],
)
def test_what_an_acronym_is_made_of(acronym, text, words):
    assert spelt_out(acronym, text) == words


def test_a_title_in_capitals_holds_no_acronyms():
    assert acronyms("NOTE DE SERVICE") == []
    assert acronyms("Le CSE et le DPO, puis le CSE") == ["CSE", "DPO"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_told(question, text):
    assert not another_one(question, question)
    for acronym in acronyms(question):
        assert len(spelt_out(acronym, text)) in (0, len(acronym))


def test_fields_of_a_heading_block_in_one_line_stand_apart():
    line = "Objet : travaux du hall Date : 3 mars 2026 De : Lise Arnal"
    assert [line[begin:end] for begin, end in unit_spans(line)] == [
        "Objet : travaux du hall",
        "Date : 3 mars 2026",
        "De : Lise Arnal",
    ]
    plain = "Les horaires de la visite sont les suivants : 9 h. À : voir."
    assert [plain[begin:end] for begin, end in unit_spans(plain)] == [plain[:50], plain[51:]]


def test_a_rule_for_each_group_is_quoted_where_the_question_names_none(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "charte.md").write_text(
        "# Charte de la médiathèque\n\n## Prêts des adultes\n\nLes adultes peuvent emprunter huit livres par mois.\n\n"
        "## Prêts des enfants\n\nLes enfants peuvent emprunter douze livres par mois, avec l'accord d'un parent.\n",
        "utf-8",
    )
    with_library = AssistAI(load_settings(data_dir=tmp_path / "var"))
    with_library.documents.ingest(tmp_path / "in")
    both = with_library.documents.answer("Combien de livres peut-on emprunter par mois ?").sentences
    one = with_library.documents.answer("Combien de livres les enfants peuvent-ils emprunter par mois ?").sentences
    with_library.documents.close()
    assert sorted(sentence.text[:11] for sentence in both) == ["Les adultes", "Les enfants"]
    assert [sentence.text[:11] for sentence in one] == ["Les enfants"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Combien coûte la carte de bus ?", "La carte de parking coûte 15 €."),
        ("Quel est le salaire du maire ?", "Le salaire du directeur est de 85 000 €."),
        ("Quel est le budget communication ?", "Le budget formation est de 48 000 €."),
        ("Qui dirige le service financier ?", "M. Haddad dirige le service technique."),
        ("Quand est remise la médaille du travail ?", "La médaille d'honneur est remise le 11 novembre."),
        ("Combien de jours de congés pour les stagiaires ?", "Les apprentis ont 27 jours de congés."),
        ("How many days do interns get?", "Managers get 30 days of leave."),
    ],
)
def test_another_thing_or_group_of_people_is_told(question, text):
    assert another_one(question, text)


@pytest.mark.parametrize(
    ("question", "text", "around"),
    [
        ("Combien coûte la carte de parking ?", "La carte de parking coûte 15 €.", ""),
        ("Combien coûte la carte de parking ?", "La carte coûte 15 €.", ""),
        ("Combien coûte la carte de bus ?", "Parking et bus : la carte de parking coûte 15 €, l'autre 12 €.", ""),
        ("Quel est le prix de la voiture de fonction ?", "Le prix du véhicule est de 300 € par mois.", ""),
        ("Combien de jours pour les alternants ?", "Les apprentis ont 27 jours de congés.", ""),
        ("Combien de jours pour les stagiaires ?", "Leur tuteur, un cadre, accorde 2 jours.", "Stagiaires"),
        ("Quel est le délai de remboursement ?", "Le délai est de cinq jours ouvrés.", ""),
        ("Combien de jours de congés ?", "Les salariés ont cinq jours ouvrés de repos.", "Congés"),
    ],
)
def test_the_same_thing_in_other_words_is_not_another(question, text, around):
    assert not another_one(question, text, around)


@pytest.mark.parametrize(
    ("question", "text", "around", "another"),
    [
        ("Combien de contrats en 2027 ?", "La faculté a cinq contrats.", "PV\nConseil › Contrats 2026", True),
        ("Combien de contrats en 2026 ?", "La faculté a cinq contrats.", "PV\nConseil › Contrats 2026", False),
        ("Combien de contrats en 2027 ?", "La faculté a cinq contrats.", "Guide 2026\nContrats", False),
        ("Combien de contrats en 2027 ?", "En 2026, cinq contrats ; en 2027, quatre.", "", False),
        ("Combien de contrats ?", "En 2026, cinq contrats.", "", False),
    ],
)
def test_what_is_said_of_another_year_speaks_of_another_one(question, text, around, another):
    assert another_one(question, text, around) is another


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Quel est le plafond à Marseille ?", "Le plafond est de 110 euros à Lyon.", True),
        ("Quel est le plafond à Lyon ?", "Le plafond est de 110 euros à Lyon, 140 à Paris.", False),
        ("Quel est le plafond à Marseille ?", "Le plafond est de 110 euros.", False),
        ("Quel est le téléphone de Jean Dupont ?", "Nom : Leroy Jean ; Téléphone : 01 02 03 04 05", True),
        ("Quel est le téléphone de Jean Leroy ?", "Nom : Leroy Jean ; Téléphone : 01 02 03 04 05", False),
        ("Quel est le poste de Jean Leroy ?", "M. Leroy est comptable.", False),
        ("Est-ce ouvert le dimanche ?", "La cantine est fermée le samedi.", True),
        ("Est-ce ouvert le dimanche ?", "Ouvert du lundi au vendredi.", False),
        ("À quelle heure ouvre l'accueil le samedi ?", "Ouvert du lundi au vendredi à 9 h.", True),
        ("À quelle heure ouvre l'accueil le mardi ?", "Ouvert du lundi au jeudi à 9 h.", False),
        ("When does the desk open on Monday?", "The desk opens at 9 from Friday to Tuesday.", False),
    ],
)
def test_another_person_place_or_day(question, text, another):
    assert is_another(question, text, "", frozenset()) is another


def test_what_speaks_of_somebody_else_says_nothing_of_a_name_that_is_nowhere():
    row, rule = "Ville : Lyon ; Nuit : 110 €", "La nuit est à 110 €."
    assert is_another("Quelle nuit pour Brest ?", row, "", frozenset({"brest"}))
    assert not is_another("Quelle nuit pour Brest ?", rule, "", frozenset({"brest"}))
    assert not is_another("Quelle nuit pour Brest ?", row, "Plafonds de Brest", frozenset({"brest"}))


@pytest.mark.parametrize(
    ("around", "another"),
    [
        ("Guide\nTélétravail › Cadres ", True),
        ("Guide\nTélétravail › Alternants ", False),
        ("Guide\nTélétravail Les cadres ont deux jours.", True),
        ("Guide\nTélétravail ", False),
    ],
)
def test_a_rule_is_for_the_group_above_it_or_of_the_sentence_it_leans_on(around, another):
    assert another_one("Combien de jours pour les alternants ?", "Ils disposent de dix jours.", around) is another
