"""Cross-validation with the care of a split: kin together, and nothing tuned on what it is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.deal import deal
from cartellino.classify.folding import learn_without, refuse_thin
from cartellino.errors import InputError
from cartellino.evaluate.evaluate import said_by, with_picture
from cartellino.evaluate.evaluation import Evaluation, assembled
from cartellino.evaluate.measure import LEVEL, averages
from cartellino.evaluate.said import Said
from cartellino.evaluate.summary import figure_name
from cartellino.progress import Progress, Silent

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.trained import TrainedModel

_SINGLE = (("recall", "micro"), ("f1", "macro"), ("f2", "macro"))
_MULTI = (("f1", "micro"), ("f1", "macro"), ("f2", "micro"), ("f2", "macro"))
_IN_WORDS = (
    "Works were dealt into {k} folds, kin together. Each fold was labelled by a model that learnt from the "
    "others, its strength chosen within them. The interval of a mean over folds is Student’s; folds learn "
    "from works in common, so that it is a rough one."
)


def cross_validate(
    dataset: Dataset,
    recipe: Recipe,
    k: int = 5,
    seed: int = 0,
    progress: Progress | None = None,
    *,
    assigned: NDArray[np.int64] | None = None,
) -> Evaluation:
    """Measure a recipe on every work, each labelled by a model that saw neither it nor its kin.

    Parameters
    ----------
    dataset : Dataset
        Features and labels; its own parts are not used.
    recipe : Recipe
        What to train, once for each fold.
    k : int
        How many folds.
    seed : int
        For the folds, the training and the intervals.
    progress : Progress, optional
        Who is told; nobody if not given.
    assigned : ndarray (n,) of int64, optional
        Folds that were fixed beforehand, one for each work, such as those of a benchmark.

    Raises
    ------
    InputError
        If there are fewer than two folds.
    LabelError
        If all works of a class fall into one fold, so that nothing is left to learn it from.
    """
    models, parts, pooled = said_in_folds(dataset, recipe, k, seed, progress, assigned=assigned)
    label_set = dataset.label_set
    return assembled(
        label_set,
        pooled,
        models[-1],
        part="folds",
        pictures=len(dataset.owner),
        pictureless=len(label_set.works) - len(pooled),
        seed=seed,
        folds=_by_fold(parts),
    )


def said_in_folds(
    dataset: Dataset,
    recipe: Recipe,
    k: int,
    seed: int,
    progress: Progress | None = None,
    *,
    assigned: NDArray[np.int64] | None = None,
) -> tuple[list[TrainedModel], list[Said], Said]:
    """Ask about every work a model that saw neither it nor its kin; see `cross_validate`.

    Returns
    -------
    models : list of TrainedModel
        One for each fold.
    parts : list of Said
        What each said of its fold.
    pooled : Said
        The same in the order of the works, those with a picture.
    """
    if k < 2:
        raise InputError("one fold leaves nothing to learn from", f"--folds {k}", "Ask for at least 2 folds.")
    label_set = dataset.label_set
    whole = _everything(dataset)
    fold = deal(whole.true, label_set.kin, k, seed) if assigned is None else np.asarray(assigned)
    refuse_thin(label_set, fold)
    models, parts = _asked(dataset, recipe, fold, seed, progress or Silent())
    shown = with_picture(dataset, np.arange(len(fold)))
    return models, parts, _pooled(whole, fold, parts, shown)


def _asked(
    dataset: Dataset, recipe: Recipe, fold: NDArray[np.int64], seed: int, progress: Progress
) -> tuple[list[TrainedModel], list[Said]]:
    """Train a model for each fold and ask it about that fold."""
    models, told = [], []
    numbers = np.unique(fold)
    progress.start("Cross-validating", len(numbers), "fold")
    for number in numbers:
        model, said = _fold(dataset, recipe, fold == number, seed)
        models.append(model)
        told.append(said)
        progress.advance()
    progress.finish()
    return models, told


def _everything(dataset: Dataset) -> Said:
    """All works with their truth, before anything was said of them."""
    label_set = dataset.label_set
    blank = np.zeros((len(label_set.works), len(label_set.classes)))
    return Said(
        kind=label_set.kind,
        classes=tuple(label_set.classes),
        probabilities=blank,
        truth=label_set.truth,
        kin=label_set.kin,
        chosen=blank.astype(bool),
    )


def _fold(dataset: Dataset, recipe: Recipe, asked: NDArray[np.bool_], seed: int) -> tuple[TrainedModel, Said]:
    """Learn from all folds but one, and label that one."""
    model, here = learn_without(dataset, recipe, asked, seed)
    return model, said_by(model, here, with_picture(dataset, np.flatnonzero(asked)))


def _pooled(whole: Said, fold: NDArray[np.int64], parts: Sequence[Said], shown: NDArray[np.int64]) -> Said:
    """What the models said of their folds, in the order of the works, those with a picture."""
    fold = fold[shown]
    probabilities, chosen = whole.probabilities[shown], whole.chosen[shown]
    for number, said in zip(np.unique(fold), parts, strict=True):
        probabilities[fold == number] = said.probabilities
        chosen[fold == number] = said.chosen
    truth, kin = whole.truth[shown], whole.kin[shown]
    return replace(whole, probabilities=probabilities, chosen=chosen, truth=truth, kin=kin)


def _by_fold(parts: Sequence[Said]) -> dict[str, Any]:
    shown = _SINGLE if parts[0].single else _MULTI
    return {
        "k": len(parts),
        "works": [len(said) for said in parts],
        "figures": [
            {
                "key": f"{measure}_{average}",
                "name": figure_name(f"{measure}_{average}", parts[0].kind),
                **_mean([averages(said.true, said.chosen)[average][measure] for said in parts]),
            }
            for measure, average in shown
        ],
        "in_words": _IN_WORDS.format(k=len(parts)),
    }


def _mean(values: list[float]) -> dict[str, Any]:
    """Mean over folds with Student's interval."""
    from scipy.special import stdtrit

    mean, n = float(np.mean(values)), len(values)
    half = float(stdtrit(n - 1, 0.5 + LEVEL / 2) * np.std(values, ddof=1) / sqrt(n)) if n > 1 else 0.0
    return {"values": values, "mean": mean, "low": mean - half, "high": mean + half}
