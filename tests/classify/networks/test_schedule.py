"""Schedules against torch's own."""

from __future__ import annotations

from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)

from hypothesis import given
from hypothesis import strategies as st

from cartellino.classify.networks.schedule import Schedule

pytestmark = pytest.mark.train

lr_scheduler: Any = torch.optim.lr_scheduler


def _optimiser() -> Any:
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)


def _rate(optimiser: Any) -> float:
    return float(optimiser.param_groups[0]["lr"])


def test_steps_are_torchs() -> None:
    optimiser = _optimiser()
    theirs = lr_scheduler.StepLR(optimiser, step_size=3, gamma=0.2)
    for epoch in range(10):
        assert Schedule("step", every=3, factor=0.2).at(epoch, (0, 1), []) == pytest.approx(_rate(optimiser))
        optimiser.step()
        theirs.step()


@given(st.lists(st.sampled_from([0.5, 0.6, 0.7, 0.71, 0.9]), max_size=25), st.integers(1, 3))
def test_plateaus_are_torchs(losses: list[float], patience: int) -> None:
    optimiser = _optimiser()
    theirs = lr_scheduler.ReduceLROnPlateau(optimiser, patience=patience, factor=0.5, eps=0)
    ours = Schedule("plateau", every=patience, factor=0.5)
    for epoch, loss in enumerate(losses):
        assert ours.at(epoch, (0, 1), losses[:epoch]) == pytest.approx(_rate(optimiser))
        theirs.step(loss)


def test_cosine_is_torchs() -> None:
    optimiser = _optimiser()
    theirs = lr_scheduler.CosineAnnealingLR(optimiser, T_max=12)
    for done in range(12):
        assert Schedule("cosine").at(0, (done, 12), []) == pytest.approx(_rate(optimiser), abs=1e-9)
        optimiser.step()
        theirs.step()


def test_one_cycle_is_torchs() -> None:
    optimiser = _optimiser()
    theirs = lr_scheduler.OneCycleLR(optimiser, max_lr=1.0, total_steps=20, cycle_momentum=False)
    for done in range(20):
        assert Schedule("one-cycle").at(0, (done, 20), []) == pytest.approx(_rate(optimiser), abs=1e-9)
        optimiser.step()
        if done < 19:
            theirs.step()
