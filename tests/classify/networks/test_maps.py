"""Where a network looks: Grad-CAM by hand, maps on what was asked for, and networks left as they were."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("timm")

from torch import nn

from cartellino.classify.networks import maps
from cartellino.classify.networks.architectures import Wanted, built
from cartellino.classify.networks.maps import Spot
from cartellino.classify.networks.pictures import listed
from cartellino.classify.networks.scorer import Look, NetworkScorer

from .patterns import Patterns

pytestmark = pytest.mark.train

FIRST, SECOND = [[1.0, 2.0], [3.0, 4.0]], [[4.0, 0.0], [1.0, 1.0]]


def as_it_is(channels: int) -> nn.Conv2d:
    """A convolution that gives what it is given."""
    layer = nn.Conv2d(channels, channels, 1, bias=False)
    nn.init.dirac_(layer.weight)
    return layer


def by_hand() -> nn.Sequential:
    """Two channels of 2 × 2, and two scores whose slopes differ from place to place."""
    last = nn.Linear(8, 2, bias=False)
    slopes = torch.tensor([[1.0, 2, 3, 6, -4, 0, 0, 0], [-1.0, -1, -1, -1, -1, -1, -1, -1]])
    last.weight = nn.Parameter(slopes)
    return nn.Sequential(as_it_is(2), nn.Flatten(), last)


def red_or_blue() -> nn.Sequential:
    """It scores how much red there is, and how much blue, over places of 2 × 2 pixels."""
    seeing = nn.Conv2d(3, 2, 3, padding=1, bias=False)
    colours = torch.tensor([[1.0, -1, -1], [-1, -1, 1.0]]) / 9
    seeing.weight = nn.Parameter(colours[:, :, None, None].expand(2, 3, 3, 3).clone())
    score = nn.Linear(2, 2, bias=False)
    score.weight = nn.Parameter(torch.eye(2))
    pooled = nn.AvgPool2d(2)
    return nn.Sequential(
        seeing, nn.ReLU(inplace=True), pooled, as_it_is(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), score
    )


def squares_at(red: tuple[int, int], blue: tuple[int, int]) -> Any:
    """A grey picture of 24 × 24 with a red and a blue square of 6 × 6 pixels."""
    picture = torch.full((3, 24, 24), 0.4)
    for (top, left), channel in ((red, 0), (blue, 2)):
        picture[:, top : top + 6, left : left + 6] = 0
        picture[channel, top : top + 6, left : left + 6] = 1
    return picture


def middle_of(heat: Any) -> tuple[float, float]:
    """Centre of mass of a map, as shares of its height and width."""
    rows, columns = ((np.arange(side) + 0.5) / side for side in heat.shape)
    return float((heat.sum(axis=1) * rows).sum() / heat.sum()), float(
        (heat.sum(axis=0) * columns).sum() / heat.sum()
    )


def test_grad_cam_is_what_one_computes_by_hand() -> None:
    """Slopes of the first score: 3 and -1 in the mean of their channels; 3 · FIRST - SECOND, without what is
    below 0, is 0, 6, 8, 11. Nothing speaks for the second score."""
    pictures = torch.tensor([[FIRST, SECOND]] * 2)
    found = maps.grad_cam(by_hand(), pictures, [0, 1], Spot("0", 0, (2, 2, 2)))
    assert found.dtype == np.float32
    assert found[0] == pytest.approx(np.array([[0, 6], [8, 11]]) / 11, abs=1e-6)
    assert not found[1].any()


def test_the_map_lies_on_what_was_asked_for() -> None:
    corners = [((2, 3), (15, 16)), ((16, 2), (3, 15)), ((9, 9), (1, 1))]
    module = red_or_blue()
    pictures = torch.stack([squares_at(*each) for each in corners])
    spot = maps.spot(module, pictures)
    assert spot == Spot("3", 0, (2, 12, 12))
    for column in (0, 1):
        found = maps.grad_cam(module, pictures, [column] * 3, spot)
        assert found.min() >= 0
        assert found.max(axis=(1, 2)) == pytest.approx([1, 1, 1])
        for heat, asked in zip(found, corners, strict=True):
            wanted = [(edge + 3) / 24 for edge in asked[column]]
            assert middle_of(heat) == pytest.approx(wanted, abs=0.02)


def test_a_layer_before_one_that_changes_it_in_place() -> None:
    """What the convolution gives, not what ReLU makes of it; and the slope goes through ReLU."""
    module, pictures = red_or_blue(), squares_at((2, 3), (15, 16))[None]
    spot = Spot("0", 0, (2, 24, 24))
    assert maps.activations(module, pictures, spot).min() < 0
    assert middle_of(maps.grad_cam(module, pictures, [0], spot)[0]) == pytest.approx(
        (5 / 24, 6 / 24), abs=0.02
    )


class Twice(nn.Module):
    """An activation that is used twice in one pass."""

    def __init__(self) -> None:
        super().__init__()
        self.once, self.act, self.last = as_it_is(2), nn.ReLU(), nn.Linear(2, 2)

    def forward(self, pictures: Any) -> Any:
        return self.last(self.act(-1 + self.act(self.once(pictures))).mean(dim=(2, 3)))


def test_a_layer_that_is_called_twice_is_told_by_its_call() -> None:
    pictures = torch.tensor([[FIRST, SECOND]])
    spot = maps.spot(Twice(), pictures)
    assert spot == Spot("act", 1, (2, 2, 2))
    assert maps.activations(Twice(), pictures, spot)[0, 0].tolist() == [[0, 1], [2, 3]]
    assert maps.activations(Twice(), pictures, Spot("act", 0, (2, 2, 2)))[0, 0].tolist() == FIRST


def test_a_network_comes_back_as_it_was() -> None:
    torch.manual_seed(0)
    module = built(Wanted("tiny", 3, batch_norm=True)).module.train()
    module[0].requires_grad_(False)
    module[1].eval()
    learning = [each.requires_grad for each in module.parameters()]
    modes = [each.training for each in module.modules()]
    held = {name: each.clone() for name, each in module.state_dict().items()}
    pictures = torch.rand(4, 3, 32, 32)
    spot = maps.spot(module, pictures)
    with torch.no_grad():
        maps.grad_cam(module, pictures, [0, 1, 2, 0], spot)
    maps.activations(module, pictures, spot)
    with pytest.raises(RuntimeError):
        maps.grad_cam(module, pictures[:, :1], [0] * 4, spot)
    assert [each.requires_grad for each in module.parameters()] == learning
    assert [each.training for each in module.modules()] == modes
    assert all(each.grad is None for each in module.parameters())
    assert not any(each._forward_hooks for each in module.modules())
    assert all(torch.equal(each, held[name]) for name, each in module.state_dict().items())


@pytest.mark.parametrize(
    ("name", "last", "middle"),
    [
        ("resnet50", (2048, 7, 7), (1024, 14, 14)),
        ("torchvision:resnet18", (512, 7, 7), (256, 14, 14)),
        ("inception-v3", (2048, 8, 8), (768, 17, 17)),
        ("inception-resnet-v2", (1536, 8, 8), (1088, 17, 17)),
        ("vgg16-bn", (512, 14, 14), (512, 28, 28)),
        ("alexnet", (256, 13, 13), (192, 27, 27)),
        ("lite0", (1280, 7, 7), (112, 14, 14)),
        ("convnext-tiny", (768, 7, 7), (384, 14, 14)),
        ("p3-cnn", (128, 46, 46), (64, 97, 97)),
        ("p4-tuned", (32, 49, 49), (16, 106, 106)),
        ("tiny", (16, 16, 16), (8, 32, 32)),
    ],
)
def test_the_last_layer_of_each_network_that_knows_what_lies_where(
    name: str, last: tuple[int, int, int], middle: tuple[int, int, int]
) -> None:
    with torch.device("meta"):
        network = built(Wanted(name, 4))
        pictures = torch.zeros(1, 3, network.size, network.size)
    found = [maps.spot(network.module, pictures, middle=each) for each in (False, True)]
    assert [each and each.shape for each in found] == [last, middle]


@pytest.mark.parametrize("name", ["vit-tiny", "timm:swin_tiny_patch4_window7_224", "timm:mixer_s32_224"])
def test_a_network_of_tokens_has_no_such_layer(name: str) -> None:
    with torch.device("meta"):
        network = built(Wanted(name, 4))
        assert maps.spot(network.module, torch.zeros(1, 3, network.size, network.size)) is None


def test_sums_and_single_channels_go_from_0_to_1() -> None:
    given = np.array([FIRST, SECOND, [[9, 9], [9, 9]]], np.float32)
    assert maps.summed(given[None])[0] == pytest.approx(np.array([[3, 0], [2, 3]]) / 3)
    channels, shown = maps.strongest(given, 2)
    assert channels.tolist() == [2, 0]
    assert shown[0].tolist() == [[0, 0], [0, 0]]
    assert shown[1] == pytest.approx(np.array([[0, 1], [2, 3]]) / 3)


def test_pictures_are_prepared_as_for_scoring(patterns: Patterns) -> None:
    """Grey, and the middle of a larger square."""
    torch.manual_seed(0)
    wanted = Wanted("tiny", 3, channels=1)
    scorer = NetworkScorer(built(wanted), wanted, Look(32, 40, (0.4,), (0.2,), ("whole",), "single"))
    pictures = maps.prepared(scorer, listed(patterns.X[:4]))
    assert pictures.shape == (4, 1, 32, 32)
    with torch.no_grad():
        assert scorer.module(pictures).numpy() == pytest.approx(scorer.scores(patterns.X[:4]), abs=1e-5)
