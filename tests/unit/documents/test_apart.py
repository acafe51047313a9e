"""Documents of one title are told apart, as briefly as that can be: in lists, in citations, in remarks."""

import datetime as dt
from dataclasses import replace

import pytest

from assistai.documents.apart import folders, told_apart
from assistai.documents.wording import reference, source_text
from assistai.workspace.document import Document

NOON = dt.datetime(2026, 3, 2, 11, 5)


def made(source, *, title="Note", collection="documents", at=NOON):
    name = source.split("/")[-1].removeprefix("upload:")
    return Document(
        id=f"{collection}-{source}",
        collection=collection,
        source=source,
        name=name,
        title=title,
        format="md",
        sha256="",
        size=1,
        added_at=at,
        updated_at=at,
    )


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (made("/a/x.md"), made("/a/x.md", title="Autre"), {}),
        (made("/a/x.md"), made("/a/y.md"), {"name": "x.md"}),
        (made("/a/x.md"), made("/a/x.md", collection="rh"), {"collection": "documents"}),
        (made("/srv/2025/mars/x.md"), made("/srv/2025/mai/x.md"), {"place": "mars"}),
        (made("/srv/2025/mars/x.md"), made("/srv/2024/mars/x.md"), {"place": "2025/mars"}),
        (made("upload:lot.zip!/a/x.md"), made("upload:lot.zip!/b/x.md"), {"place": "a"}),
        (made("upload:a/x.md"), made("upload:x.md"), {"place": "a"}),
        (made("upload:x.md"), made("upload:a/x.md"), {}),
    ],
)
def test_the_first_that_differs_is_told(one, other, told):
    assert told_apart(one, [one, other], "fr") == told


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (dt.timedelta(days=1), "ajouté le 2 mars 2026"),
        (dt.timedelta(minutes=1), "ajouté le 2 mars 2026 à 12 h 05"),
        (dt.timedelta(seconds=1), "ajouté le 2 mars 2026 à 12:05:00"),
    ],
)
def test_else_it_is_the_moment(later, said):
    one, other = made("meeting:1/x"), made("meeting:1/x", at=NOON + later)
    told = told_apart(one, [made("meeting:1/x", title="Autre"), _other(other)], "fr", "Europe/Paris")
    assert told["added"].replace("\N{NO-BREAK SPACE}", " ") == said
    assert "added on" in told_apart(one, [_other(other)], "en")["added"]


def _other(document):
    return replace(document, id="other")


def test_folders_are_those_around_a_file():
    assert folders("/srv/lot.zip!/a/b.eml!/x.md") == ("srv", "lot.zip", "a", "b.eml")
    assert folders("upload:comité/lot.zip (2)!/x.md") == ("comité", "lot (2).zip")
    assert folders("upload:x.md") == ()


def test_citations_and_remarks_tell_documents_of_one_title_apart(documents, write, folder):
    for place, said in (("mars", "Le comité se réunit le lundi à la mairie."), ("mai", "Le badge se porte au cou.")):
        text = f"# Compte rendu\n\n{said}\n"
        write(f"{place}/note.md", data=text.encode())
    documents.ingest(folder)
    answer = documents.answer("Quel jour se réunit le comité ?")
    cited = answer.sentences[0].citations[0]
    assert (cited.title, cited.distinction) == ("Compte rendu", "mars")
    assert reference(cited, "fr") == "Compte rendu (mars)"
    assert source_text(cited, "en").startswith("Compte rendu (mars): “Le comité se")
    older, newer = sorted(documents.list(), key=lambda one: one.source, reverse=True)
    documents.describe(older.id, validity="superseded", superseded_by=newer.id)
    again = documents.answer("Quel jour le comité se réunit-il à la mairie ?")
    (remark, *_) = again.remarks
    assert remark.params == {"name": "Compte rendu (mars)", "by": "Compte rendu (mai)"}


def test_one_title_alone_is_enough(documents, write, folder):
    write("note.md", data=b"# Note\n\nLe badge se retire a la loge.\n")
    documents.ingest(folder)
    cited = documents.answer("Où se retire le badge ?").passages[0]
    assert (cited.distinction, reference(cited, "fr")) == ("", "Note")
