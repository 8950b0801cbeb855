"""The split: no edge crosses it, every class is everywhere, the same seed gives it again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cartellino.curate.choose import Labelled
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.kin import kin_of
from cartellino.curate.labelset import PARTS
from cartellino.curate.split import split
from cartellino.curate.strata import FREE
from cartellino.errors import LabelError

RULES = LabelDefinition("culture", "culture")
NO_CALIBRATION = {"train": 0.8, "validation": 0.1, "test": 0.1}


def single(values: list[int]) -> Labelled:
    return Labelled(
        np.arange(len(values)),
        np.array(values, dtype=np.int64),
        tuple(f"c{n}" for n in range(max(values) + 1)),
        len(values),
    )


def several(matrix: NDArray[np.bool_]) -> Labelled:
    rows, values = np.nonzero(matrix)
    return Labelled(rows, values, tuple(f"c{n}" for n in range(matrix.shape[1])), len(matrix))


def free(works: int) -> NDArray[np.int64]:
    return np.full(works, FREE, dtype=np.int64)


def alone(works: int) -> NDArray[np.int64]:
    return np.arange(works, dtype=np.int64)


def shares(labelled: Labelled, parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Works of each class (row) in each part (column)."""
    counted = np.zeros((len(labelled.names), len(PARTS)), dtype=np.int64)
    np.add.at(counted, (labelled.values, parts[labelled.rows]), 1)
    return counted


def mixed(works: int, seed: int) -> Labelled:
    """Tags of uneven frequency, at least one a work."""
    random = np.random.default_rng(seed)
    matrix = random.random((works, 12)) < 1 / np.arange(2, 14)
    matrix[np.arange(works), random.integers(0, 12, works)] |= ~matrix.any(axis=1)
    return several(matrix)


def test_parts_of_each_class_follow_the_ratios_to_the_work() -> None:
    random = np.random.default_rng(0)
    labelled = single(random.choice(5, 1_000, p=[0.6, 0.2, 0.1, 0.07, 0.03]).tolist())
    parts = split(labelled, alone(1_000), RULES, free(1_000))
    wanted = labelled.per_value()[:, None] * np.array(list(RULES.ratios.values()))
    assert np.abs(shares(labelled, parts) - wanted).max() <= 1
    assert np.abs(np.bincount(parts) - 1_000 * np.array(list(RULES.ratios.values()))).max() <= 2


def test_parts_of_each_tag_follow_the_ratios() -> None:
    labelled = mixed(2_000, 1)
    parts = split(labelled, alone(2_000), RULES, free(2_000))
    wanted = labelled.per_value()[:, None] * np.array(list(RULES.ratios.values()))
    assert np.abs(shares(labelled, parts) - wanted).max() <= 2 + 0.02 * labelled.per_value().max()


def test_the_same_seed_gives_the_same_split_and_another_another() -> None:
    labelled = mixed(300, 2)
    first = split(labelled, alone(300), RULES, free(300))
    assert np.array_equal(first, split(labelled, alone(300), RULES, free(300)))
    assert not np.array_equal(first, split(labelled, alone(300), replace(RULES, seed=1), free(300)))


def test_works_of_one_class_are_dealt_at_random() -> None:
    labelled = single([0, 1] * 200)
    parts = np.stack([split(labelled, alone(400), replace(RULES, seed=s), free(400)) for s in range(60)])
    in_test = (parts == PARTS.index("test")).mean(axis=0)
    assert abs(in_test.mean() - 0.1) < 0.005
    assert in_test.max() < 0.35  # a work that were always chosen would stand at 1


def test_without_a_calibration_part_it_stays_empty() -> None:
    labelled = single([0, 1] * 50)
    parts = split(labelled, alone(100), replace(RULES, ratios=NO_CALIBRATION), free(100))
    assert set(parts.tolist()) == {PARTS.index(part) for part in NO_CALIBRATION}


@pytest.mark.parametrize("works", [4, 5, 7])
def test_a_class_of_few_works_is_in_every_part(works: int) -> None:
    labelled = single([0] * 200 + [1] * works)
    parts = split(labelled, alone(200 + works), RULES, free(200 + works))
    assert (shares(labelled, parts) > 0).all()


