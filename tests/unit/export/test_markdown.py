import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from assistai.export.markdown import escape
from assistai.export.wording import one_line

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(source):
    return html.fromstring(f"<div>{RENDERER.render(source)}</div>")


@given(text=st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("*_`[]()<>#|~\\-+.:!&; 1\n"), max_size=60))
def test_any_text_is_shown_as_it_is(text):
    line = one_line(text)
    for prefix, suffix in (("- ", ""), ("## ", ""), ("> ", ""), ("a ", " b")):
        page = shown(f"{prefix}{escape(line)}{suffix}")
        content = page.text_content().strip()
        assert content == f"{prefix if prefix == 'a ' else ''}{line}{suffix}".strip()
        assert not page.xpath("//a | //img | //em | //strong | //code | //s | //li//ul | //li//h1")


@pytest.mark.parametrize("text", ["a|b", "| |", "\\|"])
def test_a_bar_stays_in_its_cell(text):
    page = shown(f"| x | y |\n| --- | --- |\n| {escape(text)} | z |")
    assert [cell.text_content() for cell in page.xpath("//td")] == [text, "z"]


@pytest.mark.parametrize("text", ["https://x.example/a", "www.x.example", "a@x.example"])
def test_addresses_do_not_become_links_on_github(text):
    assert text not in escape(text)
