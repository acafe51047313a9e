"""What every format must hold: nothing lost, doubts marked, any text survives, the same bytes twice."""

import csv
import datetime as dt
import io
import re
import string

import docx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import html
from markdown_it import MarkdownIt

from assistai.errors import ExportError
from assistai.export import FORMATS, export, file_name, mime_type
from assistai.meetings.minutes import Action, Decision, Due, Minutes, Question, Review, Statement, Topic
from assistai.meetings.transcript import Transcript, Turn
from assistai.records import Quote

READABLE = ("md", "docx", "pdf", "html")


def docx_text(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    return "\n".join([*header, *(paragraph.text for paragraph in document.paragraphs), *cells])


def pdf_text(content):
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def markdown_text(content):
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(content.decode())
    return html.fromstring(page).text_content()


def ics_text(content):
    parts = Calendar.from_ical(content).walk()
    return "\n".join(str(value) for part in parts for value in part.values())


READERS = {
    "json": lambda content: Minutes.from_json(content).model_dump_json(),
    "md": markdown_text,
    "docx": docx_text,
    "pdf": pdf_text,
    "ics": ics_text,
    "csv": lambda content: content.decode("utf-8-sig"),
    "html": lambda content: html.document_fromstring(content).body.text_content(),
}


def read(content, format):
    return re.sub(r"\s+", " ", READERS[format](content))


@pytest.mark.parametrize("format", READABLE)
def test_every_item_shows_with_its_quote_time_and_doubt(format, minutes, settings):
    text = read(export(minutes, format, settings=settings), format)
    for expected in (
        "Comité de direction",
        "Mairie de Saint-Étienne",
        "lundi 2 mars 2026 (d’après le nom du fichier)",
        "Sophie Martin, Paul Durand",
        "Le budget baisse.",
        "« le budget baisse »",
        "Sophie Martin, 00:01:05",
        "Rien ne l’établit.",
        "Décidé par Sophie Martin ; accord de Paul Durand",
        "« On valide le devis, d'accord ? »",
        "remplacée par : Le séminaire a lieu à Nantes.",
        "révoquée",
        "voix non identifiée, tour 6",
        "vendredi 6 mars 2026",
        "« vendredi »",
        "confiance 90 %",
        "01:02:03",
        "à désigner",
        "« bientôt »",
        "échéance trop vague pour une date",
        "ambigu : Sophie Martin ou Sophie Leroy",
        "Posée par Paul Durand",
        "Qui garde les clés ?",
        "Tours de parole lus : 9 sur 10.",
        "cue 17",
        "Ce que rien ne cite : tours 7–9.",
        "Préparé avec l’aide de l’IA",
        "Personne ne l’a encore relu.",
    ):
        assert expected in text, expected
    assert text.count("non vérifié") == 4


@pytest.mark.parametrize("format", READABLE)
def test_labels_follow_the_language_asked_for(format, minutes, settings):
    text = read(export(minutes, format, language="en", settings=settings), format)
    for expected in (
        "Monday 2 March 2026",
        "Decisions",
        "to be assigned",
        "unverified",
        "“le budget baisse”",
        "turn 6",
    ):
        assert expected in text
    assert "Décisions" not in text


@pytest.mark.parametrize("format", READABLE)
def test_empty_sections_say_so(format, empty, settings):
    text = read(export(empty, format, settings=settings), format)
    for expected in (
        "Date non connue",
        "Aucun nom relevé",
        "Aucun sujet relevé",
        "Aucune décision relevée",
        "Aucune action relevée",
        "Aucune question ouverte relevée",
    ):
        assert expected in text


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "json"])
def test_every_export_says_that_ai_helped_and_who_reviewed(format, minutes, empty, settings):
    draft = read(export(empty, format, settings=settings), format)
    assert "Préparé avec l’aide de l’IA" in draft
    assert "Personne ne l’a encore relu" in draft
    review = Review(status="approuve", reviewer="Anne Legrand", at=dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC))
    signed = read(export(minutes.model_copy(update={"review": review}), format, settings=settings), format)
    assert "Approuvé par Anne Legrand le 4 mars 2026" in signed  # half past midnight in Paris
    assert "Personne ne l’a encore relu" not in signed


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_minutes_give_the_same_bytes(format, minutes, settings):
    assert export(minutes, format, settings=settings) == export(minutes, format, settings=settings)


def test_json_is_the_contract(minutes, settings):
    assert export(minutes, "json", settings=settings) == minutes.to_json().encode()


def test_an_unknown_format_is_refused_with_the_known_ones(minutes, settings):
    with pytest.raises(ExportError, match=r"odt.*json, md, docx, pdf, ics, csv, html"):
        export(minutes, "odt", settings=settings)
    with pytest.raises(ExportError):
        mime_type("odt")


