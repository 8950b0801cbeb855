"""The page of a search, the same as JSON, and its figures as files."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cartellino.classify.recipe import Recipe
from cartellino.classify.search.found import NAMES, as_toml, found_recipe, headline, sentences
from cartellino.classify.search.study import BEGUN, DONE, FAILED, PRUNED, Study, Trial
from cartellino.files import write_text
from cartellino.show import drawing, figures, html, words
from cartellino.show.charts.parallel import axis_of
from cartellino.show.drawing import Drawing

PAGE, DATA = "report.html", "report.json"
_FACTORS = 20  # values that far apart are drawn by factors


def write(study: Study, recipe: Recipe, folder: Path) -> Path:
    """Write the report of a search; return its page, written last.

    Parameters
    ----------
    study : Study
        With one trial or more that is over.
    recipe : Recipe
        The recipe as it is.
    folder : Path
        Where ``report.html``, ``report.json`` and ``figures/`` go.
    """
    data = told(study, recipe)
    drawn = {each.name: each for each in (_trials(study), _parallel(study, recipe)) if each is not None}
    drawing.save(drawn.values(), folder / "figures")
    write_text(folder / DATA, json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    page = html.render(
        "classify/search.html",
        data=data,
        rows=_rows(study, recipe),
        drawings=drawn,
        provenance=_provenance(study),
        toml=as_toml(found_recipe(study, recipe), study),
    )
    write_text(folder / PAGE, page)
    return folder / PAGE


def told(study: Study, recipe: Recipe) -> dict[str, Any]:
    """What a search says, as JSON's objects: docs/how-to/search-settings.md tells the keys."""
    best = study.best
    return {
        **asdict(study),
        "trials": [{**asdict(trial), "value": _plain(trial.value)} for trial in study.trials],
        "best": None if best is None else {**asdict(best), "value": best.value},
        "measure": NAMES[study.objective],
        "settings": _names(study),
        "found": found_recipe(study, recipe).to_dict(),
        "headline": headline(study),
        "summary": sentences(study),
    }


def _names(study: Study) -> list[str]:
    return sorted({name for trial in study.trials for name in trial.settings})


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value


def _trials(study: Study) -> Drawing:
    first = next((trial.value for trial in study.trials if trial.number == 0 and trial.values), None)
    figure = figures.trials(
        [_plain(trial.value) for trial in study.trials],
        [trial.state == DONE for trial in study.trials],
        measure=f"{NAMES[study.objective]} ({'less' if study.falls else 'more'} is better)",
        falls=study.falls,
        first=first,
    )
    see = "Once the line is flat, more trials buy little. Hollow dots were given up before their last fold."
    works = f"mean over {study.folds} folds of the works to learn from"
    return Drawing("trials", figure, see, f"{NAMES[study.objective].capitalize()} by trial, {works}.")


def _parallel(study: Study, recipe: Recipe) -> Drawing | None:
    """Settings of whole trials; where only one went so far there is nothing to see.

    The recipe as it is may lie outside of what was looked at, and is left out.
    """
    shown = [trial for trial in study.trials if trial.state == DONE and trial.number]
    if len(shown) < 2 or study.best is None:
        return None
    values = [trial.value for trial in shown]
    axes = [
        axis_of(name, _column(shown, recipe, name), log=_by_factors(shown, recipe, name))
        for name in _names(study)
    ]
    axes.append(axis_of(NAMES[study.objective], values))
    order = sorted(values, reverse=study.falls)
    goodness = [order.index(value) / max(1, len(order) - 1) for value in values]
    figure = figures.parallel(axes, goodness, shown.index(study.best) if study.best in shown else -1)
    see = "Where dark lines run through one place, that setting matters; where they fan out, it does not."
    return Drawing("parallel", figure, see, "Trials that went through all folds; the best in its own colour.")


def _column(trials: Sequence[Trial], recipe: Recipe, name: str) -> list[Any]:
    """The values of a setting; those of the recipe where a trial left it as it is."""
    own = recipe.to_dict()[name]
    plain = own[0] if isinstance(own, tuple) and len(own) == 1 else own
    return [trial.settings.get(name, plain) for trial in trials]


def _by_factors(trials: Sequence[Trial], recipe: Recipe, name: str) -> bool:
    values = _column(trials, recipe, name)
    numbers = [each for each in values if isinstance(each, (int, float)) and not isinstance(each, bool)]
    return len(numbers) == len(values) and min(numbers) > 0 and max(numbers) / min(numbers) > _FACTORS


def _rows(study: Study, recipe: Recipe) -> list[dict[str, Any]]:
    best, names = study.best, _names(study)
    ways = {DONE: 0, PRUNED: 1, BEGUN: 2, FAILED: 3}
    sign = 1 if study.falls else -1
    ordered = sorted(study.trials, key=lambda trial: (ways[trial.state], sign * (_plain(trial.value) or 0)))
    return [
        {
            "number": f"{trial.number}{'' if trial.settings else ' (as it is)'}",
            "cells": [_cell(value) for value in (_column([trial], recipe, name)[0] for name in names)],
            "value": f"{trial.value:.4f}" if trial.values else "–",
            "folds": f"{len(trial.values)} of {study.folds}",
            "seconds": f"{trial.seconds:.1f}",
            "told": {DONE: "", PRUNED: "given up", BEGUN: "under way", FAILED: trial.reason}[trial.state],
            "state": trial.state,
            "best": best is not None and trial.number == best.number,
        }
        for trial in ordered
    ]


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(_cell(each) for each in value) or "–"
    return json.dumps(value) if isinstance(value, Mapping) else str(value)


def _provenance(study: Study) -> list[tuple[str, str]]:
    spent = sum(trial.seconds for trial in study.trials)
    return [
        ("search", study.name),
        ("recipe", f"{study.recipe['name']} (family {study.recipe['family']})"),
        ("where it looked", "; ".join(study.space)),
        ("judged by", f"{NAMES[study.objective]}, {study.folds} folds of train and validation, kin together"),
        ("label set", study.label_set),
        ("hash of the label set", study.label_set_hash),
        ("seed", str(study.seed)),
        ("time in trials", words.duration(spent)),
    ]
