"""Words on the screen: text of documents is shown as it is."""

import pytest

from assistai.ui.text import plain


@pytest.mark.parametrize("text", ["https://exemple.fr/a", "www.exemple.fr", "WWW.exemple.fr", "rh@exemple.fr"])
def test_addresses_are_split_so_that_no_link_is_made_of_them(text):
    shown = plain(text)
    assert not any(part in shown for part in ("//exemple", "www.", "www\\.", "WWW\\.", "rh@"))
    assert shown.replace(":small[", "").replace("]", "").replace("\\", "") == text


@pytest.mark.parametrize("text", ["**gras**", "[lien](x)", "<b>", "$x$", ":red[x]", "# titre"])
def test_markup_is_shown_and_has_no_effect(text):
    shown = plain(text)
    assert shown != text
    assert shown.replace("\\", "") == text
