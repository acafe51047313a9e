"""Frames of replies: to whom, under which subject and identifiers, what to beware of."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from assistai.drafting.draft import Recipient
from assistai.drafting.replies import (
    MANY,
    is_forwarded,
    reply_frame,
    reply_subject,
    speaks_of_attachment,
    with_warnings,
)
from assistai.drafting.thread import read_thread
from assistai.settings import Settings

MAILS = Path(__file__).parents[2] / "data" / "mails"
SETTINGS = Settings(_env_file=None)
ME = "moi@mairie.fr"


def mail(body="Bonjour.", **headers):
    message = EmailMessage()
    for key, value in {"From": "Luc <luc@x.example>", "To": ME, "Subject": "Objet", "Message-ID": "<m@x>"}.items():
        headers.setdefault(key.replace("-", "_"), value)
    for key, value in headers.items():
        if value is not None:
            message[key.replace("_", "-")] = value
    message.set_content(body)
    return read_thread(message.as_bytes(), "a.eml", SETTINGS)


def told(recipients):
    return [(item.field, item.address, item.warning) for item in recipients]


def codes(frame):
    return [warning.code for warning in frame.warnings]


def test_the_sender_and_the_others_are_proposed_without_oneself():
    thread = mail(To=f"{ME}, anne@mairie.fr", Cc="Paul <paul@y.example>, LUC@x.example, anne@mairie.fr")
    frame = reply_frame(thread, own=[ME.upper()], domains=["mairie.fr"])
    assert told(frame.recipients) == [
        ("to", "luc@x.example", "outside"),
        ("cc", "anne@mairie.fr", None),
        ("cc", "paul@y.example", "outside"),
    ]
    assert codes(frame) == ["reply_outside"]
    assert frame.warnings[0].params == (("addresses", "luc@x.example, paul@y.example"),)
    assert told(reply_frame(thread, own=[ME], to_all=False).recipients) == [("to", "luc@x.example", None)]


def test_reply_to_takes_the_senders_place_and_a_foreign_one_is_pointed_out():
    frame = reply_frame(mail(Reply_To="Compta <compta@z.example>"), own=[ME])
    assert told(frame.recipients) == [("to", "compta@z.example", None)]
    assert codes(frame) == ["reply_elsewhere"]
    assert codes(reply_frame(mail(Reply_To="autre@x.example"), own=[ME])) == []


def test_a_reply_to_ones_own_mail_goes_to_whom_it_was_sent():
    frame = reply_frame(mail(From=ME, To="luc@x.example"), own=[ME])
    assert told(frame.recipients) == [("to", "luc@x.example", None)]


def test_without_own_addresses_the_only_one_addressed_is_who_replies():
    assert told(reply_frame(mail(Cc="anne@x.example")).recipients) == [
        ("to", "luc@x.example", None),
        ("cc", "anne@x.example", None),
    ]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"To": ", ".join(f"p{number}@x.example" for number in range(MANY)), "Cc": ME}, "reply_many"),
        ({"To": "liste@listes.fr", "Cc": ME, "List_Id": "Liste <liste.listes.fr>"}, "reply_mailing_list"),
        ({"To": "anne@x.example", "Cc": "paul@x.example"}, "reply_hidden_copy"),
    ],
)
def test_where_replying_to_all_is_a_risk_only_the_sender_is_proposed(headers, code):
    frame = reply_frame(mail(**headers), own=[ME])
    assert told(frame.recipients) == [("to", "luc@x.example", None)]
    assert code in codes(frame)
    assert len(frame.everyone) > 1
    assert reply_frame(mail(**headers), own=[ME], to_all=True).recipients == frame.everyone


@pytest.mark.parametrize(
    ("sender", "warning"),
    [
        ("a@mairie.fr", None),
        ("a@ccas.mairie.fr", None),
        ("a@mairle.fr", "lookalike"),
        ("a@mairies.fr", "lookalike"),
        ("a@maire.fr", "lookalike"),
        ("a@amirie.fr", "lookalike"),
        ("a@mairie.com", "lookalike"),
        ("a@gmail.com", "outside"),
        ("a@mairie.fr.pirate.example", "outside"),
        ("ne-pas-repondre@mairie.fr", "no_reply"),
        ("NoReply@mairie.fr", "no_reply"),
    ],
)
def test_addresses_are_compared_with_the_organisations(sender, warning):
    (recipient,) = reply_frame(mail(From=sender), own=[ME], domains=["mairie.fr"]).recipients
    assert recipient.warning == warning


def test_changed_recipients_are_compared_anew():
    changed = with_warnings(
        [Recipient(address="a@gmail.com"), Recipient(address="b@mairie.fr", warning="outside")], ["mairie.fr"]
    )
    assert [item.warning for item in changed] == ["outside", None]


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("Devis", "Re: Devis"),
        ("Re: Devis", "Re: Devis"),
        ("RE : TR: Re: Fwd: [EXTERNE] Devis", "Re: Devis"),
        ("Rép : AW: WG: Devis", "Re: Devis"),
        ("RE[2]: Re(3): Devis", "Re: Devis"),
        ("[liste] Devis", "Re: [liste] Devis"),
        ("Réunion : ordre du jour", "Re: Réunion : ordre du jour"),
        ("Trace : essai", "Re: Trace : essai"),
        ("", "Re:"),
        ("Devis\r\nBcc: pirate@x.example", "Re: Devis Bcc: pirate@x.example"),
    ],
)
def test_subjects_have_one_re(subject, reply):
    assert reply_subject(subject) == reply
    assert reply_subject(reply) == reply


@pytest.mark.parametrize(
    ("headers", "references"),
    [
        ({}, ("<m@x>",)),
        ({"References": "<a@x> <b@x>"}, ("<a@x>", "<b@x>", "<m@x>")),
        ({"In_Reply_To": "<a@x>"}, ("<a@x>", "<m@x>")),
        ({"In_Reply_To": "<a@x> <b@x>"}, ("<m@x>",)),
        ({"References": "<a@x>", "In_Reply_To": "<z@x>"}, ("<a@x>", "<m@x>")),
        ({"References": "rien d’utile <a@x> <a@x>"}, ("<a@x>", "<m@x>")),
        ({"Message_ID": None}, ()),
    ],
)
def test_references_follow_the_standard(headers, references):
    frame = reply_frame(mail(**headers))
    assert frame.references == references
    assert frame.in_reply_to == (references[-1] if references else None)


def test_of_very_many_references_the_first_and_the_last_are_kept():
    frame = reply_frame(mail(References=" ".join(f"<{number}@x>" for number in range(200))))
    assert (len(frame.references), frame.references[0], frame.references[-1]) == (50, "<0@x>", "<m@x>")


def test_a_forwarded_mail_can_be_answered_to_its_first_sender():
    data = (MAILS / "thunderbird_transfert.eml").read_bytes()
    thread = read_thread(data, "a.eml", SETTINGS)
    assert is_forwarded(thread)
    frame = reply_frame(thread, own=["secretariat.maire@mairie-exemple.fr"])
    assert told(frame.recipients) == [("to", "claire.vasseur@mairie-exemple.fr", None)]
    assert codes(frame) == ["reply_forwarded"]
    frame = reply_frame(thread, own=["claire.vasseur@mairie-exemple.fr"], answering=1)
    assert told(frame.recipients) == [("to", "contact@amis-du-port.example", None)]
    assert (frame.subject, frame.in_reply_to) == ("Re: Demande de rendez-vous", None)


def test_an_attachment_that_is_announced_and_missing_is_pointed_out():
    assert codes(reply_frame(mail("Bonjour,\n\nVous trouverez le devis ci-joint.\n\nLuc"), own=[ME])) == [
        "thread_attachment_missing"
    ]
    assert "thread_attachment_missing" not in codes(
        reply_frame(read_thread((MAILS / "outlook_fr.eml").read_bytes(), "a.eml", SETTINGS))
    )


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Vous trouverez ci-joint le devis.", True),
        ("Le plan est en pièce jointe.", True),
        ("Cf. PJ.", True),
        ("Je vous joins le compte rendu.", True),
        ("Please find attached the budget.", True),
        ("The report is attached.", True),
        ("Je vous joins au téléphone demain.", False),
        ("La salle est libre.", False),
        ("Nous sommes très attachés à ce projet.", False),
    ],
)
def test_sentences_that_announce_a_file_are_found(text, speaks):
    assert (speaks_of_attachment(f"Bonjour. {text}") == text) is speaks


def test_machines_are_named():
    assert codes(reply_frame(mail(Auto_Submitted="auto-replied"), own=[ME])) == ["reply_automatic"]
    assert codes(reply_frame(mail(Auto_Submitted="no"), own=[ME])) == []


def test_a_mail_without_a_sender_has_no_recipient():
    assert codes(reply_frame(read_thread("Bonjour, quel jour ?", "collé", SETTINGS))) == ["reply_nobody"]
