"""Losses against their formulas, and against torch's own."""

from __future__ import annotations

from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)

from cartellino.classify.networks.losses import Loss

pytestmark = pytest.mark.train

functional: Any = torch.nn.functional


@pytest.fixture
def batch() -> tuple[Any, Any, Any]:
    generator = torch.Generator().manual_seed(3)
    scores = 3 * torch.randn(6, 4, generator=generator)
    return scores, torch.randint(4, (6,), generator=generator), torch.rand(6, generator=generator) + 0.1


def _even(k: int = 4) -> Any:
    return torch.ones(k)


def test_cross_entropy_with_class_weights_and_smoothing_is_torchs(batch: tuple[Any, Any, Any]) -> None:
    scores, place, _ = batch
    emphasis = torch.tensor([1.0, 2.0, 0.5, 3.0])
    target = functional.one_hot(place, 4).float()
    ours = Loss("cross-entropy", False, emphasis)(scores, target, torch.ones(6))
    assert ours == pytest.approx(float(functional.cross_entropy(scores, place, weight=emphasis)), rel=1e-5)
    smooth = Loss("cross-entropy", False, _even(), smoothing=0.1)(scores, target, torch.ones(6))
    assert smooth == pytest.approx(
        float(functional.cross_entropy(scores, place, label_smoothing=0.1)), rel=1e-5
    )


def test_a_row_of_twice_the_weight_counts_as_two(batch: tuple[Any, Any, Any]) -> None:
    scores, place, _ = batch
    target = functional.one_hot(place, 4).float()
    twice = torch.tensor([0, 0, 1, 2, 3, 4, 5])
    weights = torch.tensor([2.0, 1, 1, 1, 1, 1])
    for several, kind in ((False, "cross-entropy"), (True, "bce"), (True, "asymmetric"), (True, "softmax")):
        loss = Loss(kind, several, _even())
        assert float(loss(scores, target, weights)) == pytest.approx(
            float(loss(scores[twice], target[twice], torch.ones(7))), rel=1e-5
        )


def test_focal_loss_is_lins(batch: tuple[Any, Any, Any]) -> None:
    scores, place, weights = batch
    chance = torch.softmax(scores, 1)[torch.arange(6), place]
    wanted = float((weights * -((1 - chance) ** 2) * chance.log()).sum() / weights.sum())
    target = functional.one_hot(place, 4).float()
    assert float(Loss("focal", False, _even())(scores, target, weights)) == pytest.approx(wanted, rel=1e-5)
    plain = Loss("focal", False, _even(), focus=0.0)(scores, target, weights)
    assert plain == pytest.approx(
        float(Loss("cross-entropy", False, _even())(scores, target, weights)), rel=1e-5
    )


def test_sigmoid_focal_loss_is_torchvisions(batch: tuple[Any, Any, Any]) -> None:
    ops = pytest.importorskip("torchvision.ops")
    scores, place, _ = batch
    target = functional.one_hot(place, 4).float()
    target[0] = torch.tensor([1.0, 1, 0, 0])
    wanted = ops.sigmoid_focal_loss(scores, target, alpha=-1, gamma=2.0, reduction="mean")
    assert float(Loss("focal", True, _even())(scores, target, torch.ones(6))) == pytest.approx(
        float(wanted), rel=1e-5
    )


def test_bce_is_torchs_with_weights_of_what_is_there(batch: tuple[Any, Any, Any]) -> None:
    scores, place, _ = batch
    target, emphasis = functional.one_hot(place, 4).float(), torch.tensor([1.0, 5.0, 2.0, 1.0])
    wanted = functional.binary_cross_entropy_with_logits(scores, target, pos_weight=emphasis)
    assert float(Loss("bce", True, emphasis)(scores, target, torch.ones(6))) == pytest.approx(
        float(wanted), rel=1e-5
    )


def test_asymmetric_loss_is_ridniks(batch: tuple[Any, Any, Any]) -> None:
    scores, place, _ = batch
    target = functional.one_hot(place, 4).double()
    chance = torch.sigmoid(scores.double())
    shifted = (chance - 0.05).clamp(min=0)
    each = target * (1 - chance) ** 1 * chance.log() + (1 - target) * shifted**4 * (1 - shifted).log()
    loss = Loss("asymmetric", True, _even(), asymmetry=(1.0, 4.0, 0.05))
    assert float(loss(scores, target.float(), torch.ones(6))) == pytest.approx(
        -float(each.sum(1).mean()), rel=1e-4
    )


def test_asymmetric_loss_forgets_what_is_nearly_surely_absent() -> None:
    loss = Loss("asymmetric", True, _even(2))
    scores = torch.tensor([[-9.0, -9.0]], requires_grad=True)
    loss(scores, torch.zeros(1, 2), torch.ones(1)).backward()
    assert not scores.grad.any()


def test_softmax_for_several_shares_the_belief_among_the_labels() -> None:
    loss = Loss("softmax", True, _even(3))
    scores = torch.tensor([[2.0, 1.0, -1.0], [0.0, 0.0, 0.0]])
    logs = torch.log_softmax(scores, 1)
    told = loss(scores, torch.tensor([[1.0, 1, 0], [0, 0, 0]]), torch.ones(2))
    assert float(told) == pytest.approx(float(-(logs[0, 0] + logs[0, 1]) / 2 / 2), rel=1e-5)