def test_a_rare_tag_that_only_comes_with_others_is_in_every_part() -> None:
    matrix = np.zeros((400, 4), bool)
    matrix[:, 0] = True
    matrix[:40, 1] = True
    matrix[:8, 2] = True
    matrix[4:12, 3] = True
    labelled = several(matrix)
    for seed in range(10):
        parts = split(labelled, alone(400), replace(RULES, seed=seed), free(400))
        assert (shares(labelled, parts) > 0).all()


def test_a_class_too_small_for_every_part_is_named_with_what_helps() -> None:
    with pytest.raises(LabelError, match=r"c1 \(3\).*--min-works 4"):
        split(single([0] * 50 + [1] * 3), alone(53), RULES, free(53))


def test_a_class_whose_works_are_all_kin_is_refused() -> None:
    kin = np.r_[np.arange(50), np.full(20, 50)]
    with pytest.raises(LabelError, match=r"c1 \(20\)"):
        split(single([0] * 50 + [1] * 20), kin, RULES, free(70))


def test_a_large_kin_does_not_upset_the_rest() -> None:
    kin = np.r_[np.zeros(100, np.int64), np.arange(1, 901)]
    labelled = single(np.random.default_rng(0).integers(0, 3, 1_000).tolist())
    parts = split(labelled, kin, RULES, free(1_000))
    assert len(set(parts[:100].tolist())) == 1
    assert np.abs(np.bincount(parts) / 1_000 - np.array(list(RULES.ratios.values()))).max() < 0.01


EDGES = st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=40)


@settings(deadline=None, max_examples=60)
@given(
    EDGES,
    st.lists(st.integers(0, 9), min_size=60, max_size=60),
    st.lists(st.integers(0, 2), min_size=60, max_size=60),
    st.lists(st.sampled_from([FREE, FREE, FREE, 0, 1, 2, 3]), min_size=60, max_size=60),
    st.integers(0, 3),
)
def test_no_edge_crosses_the_split(
    edges: list[tuple[int, int]], groups: list[int], values: list[int], before: list[int], seed: int
) -> None:
    works = np.arange(60, dtype=np.int64) * 7
    ends = np.array([end for edge in edges for end in edge], dtype=np.int64) * 7
    shared = np.repeat(np.arange(len(edges), dtype=np.int64), 2)
    sparse = np.array(groups, dtype=np.int64)
    grouped = sparse < 2
    kin = kin_of(works, [(ends, shared), (works[grouped], sparse[grouped])])
    labelled = single([*values[:57], 0, 1, 2])
    try:
        parts = split(labelled, kin, replace(RULES, seed=seed), np.array(before, dtype=np.int64))
    except LabelError:
        assume(False)
    for one, other in edges:
        assert parts[one] == parts[other]
    for group in (0, 1):
        assert len(set(parts[sparse == group].tolist())) <= 1


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1_000), st.integers(20, 200))
def test_works_that_had_a_part_keep_it(seed: int, more: int) -> None:
    labelled = mixed(200 + more, seed)
    before = free(200 + more)
    before[:200] = np.random.default_rng(seed).choice(4, 200, p=list(RULES.ratios.values()))
    try:
        parts = split(labelled, alone(200 + more), RULES, before)
    except LabelError:
        with pytest.raises(LabelError, match="another --seed splits anew"):
            split(labelled, alone(200 + more), RULES, before)
        return
    assert np.array_equal(parts[:200], before[:200])


def test_new_works_fill_up_what_is_short() -> None:
    labelled = single([0, 1] * 200)
    before = free(400)
    before[:100] = 0  # all of the first works were for training
    parts = split(labelled, alone(400), RULES, before)
    assert np.abs(np.bincount(parts) / 400 - np.array(list(RULES.ratios.values()))).max() < 0.01


def test_kin_of_two_parts_go_where_nothing_learnt_is_examined() -> None:
    labelled = single([0, 1] * 50)
    before = free(100)
    before[0], before[1], before[2], before[3] = 3, 0, 3, 2
    kin = alone(100)
    kin[1], kin[3] = 0, 2
    parts = split(labelled, kin, RULES, before)
    assert parts[0] == parts[1] == PARTS.index("train")
    assert parts[2] == parts[3] == PARTS.index("calibration")
