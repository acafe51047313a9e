"""Answers with a chat model: prose over the passages that were found, every sentence checked against its quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistai.documents.answers import Answer, AnswerProvenance, AnswerSentence, Citation, Remark
from assistai.documents.unmentioned import NOT_MENTIONED, unmentioned
from assistai.errors import MissingExtra, ModelError, ModelReplyUnusable, PromptError
from assistai.evidence.claims import borne_out, check_claims
from assistai.evidence.quotes import find_core, whole_words, word_count
from assistai.language.sentences import sentence_spans
from assistai.models.chat import ChatModel, Reply
from assistai.models.prompts import load_prompt
from assistai.models.replies import check_language, is_whole
from assistai.models.streaming import texts_so_far
from assistai.settings import Settings

PROMPT = "documents/answer"

_ENVELOPE = 64
_LEAST_REPLY = 256
_ELSEWHERE = 4
"""Words from which a quote is looked for in other passages than the one named."""

_ON_THE_QUESTION = 0.5
"""Share of the question's words that must be in an answer that the embedded engine had not found."""


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


class _Evidence(_Written):
    passage: int
    quote: str = Field(json_schema_extra={"maxLength": 200})


class _Sentence(_Written):
    evidence: list[_Evidence] = Field(min_length=1, json_schema_extra={"maxItems": 2})
    text: str = Field(json_schema_extra={"maxLength": 300})


class _Prose(_Written):
    """Lengths are asked for, and a grammar holds a weak model to them; longer is taken all the same."""

    answered: bool
    sentences: list[_Sentence] = Field(json_schema_extra={"maxItems": 4})

    @classmethod
    def schema_for(cls, passages: int) -> dict[str, Any]:
        """Return the JSON schema of an answer over so many passages."""
        schema = cls.model_json_schema()
        schema["$defs"]["_Evidence"]["properties"]["passage"] |= {"minimum": 1, "maximum": passages}
        return schema


def write_answer(
    answer: Answer,
    passages: Sequence[Citation],
    model: ChatModel,
    settings: Settings,
    *,
    heard: Callable[[str], None] | None = None,
) -> Answer:
    """Return the embedded engine's answer in the model's prose, each sentence with citations that code has checked.

    `passages` are those that the model may see. A sentence none of whose quotes is in its passage is left out, and a
    remark says how many were; one that says more than its quotes stays and is marked unverified. Where no sentence is
    left that holds, where the model fails, and where it answers beside a question that the embedded engine had
    refused, the embedded answer stays, with a remark. `heard` is called with the sentences as they are written,
    unchecked; what it raises stops the work.
    """
    if not passages:
        return answer
    try:
        shown, reply = _ask(answer, passages, model, settings, heard)
        prose = _Prose.model_validate_json(reply.text)
        check_language("\n".join(sentence.text for sentence in prose.sentences), answer.language)
    except (ModelError, MissingExtra, PromptError) as error:
        return _with(answer, Remark(code="model_did_not_answer", params={"reason": error.message(answer.language)}))
    written = [_checked(sentence, shown) for sentence in prose.sentences if sentence.text]
    kept = [sentence for sentence in written if sentence is not None]
    if not prose.answered or not any(sentence.verified for sentence in kept):
        return _with(answer, Remark(code="model_found_nothing")) if answer.answered else answer
    if not answer.answered and not _is_on(answer.understood or answer.question, kept):
        return _with(answer, Remark(code="model_answered_beside"))
    lost = len(written) - len(kept)
    remarks = [Remark(code="model_sentences_removed", params={"count": str(lost)})] if lost else []
    said = [remark for remark in answer.remarks if remark.code != NOT_MENTIONED]  # of other quotes than the model's
    missing = unmentioned(answer.understood or answer.question, kept, answer.passages)
    prompt = load_prompt(PROMPT, answer.language, settings)
    return answer.model_copy(
        update={
            "answered": True,
            "sentences": tuple(kept),
            "remarks": (*said, *missing, *remarks),
            "provenance": AnswerProvenance(
                engine="embedded+model",
                model=reply.model or model.name,
                prompts=(prompt.reference,),
                tokens_read=reply.usage.read,
                tokens_written=reply.usage.written,
                cost_usd=reply.usage.cost,
            ),
        }
    )


