"""How the learning rate moves: as a function of how far training has come, with nothing to remember."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

KINDS = ("constant", "step", "plateau", "cosine", "one-cycle")


@dataclass(frozen=True)
class Schedule:
    """What the learning rate is multiplied by.

    Parameters
    ----------
    kind : str
        'constant'; 'step' (torch's StepLR); 'plateau' (ReduceLROnPlateau); 'cosine' (Loshchilov and Hutter,
        ICLR 2017, without restarts); 'one-cycle' (Smith and Topin, 2019: OneCycleLR without its momentum).
    every : int
        'step': epochs between two falls; 'plateau': epochs without a better validation loss that are borne.
    factor : float
        What each fall multiplies by.
    warmup : float
        'one-cycle': the share of updates in which the rate rises.
    """

    kind: str = "constant"
    every: int = 7
    factor: float = 0.1
    warmup: float = 0.3

    def at(self, epoch: int, updates: tuple[int, int], losses: Sequence[float]) -> float:
        """The factor for the next update.

        Parameters
        ----------
        epoch : int
            Epochs that are over in this stage.
        updates : tuple of (int, int)
            Updates made in this stage, and those it will have made.
        losses : sequence of float
            Validation losses of the epochs that are over in this stage.
        """
        if self.kind == "step":
            return float(self.factor ** (epoch // self.every))
        if self.kind == "plateau":
            return float(self.factor ** falls(losses, self.every))
        done, total = updates
        if self.kind == "cosine":
            return _eased(1.0, 0.0, done / total)
        return _one_cycle(done, total, self.warmup) if self.kind == "one-cycle" else 1.0


def falls(losses: Sequence[float], patience: int) -> int:
    """How often the rate has fallen: each time more than `patience` epochs in a row were no better.

    Better means by a ten-thousandth, as of torch's ReduceLROnPlateau.
    """
    best, waited, fallen = math.inf, 0, 0
    for loss in losses:
        best, waited = (loss, 0) if loss < best * (1 - 1e-4) else (best, waited + 1)
        if waited > patience:
            fallen, waited = fallen + 1, 0
    return fallen


def _one_cycle(done: int, total: int, warmup: float) -> float:
    """From a 25th of the rate up to it, then down to a ten-thousandth of where it began."""
    low, end = 1 / 25, 1 / 25 / 1e4
    turn, last = warmup * total - 1, total - 1
    if done <= turn:
        return _eased(low, 1.0, done / turn) if turn > 0 else 1.0
    return _eased(1.0, end, (done - turn) / max(last - turn, 1e-12))


def _eased(start: float, end: float, share: float) -> float:
    return end + (start - end) * (1 + math.cos(math.pi * min(max(share, 0.0), 1.0))) / 2
