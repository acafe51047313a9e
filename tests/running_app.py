"""The app as `assistai ui` starts it: a process of its own, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

from playwright.sync_api import expect


@contextmanager
def running_app(environment, cwd=None):
    """Start the app; give its process and its address, which may not answer yet. In the end nothing of it is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistai.cli.main", "ui", "--port", str(port), "--no-browser"]
    process = subprocess.Popen(command, cwd=cwd, env=environment, start_new_session=True)
    try:
        yield process, f"http://127.0.0.1:{port}/"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait(20)


def health(address):
    """What the app says of its health; None where it does not answer."""
    try:
        with urllib.request.urlopen(f"{address}_stcore/health", timeout=5) as response:  # noqa: S310
            return response.read().decode()
    except OSError:
        return None


def until(true, seconds):
    """Wait until something is true; an AssertionError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def at_rest(page):
    """Wait until the app has nothing more to draw: what a click meets until then may move away under it."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
