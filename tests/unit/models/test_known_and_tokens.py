import datetime as dt
import json
from decimal import Decimal
from importlib.resources import files

import pytest

from assistai.models.chat import load_chat_model
from assistai.models.known import cost_text, known_model
from assistai.models.tokens import count_openai, estimate
from assistai.records import Usage
from assistai.resources import sample_documents, sample_meetings
from assistai.settings import load_settings


def test_a_cost_is_exact():
    assert known_model("openai", "gpt-4.1-mini").cost(1_000_000, 500_000) == Decimal("1.20")
    assert known_model("openai", "gpt-4o-2024-11-20").cost(4, 1) == Decimal("0.00002")


@pytest.mark.parametrize(
    ("provider", "name", "read"),
    [
        ("openai", "gpt-99", 1),
        ("nowhere", "x", 1),
        ("about", "x", 1),
        ("openai", "gpt-5.1", 1),
        ("openai", "gpt-4o", None),
    ],
)
def test_what_is_not_known_is_not_guessed(provider, name, read):
    assert known_model(provider, name).cost(read, 1) is None
    assert Usage(1, 2, Decimal(1)) + Usage(1, 2, None) == Usage(2, 4, None)


@pytest.mark.parametrize(
    ("cost", "text"), [(None, "?"), (Decimal(0), "0"), (Decimal("0.00120"), "0.0012"), (Decimal(3), "3")]
)
def test_a_cost_in_words(cost, text):
    assert cost_text(cost) == text


def test_every_price_has_its_date_and_source():
    listed = json.loads(files("assistai.models").joinpath("known_models.json").read_text("utf-8"))
    for models in listed.values():
        for entry in models.values() if isinstance(models, dict) else []:
            assert ("read" in entry) == ("written" in entry) == ("source" in entry)
            assert "read" not in entry or dt.date.fromisoformat(entry["date"])


def test_tokens_of_openai_need_no_network():
    assert count_openai("Bonjour à tous") == 3
    assert count_openai("<|endoftext|>") > 1


def test_the_estimate_is_on_the_safe_side_of_a_small_vocabulary(llama, tmp_path):
    model = load_chat_model(load_settings(data_dir=tmp_path, **llama))
    texts = [path.read_text("utf-8") for path in sample_meetings() if path.suffix in (".txt", ".vtt", ".srt")]
    texts += [path.read_text("utf-8") for path in sample_documents().glob("*.md")]
    for text in texts:
        real = model.count_tokens(text)
        assert real <= estimate(text) <= 1.8 * real
