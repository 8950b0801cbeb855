"""Intervals by drawing works again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.evaluate.resample import draws, intervals

from .labelled import said


@given(st.integers(1, 30), st.integers(1, 4), st.integers(1, 20))
@settings(max_examples=30, deadline=None)
def test_kin_are_drawn_together_and_as_many_groups_as_there_are(works: int, kin: int, rounds: int) -> None:
    groups = np.arange(works) // kin
    drawn = np.concatenate(list(draws(groups, seed=1, rounds=rounds)))
    assert drawn.shape == (rounds, works)
    for row in drawn:
        of_group = {group: set(row[groups == group]) for group in np.unique(groups)}
        assert all(len(times) == 1 for times in of_group.values())
        assert sum(times.pop() for times in of_group.values()) == len(of_group)


def test_blocks_do_not_change_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    from cartellino.evaluate import resample

    at_once = np.concatenate(list(draws(np.arange(9), seed=2, rounds=20)))
    monkeypatch.setattr(resample, "_CELLS", 27)
    in_blocks = list(draws(np.arange(9), seed=2, rounds=20))
    assert len(in_blocks) > 1
    assert np.array_equal(np.concatenate(in_blocks), at_once)


def test_kin_make_intervals_wider() -> None:
    told = said(works=200)
    alone = intervals(told.true, told.chosen, np.arange(200), seed=0)["micro"]["f1"]
    doubled = np.repeat(np.arange(200), 3)
    kin = intervals(np.repeat(told.true, 3, axis=0), np.repeat(told.chosen, 3, axis=0), doubled, seed=0)
    naive = intervals(
        np.repeat(told.true, 3, axis=0), np.repeat(told.chosen, 3, axis=0), np.arange(600), seed=0
    )
    width = np.subtract(*alone[::-1])
    assert np.subtract(*kin["micro"]["f1"][::-1]) == pytest.approx(width, rel=0.15)
    assert np.subtract(*naive["micro"]["f1"][::-1]) < 0.75 * width


def test_an_interval_covers_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        right = np.random.default_rng(seed).random(150) < 0.8
        true = np.ones((150, 1), bool)
        low, high = intervals(true, right[:, None], np.arange(150), seed=seed, rounds=200)["micro"]["recall"]
        held += low <= 0.8 <= high
    assert held >= 52


def test_a_class_that_nobody_has_gets_no_interval_by_drawing() -> None:
    true = np.array([[True, False]] * 6)
    found = intervals(true, true, np.arange(6), seed=0, rounds=20)
    assert found["macro"]["f1"] == (1.0, 1.0)
    assert found["classes"]["f1"][1] == (0.0, 1.0)
