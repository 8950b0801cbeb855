"""Calibration, judged against chance and not against zero."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cartellino.evaluate.believed import believed
from cartellino.evaluate.said import Said, chosen_by

from .labelled import said


def coins(works: int, bend: float, seed: int = 0) -> Said:
    """Two classes, the first with a stated probability that comes true with its power `bend`."""
    random = np.random.default_rng(seed)
    stated = random.uniform(0.5, 1.0, works)
    truth = (random.random(works) > stated**bend).astype(np.int64)
    probabilities = np.c_[stated, 1 - stated]
    chosen = chosen_by("single", probabilities, None)
    return Said("single", ("heads", "tails"), probabilities, truth, np.arange(works), chosen)


def test_a_perfect_model_lies_within_what_chance_makes() -> None:
    inside = [believed(coins(228, 1.0, seed), seed) for seed in range(20)]
    assert sum(each["error"] <= each["by_chance_high"] for each in inside) >= 17
    assert inside[0]["by_chance"] == pytest.approx(0.04, abs=0.02)


def test_a_model_that_is_too_sure_is_found_out() -> None:
    found = believed(coins(2000, 3.0), seed=0)
    assert found["error"] > 3 * found["by_chance_high"]
    assert found["leaning"] > 0
    low_bins = [each for each in found["bins"] if each["count"] and each["came_true"] < each["low"]]
    assert len(low_bins) >= 3


def test_bins_hold_every_work_and_empty_ones_hold_nothing() -> None:
    found = believed(coins(100, 1.0), seed=0)
    assert sum(each["count"] for each in found["bins"]) == found["of"] == 100
    assert all(each["came_true"] is None and each["low"] is None for each in found["bins"][:5])


def test_of_several_labels_only_suggestions_are_judged() -> None:
    told = said("multi")
    found = believed(told, seed=0)
    assert found["of"] == int((told.probabilities >= 0.1).sum())
    assert found["unit"] == "suggestion"
    assert found["bins"][0]["count"] == 0


def test_without_a_suggestion_there_is_nothing_to_judge() -> None:
    told = said("multi")
    found = believed(replace(told, probabilities=np.zeros_like(told.probabilities)), seed=0)
    assert found["error"] is None
    assert found["bins"] == []
