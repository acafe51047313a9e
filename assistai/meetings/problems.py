"""Where a chat model did not help with minutes, in words."""

from __future__ import annotations

from assistai.i18n import translate
from assistai.meetings.minutes import Provenance
from assistai.records import Language


def problem_texts(provenance: Provenance, language: Language) -> list[str]:
    """Return a line for each reason for which a model did not help, with the turns that it concerns, and for its lines
    that were left out."""
    places: dict[str, list[str]] = {}
    for problem in provenance.problems:
        reason = translate(f"errors.{problem.code}", language, **problem.params)
        place = places.setdefault(reason, [])
        if problem.first is not None:
            last = problem.first if problem.last is None else problem.last
            place.append(translate("prose.turns", language, first=problem.first + 1, last=last + 1))
    colon = "\u00a0: " if language == "fr" else ": "
    lines = [f"{', '.join(turns)}{colon}{reason}" if turns else reason for reason, turns in places.items()]
    if provenance.left_out:
        lines.append(translate("prose.left_out", language, count=provenance.left_out))
    return lines
