from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from cartellino.curate.definition import LabelDefinition
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.together import together

EMPTY = np.zeros(0, np.int64)


def label_set(truth: np.ndarray) -> LabelSet:
    names = tuple(f"tag {place}" for place in range(truth.shape[1]))
    rules = LabelDefinition("tags", "tags", kind="multi")
    works = np.arange(len(truth))
    parts = np.full(len(truth), "train")
    return LabelSet(1, "tags", 1, "multi", names, frozenset(), rules, "", works, truth, parts, works)


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(1, 5)), elements=st.integers(0, 1)))
def test_counts_are_of_works_with_both(truth: np.ndarray) -> None:
    found = together(label_set(truth))
    assert found is not None
    for one in range(truth.shape[1]):
        for other in range(truth.shape[1]):
            both = int((truth[:, one] & truth[:, other]).sum())
            assert found.counts[one, other] == both
    assert np.isfinite(found.beyond).all()
    assert np.array_equal(found.beyond, found.beyond.T)


def test_lift_is_one_by_chance_and_pairs_are_the_strongest() -> None:
    even = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]] * 10, np.uint8)
    even[:10, 2] = even[:10, 0]
    found = together(label_set(even))
    assert found is not None
    assert found.lift[0, 1] == 1
    assert found.pairs()[0] == (0, 2)
    assert (0, 1) not in found.pairs()


def test_rare_labels_that_never_meet_say_little() -> None:
    truth = np.zeros((400, 4), np.uint8)
    truth[:3, 0], truth[3:6, 1] = 1, 1
    truth[:200, 2], truth[200:, 3] = 1, 1
    found = together(label_set(truth))
    assert found is not None
    assert found.beyond[2, 3] < -4 < -0.2 < found.beyond[0, 1]


def test_one_label_a_work_is_no_matter_of_company() -> None:
    assert together(replace(label_set(np.ones((2, 2), np.uint8)), kind="single")) is None
