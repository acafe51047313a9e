"""Files that travel with the product (samples, prompts, the app): beside the checkout, or inside the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def root() -> Path:
    """Return the folder that holds `streamlit_app.py`, `prompts/` and `data/samples/`."""
    bundle = _PACKAGE / "_bundle"
    return bundle if bundle.is_dir() else _PACKAGE.parent


def is_checkout() -> bool:
    """Tell whether the product runs from a source checkout rather than from an installed wheel."""
    return not (_PACKAGE / "_bundle").is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file()


def sample_meetings() -> list[Path]:
    """Return the sample transcripts that ship with the product, in name order."""
    return sorted(path for path in (root() / "data" / "samples" / "meetings").glob("*.*") if path.suffix != ".md")


def sample_documents() -> Path:
    """Return the folder of the sample documents that ship with the product."""
    return root() / "data" / "samples" / "documents"


def sample_mails() -> list[Path]:
    """Return the sample mails that ship with the product, in name order."""
    return sorted((root() / "data" / "samples" / "mails").glob("*.eml"))
