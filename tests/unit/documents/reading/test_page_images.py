"""Pictures of pages with the words of a quote marked."""

import io

import pytest
import typst
from built import pdf
from PIL import Image
from test_pdf_reading import SENTENCE, TURNS, grid, turned

from assistai.documents.reading.page_images import page_image
from assistai.errors import UnreadableInput

YELLOW = (255, 214, 0)
SCALE = 2.0


def marks(data, quote, page=1, around=("", "")):
    """Return the boxes of the marked lines on the picture, in points, top first; None where nothing is marked."""
    image = page_image(data, page, quote, around=around)
    picture = Image.open(io.BytesIO(image.png))
    width, height = picture.size
    pixels = picture.load()
    rows = [[x for x in range(width) if pixels[x, y] == YELLOW] for y in range(height)]
    found = []
    for y, row in enumerate(rows):
        if not row:
            continue
        if found and found[-1][3] == y:
            left, top, right, _ = found[-1]
            found[-1] = (min(left, row[0]), top, max(right, row[-1]), y + 1)
        else:
            found.append((row[0], y, row[-1], y + 1))
    assert bool(found) == image.marked
    return [tuple(value / SCALE for value in box) for box in found], (width / SCALE, height / SCALE)


def close(box, expected):
    return all(abs(value - other) < 8 for value, other in zip(box, expected, strict=True))


LINES = [(60, 500, 12, "Le badge est remis à l'accueil"), (60, 440, 12, "Il est strictement personnel.")]


@pytest.mark.parametrize("degrees", TURNS)
def test_the_quote_is_marked_where_it_is_shown_however_the_page_is_turned(degrees):
    boxes, (_, height) = marks(turned(LINES, degrees), "strictement personnel")
    assert len(boxes) == 1
    assert close(boxes[0], (86, height - 450, 208, height - 437))


@pytest.mark.parametrize("shown", [0, 180])
def test_on_a_page_shown_on_its_side_the_quote_is_marked_along_its_line(shown):
    boxes, (width, height) = marks(turned(LINES, 90, shown=shown), "strictement personnel")
    expected = (595 - 450, height - 208, 595 - 437, height - 86)
    left, top, right, bottom = expected
    assert len(boxes) == 1
    assert close(boxes[0], (width - right, height - bottom, width - left, height - top) if shown else expected)


def test_a_row_of_a_ruled_table_on_its_side_is_marked():
    cells = "[*Ville*], [*Plafond*], [Paris], [110 €], [Lyon], [90 €], [Nice], [80 €]"
    data = typst.compile(f"#rotate(-90deg, reflow: true)[#table(columns: (4cm, 4cm), {cells})]".encode())
    (paris, lyon) = (
        marks(data, text)[0] for text in ("Ville : Paris ; Plafond : 110 €", "Ville : Lyon ; Plafond : 90 €")
    )
    assert max(box[2] for box in paris) < min(box[0] for box in lyon)
    assert all(bottom - top > right - left for left, top, right, bottom in (*paris, *lyon))


@pytest.mark.parametrize("origin", [(0, 0), (100, 200), (-50, -80)])
def test_the_quote_is_marked_where_the_page_does_not_begin_at_zero(origin):
    x, y = origin
    moved = [(x + left, y + bottom, size, text) for left, bottom, size, text in LINES]
    boxes, size = marks(pdf(moved, box=(x, y, x + 595, y + 842)), "strictement personnel")
    assert close(boxes[0], (86, size[1] - 450, 208, size[1] - 437))


@pytest.mark.parametrize("quote", [SENTENCE, "l’efficacité des affectations", "la réglementation internationale"])
@pytest.mark.parametrize("width", ["5cm", "9cm"])
def test_ligatures_and_hyphens_at_line_ends_do_not_hide_a_quote(quote, width):
    setup = (
        f'#set page(width: {width}, height: auto)\n#set text(lang: "fr", hyphenate: true)\n#set par(justify: true)\n'
    )
    boxes, _ = marks(typst.compile((setup + SENTENCE).encode()), quote)
    assert (len(boxes) > 4) == (quote == SENTENCE)


def test_a_glyph_that_is_two_letters_is_marked():
    encoding = b"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[65/fi]>>>>"
    data = pdf([(50, 700, 12, "Le bureau ofAciel")]).replace(b"/Encoding/WinAnsiEncoding>>", encoding, 1)
    boxes, size = marks(data, "bureau officiel")
    assert close(boxes[0], (66, size[1] - 710, 143, size[1] - 698))


def test_a_quote_over_two_columns_is_marked_in_both():
    page = [(60, 200, 12, "Le plafond est fixé"), (320, 700, 12, "à cinquante euros.")]
    boxes, size = marks(pdf(page), "Le plafond est fixé à cinquante euros.")
    assert [round(box[0], -1) for box in boxes] == [320, 60]
    assert boxes[0][3] < size[1] - 690 < size[1] - 210 < boxes[1][3]


