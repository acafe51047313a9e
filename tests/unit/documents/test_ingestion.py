"""Files taken in once and again: what is embedded, recognised, forgotten, and what becomes of those that fail."""

import contextlib
import os
import threading
import zipfile
from functools import partial

import pytest
from made import mail, zipped

from assistai.documents.ingestion import Details, Source
from assistai.errors import AssistAIError, WorkspaceError
from assistai.workspace.scope import Filter

LEAVE = "Les congés se demandent un mois avant le départ."
BADGE = "Le badge se retire à la loge du gardien."
MEAL = "Le repas est remboursé dans la limite de 20 euros."


def outcomes(results):
    return [(result.name, result.outcome) for result in results]


def names(documents):
    return sorted(document.name for document in documents.list())


def found(documents, question):
    return {hit.document.name for hit in documents.search(question) if hit.bm25 is not None}


def test_the_same_file_again_embeds_nothing(documents, embedder, write, held):
    path = write("guide.md", LEAVE, BADGE, MEAL)
    documents.ingest(path)
    before, embedded = held(documents), embedder.embedded
    assert embedded == 3
    assert outcomes(documents.ingest(path)) == [("guide.md", "unchanged")]
    assert (held(documents), embedder.embedded) == (before, embedded)


def test_only_changed_passages_are_embedded(documents, embedder, write, held):
    (first,) = documents.ingest(write("guide.md", LEAVE, BADGE, MEAL))
    embedder.embedded = 0
    (second,) = documents.ingest(write("guide.md", LEAVE, "Le parking ouvre à sept heures.", MEAL))
    assert (second.outcome, second.document.id, embedder.embedded) == ("updated", first.document.id, 1)
    held(documents)
    assert found(documents, "badge") == set()
    assert found(documents, "parking") == {"guide.md"}


def test_passages_that_only_move_are_not_embedded(documents, embedder, write, held):
    documents.ingest(write("guide.md", LEAVE, BADGE))
    embedder.embedded = 0
    longer = "# Guide\n\n## Avant\n\nPréambule.\n\n".encode() + write("x.md", LEAVE, BADGE).read_bytes()[9:]
    documents.ingest(write("guide.md", data=longer))
    assert embedder.embedded == 1
    held(documents)


def test_a_change_taken_back_is_whole_again(documents, write, held):
    path = write("guide.md", LEAVE, BADGE)
    documents.ingest(path)
    before = held(documents)
    documents.ingest(write("guide.md", LEAVE))
    documents.ingest(write("guide.md", LEAVE, BADGE))
    assert held(documents) == before


@pytest.mark.parametrize("new", ["renommé.md", "ailleurs/guide.md"])
def test_a_moved_file_is_recognised(documents, embedder, write, folder, held, new):
    path = write("guide.md", LEAVE, BADGE)
    (first,) = documents.ingest(path)
    (folder / new).parent.mkdir(exist_ok=True)
    path.rename(folder / new)
    embedder.embedded = 0
    (second,) = documents.ingest(folder)
    assert (second.outcome, second.document.id, embedder.embedded) == ("moved", first.document.id, 0)
    assert [document.source for document in documents.list()] == [str((folder / new).resolve())]
    held(documents)


def test_the_same_content_in_two_places_is_held_once(documents, write, folder, held):
    write("a.md", LEAVE)
    write("b.md", LEAVE)
    first, second = documents.ingest(folder)
    assert (first.outcome, second.outcome) == ("added", "duplicate")
    assert second.document.id == first.document.id
    assert len(held(documents)[0]) == 1


def test_of_two_places_the_one_left_is_followed(documents, write, folder, held):
    path = write("a.md", LEAVE)
    write("b.md", LEAVE)
    (first, _) = documents.ingest(folder)
    path.unlink()
    (second,) = documents.ingest(folder)
    assert (second.outcome, second.document.id) == ("moved", first.document.id)


