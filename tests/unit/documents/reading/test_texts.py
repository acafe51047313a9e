"""Plain text, minutes made by assistai, and which reader takes a file."""

import json

import pytest
from built import archive, compound, pdf, word

from assistai.documents.reading import EXTENSIONS
from assistai.errors import LimitExceeded, UnreadableInput


def test_paragraphs_headings_and_items_of_plain_text(told):
    text = (
        "1. Objet\n\nLe présent règlement s’applique\nà tous & à toutes : < 18 ans compris.\n\n"
        "Article 2 – Horaires\nL’accueil ouvre à 9 h.\n- le lundi,\n- le mardi\n  et le mercredi.\n\n"
        "2.1 Retards\n\n1) prévenir\n2) justifier\n"
    )
    assert told(text.encode(), "a.txt") == [
        ("heading", 2, "1. Objet"),
        ("paragraph", 0, "Le présent règlement s’applique à tous & à toutes : < 18 ans compris."),
        ("heading", 3, "Article 2 – Horaires"),
        ("paragraph", 0, "L’accueil ouvre à 9 h."),
        ("item", 0, "le lundi,"),
        ("item", 0, "le mardi et le mercredi."),
        ("heading", 3, "2.1 Retards"),
        ("item", 0, "prévenir"),
        ("item", 0, "justifier"),
    ]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Article 5", 3),
        ("ARTICLE 5 : CONGÉS", 3),
        ("Art. 12 – Télétravail", 3),
        ("Titre II – Temps de travail", 2),
        ("Annexe 3", 2),
        ("IV. Sanctions", 2),
        ("2 Avant le départ", 2),
        ("2.1.3 Réservation", 4),
        ("Article 5 du code du travail", 0),
        ("Article 5 s’applique à tous.", 0),
        ("12 personnes étaient là", 0),
        ("Il faut prévenir la direction", 0),
        ("1. " + "mot " * 30, 0),
    ],
)
def test_headings_are_known_by_their_words(told, line, level):
    assert told(f"{line}\n\nSuite du texte.".encode(), "a.txt")[0] == (
        "heading" if level else "paragraph" if not line.startswith("1. ") else "item",
        level,
        line.strip().removeprefix("1. "),
    )


def test_the_page_of_a_reference_at_the_start_of_a_line_is_kept(lines):
    assert lines("Voir le guide cité,\np. 12 et suivantes.".encode(), "a.txt") == [
        "Voir le guide cité, p. 12 et suivantes."
    ]


LETTER = """\
Le chantier de la rue des Lilas reprend le mardi 12 mai, après accord de la mairie
de Nantes. Les riverains sont prévenus par courrier dix jours avant au moins, soit le
2 mai 2026. Le directeur des travaux
répond aux questions sur place, et à l’adresse de courriel qui est donnée ci-dessous à
contact@chantier.example.
"""
SIGNATURE = "Angers, le 4 mai 2026\nLe directeur travaux,\nCédric PRUVOST\nc.pruvost@chantier.example\n"


@pytest.mark.parametrize("between", ["", "\n"])
def test_lines_of_a_signature_are_kept_and_those_of_a_wrapped_paragraph_joined(lines, between):
    assert lines(f"{LETTER}{between}{SIGNATURE}".encode(), "a.txt") == [
        " ".join(LETTER.split("\n")).strip(),
        *SIGNATURE.strip().split("\n"),
    ]


def test_lines_that_were_never_wrapped_are_kept(lines):
    text = (
        "Bonjour,\nLa maintenance du standard est faite par Voxa le premier lundi du mois, de 7 h à 9 h, et les appels "
        "sont renvoyés vers le portable de garde.\nHoraires :\ndu lundi au jeudi ;\nle vendredi matin.\n"
        "Merci de le dire aux équipes avant le 12 mai 2026\nZoé Bernard\n"
    )
    assert lines(text.encode(), "a.txt") == text.strip().split("\n")


def test_an_item_goes_on_where_its_words_are_set_in(told):
    text = "- auprès de la\n  Direction des achats\n- à l’accueil\nMerci de prévenir.\n"
    assert told(text.encode(), "a.txt") == [
        ("item", 0, "auprès de la Direction des achats"),
        ("item", 0, "à l’accueil"),
        ("paragraph", 0, "Merci de prévenir."),
    ]


def test_lines_with_leaders_are_rows_and_no_headings(told):
    text = (
        "Sommaire\n1 Objet ........ 3\n2. Durée ........ 5\nPrix\nau centre . . . . . 148 euros\nau port …….. 95 euros"
    )
    assert told(text.encode(), "a.txt") == [
        ("paragraph", 0, "Sommaire"),
        ("row", 0, "1 Objet ........ 3"),
        ("item", 0, "Durée ........ 5"),
        ("paragraph", 0, "Prix"),
        ("row", 0, "au centre . . . . . 148 euros"),
        ("row", 0, "au port …….. 95 euros"),
    ]


