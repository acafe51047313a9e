"""Chat models through LangChain: OpenAI and compatible servers, and every provider that `init_chat_model` knows."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistai.errors import MissingExtra, ModelError, ModelRefused, ModelReplyUnusable, ModelUnavailable, SettingsError
from assistai.models.chat import Heard, Message, Reply, Schema
from assistai.models.dialect import Dialect
from assistai.models.failures import RequestRefused, translated
from assistai.models.known import known_model
from assistai.models.replies import repeats, usable, without_thoughts
from assistai.models.server import ModelServer, is_loopback
from assistai.models.tokens import count_openai, estimate
from assistai.models.waiting import heard_while, tried_again
from assistai.records import Language, Usage
from assistai.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

OPENAI = "https://api.openai.com/v1"
_ADDRESSES = {"openai": OPENAI, "ollama": "http://127.0.0.1:11434"}
_EXTRAS = ("anthropic", "mistralai", "ollama")
_UNKNOWN_CONTEXT = 8192
_CONNECT_SECONDS = 10.0
_CHECK_EVERY = 400
_PIECES_A_TOKEN = 3
_CHARACTERS_A_TOKEN = 16
_SLACK = 200


class LangChainChatModel:
    """The chat model that `settings.model` names, as `provider:name`.

    `openai:` is spoken to by the openai package, at `settings.model_url` where that is set: any server that speaks Chat
    Completions. Other providers are spoken to by their LangChain package. Nothing is imported or sent before the first
    call. What a server refuses (JSON schema, `store`, a temperature…) is left out from then on. Safe to share between
    threads.

    Texts go to the address of the settings only: no redirect is followed, no tracing service is fed, no proxy stands
    before this machine's own servers, and a key is sent only where it was given for. A `free` model costs nothing,
    whatever the price list says.
    """

    def __init__(self, settings: Settings, *, free: bool = False) -> None:
        self.name = settings.model
        self._free = free
        self._settings = settings
        self._provider, _, self._model = settings.model.partition(":")
        if not self._provider or not self._model:
            raise SettingsError("model_name_invalid", name=settings.model)
        self._url = settings.model_url or _ADDRESSES.get(self._provider, "")
        self._at_openai = self._url.rstrip("/") == OPENAI
        self._known = known_model(self._provider, self._model)
        self._dialect = Dialect(newer=self._at_openai)
        self._server: ModelServer | None = None
        if self._provider == "openai" and not self._at_openai:
            self._server = ModelServer(self._url, settings.model_key.get_secret_value(), self._model)

    @property
    def remote(self) -> bool:
        """Whether texts leave this machine."""
        return not is_loopback(self._url)

    @property
    def context_tokens(self) -> int:
        """How many tokens messages and reply may have together.

        The setting, else what the server says, else what is known of the model by name, else 8192.
        """
        if self._settings.model_context_tokens:
            return self._settings.model_context_tokens
        return self._told_context or self._known.context or _UNKNOWN_CONTEXT

    @property
    def _told_context(self) -> int | None:
        if "_context" not in self.__dict__ and self._server is not None:
            try:
                self.__dict__["_context"] = self._server.context_tokens()
            except OSError:
                return None
        return self.__dict__.get("_context")

    def count_tokens(self, text: str) -> int:
        """Return the tokens of a text: tiktoken's count for OpenAI's models, the server's own, else a safe estimate."""
        if self._at_openai:
            return count_openai(text)
        counted = self._server.count_tokens(text) if self._server is not None else None
        return counted if counted is not None else estimate(text)

    def reply(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Schema | None = None,
        language: Language | None = None,
        heard: Heard | None = None,
    ) -> Reply:
        """Return the reply; what failed tries consumed is in its usage, or the error's. See `ChatModel.reply`."""
        call = _Call(tuple(messages), max_tokens, schema, heard or _unheard)
        spent: list[Usage] = []

        def once(number: int) -> Reply:
            told = number > 1
            streamed = self._streamed(call, told)
            spent.append(self._usage(streamed.read, streamed.written))
            _refuse_unfinished(streamed, needs_end=self._provider == "openai")
            text = usable(streamed.text, schema, language)
            return Reply(text, streamed.model or self._model, sum(spent[1:], spent[0]))

        try:
            return tried_again(once, retries=self._settings.model_retries, beat=lambda: call.heard(""))
        except ModelError as error:
            error.usage = sum(spent[1:], spent[0]) if spent else None
            raise

    def _usage(self, read: int | None, written: int | None) -> Usage:
        if self._free:
            return Usage(read, written, Decimal(0))
        known_price = self._at_openai or not self._settings.model_url
        return Usage(read, written, self._known.cost(read, written) if known_price else None)

    def _streamed(self, call: _Call, told: bool) -> _Streamed:
        """Return what one call streams, spoken to as the server understands it."""
        while True:
            try:
                return self._one_stream(call, told)
            except RequestRefused as error:
                if not self._dialect.adapt(error.said):
                    raise

    def _one_stream(self, call: _Call, told: bool) -> _Streamed:
        told = told or self._provider != "openai"
        messages, options = self._dialect.request(call.messages, call.max_tokens, call.schema, told=told)
        if self._provider == "ollama":  # which cuts what is longer than its context without a word
            sizes = {"num_predict": call.max_tokens, "num_ctx": self.context_tokens}
            options = {"options": {**sizes, "temperature": 0}}
        elif self._provider != "openai":
            options = {"max_tokens": call.max_tokens}
        model = self._chat_model
        streamed = _Streamed()
        pieces = self._pieces(model, [(message.role, message.text) for message in messages], options)
        checked = shown = 0
        for number, piece in enumerate(
            heard_while(
                pieces, silence=self._settings.model_timeout_seconds, beat=lambda: call.heard(streamed.readable)
            )
        ):
            streamed.add(piece)
            if (
                number > call.max_tokens * _PIECES_A_TOKEN + _SLACK
                or len(streamed.text) > call.max_tokens * _CHARACTERS_A_TOKEN + _SLACK
            ):
                raise ModelReplyUnusable("model_reply_endless")
            if len(streamed.text) - checked > _CHECK_EVERY:
                checked = len(streamed.text)
                if repeats(streamed.text):
                    raise ModelReplyUnusable("model_reply_repeats")
            if len(streamed.text) > shown:
                shown = len(streamed.text)
                call.heard(streamed.readable)
        return streamed

    async def _pieces(
        self, model: BaseChatModel, messages: list[tuple[str, str]], options: dict[str, Any]
    ) -> AsyncGenerator[AIMessageChunk, None]:
        """Stream the pieces of a reply; whatever the vendors raise becomes an error of ours."""
        import httpx
        import httpx2
        import openai
        from langchain_core.exceptions import LangChainException
        from langsmith import tracing_context

        # What comes last is what vendors' code raises on answers that are not what it expects.
        vendors = (LangChainException, openai.OpenAIError, httpx2.HTTPError, httpx.HTTPError, OSError, ValueError)
        malformed = (TypeError, LookupError, AttributeError, RuntimeError)
        begun = False
        try:
            with tracing_context(enabled=False):
                async for piece in model.astream(messages, **options):
                    begun = True
                    yield piece
        except (*vendors, *malformed) as error:
            raise translated(error, self._model, self._host, begun, dt.datetime.now(dt.UTC)) from None

    @property
    def _host(self) -> str:
        from urllib.parse import urlsplit

        return urlsplit(self._url).netloc or self._provider

    @cached_property
    def _chat_model(self) -> BaseChatModel:
        return self._openai() if self._provider == "openai" else self._other_provider()

    def _openai(self) -> BaseChatModel:
        import httpx2
        from langchain_openai import ChatOpenAI

        class ChatCompletions(ChatOpenAI):
            """ChatOpenAI whose pieces keep a refusal, which it drops from streams."""

            def _convert_chunk_to_generation_chunk(self, chunk: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
                piece = super()._convert_chunk_to_generation_chunk(chunk, *args, **kwargs)
                for choice in chunk.get("choices") or []:
                    if piece is not None and (refusal := (choice.get("delta") or {}).get("refusal")):
                        piece.message.additional_kwargs["refusal"] = refusal
                return piece

        key = self._settings.model_key.get_secret_value()
        if self._at_openai:
            key = key or os.environ.get("OPENAI_API_KEY", "")
            if not key:
                raise ModelRefused("model_key_missing", variable="OPENAI_API_KEY")
        timeout = httpx2.Timeout(self._settings.model_timeout_seconds, connect=_CONNECT_SECONDS)
        network: dict[str, Any] = {"timeout": timeout, "follow_redirects": False, "trust_env": self.remote}
        model = ChatCompletions(
            model=self._model,
            base_url=self._url,
            api_key=(lambda: key or "none"),
            max_retries=0,
            timeout=timeout,
            stream_chunk_timeout=None,
            use_responses_api=False,
            http_client=httpx2.Client(**network),
            http_async_client=httpx2.AsyncClient(**network),
        )
        if not self._at_openai:
            for client in (model.root_client, model.root_async_client):
                client.organization = client.project = None
        return model

    def _other_provider(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0, "max_retries": 0, "timeout": self._settings.model_timeout_seconds}
        if key := self._settings.model_key.get_secret_value():
            options["api_key"] = key
        if self._provider == "ollama":
            options = {"client_kwargs": {"timeout": self._settings.model_timeout_seconds}}
        if self._url:
            options["base_url"] = self._url
        try:
            model: BaseChatModel = init_chat_model(self._model, model_provider=self._provider, **options)
        except ImportError as error:
            provider = self._provider.replace("_", "-")
            package = f"assistai[{provider}]" if provider in _EXTRAS else f"langchain-{provider}"
            raise MissingExtra("model_package_missing", package=package) from error
        except ValueError as error:
            raise SettingsError("model_provider_unknown", provider=self._provider) from error
        return model


@dataclass(frozen=True, slots=True)
class _Call:
    messages: tuple[Message, ...]
    max_tokens: int
    schema: Schema | None
    heard: Callable[[str], None]


@dataclass(slots=True)
class _Streamed:
    """What arrived of a reply so far."""

    text: str = ""
    model: str = ""
    finish: str = ""
    refused: bool = False
    read: int | None = None
    written: int | None = None

    @property
    def readable(self) -> str:
        return without_thoughts(self.text)

    def add(self, piece: AIMessageChunk) -> None:
        self.text += str(piece.text)
        said: Mapping[str, Any] = piece.response_metadata
        self.model = said.get("model_name") or self.model
        self.finish = said.get("finish_reason") or said.get("stop_reason") or said.get("done_reason") or self.finish
        self.refused = self.refused or bool(piece.additional_kwargs.get("refusal"))
        if piece.usage_metadata is not None:
            self.read = (self.read or 0) + piece.usage_metadata["input_tokens"]
            self.written = (self.written or 0) + piece.usage_metadata["output_tokens"]


def _refuse_unfinished(streamed: _Streamed, *, needs_end: bool) -> None:
    """Raise where the reply was declined, cut at its greatest length, or ended without an end."""
    if streamed.refused or streamed.finish in ("content_filter", "refusal"):
        raise ModelRefused("model_declined")
    if streamed.finish in ("length", "max_tokens", "model_length"):
        raise ModelReplyUnusable("model_reply_cut")
    if needs_end and not streamed.finish:
        raise ModelUnavailable("model_broke_off", host="")


def _unheard(text: str) -> None:
    """Hear nothing."""
