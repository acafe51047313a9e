"""Questions to the documents: passages found, answers quoted and checked, answers judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from assistai.documents.answers import Answer, Citation
from assistai.documents.opening import OpenLibrary
from assistai.documents.search import Hit, Legs
from assistai.language.words import detect_language
from assistai.records import SENSITIVITIES, Language
from assistai.workspace.document import Document
from assistai.workspace.scope import Filter

if TYPE_CHECKING:
    from assistai.models.chat import ChatModel
    from assistai.models.langchain_retriever import BaseRetriever

EVERYTHING = Filter()
"""The filter that lets all documents through."""


class Asking(OpenLibrary):
    """Finds passages in a library and answers with quotes that code has checked."""

    def search(self, question: str, *, limit: int = 10, wanted: Filter = EVERYTHING) -> Sequence[Hit]:
        """Return the passages nearest to a question, by words and by meaning, the nearest first.

        Passages that follow one another come joined, what several documents say comes once, and what is in force comes
        before what is not. A `limit` of 0 or less finds nothing.
        """
        from assistai.documents.editions.asking import may_ask_for_older
        from assistai.documents.search import CANDIDATES, fuse, join_neighbours, nearness, rank

        if limit <= 0:
            return []
        day = wanted.effective_on or self._clock().date()
        legs = self._legs(question, wanted, max(CANDIDATES, 2 * limit))
        fused = fuse(legs.lexical, legs.dense)[: 4 * limit + 20]
        older = may_ask_for_older(question)
        first = () if older else (limit + limit // 2,)  # mostly these tell who is among the best
        for count in (*first, len(fused)):
            passages = self._library.passages(name for name, _ in fused[:count])
            documents = self._library.by_id({passage.document_id for passage in passages.values()})
            newer = {one.superseded_by for one in documents.values() if one.superseded_by} - documents.keys()
            documents |= self._library.by_id(newer) if newer else {}
            asked_for = self._asked_for(question, documents, day) if older else frozenset()
            ranked = rank(legs, fused[:count], passages, documents, wanted, day, limit + 1, asked_for)
            unseen = fused[count : count + 1]
            if not unseen or (len(ranked) > limit and ranked[limit].score > nearness(unseen[0][1])):
                break
        texts: dict[str, str] = {}

        def text_of(document_id: str) -> str:
            if document_id not in texts:
                texts[document_id] = self._library.text_of(document_id)
            return texts[document_id]

        return join_neighbours(ranked[:limit], text_of)

    def answer(
        self,
        question: str,
        *,
        wanted: Filter = EVERYTHING,
        previous: str | None = None,
        engine: Literal["settings", "embedded"] = "settings",
        heard: Callable[[str], None] | None = None,
    ) -> Answer:
        """Return the sentences of the documents that answer, each with a quote that code has checked; or say that the
        documents do not answer, with the nearest passages.

        `previous` is the question before in a conversation: a follow-up ("et pour les cadres ?") keeps its subject.
        Where the settings name a chat model it writes the answer over the same passages, unless `engine` is "embedded";
        `heard` is then called with its sentences as they come, before they are checked.
        """
        found = self._find_answer(question, wanted, previous)
        model = self._chat_model() if engine == "settings" else None
        if model is None:
            return found
        from assistai.documents.writing import write_answer

        return write_answer(found, self._shown_to(model, found), model, self._settings, heard=heard)

    def _shown_to(self, model: ChatModel, answer: Answer) -> Sequence[Citation]:
        """Return the passages that a model may see: one on another machine sees nothing above the settings' level."""
        if not model.remote:
            return answer.passages
        highest = SENSITIVITIES.index(self._settings.remote_sensitivity)
        documents = self._library.by_id({passage.document for passage in answer.passages})
        return [one for one in answer.passages if documents[one.document].sensitivity <= highest]

    def _find_answer(self, question: str, wanted: Filter, previous: str | None) -> Answer:
        from assistai.documents.answering import answer

        return answer(
            question,
            previous=previous,
            search=lambda asked: self.search(asked, limit=8, wanted=wanted),
            embedder=self._sentence_embedder,
            library=self._library,
            wanted=wanted,
            day=wanted.effective_on or self._clock().date(),
            distinction=self._distinctions(detect_language(question)),
        )

    def _distinctions(self, language: Language) -> Callable[[Document], str]:
        """Return what tells a document from others of its title."""
        from assistai.documents.apart import told_apart

        @cache
        def alike() -> Mapping[str, Sequence[Document]]:
            return self._library.of_one_title()

        def distinction(document: Document) -> str:
            others = alike().get(document.title, ())
            return ", ".join(told_apart(document, others, language, self._settings.timezone).values())

        return distinction

    def judge(self, answer: Answer, *, helpful: bool, reason: str = "") -> None:
        """Keep what the user thinks of an answer."""
        self._library.judge(answer.question, answer.to_json(), helpful, reason.strip())

    def as_langchain_retriever(self, *, limit: int = 10, wanted: Filter = EVERYTHING) -> BaseRetriever:
        """Return a LangChain retriever over `search`, so that other tools plug in."""
        from assistai.models.langchain_retriever import retriever

        return retriever(lambda question: self.search(question, limit=limit, wanted=wanted))

    def _asked_for(self, question: str, documents: Mapping[str, Document], day: dt.date) -> frozenset[str]:
        """Return which of the documents are older editions that the question asks for."""
        from assistai.documents.editions.imprint import BEGINNING
        from assistai.documents.standing import standing

        texts = self._library.beginnings(documents.values(), BEGINNING)
        there = {name: one for name, one in documents.items() if name in texts}
        return standing(question, there, texts, day).asked_for

    def _legs(self, question: str, wanted: Filter, limit: int) -> Legs:
        from assistai.documents.search import dense_leg, look_up

        searcher = self._searcher
        vectors = dense_leg(self._index, searcher.name, wanted, limit) if searcher is not None else None
        return look_up(question, wanted, self._library, vectors, searcher, limit=limit)
