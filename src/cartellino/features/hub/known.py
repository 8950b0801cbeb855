"""Networks of the hub under short names."""

from __future__ import annotations

from collections.abc import Callable

from cartellino.features.hub.network import Network

REPOSITORIES = {
    "dinov2-s": "onnx-community/dinov2-small",
    "dinov2-b": "onnx-community/dinov2-base",
    "dinov3-s": "onnx-community/dinov3-vits16-pretrain-lvd1689m-ONNX",
    "siglip2-b": "onnx-community/siglip2-base-patch16-224-ONNX",
    "clip-b32": "Xenova/clip-vit-base-patch32",
}


def _known(name: str) -> Callable[[str], Network]:
    def load(layout: str = "") -> Network:
        return Network(f"{REPOSITORIES[name]}:{layout}", name)

    return load


DINOV2_S, DINOV2_B, DINOV3_S, SIGLIP2_B, CLIP_B32 = map(_known, REPOSITORIES)
