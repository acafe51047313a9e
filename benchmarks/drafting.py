"""Drafts of the planted briefs: facts lost, facts invented, style errors left, placeholders missed (goals 0).

`python -m benchmarks.drafting [--model local:NAME|local:/path/to/file.gguf] [--limit N] [--verbose]`

Beside us stands `string.Template` of the standard library: the brief's notes between a salutation and a formula, as an
office's mail merge does it. With `--model` the same drafts are made by that model over our checks, and, as its peer, by
that model alone from the same prompt.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from string import Template

from assistai import AssistAI, Draft, load_settings
from assistai.drafting.draft import Source
from assistai.drafting.writing import clean_reply
from assistai.errors import ModelError
from assistai.models.prompts import load_prompt
from benchmarks.briefs import TODAY, BriefCase, facts_invented, facts_lost, load_briefs, placeholders_missed

MERGE = {
    "fr": Template("Madame, Monsieur,\n\n$notes\n\nCordialement,"),
    "en": Template("Dear Sir or Madam,\n\n$notes\n\nKind regards,"),
}


@dataclass
class Count:
    """What was counted over the drafts of one engine; a peer (not `ours`) lists nothing that found no place."""

    name: str
    ours: bool = True
    drafts: int = 0
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    style: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    worded: int = 0

    def add(self, case: BriefCase, draft: Draft, seconds: float) -> None:
        """Count one draft."""
        self.drafts += 1
        self.seconds.append(seconds)
        self.worded += draft.provenance.engine == "embedded+model"
        allowed = case.wanted.get("style", [])
        listed = draft if self.ours else draft.model_copy(update={"unplaced": ()})
        self.lost += [f"{case.id}: {text}" for text in facts_lost(case, listed)]
        self.invented += [f"{case.id}: {text}" for text in facts_invented(draft)]
        self.style += [f"{case.id}: {one.rule}" for one in draft.style if one.rule not in allowed]
        self.missed += [f"{case.id}: {text}" for text in placeholders_missed(case, draft)]

    def row(self) -> str:
        """Return the line of the table."""
        figures = (self.drafts, len(self.lost), len(self.invented), len(self.style), len(self.missed))
        cells = "".join(f"{figure:>11}" for figure in figures)
        return f"{self.name:<34}{cells}{statistics.median(self.seconds) * 1000:>11.0f}"


def measure(name: str, cases: Sequence[BriefCase], make: Callable[[BriefCase], Draft]) -> Count:
    """Return the counts of one way to make the drafts."""
    count = Count(name, ours=not name.endswith("(peer)"))
    for case in cases:
        start = time.perf_counter()
        draft = make(case)
        count.add(case, draft, time.perf_counter() - start)
    return count


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="", help="A chat model as in ASSISTAI_MODEL, run over the same briefs.")
    parser.add_argument("--limit", type=int, default=0, help="Only so many briefs of each file for the model.")
    parser.add_argument("--verbose", action="store_true", help="Name every fault.")
    options = parser.parse_args()
    cases = load_briefs()
    clock = dt.datetime.combine(TODAY, dt.time(10), dt.UTC)
    with tempfile.TemporaryDirectory() as folder:
        ours = AssistAI(load_settings(data_dir=folder, model=""), clock=lambda: clock).drafts

        def embedded(case: BriefCase) -> Draft:
            return ours.draft(case.kind, case.brief, language=case.language, sources=case.sources)

        before = {case.id: embedded(case) for case in cases}

        def merged(case: BriefCase) -> Draft:
            draft = before[case.id]
            return ours.revise(draft, body=MERGE[draft.language].substitute(notes=case.brief), subject="")

        counts = [measure("assistai, no model", cases, embedded), measure("string.Template (peer)", cases, merged)]
        if options.model:
            counts += _with_model(
                options.model, folder, clock, cases[:: max(1, len(cases) // options.limit)] if options.limit else cases
            )
    print(f"{'':<34}{'drafts':>11}{'lost':>11}{'invented':>11}{'style':>11}{'missed':>11}{'median ms':>11}")
    for count in counts:
        print(count.row())
    for count in counts[2:3]:
        print(
            f"worded by the model: {count.worded} of {count.drafts}; the others kept the templates' text, with a notice"
        )
    if options.verbose:
        for count in counts:
            for name in ("lost", "invented", "style", "missed"):
                for fault in getattr(count, name):
                    print(f"{count.name}: {name}: {fault}")


def _with_model(name: str, folder: str, clock: dt.datetime, cases: Sequence[BriefCase]) -> list[Count]:
    settings = load_settings(data_dir=folder, model=name)
    assistai = AssistAI(settings, clock=lambda: clock)
    drafts, model = assistai.drafts, assistai.chat_model
    assert model is not None

    def over_checks(case: BriefCase) -> Draft:
        return drafts.draft(case.kind, case.brief, language=case.language, sources=case.sources)

    def alone(case: BriefCase) -> Draft:
        base = drafts.draft(case.kind, case.brief, language=case.language, engine="embedded")
        prompt = load_prompt("drafting/message", base.language, settings)
        messages = prompt.render(kind=base.kind, tone=base.tone, address="", message=case.brief, notes="", thread=[])
        try:
            text = clean_reply(model.reply(messages, max_tokens=400).text)
        except ModelError:
            text = "…"
        bare = base.model_copy(update={"sources": (Source(name="brief", text=case.brief, date=TODAY),)})
        return drafts.revise(bare, body=text, subject="", engine="embedded")

    return [
        measure(f"assistai, {model.name[-18:]}", cases, over_checks),
        measure(f"{model.name[-18:]} alone (peer)", cases, alone),
    ]


if __name__ == "__main__":
    main()
