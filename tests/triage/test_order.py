"""The queue: every work once, doubtful ones of all classes soon, ordinary ones between."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.triage.evidence import Suggested, best
from cartellino.triage.order import most_useful_first


def suggested(works: int, seed: int = 0, kind: str = "single") -> Suggested:
    random = np.random.default_rng(seed)
    chances = random.dirichlet([3, 1, 0.3, 0.1], works)
    return best(np.arange(works), chances, kind)


def lead(rows: Suggested) -> np.ndarray:
    return rows.probabilities[:, 0] - rows.probabilities[:, 1]


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 100), st.sampled_from(["single", "multi"]))
def test_every_work_once_and_the_same_seed_the_same_order(works: int, seed: int, kind: str) -> None:
    rows = suggested(works, seed, kind)
    order = most_useful_first(rows, kind, seed)
    assert sorted(order.tolist()) == list(range(works))
    assert np.array_equal(order, most_useful_first(rows, kind, seed))


def test_another_seed_draws_other_ordinary_works() -> None:
    rows = suggested(200)
    assert not np.array_equal(most_useful_first(rows, "single", 1), most_useful_first(rows, "single", 2))


def test_every_other_work_is_doubtful_and_the_rest_is_ordinary() -> None:
    rows = suggested(1_000)
    order = most_useful_first(rows, "single", 0)
    doubtful, ordinary = lead(rows)[order[:80:2]], lead(rows)[order[1:80:2]]
    assert doubtful.mean() < 0.5 * lead(rows).mean()
    assert abs(ordinary.mean() - lead(rows).mean()) < 0.12


def test_no_class_crowds_out_the_others() -> None:
    rows = suggested(1_000)
    first = rows.places[most_useful_first(rows, "single", 0)[:24:2], 0]
    predicted = np.unique(rows.places[:, 0])
    assert set(first.tolist()) == set(predicted.tolist())
    assert np.bincount(first).max() <= 12 // len(predicted) + 2


def test_a_tag_that_stands_even_is_the_most_doubtful() -> None:
    chances = np.array([[0.99, 0.01], [0.97, 0.5], [0.9, 0.06]])
    assert most_useful_first(best(np.arange(3), chances, "multi"), "multi", 0)[0] == 1
