"""What came of a study, as plain values: the page's data, and the JSON beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from cartellino.evaluate.summary import figure_name
from cartellino.studies.run import Done, Tabled
from cartellino.studies.study import Study
from cartellino.version import VERSION

FORMAT = 1
_PARTS = {"train": "training part", "validation": "validation part"}


def told(study: Study, tabled: Sequence[Tabled], scale: str, seeds: Sequence[int]) -> dict[str, Any]:
    """Everything that the page says.

    Returns
    -------
    dict
        'format', 'study' (its file's keys, without the tables), 'scale', 'changed' (what the scale changes),
        'seeds', 'tables', 'provenance'. A table has 'title', 'labels', 'works', 'classes', 'refused',
        'measures' (key and name), 'rows' and 'distances' (`Distances.told`, or None); a row 'called',
        'recipe', 'refused', 'remark', 'models', 'figures' (measure to 'theirs', 'value', 'low', 'high',
        'values'), 'classes' (by class).
    """
    return {
        "format": FORMAT,
        "study": {key: value for key, value in asdict(study).items() if key not in ("tables", "scales")},
        "scale": scale,
        "changed": dict(study.scale(scale)),
        "seeds": list(seeds),
        "tables": [_table(each) for each in tabled],
        "provenance": {
            "version": VERSION,
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "label_sets": {each.label_set.title: each.label_set.hash for each in tabled if each.label_set},
            "models": [model.name for each in tabled for done in each.rows for model in done.models],
        },
    }


def _table(tabled: Tabled) -> dict[str, Any]:
    table, label_set = tabled.table, tabled.label_set
    kind = "single" if label_set is None else label_set.kind
    return {
        "title": table.title,
        "labels": table.labels if label_set is None else label_set.title,
        "works": 0 if label_set is None else len(label_set.works),
        "classes": [] if label_set is None else list(label_set.classes),
        "by_class": table.by_class,
        "refused": tabled.refused,
        "measures": [{"key": key, "name": measure_name(key, kind)} for key in table.measures],
        "rows": [_row(done, table.measures, table.by_class) for done in tabled.rows],
        "distances": tabled.distances.told() if tabled.distances else None,
    }


def _row(done: Done, measures: Sequence[str], by_class: str) -> dict[str, Any]:
    run = done.run
    return {
        "called": run.called,
        "recipe": run.recipe,
        "remark": run.remark,
        "refused": done.refused,
        "changed": dict(done.changed),
        "models": [model.name for model in done.models],
        "figures": {
            key: {"theirs": run.theirs.get(key), **_mean(done.measured.get(key, []))} for key in measures
        },
        "classes": _classes(done, by_class) if by_class else [],
    }


def _mean(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The mean over the seeds, of values and of the ends of their intervals."""
    means = {key: _mean_of([each[key] for each in found]) for key in ("value", "low", "high")}
    return {**means, "values": [] if means["value"] is None else [each["value"] for each in found]}


def _mean_of(told: Sequence[float | None]) -> float | None:
    """The mean; none where one of them is none: not every figure has an interval."""
    values = [each for each in told if each is not None]
    return sum(values) / len(values) if values and len(values) == len(told) else None


def _classes(done: Done, measure: str) -> list[dict[str, Any]]:
    """A figure of every class that the study or the collection has."""
    theirs = dict(done.run.theirs_by_class)
    data = [model.report.data["classes"] for model in done.models]
    ours: dict[str, list[dict[str, Any]]] = {each["label"]: [] for classes in data for each in classes}
    for classes in data:
        for each in classes:
            ours[each["label"]].append({**each[measure], "works": each["works"]})
    return [
        {
            "label": label,
            "theirs": theirs.get(label),
            "works": ours[label][0]["works"] if label in ours else None,
            **_mean(ours.get(label, [])),
        }
        for label in [*ours, *(label for label in theirs if label not in ours)]
    ]


def measure_name(key: str, kind: str) -> str:
    """A measure in words: 'right label, training part'."""
    part, _, figure = key.rpartition(".")
    name = figure_name(figure, kind)
    return f"{name}, {_PARTS[part]}" if part in _PARTS else name
