"""HTML and Markdown."""

import pytest


def test_headings_paragraphs_lists_and_tables_in_order(told):
    page = """<!DOCTYPE html><html><head><title>Achats &amp; contrats</title></head><body>
      <nav>Menu</nav><h1>Achats &amp; contrats</h1>Avant-propos
      <p>Seuil : <b>&lt;&nbsp;500&nbsp;€</b>, sinon devis.</p>
      <ul><li>un devis</li><li>deux devis<ol><li>écrits</li></ol></li></ul>
      <h3>Seuils</h3>
      <table><caption>Hors taxes</caption><tr><th>Montant</th><th>Accord</th></tr>
      <tr><td>1 000 €</td><td>chef</td></tr></table>
      <dl><dt>Délai</dt><dd>8 jours</dd></dl><pre>ligne 1\nligne 2</pre></body></html>"""
    assert told(page.encode(), "a.html") == [
        ("heading", 1, "Achats & contrats"),
        ("paragraph", 0, "Avant-propos"),
        ("paragraph", 0, "Seuil : <\u00a0500\u00a0€, sinon devis."),
        ("item", 0, "un devis"),
        ("item", 0, "deux devis"),
        ("item", 0, "écrits"),
        ("heading", 3, "Seuils"),
        ("paragraph", 0, "Hors taxes"),
        ("row", 0, "Montant : 1 000 € ; Accord : chef"),
        ("row", 0, "Délai : 8 jours"),
        ("paragraph", 0, "ligne 1"),
        ("paragraph", 0, "ligne 2"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>{}</script>",
        "<style>{}</style>",
        "<!-- {} -->",
        "<!--[if mso]><p>{}</p><![endif]-->",
        "<noscript>{}</noscript>",
        "<template><p>{}</p></template>",
        "<svg><text>{}</text></svg>",
        "<iframe>{}</iframe>",
        "<p>visible<script>{}</script></p>",
        "<table><tr><td>un<style>{}</style></td><td>deux</td></tr></table>",
        "<h2>Titre<!-- {} --></h2>",
        "<select><option>{}</option></select>",
        "<?php {} ?>",
        "<![CDATA[{}]]>",
        '<p style="color: red; DISPLAY : none">{}</p>',
        '<p style="visibility:hidden">{}</p>',
        '<p style="mso-hide:all">{}</p>',
        "<p hidden>{}</p>",
        "<div hidden><p>a</p><ul><li hidden>{}</ul></div>",
        "<table><tr><td>un<td>deux<tr hidden><td>{}<td>b</table>",
        "<h2>Titre<span style='display:none'>{}</span></h2>",
    ],
)
def test_what_is_not_shown_is_never_read(lines, hidden):
    page = f"<body><p>Début</p>{hidden.format('secret')}<p>Fin</p></body>"
    read = lines(page.encode(), "a.html")
    assert (read[0], read[-1]) == ("Début", "Fin")
    assert "secret" not in " ".join(read)


@pytest.mark.parametrize(
    "shown",
    [
        '<p aria-hidden="true">{}</p>',
        '<p hidden="until-found">{}</p>',
        '<p style="display: nonesuch; border-visibility: hidden">{}</p>',
        "<details><summary>Plus</summary>{}</details>",
    ],
)
def test_what_people_can_see_is_read(lines, shown):
    assert "secret" in " ".join(lines(f"<body><p>Début</p>{shown.format('secret')}".encode(), "a.html"))


def test_a_page_that_a_script_will_show_is_read(lines):
    assert lines(b"<body style='display:none'><p>Bonjour", "a.html") == ["Bonjour"]


@pytest.mark.parametrize(
    ("terms", "blocks"),
    [
        ("<dt>Durée du prêt<dd>21 jours<dt>Amende<dd>0,10 €", ["Durée du prêt : 21 jours", "Amende : 0,10 €"]),
        ("<dt>Accueil<dd>Mme Petit</dd><dd>poste 12", ["Accueil : Mme Petit ; poste 12"]),
        ("<dt>Lundi</dt><dt>Mardi<dd>9 h", ["Lundi, Mardi : 9 h"]),
        ("<div><dt>Prix<dd>4 €</div><div><dt>Âge<dd>18 ans</div>", ["Prix : 4 €", "Âge : 18 ans"]),
        ("<dt>Qui paie ?<dd><p>Le chef.</p><p>Sous 8 jours.</p>", ["Qui paie ? Le chef. Sous 8 jours."]),
        ("<dt>Pièces<dd>Il faut :<ul><li>un RIB<li>un devis</ul>", ["Pièces", "Il faut :", "un RIB", "un devis"]),
        ("<dt>A<dd>un<dl><dt>B<dd>deux</dl><dt>C<dd>trois", ["A", "un", "B : deux", "C : trois"]),
        ("<dt>Seul", ["Seul"]),
        ("Avant<p>Texte</p><dt>A<dd>un</dd><p>Après</p>", ["Avant", "Texte", "A : un", "Après"]),
        ("<dd>sans nom", ["sans nom"]),
    ],
)
def test_a_term_and_what_is_said_of_it_are_one_row(lines, terms, blocks):
    assert lines(f"<dl>{terms}</dl>".encode(), "a.html") == blocks


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><th rowspan=2>Ville<th colspan=2>Nuit<tr><th>semaine<th>week-end<tr><td>Lyon<td>110<td>95",
            ["Ville : Lyon ; Nuit semaine : 110 ; Nuit week-end : 95"],
        ),
        (
            "<tr><th>Site<th>Salle<th>Places<tr><td rowspan=2>Lyon<td>A<td>12<tr><td>B<td>8<tr><td>Paris<td>C<td>4",
            [
                "Site : Lyon ; Salle : A ; Places : 12",
                "Site : Lyon ; Salle : B ; Places : 8",
                "Site : Paris ; Salle : C ; Places : 4",
            ],
        ),
        ("<tr><td><th>2025<th>2026<tr><th>Repas<td>19<td>20", ["Repas ; 2025 : 19 ; 2026 : 20"]),
        ("<tr><td>a<td>1<td>2<tr><td>b<td>3<td>4<tr><td>c<td>5<td>6", ["a ; 1 ; 2", "b ; 3 ; 4", "c ; 5 ; 6"]),
        ("<tr><th colspan=2>Tarifs<tr><th>Lieu<th>Prix<tr><td>Lyon<td>9 €", ["Tarifs", "Lieu : Lyon ; Prix : 9 €"]),
        ("<tr><td colspan=x>a<td rowspan=-3>b", ["a ; b"]),
        ("<tr><td colspan=999999>a<td>b", ["a ; b"]),
        ("<tr><td>Un<p>deux</p>trois<br>quatre<td>b", ["Un deux trois quatre ; b"]),
        ("<tr><td><h2>Titre</h2><p>Texte.</p><td>Menu", ["Titre", "Texte.", "Menu"]),
    ],
)
def test_tables_keep_their_columns(lines, table, rows):
    assert lines(f"<table>{table}</table>".encode(), "a.html") == rows


