"""The backbones by name; other packages add theirs by the entry point ``cartellino.backbones``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartellino.registry import Registry

if TYPE_CHECKING:
    from cartellino.features.backbone import Backbone

BACKBONES = Registry(
    "backbone",
    {"lite2": "cartellino.features.efficientnet.lite2:Lite2"},
    group="cartellino.backbones",
)


def load_backbone(name: str) -> Backbone:
    """Load a backbone by its name, with its layout after a colon if not the default (``lite2:head``).

    Raises
    ------
    InputError
        If no backbone has that name.
    MissingExtraError
        If the extra that brings it is not installed.
    FeatureError
        If it has no such layout, or its weights cannot be read.
    """
    family, _, layout = name.partition(":")
    backbone: Backbone = BACKBONES.load(family)(layout)
    return backbone
