"""Folds."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.deal import deal


@given(st.integers(1, 60), st.integers(1, 5), st.integers(2, 6), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_every_work_has_one_fold_and_kin_share_it(works: int, kin: int, folds: int, seed: int) -> None:
    true = np.random.default_rng(seed).random((works, 3)) < 0.5
    groups = np.arange(works) // kin
    fold = deal(true, groups, folds, seed)
    assert fold.shape == (works,)
    assert set(fold) <= set(range(folds))
    for group in np.unique(groups):
        assert len(set(fold[groups == group])) == 1


def test_every_class_is_spread_evenly() -> None:
    random = np.random.default_rng(0)
    true = random.choice(4, 500, p=[0.7, 0.2, 0.08, 0.02])[:, None] == np.arange(4)
    fold = deal(true, np.arange(500), 5, seed=0)
    for held in true.T:
        counts = np.bincount(fold[held], minlength=5)
        assert counts.max() - counts.min() <= 1
    sizes = np.bincount(fold)
    assert sizes.max() - sizes.min() <= 4


def test_kin_of_many_works_do_not_crowd_out_a_class() -> None:
    kin = np.repeat(np.arange(60), np.tile([1, 2, 9], 20))
    true = (np.arange(60) % 2)[kin][:, None] == np.arange(2)
    fold = deal(true, kin, 4, seed=3)
    for held in true.T:
        counts = np.bincount(fold[held], minlength=4)
        assert counts.max() - counts.min() <= 2


def test_the_seed_decides() -> None:
    true = np.ones((40, 1), bool)
    assert np.array_equal(deal(true, np.arange(40), 5, 1), deal(true, np.arange(40), 5, 1))
    assert not np.array_equal(deal(true, np.arange(40), 5, 1), deal(true, np.arange(40), 5, 2))
