"""The figures by which models are compared, on the works themselves and on works drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cartellino.evaluate.resample import draws, redrawn
from cartellino.evaluate.said import Said

Floats = NDArray[np.float64]

_TINY = 1e-12


class Measure(NamedTuple):
    """A figure: its key, its name on a page, and whether more of it is better."""

    key: str
    name: str
    more_is_better: bool = True
    share: bool = False  # told in per cent


_LOSS = Measure("log_loss", "log loss (less is better)", more_is_better=False)
SINGLE = (
    Measure("top_1", "right label", share=True),
    Measure("top_3", "right among the first 3", share=True),
    Measure("f1_macro", "F1, mean over classes"),
    Measure("f2_macro", "F2, mean over classes"),
    _LOSS,
)
MULTI = (
    Measure("f1_micro", "F1, over all labels"),
    Measure("f1_macro", "F1, mean over classes"),
    Measure("f2_micro", "F2, over all labels"),
    Measure("f2_samples", "F2, mean over works"),
    _LOSS,
)


def measures(kind: str, classes: int) -> tuple[Measure, ...]:
    """The figures of a kind of label set; the first is what models are ranked by."""
    told = SINGLE if kind == "single" else MULTI
    return tuple(each for each in told if each.key != "top_3" or classes > 3)


def drawn(said: Sequence[Said], seed: int, rounds: int) -> list[dict[str, Floats]]:
    """Every figure of every model: on the works themselves, then in each round of works drawn again.

    Parameters
    ----------
    said : sequence of Said
        What each model said, of the same works in the same order.
    seed, rounds : int
        Of the drawing, by groups of kin; the same works are drawn for all models.

    Returns
    -------
    list of dict
        For each model, key to ndarray (1 + rounds,).
    """
    blocks = [np.ones((1, len(said[0]))), *draws(said[0].kin, seed, rounds)]
    keys = [each.key for each in measures(said[0].kind, len(said[0].classes))]
    found = []
    for each in said:
        rows = [_figures(each, weights) for weights in blocks]
        found.append({key: np.concatenate([row[key] for row in rows]) for key in keys})
    return found


def _figures(said: Said, weights: Floats) -> dict[str, Floats]:
    told = redrawn(said.true, said.chosen, weights)
    sums = weights.sum(axis=1)
    averages = {
        f"{measure}_{average}": told[average][measure]
        for average in ("macro", "micro", "samples")
        for measure in ("f1", "f2")
    }
    by_work = {"log_loss": weights @ losses(said) / sums}
    if said.single:
        by_work |= {f"top_{k}": weights @ among_first(said, k) / sums for k in (1, 3)}
    return averages | by_work


def among_first(said: Said, k: int) -> Floats:
    """1 for each work whose label is among the `k` likeliest, else 0; (n,)."""
    order = np.argsort(-said.probabilities, axis=1, kind="stable")[:, :k]
    among: NDArray[np.bool_] = np.take_along_axis(said.true, order, axis=1)
    return np.asarray(among.any(axis=1), np.float64)


def losses(said: Said) -> Floats:
    """Log loss of each work in nats; of several labels, summed over them; (n,)."""
    chances: NDArray[Any] = np.asarray(said.probabilities, np.float64)
    if said.single:
        right = chances[np.arange(len(said)), said.truth]
        one: Floats = -np.log(np.maximum(right, _TINY))
        return one
    each = np.where(said.true, chances, 1 - chances)
    several: Floats = -np.log(np.maximum(each, _TINY)).sum(axis=1)
    return several
