"""How good a recipe is on one fold of the works that may be learnt from; the others are never looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.calibrating import calibrate, losses, probabilities
from cartellino.classify.dataset import works_mean
from cartellino.classify.deal import deal
from cartellino.classify.folding import choosing, held, refuse_thin
from cartellino.classify.giving import Giving
from cartellino.classify.train import estimator_of
from cartellino.errors import InputError
from cartellino.metrics import scores
from cartellino.records import Part

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.family import Estimator
    from cartellino.classify.recipe import Recipe
    from cartellino.curate.labelset import LabelSet

OBJECTIVES = ("log_loss", "accuracy", "f2")
_BETA = 2.0


@dataclass(frozen=True)
class Judge:
    """Folds of the train and validation works, and what is measured on them.

    Parameters
    ----------
    dataset_of : callable
        From a recipe to what it sees of the label set's works.
    objective : str
        'log_loss', after the temperature; 'accuracy', for one label a work; 'f2', over all labels where
        works have several, else the mean over classes.
    folds, seed : int
        How many folds, kin together, and their seed, which is that of the estimators too.
    """

    dataset_of: Callable[[Recipe], Dataset]
    objective: str
    folds: int
    seed: int
    _seen: dict[Any, Dataset] = field(default_factory=dict, compare=False, repr=False)

    def judged(self, recipe: Recipe, number: int) -> float:
        """The objective on one fold, said by what was learnt from the others.

        What the recipe chooses out of sample (a strength, an epoch) it chooses by works of those others: a
        recipe with much to choose from must not be flattered by it.

        Raises
        ------
        InputError, ModelError, ValueError
            If the recipe cannot be learnt so.
        """
        dataset = self.gathered(recipe)
        label_set = dataset.label_set
        asked = self.dealt(label_set) == number
        ask = asked[dataset.owner]
        chooses = np.isin(dataset.owner, choosing(label_set, asked, self.seed))
        estimator = self._fitted(recipe, dataset, ~ask, chooses)
        works, owner = np.unique(dataset.owner[ask], return_inverse=True)
        said = estimator.scorer_.scores(dataset.X[ask])
        return measured(label_set.kind, said, owner, label_set.truth[works], self.objective)

    def _fitted(
        self, recipe: Recipe, dataset: Dataset, learn: NDArray[np.bool_], chooses: NDArray[np.bool_]
    ) -> Estimator:
        """The recipe's estimator, which has seen nothing of the fold that it will be judged by."""
        label_set, owner, inner = dataset.label_set, dataset.owner[learn], chooses[learn]
        estimator: Any = estimator_of(dataset, recipe, self.seed)
        told: dict[str, Any] = {"validation": inner}
        if "cv" in estimator.get_params(deep=False):  # one split, where 'validation' would add folds
            estimator.set_params(cv=[(np.flatnonzero(~inner), np.flatnonzero(inner))])
            told = {}
        fitted: Estimator = estimator.fit(
            dataset.X[learn],
            label_set.truth[owner],
            sample_weight=1 / np.bincount(owner, minlength=len(label_set.works))[owner],
            groups=label_set.kin[owner],
            **told,
        )
        return fitted

    def gathered(self, recipe: Recipe) -> Dataset:
        """What the recipe may learn from, gathered once for what recipes see alike."""
        key = (recipe.looks_at_pictures, recipe.views)
        if key not in self._seen:
            self._seen[key] = learnable(self.dataset_of(recipe))
        return self._seen[key]

    def dealt(self, label_set: LabelSet) -> NDArray[np.int64]:
        """A fold for each work, the same for every recipe.

        Raises
        ------
        LabelError
            If all works of a class fall into one fold.
        """
        fold = deal(held(label_set), label_set.kin, self.folds, self.seed)
        refuse_thin(label_set, fold)
        return fold


def learnable(dataset: Dataset) -> Dataset:
    """The same dataset with the train and validation works alone, those that have a picture."""
    label_set = dataset.label_set
    allowed = np.isin(label_set.parts, [str(Part.TRAIN), str(Part.VALIDATION)])
    rows = np.flatnonzero(allowed[dataset.owner])
    works, owner = np.unique(dataset.owner[rows], return_inverse=True)
    parts = {name: getattr(label_set, name)[works] for name in ("works", "truth", "parts", "kin")}
    return replace(
        dataset, X=dataset.X[rows], owner=owner.astype(np.int64), label_set=replace(label_set, **parts)
    )


def measured(
    kind: str, logits: NDArray[Any], owner: NDArray[np.int64], truth: NDArray[Any], objective: str
) -> float:
    """The objective on works that were not learnt from.

    Temperature and, for several labels, thresholds are fitted to these works themselves, since the few works
    that choose would leave both to luck: all trials are flattered alike, and what the test part says is not.

    Parameters
    ----------
    kind : str
        'single' or 'multi'.
    logits : ndarray (pictures, k)
        Scores.
    owner : ndarray (pictures,) of int64
        The work of each picture, from 0.
    truth : ndarray (works,) of int64, or (works, k)
        What is so.
    objective : str
        See `Judge`.
    """
    giving = Giving(kinds=("",) * logits.shape[1], beta=_BETA)
    found = calibrate(kind, logits, owner, truth, giving)
    chances = works_mean(
        probabilities(kind, logits.astype(np.float64) / found.temperature), owner, len(truth)
    )
    if objective == "log_loss":
        return float(losses(chances, truth).mean())
    if kind == "multi":
        return float(scores.multi(truth, chances >= np.asarray(found.thresholds))["micro"]["f2"])
    given = chances.argmax(axis=1)
    if objective == "accuracy":
        return float((given == truth).mean())
    there = np.unique(truth)  # a class that a fold has none of is not missed in it
    values = scores.multi(truth[:, None] == there, given[:, None] == there)
    return float(values["macro"]["f2"])


def objective_for(kind: str, wanted: str = "") -> str:
    """The objective that was asked for; else log loss, which asks for probabilities that can be believed.

    Raises
    ------
    InputError
        If there is no such objective, or it does not fit works with several labels.
    """
    if wanted and wanted not in OBJECTIVES:
        raise InputError(f"no objective is called '{wanted}'", "", f"There are: {', '.join(OBJECTIVES)}.")
    if kind == "multi" and wanted == "accuracy":
        raise InputError(
            "accuracy asks for one label a work, and these have several", "", "Ask for f2 or log_loss."
        )
    return wanted or "log_loss"
