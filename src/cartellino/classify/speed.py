"""How many pictures a model labels in a second, on one core."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.predict import predict_pictures

if TYPE_CHECKING:
    from cartellino.classify.trained import TrainedModel
    from cartellino.features.backbone import Backbone
    from cartellino.records import Trim

_LONG_ENOUGH = 0.2  # seconds; a shorter run is mostly the clock's
_ROWS = 512


def predicting(model: TrainedModel, X: NDArray[Any]) -> float:
    """Pictures a second from what the model sees to probabilities.

    Parameters
    ----------
    model : TrainedModel
        The model.
    X : ndarray (n, width) or (n,) of object
        Some of what it sees; a few hundred rows at most are used.
    """
    rows = X[:_ROWS]
    return _rate(lambda: predict_pictures(model, rows), len(rows))


def seeing(backbone: Backbone, pictures: Sequence[tuple[Path, Trim]]) -> float:
    """Pictures a second from their files, and what lies inside their borders, to features."""
    (session,) = backbone.sessions(1)

    def see() -> None:
        for file, trim in pictures:
            session(backbone.prepare(file, trim)[np.newaxis])

    return _rate(see, len(pictures))


def together(*rates: float) -> float:
    """What one after the other comes to, in pictures a second."""
    return 1 / sum(1 / rate for rate in rates)


def _rate(work: Callable[[], object], pictures: int) -> float:
    """Of the best run: whatever else the machine does makes runs slower, never faster."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        work()
        best, spent = float("inf"), 0.0
        while spent < _LONG_ENOUGH:
            begun = time.perf_counter()
            work()
            took = time.perf_counter() - begun
            best, spent = min(best, took), spent + took
    return pictures / max(best, 1e-9)