def test_two_line_breaks_end_a_paragraph_one_does_not(lines):
    page = "<div>Bonjour,<br><br>Voici le\n\n   plan.<br>Zoé</div>"
    assert lines(page.encode(), "a.html") == ["Bonjour,", "Voici le plan. Zoé"]


def test_a_page_within_a_form_is_read(lines):
    page = '<body><form id="aspnetForm"><input value="x"><div><p>Intranet</p></div></form></body>'
    assert lines(page.encode(), "a.html") == ["Intranet"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_pages_are_decoded(lines, encoding):
    page = "<html><meta charset=x><body><p>Élève à l'étage, café du rez-de-chaussée</p></body></html>"
    assert lines(page.encode(encoding), "a.html") == ["Élève à l'étage, café du rez-de-chaussée"]


@pytest.mark.parametrize("start", [b"<!DOCTYPE html><p>", b"\xef\xbb\xbf <HTML><p>", b"<table><tr><td>"])
@pytest.mark.parametrize("name", ["a.xls", "a.docx", "a"])
def test_a_page_under_another_name_is_known_by_its_start(read, start, name):
    reading = read(start + b"Bonjour", name)
    assert (reading.format, [block.text for block in reading.blocks]) == ("html", ["Bonjour"])


def test_markdown_loses_its_marks_only(told):
    text = """---
author: Zoé
---
# Support & matériel

Un mot *important* : `a < b` et <nom>, voir [le site](https://x.example).<br>Suite.

<!-- à relire -->
Délai
-----

1. premier
2. deuxième
   - sous-point

> Une citation
> sur deux lignes

| Nature | Plafond |
|--------|---------|
| Repas  | 20 €    |

```
code <x>
```
"""
    assert told(text.encode(), "a.md") == [
        ("heading", 1, "Support & matériel"),
        ("paragraph", 0, "Un mot important : a < b et <nom>, voir le site. Suite."),
        ("heading", 2, "Délai"),
        ("item", 0, "premier"),
        ("item", 0, "deuxième"),
        ("item", 0, "sous-point"),
        ("paragraph", 0, "Une citation sur deux lignes"),
        ("row", 0, "Nature : Repas ; Plafond : 20 €"),
        ("paragraph", 0, "code <x>"),
    ]


def test_scripts_in_markdown_are_words_not_markup(lines):
    assert lines(b"Avant <script>alert(1)</script> apr\xc3\xa8s\n", "a.md") == ["Avant <script>alert(1)</script> après"]


@pytest.mark.parametrize(
    "struck",
    [
        "<del>5</del>",
        "<s>5</s>",
        "<strike><b>5</b></strike>",
        '<span style="color: red; text-decoration: line-through">5</span>',
        '<span style="TEXT-DECORATION-LINE:underline line-through;">5</span>',
    ],
)
def test_what_is_struck_through_is_no_source(lines, struck):
    assert lines(f"<p>Délai : {struck} <ins>8</ins> jours</p>".encode(), "a.html") == ["Délai : 8 jours"]


def test_a_style_that_strikes_nothing_through_is_read(lines):
    assert lines(b'<p style="text-decoration: underline; x: line-through">8 jours</p>', "a.html") == ["8 jours"]


def test_what_markdown_strikes_through_is_no_source(lines):
    text = "Le délai est de ~~5~~ 8 jours, soit ~10 à ~12.\n\n~~Abrogé.~~\n\n|Nom|Prime|\n|-|-|\n|A|~~90~~ 110 €|\n"
    assert lines(text.encode(), "a.md") == [
        "Le délai est de 8 jours, soit ~10 à ~12.",
        "Nom : A ; Prime : 110 €",
    ]
