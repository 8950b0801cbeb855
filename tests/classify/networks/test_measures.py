"""How an epoch went, which was the best, and the rate that a trial suggests."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score, fbeta_score, top_k_accuracy_score

from cartellino.classify.networks import history, measures, rates


def test_measures_of_one_label_are_scikit_learns() -> None:
    random = np.random.default_rng(0)
    scores, place = random.normal(size=(60, 7)), random.integers(0, 7, 60)
    weights = random.random(60)
    told = measures.single(scores, place, weights)
    for name, m in (("accuracy", 1), ("top-3", 3), ("top-5", 5)):
        wanted = top_k_accuracy_score(place, scores, k=m, sample_weight=weights)
        assert told[name] == pytest.approx(wanted)
    assert told["macro-f1"] == pytest.approx(
        f1_score(place, scores.argmax(axis=1), average="macro", sample_weight=weights)
    )


def test_ties_do_not_flatter() -> None:
    told = measures.single(np.zeros((4, 4)), np.arange(4), np.ones(4))
    assert (told["accuracy"], told["top-3"]) == (0.25, 0.75)


def test_measures_of_several_labels_are_scikit_learns() -> None:
    random = np.random.default_rng(1)
    chances, target = random.random((50, 4)), random.integers(0, 2, (50, 4))
    told = measures.several(chances, target, np.ones(50), 0.4)
    given = chances >= 0.4
    assert told["f2"] == pytest.approx(fbeta_score(target, given, beta=2, average="micro"))
    assert told["f1"] == pytest.approx(f1_score(target, given, average="micro"))
    assert told["macro-f1"] == pytest.approx(f1_score(target, given, average="macro"))
    assert told["accuracy"] == pytest.approx((given == target).mean())


def _rows(losses: list[float], part: str = "validation") -> list[history.Row]:
    return [{"epoch": n, "part": part, "loss": loss, "accuracy": loss} for n, loss in enumerate(losses, 1)]


def test_the_best_epoch_is_the_first_of_equals() -> None:
    rows = _rows([0.5, 0.2, 0.9, 0.2, 0.9])
    assert history.best(rows, "loss") == 2
    assert history.best(rows, "accuracy") == 3
    assert history.best(_rows([0.5, 0.2, 0.9], part="train"), "loss") == 3


def test_patience_counts_from_the_best_epoch_and_from_the_last_stage() -> None:
    rows = _rows([0.5, 0.2, 0.3, 0.4])
    assert history.is_over(rows, "loss", 2, 0)
    assert not history.is_over(rows, "loss", 3, 0)
    assert not history.is_over(rows, "loss", None, 0)
    assert not history.is_over(rows, "loss", 2, 3)


def test_the_table_has_a_line_for_each_epoch_and_part() -> None:
    lines = history.table([*_rows([0.5]), {"epoch": 1, "part": "train", "loss": 0.25, "rate": 0.1}]).split(
        "\r\n"
    )
    assert lines == ["epoch,part,loss,accuracy,rate", "1,validation,0.5,0.5,", "1,train,0.25,,0.1", ""]


def test_a_trial_ends_when_the_loss_bursts_and_suggests_the_steepest_place() -> None:
    rising = rates.rising(60, 1e-5, 1.0)

    def lost(rate: float) -> float:
        return 2.0 - 1.5 / (1 + (1e-3 / rate) ** 2) + (rate / 0.1) ** 2

    sweep = rates.swept(rising, iter([lost(rate) for rate in rising]))
    assert len(sweep.losses) < 60
    assert 3e-4 < sweep.suggested < 1e-2
    assert rates.swept(rising, iter([1.0, float("nan")])).losses == (1.0,)
