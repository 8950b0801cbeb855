"""Works out of place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.suspects import places
from evaluate.labelled import dataset, label_set


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@given(st.integers(2, 40), st.integers(1, 5), st.integers(0, 1000))
@settings(max_examples=40)
def test_the_nearest_are_those_that_all_pairs_would_give(n: int, kin: int, seed: int) -> None:
    vectors = unit(np.random.default_rng(seed).normal(size=(n, 6)))
    groups = np.arange(n) // kin
    found = places.nearest(vectors, groups, k=3)
    for row in range(n):
        others = [other for other in range(n) if groups[other] != groups[row]]
        told = [place for place in found.places[row].tolist() if place >= 0]
        assert len(told) == min(len(others), found.places.shape[1])
        assert set(told) <= set(others)
        closest = sorted(1 - float(vectors[row] @ vectors[other]) for other in others)[: len(told)]
        assert np.allclose(found.distances[row][: len(told)], closest, atol=1e-5)


def test_a_work_without_a_picture_is_nobodys_neighbour() -> None:
    vectors = unit(np.random.default_rng(0).normal(size=(6, 4)))
    vectors[2] = np.nan
    found = places.nearest(vectors, np.arange(6), k=5)
    assert 2 not in found.places[[0, 1, 3, 4, 5]]
    assert (found.places[2] == -1).all()
    assert np.isnan(found.mean[2])


def test_what_lies_far_beyond_the_usual_is_far_and_a_handful_says_nothing() -> None:
    usual = np.random.default_rng(0).normal(0.4, 0.02, 60)
    assert places.far(usual).tolist() == []
    assert places.far(np.r_[usual, 0.9]).tolist() == [60]
    assert places.far(np.r_[usual[:5], 0.9]).tolist() == []


def test_an_odd_work_is_told_from_all_others_and_a_stranger_from_its_class() -> None:
    held = label_set(works=120, classes=("a", "b", "c", "d"))
    random = np.random.default_rng(3)
    raw = random.normal(0, 0.15, (120, 12))
    raw[np.arange(120), held.truth] += 1
    odd, stranger = 0, 40  # of classes a and b
    raw[odd] = random.normal(0, 0.02, 12)
    raw[odd, 11] = 1
    raw[stranger, 1], raw[stranger, 2] = 0, 1  # looks like class c
    vectors = unit(raw)
    found = places.out_of_place(held, vectors, places.nearest(vectors, held.kin))
    assert {odd, stranger} <= set(found)
    assert any("nothing else here" in reason.sentence for reason in found[odd])
    assert [reason.sentence for reason in found[stranger]] == [found[stranger][0].sentence]
    assert found[stranger][0].sentence.startswith("It looks like no other work of ‘b’")
    assert len(found) < 8


def test_a_works_vector_is_the_mean_of_its_pictures_and_has_length_one() -> None:
    held = dataset()
    shown = held.owner > 0
    vectors = places.vectors_of(replace(held, X=held.X[shown], owner=held.owner[shown]))
    assert np.isnan(vectors[0]).all()
    assert np.allclose(np.linalg.norm(vectors[1:], axis=1), 1, atol=1e-5)
