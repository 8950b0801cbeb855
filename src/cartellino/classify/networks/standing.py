"""Where a run stands: all that a checkpoint says beside its tensors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cartellino.classify.networks.history import Row


@dataclass
class Standing:
    """A place in a run.

    Parameters
    ----------
    epoch, batch : int
        Epochs that are over, and batches of the next one.
    stage : int
        The stage whose optimiser lies in the checkpoint.
    history : list of dict
        Epochs that are over.
    found : float or None
        The learning rate that the finder suggested.
    precision : dict
        What half precision has to remember.
    """

    epoch: int = 0
    batch: int = 0
    stage: int = -1
    history: list[Row] = field(default_factory=list)
    found: float | None = None
    precision: dict[str, Any] = field(default_factory=dict)
