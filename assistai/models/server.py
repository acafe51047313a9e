"""What an OpenAI-compatible server tells of its model: the context it really has, and how it counts tokens."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

_CONNECT_SECONDS = 2.0
_ANSWER_SECONDS = 10.0
_OLLAMA_CONTEXT = 4096
_OF_MODELS = ("max_model_len", "max_context_length", "context_length", "context_window")


def is_loopback(url: str) -> bool:
    """Tell whether an address is this machine's own, so that what is sent there does not leave it."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class ModelServer:
    """An OpenAI-compatible server by base URL (`http://127.0.0.1:8080/v1`).

    It is only asked about itself; the one text that is sent is what is to be counted, and only where the server counts
    (llama.cpp and vLLM, `/tokenize`). No proxy stands between this machine and itself. Safe to share between threads.
    """

    def __init__(self, url: str, key: str, model: str) -> None:
        self.url = url.rstrip("/")
        self.model = model
        self._key = key
        self._counts = True
        self._counted = lru_cache(maxsize=4096)(self._count)

    def context_tokens(self) -> int | None:
        """Return how many tokens a call may have; None where the server does not tell.

        Asked in turn: llama.cpp's `/props` (one slot's share), the entry of the model in `/models` (vLLM, Mistral,
        OpenRouter), Ollama's running models: Ollama cuts longer messages without a word, so that an Ollama which does
        not tell counts as 4096. Raises OSError where nobody answers.
        """
        props = self._get(f"{self._root}/props")
        if isinstance(slots := props.get("default_generation_settings"), dict) and _positive(slots.get("n_ctx")):
            return int(slots["n_ctx"])
        for entry in _entries(self._get(f"{self.url}/models"), self.model):
            for name in _OF_MODELS:
                if _positive(entry.get(name)):
                    return int(entry[name])
        if "version" in self._get(f"{self._root}/api/version"):
            running = self._get(f"{self._root}/api/ps").get("models")
            for entry in running if isinstance(running, list) else []:
                if entry.get("model") in (self.model, f"{self.model}:latest") and _positive(
                    entry.get("context_length")
                ):
                    return int(entry["context_length"])
            return _OLLAMA_CONTEXT
        return None

    def count_tokens(self, text: str) -> int | None:
        """Return the server's own count of a text; None where it does not count or does not answer."""
        if not text:
            return 0
        return self._counted(text) if self._counts else None

    def _count(self, text: str) -> int | None:
        try:
            answer = self._ask("POST", f"{self._root}/tokenize", {"content": text, "prompt": text, "model": self.model})
        except OSError:
            self._counts = False
            return None
        if isinstance(tokens := answer.get("tokens"), list):
            return len(tokens)
        if _positive(answer.get("count")):
            return int(answer["count"])
        self._counts = False
        return None

    @property
    def _root(self) -> str:
        return self.url.removesuffix("/v1")

    def _get(self, url: str) -> dict[str, Any]:
        return self._ask("GET", url, None)

    def _ask(self, method: str, url: str, body: dict[str, str] | None) -> dict[str, Any]:
        """Return the JSON object that the server answers, {} where it answers something else."""
        import httpx2

        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            answer = self._client.request(method, url, json=body, headers=headers)
            found = answer.json() if answer.is_success else {}
        except httpx2.HTTPError as error:
            raise OSError(type(error).__name__) from error
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def _client(self) -> Any:
        return _client(not is_loopback(self.url))


@lru_cache(maxsize=2)
def _client(trust_environment: bool) -> Any:
    import httpx2

    timeout = httpx2.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS)
    return httpx2.Client(timeout=timeout, trust_env=trust_environment, follow_redirects=False)


def _entries(models: dict[str, Any], model: str) -> list[dict[str, Any]]:
    data = models.get("data")
    entries = [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []
    named = [entry for entry in entries if entry.get("id") == model]
    return named or (entries if len(entries) == 1 else [])


def _positive(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