def test_a_copy_is_kept_when_what_it_was_copied_from_changes(documents, write, folder, held):
    documents.ingest(write("regles.md", LEAVE))
    write("ancien.md", LEAVE)
    write("regles.md", MEAL)
    assert outcomes(documents.ingest(folder)) == [("ancien.md", "added"), ("regles.md", "updated")]
    assert found(documents, "congés") == {"ancien.md"}
    held(documents)


def test_a_collection_of_its_own_holds_its_own_copy(documents, write, held):
    path = write("a.md", LEAVE)
    documents.ingest(path, collection="rh")
    (second,) = documents.ingest(path, collection="direction")
    assert second.outcome == "added"
    documents.delete(second.document.id)
    assert len(held(documents)[0]) == 1


def test_a_deleted_document_is_gone_from_everywhere(documents, write, tmp_path, held):
    (kept, gone) = documents.ingest(write("a.md", LEAVE), write("b.md", BADGE, MEAL))
    documents.describe(kept.document.id, superseded_by=gone.document.id)
    documents.delete(gone.document.id)
    check = documents.check()
    assert (check.documents, check.passages, check.words, check.vectors) == (1, 1, 1, 1)
    assert documents.get(kept.document.id).superseded_by is None
    assert found(documents, "badge repas") == set()
    held(documents)
    documents.delete(kept.document.id)
    check = documents.check()
    assert (check.documents, check.passages, check.words, check.vectors) == (0, 0, 0, 0)
    assert not list((tmp_path / "var" / "originals").iterdir())


def test_the_file_of_an_earlier_version_is_not_kept(documents, write, tmp_path):
    documents.ingest(write("a.md", LEAVE))
    documents.ingest(write("a.md", BADGE))
    assert len(list((tmp_path / "var" / "originals").iterdir())) == 1


class TestContainers:
    @pytest.fixture
    def archive(self, write):
        inner = zipped({"c.md": MEAL})
        letter = mail("Voir la pièce.", {"d.md": "Parking à sept heures."})
        data = zipped({"a.md": LEAVE, "lot.zip": inner, "m.eml": letter})
        return write("tout.zip", data=data)

    def test_what_is_inside_is_read(self, documents, archive, held):
        assert outcomes(documents.ingest(archive)) == [
            ("tout.zip", "added"),
            ("a.md", "added"),
            ("lot.zip", "added"),
            ("c.md", "added"),
            ("m.eml", "added"),
            ("d.md", "added"),
        ]
        held(documents)

    def test_and_goes_with_it(self, documents, archive, held):
        documents.ingest(archive)
        documents.delete(self.id_of(documents, "tout.zip"))
        assert held(documents) == ([], [])

    @staticmethod
    def id_of(documents, name):
        return next(document.id for document in documents.list() if document.name == name)

    @pytest.mark.parametrize(
        ("name", "left"), [("lot.zip", "a.md d.md m.eml tout.zip"), ("m.eml", "a.md c.md lot.zip tout.zip")]
    )
    def test_one_inside_goes_with_what_is_inside_it(self, documents, archive, held, name, left):
        documents.ingest(archive)
        documents.delete(self.id_of(documents, name))
        assert names(documents) == left.split()
        held(documents)

    def test_again_embeds_nothing(self, documents, embedder, archive):
        documents.ingest(archive)
        embedder.embedded = 0
        assert {outcome for _, outcome in outcomes(documents.ingest(archive))} == {"unchanged"}
        assert embedder.embedded == 0

    def test_what_is_no_longer_inside_is_forgotten(self, documents, archive, write, held):
        documents.ingest(archive)
        documents.ingest(write("tout.zip", data=zipped({"a.md": LEAVE, "e.md": BADGE})))
        assert names(documents) == ["a.md", "e.md", "tout.zip"]
        held(documents)

    def test_moves_with_what_is_inside(self, documents, embedder, archive, folder, held):
        documents.ingest(archive)
        ids = {document.name: document.id for document in documents.list()}
        embedder.embedded = 0
        archive.rename(folder / "ancien.zip")
        results = outcomes(documents.ingest(folder))
        assert results[0] == ("ancien.zip", "moved")
        assert {outcome for _, outcome in results[1:]} == {"unchanged"}
        assert embedder.embedded == 0
        assert all("tout.zip" not in document.source for document in documents.list())
        assert {document.name: document.id for document in documents.list()} == {
            name.replace("tout", "ancien"): found for name, found in ids.items()
        }
        documents.delete(ids["tout.zip"])
        assert held(documents) == ([], [])

    def test_a_file_that_moves_into_an_archive_goes_with_it(self, documents, write, folder, held):
        path = write("a.md", LEAVE)
        (first,) = documents.ingest(path)
        write("lot.zip", data=zipped({"a.md": path.read_bytes()}))
        path.unlink()
        archive, inside = documents.ingest(folder)
        assert (inside.outcome, inside.document.id) == ("moved", first.document.id)
        documents.delete(archive.document.id)
        assert held(documents) == ([], [])

    def test_what_comes_into_one_is_as_sensitive(self, documents, write):
        (first,) = documents.ingest(write("m.eml", data=mail("Sans pièce.")))
        documents.describe(first.document.id, sensitivity=3, owner="DRH")
        _, inside = documents.ingest(write("m.eml", data=mail("Avec pièce.", {"d.md": LEAVE})))
        assert (inside.document.sensitivity, inside.document.owner) == (3, "DRH")

    def test_two_files_of_one_name_are_two(self, documents, write, folder, held):
        path = folder / "deux.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.md", LEAVE)
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr("a.md", BADGE)
        documents.ingest(path)
        assert len(held(documents)[0]) == 3


