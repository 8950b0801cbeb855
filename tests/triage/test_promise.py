"""Promises are kept, files nearly what can be filed, and 'nothing' comes with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from cartellino.errors import PromiseError
from cartellino.metrics.binomial import upper_bound
from cartellino.triage.evidence import Evidence
from cartellino.triage.promise import Promise, fewest, find
from cartellino.triage.sequence import plan

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], Evidence]
NAIVE = np.arange(0.995, 0, -0.005)


def museum(random: np.random.Generator, n: int) -> Evidence:
    """Confidences as of a good model; the museum mislabelled one work in a hundred."""
    confidence = 0.3 + 0.7 * random.beta(4, 0.8, n)
    correct = (random.random(n) < confidence) & (random.random(n) > 0.01)
    return Evidence.single(confidence, correct)


def sharp(random: np.random.Generator, n: int) -> Evidence:
    """The same with a better model: it is sure of most works, and right about them."""
    confidence = 0.3 + 0.7 * random.beta(4, 0.3, n)
    correct = (random.random(n) < confidence) & (random.random(n) > 0.01)
    return Evidence.single(confidence, correct)


def soft(random: np.random.Generator, n: int) -> Evidence:
    """A weak model that is never sure, as of cultures: its best works stand at 0.92."""
    confidence = 0.2 + 0.72 * random.beta(2, 1, n)
    return Evidence.single(confidence, random.random(n) < confidence)


def level_errors(random: np.random.Generator, n: int) -> Evidence:
    """The hardest case for honesty: the error is a little above 5 % at every threshold."""
    return Evidence.single(random.random(n), random.random(n) > 0.0505)


def tagged(random: np.random.Generator, n: int) -> Evidence:
    """Works with several tags: right high up, wrong further down, where a wrong tag joins."""
    confidence = random.beta(6, 1, n)
    wrong = random.random(n) < 0.3
    return Evidence(confidence, np.where(wrong, confidence * random.beta(8, 1, n), -np.inf))


def truth(draw: Draw) -> tuple[Floats, Floats, Floats]:
    """Thresholds, the share they file and their true error, from two hundred thousand works."""
    many = draw(np.random.default_rng(99), 200_000)
    thresholds = np.linspace(0, 1, 2_001)
    works, errors = many.counted(thresholds)
    return thresholds, works / len(many), errors / np.maximum(works, 1)


def trials(
    draw: Draw, n: int, limit: float, rounds: int = 300, planning: int = 1_000
) -> tuple[float, float, float]:
    """Share of violated promises, mean share filed, and what an oracle files."""
    thresholds, shares, errors = truth(draw)
    violated, filed = 0, 0.0
    for seed in range(rounds):
        random = np.random.default_rng(seed)
        sequence = plan(draw(random, planning), n, limit, 0.95)
        promise = find(draw(random, n), sequence, limit, 0.95)
        if promise.threshold is not None:
            violated += float(np.interp(promise.threshold, thresholds, errors)) > limit
            filed += float(np.interp(promise.threshold, thresholds, shares))
    good = (errors <= limit) & (shares > 0)
    return violated / rounds, filed / rounds, float(shares[good].max(initial=0))


@pytest.mark.parametrize(
    ("draw", "n", "limit"),
    [(museum, 228, 0.05), (museum, 2_000, 0.02), (level_errors, 456, 0.05), (tagged, 456, 0.1)],
)
def test_promises_are_broken_no_more_often_than_said(draw: Draw, n: int, limit: float) -> None:
    violated, _, _ = trials(draw, n, limit)
    assert violated <= 0.05 + 2.33 * np.sqrt(0.05 * 0.95 / 300)


def test_where_nothing_is_true_something_is_promised_about_as_rarely_as_said() -> None:
    """The test is exact, not merely cautious: just above the limit it errs nearly as often as it may."""
    violated, _, _ = trials(level_errors, 2_000, 0.05, rounds=400)
    assert 0.02 < violated <= 0.05 + 2.33 * np.sqrt(0.05 * 0.95 / 400)


def test_with_many_works_nearly_as_much_is_filed_as_an_oracle_would() -> None:
    _, filed, oracle = trials(sharp, 20_000, 0.05, rounds=40)
    assert oracle > 0.9
    assert filed > 0.97 * oracle


def test_two_thousand_works_file_nine_tenths_of_it() -> None:
    _, filed, oracle = trials(sharp, 2_000, 0.05, rounds=100)
    assert filed > 0.9 * oracle


@pytest.mark.parametrize(
    ("draw", "n", "limit"), [("sharp", 228, 0.05), ("museum", 2_000, 0.05), ("soft", 456, 0.2)]
)
def test_a_planned_start_files_more_than_starting_at_the_top(draw: str, n: int, limit: float) -> None:
    world = {"sharp": sharp, "museum": museum, "soft": soft}[draw]
    thresholds, shares, _ = truth(world)
    planned, naive = 0.0, 0.0
    for seed in range(120):
        random = np.random.default_rng(seed)
        sequence = plan(world(random, 1_000), n, limit, 0.95)
        calibration = world(random, n)
        planned += _filed(find(calibration, sequence, limit, 0.95), thresholds, shares)
        naive += _filed(find(calibration, NAIVE, limit, 0.95), thresholds, shares)
    assert planned > naive + 0.05 * 120


def _filed(promise: Promise, thresholds: Floats, shares: Floats) -> float:
    return 0.0 if promise.threshold is None else float(np.interp(promise.threshold, thresholds, shares))


def test_stops_at_the_first_failure_and_says_what_it_saw() -> None:
    confidence = np.repeat([0.9, 0.8, 0.7], 100)
    correct = np.ones(300, bool)
    correct[150:165] = False
    promise = find(Evidence.single(confidence, correct), np.array([0.9, 0.8, 0.7]), 0.05, 0.95)
    assert (promise.threshold, promise.works, promise.errors, promise.calibration) == (0.9, 100, 0, 300)
    assert promise.bound == pytest.approx(upper_bound(0, 100, 0.95))
    assert promise.bound <= 0.05
    assert [step.threshold for step in promise.steps] == [0.9, 0.8]
    json.dumps(promise.as_dict())


def test_the_number_of_works_needed_is_the_least_that_passes() -> None:
    assert fewest(0.05, 0.95) == 59
    for limit in (0.01, 0.05, 0.2, 0.5):
        for n, passes in ((fewest(limit, 0.95), True), (fewest(limit, 0.95) - 1, False)):
            sure = Evidence.single(np.ones(n), np.ones(n, bool))
            assert (find(sure, np.array([0.5]), limit, 0.95).threshold is not None) == passes


@pytest.mark.parametrize(
    ("works", "wrong", "told"),
    [(40, 0, "59 works filed without an error are needed, and there are 40"), (100, 9, "9 of 100 works")],
)
def test_nothing_can_be_promised_with_the_reason(works: int, wrong: int, told: str) -> None:
    correct = np.arange(works) >= wrong
    promise = find(Evidence.single(np.full(works, 0.9), correct), np.array([0.8]), 0.05, 0.95)
    assert promise.threshold is None
    assert told in promise.reason


def test_no_works_and_no_sequence_promise_nothing() -> None:
    empty = Evidence.single(np.empty(0), np.empty(0, bool))
    assert find(empty, plan(empty, 0, 0.05, 0.95), 0.05, 0.95).threshold is None


@pytest.mark.parametrize(("limit", "level"), [(0.0, 0.95), (1.0, 0.95), (0.05, 1.0), (-0.1, 0.95)])
def test_what_is_no_share_is_refused(limit: float, level: float) -> None:
    with pytest.raises(PromiseError, match="share between 0 and 1"):
        find(Evidence.single(np.ones(3), np.ones(3, bool)), np.array([0.5]), limit, level)
