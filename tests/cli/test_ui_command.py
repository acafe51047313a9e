"""`assistai ui` starts the app, and takes it along when it is stopped."""

import os

import pytest
from running_app import health, running_app, until


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a process cannot be asked to end")
def test_the_app_ends_with_the_command(tmp_path):
    with running_app(os.environ | {"ASSISTAI_DATA_DIR": str(tmp_path)}) as (process, address):
        until(lambda: health(address), seconds=60)
        process.terminate()
        process.wait(30)
        until(lambda: health(address) is None, seconds=10)
