"""Words on the screen: text of documents is shown as it is."""

import pytest

from assistai.ui import text
from assistai.ui.text import plain, spoken

NO_BREAK = "\N{NO-BREAK SPACE}"


def _read(markdown):
    return markdown.replace(":small[]", "").replace("\\", "")


@pytest.mark.parametrize("text", ["https://exemple.fr/a", "www.exemple.fr", "WWW.exemple.fr", "rh@exemple.fr"])
def test_addresses_are_split_so_that_no_link_is_made_of_them(text):
    shown = plain(text)
    assert not any(part in shown for part in ("//exemple", "www.", "www\\.", "WWW\\.", "rh@exemple"))
    assert _read(shown) == text


@pytest.mark.parametrize("text", ["**gras**", "[lien](x)", "<b>", "$x$", ":red[x]", "# titre"])
def test_markup_is_shown_and_has_no_effect(text):
    shown = plain(text)
    assert shown != text
    assert _read(shown) == text


@pytest.mark.parametrize("text", [":material/lock:", ":streamlit:", ":smile:", "a -> b", "a -- b", "a >= b", "a <-> b"])
def test_what_streamlit_reads_despite_backslashes_is_split(text):
    shown = plain(text)
    assert ":small[]" in shown
    assert _read(shown) == text


def test_no_break_spaces_stay_and_line_ends_become_spaces():
    assert plain(f" 128{NO_BREAK}€ \n par\u2003nuit\n") == f"128{NO_BREAK}€ par nuit"


def test_on_a_french_screen_no_line_begins_with_a_mark():
    assert _read(plain("Ville : Lyon ; Nuit : 90 €")) == f"Ville{NO_BREAK}: Lyon{NO_BREAK}; Nuit{NO_BREAK}: 90 €"
    assert _read(plain("« Oui » ?")) == f"«{NO_BREAK}Oui{NO_BREAK}»{NO_BREAK}?"
    assert _read(plain("le code :red[rouge]")) == "le code :red[rouge]"


def test_on_an_english_screen_spaces_stay_as_they_are(monkeypatch):
    monkeypatch.setattr(text, "language", lambda: "en")
    assert _read(plain("Town : Lyon ; night")) == "Town : Lyon ; night"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Note 01 parking", "Note 01 parking"),
        ("**Gras** <b>x</b> [l](http://a.fr) $y$ | z", "Gras b x /b l (http:+//a.fr) y z"),
        ("www.exemple.fr rh@exemple.fr", "www+.exemple.fr rh@+exemple.fr"),
        (":material/lock: :smile: :red[x]", ":+material/lock: :+smile: :+red x"),
        ("1. Titre", "+1. Titre"),
        ("- Titre -- suite", "+- Titre -+- suite"),
    ],
)
def test_what_is_only_read_aloud_has_no_marks_and_makes_nothing_of_itself(title, read):
    assert spoken(title).replace("\N{WORD JOINER}", "+") == read
