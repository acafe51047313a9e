"""What a person made of a proposal: how many lines they added, changed and took out."""

from __future__ import annotations

from dataclasses import dataclass

from assistai.meetings.minutes import Action, Decision, Minutes, Question


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts of decisions, actions and questions that differ between a proposal and a text."""

    added: int
    changed: int
    removed: int

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.changed or self.removed)


def changes_since(proposal: Minutes, minutes: Minutes) -> Changes:
    """Return how many lines were added to, changed in and removed from the proposal; a new check is no change."""
    before, after = _lines(proposal), _lines(minutes)
    return Changes(
        added=len(after.keys() - before.keys()),
        changed=sum(after[line] != before[line] for line in after.keys() & before.keys()),
        removed=len(before.keys() - after.keys()),
    )


def _lines(minutes: Minutes) -> dict[str, Decision | Action | Question]:
    items: tuple[Decision | Action | Question, ...] = (*minutes.decisions, *minutes.actions, *minutes.questions)
    return {item.id: item.model_copy(update={"verified": False}) for item in items}
