from __future__ import annotations

import numpy as np
import pytest
from sklearn.utils.class_weight import compute_class_weight

from cartellino.classify.heads import weighing

PLACE = np.array([0, 0, 0, 1, 1, 2])
LABELS = np.array(["China", "Italy", "Japan"])


def test_balanced_as_by_scikit_learn() -> None:
    found = weighing.single("balanced", LABELS, PLACE, np.ones(6))
    assert found == pytest.approx(compute_class_weight("balanced", classes=np.arange(3), y=PLACE))


def test_balanced_classes_weigh_the_same_in_all() -> None:
    weights = np.array([1, 2, 3, 1, 1, 5.0])
    found = weighing.single("balanced", LABELS, PLACE, weights)
    totals = np.bincount(PLACE, weights=weights * found[PLACE])
    assert totals == pytest.approx(np.full(3, weights.sum() / 3))


def test_balanced_labels_weigh_as_much_as_their_absence() -> None:
    target = np.array([[1, 0], [0, 0], [0, 0], [0, 1], [0, 1]])
    found = weighing.several("balanced", np.arange(2), target, np.ones(5))
    assert found == pytest.approx([4, 1.5])


def test_a_table_names_some_and_leaves_the_rest() -> None:
    assert weighing.single({"Italy": 3}, LABELS, PLACE, np.ones(6)).tolist() == [1, 3, 1]


def test_of_a_single_label_what_counts_is_the_ratio() -> None:
    target = np.array([[1], [0]])
    found = weighing.several({"no": 2, "yes": 6}, np.array(["no", "yes"]), target, np.ones(2))
    assert found.tolist() == [3]


@pytest.mark.parametrize("asked", ["heavy", {"Spain": 2.0}])
def test_unknown_words_are_refused(asked: object) -> None:
    with pytest.raises(ValueError, match="class_weight"):
        weighing.single(asked, LABELS, PLACE, np.ones(6))  # type: ignore[arg-type]
