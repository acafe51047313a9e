"""Drafts as files: what Outlook, Thunderbird, Word and calendars are given."""

import datetime as dt
import email
import email.policy
import io
import subprocess
import sys
import zipfile
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from assistai.drafting.attendance import cancelled, moved
from assistai.drafting.draft import Attendance, Draft, DraftProvenance, Fact, Promise, Recipient
from assistai.errors import ExportError, TemplateError
from assistai.export.drafts import (
    DRAFT_FORMATS,
    draft_file_name,
    draft_formats,
    draft_mime_type,
    export_draft,
    warnings,
)
from assistai.export.drafts.docx import default_template
from assistai.export.drafts.text import LONGEST_LINK, carries_text, mailto
from assistai.settings import Settings

SETTINGS = Settings(_env_file=None, organisation="Mairie d’Exemple")
PARIS = ZoneInfo("Europe/Paris")
BODY = """Madame, Monsieur,

Vous êtes invités au comité, qui se tiendra le mardi 10\u00a0mars 2026 à 14\u00a0h\u00a030, [à compléter : lieu].

L’ordre du jour est le suivant\u00a0:
– budget <2026> & suites\u202f;
– calendrier.

Bien cordialement,

Hélène Lefèvre
Assistante de direction"""
LETTER = """M. Jean Le Goff
Président des Amis du Port
3 quai Sud
29000 Quimper

Quimper, le 3\u00a0mars 2026

Objet\u00a0: Rendez-vous du 12 mars

Monsieur le Président,

Le maire vous recevra le 12 mars.

Je vous prie d’agréer, Monsieur le Président, l’expression de ma haute considération.

[à compléter : signature]"""


def draft_of(body=BODY, **fields):
    given = {
        "kind": "invitation",
        "language": "fr",
        "subject": "Invitation\u00a0: comité de pilotage",
        "body": body,
        "recipients": (
            Recipient(name="Mme Claire Vasseur", address="claire@x.example"),
            Recipient(name='Paul « PDG » Durand, dit "Popaul"', address="paul@x.example", field="cc"),
        ),
        "provenance": DraftProvenance(created_at=dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC)),
    }
    return Draft(**(given | fields))


EVENT = Attendance(
    uid="u1@assistai",
    start=dt.datetime(2026, 3, 10, 14, 30, tzinfo=PARIS),
    end=dt.datetime(2026, 3, 10, 16, 0, tzinfo=PARIS),
    day=dt.date(2026, 3, 10),
    place="salle Pasteur",
    organiser=Recipient(name="Hélène Lefèvre", address="helene@mairie.fr"),
)


def opened(data):
    """Return a mail as the strictest reader of the standard library opens it."""
    return email.message_from_bytes(data, policy=email.policy.strict.clone(raise_on_defect=True))


def test_the_mail_is_unsent_whole_and_has_no_defect():
    message = opened(export_draft(draft_of(), "eml", settings=SETTINGS))
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "Invitation\u00a0: comité de pilotage"
    assert [(one.display_name, one.addr_spec) for one in message["To"].addresses] == [
        ("Mme Claire Vasseur", "claire@x.example")
    ]
    assert message["Cc"].addresses[0].addr_spec == "paul@x.example"
    assert message["Bcc"] is None
    assert message["From"] is None
    assert message.get_body(["plain"]).get_content().replace("\r\n", "\n").strip() == BODY
    html = message.get_body(["html"]).get_content()
    assert "budget &lt;2026&gt; &amp; suites" in html
    assert '<span style="background-color:#fff2a8">[à compléter : lieu]</span>' in html
    assert html.count("<li>") == 2
    assert list(message.iter_attachments()) == []
    assert message.defects == []


def test_lines_of_the_mail_end_as_the_standard_asks_and_are_short():
    data = export_draft(draft_of(subject="é" * 300), "eml", settings=SETTINGS)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert opened(data)["Subject"] == "é" * 300


def test_a_reply_carries_its_thread_however_long_the_identifiers():
    long = f"<{'a' * 200}@{'b' * 60}.example>"
    data = export_draft(draft_of(in_reply_to=long, references=("<1@x>", "<2@x>", long)), "eml", settings=SETTINGS)
    message = opened(data)
    assert message["In-Reply-To"] == long
    assert message["References"].split() == ["<1@x>", "<2@x>", long]
    assert b"=?" not in data.split(b"X-Unsent")[0]


