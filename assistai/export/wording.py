"""From minutes to their view: puts every record into the words of one language."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from assistai.export.view import (
    ActionView,
    DecisionView,
    DueView,
    MinutesView,
    QuestionView,
    QuoteView,
    StatementView,
    TopicView,
)
from assistai.i18n import catalogue, translate
from assistai.language.typography import format_date, format_time, french
from assistai.meetings.minutes import Action, Coverage, Decision, Due, Minutes, Question, Statement, Topic
from assistai.meetings.transcript import Transcript
from assistai.meetings.verification import is_verified
from assistai.records import Language, Quote
from assistai.settings import Settings

_STRETCHES = 30
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    r"""Return the text with every line break as `\n` and without the characters that XML 1.0 forbids."""
    return _UNPRINTABLE.sub("", _LINE_BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return the printable text on one line, without tabs or surrounding white space; NBSP are kept."""
    return re.sub(r"[ \t\n]+", " ", printable(text)).strip(" ")


def minutes_view(
    minutes: Minutes, language: Language, settings: Settings, transcript: Transcript | None = None
) -> MinutesView:
    """Return the minutes in words, labels in `language`, in the time zone and under the organisation of the settings.

    With the transcript, topics carry their times, summaries are checked too and warnings name their place.
    """
    return _Wording(minutes, language, settings, transcript).minutes()


def quote_view(quote: Quote, language: Language) -> QuoteView:
    """Return a quote in words: verbatim, within the quotation marks of the language."""
    text = printable(quote.quote)
    speaker = one_line(quote.speaker or "") or translate("export.no_speaker", language)
    if quote.start is None:
        place = translate("export.turn", language, number=quote.turn + 1)
    else:
        place = format_time(quote.start)
    return QuoteView(text, _quoted(text, language), speaker, place, f"{speaker}, {place}")


