from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import PredefinedSplit

from cartellino.classify.heads import splits

ALL = np.arange(60)


def test_validation_by_places_or_by_mask_is_the_same() -> None:
    mask = np.arange(60) % 4 == 0
    ((learn, ask),) = splits.held_out(60, mask, ALL)
    ((_, again),) = splits.held_out(60, np.flatnonzero(mask), ALL)
    assert np.array_equal(ask, again)
    assert np.array_equal(np.sort(np.concatenate([learn, ask])), ALL)


@pytest.mark.parametrize("validation", [[], np.ones(60, bool)])
def test_validation_must_name_some_and_leave_some(validation: object) -> None:
    with pytest.raises(ValueError, match="leave others to learn from"):
        splits.held_out(60, np.asarray(validation, bool if len(validation) else int), ALL)  # type: ignore[arg-type]


@settings(max_examples=20)
@given(st.integers(2, 6), st.integers(0, 5))
def test_folds_ask_about_every_row_once(cv: int, seed: int) -> None:
    y = np.arange(60) % 3
    found = splits.folds(cv, y, None, ALL, seed)
    assert np.array_equal(np.sort(np.concatenate([ask for _, ask in found])), ALL)
    for learn, ask in found:
        assert not set(learn) & set(ask)
        assert np.bincount(y[ask]).std() < 1.5


def test_rows_of_one_group_share_a_fold() -> None:
    groups = np.arange(60) // 4
    for learn, ask in splits.folds(5, np.arange(60) % 3, groups, ALL, 0):
        assert not set(groups[learn]) & set(groups[ask])


def test_a_class_rarer_than_the_folds_is_no_trouble(recwarn: pytest.WarningsRecorder) -> None:
    y = np.array([0] * 30 + [1] * 29 + [2])
    assert len(splits.folds(5, y, None, ALL, 0)) == 5
    assert not recwarn.list


def test_too_few_rows_or_groups_give_no_folds() -> None:
    assert splits.folds(5, np.array([0, 1]), None, np.arange(2), 0) == []
    assert splits.folds(5, np.arange(60) % 2, np.zeros(60), ALL, 0) == []


def test_a_splitter_knows_all_rows_and_the_answer_only_those_that_count() -> None:
    kept = np.arange(10, 60)
    ((learn, ask),) = splits.folds(PredefinedSplit([0] * 20 + [-1] * 40), np.zeros(60), None, kept, 0)
    assert np.array_equal(kept[ask], np.arange(10, 20))
    assert np.array_equal(kept[learn], np.arange(20, 60))


def test_one_fold_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2 folds"):
        splits.folds(1, np.zeros(60), None, ALL, 0)


@settings(max_examples=20)
@given(st.integers(0, 50))
def test_the_stratum_of_a_work_is_its_rarest_label(seed: int) -> None:
    target = (np.random.default_rng(seed).random((12, 4)) < 0.3).astype(np.uint8)
    counts = target.sum(axis=0)
    for row, place in zip(target, splits.rarest(target), strict=True):
        assert place == 4 if not row.any() else counts[place] == counts[row > 0].min()
