"""Neighbours: exact, in order, within the budget or beyond it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from cartellino.errors import FeatureError
from cartellino.features.neighbours import Neighbours
from cartellino.features.store import FeatureStore

WIDTH = 6


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FeatureStore]:
    with FeatureStore(tmp_path, "tiny:mean", "a" * 64, WIDTH) as store:
        yield store


def scatter(store: FeatureStore, count: int, start: int = 0) -> None:
    vectors = np.random.default_rng(start).standard_normal((count, WIDTH)).astype(np.float32)
    store.append([str(n) for n in range(start, start + count)], vectors)


def by_hand(store: FeatureStore, asked: str) -> list[tuple[str, float]]:
    digests = [digest for some, _ in store.stream() for digest in some]
    one = store.read([asked])[0].tolist()

    def cosine(other: list[float]) -> float:
        product = math.fsum(a * b for a, b in zip(one, other, strict=True))
        return product / math.dist(one, [0] * WIDTH) / math.dist(other, [0] * WIDTH)

    others = [(d, cosine(store.read([d])[0].tolist())) for d in digests if d != asked]
    return sorted(others, key=lambda pair: -pair[1])


@pytest.mark.parametrize("budget", [1 << 20, 37 * WIDTH * 4, 0])
def test_the_nearest_are_those_found_by_hand(store: FeatureStore, budget: int) -> None:
    scatter(store, 90)
    found = Neighbours(store, budget).nearest("11", 12)
    told = by_hand(store, "11")[:12]
    assert [digest for digest, _ in found] == [digest for digest, _ in told]
    np.testing.assert_allclose([c for _, c in found], [c for _, c in told], atol=1e-6)


def test_the_excluded_are_left_out_and_made_up_for(store: FeatureStore) -> None:
    scatter(store, 90)
    told = [digest for digest, _ in by_hand(store, "5")]
    found = Neighbours(store).nearest("5", 4, exclude=set(told[:20]) | {told[21]})
    assert [digest for digest, _ in found] == [told[20], *told[22:25]]


def test_fewer_come_back_where_there_are_no_more(store: FeatureStore) -> None:
    scatter(store, 3)
    neighbours = Neighbours(store)
    assert len(neighbours.nearest("0", 8)) == 2
    assert neighbours.nearest("0", 8, exclude={"1", "2"}) == []


@pytest.mark.parametrize("budget", [1 << 20, 4 * WIDTH * 4])
def test_vectors_appended_later_are_found(store: FeatureStore, budget: int) -> None:
    scatter(store, 5)
    neighbours = Neighbours(store, budget)
    neighbours.nearest("0", 2)
    store.append(["twin"], store.read(["0"]) * 3)
    assert neighbours.nearest("0", 1)[0] == ("twin", pytest.approx(1))


def test_equals_come_in_the_order_they_were_kept(store: FeatureStore) -> None:
    store.append(list("abcd"), np.ones((4, WIDTH), np.float32))
    assert [digest for digest, _ in Neighbours(store).nearest("c", 3)] == ["a", "b", "d"]


def test_a_vector_of_zeros_is_like_nothing(store: FeatureStore) -> None:
    store.append(["zero", "one"], np.array([[0] * WIDTH, [1] * WIDTH], np.float32))
    assert Neighbours(store).nearest("zero", 1) == [("one", 0.0)]


def test_a_picture_without_a_vector_is_told(store: FeatureStore) -> None:
    scatter(store, 2)
    with pytest.raises(FeatureError, match="no features yet"):
        Neighbours(store).nearest("nobody", 1)
