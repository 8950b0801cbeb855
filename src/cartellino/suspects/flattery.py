"""How much a split that ignores kin would have flattered: one recipe, judged both ways on the same works."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.folding import held, out_of_fold
from cartellino.metrics.intervals import bootstrap
from cartellino.progress import Progress, Silent

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.curate.labelset import LabelSet

_MOST, _WORKS = 3, 30_000  # repeats, and works over which they are spread


@dataclass(frozen=True)
class Flattery:
    """What a naive split would have promised, and what may be believed.

    Parameters
    ----------
    works : int
        Works that were judged.
    kindred : int
        Those of them that have kin among the others.
    honest, naive : float
        Share of works whose labels are right, kin kept together and kin ignored; of several labels, the share
        of right answers among all the labels given or missed (Jaccard, averaged over works).
    low, high : float
        95 % interval of naive − honest, kin drawn together (percentile bootstrap, 1,000 rounds).
    repeats : int
        How often works were dealt anew; what is said of each work is the mean.
    """

    works: int
    kindred: int
    honest: float
    naive: float
    low: float
    high: float
    repeats: int = 1

    @property
    def gain(self) -> float:
        """What ignoring kin would have added."""
        return self.naive - self.honest


def flattery(
    dataset: Dataset, recipe: Recipe, folds: int = 5, seed: int = 0, progress: Progress | None = None
) -> Flattery:
    """Judge every work by models that have not seen it: once nor its kin, once whatever its kin.

    Parameters
    ----------
    dataset : Dataset
        Features and labels; its own parts are not used.
    recipe : Recipe
        What to train, twice for each fold.
    folds, seed : int
        How works are dealt; up to three times anew where they are few, since one deal of large kin is luck.
    progress : Progress, optional
        Who is told; nobody if not given.

    Raises
    ------
    LabelError
        If all works of a class are kin.
    """
    label_set = dataset.label_set
    alone = replace(dataset, label_set=replace(label_set, kin=label_set.works))
    told = progress or Silent()
    repeats = max(1, min(_MOST, _WORKS // len(label_set.works)))

    def judged(data: Dataset) -> NDArray[np.float64]:
        every = [out_of_fold(data, recipe, folds, seed + turn, told) for turn in range(repeats)]
        right: NDArray[np.float64] = np.mean([_right(label_set, said) for said in every], axis=0)
        return right

    honest, naive = judged(dataset), judged(alone)
    seen = ~np.isnan(honest)
    honest, naive, kin = honest[seen], naive[seen], label_set.kin[seen]
    low, high = _interval(naive - honest, kin, seed)
    of, sizes = np.unique(kin, return_inverse=True, return_counts=True)[1:]
    return Flattery(
        len(kin), int((sizes[of] > 1).sum()), float(honest.mean()), float(naive.mean()), low, high, repeats
    )


def _right(label_set: LabelSet, said: NDArray[np.float64]) -> NDArray[np.float64]:
    """How right what was said of each work is; NaN where nothing was."""
    true = held(label_set)
    if label_set.kind == "single":
        right = true[np.arange(len(true)), np.nan_to_num(said).argmax(axis=1)].astype(np.float64)
    else:
        given = said > 0.5
        either = (true | given).sum(axis=1)
        right = (true & given).sum(axis=1) / np.maximum(either, 1)
    return np.where(np.isnan(said).any(axis=1), np.nan, right)


def _interval(gain: NDArray[np.float64], kin: NDArray[np.int64], seed: int) -> tuple[float, float]:
    """Of the mean, by drawing kin together: sums over kin, each as large as it is."""
    groups, of = np.unique(kin, return_inverse=True)
    sums = np.bincount(of, weights=gain, minlength=len(groups))
    sizes = np.bincount(of, minlength=len(groups))
    return bootstrap(lambda added, many: float(added.sum() / many.sum()), sums, sizes, seed=seed)