def test_nothing_in_a_draft_becomes_a_header():
    hostile = "x\r\nBcc: pirate@x.example"
    data = export_draft(
        draft_of(
            subject=hostile,
            in_reply_to=f"<a@x>\r\nBcc: {hostile}",
            references=(hostile,),
            recipients=(
                Recipient(name=hostile, address="a@x.example"),
                Recipient(name="b", address=hostile),
                Recipient(name="c", address="a@x.example, pirate@x.example"),
            ),
        ),
        "eml",
        settings=SETTINGS,
        files={hostile: b"1"},
    )
    message = opened(data)
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["a@x.example"]


def test_sender_and_files_go_with_the_mail():
    data = export_draft(
        draft_of(),
        "eml",
        settings=SETTINGS,
        sender=Recipient(name="Hélène Lefèvre", address="helene@mairie.fr"),
        files={"Devis été.pdf": b"%PDF-1.7", "fil.eml": b"Subject: x\n\nx"},
    )
    message = opened(data)
    assert str(message["From"]) == "Hélène Lefèvre <helene@mairie.fr>"
    assert [(part.get_filename(), part.get_content_type()) for part in message.iter_attachments()] == [
        ("Devis été.pdf", "application/pdf"),
        ("fil.eml", "application/octet-stream"),
    ]
    assert next(message.iter_attachments()).get_content() == b"%PDF-1.7"


@pytest.mark.parametrize("format", DRAFT_FORMATS)
def test_the_same_draft_gives_the_same_bytes(format):
    draft = draft_of(event=EVENT)
    one, other = (export_draft(draft, format, settings=SETTINGS, files={"a.txt": b"a"}) for _ in range(2))
    assert one == other
    assert one
    assert draft_mime_type(format)
    assert draft_file_name(draft, format) == f"invitation-comite-de-pilotage_2026-03-03.{format}"


def test_an_invitation_asks_for_answers_in_the_time_zone():
    calendar = Calendar.from_ical(export_draft(draft_of(event=EVENT), "ics", settings=SETTINGS))
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert event.decoded("dtstart") == EVENT.start
    assert event.decoded("dtend") == EVENT.end
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("u1@assistai", 0, "CONFIRMED")
    assert (event["SUMMARY"], event["LOCATION"]) == ("comité de pilotage", "salle Pasteur")
    assert (str(event["ORGANIZER"]), event["ORGANIZER"].params["CN"]) == ("mailto:helene@mairie.fr", "Hélène Lefèvre")
    attendees = [(str(one), one.params["ROLE"], one.params["RSVP"]) for one in event["ATTENDEE"]]
    assert attendees == [
        ("mailto:claire@x.example", "REQ-PARTICIPANT", "TRUE"),
        ("mailto:paul@x.example", "OPT-PARTICIPANT", "TRUE"),
    ]
    assert str(event["DESCRIPTION"]) == BODY


def test_updates_and_cancellations_keep_the_uid_and_count_on():
    same = moved(
        EVENT,
        day=EVENT.day,
        start=dt.time(14, 30),
        end=dt.time(16),
        place=" salle Pasteur ",
        organiser=EVENT.organiser,
        timezone=PARIS,
    )
    assert same == EVENT
    later = moved(
        EVENT, day=dt.date(2026, 3, 11), start=dt.time(9), end=None, place="", organiser=EVENT.organiser, timezone=PARIS
    )
    assert (later.uid, later.sequence, later.end, later.start.hour) == (EVENT.uid, 1, None, 9)
    off = cancelled(later)
    assert (cancelled(off), off.sequence) == (off, 2)
    calendar = Calendar.from_ical(export_draft(draft_of(event=off), "ics", settings=SETTINGS))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"], event["STATUS"]) == (
        "CANCEL",
        EVENT.uid,
        2,
        "CANCELLED",
    )
    assert event["ATTENDEE"][0].params["RSVP"] == "FALSE"


