"""The planned sequence: where it begins, and that it does not look at what it is tested on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.metrics.binomial import p_value
from cartellino.triage.evidence import Evidence
from cartellino.triage.sequence import STEP, most_errors, outlook, plan


def calibrated(n: int, seed: int = 0) -> Evidence:
    random = np.random.default_rng(seed)
    confidence = 0.3 + 0.7 * random.beta(4, 0.8, n)
    return Evidence.single(confidence, random.random(n) < confidence)


def test_goes_down_by_equal_steps_of_filed_works() -> None:
    planning = calibrated(2_000)
    sequence = plan(planning, 500, 0.05, 0.95)
    assert (np.diff(sequence) < 0).all()
    filed, _ = planning.counted(sequence)
    assert np.abs(np.diff(filed) / 2_000 - STEP).max() < 0.005
    assert filed[-1] == 2_000


def test_begins_higher_for_a_tighter_limit() -> None:
    planning = calibrated(2_000)
    starts = [plan(planning, 1_000, limit, 0.95)[0] for limit in (0.02, 0.05, 0.1, 0.2)]
    assert starts == sorted(starts, reverse=True)
    assert starts[0] > starts[-1]


def test_begins_where_the_test_is_likely_to_pass() -> None:
    """The chance that is planned with is nearly the one there is; the best of many looks a bit better."""
    hoped, passed = [], []
    for seed in range(200):
        planning = calibrated(800, seed)
        expected = outlook(planning)
        start = plan(planning, 600, 0.05, 0.95)[0]
        hoped.append(expected.chances(600, 0.05, 0.95)[expected.thresholds.tolist().index(start)])
        works, errors = calibrated(600, seed + 1_000).counted(np.array([start]))
        passed.append(p_value(int(errors[0]), int(works[0]), 0.05) <= 0.05)
    assert np.mean(passed) == pytest.approx(np.mean(hoped), abs=0.12)
    assert np.mean(passed) > 0.6


def test_thresholds_are_the_numbers_that_are_stated() -> None:
    sequence = plan(calibrated(700), 200, 0.05, 0.95)
    assert np.array_equal(sequence, np.round(sequence, 4))


def test_few_works_or_none_are_no_obstacle() -> None:
    assert len(plan(Evidence.single(np.empty(0), np.empty(0, bool)), 100, 0.05, 0.95)) == 0
    assert plan(Evidence.single(np.array([0.7]), np.array([True])), 100, 0.05, 0.95).tolist() == [0.7]
    never = Evidence(np.full(5, -np.inf), np.full(5, -np.inf))
    assert len(plan(never, 100, 0.05, 0.95)) == 0


@settings(deadline=None)
@given(st.integers(0, 400), st.floats(0.005, 0.5), st.floats(0.5, 0.999))
def test_most_errors_is_the_largest_number_that_passes(works: int, limit: float, level: float) -> None:
    most = int(most_errors(np.array([works]), limit, level)[0])
    assert -1 <= most <= max(works, 0)
    if works and most >= 0:
        assert p_value(most, works, limit) <= 1 - level
    if works and most < works:
        assert p_value(most + 1, works, limit) > 1 - level
