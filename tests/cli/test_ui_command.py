"""`assistai ui` starts the app, and takes it along when it is stopped."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a process cannot be asked to end")
def test_the_app_ends_with_the_command(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistai.cli.main", "ui", "--port", str(port), "--no-browser"]
    running = subprocess.Popen(command, env=os.environ | {"ASSISTAI_DATA_DIR": str(tmp_path)}, start_new_session=True)
    try:
        _until(lambda: _answers(port), seconds=60)
        running.terminate()
        running.wait(30)
        _until(lambda: not _answers(port), seconds=10)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, 9)


def _answers(port):
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5)
    except OSError:
        return False
    return True


def _until(true, seconds):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)
