"""Words on the screen: text of documents is shown as it is."""

import pytest

from assistai.ui.text import plain

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
