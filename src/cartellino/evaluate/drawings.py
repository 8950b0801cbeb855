"""The figures of a report, each with a caption that says what to see and what data it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from cartellino.show import figures, words
from cartellino.show.charts.curves import Curve
from cartellino.show.drawing import Drawing

# Measures of an epoch, and what they are called; of several labels there is no likeliest.
_CURVES = {
    "loss": "loss",
    "accuracy": "accuracy",
    "top-3": "right among the first three",
    "top-5": "right among the first five",
    "f1": "F1",
    "f2": "F2",
}


def drawings(data: Mapping[str, Any]) -> dict[str, Drawing]:
    """All figures that an evaluation has data for, by name."""
    made = {name: drawing(name, data) for name in DRAWERS}
    return {name: each for name, each in made.items() if each is not None}


def drawing(name: str, data: Mapping[str, Any]) -> Drawing | None:
    """One of the figures of an evaluation (see `DRAWERS`); None if there are no data for it."""
    return DRAWERS[name](data)


def _scores(data: Mapping[str, Any]) -> Drawing:
    classes = data["classes"]
    f1 = [each["f1"] for each in classes]
    figure = figures.class_scores(
        [each["label"] for each in classes],
        [each["value"] for each in f1],
        [each["low"] for each in f1],
        [each["high"] for each in f1],
        [each["works"] for each in classes],
        mean=data["figures"]["f1_macro"]["value"],
    )
    see = "A short line is a safe figure; a long one says that there are too few works to tell."
    return Drawing("classes", figure, see, f"F1 by class, best first, {_works(data)}.")


def _confusion(data: Mapping[str, Any]) -> Drawing | None:
    if data["confusion"] is None:
        return None
    figure = figures.confusion([each["label"] for each in data["classes"]], np.array(data["confusion"]))
    see = "Orange cells off the diagonal are mistakes; classes that are taken for each other stand together."
    told = f"Works by catalogued class (row) and model’s label (column), {_works(data)}"
    return Drawing("confusion", figure, see, f"{told}; a cell is as full as its share of the row.")


def _thresholds(data: Mapping[str, Any]) -> Drawing | None:
    shown = [each for each in data["classes"] if each["threshold"] is not None and each["works"]]
    if not shown:
        return None
    figure = figures.tag_thresholds(
        [each["label"] for each in shown],
        [each["threshold"] for each in shown],
        [each["precision"]["value"] or 0.0 for each in shown],
        [each["recall"]["value"] or 0.0 for each in shown],
        [each["works"] for each in shown],
    )
    see = "A diamond right of its dot is a label given generously; a diamond left of it, one given sparingly."
    told = f"Threshold of each label, tuned on the validation part, and what it leads to {_works(data)}."
    return Drawing("thresholds", figure, see, told)


def _reliability(data: Mapping[str, Any]) -> Drawing | None:
    told = data["calibration"]
    if not told["bins"]:
        return None
    held = {
        key: [np.nan if each[key] is None else each[key] for each in told["bins"]]
        for key in ("confidence", "came_true", "low", "high")
    }
    figure = figures.reliability(**held, works=[each["count"] for each in told["bins"]], unit=told["unit"])
    see = "Dots on the dashed line are probabilities that can be taken at their word."
    of = (
        "Probability of the likeliest label"
        if data["kind"] == "single"
        else "Probabilities from 0.1 up, of all labels"
    )
    return Drawing("reliability", figure, see, f"{of}, {_works(data)}.")


def _counts(data: Mapping[str, Any]) -> Drawing:
    told = data["label_set"]
    parts = {part: counts for part, counts in told["works"].items() if any(counts)}
    figure = figures.class_counts(
        told["classes"], parts, unit="work" if data["kind"] == "single" else "label"
    )
    see = "Classes with short bars are learnt from little, and measured on less."
    return Drawing(
        "data", figure, see, f"Works by class and part, label set {told['name']}@{told['version']}."
    )


def _curves(data: Mapping[str, Any]) -> Drawing | None:
    """What each epoch came to, for a model that learnt in epochs."""
    model = data["model"]
    rows, chosen = model.get("history") or [], model.get("epoch")
    if not rows or not chosen:
        return None
    shown = [each for each in _CURVES if each in rows[0]][:4]
    figure = figures.curves([_curve(rows, each) for each in shown], chosen)
    see = (
        f"The ring is epoch {chosen}, whose weights were kept; where validation turns away from training, "
        "the network learns works by heart."
    )
    told = "Training as it was seen while it was learnt from; validation at the end of each epoch."
    return Drawing("curves", figure, see, told)


def _curve(rows: Sequence[Mapping[str, Any]], measure: str) -> Curve:
    of = {part: [row[measure] for row in rows if row["part"] == part] for part in ("train", "validation")}
    return Curve(_CURVES[measure], of["train"], of["validation"], share=measure != "loss")


def _works(data: Mapping[str, Any]) -> str:
    part = "cross-validated works" if data["part"] == "folds" else f"{data['part']} works"
    return f"on {words.number(data['works'])} {part}"


DRAWERS: dict[str, Callable[[Mapping[str, Any]], Drawing | None]] = {
    "classes": _scores,
    "confusion": _confusion,
    "thresholds": _thresholds,
    "reliability": _reliability,
    "data": _counts,
    "curves": _curves,
}
