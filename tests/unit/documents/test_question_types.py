"""What a question asks for, what a text holds of it, and what a follow-up leaves unsaid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.documents.answer_types import holds_answer
from assistai.documents.followups import resolve
from assistai.documents.questions import names_in, question_type
from assistai.documents.words import query_terms

TYPES = [
    ("Combien de jours de télétravail ?", "number"),
    ("Quel est le plafond pour un repas ?", "number"),
    ("How much is the fee?", "number"),
    ("À quelles heures ouvre l'accueil ?", "when"),
    ("Jusqu'à quand peut-on s'inscrire ?", "when"),
    ("When is the board meeting?", "when"),
    ("Qui valide les congés ?", "who"),
    ("Who is the data officer?", "who"),
    ("Où se trouve le défibrillateur ?", "where"),
    ("Where is the canteen?", "where"),
    ("Quel est le courriel de Nadia ?", "contact"),
    ("Peut-on fumer sur le balcon ?", "whether"),
    ("Un stagiaire peut-il télétravailler ?", "whether"),
    ("Can I bring my dog?", "whether"),
    ("Pourquoi M. Petit a-t-il refusé ?", "why"),
    ("Que veut dire CSE ?", "meaning"),
    ("What does TOIL mean?", "meaning"),
    ("Quelle entreprise fait les travaux ?", "name"),
    ("plafond hotel Paris", "number"),
    ("Bonjour, je prépare une mission. Pourriez-vous me dire combien de temps il faut ? Merci.", "number"),
    ("Pouvez-vous me dire si le parking est gratuit ?", "whether"),
    ("Faut-il rendre la voiture quand on est malade ?", "whether"),
    ("I got a strange email, what should I do with it?", "other"),
    ("Quel formulaire faut-il remplir ?", "other"),
    ("Qu'est-ce qui est interdit ou déconseillé ?", "other"),
]


@pytest.mark.parametrize(("question", "kind"), TYPES)
def test_what_is_asked_for(question, kind):
    assert question_type(question) == kind


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("Combien coûte un repas ?", "Le repas coûte 9,50 €.", 1.0),
        ("Combien coûte un repas ?", "Le repas se prend entre 12 et 14 heures.", 0.5),
        ("Combien coûte un repas ?", "Le repas se prend sur place.", 0.0),
        ("Combien de jours de congé ?", "Le congé dure 28 jours.", 1.0),
        ("Combien de personnes dans la salle ?", "Salle : Renoir ; Personnes : 18", 1.0),
        ("À quelle heure ferme le site ?", "Le site ferme à 20 h.", 1.0),
        ("Quand ferme le site ?", "Le site ferme le 24 décembre.", 1.0),
        ("Combien coûte la clé ?", "La clé perdue est facturée quatorze euros.", 1.0),
        ("Pourquoi ce refus ?", "La demande est reportée, faute du rapport.", 1.0),
        ("Pourquoi ce refus ?", "La demande est refusée le lundi.", 0.0),
        ("Que veut dire AL ?", "astreinte logistique (AL) : magasin, linge.", 1.0),
        ("Dans quel bâtiment se trouve la salle Renoir ?", "Salle : Renoir ; Bâtiment : Hôtel de ville", 1.0),
        ("Puis-je fumer ?", "Non, c'est interdit partout.", 1.0),
        ("Puis-je fumer ?", "Peut-on fumer ? Oui : sur la terrasse.", 1.0),
        ("Puis-je fumer ?", "Il est interdit de fumer.", 0.5),
        ("Qui valide ?", "La demande est validée par Claire Vasseur.", 1.0),
        ("Qui valide ?", "La demande est validée par le responsable.", 0.5),
        ("Qui est Claire Vasseur ?", "La note est signée Claire Vasseur.", 0.0),
        ("Quel est le courriel de l'accueil ?", "Appelez le 01 99 00 47 42.", 0.0),
        ("Quel est le courriel de l'accueil ?", "Écrivez à accueil@exemple.fr.", 1.0),
    ],
)
def test_what_a_text_holds(question, text, share):
    assert holds_answer(question_type(question), text, question) == share


@pytest.mark.parametrize("question", ["Comment choisir ?", "Quelle procédure suivre ?"])
def test_what_cannot_be_told_is_not(question):
    assert holds_answer(question_type(question), "Tout autre chose.", question) is None


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_words_can_be_asked_of_any_text(question, text):
    """What users and documents write is never a pattern."""
    share = holds_answer(question_type(question), text, f"Combien de {question}")
    assert share is None or 0.0 <= share <= 1.0
    holds_answer("number", text, f"Combien de {question}")
    names_in(question)
    resolve(question, text)


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Peut-on payer en espèces ?", {"pai", "espec"}),
        ("Y a-t-il un plat végétarien ?", {"plat", "vegetarien"}),
        ("Combien de rendez-vous par mois ?", {"rendez-vous", "mois"}),
        ("Dois-je télétravailler ?", {"teletravail"}),
        ("How many days?", {"day"}),
    ],
)
def test_words_that_only_ask_are_no_terms(question, terms):
    from assistai.language.words import detect_language

    assert set(query_terms(question, detect_language(question))) == terms


@pytest.mark.parametrize(
    ("previous", "question", "asked"),
    [
        (
            "Combien de jours de télétravail pour les non-cadres ?",
            "Et pour les cadres ?",
            "Combien de jours de télétravail pour les cadres ?",
        ),
        (
            "Quel est le plafond d'une nuit d'hôtel à Paris ?",
            "Et à Lyon ?",
            "Quel est le plafond d'une nuit d'hôtel à Lyon ?",
        ),
        (
            "Quel est le téléphone de Nadia Benali ?",
            "Et son courriel ?",
            "Quel est le courriel de Nadia Benali ?",
        ),
        ("How many days of leave for managers?", "And for interns?", "How many days of leave for interns?"),
        ("Où est la cantine ?", "Quel est le prix d'un repas ?", "Quel est le prix d'un repas ?"),
        (None, "Et pour les cadres ?", "Et pour les cadres ?"),
    ],
)
def test_a_follow_up_keeps_the_subject(previous, question, asked):
    assert resolve(question, previous) == asked


@pytest.mark.parametrize(
    ("question", "previous", "understood"),
    [
        ("Et quand rouvrent-ils ?", "Quand fermez-vous ?", "Quand fermez-vous ? quand rouvrent-ils ?"),
        ("Et la cantine, combien coûte le menu ?", "Qui ouvre ?", "la cantine, combien coûte le menu ?"),
        ("Et celui de Leroy ?", "Quel est le bureau d’Anne Martin ?", "Quel est le bureau de Leroy ?"),
        ("Et pour le mariage ?", "Combien de jours par an ?", "Combien de jours pour le mariage ?"),
        ("What about hotels?", "How do I book a train?", "How do I book hotels?"),
        ("What about the canteen?", "When does the library open?", "When does the canteen open?"),
        ("And what about managers?", "How many days for interns?", "How many days for managers?"),
        ("Et la cantine ?", "À quelle heure ouvre la bibliothèque ?", "À quelle heure ouvre la cantine ?"),
        (
            "A quelle heure ferme le parking ?",
            "Quel est le téléphone d’Alice Durand ?",
            "A quelle heure ferme le parking ?",
        ),
        ("Ou est le parking ?", "Quel est le délai des frais ?", "Ou est le parking ?"),
        (
            "Comment les obtenir ?",
            "Quels sont les titres-repas ?",
            "Quels sont les titres-repas ? Comment les obtenir ?",
        ),
        ("Qui l’accorde ?", "Quel est le délai des frais ?", "Quel est le délai des frais ? Qui l’accorde ?"),
        ("Qui tient le registre ?", "Quel est le délai des frais ?", "Qui tient le registre ?"),
        ("Pour quelle durée ?", "Qui prête les badges ?", "Qui prête les badges ? Pour quelle durée ?"),
        ("Et le parking ?", "Combien de jours de congés pour les cadres ?", "Et le parking ?"),
        (
            "Et les alternants ?",
            "Combien de jours de congés pour les cadres ?",
            "Combien de jours de congés pour les alternants ?",
        ),
        ("À quelle heure ?", "En quelle salle est la réunion ?", "En quelle salle est la réunion ? À quelle heure ?"),
        ("Pourquoi ?", "Le badge est-il obligatoire ?", "Le badge est-il obligatoire ? Pourquoi ?"),
        ("a -> b --> c", "Quel est le plafond d'hôtel à Paris ?", "a -> b --> c"),
        ("Quand ouvre l'accueil ?", "Où est le parking ?", "Quand ouvre l'accueil ?"),
    ],
)
def test_what_a_follow_up_takes_from_the_question_before(question, previous, understood):
    assert resolve(question, previous) == understood