def _ask(
    answer: Answer,
    passages: Sequence[Citation],
    model: ChatModel,
    settings: Settings,
    heard: Callable[[str], None] | None,
) -> tuple[Sequence[Citation], Reply]:
    """Return the passages that fit into the model's context, the nearest first, and its reply over them."""
    prompt = load_prompt(PROMPT, answer.language, settings)
    max_tokens = min(settings.model_max_tokens, max(_LEAST_REPLY, model.context_tokens // 4))
    room = model.context_tokens - max_tokens - _ENVELOPE
    question = answer.understood or answer.question
    for count in range(len(passages), 0, -1):
        records = [
            {"number": number, "title": passage.title, "text": passage.quote}
            for number, passage in enumerate(passages[:count], 1)
        ]
        messages = prompt.render(question=question, passages=records)
        if sum(model.count_tokens(message.text) for message in messages) <= room:
            break
    else:
        raise ModelReplyUnusable("model_context_small", model=model.name, tokens=model.context_tokens)

    def tell(text: str) -> None:
        if heard is not None:
            heard(" ".join(texts_so_far(text)))

    reply = model.reply(messages, max_tokens=max_tokens, schema=_Prose.schema_for(count), heard=tell)
    return passages[:count], reply


def _checked(sentence: _Sentence, passages: Sequence[Citation]) -> AnswerSentence | None:
    """Return a sentence with its citations as they stand in the documents; None where no quote of it does, or where it
    is cut or goes in circles."""
    if not is_whole(sentence.text):
        return None
    found = [citation for one in sentence.evidence if (citation := _citation(one, passages))]
    whole = len(found) == len(sentence.evidence)
    if not found:  # a sentence that was copied from the passage it names is its own quote
        copied = _cite(sentence.text, _named(sentence.evidence[0], passages))
        found, whole = ([copied], True) if copied else ([], False)
    citations = tuple(dict.fromkeys(citation for citation, _ in found))
    if not citations:
        return None
    around = list(dict.fromkeys(text for _, text in found))
    titles = [citation.title for citation in citations]
    holds = whole and not check_claims(sentence.text, around, names=titles)
    marked = tuple(citation.model_copy(update={"verified": citation.verified and holds}) for citation in citations)
    return AnswerSentence(text=" ".join(sentence.text.split()), citations=marked, verified=holds)


def _citation(evidence: _Evidence, passages: Sequence[Citation]) -> tuple[Citation, str] | None:
    """Return the quote as it stands in the passage named, or in the only other one that has it, and what is around."""
    if found := _cite(evidence.quote, _named(evidence, passages)):
        return found
    return _cite(evidence.quote, passages) if word_count(evidence.quote) >= _ELSEWHERE else None


def _named(evidence: _Evidence, passages: Sequence[Citation]) -> Sequence[Citation]:
    return passages[evidence.passage - 1 : evidence.passage] if evidence.passage > 0 else []


def _cite(quote: str, passages: Sequence[Citation]) -> tuple[Citation, str] | None:
    """Return a quote as it stands in the one passage that has it, and the sentences around it."""
    found = [(one, span) for one in passages if (span := find_core(quote, one.quote))]
    if len(found) != 1:
        return None
    passage, span = found[0]
    start, end = whole_words(passage.quote, *span)
    place = {"start": passage.start + start, "end": passage.start + end, "quote": passage.quote[start:end]}
    return passage.model_copy(update=place), _sentences_around(passage.quote, start, end)


def _sentences_around(text: str, start: int, end: int) -> str:
    spans = sentence_spans(text)
    touched = [number for number, (first, last) in enumerate(spans) if first < end and start < last]
    return text[spans[max(0, touched[0] - 1)][0] : spans[min(len(spans) - 1, touched[-1] + 1)][1]] if touched else text


def _is_on(question: str, sentences: Sequence[AnswerSentence]) -> bool:
    said = "\n".join(
        f"{sentence.text} {citation.quote}"
        for sentence in sentences
        if sentence.verified
        for citation in sentence.citations
    )
    return borne_out(question, said) >= _ON_THE_QUESTION


def _with(answer: Answer, remark: Remark) -> Answer:
    return answer.model_copy(update={"remarks": (*answer.remarks, remark)})