def test_nothing_is_made_up_for_the_calendar():
    draft = draft_of(event=Attendance(uid="u2", day=dt.date(2026, 3, 10)), recipients=(Recipient(name="Claire"),))
    calendar = Calendar.from_ical(export_draft(draft, "ics", settings=SETTINGS))
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert event.decoded("dtstart") == dt.date(2026, 3, 10)
    assert not {"DTEND", "ORGANIZER", "ATTENDEE", "LOCATION"} & event.keys()
    codes = [notice.code for notice in warnings(draft, "ics")]
    assert codes == ["export_no_address", "export_no_organiser"]
    moved_alone = draft_of(event=EVENT.model_copy(update={"day": dt.date(2026, 3, 11)}))
    (told,) = [notice for notice in warnings(moved_alone, "ics") if notice.code == "export_event_apart"]
    assert dict(told.params)["list"] == "11\u00a0mars 2026 ; salle Pasteur"


def test_an_invitation_goes_with_its_mail():
    message = opened(export_draft(draft_of(event=EVENT), "eml", settings=SETTINGS))
    (part,) = message.iter_attachments()
    assert (part.get_content_type(), part.get_param("method"), part.get_filename()) == (
        "text/calendar",
        "REQUEST",
        "invitation.ics",
    )
    assert "UID:u1@assistai" in part.get_content()


def test_a_draft_without_a_meeting_has_no_calendar():
    assert "ics" not in draft_formats(draft_of())
    with pytest.raises(ExportError) as caught:
        export_draft(draft_of(), "ics", settings=SETTINGS)
    assert caught.value.code == "draft_no_event"
    with pytest.raises(ExportError):
        export_draft(draft_of(), "odt", settings=SETTINGS)


def lines_of(data):
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs if paragraph.text]


def test_a_letter_in_word_has_address_date_subject_and_signature_in_their_places():
    draft = draft_of(LETTER, kind="letter", subject="Rendez-vous")
    data = export_draft(draft, "docx", settings=SETTINGS)
    assert lines_of(data) == [
        "Mairie d’Exemple",
        "M. Jean Le Goff",
        "Président des Amis du Port",
        "3 quai Sud",
        "29000 Quimper",
        "Quimper, le 3\u00a0mars 2026",
        "Projet\u00a0: personne n’a encore approuvé ce texte.",
        "Objet\u00a0: Rendez-vous du 12 mars",
        "Monsieur le Président,",
        "Le maire vous recevra le 12 mars.",
        "Je vous prie d’agréer, Monsieur le Président, l’expression de ma haute considération.",
        "[à compléter : signature]",
    ]
    document = docx.Document(io.BytesIO(data))
    marked = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.highlight_color]
    assert marked == ["[à compléter : signature]"]
    approved = lines_of(export_draft(draft, "docx", settings=SETTINGS, status="approuve"))
    assert not any("approuvé" in line for line in approved)


def test_every_word_of_a_mail_is_in_word_pdf_and_markdown():
    draft = draft_of()
    words = set(BODY.replace("–", " ").split())
    pdf = pypdfium2.PdfDocument(export_draft(draft, "pdf", settings=SETTINGS))
    text = pdf[0].get_textpage().get_text_range().replace("\ufffe\r\n", "").replace("\x02\r\n", "")
    assert words - set(text.split()) == set()
    assert words - set(" ".join(lines_of(export_draft(draft, "docx", settings=SETTINGS))).split()) == set()
    markdown = export_draft(draft, "md", settings=SETTINGS).decode()
    assert markdown.startswith("# Invitation\u00a0: comité de pilotage\n\n> Projet")
    assert "- budget \\<2026\\> & suites" in markdown
    assert words - set(markdown.replace("\\", "").split()) == set()


def test_text_to_paste_is_the_body_and_json_the_contract():
    assert export_draft(draft_of(), "txt", settings=SETTINGS).decode() == BODY + "\n"
    assert b'"schema": "assistai.draft/1"' in export_draft(draft_of(), "json", settings=SETTINGS)


@pytest.mark.parametrize("fields", [True, False])
def test_an_organisations_template_is_filled_or_taken_for_letter_paper(tmp_path, fields):
    paper = docx.Document()
    paper.add_paragraph("Papier à en-tête")
    if fields:
        for line in ("{{ subject }}", "{%p for paragraph in paragraphs %}", "{{ paragraph }}", "{%p endfor %}"):
            paper.add_paragraph(line)
    paper.save(tmp_path / "modele.docx")
    settings = Settings(_env_file=None, draft_template=tmp_path / "modele.docx")
    lines = lines_of(export_draft(draft_of(), "docx", settings=settings))
    assert lines[0] == "Papier à en-tête"
    assert any("comité de pilotage" in line for line in lines)
    assert "– calendrier." in lines or "calendrier." in lines
    assert ("Hélène Lefèvre" in lines) is not fields


