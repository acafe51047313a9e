"""Who may see a draft is kept with it: what was confidential once is so at every later change."""

import datetime as dt

from assistai import AssistAI, load_settings

BRIEF = "À : Claire\nObjet : comité\nDate : mardi 10 mars 2026\nHeure : 14h30"


def test_the_level_stays_with_the_draft(tmp_path):
    ai = AssistAI(load_settings(data_dir=tmp_path), clock=lambda: dt.datetime(2026, 3, 3, tzinfo=dt.UTC))
    draft = ai.drafts.draft("invitation", BRIEF, sensitivity="confidential")
    assert draft.sensitivity == "confidential"
    assert ai.drafts.revise(draft, instruction="plus chaleureux").sensitivity == "confidential"
    assert ai.drafts.revise(draft, body=draft.body + " Oui.").sensitivity == "confidential"
    assert {one.sensitivity for one in ai.drafts.variants(draft)} == {"confidential"}
    assert type(draft).model_validate_json(draft.model_dump_json()).sensitivity == "confidential"


def test_covering_mails_are_as_sensitive_as_their_minutes(tmp_path):
    ai = AssistAI(load_settings(data_dir=tmp_path))
    transcript = ai.meetings.read("Marc Petit : Sophie, tu peux réserver la salle ?\nSophie Martin : Oui, je réserve.")
    minutes = ai.meetings.summarise(transcript, sensitivity="restricted")
    assert {note.sensitivity for note in ai.drafts.covering_notes(minutes)} == {"restricted"}
