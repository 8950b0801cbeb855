"""Training in stages: how much of a network learns, for how long, and at which rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cartellino.errors import InputError

Rate = float | tuple[float, float]


@dataclass(frozen=True)
class Stage:
    """Some epochs.

    Parameters
    ----------
    epochs : int
        How many.
    trained : str or float
        'all', 'head', or the share of layers, counted from the last, that learn.
    rate : float or tuple of (float, float)
        Learning rate; two rise evenly (each by the same factor) from the first layer to the last.
    head_rate : float or None
        That of the head; None: the last layer's.
    """

    epochs: int
    trained: str | float
    rate: Rate
    head_rate: float | None = None

    def changed(self, told: Mapping[str, Any]) -> Stage:
        """The stage with what a recipe says of it in the place of what holds for all.

        Raises
        ------
        InputError
            If a recipe says something that a stage has not.
        """
        unknown = [name for name in told if name not in _NAMES]
        if unknown:
            raise InputError(f"a stage has no '{unknown[0]}'", "stages", f"It has: {', '.join(_NAMES)}.")
        rate = told.get("learning_rate", self.rate)
        return Stage(
            int(told.get("epochs", self.epochs)),
            told.get("trained", self.trained),
            tuple(rate) if isinstance(rate, list) else rate,
            told.get("head_rate", self.head_rate),
        )


_NAMES = ("epochs", "trained", "learning_rate", "head_rate")


@dataclass(frozen=True)
class Course:
    """The stages one after the other."""

    stages: tuple[Stage, ...]

    @property
    def epochs(self) -> int:
        """Epochs in all."""
        return sum(stage.epochs for stage in self.stages)

    def where(self, epoch: int) -> tuple[int, int]:
        """The number of the stage that an epoch belongs to, and that of its first epoch."""
        first = 0
        for number, stage in enumerate(self.stages):
            if epoch < first + stage.epochs:
                return number, first
            first += stage.epochs
        raise IndexError(epoch)


def course(common: Stage, told: Sequence[Mapping[str, Any]]) -> Course:
    """The stages that a recipe tells of, or the one that it is."""
    return Course(tuple(common.changed(each) for each in told) or (common,))
