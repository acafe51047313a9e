"""Properties of the writing core: typography settles, differences rebuild both texts, facts stand where they say."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistai import AssistAI, load_settings
from assistai.drafting.brief import parse_brief
from assistai.drafting.filling import clock_words
from assistai.drafting.housestyle import load_styles
from assistai.drafting.kinds import load_kinds
from assistai.drafting.linter import apply_fixes, lint
from assistai.drafting.mentions import find_mentions
from assistai.drafting.placing import unplaced
from assistai.drafting.reading import read_text
from assistai.drafting.revision import accepted, changes, sections
from assistai.language.typography import format_date
from benchmarks.briefs import facts_lost, plain

PIECES = st.sampled_from(
    """
    le la de et vous tu ton votre réunion budget mail e-mail Mr Mme. M. Durand 14h30 9h
    14:30 2pm 2:30 « » “ ” " ' ’ , ; : ! ? … ... ( )
    [à compléter : lieu] 1 mars 1er 12500 € 12 500 euros 20% n°12 1ère 2ème Etat A l'attention etc... les les coeur
    https://a.fr/x?y=2 a@b.fr agent·e·s agent(e)s RÉUNION URGENTE Cdlt suite à – -
    3 décembre 2026 mardi \n \u00a0 \u202f
    """.split(" ")
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)
STYLES = sorted(load_styles())
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize("name", STYLES)
@settings(max_examples=100, deadline=None)
@given(text=TEXTS | st.text(max_size=60))
def test_fixes_settle_and_findings_stand_in_the_text(name, text):
    style = load_styles()[name]
    for finding in lint(text, style, medium="mail"):
        start, end = finding.span
        assert 0 <= start <= end <= len(text)
        assert finding.fix is None or finding.fix != text[start:end]
    fixed = apply_fixes(text, lint(text, style), style)
    assert apply_fixes(fixed, lint(fixed, style), style) == fixed
    assert all(finding.fix is None for finding in lint(fixed, style))


@given(text=st.text(alphabet="ab 19h.:€'\"«»?!;\u00a0\u202f", max_size=40))
def test_placeholders_and_addresses_are_never_touched(text):
    style = load_styles()["public_fr"]
    whole = f"{text} [à compléter : lieu] {text} https://a.fr/x?y=1:2 a@b.fr"
    fixed = apply_fixes(whole, lint(whole, style), style)
    assert "[à compléter : lieu]" in fixed
    assert "https://a.fr/x?y=1:2" in fixed


@given(before=TEXTS, after=TEXTS)
def test_accepting_all_gives_the_new_text_and_none_the_old(before, after):
    found = changes(before, after)
    assert accepted(before, found, [one.id for one in found]) == after
    assert accepted(before, found, []) == before
    assert len({one.id for one in found}) == len(found)


@given(text=st.text(max_size=200))
def test_sections_joined_are_the_body(text):
    found = sections(text)
    assert found.head + found.message + found.foot == text


@settings(deadline=None)
@given(text=TEXTS | st.text(max_size=80), language=st.sampled_from(["fr", "en"]), base=DAYS)
def test_mentions_stand_where_they_say_and_do_not_overlap(text, language, base):
    end = 0
    for mention in find_mentions(text, language, base):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


@settings(deadline=None)
@given(day=DAYS, language=st.sampled_from(["fr", "en"]), weekday=st.booleans())
def test_a_date_that_we_write_is_read_as_that_date(day, language, weekday):
    found = find_mentions(f"x {format_date(day, language, weekday=weekday)}.", language, dt.date(2024, 5, 5))
    assert [mention.value.date for mention in found if mention.kind == "date"] == [day]
    assert not any(mention.value.weekday_differs for mention in found)


@settings(deadline=None)
@given(
    time=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    style=st.sampled_from(["14 h 30", "14h30", "14:30", "2.30 pm", "2:30 pm"]),
)
def test_a_time_that_we_write_is_read_as_that_time(time, style):
    language = "en" if style.endswith("pm") else "fr"
    found = find_mentions(f"rendez-vous à {clock_words(time, language, style)} précises", language, dt.date(2026, 1, 1))
    assert [mention.value for mention in found if mention.kind == "time"] == [time]


LINES = st.lists(
    st.sampled_from(
        [
            "réunion budget mardi 14h30, salle Vendôme",
            "remercier Mme Roux pour son accueil",
            "facture n° 2024-118 de 12 500 €",
            "avant le 4 décembre",
            "présence obligatoire",
            "À : M. Lefèvre",
            "Objet : point 7",
            "dire que le dossier 45 est clos",
            "lundi 3 décembre 2026 de 9h à 11h",
            "voir avec Paul Martin au 01 42 33 44 55",
            "Lieu : salle 12",
            "- 25 participants, 3 salles",
            "du 3 au 7 janvier inclus",
            "réponse avant vendredi",
            "code porte A1234",
        ]
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    clock = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
    return AssistAI(load_settings(data_dir=tmp_path_factory.mktemp("var")), clock=lambda: clock).drafts


class Case:
    def __init__(self, brief):
        self.brief = brief


@settings(max_examples=80, deadline=None)
@given(lines=LINES, kind=st.sampled_from([kind.id for kind in load_kinds()]))
def test_no_fact_of_any_brief_is_lost_or_invented(drafts, lines, kind):
    brief = "\n".join(lines)
    draft = drafts.draft(kind, brief)
    assert facts_lost(Case(brief), draft) == []
    assert [fact.text for fact in draft.facts if fact.trace == "untraced"] == []
    assert draft == drafts.draft(kind, brief)
    assert not [finding for finding in draft.style if finding.fix is not None]


@settings(deadline=None, max_examples=60)
@given(
    text=st.text(min_size=1, max_size=200).filter(lambda text: read_text(text).strip()),
    kind=st.sampled_from([kind.id for kind in load_kinds()]),
)
def test_any_text_is_a_brief(drafts, text, kind):
    draft = drafts.draft(kind, text)
    assert draft.body
    assert (
        not re.search(r"\{[a-z_]+(?::[a-z_]+)?\}|<[^<>|]*\|[^<>|]*>", draft.body.replace(text, ""))
        or "{" in text
        or "<" in text
    )


@given(text=TEXTS)
def test_what_is_written_word_for_word_is_placed(text):
    assert unplaced(text, text, "fr", dt.date(2026, 11, 25)) == ()


def test_a_brief_is_parsed_the_same_each_time():
    kind = load_kinds().get("invitation")
    text = "réunion mardi 14h30\nLieu : salle 12"
    first = parse_brief(text, kind, None, dt.date(2026, 11, 25))
    assert first == parse_brief(text, kind, None, dt.date(2026, 11, 25))
    assert plain(first.values["place"].text) == "salle 12"
