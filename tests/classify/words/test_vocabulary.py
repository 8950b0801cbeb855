"""Vocabularies: centres of what is there, learnt from a bounded sample, and the nearest of them exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.words.detectors import Local
from cartellino.classify.words.vocabulary import learn, nearest, sample
from cartellino.errors import ModelError


def local(rows: Any) -> Local:
    return Local(np.zeros((len(rows), 4), np.float32), np.asarray(rows, np.float16))


def heaps(pictures: int = 20, each: int = 30, spread: float = 0.02) -> list[Local]:
    """Descriptors that lie in five heaps at the corners of a simplex."""
    random = np.random.default_rng(3)
    corners = np.eye(5, 64)
    return [
        local(corners[random.integers(0, 5, each)] + random.normal(0, spread, (each, 64)))
        for _ in range(pictures)
    ]


def test_every_heap_gets_a_word() -> None:
    words = learn(heaps(), 5, 10_000, seed=0)
    near = np.linalg.norm(words[:, None] - np.eye(5, 64), axis=2)
    assert sorted(near.argmin(axis=1)) == [0, 1, 2, 3, 4]
    assert near.min(axis=1).max() < 0.05


def test_the_same_seed_gives_the_same_words() -> None:
    assert np.array_equal(learn(heaps(), 12, 300, seed=4), learn(heaps(), 12, 300, seed=4))
    assert not np.array_equal(learn(heaps(), 12, 300, seed=4), learn(heaps(), 12, 300, seed=5))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(1, 100))
def test_a_sample_is_bounded_and_asks_every_picture_alike(counts: list[int], bound: int) -> None:
    described = [local(np.full((count, 64), place)) for place, count in enumerate(counts)]
    told = sample(described, bound, seed=1)[:, 0]
    assert len(told) <= bound
    if bound >= len(counts):
        quota = bound // len(counts)
        assert [int((told == place).sum()) for place in range(len(counts))] == [
            min(count, quota) for count in counts
        ]


def test_fewer_descriptors_than_words_are_words_themselves() -> None:
    rows = np.array([[0.0] * 64, [1.0] * 64, [1.0] * 64])
    assert learn([local(rows)], 100, 1000, seed=0).shape == (2, 64)


def test_without_a_keypoint_there_is_nothing_to_learn() -> None:
    with pytest.raises(ModelError, match="none of the 3 pictures has a keypoint"):
        learn([local(np.zeros((0, 64)))] * 3, 10, 100, seed=0)


@settings(max_examples=30)
@given(st.integers(1, 30), st.integers(0, 60), st.integers(0, 1000))
def test_the_nearest_word_is_the_nearest(words: int, rows: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    vocabulary = random.normal(size=(words, 8)).astype(np.float32)
    asked = random.normal(size=(rows, 8)).astype(np.float32)
    places, distances = nearest(vocabulary, asked)
    all_of_them = np.linalg.norm(asked[:, None] - vocabulary, axis=2)
    np.testing.assert_allclose(distances, all_of_them.min(axis=1), atol=1e-5)
    np.testing.assert_allclose(all_of_them[np.arange(rows), places], all_of_them.min(axis=1), atol=1e-5)
