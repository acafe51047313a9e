"""Names as directories list them, contradictions with a thread, short notes that answer."""

import datetime as dt

import pytest

from assistai.drafting.asked import answers
from assistai.drafting.draft import Source, ThreadQuestion
from assistai.drafting.factcheck import check_facts
from assistai.drafting.people import given_name_first

DAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Martin, Julie", "Julie Martin"),
        ("MARTIN Julie", "Julie Martin"),
        ("DE LA TOUR Jean-Paul", "Jean-Paul De La Tour"),
        ("Julie Martin", "Julie Martin"),
        ("Service achats", "Service achats"),
        ("Ville de Lyon, DRH", "Ville de Lyon, DRH"),
    ],
)
def test_a_name_is_said_given_name_first(listed, said):
    assert given_name_first(listed) == said


def checked(text, *sources):
    facts, _ = check_facts(text, sources, "fr", base=DAY)
    return {fact.text: (fact.trace, fact.source) for fact in facts}


def test_a_mails_only_date_is_set_against_the_drafts_where_its_subject_is_the_drafts():
    mail = Source(name="mail", text="Nous pensons au mardi 16 mars 2027.", date=DAY, about="RE: Séminaire de rentrée")
    sent = Source(name="mail", text="mardi 24 novembre 2026", date=DAY)
    brief = Source(name="brief", text="séminaire le jeudi 18 mars 2027")
    draft = "Merci de votre message du 24 novembre 2026.\n\nLe séminaire aura lieu le jeudi 18 mars 2027."
    assert checked(draft, brief, mail, sent)["jeudi 18 mars 2027"] == ("contradicted", "mail")


def test_a_mail_about_something_else_contradicts_nothing():
    mail = Source(name="mail", text="Nous pensons au mardi 16 mars 2027.", date=DAY, about="Devis de peinture")
    brief = Source(name="brief", text="séminaire le jeudi 18 mars 2027")
    assert checked("Le séminaire aura lieu le jeudi 18 mars 2027.", brief, mail)["jeudi 18 mars 2027"][0] == "traced"


def test_how_long_somebody_can_be_reached_is_no_date_of_the_event():
    mail = Source(name="mail", text="Je reste joignable jusqu'à jeudi.", date=DAY, about="Séminaire")
    brief = Source(name="brief", text="séminaire le mardi 16 mars 2027")
    assert checked("Le séminaire aura lieu le mardi 16 mars 2027.", brief, mail)["mardi 16 mars 2027"][0] == "traced"


@pytest.mark.parametrize(
    ("question", "note", "answered"),
    [
        ("Faut-il prévoir un vidéoprojecteur ?", "– vidéoprojecteur déjà sur place", True),
        ("Le devis vous convient-il ?", "– devis accepté", True),
        ("Le devis vous convient-il ?", "– salle réservée", False),
        ("Le devis vous convient-il ?", "Je reviens vers vous au sujet du devis.", False),
    ],
)
def test_a_short_note_on_what_was_asked_answers(question, note, answered):
    (found,) = answers(note, [ThreadQuestion(text=question)])
    assert (found.answer is not None) is answered
