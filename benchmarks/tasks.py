"""The fixed tasks: how well a recipe tells departments, cultures, tags and styles.

    python benchmarks/tasks.py
    python benchmarks/tasks.py --recipe svm --set components=256 --seeds 0
    python benchmarks/tasks.py --recipe p4-tuned --set size=96 resize=106 epochs=6 --only department

Pictures go the whole way of the package: added to a collection, trimmed, turned into the features that the
recipe sees, unless it sees the pictures themselves. Each fold is labelled by a model that learnt from the
four others, its strength, temperature and thresholds chosen by folds within those four. Three seeds draw the
inner folds and the solver's first guess.
"""

from __future__ import annotations

import argparse
import csv
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import cartellino
import harness
from cartellino.acquire.folder import FolderSource
from cartellino.classify import recipe as recipes
from cartellino.classify.families import family
from cartellino.classify.family import Lesson
from cartellino.metrics import intervals, scores

# An afternoon's script: what has to be reached at least.
WANTED = {
    ("department", "fold"): (0.918, 0.795),
    ("department", "fold_by_artist"): (0.898, 0.771),
    ("culture", "fold"): (0.624, 0.507),
    ("culture", "fold_by_artist"): (0.589, 0.482),
    ("tags23", "fold"): (0.607, 0.406),
    ("tags23", "fold_by_artist"): (0.591, 0.359),
    ("style", "fold"): (0.570, None),
}
ROUNDS = 400


@dataclass(frozen=True)
class Task:
    """Pictures, what is true of them, the fold of each, and what is seen of them."""

    name: str
    folds: str
    X: Any
    y: Any
    fold: Any
    seen: dict[str, Any]

    @property
    def figures(self) -> tuple[str, str]:
        """Names of what is measured."""
        return ("micro-F2", "macro-F2") if self.y.ndim == 2 else ("accuracy", "macro-F1")


