"""EML and MSG."""

import base64
import quopri
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from built import compound, outlook

from assistai.errors import UnreadableInput
from assistai.files.outlook import parse_msg

HEAD = "From: Zoé Bernard <zoe@x.example>\nSubject: Objet\nMIME-Version: 1.0\n"
MULTI = "Content-Type: multipart/{}; boundary={}\n\n"


def plain(text, **headers):
    message = EmailMessage()
    for key, value in headers.items():
        message[key.replace("_", "-")] = value
    message.set_content(text)
    return message


def test_head_subject_and_words_are_read(told):
    message = plain(
        "Bonjour,\n\nLe devis & la facture : < 500 €.\n\nZoé\n",
        Subject="Devis : validé « oui »",
        From="Zoé Bernard <zoe@x.example>",
        To="Luc <luc@x.example>, Anne <anne@x.example>",
        Cc="Équipe <equipe@x.example>",
        Date="Mon, 20 Apr 2026 10:36:41 +0200",
    )
    assert told(message.as_bytes(policy=SMTP), "a.eml") == [
        ("heading", 1, "Devis : validé « oui »"),
        (
            "paragraph",
            0,
            "De : Zoé Bernard <zoe@x.example>\u2003À : Luc <luc@x.example>, Anne <anne@x.example>\u2003"
            "Cc : Équipe <equipe@x.example>\u2003Date : 20/04/2026 10:36",
        ),
        ("paragraph", 0, "Bonjour,"),
        ("paragraph", 0, "Le devis & la facture : < 500 €."),
        ("paragraph", 0, "Zoé"),
    ]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "base64"),
        ("utf-8", "quoted-printable"),
        ("iso-8859-1", "quoted-printable"),
        ("windows-1252", "base64"),
        ("iso-8859-15", "8bit"),
        ("unknown-8bit", "8bit"),
        ("no-such-charset", "base64"),
        ("us-ascii", "8bit"),
    ],
)
def test_bodies_are_decoded(lines, charset, encoding):
    known = charset if charset.startswith(("utf", "iso", "win")) else "cp1252"
    body = "Réunion reportée : café à l'étage, élève".encode(known)
    if encoding == "base64":
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        body = quopri.encodestring(body)
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    assert lines(head.encode() + body, "a.eml")[-1] == "Réunion reportée : café à l'étage, élève"


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable"])
def test_windows_letters_in_what_calls_itself_iso_are_kept(lines, encoding):
    body = "L’œuvre coûte 15 €.".encode("cp1252")
    body = quopri.encodestring(body) if encoding == "quoted-printable" else body
    head = "Subject: =?iso-8859-1?Q?15_=80?=\nContent-Type: text/plain; charset=iso-8859-1\n"
    found = lines(f"{head}Content-Transfer-Encoding: {encoding}\n\n".encode() + body, "a.eml")
    assert (found[0], found[-1]) == ("15 €", "L’œuvre coûte 15 €.")


@pytest.mark.parametrize(
    "subject",
    [
        b"=?utf-8?B?UsOpdW5pb24gw6l0w6k=?=",
        b"=?iso-8859-1?Q?R=E9union_=E9t=E9?=",
        b"=?utf-8?Q?R=C3=A9union?= =?utf-8?Q?_=C3=A9t=C3=A9?=",
        "Réunion été".encode(),
        "Réunion été".encode("latin-1"),
    ],
)
def test_subjects_are_decoded(read, subject):
    assert read(b"From: a@x.example\nSubject: " + subject + b"\n\nCorps\n", "a.eml").title == "Réunion été"


@pytest.mark.parametrize(
    "disposition",
    [
        "attachment; filename*=utf-8''Plan%20d%27%C3%A9vacuation.txt",
        "attachment;\n filename*0*=utf-8''Plan%20d%27;\n filename*1*=%C3%A9vacuation.txt",
        'attachment; filename="=?utf-8?Q?Plan_d=27=C3=A9vacuation.txt?="',
        'attachment; filename="../../../Plan d\'évacuation.txt"',
        'attachment; filename="C:\\\\Users\\\\zoe\\\\Plan d\'évacuation.txt"',
    ],
)
def test_names_of_attachments_are_decoded_and_lead_nowhere(read, disposition):
    data = f"{HEAD}{MULTI.format('mixed', 'b')}--b\n\nVoir.\n--b\nContent-Disposition: {disposition}\n\nPlan\n--b--\n"
    (part,) = read(data.encode(), "a.eml").parts
    assert (part.name, part.data.strip()) == ("Plan d'évacuation.txt", b"Plan")


def test_of_alternatives_the_text_is_read_once(lines):
    message = plain("Le code est 42.\n")
    message.add_alternative("<p>Le code <b>est</b> 42.</p>", subtype="html")
    assert lines(b"Subject: x\n" + message.as_bytes(), "a.eml") == ["x", "Le code est 42."]


