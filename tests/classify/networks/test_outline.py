"""What a network is made of."""

from __future__ import annotations

from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("timm")

from cartellino.classify.networks.architectures import KNOWN, Wanted
from cartellino.classify.networks.outline import outline

pytestmark = pytest.mark.train


def test_a_small_network_is_told_layer_by_layer() -> None:
    told = outline(Wanted("tiny", 3))
    assert [layer.kind for layer in told.layers] == [
        "pixels",
        *("Conv2d", "ReLU", "MaxPool2d") * 2,
        "Flatten",
        "Linear",
        "ReLU",
        "Dropout",
        "Linear",
    ]
    first, last = told.layers[1], told.layers[-1]
    assert (first.shape, first.parameters, first.multiply_adds) == ((8, 32, 32), 224, 32 * 32 * 8 * 27)
    assert (last.shape, last.parameters, last.multiply_adds) == ((3,), 51, 48)
    assert told.parameters == sum(layer.parameters for layer in told.layers)
    assert told.multiply_adds == sum(layer.multiply_adds for layer in told.layers)


@pytest.mark.parametrize(
    ("name", "millions", "billions"),  # as their papers and libraries state them, for 1,000 classes
    [("resnet18", 11.69, 1.82), ("resnet50", 25.56, 4.1), ("vgg16-bn", 138.4, 15.5), ("vit-b16", 86.6, 17.6)],
)
def test_parameters_and_cost_are_those_that_are_published(
    name: str, millions: float, billions: float
) -> None:
    told = outline(Wanted(name, 1000))
    assert told.parameters / 1e6 == pytest.approx(millions, rel=0.01)
    assert told.multiply_adds / 1e9 == pytest.approx(billions, rel=0.02)


@pytest.mark.parametrize("name", [name for name in KNOWN if not name.startswith(("resnet", "vgg", "vit-b"))])
def test_every_named_network_has_an_outline(name: str) -> None:
    told = outline(Wanted(name, 4, channels=1))
    assert told.layers[-1].shape == (4,)
    assert 0.9 * told.parameters < sum(layer.parameters for layer in told.layers) <= told.parameters
