"""A split that ignores kin flatters where kin give the answer away, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cartellino.classify.dataset import Dataset
from cartellino.suspects.flattery import flattery
from classify.world import dataset, recipe


def twins(share: float) -> Dataset:
    """Works in pairs of kin whose features say who they are, and nothing about the class of others."""
    data = dataset()
    works = len(data.label_set.works)
    random = np.random.default_rng(0)
    own = random.normal(size=(works // 2, 60)).repeat(2, axis=0)[:works]
    kin = np.repeat(np.arange(works // 2), 2)[:works]
    truth = random.integers(0, 3, works // 2).repeat(2)[:works]
    alone = random.random(works // 2).repeat(2)[:works] > share
    kin = np.where(alone, np.arange(works) + works, kin).astype(np.int64)
    own[alone] = random.normal(size=(int(alone.sum()), 60))
    label_set = replace(data.label_set, kin=kin, truth=truth)
    noise = random.normal(scale=0.01, size=own.shape)
    return replace(
        data, X=(own + noise).astype(np.float32), owner=np.arange(works), label_set=label_set, blocks=()
    )


def test_kin_on_both_sides_flatter() -> None:
    found = flattery(twins(1.0), recipe(), folds=3)
    assert found.kindred == found.works == 180
    assert found.gain > 0.1
    assert found.low > 0
    assert found.low <= found.gain <= found.high


def test_without_kin_there_is_nothing_to_flatter() -> None:
    found = flattery(twins(0.0), recipe(), folds=3)
    assert (found.kindred, found.gain) == (0, 0.0)
