"""Every named network: what it takes and gives, that it learns, and that it comes back as it was."""

from __future__ import annotations

from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("timm")

import numpy as np

from cartellino.classify.networks import learning
from cartellino.classify.networks.architectures import KNOWN, Wanted, built
from cartellino.classify.networks.scorer import Look, NetworkScorer
from cartellino.errors import InputError, ModelError

pytestmark = pytest.mark.train

# Sides at which something is left for batch norm to average; for the others 32 is enough.
SMALL = {"inception-v3": 107, "inception-resnet-v2": 107, "alexnet": 63, "p4-baseline": 40, "p4-tuned": 40}
SMALL |= {f"efficientnet-b{step}": 64 for step in range(5)} | {f"lite{step}": 64 for step in range(3)}
HEAVY = {"resnet50", "resnet101", "inception-v3", "inception-resnet-v2", "vgg16-bn", "alexnet", "vit-b16"}
HEAVY |= {"convnext-tiny", "lite1", "lite2", *(f"efficientnet-b{step}" for step in range(1, 5))}
NAMES = [
    pytest.param(name, marks=pytest.mark.slow) if name in HEAVY else name
    for name in [*KNOWN, "timm:test_convnext", "torchvision:mobilenet_v3_small"]
]


@pytest.mark.parametrize("name", NAMES)
def test_two_steps_lower_the_loss_and_the_saved_network_says_the_same(name: str) -> None:
    side = SMALL.get(name, 32)
    wanted = Wanted(name, classes=3, size=side, dropout=0.0)
    torch.manual_seed(0)
    network = built(wanted)
    pictures = torch.randn(4, 3, side, side)
    target = torch.tensor([0, 1, 2, 0])
    chosen = learning.trainable(network.module, network.head, "all")
    optimiser = learning.optimiser("sgd", chosen, [3e-4] * len(chosen), momentum=0.0, decay=0.0)
    losses = []
    for _ in range(3):
        network.module.train()
        loss = torch.nn.functional.cross_entropy(network.module(pictures), target)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.module.parameters(), 1.0)  # steep networks would leap
        optimiser.step()
    assert losses[0] > losses[1] > losses[2]

    look = Look(side, side, network.mean, network.deviation, ("whole",), "single")
    scorer = NetworkScorer(network, wanted, look)
    squares = np.random.default_rng(1).integers(0, 256, (3, side, side, 3)).astype(np.uint8)
    told = scorer.of_squares(squares)
    assert told.shape == (3, scorer.columns)
    again = NetworkScorer.restored(scorer.tensors(), scorer.about())
    np.testing.assert_allclose(again.of_squares(squares), told, atol=1e-6)


def test_known_networks_are_of_the_size_that_the_papers_say() -> None:
    with torch.device("meta"):
        many = {
            name: sum(each.numel() for each in built(Wanted(name, 23)).module.parameters())
            for name in ("resnet50", "resnet101", "inception-resnet-v2")
        }
    assert many["resnet50"] > 23e6
    assert many["resnet101"] > 42e6
    assert many["inception-resnet-v2"] == pytest.approx(55e6, rel=0.02)


@pytest.mark.parametrize(
    ("name", "convolutions", "dense"), [("p3-cnn", 3, 2), ("p4-baseline", 2, 3), ("p4-tuned", 3, 4)]
)
def test_the_small_networks_have_the_layers_of_their_papers(name: str, convolutions: int, dense: int) -> None:
    with torch.device("meta"):
        module = built(Wanted(name, 10)).module
    kinds = [type(each).__name__ for each in module.modules()]
    assert kinds.count("Conv2d") == convolutions
    assert kinds.count("Linear") == dense
    assert kinds.count("MaxPool2d") == (3 if name == "p3-cnn" else 2)
    assert [each.p for each in module.modules() if isinstance(each, torch.nn.Dropout)] == [
        0.4 if name == "p3-cnn" else 0.0
    ]


