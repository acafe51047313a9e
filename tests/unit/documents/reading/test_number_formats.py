"""Numbers of cells as their formats show them: sections, conditions, scales, and formats that are not followed."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistai.documents.reading.cell_values import shown

ACCOUNTING = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (1234567.89, '0.0,,"M€"', "1,2M€"),
        (1234567, "#,##0,", "1 235"),
        (1500, "#,##0.0,", "1,5"),
        (12_500_000, '#,##0.0,,\\ "M€"', "12,5 M€"),
        (499, "0,", "0"),
    ],
)
def test_commas_behind_the_digits_divide_by_a_thousand(value, pattern, text):
    assert spaced(shown(value, pattern)) == text


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (1500, '[>=1000]0.0," k";0', "1,5 k"),
        (500, '[>=1000]0.0," k";0', "500"),
        (-5, '[>=1000]0.0," k";0', "-5"),
        (2e6, '[>=1000000]0.0,," M";[>=1000]0.0," k";0', "2,0 M"),
        (2000, '[>=1000000]0.0,," M";[>=1000]0.0," k";0', "2,0 k"),
        (2, '[>=1000000]0.0,," M";[>=1000]0.0," k";0', "2"),
        (1, '[=1]0" jour";0" jours"', "1 jour"),
        (-3, '[=1]0" jour";0" jours"', "-3 jours"),
        (-5, "[<0][Red]0;0", "-5"),
        (-5, '[<0]"perte de "0;0', "perte de 5"),
        (5, "[>=1000]0", "5"),
    ],
)
def test_the_section_whose_condition_holds_shows_a_number(value, pattern, text):
    assert spaced(shown(value, pattern)) == text


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (0, '0;-0;"néant"', "néant"),
        (0.3, '0;-0;"néant"', "0"),
        (-2, '0;-0;"néant"', "-2"),
        (-5.5, "#,##0.00;(#,##0.00)", "(5,50)"),
        (-5.5, "0.00;[Red]-0.00", "-5,50"),
        (-5.5, "0.00;[Red]0.00", "-5,50"),
        (-5, "0;0", "5"),
        (-1234.5, ACCOUNTING, "-1 234,50 €"),
        (0, ACCOUNTING, "- €"),
        ("absent", ACCOUNTING, "absent"),
        (7, "0;@", "7"),
        (-7, "0;@", "-7"),
        (0, "0;-0;;@", ""),
        (42, ";;;", ""),
        (-42, ";;;", ""),
        ("secret", ";;;", ""),
        ("A4", '0;-0;0;"réf. "@', "réf. A4"),
        ("A4", "General;General;General;General", "A4"),
        (1, 'General" kg"', "1 kg"),
        (3, '"a;b "0;-0', "a;b 3"),
    ],
)
def test_positive_negative_zero_and_texts_have_their_sections(value, pattern, text):
    """A colour alone does not tell a minus in a text."""
    assert spaced(shown(value, pattern)) == text


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (1.256, "0.##", "1,26"),
        (1.5, "0.0#", "1,5"),
        (1, "0.##", "1"),
        (0.5, "#.00", "0,50"),
        (0, "#", ""),
        (-0.3, "0", "0"),
        (5, '"$"#,##0.00', "5,00 $"),
        (-5, '"$"#,##0_);\\("$"#,##0\\)', "(5 $)"),
        (33612345678, '+##" "#" "##" "##" "##" "##', "+33 6 12 34 56 78"),
        (2.5e-7, "0.0E+00", "2,5E-07"),
    ],
)
def test_digits_stand_where_the_format_has_them(value, pattern, text):
    assert spaced(shown(value, pattern)) == text


@pytest.mark.parametrize(
    "pattern",
    ["# ?/?", "##0.0E+0", 'yyyy"a"0', "0.0.0", ",0", '0" k",', '0"', "0\\", "[", "[DBNum1]0", "0x", "0" * 256, "0.0,0"],
)
def test_by_a_format_that_is_not_followed_the_value_is_shown_in_full(pattern):
    assert shown(-1234567.891, pattern) == "-1234567,891"


@given(st.text(alphabet='0#?.,;%"\\[]<>=-E+@_* €$kRed1', max_size=20), st.floats(allow_nan=False), st.booleans())
def test_any_format_shows_something_or_nothing(pattern, value, whole):
    assert isinstance(shown(int(value) if whole and abs(value) < 1e300 else value, pattern), str)


@given(
    st.decimals(-(10**9), 10**9, places=4),
    st.integers(0, 4),
    st.integers(0, 2),
    st.booleans(),
)
def test_plain_formats_show_the_number_rounded(value, places, scale, grouped):
    pattern = ("#,##0" if grouped else "0") + "." * (places > 0) + "0" * places + "," * scale
    expected = (value / 1000**scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = shown(float(value), pattern)
    assert Decimal(text.replace("\u202f", "").replace(",", ".")) == expected
    assert ("\u202f" in text) == (grouped and abs(expected) >= 1000)


def spaced(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")
