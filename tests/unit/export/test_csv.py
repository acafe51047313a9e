import csv
import io

import pytest

from assistai.export import export
from assistai.meetings.minutes import Action


def rows(content, delimiter):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_french_excel_reads_columns_accents_and_days(minutes, settings):
    content = export(minutes, "csv", settings=settings)
    assert content.startswith(b"\xef\xbb\xbfAction;Responsable;")
    assert content.endswith(b"\r\n")
    first, second, third = rows(content, ";")
    assert (first["Action"], first["Responsable"], first["Échéance"]) == (
        "Réserver la salle",
        "Sophie Martin",
        "06/03/2026",
    )
    assert (first["Mots prononcés"], first["Vérifié"]) == ("vendredi", "oui")
    assert first["Citation"] == "«\u00a0tu réserves la salle pour vendredi ?\u00a0»"
    assert first["Moment"] == "01:02:03"
    assert (second["Responsable"], second["Échéance"]) == ("à désigner", "")
    assert third["Vérifié"] == "non"


def test_english_has_commas_and_iso_days(minutes, settings):
    first, *_ = rows(export(minutes, "csv", language="en", settings=settings), ",")
    assert (first["Task"], first["Due"], first["Verified"]) == ("Réserver la salle", "2026-03-06", "yes")


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', " =1", "＝1", "\t=1"])
def test_no_cell_is_a_formula(text, minutes, settings):
    action = Action(task=text, owner=text)
    changed = minutes.model_copy(update={"title": text, "actions": (action,)})
    (row,) = rows(export(changed, "csv", settings=settings), ";")
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in row.values())
    assert row["Action"] == "'" + text.strip()
