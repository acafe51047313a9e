import asyncio
import datetime as dt
import threading

import pytest

from assistai.errors import ModelRefused, ModelReplyUnusable, ModelUnavailable
from assistai.models import waiting
from assistai.models.waiting import heard_while, retry_after, tried_again

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(waiting, "_FIRST_WAIT", 0.01)
    monkeypatch.setattr(waiting, "_LARGEST_BACK_OFF", 0.02)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "Mon, 02 Mar 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Mon, 02 Mar 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "Mon, 02 Mar 2026 12:00:30 -0000"}, 30),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "nan"}, 0),
        ({"retry-after": "soon"}, 0),
    ],
)
def test_how_long_a_server_asks_to_wait(headers, seconds):
    assert retry_after(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("error", "calls"),
    [
        (ModelUnavailable("model_busy", host="h"), 4),
        (ModelUnavailable("model_busy", host="h", wait=61.0), 1),
        (ModelUnavailable("model_timeout", seconds=1), 2),
        (ModelReplyUnusable("model_reply_empty"), 2),
        (ModelReplyUnusable("model_reply_cut"), 1),
        (ModelRefused("model_declined"), 1),
        (ZeroDivisionError(), 1),
    ],
)
def test_only_what_may_pass_is_tried_again(error, calls):
    tries = []

    def call(number):
        tries.append(number)
        raise error

    with pytest.raises(type(error)):
        tried_again(call, retries=3, beat=lambda: None)
    assert tries == list(range(1, calls + 1))


def test_no_retries_are_none():
    with pytest.raises(ModelReplyUnusable):
        tried_again(lambda number: (_ for _ in ()).throw(ModelReplyUnusable("model_reply_empty")), retries=0, beat=int)


async def numbers(until, closed=None, pause=0.0):
    try:
        for number in range(until):
            await asyncio.sleep(pause)
            yield number
    finally:
        if closed is not None:
            closed.set()


def test_pieces_come_in_order():
    assert list(heard_while(numbers(100), silence=5, beat=lambda: None)) == list(range(100))


def test_what_the_stream_raises_comes_out():
    async def broken():
        yield 1
        raise ZeroDivisionError

    pieces = heard_while(broken(), silence=5, beat=lambda: None)
    assert next(pieces) == 1
    with pytest.raises(ZeroDivisionError):
        next(pieces)


def test_silence_ends():
    with pytest.raises(ModelUnavailable) as error:
        list(heard_while(numbers(1, pause=60), silence=0.3, beat=lambda: None))
    assert error.value.code == "model_timeout"


def test_a_beat_that_raises_cancels_the_stream():
    closed = threading.Event()

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(heard_while(numbers(1, closed, pause=60), silence=100, beat=stop))
    assert closed.wait(5)


def test_who_stops_reading_cancels_the_stream():
    closed = threading.Event()
    pieces = heard_while(numbers(10**9, closed), silence=5, beat=lambda: None)
    assert next(pieces) == 0
    pieces.close()
    assert closed.wait(5)
