"""How a network is trained: what of the settings the loop needs, settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import NDArray

from cartellino.classify.networks.schedule import Schedule
from cartellino.classify.networks.settings import NetworkSettings
from cartellino.classify.networks.stages import Course, Stage, course


@dataclass(frozen=True)
class Plan:
    """See `NetworkSettings`, whose names these are, but for `shares`.

    Parameters
    ----------
    shares : ndarray or None
        How much each row to learn from is drawn; None: all of them, once an epoch.
    """

    name: str
    course: Course
    schedule: Schedule
    optimiser: str
    momentum: float
    weight_decay: float
    clip: float | None
    batch: int
    accumulate: int
    mixup: float
    cutmix: float
    stop_on: str
    patience: int | None
    precision: str
    workers: int
    checkpoint_every: int
    tensorboard: bool
    show_every: int
    finds_rate: bool
    shares: NDArray[Any] | None

    def stage(self, number: int, found: float | None) -> Stage:
        """A stage, at the rate that was found if it should be."""
        told = self.course.stages[number]
        return told if found is None else replace(told, rate=found)


def planned(told: NetworkSettings, shares: NDArray[Any] | None) -> Plan:
    """The plan that settings ask for."""
    finds = told.learning_rate == "find"
    rate: Any = told.learning_rate
    if not isinstance(rate, (int, float)):
        rate = 1.0 if finds else tuple(rate)
    stages = course(Stage(told.epochs, told.trained, rate, told.head_rate), told.stages)
    return Plan(
        name=told.network,
        course=stages,
        schedule=Schedule(told.schedule, told.schedule_every, told.schedule_factor, told.warmup),
        optimiser=told.optimiser,
        momentum=told.momentum,
        weight_decay=told.weight_decay,
        clip=told.clip,
        batch=told.batch,
        accumulate=told.accumulate,
        mixup=told.mixup,
        cutmix=told.cutmix,
        stop_on=told.stop_on,
        patience=told.patience,
        precision=told.precision,
        workers=told.workers,
        checkpoint_every=told.checkpoint_every,
        tensorboard=told.tensorboard,
        show_every=told.show_every,
        finds_rate=finds,
        shares=shares,
    )
