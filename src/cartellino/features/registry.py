"""The backbones by name; other packages add theirs by the entry point ``cartellino.backbones``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartellino.registry import Registry

if TYPE_CHECKING:
    from cartellino.features.backbone import Backbone

BACKBONES = Registry(
    "backbone",
    {
        "lite0": "cartellino.features.efficientnet.lite:LITE0",
        "lite1": "cartellino.features.efficientnet.lite:LITE1",
        "lite2": "cartellino.features.efficientnet.lite:LITE2",
        "hub": "cartellino.features.hub.network:Network",
        "dinov2-s": "cartellino.features.hub.known:DINOV2_S",
        "dinov2-b": "cartellino.features.hub.known:DINOV2_B",
        "dinov3-s": "cartellino.features.hub.known:DINOV3_S",
        "siglip2-b": "cartellino.features.hub.known:SIGLIP2_B",
        "clip-b32": "cartellino.features.hub.known:CLIP_B32",
        "timm": "cartellino.features.torch_networks.network:TIMM",
        "torchvision": "cartellino.features.torch_networks.network:TORCHVISION",
    },
    extras={"lite0": "more", "lite1": "more", "timm": "train", "torchvision": "train"},
    group="cartellino.backbones",
)


def load_backbone(name: str) -> Backbone:
    """Load a view by its name: ``backbone[:layout][@look]``.

    Parameters
    ----------
    name : str
        A backbone; after a colon its layout if not the default (``lite2:head``), and after an at sign
        how it looks at a picture if not at the whole (``lite2:all@quarters``).

    Raises
    ------
    InputError
        If no backbone has that name.
    MissingExtraError
        If the extra that brings it is not installed.
    FeatureError
        If it has no such layout or look, or its weights cannot be read.
    """
    from cartellino.features.looks import look_called

    told, look = _parted(name)
    family, _, layout = told.partition(":")
    backbone: Backbone = BACKBONES.load(family)(layout)
    return backbone.looking(look_called(look))


def _parted(name: str) -> tuple[str, str]:
    """The name and its look; folders and file names may hold an at sign too."""
    told, _, look = name.rpartition("@")
    return (told, look) if told and not set("/\\:.") & set(look) else (name, "")