class _Wording:
    """One run of `minutes_view`: what every part needs to know, and a method a part."""

    def __init__(self, minutes: Minutes, language: Language, settings: Settings, transcript: Transcript | None) -> None:
        self.source = minutes
        self.language = language
        self.settings = settings
        self.transcript = transcript
        self.labels = catalogue("export", language)

    def say(self, key: str, **params: object) -> str:
        return translate(f"export.{key}", self.language, **params)

    def prose(self, text: str) -> str:
        return french(one_line(text)) if self.source.language == "fr" else one_line(text)

    def mark(self, verified: bool) -> str:
        return "" if verified else self.labels["unverified"]

    def minutes(self) -> MinutesView:
        source = self.source
        return MinutesView(
            language=self.language,
            text_language=source.language,
            title=one_line(source.title) or self.labels["minutes_of"],
            organisation=one_line(self.settings.organisation),
            date=format_date(source.date, self.language, weekday=True) if source.date else self.labels["no_date"],
            date_note=self.labels.get(f"date_from_{source.date_source}", "") if source.date else "",
            status=self.labels[f"status_{source.review.status}"],
            notice=self.notice(),
            participants=tuple(filter(None, map(one_line, source.participants))),
            topics=tuple(map(self.topic, source.topics)),
            decisions=tuple(map(self.decision, source.decisions)),
            actions=tuple(map(self.action, source.actions)),
            questions=tuple(map(self.question, source.questions)),
            coverage=tuple(self.coverage(source.coverage)),
            notices=tuple(self.notices()),
            labels=self.labels,
        )

    def notice(self) -> str:
        """Return the sentence on how the text was made and who answers for it."""
        made, review = self.source.provenance, self.source.review
        if made.model and made.engine == "embedded+model":
            engine = self.say("engine_both", model=one_line(made.model))
        elif made.model:
            engine = self.say("engine_model", engine=one_line(made.engine), model=one_line(made.model))
        elif made.engine == "embedded":
            engine = self.labels["engine_embedded"]
        else:
            engine = self.say("engine", engine=one_line(made.engine))
        prepared = self.say("prepared", engine=engine)
        name = one_line(review.reviewer or "")
        if review.status == "projet" or not name:
            return self.say("not_reviewed", prepared=prepared)
        if review.at is None:
            return self.say(f"reviewed_{review.status}", prepared=prepared, name=name)
        return self.say(
            f"reviewed_{review.status}_on",
            prepared=prepared,
            name=name,
            date=format_date(self.day(review.at), self.language),
        )

    def day(self, moment: dt.datetime) -> dt.date:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return aware.astimezone(ZoneInfo(self.settings.timezone)).date()

    def evidence(self, quotes: Iterable[Quote]) -> tuple[QuoteView, ...]:
        return tuple(quote_view(quote, self.language) for quote in quotes)

    def topic(self, topic: Topic) -> TopicView:
        return TopicView(self.prose(topic.title), self.topic_place(topic), tuple(map(self.statement, topic.summary)))

    def topic_place(self, topic: Topic) -> str:
        if topic.first is None or topic.last is None:
            return ""
        return self.places([(topic.first, topic.last)])

    def places(self, stretches: Sequence[tuple[int, int]]) -> str:
        """Return stretches of turns by their times where the transcript has them all, else by the turns' numbers."""
        times = [self.times(first, last) for first, last in stretches]
        if all(times):
            return ", ".join(times)
        return self.say("turns", stretch=", ".join(_stretch(first, last) for first, last in stretches))

    def times(self, first: int, last: int) -> str:
        turns = self.transcript.turns[first : last + 1] if self.transcript else ()
        times = [time for turn in turns for time in (turn.start, turn.end) if time is not None]
        return f"{format_time(min(times))} – {format_time(max(times))}" if times else ""

    def statement(self, statement: Statement) -> StatementView:
        stands = is_verified(statement.evidence, self.transcript) if self.transcript else bool(statement.evidence)
        stands = stands if statement.origin == "embedded" else statement.verified
        return StatementView(self.prose(statement.text), self.mark(stands), self.evidence(statement.evidence))

    def decision(self, decision: Decision) -> DecisionView:
        return DecisionView(
            id=decision.id,
            text=self.prose(decision.text),
            settled_by=self.settled_by(one_line(decision.decided_by or ""), tuple(map(one_line, decision.assent))),
            state=self.state(decision),
            mark=self.mark(decision.verified),
            evidence=self.evidence(decision.evidence),
        )

    def settled_by(self, name: str, assent: Sequence[str]) -> str:
        decided = self.say("decided_by", name=name) if name else ""
        if not assent:
            return decided
        separator = "\u00a0; " if self.language == "fr" else "; "
        agreed = self.say("agreed_by" if decided else "agreed_by_alone", names=", ".join(assent))
        return f"{decided}{separator}{agreed}" if decided else agreed

    def state(self, decision: Decision) -> str:
        if decision.state == "settled":
            return ""
        if decision.state == "revoked":
            return self.labels["revoked"]
        later = next((other for other in self.source.decisions if other.id and other.id == decision.replaced_by), None)
        return self.say("replaced_by", text=self.prose(later.text)) if later else self.labels["replaced"]

    def action(self, action: Action) -> ActionView:
        return ActionView(
            id=action.id,
            task=self.prose(action.task),
            owner=self.owner(action),
            due=self.due(action.due),
            mark=self.mark(action.verified),
            evidence=self.evidence(action.evidence),
        )

    def owner(self, action: Action) -> str:
        if action.owner:
            return one_line(action.owner)
        if len(action.owner_candidates) > 1:
            names = f" {self.labels['or']} ".join(map(one_line, action.owner_candidates))
            return self.say("ambiguous_owner", names=names)
        return self.labels["no_owner"]

    def due(self, due: Due) -> DueView:
        spoken = _quoted(printable(due.spoken), self.language) if due.spoken else ""
        if due.date:
            percent = round(due.confidence * 100)
            date = format_date(due.date, self.language, weekday=True)
            return DueView(date, date, spoken, str(percent), self.say("confidence", percent=percent))
        if due.spoken:
            reason = catalogue("due", self.language).get(due.reason or "", self.labels["reason_unknown"])
            return DueView(self.labels["due_unresolved"], "", spoken, "", reason)
        return DueView(self.labels["no_due"], note=self.labels["no_spoken_due"])

    def question(self, question: Question) -> QuestionView:
        asked_by = one_line(question.asked_by or "")
        return QuestionView(
            id=question.id,
            text=self.prose(question.text),
            asked_by=self.say("asked_by", name=asked_by) if asked_by else "",
            mark=self.mark(question.verified),
            evidence=self.evidence(question.evidence),
        )

    def coverage(self, coverage: Coverage) -> list[str]:
        """Return the receipt in sentences; of many uncited stretches the longest are named and the others counted."""
        sentences = [self.say("coverage_read", read=coverage.read, turns=coverage.turns)]
        sentences.append(self.say("coverage_cited", cited=coverage.cited))
        if coverage.off_record:
            sentences.append(self.say("coverage_off_record", count=coverage.off_record))
        if coverage.failed_parts:
            sentences.append(self.say("coverage_failed", parts=", ".join(map(one_line, coverage.failed_parts))))
        else:
            sentences.append(self.labels["coverage_whole"])
        longest = sorted(coverage.uncited, key=lambda stretch: stretch.first - stretch.last)[:_STRETCHES]
        if longest:
            places = self.places(sorted((stretch.first, stretch.last) for stretch in longest))
            left = len(coverage.uncited) - len(longest)
            named = f"{places}, {self.say('other_stretches', count=left)}" if left else places
            sentences.append(self.say("coverage_uncited", stretches=named))
        elif coverage.read:
            sentences.append(self.labels["coverage_all_cited"])
        return sentences

    def notices(self) -> list[str]:
        """Return the reader's warnings in words; a detail that the minutes do not keep is shown as an ellipsis."""
        messages = catalogue("notices", self.language)
        details = {notice.code: dict(notice.params) for notice in self.transcript.notices} if self.transcript else {}
        codes = [code for code in dict.fromkeys(self.source.notices) if code in messages]
        return [messages[code].format_map(defaultdict(lambda: "…", details.get(code, {}))) for code in codes]


def _quoted(text: str, language: Language) -> str:
    return f"«\u00a0{text}\u00a0»" if language == "fr" else f"“{text}”"


def _stretch(first: int, last: int) -> str:
    """Return the turns as people count them, from 1."""
    return str(first + 1) if first == last else f"{first + 1}–{last + 1}"