def test_an_empty_text_leaves_the_word_to_the_html(lines):
    message = plain("  \n")
    message.add_alternative("<h1>Avis</h1><p>Fermé &amp; clos.</p><style>p{}</style>", subtype="html")
    assert lines(b"Subject: x\n" + message.as_bytes(), "a.eml") == ["x", "Avis", "Fermé & clos."]


def test_quoted_history_is_read_without_its_marks(lines):
    history = "Oui.\n\nLe 12 mai 2026, Luc a écrit :\n> Bonjour,\n>\n> Peut-on reporter ?\n>> Le 13 ?\n>> Le 14 ?\n"
    assert lines(b"Subject: x\n" + plain(history).as_bytes(), "a.eml")[1:] == [
        "Oui.",
        "Le 12 mai 2026, Luc a écrit :",
        "Bonjour,",
        "Peut-on reporter ?",
        "Le 13 ?",
        "Le 14 ?",
    ]


def test_tables_and_signatures_of_a_body_stay_lines(lines):
    body = (
        "Voici les délais que le prestataire s'engage à tenir, à compter du\n1er juin 2026.\n\n"
        "> Ligne    Rappel        Arrivée\n> AD       10 minutes    45 minutes\n\n"
        "Cordialement,\nZoé Bernard\nDirectrice\ntél. 02 41 00 00 00\n"
    )
    assert lines(b"Subject: x\n" + plain(body).as_bytes(), "a.eml")[1:] == [
        "Voici les délais que le prestataire s'engage à tenir, à compter du 1er juin 2026.",
        "Ligne : AD ; Rappel : 10 minutes ; Arrivée : 45 minutes",
        "Cordialement,",
        "Zoé Bernard",
        "Directrice",
        "tél. 02 41 00 00 00",
    ]


def test_attachments_within_alternatives_and_nested_parts_are_kept(read):
    """Apple Mail puts the attachment beside the HTML alternative, Outlook a mixed part inside another."""
    apple = (
        f"{HEAD}{MULTI.format('alternative', 'a')}--a\n\nVoir le plan.\n--a\n{MULTI.format('mixed', 'b')}"
        "--b\nContent-Type: text/html\n\n<p>Voir le plan.</p>\n"
        "--b\nContent-Type: application/pdf; name=plan.pdf\nContent-Disposition: inline\n\n%PDF-\n"
        "--b\nContent-Type: text/html\n\n<p>Zoé</p>\n--b--\n--a--\n"
    )
    nested = (
        f"{HEAD}{MULTI.format('mixed', 'a')}--a\n{MULTI.format('mixed', 'b')}--b\n\nVoir.\n"
        "--b\nContent-Disposition: attachment; filename=un.txt\n\n1\n--b--\n"
        "--a\nContent-Disposition: attachment; filename=deux.txt\n\n2\n--a\n\nZoé\n--a--\n"
    )
    reading = read(apple.encode(), "a.eml")
    assert [part.name for part in reading.parts] == ["plan.pdf"]
    assert [block.text for block in reading.blocks][2:] == ["Voir le plan."]
    reading = read(nested.encode(), "a.eml")
    assert [part.name for part in reading.parts] == ["un.txt", "deux.txt"]
    assert [block.text for block in reading.blocks][2:] == ["Voir.", "Zoé"]


def test_logos_and_signatures_are_no_attachments_but_photos_are(read):
    message = plain("Voir.\n")
    for content_id, disposition in (("<logo>", "inline"), (None, "attachment")):
        message.add_attachment(b"\x89PNG", "image", "png", cid=content_id, disposition=disposition, filename="i.png")
    message.add_attachment(b"0", "application", "pkcs7-signature", filename="smime.p7s")
    assert [part.name for part in read(b"Subject: x\n" + message.as_bytes(), "a.eml").parts] == ["i.png"]


def test_a_text_that_only_points_to_the_html_is_not_taken_for_it(lines):
    message = plain("Ce message est au format HTML.\n", Subject="Horaires", From="Zoé <zoe@x.example>")
    message.add_alternative(f"<p>L'accueil ouvre à 9 h.</p><p>{'Le reste de la semaine. ' * 20}</p>", subtype="html")
    assert "L'accueil ouvre à 9 h." in lines(message.as_bytes(policy=SMTP), "a.eml")
    short = plain("L'accueil ouvre à 9 h.\n", Subject="Horaires", From="Zoé <zoe@x.example>")
    short.add_alternative("<p>L'accueil ouvre à <b>9 h</b>.</p><style>p {color: red}</style>", subtype="html")
    assert lines(short.as_bytes(policy=SMTP), "a.eml")[-1] == "L'accueil ouvre à 9 h."