def test_unknown_fields_of_a_template_are_named(tmp_path):
    paper = docx.Document()
    paper.add_paragraph("{{ objet }} {{ labels.suject }}")
    paper.save(tmp_path / "modele.docx")
    with pytest.raises(TemplateError) as caught:
        export_draft(draft_of(), "docx", settings=Settings(_env_file=None, draft_template=tmp_path / "modele.docx"))
    assert caught.value.code == "template_fields_unknown"
    assert "labels.suject (→ labels.subject)" in caught.value.message("fr")


def test_the_template_that_ships_is_what_its_module_makes(tmp_path):
    made = tmp_path / "draft.docx"
    subprocess.run([sys.executable, "-m", "assistai.export.drafts.default_template", str(made)], check=True)
    with zipfile.ZipFile(made) as one, zipfile.ZipFile(default_template()) as other:
        assert one.read("word/document.xml") == other.read("word/document.xml")


def test_a_link_opens_the_mail_program_with_the_words():
    link = mailto(draft_of())
    parts = urlsplit(link)
    fields = parse_qs(parts.query)
    assert unquote(parts.path) == "claire@x.example"
    assert fields["cc"] == ["paul@x.example"]
    assert fields["subject"] == ["Invitation\u00a0: comité de pilotage"]
    assert fields["body"][0].replace("\r\n", "\n") == BODY
    assert carries_text(link)


def test_a_link_that_would_be_too_long_has_no_text():
    link = mailto(draft_of("Très long. " * 400))
    assert len(link) <= LONGEST_LINK
    assert not carries_text(link)


def test_what_is_not_settled_is_said_before_a_file_leaves():
    draft = draft_of(
        placeholders=("[à compléter : lieu]",),
        unplaced=("apporter le badge",),
        attachments=("Plan.pdf", "Ordre du jour.pdf"),
        facts=(
            Fact(text="14 h 30", kind="time", span=(0, 7), trace="untraced"),
            Fact(text="jeudi", kind="date", span=(0, 5), trace="contradicted", source="fil", quote="mardi"),
            Fact(text="jeudi 10 mars", kind="date", span=(0, 13), trace="traced", note="Ce sera un mardi."),
            Fact(text="Claire", kind="name", span=(0, 6), trace="traced", source="brief"),
        ),
        promises=(Promise(text="Je vous rappelle.", span=(0, 5)),),
        recipients=(Recipient(name="Claire"),),
    )
    told = {notice.code: dict(notice.params).get("list") for notice in warnings(draft, "eml", files={"Plan.pdf": b"x"})}
    assert told == {
        "export_placeholders": "[à compléter : lieu]",
        "export_contradicted": "jeudi",
        "export_weekday": "jeudi 10 mars",
        "export_untraced": "14 h 30",
        "export_promises": "Je vous rappelle.",
        "export_unplaced": "apporter le badge",
        "export_no_address": "Claire",
        "export_files_missing": "Ordre du jour.pdf",
    }
    assert [notice.code for notice in warnings(draft_of("Vous trouverez ci-joint le plan."), "eml")] == [
        "draft_attachment_missing"
    ]
    assert warnings(draft_of(), "eml") == ()


@given(st.text(max_size=120), st.text(max_size=300))
def test_any_text_makes_a_sound_mail(subject, body):
    message = opened(export_draft(draft_of(body, subject=subject), "eml", settings=SETTINGS))
    assert message["X-Unsent"] == "1"
    assert message.get_body(["plain"]) is not None


@given(st.text(max_size=200), st.sampled_from(["letter", "invitation", "service_note"]))
def test_no_word_of_any_body_is_lost_in_markdown(body, kind):
    from assistai.export.drafts.view import draft_view

    view = draft_view(draft_of(body, kind=kind), SETTINGS)
    kept = " ".join(
        (*view.recipients, view.place_and_date, view.heading, view.subject, *map(str, view.paragraphs), *view.signature)
    )
    for word in body.split():
        if word.isalnum() and word.isascii() and word.lower() not in ("objet", "subject", "re"):
            assert word in kept
