"""Proposing: what is promised is never missed, and nothing far is proposed."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cartellino.curate.duplicates import bits_apart, united
from cartellino.curate.likeness.propose import FURTHEST, PROMISED, TABLES, proposed

VIEWS = st.lists(st.lists(st.integers(0, 2**64 - 1), min_size=3, max_size=3), min_size=1, max_size=10)
FLIPS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 2), st.sets(st.integers(0, 63), max_size=12)), max_size=10
)


def pairs(views: NDArray[np.uint64]) -> set[tuple[int, int]]:
    first, second = proposed(views)
    return set(zip(first.tolist(), second.tolist(), strict=True))


def nearest(views: NDArray[np.uint64], one: int, other: int) -> int:
    telling = bits_apart(views, np.zeros_like(views)) > 6
    apart = bits_apart(views[one][:, None], views[other][None, :]).astype(int)
    apart[~(telling[one][:, None] & telling[other][None, :])] = 99
    return int(apart.min())


@settings(deadline=None, max_examples=60)
@given(VIEWS, FLIPS)
def test_none_is_missed_that_is_promised_and_none_is_far(
    told: list[list[int]], flips: list[tuple[int, int, set[int]]]
) -> None:
    copies = [
        [told[row][view] ^ sum(1 << bit for bit in bits)] * 3 for row, view, bits in flips if row < len(told)
    ]
    views = np.array([*told, *copies], dtype=np.uint64)
    found = pairs(views)
    for one in range(len(views)):
        assert (one, one) not in found
        for other in range(one + 1, len(views)):
            if (views[other] == views[:other]).all(axis=1).any() or (views[one] == views[:one]).all(
                axis=1
            ).any():
                continue  # the first of equal ones speaks for them
            apart = nearest(views, one, other)
            assert (one, other) in found or apart > PROMISED
            assert (one, other) not in found or apart <= FURTHEST


@settings(deadline=None, max_examples=30)
@given(VIEWS, VIEWS)
def test_whether_two_are_proposed_depends_on_these_two_alone(
    told: list[list[int]], others: list[list[int]]
) -> None:
    copies = [[view ^ 0b1011 << 20 for view in views] for views in told]
    views = np.array([*told, *copies], dtype=np.uint64)
    among = pairs(np.array([*told, *copies, *others], dtype=np.uint64))
    if len(np.unique(views, axis=0)) == len(views):  # the first of equal ones speaks for them
        assert pairs(views) == {pair for pair in among if pair[1] < len(views)}


def test_pairs_that_most_often_are_found_beyond_the_promise() -> None:
    random = np.random.default_rng(5)
    views = random.integers(0, 2**64, (400, 6), dtype=np.uint64)
    flips = [random.permutation(64)[:8] for _ in range(400)]
    masks = np.array([np.bitwise_or.reduce(np.uint64(1) << each.astype(np.uint64)) for each in flips])
    found = pairs(np.r_[views, views ^ masks[:, None]])
    assert sum((row, row + 400) in found for row in range(400)) > 300


def test_none_and_one_picture_have_no_pairs_and_each_table_is_told() -> None:
    told: list[int] = []
    first, second = proposed(np.empty((0, 6), np.uint64), lambda: told.append(1))
    assert (len(first), len(second), len(told)) == (0, 0, TABLES)
    assert pairs(np.full((1, 6), 12345678901234567, np.uint64)) == set()


def test_pictures_of_one_colour_propose_nothing() -> None:
    assert pairs(np.array([[0, 1], [0, 1], [1 << 63, 3]], np.uint64)) == set()


def test_a_crowd_of_copies_is_linked_without_all_pairs() -> None:
    views = np.random.default_rng(2).integers(0, 2**64, (1, 6), dtype=np.uint64)
    first, second = proposed(np.repeat(views, 3_000, axis=0))
    assert len(first) == 2_999
    assert {(row, row + 1) for row in range(2_999)} <= set(zip(first.tolist(), second.tolist(), strict=True))


def test_a_crowd_of_nearly_equal_ones_is_linked_too() -> None:
    random = np.random.default_rng(2)
    one = random.integers(0, 2**64, (1, 6), dtype=np.uint64)
    views = one ^ (np.uint64(1) << random.integers(0, 64, (2_000, 6)).astype(np.uint64))
    first, second = proposed(views)
    assert len(first) < 2_000 * 1_000
    assert len(np.unique(united(np.arange(2_000), first, second))) == 1


def test_fifty_thousand_do_not_take_all_pairs() -> None:
    views = np.random.default_rng(1).integers(0, 2**64, (50_000, 6), dtype=np.uint64)
    views[40_000:40_500] = views[:500] ^ np.uint64(0b111111)
    begun = time.process_time()
    found = pairs(views)
    assert time.process_time() - begun < 20  # all pairs of views would take minutes
    assert {(row, row + 40_000) for row in range(500)} <= found
