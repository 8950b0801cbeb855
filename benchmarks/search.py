"""A search of the kind that a study of 2020 could not afford: settings of a head on kept features.

    python benchmarks/search.py --trials 30

Departments of the fixed tasks; fold 4 stays a test, and is not looked at. Prints the clock, the processor's
time, and what was found.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import Any

import numpy as np

import tasks
from cartellino.classify import recipe as recipes
from cartellino.classify.dataset import Dataset
from cartellino.classify.search.found import sentences
from cartellino.classify.search.judging import Judge
from cartellino.classify.search.searching import Budget, Search
from cartellino.classify.search.space import described, read_space
from cartellino.classify.search.study import Study, shares
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.labelset import LabelSet


def main() -> None:
    told = _arguments()
    task = next(each for each in tasks.read(told.data, told.cache) if each.name == told.task)
    data = _dataset(task)
    recipe = recipes.load(told.recipe)
    space = read_space(told.search, recipe)
    judge = Judge(lambda _: data, "log_loss", 5, 0)
    fresh = Study(
        name="benchmark",
        label_set=task.name,
        label_set_hash="",
        recipe=recipe.to_dict(),
        how="optuna",
        space=tuple(described(space)),
        objective="log_loss",
        folds=5,
        seed=0,
    )
    begun, before = time.perf_counter(), os.times()
    study = Search(recipe, space, judge.judged, lambda _: None).run(fresh, Budget(told.trials))
    spent = os.times()
    print(
        f"{time.perf_counter() - begun:.0f} s by the clock, {spent.user - before.user:.0f} s of processor, "
        f"{shares(study.ended)}, {sum(len(trial.values) for trial in study.trials)} folds"
    )
    print("\n".join(sentences(study)))


def _dataset(task: tasks.Task) -> Dataset:
    """Four folds to learn from, the last aside."""
    n = len(task.y)
    kind = "multi" if task.y.ndim == 2 else "single"
    classes = task.y.shape[1] if kind == "multi" else int(task.y.max()) + 1
    label_set = LabelSet(
        id=1,
        name=task.name,
        version=1,
        kind=kind,
        classes=tuple(map(str, range(classes))),
        sensitive=frozenset(),
        definition=LabelDefinition(task.name, task.name, kind=kind),
        hash="",
        works=np.arange(n),
        truth=task.y,
        parts=np.where(task.fold == task.fold.max(), "test", "train"),
        kin=np.arange(n),
    )
    X: Any = task.X
    return Dataset(X, np.arange(n), label_set, "lite2:all", "")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path("build/tasks"), help="folder of the collections")
    parser.add_argument("--task", default="department", help="department, culture, tags23 or style")
    parser.add_argument("--recipe", default="linear")
    parser.add_argument("--search", default="auto", help="where to look")
    parser.add_argument("--trials", type=int, default=30)
    return parser.parse_args()


if __name__ == "__main__":
    main()
