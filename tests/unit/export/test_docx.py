"""Word through the organisation's own template: what works, what is named, what is refused."""

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from assistai.errors import TemplateError
from assistai.export import check_template, export
from assistai.export.default_template import build
from assistai.export.docx import default_template


@pytest.fixture
def template(tmp_path):
    """Return a function that saves a Word template of the paragraphs given."""

    def save(*paragraphs, header="", prepare=lambda document: None):
        document = docx.Document()
        prepare(document)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        document.sections[0].header.paragraphs[0].text = header
        path = tmp_path / "modèle.docx"
        document.save(path)
        return path

    return save


@pytest.fixture
def fill(minutes, settings):
    """Return a function that fills a template with the minutes and gives the document."""

    def run(path, **changes):
        own = settings.model_copy(update={"word_template": path})
        return docx.Document(io.BytesIO(export(minutes.model_copy(update=changes), "docx", settings=own)))

    return run


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def rewrite(path, changes):
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | changes(parts)).items():
            package.writestr(name, content)
    return path


def test_the_committed_template_is_what_its_module_makes():
    made = io.BytesIO()
    build().save(made)
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(default_template()) as committed:
        assert package.namelist() == committed.namelist()
        for name in package.namelist():
            assert package.read(name) == committed.read(name), name


def test_the_default_has_headings_a_table_page_numbers_and_properties(fill, minutes):
    document = fill(None)
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["Sujets abordés", "Décisions", "Actions", "Questions ouvertes", "Ce qui a été lu"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Action", "Responsable", "Échéance", "Citation"]
    assert len(document.tables[0].rows) == 1 + len(minutes.actions)
    footer = document.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert document.core_properties.title == "Comité de direction"
    assert document.core_properties.author == "Mairie de Saint-Étienne"
    struck = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.strike]
    assert 'w:lang w:val="fr-FR"' in document.styles.element.xml
    assert struck == ["Le séminaire a lieu à Lyon.", "La prime est versée."]


def test_an_own_template_is_filled_in_text_loops_tables_and_header(template, fill):
    def prepare(document):
        table = document.add_table(rows=3, cols=2)
        table.cell(0, 0).text = "{%tr for a in actions %}"
        table.cell(1, 0).text = "{{ a.task }} {{ a.mark }}"
        table.cell(1, 1).text = "{{ a.owner }} / {{ a.due }} / {{ a.due.spoken }}"
        table.cell(2, 0).text = "{%tr endfor %}"

    path = template(
        "{{ organisation }} : {{ title }} ({{ participants }})",
        "{%p for d in decisions %}",
        "{{ loop.index }}. {{ d.text }}{% if d.state %} – {{ d.state }}{% endif %}{{ d.mark }}",
        "{%p endfor %}",
        "{{ notice }}",
        header="{{ labels.minutes }} – {{ date }}",
        prepare=prepare,
    )
    document = fill(path)
    assert texts(document)[0] == "Mairie de Saint-Étienne : Comité de direction (Sophie Martin, Paul Durand)"
    assert "4. La prime est versée. – révoquée" in texts(document)
    cells = [cell.text.replace("\u00a0", " ") for cell in document.tables[0].rows[0].cells]
    assert cells == ["Réserver la salle ", "Sophie Martin / vendredi 6 mars 2026 / « vendredi »"]
    assert document.sections[0].header.paragraphs[0].text.replace("\u00a0", " ") == "Compte rendu – lundi 2 mars 2026"
    assert set(check_template(path)) == {
        *("organisation", "title", "participants", "notice", "date", "labels", "labels.minutes"),
        *("decisions", "decisions.text", "decisions.state", "decisions.mark", "actions", "actions.task"),
        *("actions.mark", "actions.owner", "actions.due", "actions.due.spoken"),
    }


def test_a_template_cannot_hide_doubts_nor_the_notice(template, fill):
    path = template("{%p for d in decisions %}", "{{ d.text }}", "{%p endfor %}")
    shown = texts(fill(path))
    assert "Le séminaire a lieu à Nantes. [non vérifié]" in shown
    assert "La prime est versée. [révoquée]" in shown
    assert shown[-1].startswith("Préparé avec l’aide de l’IA")


@pytest.mark.parametrize(
    ("names", "identifiers"),
    [
        (("Titre 1", "Titre 2", "Liste à puces", "Citation"), ("Titre1", "Titre2", "Listepuces", "Citation")),
        (("heading 1", "heading 2", "List Bullet", "Quote"), ("Titre1", "Titre2", "Listepuces", "Citation")),
        (("heading 1", "heading 2", "List Bullet", "Quote"), ("Heading1", "Heading2", "ListBullet", "Quote")),
    ],
)
def test_letter_paper_is_continued_in_its_own_styles_french_or_english(names, identifiers, template, fill, minutes):
    def prepare(document):
        for english, name, identifier in zip(
            ("Heading 1", "Heading 2", "List Bullet", "Quote"), names, identifiers, strict=True
        ):
            document.styles[english].element.getparent().remove(document.styles[english].element)
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.element.set(qn("w:styleId"), identifier)

    path = template("Mairie – service des assemblées", prepare=prepare)
    assert check_template(path) == []
    document = fill(path)
    assert texts(document)[0] == "Mairie – service des assemblées"
    used = {paragraph.text: paragraph.style.style_id for paragraph in document.paragraphs}
    assert used["Décisions"] == identifiers[0]
    assert used["Budget"] == identifiers[1]
    assert used["Le devis est accepté."] == identifiers[2]
    assert used["«\u00a0le budget baisse\u00a0» – Sophie Martin, 00:01:05"] == identifiers[3]
    assert len(document.tables[0].rows) == 1 + len(minutes.actions)


