"""Text in the many ways in which people and products write who speaks."""

import pytest

TWO = [("Marc Petit", "Bonjour à tous."), ("Sophie", "Oui."), ("Marc Petit", "On y va.")]
LAYOUTS = {
    "colon": "Marc Petit: Bonjour à tous.\nSophie: Oui.\nMarc Petit: On y va.",
    "french colon": "Marc Petit : Bonjour à tous.\nSophie : Oui.\nMarc Petit : On y va.",
    "unbreakable": "Marc Petit\u00a0: Bonjour à tous.\nSophie\u202f: Oui.\nMarc Petit\u00a0: On y va.",
    "blank lines": "Marc Petit : Bonjour à tous.\n\nSophie : Oui.\n\nMarc Petit : On y va.\n",
    "time first": "[00:00:03] Marc Petit : Bonjour à tous.\n[00:00:09] Sophie : Oui.\n[00:01:02] Marc Petit : On y va.",
    "time and name above": (
        "00:00:03 Marc Petit\nBonjour à tous.\n\n00:00:09 Sophie\nOui.\n\n00:01:02 Marc Petit\nOn y va."
    ),
    "name and time above": "Marc Petit   0:03\nBonjour à tous.\nSophie   0:09\nOui.\nMarc Petit   1:02\nOn y va.",
    "name (time):": "Marc Petit (00:03): Bonjour à tous.\nSophie (00:09): Oui.\nMarc Petit (01:02): On y va.",
    "name - time": "Marc Petit - 00:03\nBonjour à tous.\n\nSophie - 00:09\nOui.\n\nMarc Petit - 01:02\nOn y va.",
    "at time": "@0:03 - Marc Petit\nBonjour à tous.\n\n@0:09 - Sophie\nOui.\n\n@1:02 - Marc Petit\nOn y va.",
    "[name] time": (
        "[Marc Petit] 00:00:03\nBonjour à tous.\n\n[Sophie] 00:00:09\nOui.\n\n[Marc Petit] 00:01:02\nOn y va."
    ),
    "name, time, text": "Marc Petit\n0:03\nBonjour à tous.\nSophie\n0:09\nOui.\nMarc Petit\n1:02\nOn y va.",
    "time, name, text": "0:03\nMarc Petit\nBonjour à tous.\n0:09\nSophie\nOui.\n1:02\nMarc Petit\nOn y va.",
    "bold": "**Marc Petit** : Bonjour à tous.\n\n**Sophie** : Oui.\n\n**Marc Petit :** On y va.",
    "bold time": (
        "**[00:03] Marc Petit :** Bonjour à tous.\n\n**[00:09] Sophie :** Oui.\n\n**[01:02] Marc Petit :** On y va."
    ),
    "brackets": "[Marc Petit] Bonjour à tous.\n[Sophie] Oui.\n[Marc Petit] On y va.",
    "seconds": "Marc Petit [3.0s - 4.5s]: Bonjour à tous.\nSophie [9s - 10s]: Oui.\nMarc Petit [62s - 63s]: On y va.",
    "time of day": "Marc Petit - 9:02 AM\nBonjour à tous.\n\nSophie - 9:03 AM\nOui.\n\nMarc Petit - 1:00 PM\nOn y va.",
    "name alone": "Marc Petit\nBonjour à tous.\n\nSophie\nOui.\n\nMarc Petit\nOn y va.",
    "name colon alone": "Marc Petit :\nBonjour à tous.\n\nSophie :\nOui.\n\nMarc Petit :\nOn y va.",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(read, layout, said):
    assert said(read(LAYOUTS[layout])) == TWO


def test_times_are_seconds(read):
    for layout in ("time first", "time and name above", "name and time above", "name (time):", "time, name, text"):
        assert [turn.start for turn in read(LAYOUTS[layout]).turns] == [3.0, 9.0, 62.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_record_with_its_head(read, read_fixture, encoding, said, fixtures):
    text = (fixtures / "proces-verbal.txt").read_text("utf-8")
    transcript = read(text.encode(encoding), "pv.txt")
    assert (transcript.title, str(transcript.date), transcript.date_source) == (
        "Comité de direction",
        "2026-03-02",
        "metadata",
    )
    assert said(transcript) == [
        (None, "Ordre du jour : budget, locaux"),
        (
            "Marc Petit",
            "Bonjour, deux sujets : le budget et les locaux. Note : le devis est joint. https://exemple.fr : voir",
        ),
        ("Sophie Martin", "Oui. Rendez-vous à 14:30."),
        (None, "[hors procès-verbal]"),
        ("Marc Petit", "Ceci reste entre nous."),
        (None, "[fin]"),
        ("Sophie Martin", "On reprend."),
    ]


def test_google_meet(read_fixture, said):
    transcript = read_fixture("meet.txt")
    assert said(transcript) == [
        ("Ann Lee", "Hello there, let us"),
        ("Bob Ray", "Hi."),
        ("Ann Lee", "start with the plan."),
        ("Bob Ray", "Next item."),
    ]
    assert (transcript.title, str(transcript.date)) == ("Weekly sync", "2026-03-02")
    assert [turn.start for turn in transcript.turns] == [0.0, None, None, 300.0]


def test_otter(read_fixture, said):
    transcript = read_fixture("otter.txt")
    assert said(transcript) == [("Ann Lee", "Hello everybody, let's start."), ("Speaker 2", "OK. The plan: we ship.")]
    assert str(transcript.date) == "2026-03-12"


def test_teams_text_with_its_frame(read, said):
    text = (
        "Point hebdo-20260302_140000-Transcription de la réunion\n2 mars 2026, 02:00PM\n27m 42s\n"
        "Marc Petit a démarré la transcription\nMarc Petit   0:03\nOn commence\nSophie   0:09\nOui.\n"
        "Marc Petit a arrêté la transcription\n"
    )
    transcript = read(text)
    assert said(transcript) == [("Marc Petit", "On commence"), ("Sophie", "Oui.")]
    assert (transcript.title, str(transcript.date)) == ("Point hebdo", "2026-03-02")


@pytest.mark.parametrize(
    "text",
    [
        "Note : le devis est joint.",
        "Il faut retenir ceci : on valide le devis.",
        "Ordre du jour : budget, locaux.",
        "Voilà : c'est décidé.",
        "On se voit à 14:30 au siège.",
        "http://exemple.fr/a : la page.",
        "Le point important, c'est le suivant : on attend.",
        "Réponse attendue pour le lundi : oui ou non.",
    ],
)
def test_a_colon_makes_no_speaker(read, text, said):
    assert said(read(text)) == [(None, text)]
    labelled = f"Marc : Bonjour.\nSophie : Salut.\n{text}\nMarc : Bien.\nSophie : Oui."
    assert {turn.speaker for turn in read(labelled).turns} == {"Marc", "Sophie"}


@pytest.mark.parametrize(
    "name",
    [
        "Mme Durand, DRH",
        "M. Le Goff",
        "Dupont, Jean",
        "Jean-Pierre de La Tour",
        "SPEAKER_00",
        "Intervenant 2",
        "Q",
        "Right Hon. Ann Lee (Minister)",
        "LÉA",
    ],
)
def test_names_of_many_shapes(read, name, said):
    assert said(read(f"{name} : un.\nAnne : deux.\n{name} : trois.")) == [
        (name, "un."),
        ("Anne", "deux."),
        (name, "trois."),
    ]


def test_wrapped_lines_are_one_sentence(read):
    text = (
        "Marc : Bonjour à tous, nous sommes réunis aujourd'hui pour parler du budget de\n"
        "l'année prochaine et pour décider si nous gardons les locaux de la rue de la Paix ou\n"
        "si nous partons vers un autre quartier de la ville.\nSophie : Oui.\n"
    )
    first, second = read(text).turns
    assert "\n" not in first.text
    assert first.text.endswith("un autre quartier de la ville.")
    assert second.text == "Oui."


def test_dashes_and_paragraphs_without_speakers(read, said):
    assert said(read("- Bonjour.\n- Oui, bonjour.\n- On commence.")) == [
        (None, "Bonjour."),
        (None, "Oui, bonjour."),
        (None, "On commence."),
    ]
    assert said(read("Bonjour à tous.\n\nOn commence par le budget. Il est validé.")) == [
        (None, "Bonjour à tous."),
        (None, "On commence par le budget. Il est validé."),
    ]


def test_spellings_of_one_name_are_one_speaker(read):
    transcript = read("Marc Petit : un.\nMARC PETIT : deux.\nAnne : oui.\nMarc  Petit : trois.")
    assert transcript.participants == ("Marc Petit", "Anne")
