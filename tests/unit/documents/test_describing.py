"""What is said of documents: when they are brought, when they are brought again, and later."""

import datetime as dt

import pytest
from made import zipped

from assistai.documents.ingestion import Details
from assistai.errors import InputError, WorkspaceError
from assistai.workspace.scope import Filter

TODAY = dt.date(2026, 3, 2)
LEAVE = "Les congés se demandent un mois avant le départ."
BADGE = "Le badge se retire à la loge du gardien."


def said(documents):
    return {document.name: (document.owner, document.sensitivity) for document in documents.list()}


class TestBroughtAgain:
    def test_what_is_given_holds_for_what_is_there(self, documents, embedder, write, held):
        path = write("a.md", LEAVE)
        documents.ingest(path)
        embedder.embedded = 0
        (result,) = documents.ingest(path, owner="DRH", sensitivity=3)
        assert (result.outcome, result.document, embedder.embedded) == ("described", documents.list()[0], 0)
        assert said(documents) == {"a.md": ("DRH", 3)}
        held(documents)
        assert not documents.search("congés", wanted=Filter(max_sensitivity=2))
        assert documents.search("congés", wanted=Filter(owner="DRH"))[0].cosine is not None
        assert documents.ingest(path, owner="DRH", sensitivity=3)[0].outcome == "unchanged"

    @pytest.mark.parametrize(
        ("given", "left"),
        [({}, ("DRH", 3)), ({"owner": "DAF"}, ("DAF", 3)), ({"sensitivity": 0}, ("DRH", 0)), ({"owner": ""}, ("", 3))],
        ids=str,
    )
    @pytest.mark.parametrize("changed", [False, True])
    def test_what_is_not_given_stays(self, documents, write, held, given, left, changed):
        path = write("a.md", LEAVE, BADGE)
        documents.ingest(path, owner="DRH", sensitivity=3)
        if changed:
            write("a.md", LEAVE, "Le parking ouvre à 7 h.")
        documents.ingest(path, **given)
        assert said(documents) == {"a.md": left}
        held(documents)
        for question in ("congés", "parking" if changed else "badge"):  # one passage kept its vector, one is new
            hits = documents.search(question, wanted=Filter(owner=left[0], max_sensitivity=left[1]), limit=1)
            assert hits[0].cosine is not None

    def test_new_documents_are_internal_and_nobodys(self, documents, write):
        documents.ingest(write("a.md", LEAVE))
        assert said(documents) == {"a.md": ("", 1)}

    def test_what_is_inside_is_told_too(self, documents, write, held):
        path = write("lot.zip", data=zipped({"a.md": LEAVE}))
        documents.ingest(path)
        documents.ingest(path, sensitivity=2)
        assert said(documents) == {"lot.zip": ("", 2), "a.md": ("", 2)}
        write("lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
        documents.ingest(path, owner="DAF")
        assert said(documents) == dict.fromkeys(("lot.zip", "a.md", "b.md"), ("DAF", 2))
        held(documents)

    def test_what_moved_is_told_too(self, documents, write, folder):
        path = write("a.md", LEAVE)
        documents.ingest(path)
        path.rename(folder / "b.md")
        (result,) = documents.ingest(folder, sensitivity=3)
        assert (result.outcome, said(documents)) == ("moved", {"b.md": ("", 3)})

    @pytest.mark.parametrize(
        ("level", "outcome", "left"), [(None, "duplicate", 2), (0, "duplicate", 2), (3, "raised", 3)]
    )
    def test_a_copy_makes_the_text_more_sensitive_never_less(self, documents, write, level, outcome, left):
        documents.ingest(write("a.md", LEAVE), sensitivity=2)
        (result,) = documents.ingest(write("b.md", LEAVE), sensitivity=level, owner="DRH")
        assert (result.outcome, said(documents)) == (outcome, {"a.md": ("", left)})

    def test_a_copy_of_an_archive_makes_what_is_inside_more_sensitive(self, documents, write):
        data = zipped({"a.md": LEAVE})
        documents.ingest(write("lot.zip", data=data))
        documents.describe(next(one.id for one in documents.list() if one.name == "lot.zip"), sensitivity=3)
        (result,) = documents.ingest(write("z.zip", data=data), sensitivity=3)
        assert (result.outcome, result.document.name) == ("raised", "lot.zip")
        assert said(documents) == {"lot.zip": ("", 3), "a.md": ("", 3)}

    def test_an_unreadable_new_version_is_told_too(self, documents, write):
        documents.ingest(write("a.md", LEAVE))
        documents.ingest(write("a.md", data=b" "), sensitivity=3)
        assert said(documents) == {"a.md": ("", 3)}

    def test_what_was_said_of_one_inside_stays_when_the_archive_is_read_again(self, documents, write):
        documents.ingest(write("lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE})))
        ids = {one.name: one.id for one in documents.list()}
        documents.describe(ids["a.md"], owner="DRH", sensitivity=3)
        documents.retry(ids["lot.zip"])
        assert said(documents) == {"lot.zip": ("", 1), "a.md": ("DRH", 3), "b.md": ("", 1)}

    def test_cut_short_it_is_finished_by_resume(self, documents, write, held, monkeypatch):
        path = write("a.md", LEAVE)
        documents.ingest(path)
        with monkeypatch.context() as patch:
            patch.setattr("assistai.documents.index.VectorIndex.describe", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                list(documents.ingest_each(documents.sources(path), Details(sensitivity=3)))
        assert documents.list()[0].state == "embedding"
        assert documents.resume() == 1
        held(documents)
        assert not documents.search("congés", wanted=Filter(max_sensitivity=2))


class TestWhatCannotBe:
    @pytest.fixture
    def two(self, documents, write):
        older, newer = documents.ingest(write("a.md", LEAVE), write("b.md", BADGE))
        return older.document.id, newer.document.id

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"validity": "bogus"}, "validity_unknown"),
            ({"validity": None}, "validity_unknown"),
            ({"sensitivity": 9}, "sensitivity_unknown"),
            ({"sensitivity": -1}, "sensitivity_unknown"),
            ({"sensitivity": True}, "sensitivity_unknown"),
            ({"sensitivity": "restricted"}, "sensitivity_unknown"),
            ({"sensitivity": None}, "sensitivity_unknown"),
            ({"owner": None}, "text_wrong"),
            ({"owner": "\ud800"}, "text_wrong"),
            ({"title": 3}, "text_wrong"),
            ({"title": " "}, "title_missing"),
            ({"effective_from": "2024"}, "date_wrong"),
            ({"effective_to": dt.datetime(2024, 1, 1)}, "date_wrong"),
            ({"effective_from": TODAY, "effective_to": TODAY - dt.timedelta(days=1)}, "dates_reversed"),
            ({"superseded_by": "nope"}, "newer_missing"),
            ({"superseded_by": ""}, "newer_missing"),
            ({"superseded_by": 4}, "newer_missing"),
        ],
        ids=str,
    )
    def test_is_refused_and_changes_nothing(self, documents, two, changes, code):
        before = documents.get(two[0])
        with pytest.raises(InputError) as raised:
            documents.describe(two[0], **({"owner": "DRH"} | changes))
        assert raised.value.code == code
        assert documents.get(two[0]) == before

    def test_days_are_compared_with_those_that_were_said_before(self, documents, two):
        documents.describe(two[0], effective_from=TODAY)
        with pytest.raises(InputError, match="before it began"):
            documents.describe(two[0], effective_to=TODAY - dt.timedelta(days=1))
        assert documents.describe(two[0], effective_to=TODAY).effective_to == TODAY

    def test_nothing_is_replaced_by_itself_in_the_end(self, documents, write, two):
        third = documents.ingest(write("c.md", "Le parking."))[0].document.id
        with pytest.raises(InputError, match="by itself"):
            documents.describe(two[0], superseded_by=two[0])
        documents.describe(two[0], superseded_by=two[1])
        documents.describe(two[1], superseded_by=third)
        with pytest.raises(InputError, match="by itself"):
            documents.describe(third, superseded_by=two[0])
        documents.describe(two[0], superseded_by=None)
        assert documents.describe(third, superseded_by=two[0]).superseded_by == two[0]

    def test_a_document_that_is_not_there(self, documents):
        with pytest.raises(WorkspaceError):
            documents.describe("nope", owner="DRH")

    @pytest.mark.parametrize(
        ("details", "code"),
        [
            ({"sensitivity": 7}, "sensitivity_unknown"),
            ({"sensitivity": -1}, "sensitivity_unknown"),
            ({"collection": ""}, "collection_blank"),
            ({"collection": " \n"}, "collection_blank"),
            ({"collection": "\ud800"}, "collection_blank"),
            ({"owner": 3}, "text_wrong"),
        ],
        ids=str,
    )
    def test_is_refused_when_files_are_brought(self, documents, write, details, code):
        with pytest.raises(InputError) as raised:
            documents.ingest(write("a.md", LEAVE), **details)
        assert raised.value.code == code
        assert documents.list() == ()
