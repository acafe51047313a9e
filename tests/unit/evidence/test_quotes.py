"""A model's quote, put right where that is certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.evidence.quotes import find_core, find_quote, is_verbatim

SOURCE = "Les non-cadres peuvent télétravailler un jour par semaine. Ce jour est fixe ; il est choisi pour six mois."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("peuvent télétravailler un jour par semaine", "peuvent télétravailler un jour par semaine"),
        ("se télétravailler un jour par semaine", "télétravailler un jour par semaine"),
        ("Ce jour est fixe, il est choisi pour un", "Ce jour est fixe ; il est choisi pour"),
        ("Ce jour est fixe, il est choisi pour toujours", None),
        ("télétravailler trois jours par semaine", None),  # a word in the middle is another statement
        ("le jour est choisi", None),
        ("un jour", "un jour"),
        ("", None),
    ],
)
def test_only_the_ends_of_a_quote_may_be_wrong(quote, found):
    span = find_core(quote, SOURCE)
    assert (SOURCE[slice(*span)] if span else None) == found


@given(st.text(alphabet="ab ,", max_size=60), st.text(alphabet="ab ,.", max_size=120))
def test_a_core_is_always_in_its_source(quote, source):
    span = find_core(quote, source)
    if span is not None:
        assert is_verbatim(source[slice(*span)], source)
    if exact := find_quote(quote, source):
        assert span == exact
