"""Word files as Teams, Word and people write them."""

import datetime as dt
import io
import zipfile

import docx
import pytest

from assistai.errors import LimitExceeded, UnreadableInput


def word(*paragraphs, created=dt.datetime(2013, 12, 23), table=(), title=""):
    document = docx.Document()
    document.core_properties.created = created
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for cells in table:
        if not document.tables:
            document.add_table(rows=0, cols=len(cells))
        for cell, text in zip(document.tables[0].add_row().cells, cells, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(data, name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            target.writestr(entry, content if entry == name else source.read(entry))
    return buffer.getvalue()


def body(xml):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return f"<w:document {space}><w:body>{xml}</w:body></w:document>"


def test_teams(read, said):
    data = word(
        "Réunion hebdo-20260302_140000-Transcription de la réunion",
        "2 mars 2026, 02:00PM",
        "27m 42s",
        "Marc Petit a démarré la transcription",
        "Marc Petit   0:03\nBonjour à tous.",
        "Sophie Martin (Invitée)   0:09\nD'accord. Le point : budget.",
        "Marc Petit   1:02:03\nOui.",
        created=dt.datetime(2026, 3, 9),
        title="Word Document",
    )
    transcript = read(data, "x.docx")
    assert said(transcript) == [
        ("Marc Petit", "Bonjour à tous."),
        ("Sophie Martin (Invitée)", "D'accord. Le point : budget."),
        ("Marc Petit", "Oui."),
    ]
    assert (transcript.format, transcript.title, str(transcript.date)) == ("docx", "Réunion hebdo", "2026-03-02")
    assert [turn.start for turn in transcript.turns] == [3, 9, 3723]


def test_older_teams(read, said, codes):
    transcript = read(
        word(
            "0:0:0.0 --> 0:0:2.340\nMarc Petit\nBonjour à",
            "0:0:2.340 --> 0:0:4.0\nMarc Petit\ntous.",
            "0:0:4.0 --> 0:0:5.0\nAnne Roy\nOui.",
        ),
        "2026-03-02 CODIR.docx",
    )
    assert said(transcript) == [("Marc Petit", "Bonjour à tous."), ("Anne Roy", "Oui.")]
    assert (transcript.title, str(transcript.date), codes(transcript)) == ("CODIR", "2026-03-02", [])


def test_word_transcribe_and_the_day_the_file_was_made(read, said):
    lines = [
        "Audio file",
        "a.wav",
        "",
        "Transcript",
        "",
        "00:00:00 Speaker 1",
        "Bonjour.",
        "00:00:05 Speaker 2",
        "Oui.",
    ]
    transcript = read(word(*lines, created=dt.datetime(2026, 3, 5)), "x.docx")
    assert said(transcript) == [("Speaker 1", "Bonjour."), ("Speaker 2", "Oui.")]
    assert (str(transcript.date), transcript.date_source) == ("2026-03-05", "metadata")
    assert [notice.code for notice in transcript.notices] == ["date_from_properties"]


def test_the_date_of_an_empty_template_is_no_date(read):
    assert read(word("Marc Petit : Bonjour."), "x.docx").date is None


@pytest.mark.parametrize("heads", [(), (("Intervenant", "Propos"),)])
def test_tables(read, said, heads):
    table = (*heads, ("Marc Petit", "Bonjour.\nOn commence."), ("Sophie", "Oui : d'accord."), ("Marc Petit", "Merci."))
    assert said(read(word("CSE du 2 mars 2026", table=table), "x.docx")) == [
        ("Marc Petit", "Bonjour. On commence."),
        ("Sophie", "Oui : d'accord."),
        ("Marc Petit", "Merci."),
    ]


def test_words_in_insertions_controls_and_boxes_are_read_and_deleted_ones_not(read, said):
    def run(text):
        return f"<w:r><w:t>{text}</w:t></w:r>"

    xml = body(
        f"<w:p>{run('Marc : un')}<w:ins>{run(' deux')}</w:ins><w:del><w:r><w:delText>non</w:delText></w:r></w:del>"
        f"<w:sdt><w:sdtContent>{run(' trois')}</w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('Anne : quatre')}</w:p></w:sdtContent></w:sdt>"
    )
    assert said(read(with_part(word("x"), "word/document.xml", xml), "x.docx")) == [
        ("Marc", "un deux trois"),
        ("Anne", "quatre"),
    ]


def test_entities_are_not_resolved(read):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + body("<w:p><w:r><w:t>Marc : &a;</w:t></w:r></w:p>")
    with pytest.raises(UnreadableInput) as caught:
        read(with_part(word("x"), "word/document.xml", bomb), "x.docx")
    assert caught.value.code == "docx_broken"


def test_a_bomb_is_refused_before_it_is_unpacked(read):
    with pytest.raises(LimitExceeded) as caught:
        read(with_part(word("x"), "word/document.xml", body(" " * 30_000_000)), "x.docx")
    assert caught.value.code == "docx_too_large"


def test_other_packages_are_named(read):
    for name, code in [("xl/workbook.xml", "is_other_office"), ("readme.txt", "is_archive")]:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(UnreadableInput) as caught:
            read(buffer.getvalue(), "x.docx")
        assert caught.value.code == code


def test_every_truncation_is_a_clear_error_or_a_transcript(read):
    data = word("Marc : Bonjour.")
    for length in range(4, len(data), len(data) // 40):
        with pytest.raises(UnreadableInput):
            read(data[:length], "x.docx")
