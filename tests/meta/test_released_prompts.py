"""A released prompt never changes: records name its version and hash, and must be able to show the words."""

import hashlib
import json
from pathlib import Path

from assistai.models.prompts import load_prompt
from assistai.settings import load_settings

ROOT = Path(__file__).parents[2]
PROMPTS = ROOT / "prompts"
HASHES = ROOT / "tests" / "data" / "prompts" / "released.json"


def files():
    return {
        str(path.relative_to(PROMPTS)): hashlib.sha256(path.read_text("utf-8").encode()).hexdigest()
        for path in sorted(PROMPTS.glob("*/*.md"))
    }


def test_released_prompts_are_unchanged_and_all_are_listed():
    released, present = json.loads(HASHES.read_text("utf-8")), files()
    wrong = {name: present.get(name) for name in released if present.get(name) != released[name]}
    assert not wrong, f"changed: write the next version instead, or, before a release, put the hash into {HASHES}"
    assert present.keys() == released.keys(), {name: present[name] for name in present.keys() - released.keys()}


def test_every_prompt_loads_and_is_there_in_both_languages():
    names = {(name.partition(".")[0], name.split(".")[2]) for name in files()}
    settings = load_settings(prompts_dir=None)
    assert names == {(name, language) for name, _ in names for language in ("fr", "en")}
    for name in {name for name, _ in names}:
        assert load_prompt(name, "fr", settings).inputs == load_prompt(name, "en", settings).inputs