def test_small_networks_take_batch_norm_and_others_refuse() -> None:
    module = built(Wanted("tiny", 3, batch_norm=True)).module
    assert sum(isinstance(each, torch.nn.BatchNorm2d) for each in module.modules()) == 2
    with pytest.raises(InputError, match="batch norm once and for all"):
        built(Wanted("resnet18", 3, batch_norm=True))


@pytest.mark.parametrize("name", ["resnet18", "torchvision:mobilenet_v3_small", "tiny", "timm:test_vit"])
def test_grey_pictures_are_taken_by_every_source(name: str) -> None:
    network = built(Wanted(name, 3, size=64, channels=1))
    assert network.module(torch.zeros(2, 1, 64, 64)).shape == (2, 3)
    assert len(network.mean) == len(network.deviation) == 1


def test_a_head_of_three_dense_layers_takes_the_place_of_one() -> None:
    network = built(Wanted("resnet18", 7, head=(64, 32)))
    head = network.module.get_submodule(network.head)
    assert [type(each).__name__ for each in head] == ["Linear", "ReLU", "Linear", "ReLU", "Linear"]
    assert [each.out_features for each in head if isinstance(each, torch.nn.Linear)] == [64, 32, 7]
    assert network.module.eval()(torch.zeros(1, 3, 64, 64)).shape == (1, 7)


def test_dropout_is_set_where_a_network_has_it() -> None:
    module = built(Wanted("alexnet", 3, size=64, dropout=0.3)).module
    assert {each.p for each in module.modules() if isinstance(each, torch.nn.Dropout)} == {0.3}


def test_the_side_can_be_another() -> None:
    assert built(Wanted("resnet18", 3, size=200)).size == 200
    assert built(Wanted("timm:test_vit", 3, size=96)).module(torch.zeros(1, 3, 96, 96)).shape == (1, 3)


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(InputError, match="no network is called 'resnet5000'"):
        built(Wanted("resnet5000", 3))
    with pytest.raises(InputError, match="timm knows no network"):
        built(Wanted("timm:resnet5000", 3))
    with pytest.raises(InputError, match="torchvision knows no classifier"):
        built(Wanted("torchvision:resnet5000", 3))
    with pytest.raises(InputError, match="does not end in a dense layer"):
        built(Wanted("torchvision:squeezenet1_0", 3))
    with pytest.raises(InputError, match="too small for 'p3-cnn'"):
        built(Wanted("p3-cnn", 3, size=16))


@pytest.mark.parametrize("name", ["resnet18", "torchvision:mobilenet_v3_small"])
def test_weights_of_other_classes_are_taken_but_for_the_head(name: str) -> None:
    torch.manual_seed(1)
    theirs = built(Wanted(name, 1000)).module.state_dict()
    network = built(Wanted(name, 3), theirs)
    ours = network.module.state_dict()
    same = [
        key
        for key, value in theirs.items()
        if ours[key].shape == value.shape and torch.equal(ours[key], value)
    ]
    assert set(theirs) - set(same) == {f"{network.head}.weight", f"{network.head}.bias"}


@pytest.mark.parametrize("name", ["resnet18", "torchvision:mobilenet_v3_small", "tiny"])
def test_weights_of_another_network_are_refused(name: str) -> None:
    with pytest.raises(ModelError, match="not those of this network"):
        built(Wanted(name, 3), {"other.weight": torch.zeros(2, 2)})


def test_weights_that_lack_a_layer_are_refused() -> None:
    theirs = built(Wanted("resnet18", 10)).module.state_dict()
    del theirs["layer3.0.conv1.weight"]
    with pytest.raises(ModelError, match=r"layer3\.0\.conv1"):
        built(Wanted("resnet18", 3), theirs)


def test_weights_learnt_at_another_size_are_laid_out_anew() -> None:
    theirs = built(Wanted("timm:test_vit", 10, size=160)).module.state_dict()
    network = built(Wanted("timm:test_vit", 3, size=96), theirs)
    assert network.module(torch.zeros(1, 3, 96, 96)).shape == (1, 3)
