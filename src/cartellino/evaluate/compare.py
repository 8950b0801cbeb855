"""Models side by side on the same works: figures, what chance alone may have done, and what each costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import InputError, ModelError
from cartellino.evaluate import compare_words
from cartellino.evaluate.compare_figures import Measure, among_first, drawn, measures
from cartellino.evaluate.evaluation import label_set_told, plain
from cartellino.evaluate.measure import LEVEL, measured
from cartellino.evaluate.summary import PARTS
from cartellino.metrics.paired import difference, holm, mcnemar

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet
    from cartellino.evaluate.said import Said

FORMAT = 1
ROUNDS = 2000
AGAINST = ("best", "first")
_LEVEL_OF_PROOF = 0.05
_ALIKE = 1.1


@dataclass(frozen=True)
class Cost:
    """What a model costs; None is what was not measured.

    Parameters
    ----------
    training_seconds : float or None
        Learning alone, once features are there; of folds, the mean.
    bytes : int or None
        On the disk.
    pictures_per_second : float or None
        From a picture's file to its probabilities, on one core.
    head_pictures_per_second : float or None
        From what it sees to probabilities: what predicting costs where features are kept.
    """

    training_seconds: float | None = None
    bytes: int | None = None
    pictures_per_second: float | None = None
    head_pictures_per_second: float | None = None


@dataclass(frozen=True)
class Candidate:
    """A model, or a recipe in folds, and what it said of the works.

    Parameters
    ----------
    name, recipe, backbone : str
        What people call it, its recipe, and what it sees.
    said : Said
        What it said.
    cost : Cost
        What it costs.
    provenance : mapping
        Where it came from.
    """

    name: str
    recipe: str
    backbone: str
    said: Said
    cost: Cost
    provenance: Mapping[str, Any]


def compare(
    candidates: Sequence[Candidate],
    label_set: LabelSet,
    *,
    part: str,
    against: str = "best",
    seed: int = 0,
    rounds: int = ROUNDS,
    folds: int = 0,
) -> dict[str, Any]:
    """Compare models on works that none of them has learnt from.

    Parameters
    ----------
    candidates : sequence of Candidate
        Two or more, asked about the same works.
    label_set : LabelSet
        What they learnt.
    part : str
        The part that the works are of, or 'folds'.
    against : str
        'best': all are held against each other, since the best is known only once all were looked at;
        'first': the others are held against the first, which was named beforehand.
    seed, rounds : int
        Of the works drawn again, kin together.
    folds : int
        How many folds; 0 for a part.

    Returns
    -------
    dict
        Plain values with stable keys, ready for JSON: docs/how-to/compare-models.md tells them.

    Raises
    ------
    InputError
        If there are fewer than two, two of one name, or `against` is neither.
    ModelError
        If they were not asked about the same works.
    """
    _refuse(candidates, against)
    said = [each.said for each in candidates]
    asked = measures(label_set.kind, len(label_set.classes))
    rows = drawn(said, seed, rounds)
    best = _best(asked[0], rows)
    models = [_model(*each, asked, seed) for each in zip(candidates, rows, strict=True)]
    pairs = _pairs(said, rows, asked, against, best)
    told = {
        "format": FORMAT,
        "kind": label_set.kind,
        "part": part,
        "part_in_words": PARTS[part],
        "folds": folds,
        "works": len(said[0]),
        "against": against,
        "main": asked[0].key,
        "measures": [each._asdict() for each in asked],
        "best": candidates[best].name,
        "models": models,
        "pairs": [_named(pair, candidates) for pair in pairs],
        "agreement": agreement(said).tolist(),
        "classes": _classes(label_set, models),
        "frontier": {cost: _frontier(models, asked[0].key, cost) for cost in ("predicting", "training")},
        "label_set": label_set_told(label_set),
        "seed": seed,
        "rounds": rounds,
        "level": LEVEL,
    }
    told |= {"headline": compare_words.headline(told), "summary": compare_words.sentences(told)}
    found: dict[str, Any] = plain(told)
    return found


def agreement(said: Sequence[Said]) -> NDArray[np.float64]:
    """How alike models answer; (m, m).

    Single: the share of works that both give the same label. Several labels: the mean over works of the
    labels that both give among those that either gives (Jaccard), 1 where neither gives any.
    """
    found = np.eye(len(said))
    for one, other in combinations(range(len(said)), 2):
        both = (said[one].chosen & said[other].chosen).sum(axis=1)
        either = (said[one].chosen | said[other].chosen).sum(axis=1)
        found[one, other] = found[other, one] = np.where(either, both / np.maximum(either, 1), 1.0).mean()
    return found


def _refuse(candidates: Sequence[Candidate], against: str) -> None:
    if len(candidates) < 2:
        raise InputError("one model alone cannot be compared", "", "Name at least two.")
    names = [each.name for each in candidates]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"'{twice[0]}' is named twice", "", "Name each once.")
    if against not in AGAINST:
        raise InputError(
            f"models are held against 'best' or 'first', not '{against}'", "", "Say one of them."
        )
    first = candidates[0].said
    for each in candidates[1:]:
        same = each.said.classes == first.classes and np.array_equal(each.said.truth, first.truth)
        if not same:
            raise ModelError(
                "it was asked about other works or classes than the first",
                each.name,
                "Compare models of one label set.",
            )


def _best(measure: Measure, rows: Sequence[Mapping[str, Any]]) -> int:
    """The first of those with the best figure."""
    values = [float(row[measure.key][0]) for row in rows]
    return int(np.argmax(values if measure.more_is_better else np.negative(values)))


def _model(
    candidate: Candidate, row: Mapping[str, Any], asked: Sequence[Measure], seed: int
) -> dict[str, Any]:
    tail = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    figures = {}
    for each in asked:
        value, (low, high) = float(row[each.key][0]), np.nanquantile(row[each.key][1:], tail)
        figures[each.key] = {"value": value, "low": min(float(low), value), "high": max(float(high), value)}
    told = measured(candidate.said, seed)
    if candidate.said.single:  # Wilson's interval, as every report has it
        figures |= {key: _ends(told["figures"][key]) for key in ("top_1", "top_3") if key in figures}
    return {
        "name": candidate.name,
        "recipe": candidate.recipe,
        "backbone": candidate.backbone,
        "figures": figures,
        "cost": asdict(candidate.cost),
        "classes": {each["label"]: _ends(each["f1"]) for each in told["classes"]},
        "calibration_error": told["calibration"]["error"],
        "provenance": dict(candidate.provenance),
    }


def _ends(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: told[key] for key in ("value", "low", "high")}


def _pairs(
    said: Sequence[Said],
    rows: Sequence[Mapping[str, Any]],
    asked: Sequence[Measure],
    against: str,
    best: int,
) -> list[dict[str, Any]]:
    """Every question that is asked, answered, and corrected for how many there are."""
    places = range(len(said))
    asked_of = list(combinations(places, 2)) if against == "best" else [(0, each) for each in places[1:]]
    if against == "best":  # the best stands first, as what the others are held against
        asked_of = [(two, one) if two == best else (one, two) for one, two in asked_of]
    found = [_pair(said, rows, asked, *each) for each in asked_of]
    for pair, corrected in zip(found, holm([pair["p"] for pair in found]), strict=True):
        main = pair["differences"][asked[0].key]
        proven = corrected < _LEVEL_OF_PROOF and main["value"] != 0
        ahead = (main["value"] > 0) == asked[0].more_is_better
        pair |= {
            "p_corrected": corrected,
            "better": (pair["first" if ahead else "second"]) if proven else None,
        }
    return found


def _pair(
    said: Sequence[Said], rows: Sequence[Mapping[str, Any]], asked: Sequence[Measure], one: int, two: int
) -> dict[str, Any]:
    apart = {
        each.key: difference(
            float(rows[one][each.key][0] - rows[two][each.key][0]),
            rows[one][each.key][1:],
            rows[two][each.key][1:],
            LEVEL,
        )._asdict()
        for each in asked
    }
    p, exact = apart[asked[0].key]["p"], None
    if said[one].single:
        exact = mcnemar(among_first(said[one], 1), among_first(said[two], 1))._asdict()
        p = max(p, exact["p"])  # works that are kin speak through the one, few works through the other
    return {"first": one, "second": two, "differences": apart, "mcnemar": exact, "p": p}


def _named(pair: dict[str, Any], candidates: Sequence[Candidate]) -> dict[str, Any]:
    named = {
        key: None if pair[key] is None else candidates[pair[key]].name
        for key in ("first", "second", "better")
    }
    return {**pair, **named}


def _classes(label_set: LabelSet, models: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """F1 of each class by each model, in the order of the models."""
    return [
        {"label": label, "f1": [model["classes"][label] for model in models]} for label in label_set.classes
    ]


def _frontier(models: Sequence[Mapping[str, Any]], main: str, cost: str) -> list[str]:
    """Models that no other beats at no higher cost (Pareto); those whose cost is unknown take no part.

    Costs that are less than a tenth apart count as one: clocks are no better than that.
    """
    known = [(each, spent(each["cost"], cost)) for each in models]
    told = [(each["name"], each["figures"][main]["value"], paid) for each, paid in known if paid is not None]
    return [
        name
        for name, value, paid in told
        if not any(
            (other > value and less <= _ALIKE * paid) or (other == value and _ALIKE * less < paid)
            for _, other, less in told
        )
    ]


def spent(cost: Mapping[str, Any], kind: str) -> float | None:
    """Seconds of a cost: 'predicting', for one picture; 'training', in all."""
    if kind == "training":
        told: float | None = cost["training_seconds"]
        return told
    rate = cost["pictures_per_second"] or cost["head_pictures_per_second"]
    return 1 / rate if rate else None
