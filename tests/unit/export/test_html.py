from lxml import html

from assistai.export import export


def test_the_page_is_accessible_and_self_contained(minutes, settings):
    page = html.document_fromstring(export(minutes, "html", language="en", settings=settings))
    assert page.get("lang") == "en"
    assert [heading.text for heading in page.xpath("//h1")] == ["Comité de direction"]
    assert page.xpath("count(//thead//th[@scope='col'])") == 4
    assert page.xpath("count(//tbody//th[@scope='row'])") == 3
    assert not page.xpath("//script | //link | //img | //iframe | //@src | //@href | //@*[starts-with(name(), 'on')]")
    assert {quote.get("lang") for quote in page.xpath("//blockquote")} == {"fr"}


def test_what_people_wrote_is_never_markup(minutes, settings):
    evil = "<img src=x onerror=alert(1)></style><script>alert(1)</script>"
    decision = minutes.decisions[0].model_copy(update={"text": evil, "decided_by": evil})
    changed = minutes.model_copy(update={"title": evil, "participants": (evil,), "decisions": (decision,)})
    page = html.document_fromstring(export(changed, "html", settings=settings))
    assert not page.xpath("//script | //img")
    assert evil in page.text_content()
