"""From transcript to minutes, through the public API: what must hold for any meeting."""

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistai import AssistAI, load_settings
from assistai.meetings.composition import quotes
from assistai.meetings.transcript import Transcript, Turn
from assistai.meetings.verification import quote_stands

NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
PIECES = [
    "Sophie, tu peux réserver la salle pour vendredi ?",
    "Oui, je réserve.",
    "Je m'en occupe.",
    "On valide le devis.",
    "D'accord.",
    "Finalement on ne prend pas ce devis.",
    "Passons au point suivant, le budget.",
    "Qui garde les clés ?",
    "Je ne sais pas.",
    "Il faut que le rapport parte d'ici la fin du mois.",
    "[hors procès-verbal] Il va être licencié.",
    "[fin]",
    "Karim, can you send it by Friday?",
    "Sure, I'll do that.",
    "Let's go with option B.",
    "ok {vocalsound} uh so um",
    "C'est <b>gras</b> & {{7*7}} \\d+ ((( *",
    "",
]
TURNS = st.lists(
    st.tuples(
        st.sampled_from(["Sophie Martin", "Sophie Leroy", "Karim", "(.*)", None]),
        st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=3).map(" ".join),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def ai(tmp_path_factory):
    return AssistAI(load_settings(data_dir=tmp_path_factory.mktemp("var")), clock=lambda: NOW)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(turns=TURNS, date=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)))
def test_any_meeting_gives_minutes_whose_every_quote_stands(ai, turns, date):
    transcript = Transcript(tuple(Turn(n, who, text) for n, (who, text) in enumerate(turns)), date=date)
    minutes = ai.meetings.summarise(transcript)
    assert all(quote_stands(quote, transcript) for quote in quotes(minutes))
    assert all(item.verified for item in (*minutes.decisions, *minutes.actions, *minutes.questions))
    assert len(
        {item.id for item in (*minutes.topics, *minutes.decisions, *minutes.actions, *minutes.questions)}
    ) == len((*minutes.topics, *minutes.decisions, *minutes.actions, *minutes.questions))
    assert minutes.coverage.turns == minutes.coverage.read + minutes.coverage.off_record
    assert (
        minutes.coverage.cited + sum(gap.last - gap.first + 1 for gap in minutes.coverage.uncited)
        == minutes.coverage.read
    )
    assert json.loads(minutes.to_json())["schema"] == "assistai.minutes/1"
    if date is None:
        assert all(action.due.date is None for action in minutes.actions)
    assert ai.meetings.summarise(transcript) == minutes


def test_what_is_off_the_record_is_in_no_output(ai):
    text = (
        "Marc : Bonjour.\nMarc : [hors procès-verbal] Je vais licencier Zébulon demain.\n"
        "Sophie : On décide la fusion.\nSophie : [fin] Merci.\n"
    )
    minutes = ai.meetings.summarise(text, date=dt.date(2026, 3, 2))
    assert "Zébulon" not in minutes.to_json()
    assert "fusion" not in minutes.to_json()
    assert minutes.coverage.off_record >= 2


def test_without_a_date_what_is_due_says_why(ai):
    (action,) = ai.meetings.summarise("Marc : Je vais envoyer le budget avant vendredi.\nSophie : Merci.").actions
    assert (action.due.date, action.due.reason) == (None, "no_meeting_date")
    assert "vendredi" in action.due.spoken


def test_a_ten_hour_meeting_is_read_to_its_last_turn(ai):
    turns = []
    for number in range(6_000):
        text = (
            f"Alors sur le dossier numéro {number} euh je pense que nous avons bien avancé avec les équipes du service."
        )
        turns.append(Turn(number, ("Marc Petit", "Sophie Martin")[number % 2], text, number * 6.0, number * 6.0 + 5))
    turns.append(
        Turn(len(turns), "Marc Petit", "Je vais envoyer le rapport final à la préfecture.", 36_000.0, 36_005.0)
    )
    minutes = ai.meetings.summarise(Transcript(tuple(turns), date=dt.date(2026, 3, 2)))
    assert minutes.coverage.read == len(turns)
    assert minutes.actions[-1].evidence[0].turn == len(turns) - 1
    assert minutes.actions[-1].owner == "Marc Petit"


def test_progress_names_each_stage_and_an_exception_in_it_stops_the_work(ai):
    stages = []
    ai.meetings.summarise("Marc : Bonjour.", progress=lambda stage, fraction: stages.append((stage, fraction)))
    assert [stage for stage, _ in stages] == [
        "reading",
        "topics",
        "decisions",
        "actions",
        "questions",
        "checking",
        "done",
    ]
    assert [fraction for _, fraction in stages] == sorted(fraction for _, fraction in stages)
    assert stages[-1][1] == 1.0

    def cancel(stage, _fraction):
        if stage == "actions":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ai.meetings.summarise("Marc : Bonjour.", progress=cancel)
