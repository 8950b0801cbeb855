"""Confident learning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.suspects import confident

SAID = np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8], [0.4, 0.6], [0.1, 0.9], [0.0, 1.0]])
GIVEN = np.array([0, 0, 0, 1, 1, 1])


def noisy(
    n: int = 600, k: int = 4, share: float = 0.08, seed: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What a good model says, what was given, and what was given wrongly."""
    random = np.random.default_rng(seed)
    true = random.integers(0, k, n)
    scores = random.normal(0, 1, (n, k)) + 3.5 * (true[:, None] == np.arange(k))
    said = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    wrong = random.random(n) < share
    told = np.where(wrong, (true + random.integers(1, k, n)) % k, true)
    return said, told, wrong


def test_a_threshold_is_what_works_of_a_class_have_on_average() -> None:
    assert confident.thresholds(SAID, GIVEN) == pytest.approx([0.6, 2.5 / 3])
    assert confident.thresholds(SAID, np.zeros(6, np.int64))[1] == 1.0  # nobody has it


def test_a_work_counts_for_the_class_whose_threshold_it_reaches() -> None:
    assert confident.believed(SAID, GIVEN).tolist() == [0, 0, -1, -1, 1, 1]


def test_the_margin_is_one_where_another_class_is_certain_and_nothing_where_the_own_is() -> None:
    doubt, other = confident.doubts(
        np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.5, 0.5, 0.0]]), np.array([0, 0, 0])
    )
    assert doubt == pytest.approx([1.0, 0.0, 0.5])
    assert other[0] == 1


def test_wrong_labels_are_counted_and_come_first() -> None:
    said, told, wrong = noisy()
    table = confident.joint(said, told)
    assert table.sum() - np.trace(table) == pytest.approx(wrong.sum(), rel=0.25)
    doubt, _ = confident.doubts(said, told)
    first = np.argsort(-doubt)[: wrong.sum()]
    assert wrong[first].mean() > 0.85


@given(st.integers(1, 80), st.integers(2, 5), st.integers(0, 10_000))
def test_the_joint_says_of_each_class_what_was_given(n: int, k: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    said, told = random.dirichlet(np.ones(k), n), random.integers(0, k, n)
    table = confident.joint(said, told)
    assert (table >= 0).all()
    assert table.sum(axis=1) == pytest.approx(np.bincount(told, minlength=k))


def test_each_of_several_labels_is_doubted_by_itself() -> None:
    random = np.random.default_rng(1)
    true = random.random((400, 3)) < 0.4
    said = np.clip(np.where(true, 0.85, 0.1) + random.normal(0, 0.05, true.shape), 0, 1)
    told = true.copy()
    told[:10, 1] = ~told[:10, 1]
    said[:10, 1] = np.where(true[:10, 1], 0.97, 0.02)
    doubt, sure = confident.one_against_rest(said, told)
    assert np.flatnonzero(sure.any(axis=1)).tolist() == list(range(10))
    assert sure[:10, 1].all()
    assert (doubt[:10, 1] > 0.7).all()
    assert doubt[10:].max() < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_it_agrees_with_cleanlab(seed: int) -> None:
    pytest.importorskip("cleanlab", reason="cleanlab is not installed: the comparison with it is left out")
    from cleanlab.count import compute_confident_joint, get_confident_thresholds
    from cleanlab.rank import get_normalized_margin_for_each_label

    said, told, _ = noisy(seed=seed)
    assert confident.thresholds(said, told) == pytest.approx(get_confident_thresholds(told, said))
    theirs = compute_confident_joint(told, said, calibrate=True)
    assert np.abs(confident.joint(said, told) - theirs).max() <= 1  # theirs is rounded to whole works
    assert 1 - confident.doubts(said, told)[0] == pytest.approx(
        get_normalized_margin_for_each_label(told, said)
    )