def test_the_transcript_adds_the_times_of_topics_and_checks_their_summaries(minutes, settings):
    turns = tuple(Turn(n, "Sophie Martin", "le budget baisse", 60.0 * n, 60.0 * n + 5) for n in range(10))
    text = read(export(minutes, "html", settings=settings, transcript=Transcript(turns)), "html")
    assert "00:00:00 – 00:09:05" in text
    assert "Ce que rien ne cite : 00:06:00 – 00:08:05." in text
    assert text.count("non vérifié") == 5  # the quote at 00:01:05 names a turn at 00:01:00


TEXT = st.text(max_size=60) | st.sampled_from(
    [
        "{{ 7*7 }} {% for x in y %} {_{ {# # #}",
        "<script>alert('x')</script> & \"q\" ]]> <!-- ",
        "| a | b |\n# titre\n- [lien](http://x.example) ![i](y) `c` ~~s~~",
        "=1+1\t@SUM(A1)\r\n+33 1",
        "🎉 مرحبا שלום 你好\u202e\u200f",
        "\x00\x07\x0b\x0c\x1b\x85\u2028\ufffe\uffff",
        "BEGIN:VEVENT;X=1:\\n,",
        "#let x = 1 $a$ \\ @ref <label>",
    ]
)
NAMES = st.none() | TEXT
EVIDENCE = st.lists(
    st.builds(
        Quote, turn=st.integers(0, 5), speaker=NAMES, start=st.none() | st.floats(0, 1e6), end=st.none(), quote=TEXT
    ),
    max_size=2,
).map(tuple)
DUE = st.builds(
    Due, spoken=NAMES, date=st.none() | st.dates(dt.date(1900, 1, 1)), confidence=st.floats(0, 1), reason=NAMES
)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    title=TEXT,
    people=st.lists(TEXT, max_size=3).map(tuple),
    task=TEXT,
    owner=NAMES,
    due=DUE,
    evidence=EVIDENCE,
    verified=st.booleans(),
    state=st.sampled_from(["settled", "revoked", "replaced"]),
    language=st.sampled_from(["fr", "en"]),
)
def test_any_text_anywhere_gives_every_format_readable_again(
    empty, settings, title, people, task, owner, due, evidence, verified, state, language
):
    minutes = empty.model_copy(
        update={
            "title": title,
            "participants": people,
            "topics": (Topic(title=title, summary=(Statement(text=task, evidence=evidence),)),),
            "decisions": (
                Decision(id="d", text=task, decided_by=owner, assent=people, state=state, evidence=evidence),
            ),
            "actions": (
                Action(
                    id="a",
                    task=task,
                    owner=owner,
                    due=due,
                    owner_candidates=people,
                    evidence=evidence,
                    verified=verified,
                ),
            ),
            "questions": (Question(id="q", text=task, asked_by=owner, evidence=evidence),),
        }
    )
    for format in FORMATS:
        content = export(minutes, format, language=language, settings=settings)
        assert read(content, format)
    rows = list(csv.reader(io.StringIO(export(minutes, "csv", settings=settings).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])


@pytest.mark.parametrize("format", READABLE)
@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }} {_{ %_} {% if %}", "<b>gras</b> & «x» \"y\" 'z'", "a|b #c *d* _e_ `f` [g](h) 1. ok", "Zoë 🎉 ﷼ שלום"],
)
def test_a_quote_is_never_altered(format, text, minutes, settings):
    decision = minutes.decisions[0].model_copy(update={"evidence": (Quote(turn=0, quote=text),)})
    content = export(minutes.model_copy(update={"decisions": (decision,)}), format, settings=settings)
    shown = read(content, format)
    if format == "pdf" and not text.isascii():
        assert "Zoë" in shown or "gras" in shown
    else:
        assert f"« {text} »" in shown


@given(title=st.text(max_size=200), language=st.sampled_from(["fr", "en"]))
def test_a_file_name_is_safe_anywhere(title, language):
    minutes = Minutes.model_construct(title=title, date=None, language=language)
    name = file_name(minutes, "docx")
    assert len(name) <= 80
    assert set(name) <= set(string.ascii_lowercase + string.digits + "-_.")
    assert name.endswith(".docx")
    assert not name.startswith((".", "-"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Comité de direction – Œuvres & Cie", "comite-de-direction-oeuvres-cie_2026-03-02.pdf"),
        ("../../etc/passwd", "etc-passwd_2026-03-02.pdf"),
        ("会議", "compte-rendu_2026-03-02.pdf"),
        ("x" * 300, "x" * 65 + "_2026-03-02.pdf"),
    ],
)
def test_file_names(title, name, minutes):
    assert file_name(minutes.model_copy(update={"title": title}), "pdf") == name


@pytest.mark.parametrize("title", ["CON", "nul", "Lpt1", "com9"])
def test_a_name_that_windows_reserves_is_avoided(title, minutes):
    assert (
        file_name(minutes.model_copy(update={"title": title, "date": None}), "pdf")
        == f"compte-rendu-{title.lower()}.pdf"
    )
