"""Waiting for a model without being deaf: a stop is heard while nothing arrives and between two tries."""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import os
import queue
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TypeVar

from assistai.errors import ModelError, ModelReplyUnusable, ModelUnavailable

_T = TypeVar("_T")
_BEAT_SECONDS = 0.2
_LONGEST_WAIT = 60.0
_FIRST_WAIT = 1.0
_LARGEST_BACK_OFF = 20.0
_ONCE_MORE = {"model_reply_empty", "model_reply_repeats", "model_reply_not_json", "model_reply_other_language"}
_TRANSIENT = {"model_busy", "model_server_failed", "model_unreachable", "model_broke_off"}


def heard_while(pieces: AsyncGenerator[_T, None], *, silence: float, beat: Callable[[], None]) -> Iterator[_T]:
    """Run an asynchronous stream in the background and yield its pieces here.

    `beat` is called several times a second while nothing arrives. When it raises, or the caller stops reading, the
    stream is cancelled where it stands, its connection with it. Raises ModelUnavailable when no piece comes for
    `silence` seconds, and whatever the stream raises.
    """
    arrived: queue.SimpleQueue[tuple[_T] | None] = queue.SimpleQueue()

    async def pump() -> None:
        async with aclosing(pieces):
            while True:
                try:
                    async with asyncio.timeout(silence):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    raise ModelUnavailable("model_timeout", seconds=round(silence)) from None
                arrived.put((piece,))

    task = asyncio.run_coroutine_threadsafe(pump(), _loop(os.getpid()))
    task.add_done_callback(lambda _: arrived.put(None))
    try:
        while True:
            try:
                item = arrived.get(timeout=_BEAT_SECONDS)
            except queue.Empty:
                beat()
                continue
            if item is None:
                task.result()
                return
            yield item[0]
    finally:
        task.cancel()


def tried_again(call: Callable[[int], _T], *, retries: int, beat: Callable[[], None]) -> _T:
    """Return what `call(number of the try)` returns, tried again after failures that pass.

    A server that is overloaded, failing, unreachable or broke off is tried `retries` times more, after the seconds that
    it asks for (`Retry-After`), else 1, 2, 4 … seconds with jitter; one that asks for more than a minute is not waited
    for. Silence and a reply that cannot be used get one more try, without a wait. `beat` is called while waiting.
    Raises the error of the last try.
    """
    import tenacity

    backing_off = tenacity.wait_exponential_jitter(multiplier=_FIRST_WAIT, max=_LARGEST_BACK_OFF)

    def again(state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, ModelError):
            return False
        if error.code in _TRANSIENT:
            return state.attempt_number <= retries and _asked_wait(error) <= _LONGEST_WAIT
        once = error.code == "model_timeout" or error.code in _ONCE_MORE
        return once and state.attempt_number <= min(retries, 1)

    def wait(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ModelReplyUnusable):
            return 0.0
        asked = _asked_wait(error)
        return asked or backing_off(state)

    def sleep(seconds: float) -> None:
        until = time.monotonic() + seconds
        beat()
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _BEAT_SECONDS))
            beat()

    for attempt in tenacity.Retrying(
        retry=again, wait=wait, sleep=sleep, stop=tenacity.stop_never, reraise=True, before_sleep=None
    ):
        with attempt:
            result = call(attempt.retry_state.attempt_number)
    return result


def retry_after(headers: Mapping[str, str], now: dt.datetime) -> float:
    """Return the seconds a server asks to wait: `retry-after-ms`, `Retry-After` in seconds or as a date; else 0."""
    milliseconds, after = headers.get("retry-after-ms", ""), headers.get("retry-after", "")
    try:
        seconds = float(milliseconds) / 1000 if milliseconds else float(after)
    except ValueError:
        try:
            moment = parsedate_to_datetime(after)
        except ValueError:
            return 0.0
        seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)) - now).total_seconds()
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0


def _asked_wait(error: BaseException | None) -> float:
    seconds = error.params.get("wait", 0.0) if isinstance(error, ModelUnavailable) else 0.0
    return float(seconds) if isinstance(seconds, int | float) else 0.0


@lru_cache(maxsize=1)
def _loop(process: int) -> asyncio.AbstractEventLoop:
    """Return the event loop in which streams run: one a process, in a thread that never keeps the process alive."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name=f"chat-models-{process}", daemon=True).start()
    return loop
