"""What more signed works would buy, checked against signing them."""

from __future__ import annotations

import numpy as np

from cartellino.triage.evidence import Evidence
from cartellino.triage.more import More, more
from cartellino.triage.promise import find
from cartellino.triage.sequence import plan


def model(n: int, seed: int) -> Evidence:
    random = np.random.default_rng(seed)
    confidence = 0.3 + 0.7 * random.beta(4, 0.4, n)
    return Evidence.single(confidence, random.random(n) < confidence)


def test_the_expectation_is_about_what_comes_true() -> None:
    planning, backlog = model(1_500, 1), model(3_000, 2).confidence
    gained, offered = [], []
    for seed in range(16):
        calibration = model(200, seed + 10)
        sequence = plan(planning, 200, 0.05, 0.95)
        promise = find(calibration, sequence, 0.05, 0.95)
        now = int((backlog >= (promise.threshold or np.inf)).sum())
        offer = more(planning, calibration, now, backlog, 0.05, 0.95)
        if not offer.signed:
            continue
        enlarged = calibration.joined(model(offer.signed, seed + 500))
        later = find(enlarged, plan(planning, len(enlarged), 0.05, 0.95), 0.05, 0.95)
        gained.append(int((backlog >= (later.threshold or np.inf)).sum()) - now)
        offered.append(offer.filed)
    assert len(offered) > 5
    assert 0.4 * np.mean(offered) < np.mean(gained) < 1.6 * np.mean(offered)


def test_nothing_is_offered_where_the_model_sets_the_limit() -> None:
    random = np.random.default_rng(0)
    hopeless = Evidence.single(random.random(2_000), random.random(2_000) > 0.3)
    assert more(hopeless, hopeless, 0, random.random(1_000), 0.05, 0.95) == More()


def test_nothing_is_offered_where_all_is_filed_or_nothing_known() -> None:
    sure = Evidence.single(np.full(500, 0.99), np.ones(500, bool))
    none = Evidence(np.empty(0), np.empty(0))
    assert more(sure, sure, 100, np.full(100, 0.99), 0.05, 0.95) == More()
    assert more(none, none, 0, np.full(9, 0.9), 0.05, 0.95) == More()


def test_too_few_works_to_promise_anything_are_told_how_many_are_missing() -> None:
    sure, few = (Evidence.single(np.full(n, 0.99), np.ones(n, bool)) for n in (500, 40))
    offer = more(sure, few, 0, np.full(100, 0.995), 0.05, 0.95)
    assert offer == More(25, 100)
    assert offer.as_dict() == {"signed": 25, "filed": 100}