def test_spaces_that_french_needs_are_kept_and_invisible_characters_go(lines):
    text = "Prix\u202f: 5\u00a0000\u00a0\u20ac.\u200b Co\u00ador\u00addi\u00adna\u00adtion\u202e \t fin \r\n suite"
    assert lines(text.encode(), "a.txt") == ["Prix\u202f: 5\u00a0000\u00a0\u20ac. Coordination fin suite"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\u2028"])
def test_every_line_end_parts_words(lines, end):
    assert lines(f"un{end}deux".encode(), "a.txt") == ["un deux"]


MINUTES = {
    "schema": "assistai.minutes/1",
    "title": "Comité & budget",
    "date": "2026-03-02",
    "language": "fr",
    "participants": ["Zoé"],
    "topics": [{"title": "Budget", "summary": [{"text": "Le budget est de < 5 000 €.", "evidence": []}]}],
    "decisions": [{"text": "Le devis est accepté.", "evidence": [], "verified": True}],
    "actions": [
        {
            "task": "Appeler le traiteur",
            "owner": "Zoé",
            "due": {"spoken": "vendredi", "date": "2026-03-06", "confidence": 1.0},
            "evidence": [],
            "verified": True,
        }
    ],
    "questions": [{"text": "Qui vient ?", "evidence": [], "verified": False}],
    "coverage": {"turns": 1, "read": 1, "cited": 1, "failed_parts": [], "uncited": []},
    "provenance": {
        "engine": "x",
        "model": "none",
        "prompts": [],
        "source_sha256": "0" * 64,
        "created_at": "2026-03-02T10:00:00Z",
    },
}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_minutes_are_read_as_their_document(told, mark):
    assert told((mark + json.dumps(MINUTES)).encode(), "cr.json") == [
        ("heading", 1, "Comité & budget – 2\u00a0mars 2026"),
        ("heading", 2, "Budget"),
        ("paragraph", 0, "Le budget est de < 5 000 €."),
        ("heading", 2, "Décisions"),
        ("item", 0, "Le devis est accepté."),
        ("heading", 2, "Actions"),
        ("item", 0, "Appeler le traiteur – Zoé – 6\u00a0mars 2026"),
        ("heading", 2, "Questions"),
        ("item", 0, "Qui vient ?"),
    ]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "document_empty"),
        (b" \r\n\t\n", "a.pdf", "document_empty"),
        (b"\xff\xfe\0\0", "a.csv", "document_empty"),
        (b"<html><body><script>x</script></body></html>", "a.html", "document_without_text"),
        (b"---\n", "a.md", "document_without_text"),
        (b"{}", "a.json", "json_not_minutes"),
        (b"[1, 2]", "a.json", "json_not_minutes"),
        (b'{"schema": "assistai.minutes/1"}', "a.json", "minutes_broken"),
        (b'{"schema": "assistai.minutes/1", "title": ' + b"[" * 100_000, "a.json", "minutes_broken"),
        (b'{"schema": "assistai.minutes/1", "title": "\xff"}', "a.json", "minutes_broken"),
        (rb"{\rtf1 Bonjour}", "a.doc", "document_rtf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png", "document_picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a.pdf", "document_picture"),
        (bytes(range(256)) * 20, "a.txt", "binary_file"),
        (b"MZ\x90\0" + bytes(range(200)) * 9, "a.docx", "binary_file"),
        (b"PK\x03\x04 broken", "a.docx", "package_broken"),
        (b"%PDF-1.7 broken", "a.pdf", "pdf_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "a.doc", "document_legacy_office"),
        (archive({"[Content_Types].xml": "<Types/>", "visio/document.xml": "<x/>"}), "a.vsdx", "document_other_office"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", "document_other_office"),
        (compound({"EncryptedPackage": b"x"}), "a.docx", "document_protected"),
    ],
)
def test_what_cannot_be_read_has_an_error_of_its_own(read, data, name, code):
    with pytest.raises(UnreadableInput) as caught:
        read(data, name)
    assert caught.value.code == code
    for language in ("fr", "en"):
        assert caught.value.message(language)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(read):
    with pytest.raises(LimitExceeded) as caught:
        read(b"x" * 1_000_001, "a.txt", max_document_megabytes=1)
    assert caught.value.code == "document_too_large"


CONTENT = {
    "pdf": pdf([(50, 700, 12, "Bonjour à tous")]),
    "docx": word("<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p>"),
    "html": b"<html><body>Bonjour",
    "zip": archive({"a.txt": b"Bonjour"}),
    "minutes": json.dumps(MINUTES).encode(),
}


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.txt", "a.eml.zip", "a", "a.exe"])
@pytest.mark.parametrize("kind", CONTENT)
def test_content_tells_the_format_not_the_name(read, kind, name):
    assert read(CONTENT[kind], name).format == kind


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.html", "a.eml"])
def test_a_text_about_pdf_files_is_no_pdf(read, name):
    text = b"Subject: x\n\nUn PDF commence par %PDF-1.7, toujours.\n"
    assert read(text, name).format != "pdf"


def test_every_ending_that_is_taken_from_a_folder_has_a_reader(read):
    """A text file of any name is read or refused for its content, never for its name alone, except JSON."""
    for ending in set(EXTENSIONS) - {".json"}:
        assert read(b"Subject: Bonjour\n\nLe mot.\n", f"a{ending}").blocks
