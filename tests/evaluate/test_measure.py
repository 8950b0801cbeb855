"""Every figure, held against scikit-learn or counted by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import fbeta_score, top_k_accuracy_score

from cartellino.evaluate.measure import AVERAGES, MEASURES, hardest, measured
from cartellino.evaluate.said import Said, chosen_by

from .labelled import CLASSES, said


@pytest.mark.parametrize("k", [1, 3])
def test_the_first_few_are_counted_as_scikit_learn_counts_them(k: int) -> None:
    told = said()
    figure = measured(told, seed=0, rounds=10)["figures"][f"top_{k}"]
    expected = top_k_accuracy_score(told.truth, told.probabilities, k=k, labels=range(4))
    assert figure["value"] == pytest.approx(expected)
    assert figure["count"] == round(expected * 80)
    assert figure["of"] == 80
    assert figure["low"] < figure["value"] < figure["high"] or figure["value"] == 1.0


def test_there_is_no_first_five_of_four_classes() -> None:
    assert "top_5" not in measured(said(), seed=0, rounds=10)["figures"]


@pytest.mark.parametrize("kind", ["single", "multi"])
@pytest.mark.parametrize("average", AVERAGES)
@pytest.mark.parametrize("beta", [1, 2])
def test_averages_are_those_of_scikit_learn(kind: str, average: str, beta: int) -> None:
    told = said(kind)
    figure = measured(told, seed=0, rounds=10)["figures"][f"f{beta}_{average}"]
    expected = fbeta_score(told.true, told.chosen, beta=beta, average=average, zero_division=0)
    assert figure["value"] == pytest.approx(expected)
    assert figure["low"] <= figure["value"] <= figure["high"]


def test_a_class_without_works_is_not_counted_in_the_mean() -> None:
    told = said()
    wider = replace(
        told,
        classes=(*CLASSES, "Nobody's"),
        probabilities=np.c_[told.probabilities, np.zeros(80)],
        chosen=np.c_[told.chosen, np.zeros(80, bool)],
    )
    before, after = (measured(each, seed=0, rounds=10) for each in (told, wider))
    assert after["figures"]["f1_macro"]["value"] == pytest.approx(before["figures"]["f1_macro"]["value"])
    assert after["figures"]["f1_macro"]["of"] == 4
    assert after["classes"][-1]["f1"]["value"] is None
    assert after["classes"][-1]["recall"]["value"] is None


def test_classes_are_counted_by_hand() -> None:
    told = of([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 2])
    first = measured(told, seed=0, rounds=10)["classes"][0]
    assert (first["works"], first["predicted"]) == (3, 3)
    assert first["precision"]["value"] == pytest.approx(2 / 3)
    assert first["recall"]["value"] == pytest.approx(2 / 3)
    assert first["f1"]["value"] == pytest.approx(2 / 3)


def test_three_works_that_are_all_right_prove_little() -> None:
    third = measured(of([0] * 9 + [2] * 3, [0] * 9 + [2] * 3), seed=0, rounds=50)["classes"][2]
    assert third["f1"]["value"] == 1.0
    assert third["f1"]["high"] == pytest.approx(1.0)
    assert third["f1"]["low"] < 0.7


def test_the_costliest_confusions_come_first() -> None:
    matrix = np.array([[5, 0, 4], [1, 9, 0], [0, 2, 3]])
    found = hardest(("a", "b", "c"), matrix)
    assert [(each["label"], each["taken_for"], each["works"], each["of"]) for each in found] == [
        ("a", "c", 4, 9),
        ("c", "b", 2, 5),
        ("b", "a", 1, 10),
    ]


def test_confusions_add_up_to_the_works() -> None:
    found = measured(said(), seed=0, rounds=10)
    assert np.sum(found["confusion"]) == 80
    assert np.trace(found["confusion"]) == found["figures"]["top_1"]["count"]


def test_several_labels_have_no_confusion_matrix_but_an_exact_share() -> None:
    told = said("multi")
    found = measured(told, seed=0, rounds=10)
    assert found["confusion"] is None
    assert found["figures"]["exact"]["count"] == int((told.true == told.chosen).all(axis=1).sum())


def test_works_without_any_label_are_not_asked_for_their_likeliest() -> None:
    told = said("multi")
    truth = told.truth.copy()
    truth[:10] = 0
    assert measured(replace(told, truth=truth), seed=0, rounds=10)["figures"]["top_1"]["of"] == 70


def test_the_same_seed_gives_the_same_figures() -> None:
    assert measured(said(), seed=3, rounds=30) == measured(said(), seed=3, rounds=30)
    assert measured(said(), seed=3, rounds=30) != measured(said(), seed=4, rounds=30)


def test_every_average_of_every_measure_is_there() -> None:
    names = {f"{measure}_{average}" for measure in MEASURES for average in AVERAGES}
    assert names < set(measured(said(), seed=0, rounds=10)["figures"])


def test_labels_are_chosen_by_their_thresholds_or_by_being_likeliest() -> None:
    probabilities = np.array([[0.3, 0.6, 0.1], [0.5, 0.2, 0.3]])
    assert chosen_by("single", probabilities, None).tolist() == [[False, True, False], [True, False, False]]
    limits = np.array([0.3, 0.7, 0.2])
    assert chosen_by("multi", probabilities, limits).tolist() == [[True, False, False], [True, False, True]]


def of(truth: list[int], predicted: list[int]) -> Said:
    probabilities = np.eye(3)[predicted]
    chosen = chosen_by("single", probabilities, None)
    kin: Any = np.arange(len(truth))
    return Said("single", ("a", "b", "c"), probabilities, np.array(truth), kin, chosen)
