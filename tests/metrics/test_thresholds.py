from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.special import expit
from sklearn.metrics import fbeta_score

from cartellino.metrics import scores, thresholds

chances = arrays.arrays(np.float64, 12, elements=st.floats(0.01, 0.99))


def f_beta(had: np.ndarray, taken: np.ndarray, beta: float, weights: np.ndarray) -> float:
    """F-beta written out, from its definition."""
    right, all_taken, all_had = ((weights * each).sum() for each in (had & taken, taken, had))
    if right == 0:
        return 0.0
    precision, recall = right / all_taken, right / all_had
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


@given(
    chances,
    arrays.arrays(np.bool_, 12),
    arrays.arrays(np.int64, 12, elements=st.integers(0, 3)),
    st.sampled_from([1.0, 2.0]),
)
def test_no_other_cut_is_better(
    probabilities: np.ndarray, had: np.ndarray, weights: np.ndarray, beta: float
) -> None:
    if not (had * weights).any():
        return
    cut = thresholds.best_cut(probabilities, had.astype(float), beta, weights.astype(float))
    reached = f_beta(had, probabilities >= cut, beta, weights)
    others = [f_beta(had, probabilities >= other, beta, weights) for other in probabilities]
    assert reached >= max(others) - 1e-12


def sample(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Calibrated probabilities of a frequent, a rare and an absent label, and what came true."""
    random = np.random.default_rng(seed)
    logits = random.normal([-1, -4, -9], [1.5, 1.5, 0.1], (n, 3))
    truth = random.random((n, 3)) < expit(logits)
    truth[:, 2] = False
    return expit(logits), truth


def test_f2_asks_for_lower_thresholds_than_f1() -> None:
    probabilities, truth = sample(2000)
    low, high = (thresholds.tune(probabilities, truth, beta)[:2] for beta in (2.0, 1.0))
    assert (low < high).all()


def test_a_label_that_never_occurs_gets_the_common_threshold() -> None:
    probabilities, truth = sample(2000)
    common = thresholds.tune(probabilities, truth, 2.0, trust=1e12)
    assert common == pytest.approx(np.full(3, common[0]))
    assert thresholds.tune(probabilities, truth, 2.0)[2] == pytest.approx(common[2])


def test_without_trust_or_belief_each_label_gets_its_best_cut() -> None:
    probabilities, truth = sample(500)
    found = thresholds.tune(probabilities, truth, 2.0, trust=0, belief=0)
    cuts = [thresholds.best_cut(probabilities[:, j], truth[:, j] * 1.0, 2.0, np.ones(500)) for j in range(2)]
    assert found[:2] == pytest.approx(cuts)


def test_steadied_thresholds_do_better_on_works_not_seen_than_each_labels_own() -> None:
    """What the two steadying terms are for: few works, many labels."""
    random = np.random.default_rng(3)
    logits = random.normal(-3, 1.5, (120, 40))
    fresh = random.normal(-3, 1.5, (4000, 40))
    truth, fresh_truth = (random.random(each.shape) < expit(each) for each in (logits, fresh))
    steadied = thresholds.tune(expit(logits), truth, 2.0)
    own = thresholds.tune(expit(logits), truth, 2.0, trust=0, belief=0)
    reached = [
        fbeta_score(fresh_truth, expit(fresh) >= cuts, beta=2, average="micro") for cuts in (steadied, own)
    ]
    assert reached[0] > reached[1] + 0.02


def test_thresholds_for_the_mean_over_works_do_better_there_than_those_for_labels() -> None:
    random = np.random.default_rng(0)
    base = random.choice([0.02, 0.1, 0.4], 12)
    odds = np.log(base / (1 - base)) + random.normal(0, 2, (3000, 12)) + random.normal(0, 1, (3000, 1))
    chances = 1 / (1 + np.exp(-odds))
    truth = random.random((3000, 12)) < chances
    learn, ask = slice(0, 1500), slice(1500, None)
    found = {
        "works": thresholds.tune_works(chances[learn], truth[learn], 2.0),
        "labels": thresholds.tune(chances[learn], truth[learn], 2.0),
    }
    reached = {
        name: scores.multi(truth[ask], chances[ask] >= limits)["samples"]["f2"]
        for name, limits in found.items()
    }
    assert reached["works"] > reached["labels"]
    assert ((found["works"] > 0) & (found["works"] < 1)).all()


def test_of_labels_that_nobody_has_every_cut_is_as_good() -> None:
    assert thresholds.tune_works(np.full((4, 2), 0.3), np.zeros((4, 2)), 2.0) == pytest.approx([0.5, 0.5])


def test_the_likeliest_labels_of_a_work() -> None:
    chances = np.array([[0.2, 0.9, 0.5], [0.4, 0.4, 0.4]])
    assert thresholds.among_first(chances, 2).tolist() == [[False, True, True], [True, True, False]]
    assert thresholds.among_first(chances, 9).all()