class TestFailures:
    def test_a_file_that_fails_says_so_and_stops_no_other(self, documents, write, folder, held):
        write("a.pdf", data=b"%PDF-1.7 broken")
        write("b.md", LEAVE)
        failed, added = documents.ingest(folder)
        assert (failed.outcome, failed.error.code, added.outcome) == ("failed", "pdf_broken", "added")
        document = documents.get(failed.document.id)
        assert (document.state, document.problem[0]) == ("failed", "pdf_broken")
        assert documents.original(document.id) == b"%PDF-1.7 broken"
        held(documents)

    def test_and_is_whole_once_the_cause_is_gone(self, start, write, held):
        path = write("lot.zip", data=zipped({"a.md": LEAVE, "gros.txt": b"mot" + b" " * 1_100_000}))
        strict = start(max_unpacked_megabytes=1)
        (failed,) = strict.documents.ingest(path)
        assert (failed.document.state, failed.error.code) == ("failed", "package_too_large")
        strict.close()
        documents = start().documents
        document = documents.retry(failed.document.id)
        assert (document.state, document.problem) == ("indexed", None)
        assert names(documents) == ["a.md", "gros.txt", "lot.zip"]
        held(documents)

    def test_a_retry_in_vain_keeps_the_error(self, documents, write):
        (failed,) = documents.ingest(write("a.pdf", data=b"%PDF-1.7 broken"))
        assert documents.retry(failed.document.id) == documents.get(failed.document.id)
        assert documents.get(failed.document.id).problem[0] == "pdf_broken"

    def test_a_reader_that_breaks_fails_one_file(self, documents, write, folder, held, monkeypatch):
        from assistai.documents import preparing

        whole = preparing.read_document

        def breaks(data, name, settings):
            return whole(data, name, settings) if name != "a.md" else {}["nothing"]

        write("a.md", LEAVE)
        write("b.md", BADGE)
        with monkeypatch.context() as patch:
            patch.setattr(preparing, "read_document", breaks)
            failed, added = documents.ingest(folder)
        assert (failed.error.code, added.outcome) == ("file_unreadable", "added")
        assert "KeyError" in str(failed.error)
        assert documents.retry(failed.document.id).state == "indexed"
        held(documents)

    def test_an_unreadable_new_version_is_told(self, documents, write, held):
        (first,) = documents.ingest(write("a.md", LEAVE))
        (second,) = documents.ingest(write("a.md", data=b" \n"))
        assert (second.outcome, second.document.id) == ("failed", first.document.id)
        assert documents.get(first.document.id).state == "failed"
        assert held(documents)[1] == []
        documents.ingest(write("a.md", LEAVE))
        assert documents.get(first.document.id).state == "indexed"

    def test_a_retry_without_the_file_says_what_to_do(self, documents, write, tmp_path):
        (failed,) = documents.ingest(write("a.pdf", data=b"%PDF-1.7 broken"))
        for path in (tmp_path / "var" / "originals").iterdir():
            path.unlink()
        with pytest.raises(WorkspaceError, match="Add it again"):
            documents.retry(failed.document.id)
        assert documents.get(failed.document.id).problem[0] == "pdf_broken"
        assert documents.check().clean

    @pytest.mark.parametrize("name", ["a.md", "m.eml"])
    def test_a_document_whose_file_is_lost_stays_as_it_is(self, documents, write, tmp_path, name):
        data = mail(LEAVE, {"d.md": BADGE}) if name == "m.eml" else None
        first = documents.ingest(write(name, LEAVE, data=data))[0].document
        for path in (tmp_path / "var" / "originals").iterdir():
            path.unlink()
        with pytest.raises(WorkspaceError):
            documents.retry(first.id)
        assert documents.get(first.id) == first
        assert found(documents, "congés") == {name}
        documents._library.change(first.id, state="embedding")  # as `describe` leaves it when it is cut short
        assert documents.resume() == 1
        state = "partly" if name == "m.eml" else "indexed"  # whether all that is inside was read is not known
        assert (documents.get(first.id).state, found(documents, "congés")) == (state, {name})
        assert documents.check().clean

    def test_a_file_name_that_is_no_text_is_taken_in(self, documents, write, folder, held):
        path = write("guide.md", LEAVE)
        odd = os.fsencode(folder) + b"/caf\xe9.md"
        os.rename(path, odd)
        (result,) = documents.ingest(folder)
        assert (result.name, result.outcome) == ("caf\\xe9.md", "added")
        os.rename(odd, path)
        (again,) = documents.ingest(folder)
        assert (again.outcome, again.document.id) == ("moved", result.document.id)
        held(documents)

    def test_what_does_not_exist_is_refused(self, documents, folder):
        with pytest.raises(AssistAIError, match="does not exist"):
            documents.ingest(folder / "absent.md")


