"""The wheel runs from anywhere: built, installed beside nothing of the checkout, asked to summarise and to serve."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from running_app import health, running_app, until

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Unpack the built wheel in an empty folder, and return an environment in which Python finds it before all else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    (wheel,) = (folder / "dist").glob("assistai-*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    away = folder / "away"
    away.mkdir()
    variables = {"PYTHONPATH": str(site), "ASSISTAI_DATA_DIR": str(folder / "var"), "PYTHONSAFEPATH": "1"}
    return site, away, os.environ | variables


def test_the_wheel_carries_the_app_the_prompts_and_the_samples(installed):
    site, _, _ = installed
    bundle = site / "assistai" / "_bundle"
    assert (bundle / "streamlit_app.py").is_file()
    assert (bundle / ".streamlit" / "config.toml").is_file()
    assert (bundle / "prompts").is_dir()
    assert len(list((bundle / "data" / "samples" / "meetings").iterdir())) >= 5


def test_the_installed_command_summarises(installed):
    site, away, environment = installed
    code = "import assistai, sys; print(assistai.__file__)"
    where = subprocess.run([sys.executable, "-c", code], cwd=away, env=environment, capture_output=True, text=True)
    assert where.stdout.startswith(str(site))
    (away / "reunion.txt").write_text(
        "Marc Petit : Je vais envoyer le budget à Sophie.\nSophie Lou : Merci Marc.", "utf-8"
    )
    command = [sys.executable, "-m", "assistai.cli.main", "minutes", "reunion.txt", "--format", "json"]
    result = subprocess.run(command, cwd=away, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(result.stdout)["schema"] == "assistai.minutes/1"


def test_the_installed_app_serves(installed):
    _, away, environment = installed
    with running_app(environment, away) as (_, address):
        until(lambda: health(address), seconds=60)
        assert health(address) == "ok"
