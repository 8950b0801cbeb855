"""Near-duplicate search: exact, and quick where pictures crowd."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cartellino.curate import duplicates
from cartellino.curate.duplicates import bits_apart, near_groups, united

HASHES = st.lists(st.integers(0, 2**64 - 1), max_size=12)
FLIPS = st.lists(st.tuples(st.integers(0, 11), st.sets(st.integers(0, 63), max_size=8)), max_size=12)


def linked(hashes: NDArray[np.uint64], distance: int) -> NDArray[np.int64]:
    """Groups by comparing all pairs."""
    first, second = np.nonzero(bits_apart(hashes[:, None], hashes[None, :]) <= distance)
    return united(np.arange(len(hashes)), first, second)


def same_grouping(a: NDArray[np.int64], b: NDArray[np.int64]) -> bool:
    return np.array_equal(a[:, None] == a[None, :], b[:, None] == b[None, :])


@settings(deadline=None, max_examples=40)
@given(HASHES, FLIPS, st.integers(0, 8))
def test_groups_are_those_of_all_pairs(
    hashes: list[int], flips: list[tuple[int, set[int]]], distance: int
) -> None:
    changed = [hashes[place] ^ sum(1 << bit for bit in bits) for place, bits in flips if place < len(hashes)]
    values = np.array([*hashes, *changed], dtype=np.uint64)
    assert same_grouping(near_groups(values, distance), linked(values, distance))


def test_distances_up_to_the_limit_are_found_and_no_further() -> None:
    base = 0x0123456789ABCDEF
    values = np.array([base, base ^ 0x3F, base ^ (0x7F << 40)], dtype=np.uint64)
    groups = near_groups(values, 6)
    assert groups[0] == groups[1] != groups[2]


@pytest.mark.parametrize("crowded", [0, 1_200])
def test_groups_among_many(crowded: int) -> None:
    random = np.random.default_rng(3)
    crowd = np.bitwise_or.reduce(
        (random.random((64, crowded)) < 0.02).astype(np.uint64) << np.arange(64, dtype=np.uint64)[:, None],
        axis=0,
    )
    values = np.r_[random.integers(0, 2**64, 1_000, dtype=np.uint64), crowd]
    copies = values[:100] ^ np.uint64(0b10001000100010001)
    values = np.r_[values, copies]
    assert same_grouping(near_groups(values), linked(values, 6))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), free=st.integers(8, 20))
def test_crowds_are_searched_as_exactly(seed: int, free: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bucket is treated as a crowd; most members are not near its centre."""
    monkeypatch.setattr(duplicates, "_CROWD", 1)
    monkeypatch.setattr(duplicates, "_ROWS", 7)
    values = np.random.default_rng(seed).integers(0, 2**free, 60, dtype=np.uint64) << np.uint64(11)
    assert same_grouping(near_groups(values, 2), linked(values, 2))


def test_a_hundred_thousand_do_not_take_all_pairs() -> None:
    values = np.random.default_rng(1).integers(0, 2**64, 100_000, dtype=np.uint64)
    values[50_000:50_500] = values[:500] ^ np.uint64(0b111111)
    begun = time.process_time()
    groups = near_groups(values)
    assert time.process_time() - begun < 8  # all pairs would take minutes
    assert (groups[50_000:50_500] == groups[:500]).all()
    assert len(np.unique(groups)) == 99_500