class TestCancelling:
    @pytest.mark.parametrize("done", range(1, 7))
    def test_leaves_each_file_whole_or_away(self, documents, write, folder, held, done):
        for name in "abc":
            write(f"{name}.md", LEAVE + name, *[f"{BADGE} {n}" for n in range(40)])
        write("d.zip", data=zipped({"x.md": MEAL, "y.md": BADGE}))
        sources = documents.sources(folder)
        running = documents.ingest_each(sources, Details())
        taken = [next(running).name for _ in range(done)]
        running.close()
        unfinished = [document.name for document in documents.list() if document.state == "embedding"]
        assert names(documents) == sorted(taken)
        assert unfinished == (["d.zip"] if "d.zip" in taken and "y.md" not in taken else [])
        held(documents)
        assert names(documents) == sorted({*taken, *(["x.md", "y.md"] if "d.zip" in taken else [])})
        documents.ingest(folder)
        assert len(held(documents)[0]) == 6

    @pytest.mark.parametrize("stage", ["reading", "embedding", "done"])
    def test_by_an_error_of_who_watches(self, documents, write, folder, held, stage):
        write("a.md", LEAVE)
        write("b.md", *[f"{BADGE} {n}" for n in range(40)])

        def watch(progress):
            if progress.name == "b.md" and progress.stage == stage:
                raise RuntimeError("stop")

        with pytest.raises(RuntimeError, match="stop"):
            documents.ingest(folder, progress=watch)
        assert {document.state for document in documents.list()} == {"indexed"}
        assert names(documents) == (["a.md", "b.md"] if stage == "done" else ["a.md"])
        held(documents)

    def test_a_new_version_that_was_begun_is_finished(self, documents, write, folder, held):
        write("a.md", LEAVE)
        documents.ingest(write("b.md", BADGE), folder)
        write("a.md", LEAVE, MEAL)
        write("b.md", BADGE, MEAL)
        running = documents.ingest_each(documents.sources(folder), Details())
        assert next(running).name == "a.md"
        running.close()
        assert {document.state for document in documents.list()} == {"indexed"}
        held(documents)

    def test_what_was_handed_over_is_not_read_again(self, documents, held):
        reads = []

        def read(name):
            reads.append(name)
            return f"# {name}\n\n{LEAVE} {name}".encode()

        sources = [Source(f"upload:{name}", f"{name}.md", partial(read, name)) for name in "abcdef"]
        running = documents.ingest_each(sources, Details())
        next(running)
        running.close()
        assert set(reads) <= {"a", "b"}
        assert names(documents) == ["a.md"]
        held(documents)


