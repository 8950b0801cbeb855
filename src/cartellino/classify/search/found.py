"""What a search found, as a recipe of its own, and in sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cartellino.classify.recipe import Recipe
from cartellino.classify.search.space import applied
from cartellino.classify.search.study import DONE, FAILED, PRUNED, Study, Trial, shares
from cartellino.show import words

NAMES = {"log_loss": "log loss", "accuracy": "share labelled rightly", "f2": "F2"}


def found_recipe(study: Study, recipe: Recipe) -> Recipe:
    """The recipe with the best settings; as it is, if nothing was better."""
    best = study.best
    if best is None or not best.settings:
        return recipe
    summary = f"{recipe.summary} Searched for {study.label_set}: {words.listing(sorted(best.settings))}."
    return replace(applied(recipe, best.settings), name=f"{recipe.name}-searched", summary=summary.strip())


def as_toml(recipe: Recipe, study: Study) -> str:
    """A recipe as the file that `train --recipe` takes, with where it came from."""
    lines = [f"# {sentence}" for sentence in sentences(study)]
    lines += [f"{key} = {_toml(value)}" for key, value in recipe.to_dict().items() if value is not None]
    return "\n".join([*lines, ""])


def headline(study: Study) -> str:
    """What came of it: better or not than the recipe as it is, and by how much."""
    best, first = study.best, _first(study)
    name, n = NAMES[study.objective], words.count(len(study.ended), "trial")
    if best is None or first is None:
        return f"After {n} nothing can be said yet: no trial has gone through all folds."
    if best.number == 0:
        return f"Of {n} none is better than the recipe as it is: {name} {best.value:.3f}."
    folds = sum((one < other) == study.falls and one != other for one, other in _paired(best, first))
    return (
        f"The best of {n}: {name} {best.value:.3f}, where the recipe as it is has {first.value:.3f}; better "
        f"in {folds} of {study.folds} folds."
    )


def sentences(study: Study) -> list[str]:
    """The headline, and how far to believe it."""
    ended = shares(study.ended)
    told = [headline(study)]
    if study.best is not None and study.best.settings:
        settings = (f"{name} = {_shown(value)}" for name, value in study.best.settings.items())
        told.append(f"Its settings: {', '.join(settings)}.")
    told.append(
        f"{words.count(ended[DONE], 'trial')} went through all {study.folds} folds, "
        f"{words.number(ended[PRUNED])} {'was' if ended[PRUNED] == 1 else 'were'} given up because half of "
        f"the others were ahead by then, {words.number(ended[FAILED])} could not be learnt."
    )
    told.append(
        "Folds are of the works to learn from; calibration and test works were not looked at. The best of "
        "many flatters itself: what it is worth is said by the test part, in the report of the model."
    )
    return told


def _first(study: Study) -> Trial | None:
    return next((trial for trial in study.trials if trial.number == 0 and trial.state == DONE), None)


def _paired(best: Trial, first: Trial) -> list[tuple[float, float]]:
    return list(zip(best.values, first.values, strict=True))


def _shown(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(
            f"{json.dumps(key, ensure_ascii=False)} = {_toml(each)}" for key, each in value.items()
        )
        return "{ " + inner + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