HEAD, FOOT = (60, 800, 10, "Guide du personnel"), (60, 40, 10, "Direction générale, édition de mars, page 1 sur 2")
WORDS = "Chaque agent dispose de vingt-cinq jours de congé par année civile, à prendre avec l'accord de son chef."


@pytest.mark.parametrize("cut", [1, 3, 5, 9, 12, 15, 16])
def test_of_a_quote_over_two_pages_each_page_shows_its_part(cut):
    words = WORDS.split()
    before, after = "Les congés sont posés en ligne.", "Le solde est au guichet."
    ends = [HEAD, (60, 300, 10, "Une autre règle est dite."), (60, 120, 10, before)]
    begins = [(60, 740, 10, " ".join(words[cut:])), (60, 700, 10, after), (60, 300, 10, "Chaque agent signe.")]
    data = pdf([*ends, (60, 100, 10, " ".join(words[:cut])), FOOT], [HEAD, *begins, FOOT])
    (first,), (_, height) = marks(data, WORDS, around=(before, after))
    (second,), _ = marks(data, WORDS, page=2, around=(before, after))
    assert abs(first[3] - (height - 100)) < 8
    assert abs(second[3] - (height - 740)) < 8


def test_words_that_a_page_ends_with_by_chance_are_no_part_of_a_quote():
    data = pdf([(60, 300, 10, "Les badges sont remis."), (60, 100, 10, "Chaque agent"), FOOT])
    assert not page_image(data, 1, WORDS, around=("Les congés sont posés.", "Le solde est au guichet.")).marked
    assert not page_image(data, 1, WORDS).marked


def test_a_row_named_by_its_columns_is_marked_as_it_stands():
    rows = [("Ville", "Nuit", "Repas"), ("Paris", "165 €", "24 €"), ("Lyon", "128 €", "21 €")]
    boxes, size = marks(pdf(grid(rows)), "Ville : Lyon ; Nuit : 128 € ; Repas : 21 €")
    assert len(boxes) == 1
    assert close(boxes[0], (60, size[1] - 370, 345, size[1] - 357))


def test_a_row_written_cell_by_cell_is_marked_cell_by_cell():
    page = [
        (60, 400, 12, "Dépôt"),
        (200, 400, 12, "le voyageur"),
        (200, 386, 12, "ou son chef"),
        (320, 400, 12, "Kelto"),
    ]
    boxes, _ = marks(pdf(page), "Étape : Dépôt ; Qui : le voyageur ou son chef ; Trace : Kelto")
    assert [(round(left, -1), round(right, -1)) for left, _, right, _ in boxes] == [(60, 350), (200, 260)]


@pytest.mark.parametrize("quote", ["Le taxi est remboursé la nuit.", "Nuit : 12 €", "", "…"])
def test_what_is_not_on_the_page_is_not_marked(quote):
    page = [(60, 400, 12, "Le train part à 12 h 12."), (60, 380, 12, "Il arrive à 13 h.")]
    image = page_image(pdf(page), 1, quote)
    assert not image.marked
    assert marks(pdf(page), quote)[0] == []


@pytest.mark.parametrize(
    ("around", "bottom"),
    [
        (("Badge visiteur\n\n", "\n\nCarte bancaire"), 480),
        (("Carte bancaire\n\n", ""), 420),
        (("… la veille.\n\nCarte bancaire\n\n", "\n\nPage suivante"), 420),
        (("", ""), 480),
    ],
)
def test_of_the_same_words_twice_those_are_marked_that_stand_where_the_quote_does(around, bottom):
    sentence = "Le délai est de cinq jours."
    page = [(60, 500, 12, "Badge visiteur"), (60, 480, 12, sentence)]
    page += [(60, 440, 12, "Carte bancaire"), (60, 420, 12, sentence)]
    boxes, (_, height) = marks(pdf(page), sentence, around=around)
    assert len(boxes) == 1
    assert abs(boxes[0][3] - (height - bottom)) < 8


def test_the_sign_beside_a_figure_is_marked_with_it():
    page = [(60, 400, 12, "Le repas est plafonné à 45 EUR et la nuit à 12 %")]
    (with_sign,), _ = marks(pdf(page), "la nuit à 12 %")
    (without,), _ = marks(pdf(page), "la nuit à 12")
    assert with_sign[2] > without[2] + 6


@pytest.mark.parametrize("page", [0, -1, 2, 10**6])
def test_a_page_that_is_not_there_is_an_error(page):
    with pytest.raises(UnreadableInput) as caught:
        page_image(pdf(LINES), page, "badge")
    assert caught.value.code == "pdf_broken"


def test_a_broken_file_is_an_error():
    with pytest.raises(UnreadableInput):
        page_image(b"%PDF-1.7 rien", 1, "badge")


def test_a_huge_page_makes_a_picture_of_bounded_size():
    picture = Image.open(io.BytesIO(page_image(pdf(LINES, size=(14_000, 14_000)), 1, "badge").png))
    assert max(picture.size) <= 2400