def test_what_is_described_while_it_is_taken_in_stays(documents, write, held):
    path = write("a.md", *[f"{BADGE} {n}" for n in range(60)])
    described = []

    def watch(progress):
        if progress.stage == "embedding" and progress.fraction > 0.5 and not described:
            described.append(documents.describe(documents.list()[0].id, sensitivity=3))

    documents.ingest(path, progress=watch)
    (document,) = documents.list()
    assert (document.state, document.sensitivity, len(described)) == ("indexed", 3, 1)
    held(documents)
    assert not documents.search("badge", wanted=Filter(max_sensitivity=2))
    assert all(hit.cosine is not None for hit in documents.search("badge", wanted=Filter(max_sensitivity=3), limit=1))


def test_what_is_deleted_while_it_is_taken_in_stays_away(documents, write, held):
    path = write("a.md", *[f"{BADGE} {n}" for n in range(60)])

    def watch(progress):
        if progress.stage == "embedding" and progress.fraction > 0.5 and documents.list():
            documents.delete(documents.list()[0].id)

    documents.ingest(path, progress=watch)
    assert held(documents) == ([], [])


def test_what_is_no_longer_in_the_folder_leaves_the_library(documents, folder, write, held):
    kept, gone = write("garde.md", "Le badge se retire à la loge."), write("sous/parti.md", "Le parking ouvre à 7 h.")
    elsewhere = write("../ailleurs/autre.md", "La cantine ferme à 14 h.")
    documents.ingest(folder)
    documents.ingest(elsewhere)
    gone.unlink()
    outcomes = {(one.name, one.outcome) for one in documents.ingest(folder)}
    assert outcomes == {("garde.md", "unchanged"), ("parti.md", "removed")}
    assert {document.name for document in documents.list()} == {"garde.md", "autre.md"}
    held(documents)
    kept.unlink()
    assert documents.ingest(folder) == []  # an empty folder may be a drive that is not there
    assert len(documents.list()) == 2


def test_threads_that_bring_and_delete_the_same_files_leave_a_whole_index(documents, write):
    folder = write("a.txt", data=b"Le seuil est de neuf. " * 40).parent
    for number in range(4):
        write(f"{number}.txt", data=f"Le seuil {number} est de dix. ".encode() * 40)
    failures = []

    def do(work):
        try:
            work()
        except AssistAIError as error:
            failures.append(error)

    def delete():
        for document in documents.list():
            with contextlib.suppress(WorkspaceError):  # the other thread has it already
                documents.delete(document.id)

    works = [lambda: documents.ingest(folder), lambda: documents.ingest(folder), delete]
    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert documents.check().clean