def main() -> None:
    told = _arguments()
    recipe = recipes.load(told.recipe).changed(_changes(told.set))
    rows = [["task", "folds", "figure", "reached", "95 % interval", "wanted", "above by", "seconds a fold"]]
    results = []
    for task in read(told.data, told.cache, recipe):
        if task.name not in (told.only or [task.name]) or task.folds not in (told.folds or [task.folds]):
            continue
        began = time.perf_counter()
        found = [_predicted(task, recipe, seed) for seed in told.seeds]
        seconds = (time.perf_counter() - began) / len(found) / len(np.unique(task.fold))
        for place, figure in enumerate(task.figures):
            value, low, high = _measured(task, found, place)
            wanted = WANTED[task.name, task.folds][place]
            above = "" if wanted is None else f"{100 * (value - wanted):+.1f}"
            rows.append(
                [
                    task.name,
                    task.folds,
                    figure,
                    f"{value:.3f}",
                    f"{low:.3f}–{high:.3f}",
                    f"{wanted or ''}",
                    above,
                    f"{seconds:.1f}",
                ]
            )
            results.append(
                {"task": task.name, "folds": task.folds, "figure": figure, "value": value}
                | {"low": low, "high": high, "wanted": wanted, "seconds": seconds}
            )
            print("  ".join(rows[-1]), flush=True)
    print("\n" + harness.aligned(rows))
    if told.out:
        harness.write(
            told.out, "Fixed tasks", {"seeds": told.seeds, "recipe": recipe.to_json(), "figures": results}
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument(
        "--cache", type=Path, default=Path("build/tasks"), help="folder for the two collections"
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--recipe", default="linear", help="any recipe, shipped or a file")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="other settings of it")
    parser.add_argument("--only", nargs="*", default=[], help="names of tasks")
    parser.add_argument("--folds", nargs="*", default=[], help="fold, fold_by_artist")
    parser.add_argument("--out", type=Path, help="keep the figures as JSON")
    return parser.parse_args()


def _changes(told: list[str]) -> dict[str, Any]:
    """Settings as a recipe's file would say them; what is no TOML is a text."""
    changes: dict[str, Any] = {}
    for each in told:
        key, _, value = each.partition("=")
        try:
            changes |= {key: tomllib.loads(f"value = {value}")["value"]}
        except tomllib.TOMLDecodeError:
            changes[key] = value
    return changes


def read(data: Path, cache: Path, recipe: recipes.Recipe | None = None) -> Iterator[Task]:
    """The fixed tasks, as a recipe sees their pictures; by the default backbone, if none is given."""
    place, X, seen = features(data / "met" / "images", cache / "met", recipe)
    with (data / "met" / "benchmark.csv").open(encoding="utf-8", newline="") as stream:
        works = [row for row in csv.DictReader(stream) if row["objectID"] in place]
    for folds in ("fold", "fold_by_artist"):
        for name in ("department", "culture", "tags23"):
            held = [row for row in works if row[name]]
            rows = [place[row["objectID"]] for row in held]
            fold = np.array([int(row[folds]) for row in held])
            yield Task(name, folds, X[rows], _truth(name, held), fold, seen)
    place, X, seen = features(data / "wikiart7" / "images", cache / "wikiart7", recipe)
    with (data / "wikiart7" / "styles.csv").open(encoding="utf-8", newline="") as stream:
        held = [row for row in csv.DictReader(stream) if Path(row["file"]).stem in place]
    rows = [place[Path(row["file"]).stem] for row in held]
    fold = np.array([int(row["fold"]) for row in held])
    yield Task("style", "fold", X[rows], _truth("style", held), fold, seen)


def _truth(name: str, rows: list[dict[str, str]]) -> Any:
    values = [row[name].split("|") for row in rows]
    classes = sorted({value for each in values for value in each})
    if name == "tags23":
        return np.array([[label in each for label in classes] for each in values], np.uint8)
    return np.array([classes.index(each[0]) for each in values])


def features(
    images: Path, folder: Path, recipe: recipes.Recipe | None = None
) -> tuple[dict[str, int], Any, dict[str, Any]]:
    """Rows of the pictures by the name of their file, what is seen of them, and its blocks and views."""
    with cartellino.create(folder) as museum:
        museum.add(FolderSource(images))
        keys = list(museum.catalogue.works.keys())
        pairs = list(museum.catalogue.pictures.shown_by(keys))
        names = [Path(museum.catalogue.works.id(work)).stem for work, _ in pairs]
        with museum.sight(recipe) as sight:
            X = sight.read([digest for _, digest in pairs])
            seen = {"blocks": sight.blocks, "views": sight.views, "cache": folder / "features"}
    return {name: row for row, name in enumerate(names)}, X, seen


def _predicted(task: Task, recipe: recipes.Recipe, seed: int) -> Any:
    """What each picture is given by the model that has not learnt from its fold: (n,) or (n, k)."""
    several = task.y.ndim == 2
    names = tuple(map(str, range(task.y.shape[1] if several else int(task.y.max()) + 1)))
    weights = None if recipe.class_weight == "none" else recipe.class_weight
    lesson = Lesson("multi" if several else "single", names, seed, class_weight=weights, **task.seen)
    given = np.zeros_like(task.y)
    for fold in np.unique(task.fold):
        learn = task.fold != fold
        # Artists stay together in the inner folds too, where they do in the outer ones.
        groups = task.fold[learn] if task.folds == "fold_by_artist" else None
        model: Any = family(recipe.family).estimator(recipe, lesson)
        model.fit(task.X[learn], task.y[learn], groups=groups)
        given[~learn] = model.predict(task.X[~learn])
    return given


def _measured(task: Task, found: list[Any], place: int) -> tuple[float, float, float]:
    """Mean of a figure over folds and seeds, and its interval when works are drawn again."""
    stacked = np.stack(found, axis=-1)
    value = _mean_figure(task, place, np.arange(len(task.y)), stacked)
    low, high = intervals.bootstrap(
        lambda drawn: _mean_figure(task, place, drawn, stacked), np.arange(len(task.y)), seed=0, rounds=ROUNDS
    )
    return value, low, high


def _mean_figure(task: Task, place: int, rows: Any, found: Any) -> float:
    values = []
    for fold in np.unique(task.fold):
        here = rows[task.fold[rows] == fold]
        values += [_figure(task.y, here, found[..., seed], place) for seed in range(found.shape[-1])]
    return float(np.mean(values))


def _figure(truth: Any, rows: Any, given: Any, place: int) -> float:
    if truth.ndim == 2:
        return float(scores.multi(truth[rows], given[rows])[("micro", "macro")[place]]["f2"])
    told = scores.single(truth[rows], given[rows], int(truth.max()) + 1)
    return float(told["macro"]["f1"] if place else told["accuracy"])


if __name__ == "__main__":
    main()
