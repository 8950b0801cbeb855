"""How much of a network learns, at which rates, in which stages."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("timm")

from cartellino.classify.networks import learning
from cartellino.classify.networks.architectures import Wanted, built
from cartellino.classify.networks.stages import Stage, course
from cartellino.errors import InputError

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def network() -> Any:
    torch.manual_seed(0)
    return built(Wanted("resnet18", 3))


def _learning(module: Any) -> set[str]:
    return {name for name, each in module.named_parameters() if each.requires_grad}


def test_everything_the_head_or_a_share_of_the_layers_learns(network: Any) -> None:
    every = {name for name, _ in network.module.named_parameters()}
    for trained, wanted in (("all", every), ("head", {"fc.weight", "fc.bias"})):
        learning.set_learning(network.module, learning.trainable(network.module, network.head, trained))
        assert _learning(network.module) == wanted
    fifth = learning.trainable(network.module, network.head, 0.2)
    assert len(fifth) == round(0.2 * 41)  # 20 convolutions, 20 batch norms, one dense layer
    assert fifth[-1][0] == "fc"
    assert all(name == "fc" or name.startswith("layer4") for name, _ in fifth)


def test_what_is_frozen_stands_still(network: Any) -> None:
    chosen = learning.trainable(network.module, network.head, "head")
    learning.set_learning(network.module, chosen)
    learning.set_training(network.module, chosen)
    before = {name: each.clone() for name, each in network.module.state_dict().items()}
    optimiser = learning.optimiser(
        "sgd", chosen, learning.rates(chosen, "fc", Stage(1, "head", 0.1)), 0.9, 0.01
    )
    network.module(torch.randn(4, 3, 64, 64)).sum().backward()
    optimiser.step()
    moved = {
        name for name, each in network.module.state_dict().items() if not torch.equal(each, before[name])
    }
    assert moved == {"fc.weight", "fc.bias"}


def test_all_of_a_network_trains_when_all_of_it_learns(network: Any) -> None:
    chosen = learning.trainable(network.module, network.head, "all")
    network.module.eval()
    learning.set_training(network.module, chosen)
    assert [name for name, each in network.module.named_modules() if not each.training] == []


def test_dropout_of_the_head_works_while_the_rest_is_frozen() -> None:
    module = built(Wanted("p3-cnn", 3, size=32))
    chosen = learning.trainable(module.module, module.head, "head")
    learning.set_training(module.module, chosen)
    assert not next(each for each in module.module.modules() if isinstance(each, torch.nn.Dropout)).training
    learning.set_training(module.module, learning.trainable(module.module, module.head, 0.4))
    assert next(each for each in module.module.modules() if isinstance(each, torch.nn.Dropout)).training


def test_rates_rise_evenly_to_the_last_layer_and_the_head_has_its_own(network: Any) -> None:
    chosen = learning.trainable(network.module, network.head, "all")
    told = learning.rates(chosen, network.head, Stage(1, "all", (1e-3, 1e-2), 0.055))
    assert told[0] == pytest.approx(1e-3)
    assert told[-2] == pytest.approx(1e-2)
    assert told[-1] == 0.055
    factors = [after / before for before, after in pairwise(told[:-1])]
    assert factors == pytest.approx([factors[0]] * len(factors))


def test_a_factor_multiplies_each_layers_own_rate(network: Any) -> None:
    chosen = learning.trainable(network.module, network.head, "all")[-2:]
    optimiser = learning.optimiser("adam", chosen, [0.01, 0.05], 0.9, 0.0)
    assert learning.set_factor(optimiser, 0.1) == pytest.approx(0.005)
    assert learning.set_factor(optimiser, 0.5) == pytest.approx(0.025)
    assert [group["lr"] for group in optimiser.param_groups] == pytest.approx([0.005, 0.025])


def test_stages_follow_one_another() -> None:
    told = course(
        Stage(5, "all", 1e-4),
        [
            {"epochs": 2, "trained": "head", "learning_rate": 0.055},
            {"learning_rate": [1e-3, 1e-2], "head_rate": 0.055},
        ],
    )
    assert told.stages == (Stage(2, "head", 0.055), Stage(5, "all", (1e-3, 1e-2), 0.055))
    assert told.epochs == 7
    assert [told.where(epoch) for epoch in (0, 1, 2, 6)] == [(0, 0), (0, 0), (1, 2), (1, 2)]
    with pytest.raises(InputError, match="a stage has no 'speed'"):
        course(Stage(1, "all", 1.0), [{"speed": 1}])
