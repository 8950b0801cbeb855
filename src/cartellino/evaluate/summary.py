"""What an evaluation says, in sentences and in the few figures that head a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cartellino.show import words

PARTS = {
    "test": "works set aside for testing, which the model has neither learnt from nor been tuned on",
    "train": "works that the model has learnt from: this is not a test, and flatters it",
    "validation": "works on which the model was tuned: this is not a test, and flatters it",
    "calibration": "works kept for calibrating promises; promises made on them must not be judged by them",
    "folds": "all works of the label set, each labelled by a model that has not seen it or its kin",
}
_OF_A_PART = {
    "test": "test",
    "train": "training",
    "validation": "validation",
    "calibration": "calibration",
    "folds": "cross-validated",
}
_FIGURES = {
    "top_1": "right label",
    "top_3": "right among the first 3",
    "top_5": "right among the first 5",
    "exact": "all labels right",
    "labels_right": "labels rightly given or not given",
    "recall_micro": "right label",
    "f1_macro": "F1, mean over classes",
    "f1_micro": "F1, over all labels",
    "f1_samples": "F1, mean over works",
    "f2_macro": "F2, mean over classes",
    "f2_micro": "F2, over all labels",
}
_MEASURES = {"precision": "precision", "recall": "recall", "f1": "F1", "f2": "F2"}
_AVERAGES = {
    "macro": "mean over classes",
    "micro": "over all labels",
    "weighted": "mean over classes by their works",
    "samples": "mean over works",
}
_SINGLE = ("top_1", "top_3", "top_5", "f1_macro", "f2_macro")
_MULTI = ("top_1", "top_3", "f1_micro", "f1_macro", "f2_micro", "f2_macro", "exact")
_AS_SHARE = ("top_1", "top_3", "top_5", "exact")
_LISTED, _ENOUGH = 3, 5


def headline(data: Mapping[str, Any]) -> str:
    """The sentence that says it all: 'Of 226 test works the label is right for 208 (92.0 %, …)'."""
    told, n = data["figures"]["top_1"], data["works"]
    works = f"{words.number(n)} {_OF_A_PART[data['part']]} {words.count(n, 'work').split()[1]}"
    if data["kind"] == "single":
        return f"Of {works} the label is right for {words.number(told['count'])} ({_share_in_words(told)})."
    found = data["figures"]
    return (
        f"On {works}, {_in_hundred(found['precision_micro'])} of 100 labels that the model gives are the "
        f"catalogue’s, and it gives {_in_hundred(found['recall_micro'])} of 100 that the catalogue has "
        f"(F1 {_decimal(found['f1_micro'])}, between {_decimal(found['f1_micro'], 'low')} and "
        f"{_decimal(found['f1_micro'], 'high')})."
    )


def sentences(data: Mapping[str, Any]) -> list[str]:
    """What a director can read in a minute, below the headline."""
    told = [_choice(data), _best_and_worst(data), _mistaken(data), _belief(data)]
    if data["kind"] == "multi":
        told.append(_generosity(data))
        told.append(
            "For comparison: people who index subjects independently of each other agree on 30–50 % of them, "
            "so that some of what counts as wrong here is a matter of judgement."
        )
    told.append(
        f"Measured on {PARTS[data['part']]}. It holds for works like those that were labelled; "
        "works of another kind need labels of their own."
    )
    if data["pictureless"]:
        told.append(
            f"{words.count(data['pictureless'], 'work')} without a readable picture could not be asked."
        )
    return [sentence for sentence in told if sentence]


def headline_rows(data: Mapping[str, Any]) -> list[list[str]]:
    """The figures that head a report: name, value and 95 % interval, ready to print."""
    names = _SINGLE if data["kind"] == "single" else _MULTI
    rows = [
        [figure_name(name, data["kind"]), *_cells(name, data["figures"][name])]
        for name in names
        if name in data["figures"]
    ]
    error = data["calibration"]
    if error["error"] is not None:
        chance = f"{error['by_chance']:.3f} by chance alone"
        rows.append(["calibration error", f"{error['error']:.3f}", chance])
    return rows


def figure_name(name: str, kind: str) -> str:
    """What a figure is called on a page.

    Raises
    ------
    KeyError
        If there is no such figure.
    """
    if kind == "multi" and name in ("top_1", "top_3", "top_5"):
        first = "likeliest label" if name == "top_1" else f"one of the first {name[-1]} labels"
        return f"{first} is right"
    if name in _FIGURES:
        return _FIGURES[name]
    measure, _, average = name.partition("_")
    return f"{_MEASURES[measure]}, {_AVERAGES[average]}"


def _cells(name: str, told: Mapping[str, Any]) -> list[str]:
    if told["value"] is None:
        return ["–", "–"]
    if name in _AS_SHARE:
        return [
            words.percent(told["value"], told["of"]),
            words.span(told["low"], told["high"], told["of"]),
        ]
    return [_decimal(told), f"{told['low']:.3f}–{told['high']:.3f}"]


def _choice(data: Mapping[str, Any]) -> str:
    told = data["figures"].get("top_3")
    if told is None:
        return ""
    right = "the right one" if data["kind"] == "single" else "at least one right one"
    return (
        f"A person who chooses among the first three suggestions finds {right} for "
        f"{words.number(told['count'])} of {words.number(told['of'])} ({_share_in_words(told)})."
    )


def _best_and_worst(data: Mapping[str, Any]) -> str:
    judged = [
        each for each in data["classes"] if each["works"] >= _ENOUGH and each["f1"]["value"] is not None
    ]
    if len(judged) < 2:
        return ""
    ranked = sorted(judged, key=lambda each: -each["f1"]["value"])
    few = min(_LISTED, len(ranked) // 2)
    unsaid = len(data["classes"]) - len(judged)
    aside = (
        f" {words.count(unsaid, 'class', 'classes')} with fewer than {_ENOUGH} works here "
        f"cannot be judged one by one."
        if unsaid
        else ""
    )
    return (
        f"Told best, by F1: {_with_scores(ranked[:few])}. "
        f"Hardest: {_with_scores(ranked[: -few - 1 : -1])}.{aside}"
    )


def _with_scores(classes: list[Any]) -> str:
    return words.listing([f"{each['label']} ({each['f1']['value']:.2f})" for each in classes])


def _mistaken(data: Mapping[str, Any]) -> str:
    if not data["hardest"]:
        return ""
    worst = data["hardest"][0]
    return (
        f"Most often mistaken: {words.number(worst['works'])} of {words.count(worst['of'], 'work')} of "
        f"‘{worst['label']}’ {'was' if worst['works'] == 1 else 'were'} labelled ‘{worst['taken_for']}’."
    )


def _belief(data: Mapping[str, Any]) -> str:
    told = data["calibration"]
    if told["error"] is None:
        return ""
    measured = (
        f"calibration error {told['error']:.3f}, where a perfectly calibrated model would show about "
        f"{told['by_chance']:.3f} on {words.count(told['of'], told['unit'])}, and less than "
        f"{told['by_chance_high']:.3f} nineteen times in twenty"
    )
    if told["error"] <= told["by_chance_high"]:
        return f"Its probabilities can be taken at their word ({measured})."
    leaning = "too sure of itself" if told["leaning"] > 0 else "more often right than it thinks"
    return f"Its probabilities are somewhat off: the model is {leaning} ({measured})."


def _generosity(data: Mapping[str, Any]) -> str:
    beta = data["model"]["beta"]
    if beta is None or beta == 1:
        return ""
    cost = "more than one too many" if beta > 1 else "less than one too many"
    return f"Its thresholds are tuned for F{beta:g}: a missed label counts for {cost}."


def _share_in_words(told: Mapping[str, Any]) -> str:
    if told["value"] is None:
        return "nothing to measure"
    of = told["of"]
    return f"{words.percent(told['value'], of)}, {words.between(told['low'], told['high'], of)}"


def _in_hundred(told: Mapping[str, Any]) -> str:
    return "–" if told["value"] is None else f"{100 * told['value']:.0f}"


def _decimal(told: Mapping[str, Any], end: str = "value") -> str:
    return "–" if told[end] is None else f"{told[end]:.3f}"
