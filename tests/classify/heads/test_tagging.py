from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.heads.likelihood import odds_of_shares, sigmoid, softmax
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.tagging import LOSSES, TagLoss, straightened
from cartellino.classify.unseen import OutOfSample

EVEN = np.ones(4)


@settings(max_examples=60)
@given(st.sampled_from(LOSSES), st.integers(0, 10_000))
def test_derivatives_are_slopes(name: str, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores, target = random.normal(0, 2, (3, 4)), (random.random((3, 4)) < 0.4).astype(np.uint8)
    emphasis = random.uniform(0.5, 3, 4)
    loss = TagLoss(name, focus_present=1.0)
    _, turn = loss.of(scores, target, emphasis)
    for row, column in ((0, 0), (1, 2), (2, 3)):
        moved = np.zeros_like(scores)
        moved[row, column] = 1e-6
        above, below = (loss.of(scores + sign * moved, target, emphasis)[0].sum() for sign in (1, -1))
        if abs(float(sigmoid(scores[row, column])) - loss.clip) > 1e-4:  # there the slope jumps
            assert turn[row, column] == pytest.approx((above - below) / 2e-6, abs=1e-5)


def test_without_focus_all_are_the_log_loss() -> None:
    scores, target = np.random.default_rng(0).normal(size=(5, 4)), np.eye(4)[[0, 1, 2, 3, 0]]
    plain = TagLoss().of(scores, target, EVEN)
    for loss in (TagLoss("focal", focus=0.0), TagLoss("asymmetric", focus_absent=0.0, clip=0.0)):
        for mine, theirs in zip(loss.of(scores, target, EVEN), plain, strict=True):
            assert mine == pytest.approx(theirs, abs=1e-6)


def test_what_is_known_already_counts_less() -> None:
    sure = np.array([[4.0, -4.0, 0.0, 0.0]])
    target = np.array([[1, 0, 0, 0]])
    plain, focal = (np.abs(TagLoss(name).of(sure, target, EVEN)[1][0]) for name in ("bce", "focal"))
    assert focal[0] / plain[0] < 0.01
    assert focal[2] / plain[2] > 0.2
    absent = TagLoss("asymmetric").of(np.full((1, 4), -3.0), np.zeros((1, 4)), EVEN)[1]
    assert (absent == 0).all()  # below the clip


def test_labels_of_a_row_share_its_mass() -> None:
    target = np.array([[1, 1, 0, 0], [0, 0, 0, 0]])
    best = np.log(np.array([[0.5, 0.5, 1e-9, 1e-9], [0.25] * 4]))
    turn = TagLoss("softmax").of(best, target, EVEN)[1]
    assert turn == pytest.approx(np.zeros((2, 4)), abs=1e-6)


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.floats(0.1, 40))
def test_odds_of_shares_say_the_shares(seed: int, spread: float) -> None:
    scores = np.random.default_rng(seed).normal(0, spread, (3, 5))
    assert sigmoid(odds_of_shares(scores)) == pytest.approx(softmax(scores), abs=1e-9)


def test_skewed_scores_are_made_log_odds() -> None:
    random = np.random.default_rng(0)
    odds = random.normal(0, 2, (4000, 2))
    truth = (random.random((4000, 2)) < sigmoid(odds)).astype(np.uint8)
    told = OutOfSample(np.arange(4000), odds / 2 + 1)
    material = Material(np.zeros((4000, 1)), truth, np.ones(4000), np.ones(2), True)
    sigmoids, bent = straightened(material, told)
    assert sigmoids.slopes == pytest.approx([2, 2], abs=0.3)
    assert sigmoids.offsets == pytest.approx([-2, -2], abs=0.3)
    usual = np.abs(odds) < 3
    assert bent.logits[usual] == pytest.approx(odds[usual], abs=0.6)
