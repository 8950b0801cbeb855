"""Weights that others trained: from a file here, or from a hub, checked against what the hub says of them.

Only safetensors are read: a file of any other kind may run code. PyTorch's files are converted once, where
they are trusted, by ``safetensors.torch.save_file(torch.load(FILE, weights_only=True), "NAME.safetensors")``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.classify.networks.architectures import resolved
from cartellino.errors import InputError, MissingExtraError, ModelError
from cartellino.files import digest_of, readable

if TYPE_CHECKING:
    import torch

FILE = "model.safetensors"
_SHA256 = re.compile("[0-9a-f]{64}")
_CONVERT = (
    'Convert it where you trust it: python -c "import torch, safetensors.torch as s; '
    "s.save_file(torch.load('FILE', weights_only=True), 'NAME.safetensors')\""
)


def loaded(told: str, network: str) -> dict[str, torch.Tensor] | None:
    """The weights that a setting asks for, or None for none.

    Parameters
    ----------
    told : str
        'none'; 'hub', those that timm publishes for the network; 'hub:OWNER/NAME', with '@REVISION' if need
        be; or a file.
    network : str
        The network's name.

    Raises
    ------
    InputError
        If there is no such file, or the network has no published weights.
    ModelError
        If the file is not safetensors, cannot be had, or is not what the hub says.
    """
    if told == "none":
        return None
    if told == "hub" or told.startswith("hub:"):
        return _read(fetched(*_place(told, network)))
    path = Path(told)
    if path.suffix != ".safetensors":
        raise ModelError("weights are only read from safetensors", told, _CONVERT)
    return _read(readable(path, "file of weights"))


def fetched(repository: str, revision: str = "main") -> Path:
    """A hub's ``model.safetensors``, from its cache here or from the hub.

    The hub is huggingface.co, or what ``HF_ENDPOINT`` names. Without a network what is in the cache is used,
    if it still has the digest under which it was kept.

    Raises
    ------
    ModelError
        If it cannot be fetched, or is not what the hub says it is.
    MissingExtraError
        If `huggingface_hub` is not installed.
    """
    try:
        import huggingface_hub as hub
    except ModuleNotFoundError as error:
        raise MissingExtraError("Fetching weights", "hub") from error
    endpoint = (
        os.environ.get("HF_ENDPOINT", "").rstrip("/") or None
    )  # asked now: the library asks when imported
    try:
        path = Path(hub.hf_hub_download(repository, FILE, revision=revision, endpoint=endpoint))
    except (OSError, ValueError, hub.errors.HfHubHTTPError) as error:
        raise _unfetched(repository, revision, endpoint, error) from error
    _refuse_changed(path, repository, revision, endpoint)
    return path


def _place(told: str, network: str) -> tuple[str, str]:
    if told != "hub":
        repository, _, revision = told.removeprefix("hub:").partition("@")
        return repository, revision or "main"
    source, name, _ = resolved(network)
    if source == "timm":
        import timm

        config = timm.get_pretrained_cfg(name)
        if config is not None and config.hf_hub_id:
            return str(config.hf_hub_id), "main"
    raise InputError(
        f"no weights are published for '{network}'",
        "weights",
        "Name a file that ends in .safetensors, or 'hub:OWNER/NAME'.",
    )


def _refuse_changed(path: Path, repository: str, revision: str, endpoint: str | None) -> None:
    stated = _stated(path, repository, revision, endpoint)
    if not _SHA256.fullmatch(stated) or digest_of(path) != stated:
        raise ModelError(
            f"the weights of {repository} are not what the hub says they are (SHA-256 {stated[:12]}…)",
            str(path),
            "Remove the file and fetch it again.",
        )


def _stated(path: Path, repository: str, revision: str, endpoint: str | None) -> str:
    """What the hub says: its cache names files by it; for want of links the hub is asked."""
    import huggingface_hub as hub

    kept = path.resolve().name
    if _SHA256.fullmatch(kept):
        return kept
    try:
        address = hub.hf_hub_url(repository, FILE, revision=revision, endpoint=endpoint)
        return hub.get_hf_file_metadata(address, endpoint=endpoint).etag or ""
    except (OSError, hub.errors.HfHubHTTPError) as error:
        raise _unfetched(repository, revision, endpoint, error) from error


def _unfetched(repository: str, revision: str, endpoint: str | None, error: Exception) -> ModelError:
    said = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return ModelError(
        f"the weights cannot be fetched ({said})",
        f"{endpoint or 'https://huggingface.co'}/{repository}",
        f"Where there is a network: hf download {repository} {FILE} --revision {revision}; or fetch the file "
        f'by hand and say weights = "PATH/{FILE}".',
    )


def _read(path: Path) -> dict[str, Any]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise ModelError(f"the weights cannot be read ({error})", str(path), _CONVERT) from error
