import pypdfium2
import pytest

from assistai.export import export


def test_metadata_pages_and_repeated_table_heads(minutes, settings):
    long = minutes.model_copy(update={"actions": minutes.actions * 30})
    pdf = pypdfium2.PdfDocument(export(long, "pdf", settings=settings))
    assert pdf.get_metadata_dict()["Title"] == "Comité de direction"
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) > 3
    assert pdf.is_tagged()
    assert all(f"Page {number} sur {len(pages)}" in text for number, text in enumerate(pages, 1))
    assert all("Responsable" in text for text in pages[1:-1])


@pytest.mark.parametrize("word", ["x" * 3000, "https://exemple.fr/" + "a/" * 400])
def test_a_word_longer_than_its_column_stays_on_the_page(word, minutes, settings):
    action = minutes.actions[0].model_copy(update={"task": word})
    pdf = pypdfium2.PdfDocument(export(minutes.model_copy(update={"actions": (action,)}), "pdf", settings=settings))
    for page in pdf:
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert all(right <= page.get_width() for _, _, right, _ in boxes)