def test_an_empty_attachment_of_outlook_is_listed(read):
    data = outlook("Pièces", "Ci-joint.", attachments=[("contrat été.pdf", b""), ("plein.csv", b"a;b\n1;2\n")])
    reading = read(data, "a.msg")
    assert [part.name for part in reading.parts] == ["plein.csv"]
    assert [(item.code, item.name) for item in reading.unread] == [("part_empty", "contrat été.pdf")]


def test_an_empty_attachment_is_listed(read):
    message = plain("Ci-joint.\n", Subject="Pièces", From="Zoé <zoe@x.example>")
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="contrat été.pdf")
    message.add_attachment(b"a;b\n1;2\n", maintype="text", subtype="csv", filename="plein.csv")
    reading = read(message.as_bytes(policy=SMTP), "a.eml")
    assert [part.name for part in reading.parts] == ["plein.csv"]
    assert [(item.code, item.name) for item in reading.unread] == [("part_empty", "contrat été.pdf")]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Budget : report au 12/05", "Budget report au 12 05.eml"),
        (
            "Un objet bien long " * 9,
            "Un objet bien long Un objet bien long Un objet bien long Un objet bien long Un….eml",
        ),
        ("", "attachment-1.eml"),
    ],
)
def test_a_mail_inside_is_named_by_its_subject(read, subject, name):
    outer = plain("Ci-joint.\n", Subject="Tr", From="Zoé <zoe@x.example>")
    outer.add_attachment(plain("Corps.\n", Subject=subject, From="Luc <luc@x.example>"))
    reading = read(outer.as_bytes(policy=SMTP), "a.eml")
    assert ([part.name for part in reading.parts], reading.unread) == ([name], ())


def test_a_mail_that_is_encrypted_says_so(read):
    message = plain("Bonjour.\n", Subject="Pli", From="Zoé <zoe@x.example>")
    message.add_attachment(b"xyz", maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    assert [item.code for item in read(message.as_bytes(policy=SMTP), "a.eml").unread] == ["mail_encrypted"]


def test_a_mail_in_a_mail_keeps_its_own_attachments(read):
    inner = plain("Corps intérieur.\n", Subject="Réf. intérieure", From="Luc <luc@x.example>")
    inner.add_attachment("a;b\n1;2\n", filename="Été.csv")
    outer = plain("Ci-joint.\n", Subject="Tr: Réf.", From="Zoé <zoe@x.example>")
    outer.add_attachment(inner)
    (part,) = read(outer.as_bytes(policy=SMTP), "a.eml").parts
    reading = read(part.data, part.name)
    assert part.name.endswith(".eml")
    assert reading.title == "Réf. intérieure"
    assert [block.text for block in reading.blocks][1:] == ["De : Luc <luc@x.example>", "Corps intérieur."]
    assert [inside.name for inside in reading.parts] == ["Été.csv"]


@pytest.mark.parametrize("encoding", ["7bit", "base64"])
def test_a_mail_in_a_mail_is_read_however_it_is_encoded(read, encoding):
    inner = b"Subject: Dedans\n\nLe mot.\n"
    body = base64.encodebytes(inner) if encoding == "base64" else inner
    data = (
        f"{HEAD}{MULTI.format('mixed', 'a')}--a\n\nVoir.\n--a\nContent-Type: message/rfc822\n"
        f"Content-Transfer-Encoding: {encoding}\n\n".encode()
        + body
        + b"\n--a--\n"
    )
    (part,) = read(data, "a.eml").parts
    assert [block.text for block in read(part.data, part.name).blocks] == ["Dedans", "Le mot."]


def test_a_file_without_any_header_is_no_mail(read):
    with pytest.raises(UnreadableInput) as caught:
        read(b"\n\njuste du texte\n", "a.eml")
    assert caught.value.code == "mail_broken"


SENT = datetime(2026, 4, 20, 8, 36, tzinfo=UTC)
PEOPLE = [("Luc", "luc@x.example", 1), ("Anne", "anne@x.example", 2), ("Secret", "secret@x.example", 3)]


def test_an_outlook_message_is_read_as_a_mail(told):
    data = outlook(
        "Réunion « budget »",
        "Bonjour,\r\n\r\nLe budget & le reste : < 5 000 €.\r\n",
        sender=("Zoé Bernard", "zoe@x.example"),
        to=PEOPLE,
        sent=SENT,
    )
    assert told(data, "a.msg") == [
        ("heading", 1, "Réunion « budget »"),
        (
            "paragraph",
            0,
            "De : Zoé Bernard <zoe@x.example>\u2003À : Luc <luc@x.example>\u2003Cc : Anne <anne@x.example>\u2003"
            "Date : 20/04/2026 10:36",
        ),
        ("paragraph", 0, "Bonjour,"),
        ("paragraph", 0, "Le budget & le reste : < 5 000 €."),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"text": "Café à 5 €", "codepage": 1252}, "Café à 5 €"),
        ({"text": "Ж заявка", "codepage": 1251}, "Ж заявка"),
        ({"text": "Café à 5 €".encode("cp1252"), "codepage": 65001}, "Café à 5 €"),
        ({"html": "<p>Café à 5 €</p><script>x</script>".encode()}, "Café à 5 €"),
        ({"html": "<p>Café à l'étage, élève</p>".encode("cp1252")}, "Café à l'étage, élève"),
        ({"text": "Texte", "html": b"\xff\xfe<p>\xd8"}, "Texte"),
        ({"text": "x" * 5000}, "x" * 5000),
        ({"text": "Texte", "sender": ("Ana", "/O=EXCHANGE/CN=ANA")}, "Texte"),
    ],
)
def test_outlook_bodies_are_decoded(lines, fields, expected):
    assert lines(outlook("Objet", **({"sender": ("Ana", "")} | fields)), "a.msg") == ["Objet", "De : Ana", expected]