def test_letter_paper_without_any_style_still_works(template, fill):
    def prepare(document):
        for style in list(document.styles):
            if style.name != "Normal":
                style.element.getparent().remove(style.element)

    assert "• Le devis est accepté." in texts(fill(template(prepare=prepare)))


@pytest.mark.parametrize(
    ("paragraphs", "header", "named"),
    [
        (["{{ decisons }}"], "", "decisons (→ decisions)"),
        (["{{ titre }}"], "", "titre (→ title)"),
        (
            ["{%p for a in actions %}", "{{ a.ower }} {{ a.due.dat }}", "{%p endfor %}"],
            "",
            "actions.ower (→ actions.owner)",
        ),
        (["{%p for a in actions %}", "{{ a.due.dat }}", "{%p endfor %}"], "", "actions.due.dat (→ actions.due.date)"),
        (["{{ labels.decision_s }}"], "", "labels.decision_s (→ labels.decisions)"),
        (["{{ title }}"], "{{ organization }}", "organization (→ organisation)"),
        (["{% if particpants %}x{% endif %}"], "", "particpants (→ participants)"),
        (["{{ xyzzy }}"], "", "xyzzy"),
        (["{{ title }} {{ actions[0].tsk }}"], "", "actions.tsk (→ actions.task)"),
    ],
)
def test_misspelt_fields_are_named_with_the_nearest(paragraphs, header, named, template, fill):
    path = template(*paragraphs, header=header)
    with pytest.raises(TemplateError) as caught:
        check_template(path)
    assert named in caught.value.message("fr")
    assert named in caught.value.message("en")
    with pytest.raises(TemplateError):
        fill(path)


def test_a_field_that_word_split_into_runs_is_still_read(template, fill):
    def prepare(document):
        paragraph = document.add_paragraph()
        for piece in ("{", "{ ti", "tle }", "}"):
            paragraph.add_run(piece).bold = piece.startswith("{ ")

    assert texts(fill(template(prepare=prepare)))[0] == "Comité de direction"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Décisions : {{ decisions", "Décisions"),
        ("Ici {% for d in decisions %} sans fin", ""),
        ("Là {% endfor %}", "Là"),
        ("Ici {{ title | nofilter }}", "Ici"),
        ("{% include 'x' %}{{ title }}", ""),
    ],
)
def test_a_mistake_in_jinja_is_placed(line, place, template, fill):
    path = template("Avant", line, "Après")
    with pytest.raises(TemplateError) as caught:
        fill(path)
    assert place in caught.value.message("fr")


@pytest.mark.parametrize(
    "expression",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ title.format.__globals__ }}",
        "{{ '%s' | attr('__class__') }}{{ title | attr('__class__') }}",
        "{{ range(10) }}",
        "{{ cycler }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'x' * 10000000000 }}",
        "{{ title | safe }}",
        "{{ title + 1 }}",
    ],
)
def test_templates_run_in_a_sandbox(expression, template, fill):
    with pytest.raises(TemplateError):
        fill(template("{{ title }}", expression))


def test_text_that_looks_like_a_field_stays_text(template, fill, minutes):
    text = "{{ 7*7 }} {_{ x }_} {% if %} <w:p/> & \u0007\u000b 🎉 'q' \"q\""
    decision = minutes.decisions[0].model_copy(update={"text": text})
    path = template("{%p for d in decisions %}", "{{ d.text }}", "{%p endfor %}", "{{ title }}")
    shown = texts(fill(path, title=text, decisions=(decision,)))
    assert shown[0].startswith("{{ 7*7 }} {_{ x }_} {% if %} <w:p/> &")
    assert "🎉 ’q’" in shown[0] or "🎉 'q'" in shown[0]


def test_a_condition_that_cuts_a_table_is_refused_rather_than_half_written(template, fill):
    def prepare(document):
        document.add_paragraph("{% if not title %}")
        document.add_table(rows=1, cols=1).cell(0, 0).text = "{% endif %}"

    with pytest.raises(TemplateError) as caught:
        fill(template("{{ title }}", prepare=prepare))
    assert caught.value.code == "template_failed"


def test_word_templates_are_taken_like_documents(template, fill):
    path = template("{{ title }}")
    types = "[Content_Types].xml"
    rewrite(path, lambda parts: {types: parts[types].replace(b"document.main+xml", b"template.main+xml")})
    assert texts(fill(path))[0] == "Comité de direction"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"not a zip", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "<html>é".encode()]
)
def test_what_is_not_word_is_refused(content, tmp_path, fill):
    path = tmp_path / "modele.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateError) as caught:
        fill(path)
    assert caught.value.code == "template_not_word"


def test_a_missing_template_is_named(tmp_path, fill):
    with pytest.raises(TemplateError, match=r"absent\.docx"):
        fill(tmp_path / "absent.docx")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (lambda parts: {"word/vbaProject.bin": b"x"}, "template_has_macros"),
        (lambda parts: {"word/media/bomb.bin": b"\0" * 201_000_000}, "template_too_large"),
        (lambda parts: {"[Content_Types].xml": b"<Types/>"}, "template_not_word"),
        (lambda parts: {"word/document.xml": b"<broken"}, "template_not_word"),
        (lambda parts: {"word/header1.xml": b"<broken"}, "template_not_word"),
    ],
)
def test_macros_bombs_and_damage_are_refused(changes, code, template, fill):
    path = rewrite(template("{{ title }}", header="x"), changes)
    with pytest.raises(TemplateError) as caught:
        fill(path)
    assert caught.value.code == code


def test_long_texts_do_not_break_the_properties(fill):
    assert len(fill(None, title="x" * 5000).core_properties.title) == 255
