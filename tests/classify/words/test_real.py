"""Visual words on real pictures: as good as was measured, and far from what a broken one could reach."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartellino.classify.families import family
from cartellino.classify.family import Lesson
from cartellino.classify.recipe import load

pytestmark = [pytest.mark.realdata, pytest.mark.slow]

_EACH = 60  # pictures of a department: a minute of describing


@pytest.fixture(scope="module")
def departments(data_folder: Path) -> tuple[Any, Any, Any]:
    """Pictures, departments and folds of the four departments that have most works."""
    met = data_folder / "met"
    with (met / "benchmark.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["department"]]
    told = np.array([row["department"] for row in rows])
    names, counts = np.unique(told, return_counts=True)
    kept = np.concatenate([np.flatnonzero(told == name)[:_EACH] for name in names[np.argsort(-counts)[:4]]])
    files = np.array([str(met / "images" / f"{rows[place]['objectID']}.jpg") for place in kept], object)
    folds = np.array([int(rows[place]["fold"]) for place in kept])
    return files, np.unique(told[kept], return_inverse=True)[1], folds


@pytest.mark.parametrize(("name", "least"), [("p5-words", 0.55), ("words", 0.55)])
def test_departments_are_told_apart(
    name: str, least: float, departments: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    X, y, fold = departments
    folder = tmp_path_factory.getbasetemp() / "words-of-real-pictures"
    recipe = load(name).changed({"strengths": [10], "gammas": [1], "folds": 2, "words": 100})
    model: Any = family("words").estimator(recipe, Lesson("single", tuple("abcd"), folder=folder))
    model.fit(X[fold != 0], y[fold != 0])
    assert (model.predict(X[fold == 0]) == y[fold == 0]).mean() > least  # by chance a quarter