def test_outlook_attachments_and_messages_inside_are_parts_that_stay_the_same(read):
    inner = outlook(
        "Tr: été",
        "Corps intérieur",
        sender=("Zoé Bernard", "zoe@x.example"),
        sent=SENT,
        attachments=[("Note.txt", b"contenu")],
        inner=True,
    )
    data = outlook("Dossier", "Voir.", attachments=[("Été.csv", b"a;b\n" * 3000), inner])
    csv, mail = read(data, "a.msg").parts
    assert (csv.name, csv.data, mail.name) == ("Été.csv", b"a;b\n" * 3000, "Tr: été.eml")
    assert read(data, "a.msg").parts[1].data == mail.data
    reading = read(mail.data, mail.name)
    assert [block.text for block in reading.blocks] == [
        "Tr: été",
        "De : Zoé Bernard <zoe@x.example>\u2003Date : 20/04/2026 10:36",
        "Corps intérieur",
    ]
    assert [(part.name, part.data) for part in reading.parts] == [("Note.txt", b"contenu")]


def test_an_outlook_message_keeps_its_place_in_the_thread():
    travelled = (
        "Reply-To: Compta <compta@x.example>\r\nList-Id: Liste <liste.x.example>\r\nReferences: <a@x>\r\n <b@x>\r\n"
    )
    data = outlook(
        "RE: Devis",
        "Oui.",
        sender=("Zoé", "zoe@x.example"),
        to=PEOPLE,
        more={0x1035: "<m@x>", 0x1042: "<b@x>", 0x007D: travelled},
    )
    mail = parse_msg(data, "a.msg", "Europe/Paris")
    assert (mail.message_id, mail.in_reply_to, mail.references) == ("<m@x>", ("<b@x>",), ("<a@x>", "<b@x>"))
    assert [str(one) for one in mail.reply_to] == ["Compta <compta@x.example>"]
    assert mail.mailing_list == "Liste <liste.x.example>"
    assert ([one.name for one in mail.to], [one.name for one in mail.cc]) == (["Luc"], ["Anne"])


def test_a_message_written_by_another_program_is_read(read, documents):
    """tests/data/documents/dejeuner.msg was written by extract-msg."""
    reading = read((documents / "dejeuner.msg").read_bytes(), "dejeuner.msg")
    assert reading.title == "Déjeuner du conseil : 12 mars"
    assert [block.text for block in reading.blocks][2:] == [
        "Bonjour Florence,",
        "Le déjeuner du conseil a lieu le 12 mars à 12 h 30, salle Lumière, pour 14 personnes.",
        "Monique",
        "Quel traiteur ?",
        "Dubois, comme l’an dernier.",
    ]
    assert [part.name for part in reading.parts] == ["Invités.csv", "Devis traiteur.eml"]


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        ({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}, "document_protected"),
        ({"WordDocument": b"x" * 5000}, "document_legacy_office"),
        ({"Workbook": b"x"}, "document_legacy_office"),
        ({"__substg1.0_0037001F": b"x"}, "mail_broken"),
    ],
)
def test_other_compound_files_are_named(read, tree, code):
    with pytest.raises(UnreadableInput) as caught:
        read(compound(tree), "a.msg")
    assert caught.value.code == code


def test_a_protected_attachment_does_not_hide_its_message(read):
    protected = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    reading = read(outlook("Contrat", "Voir.", attachments=[("contrat.docx", protected)]), "a.msg")
    assert reading.title == "Contrat"
    with pytest.raises(UnreadableInput) as caught:
        read(reading.parts[0].data, reading.parts[0].name)
    assert caught.value.code == "document_protected"
