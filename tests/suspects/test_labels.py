"""Labels that a model would not give, in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cartellino.suspects import labels
from cartellino.suspects.reasons import Kind
from evaluate.labelled import CLASSES, label_set


def test_of_one_label_a_work_those_are_doubted_of_which_another_is_likelier() -> None:
    held = label_set(works=8)
    said = np.full((8, 4), 0.02)
    said[np.arange(8), held.truth] = 0.94
    said[3] = [0.02, 0.9, 0.05, 0.03]
    truth = held.truth.copy()
    truth[3] = 2
    found = labels.doubted(replace(held, truth=truth), said)
    assert list(found) == [3]
    (reason,) = found[3]
    assert reason.kind is Kind.LABEL
    assert reason.strength == pytest.approx((1 + 0.9 - 0.05) / 2)
    assert reason.sentence == (
        f"A model that has not seen it says probably ‘{CLASSES[1]}’ (90 %), and gives ‘{CLASSES[2]}’ 5 %."
    )


def test_works_of_which_nothing_was_said_are_not_doubted() -> None:
    held = label_set(works=8)
    said = np.full((8, 4), 0.25)
    said[:5] = np.nan
    said[5:] = [0.0, 0.0, 0.0, 1.0]
    assert set(labels.doubted(held, said)) <= {5, 6, 7}
    assert labels.wrong(held, said) <= 3


def test_of_several_labels_it_says_which_are_missed_and_which_hardly_shown() -> None:
    held = label_set("multi", works=200)
    given = held.truth.astype(bool)
    said = np.where(given, 0.9, 0.05)
    row = int(np.flatnonzero(~given.all(axis=1))[0])
    has, lacks = int(np.flatnonzero(given[row])[0]), int(np.flatnonzero(~given[row])[0])
    said[row, has], said[row, lacks] = 0.01, 0.97
    found = labels.doubted(held, said)
    assert list(found) == [row]
    assert found[row][0].sentence == (
        f"A model that has not seen it gives ‘{CLASSES[has]}’ only 1 % "
        f"and misses ‘{CLASSES[lacks]}’ (almost certainly, 97 %)."
    )
    assert found[row][0].strength == pytest.approx(0.99)
    assert labels.wrong(held, said) == 1


def test_a_missing_label_that_is_less_likely_than_not_is_no_reason() -> None:
    held = label_set("multi", works=200)
    given = held.truth.astype(bool)
    said = np.where(given, 0.3, 0.02)  # a label that is hardly learnt: 0.4 is far above its average
    row, lacks = (int(places[0]) for places in np.nonzero(~given))
    said[row, lacks] = 0.45
    assert labels.doubted(held, said) == {}
