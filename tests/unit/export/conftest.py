import datetime as dt

import pytest

from assistai.meetings.minutes import (
    Action,
    Coverage,
    Decision,
    Due,
    Minutes,
    Provenance,
    Question,
    Statement,
    Stretch,
    Topic,
)
from assistai.records import Quote
from assistai.settings import Settings

CREATED = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def quote(turn, speaker, text, start=None):
    return Quote(turn=turn, speaker=speaker, start=start, end=None if start is None else start + 4, quote=text)


@pytest.fixture
def settings(tmp_path):
    return Settings(_env_file=None, data_dir=tmp_path, organisation="Mairie de Saint-Étienne")


@pytest.fixture
def empty():
    return Minutes(
        title="",
        language="fr",
        coverage=Coverage(turns=0, read=0, cited=0),
        provenance=Provenance(source_sha256="", created_at=CREATED),
    )


@pytest.fixture
def minutes():
    """Minutes with every kind of item and every doubt that a format must show."""
    return Minutes(
        title="Comité de direction",
        date=dt.date(2026, 3, 2),
        date_source="filename",
        language="fr",
        participants=("Sophie Martin", "Paul Durand"),
        topics=(
            Topic(
                id="t1",
                title="Budget",
                first=0,
                last=9,
                summary=(
                    Statement(
                        text="Le budget baisse.", evidence=(quote(1, "Sophie Martin", "le budget baisse", 65.0),)
                    ),
                    Statement(text="Rien ne l'établit."),
                ),
            ),
            Topic(id="t2", title="Divers"),
        ),
        decisions=(
            Decision(
                id="d1",
                text="Le devis est accepté.",
                evidence=(quote(2, "Sophie Martin", "On valide le devis, d'accord ?", 200.0),),
                verified=True,
                decided_by="Sophie Martin",
                assent=("Paul Durand",),
            ),
            Decision(id="d2", text="Le séminaire a lieu à Lyon.", state="replaced", replaced_by="d3"),
            Decision(id="d3", text="Le séminaire a lieu à Nantes.", evidence=(quote(5, None, "ce sera Nantes"),)),
            Decision(id="d4", text="La prime est versée.", state="revoked", verified=True),
        ),
        actions=(
            Action(
                id="a1",
                task="Réserver la salle",
                owner="Sophie Martin",
                due=Due(spoken="vendredi", date=dt.date(2026, 3, 6), confidence=0.9),
                evidence=(quote(3, "Paul Durand", "tu réserves la salle pour vendredi ?", 3723.0),),
                verified=True,
            ),
            Action(id="a2", task="Envoyer la note", due=Due(spoken="bientôt", reason="vague"), verified=True),
            Action(id="a3", task="Relancer", owner_candidates=("Sophie Martin", "Sophie Leroy"), verified=False),
        ),
        questions=(
            Question(
                id="q1",
                text="Qui garde les clés ?",
                evidence=(quote(8, "Paul Durand", "qui garde les clés"),),
                verified=True,
                asked_by="Paul Durand",
            ),
        ),
        coverage=Coverage(
            turns=10,
            read=9,
            cited=5,
            off_record=1,
            failed_parts=("cue 17",),
            uncited=(Stretch.model_validate({"from": 6, "to": 8}),),
        ),
        provenance=Provenance(source_sha256="ab" * 32, created_at=CREATED),
    )
