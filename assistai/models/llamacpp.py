"""llama.cpp in this process (xllamacpp): a model file answers without a network, a key or a server to start."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr

from assistai.errors import MissingExtra, ModelUnavailable
from assistai.models.catalogue import LOCAL, local_model
from assistai.models.chat import Heard, Message, Reply, Schema
from assistai.models.langchain import LangChainChatModel
from assistai.records import Language
from assistai.settings import Settings

_CONTEXT = 8192
_CACHE_MEGABYTES = 256
_BEAT_SECONDS = 0.2
_opening = threading.Lock()


class LlamaServer:
    """llama.cpp's own server in a thread of this process, on a free port of the loopback address, behind a random key.

    `url` is its base URL for OpenAI's protocol. It answers one call at a time. Raises MissingExtra and ModelUnavailable
    (the file is no model that llama.cpp reads, or memory is short).
    """

    def __init__(self, path: Path, context_tokens: int = _CONTEXT) -> None:
        try:
            import xllamacpp
        except ImportError as error:
            raise MissingExtra("local_missing") from error
        self.key = secrets.token_urlsafe(32)
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.model_alias = {path.stem}
        parameters.n_ctx = context_tokens
        parameters.n_parallel = 1
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = 0
        parameters.api_keys = [self.key]
        parameters.cors_origins = "http://127.0.0.1"
        parameters.cache_ram_mib = _CACHE_MEGABYTES
        # One core stays free: llama.cpp's threads wait for each other, and a busy machine makes all of them wait.
        parameters.cpuparams.n_threads = max(1, min((os.cpu_count() or 1) - 1, 8))
        parameters.default_template_kwargs = {"enable_thinking": "false"}
        parameters.ui = False
        parameters.verbosity = -1
        try:
            self._server = xllamacpp.Server(parameters)
        except RuntimeError as error:
            raise ModelUnavailable("local_model_broken", path=path) from error
        self.url = f"{self._server.listening_address}/v1"

    def close(self) -> None:
        """Stop it and give its memory back."""
        del self._server


class LocalChatModel:
    """A chat model that runs in this process: `local:NAME` of the list, or `local:/path/to/file.gguf`.

    The file is loaded at the first call and shared by all that use it; a call raises ModelUnavailable where it is not
    here.
    """

    remote = False

    def __init__(self, settings: Settings) -> None:
        self.name = settings.model
        self._settings = settings
        name = settings.model.removeprefix(LOCAL)
        if name.endswith(".gguf"):
            self._path, known = Path(name).expanduser(), _CONTEXT
        else:
            entry = local_model(name)
            self._path, known = entry.path(settings), entry.context
        self.context_tokens = settings.model_context_tokens or known
        self._running: tuple[LlamaServer, LangChainChatModel] | None = None

    def reply(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        schema: Schema | None = None,
        language: Language | None = None,
        heard: Heard | None = None,
    ) -> Reply:
        """Return the reply, which costs nothing. See `ChatModel.reply`."""
        model = self._loaded(heard)
        return model.reply(messages, max_tokens=max_tokens, schema=schema, language=language, heard=heard)

    def count_tokens(self, text: str) -> int:
        """Return the model's own count of a text."""
        return self._loaded(None).count_tokens(text)

    def _loaded(self, heard: Heard | None) -> LangChainChatModel:
        """Return the model on a server that runs; a stop is heard while the file is loaded."""
        if not self._path.is_file():
            name = self.name.removeprefix(LOCAL)
            raise ModelUnavailable("local_model_missing", name=name, path=self._path)
        with ThreadPoolExecutor(1) as pool:
            loading = pool.submit(_server, self._path, self.context_tokens)
            while heard is not None and not wait([loading], _BEAT_SECONDS).done:
                heard("")
        server = loading.result()
        if self._running is None or self._running[0] is not server:
            of_server = {
                "model": f"openai:{self._path.stem}",
                "model_url": server.url,
                "model_key": SecretStr(server.key),
            }
            self._running = server, LangChainChatModel(self._settings.model_copy(update=of_server), free=True)
        return self._running[1]


def _server(path: Path, context_tokens: int) -> LlamaServer:
    with _opening:
        return _opened(path, context_tokens)


@lru_cache(maxsize=1)
def _opened(path: Path, context_tokens: int) -> LlamaServer:
    return LlamaServer(path, context_tokens)
