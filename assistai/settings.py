"""Settings: one frozen class, read from `ASSISTAI_…` variables and a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistai.errors import SettingsError
from assistai.records import Language
from assistai.resources import is_checkout, root


def _default_data_dir() -> Path:
    if is_checkout():
        return root() / "data" / "var"
    return Path(platformdirs.user_data_dir("assistai", appauthor=False))


class Settings(BaseSettings):
    """Everything that can be set, with its default; each field is described in `.env.example`."""

    model_config = SettingsConfigDict(env_prefix="ASSISTAI_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=_default_data_dir, description="Folder that holds all that a run writes.")
    language: Language = Field(default="fr", description="Language of screens and messages: fr or en.")
    timezone: str = Field(default="Europe/Paris", description="Time zone of meetings and calendar files.")
    organisation: str = Field(default="", description="Name shown at the head of minutes.")
    mail_domains: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="The organisation's mail domains, commas between them; other addresses are pointed out."
    )
    word_template: Path | None = Field(default=None, description="The organisation's own Word template for minutes.")
    max_file_megabytes: int = Field(default=50, ge=1, description="Largest transcript file accepted, in MB.")
    max_turn_characters: int = Field(
        default=100_000, ge=1_000, description="Longest turn kept whole; a longer one is split and named."
    )
    max_document_megabytes: int = Field(default=100, ge=1, description="Largest document accepted, in MB.")
    max_unpacked_megabytes: int = Field(
        default=500, ge=1, description="Most that an Office file or archive may unpack to, in MB."
    )
    max_document_pages: int = Field(default=2000, ge=1, description="Most pages of a PDF that is read.")
    max_document_seconds: int = Field(default=600, ge=1, description="Longest that reading a PDF may take, in seconds.")
    max_archive_depth: int = Field(
        default=2, ge=0, description="How deep files lie in files: an archive in an archive, a mail in a mail."
    )
    conversation_days: int = Field(
        default=365, ge=0, description="Days after its last question that a conversation is kept; 0: until deleted."
    )
    ocr: bool = Field(
        default=True, description="Read scanned pages with Tesseract where it is installed (pip install assistai[ocr])."
    )
    embedding_model: str = Field(
        default="multilingual-e5-small", description="Model that makes vectors of passages; it is in the package."
    )
    chroma_url: str = Field(
        default="", description="Address of a Chroma server (http://host:8000); empty keeps vectors in the data folder."
    )

    model: str = Field(
        default="",
        description="Chat model as provider:model (openai:gpt-4.1-mini, mistralai:…, local:NAME); empty: none is used.",
    )
    model_url: str = Field(
        default="", description="Base URL of an OpenAI-compatible server (http://127.0.0.1:8080/v1), with openai:NAME."
    )
    model_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the model's server; empty: the provider's own variable is read."
    )
    model_context_tokens: int = Field(
        default=0, ge=0, description="Tokens that the model reads and writes at once; 0: as the server or list says."
    )
    model_max_tokens: int = Field(default=2000, ge=64, description="Longest reply asked for, in tokens.")
    model_timeout_seconds: float = Field(default=120, gt=0, description="Longest silence of a model, in seconds.")
    model_retries: int = Field(default=3, ge=0, description="How often a failed call is tried again.")
    remote_sensitivity: Literal["public", "internal", "confidential", "restricted"] = Field(
        default="internal", description="The highest level that a model on another machine may see."
    )
    pseudonymise: bool = Field(
        default=False, description="Replace people, mails, phones, IBAN and employee numbers before a remote call."
    )
    prompts_dir: Path | None = Field(
        default=None, description="Folder with the organisation's own prompts; they take the place of ours by name."
    )

    drafting_dir: Path | None = Field(
        default=None, description="Folder with the organisation's own kinds/, styles/ and principals/ (TOML files)."
    )
    draft_template: Path | None = Field(
        default=None, description="The organisation's own Word template for letters, notes and other drafts."
    )
    house_style: str = Field(
        default="", description="House style of drafts (public_fr, private_fr, standard_en or one of yours)."
    )
    principal: str = Field(default="", description="Whom drafts are written for: a profile in the folder principals/.")

    @field_validator("mail_domains", mode="before")
    @classmethod
    def _listed_domains(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part for item in value.split(",") if (part := item.strip().lower().lstrip("@.")))
        return value

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError) as error:
            raise ValueError(f"unknown time zone: {value}") from error
        return value


def load_settings(**overrides: object) -> Settings:
    """Return the settings from environment and `.env`, overridden by `overrides`.

    Where none of them names a chat model, it is the one that was chosen for the data folder (`assistai models use`);
    then `model` is not in `model_fields_set`.
    Raises SettingsError naming each wrong field.
    """
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = "; ".join(
            f"ASSISTAI_{'_'.join(map(str, detail['loc'])).upper()}: {detail['msg']}" for detail in error.errors()
        )
        raise SettingsError("settings_invalid", details=wrong) from error
    if "model" not in settings.model_fields_set and (chosen := chosen_model(settings.data_dir)):
        settings = settings.model_copy(update={"model": chosen})
        settings.model_fields_set.discard("model")  # so that it stays known who named it
    return settings


def chosen_model_file(data_dir: Path) -> Path:
    """Return the file in which `assistai models use` and the app remember the chat model that was chosen."""
    return data_dir / "chat-model"


def chosen_model(data_dir: Path) -> str:
    """Return the chat model that was chosen for a data folder, as `provider:model`; empty where none was."""
    try:
        return chosen_model_file(data_dir).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
