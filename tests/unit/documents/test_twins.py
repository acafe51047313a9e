"""A file that the library holds already, inside an archive, a mail or an upload: never left out when that changes."""

import pytest
from made import mail, markdown, zipped

from assistai.documents.ingestion import Details, Source

LEAVE = "Les congés se demandent un mois avant le départ."
BADGE = "Le badge se retire à la loge du gardien."
MEAL = "Le repas est remboursé dans la limite de 20 euros."


def outcomes(results):
    return {result.name: result.outcome for result in results}


def sources(held, documents, folder):
    return [source.removeprefix(f"{folder.resolve()}/") for source, *_ in held(documents)[0]]


@pytest.fixture(params=["aa.md", "zz.md"])
def copy(request, documents, write):
    """A file that is also in lot.zip, which was there first, before it or after it in the folder."""
    documents.ingest(write("lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE})))
    return write(request.param, data=markdown(LEAVE))


def test_what_an_archive_holds_is_held_once(documents, copy, folder, held):
    before = held(documents)
    assert sorted(outcomes(documents.ingest(folder)).values()) == ["duplicate", "unchanged", "unchanged", "unchanged"]
    assert held(documents) == before


def test_the_copy_stays_when_the_archive_is_deleted(documents, copy, folder, held):
    documents.ingest(folder)
    (folder / "lot.zip").unlink()
    assert outcomes(documents.ingest(folder)) == {copy.name: "moved", "lot.zip": "removed"}
    assert sources(held, documents, folder) == [copy.name]


@pytest.mark.parametrize("new", [{"b.md": BADGE}, {"a.md": MEAL, "b.md": BADGE}, {"lot.md": MEAL}], ids=str)
def test_the_copy_is_taken_in_when_the_archive_no_longer_holds_it(documents, copy, folder, write, held, new):
    documents.ingest(folder)
    write("lot.zip", data=zipped(new))
    results = documents.ingest(folder)
    (outcome,) = (one.outcome for one in results if one.name == copy.name)
    assert outcome == ("added" if copy.name == "aa.md" or "a.md" in new else "unchanged")  # the document went there
    assert sources(held, documents, folder) == sorted([copy.name, "lot.zip", *(f"lot.zip!/{name}" for name in new)])
    assert {hit.document.name for hit in documents.search("congés") if hit.bm25} == {copy.name}


def test_the_archive_stays_whole_when_the_copy_that_came_first_is_deleted(documents, folder, write, held):
    copy = write("aa.md", data=markdown(LEAVE))
    write("lot.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
    documents.ingest(folder)
    copy.unlink()
    assert outcomes(documents.ingest(folder)) == {"lot.zip": "unchanged", "b.md": "unchanged", "a.md": "moved"}
    assert sources(held, documents, folder) == ["lot.zip", "lot.zip!/a.md", "lot.zip!/b.md"]


def test_and_when_only_the_copy_is_brought_after_the_archive_changed(documents, copy, folder, write, held):
    documents.ingest(folder)
    write("lot.zip", data=zipped({"b.md": BADGE}))
    assert outcomes(documents.ingest(copy)) == {copy.name: "added"}
    documents.ingest(folder / "lot.zip")
    assert sources(held, documents, folder) == sorted([copy.name, "lot.zip", "lot.zip!/b.md"])


def test_what_moves_from_one_archive_to_another_stays(documents, folder, write, held):
    write("b.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
    documents.ingest(folder)
    write("a.zip", data=zipped({"a.md": LEAVE, "c.md": MEAL}))
    write("b.zip", data=zipped({"b.md": BADGE}))
    documents.ingest(folder)
    assert sources(held, documents, folder) == "a.zip a.zip!/a.md a.zip!/c.md b.zip b.zip!/b.md".split()


def test_a_copy_of_an_attachment_stays_when_the_mail_loses_it(documents, folder, write, held):
    write("m.eml", data=mail("Voir la pièce.", {"d.md": LEAVE}))
    write("d.md", data=markdown(LEAVE))
    documents.ingest(folder)
    write("m.eml", data=mail("Sans pièce."))
    documents.ingest(folder)
    assert sources(held, documents, folder) == ["d.md", "m.eml"]


def test_a_copy_of_an_upload_that_changes_in_the_same_run_is_taken_in(documents, held):
    def bring(**texts):
        given = [Source(f"upload:{name}.md", f"{name}.md", text.encode) for name, text in texts.items()]
        return outcomes(documents.ingest_each(given, Details()))

    bring(b=LEAVE)
    assert bring(a=LEAVE, b=BADGE) == {"a.md": "added", "b.md": "updated"}
    assert bring(c=BADGE) == {"c.md": "duplicate"}
    assert [source for source, *_ in held(documents)[0]] == ["upload:a.md", "upload:b.md"]


def nest(depth):
    """Return an archive in an archive, so many times, each with a file of its own."""
    data = zipped({"0.md": LEAVE})
    for number in range(1, depth):
        data = zipped({f"{number}.md": f"{BADGE} {number}", f"{number}.zip": data})
    return data


@pytest.mark.parametrize("again", [False, True])
def test_an_archive_that_was_too_deep_to_be_read_whole_is_read_by_itself(documents, write, folder, held, again):
    documents.ingest(write("tout.zip", data=nest(4)))
    assert sources(held, documents, folder)[-1] == "tout.zip!/3.zip!/2.zip"  # refused
    lot = write("lot.zip", data=nest(3))
    found = outcomes(documents.ingest(folder if again else lot))
    assert (found["lot.zip"], found["1.md"], found["1.zip"]) == ("added", "added", "failed")
    inner = write("un.zip", data=nest(2))
    found = outcomes(documents.ingest(folder if again else inner))
    assert (found["un.zip"], found["1.md"], found["0.md"]) == ("added", "duplicate", "added")
    assert outcomes(documents.ingest(lot))["lot.zip"] == "unchanged"
    held(documents)


def test_one_level_too_deep_is_read_by_itself(start, write, held):
    inner = zipped({"a.md": LEAVE})
    documents = start(max_archive_depth=1).documents
    documents.ingest(write("tout.zip", data=zipped({"lot.zip": inner})))
    assert outcomes(documents.ingest(write("lot.zip", data=inner))) == {"lot.zip": "added", "a.md": "added"}
    held(documents)


def test_an_archive_whose_files_were_too_large_together_is_read_by_itself(start, write, held):
    inner = zipped({"a.txt": b"mot " * 200_000, "b.txt": b"autre " * 100_000})
    documents = start(max_unpacked_megabytes=2).documents
    outer = {"c.txt": bytes(f"{LEAVE} " * 10_000, "utf-8"), "lot.zip": inner}
    assert outcomes(documents.ingest(write("tout.zip", data=zipped(outer))))["b.txt"] == "failed"
    found = outcomes(documents.ingest(write("lot.zip", data=inner)))
    assert (found["lot.zip"], found["b.txt"]) == ("added", "added")
    held(documents)


@pytest.mark.parametrize("done", range(1, 6))
def test_an_archive_is_unfinished_until_its_copies_are_looked_at(documents, folder, write, held, done):
    write("a.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
    documents.ingest(folder)
    write("a.zip", data=zipped({"b.md": BADGE}))
    write("0.zip", data=zipped({"a.md": LEAVE, "c.md": MEAL}))
    running = documents.ingest_each(documents.sources(folder), Details())
    for _ in range(done):
        next(running)
    running.close()
    documents.resume()
    documents.ingest(folder)
    assert sources(held, documents, folder) == "0.zip 0.zip!/a.md 0.zip!/c.md a.zip a.zip!/b.md".split()


def test_resuming_alone_takes_in_what_was_put_off(documents, folder, write, held):
    write("a.zip", data=zipped({"a.md": LEAVE, "b.md": BADGE}))
    documents.ingest(folder)
    (folder / "a.zip").unlink()
    write("0.zip", data=zipped({"a.md": LEAVE, "c.md": MEAL}))
    running = documents.ingest_each(documents.sources(folder), Details())
    next(running), next(running)
    running.close()
    documents.resume()
    assert "0.zip!/a.md" in sources(held, documents, folder)
