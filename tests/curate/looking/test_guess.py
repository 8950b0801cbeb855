"""Guessing: honest about nothing, sure about a giveaway, never helped by kin."""

from __future__ import annotations

import numpy as np
import pytest

from cartellino.curate.looking.guess import guess
from cartellino.curate.looking.warned import is_clear

N = 240


def one_label(random: np.random.Generator, classes: int = 3) -> np.ndarray:
    return np.eye(classes, dtype=bool)[random.integers(0, classes, N)]


def test_noise_is_not_called_a_cue() -> None:
    random = np.random.default_rng(0)
    found = guess(random.normal(size=(N, 3)), one_label(random), np.arange(N), "single", 0)
    assert not is_clear(found)
    assert found.low < found.chance < found.high + 0.1
    assert abs(found.shuffled - 1 / 3) < 0.1


def test_a_giveaway_is_found_and_its_class_with_it() -> None:
    random = np.random.default_rng(1)
    truth = one_label(random)
    white = np.where(truth[:, 1], 250.0, 100.0) + random.normal(size=N)
    found = guess(white[:, None], truth, np.arange(N), "single", 0)
    assert is_clear(found)
    assert found.found[1] > 0.95 > 0.05 > found.mistaken[1]
    assert found.found[0] - found.mistaken[0] < 0.5
    assert found.low <= found.score <= found.high


def test_a_cue_need_not_be_more_or_less_of_something() -> None:
    random = np.random.default_rng(2)
    value = random.uniform(-1, 1, N)
    truth = np.stack([np.abs(value) < 0.5, np.abs(value) >= 0.5], axis=1)
    assert guess(value[:, None], truth, np.arange(N), "single", 0).score > 0.9


def test_most_works_in_one_class_are_chance() -> None:
    random = np.random.default_rng(3)
    truth = np.eye(2, dtype=bool)[(random.random(N) < 0.1).astype(int)]
    found = guess(random.normal(size=(N, 2)), truth, np.arange(N), "single", 0)
    assert found.frequent == pytest.approx(truth[:, 0].mean())
    assert not is_clear(found)


def test_kin_do_not_help_each_other() -> None:
    random = np.random.default_rng(4)
    kin = np.repeat(np.arange(N // 8), 8)
    truth = np.eye(2, dtype=bool)[random.integers(0, 2, N // 8)[kin]]
    fingerprint = random.normal(size=(N // 8, 3))[kin]
    assert guess(fingerprint, truth, np.arange(N), "single", 0).score > 0.85, "copies give each other away"
    honest = guess(fingerprint, truth, kin, "single", 0)
    assert honest.score < 0.75
    assert honest.high - honest.low > 0.15, "thirty groups are thirty facts, not 240"


def test_several_labels_are_measured_beside_a_half() -> None:
    random = np.random.default_rng(5)
    truth = random.random((N, 4)) < np.array([0.1, 0.3, 0.5, 0.0])
    nothing = guess(random.normal(size=(N, 2)), truth, np.arange(N), "multi", 0)
    assert nothing.frequent == 0.5
    assert not is_clear(nothing)
    telling = guess(truth[:, :1] + random.normal(0, 0.1, (N, 1)), truth, np.arange(N), "multi", 0)
    assert telling.found[0] > 0.9 > 0.1 > telling.mistaken[0]
    assert telling.score > nothing.score + 0.1


def test_the_same_seed_gives_the_same() -> None:
    random = np.random.default_rng(6)
    columns, truth = random.normal(size=(N, 2)), one_label(random)
    one, again = (guess(columns, truth, np.arange(N), "single", 7) for _ in range(2))
    assert (one.score, one.low, one.high, one.by_luck) == (again.score, again.low, again.high, again.by_luck)
