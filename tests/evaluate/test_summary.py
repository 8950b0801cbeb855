"""What is said of an evaluation."""

from __future__ import annotations

from typing import Any

import pytest

from cartellino.evaluate.evaluation import Evaluation
from cartellino.evaluate.summary import headline, headline_rows, sentences

from .labelled import evaluation


def test_the_headline_counts_works_and_gives_an_interval() -> None:
    data = dict(evaluation())
    data["works"] = 226
    data["figures"]["top_1"] = {"value": 208 / 226, "low": 0.877, "high": 0.949, "count": 208, "of": 226}
    assert headline(data) == (
        "Of 226 test works the label is right for 208 (92.0 %, between 87.7 % and 94.9 %)."
    )


@pytest.mark.parametrize("part", ["train", "validation", "calibration"])
def test_what_is_not_a_test_is_never_called_one(part: str) -> None:
    data = evaluation(part=part)
    assert "test works" not in data["headline"]
    said = " ".join(data["summary"])
    assert ("this is not a test" in said) or ("must not be judged" in said)


def test_a_test_is_called_one() -> None:
    data = evaluation()
    assert "80 test works" in data["headline"]
    assert "not a test" not in " ".join(data["summary"])


def test_people_who_index_are_quoted_for_several_labels() -> None:
    assert any("30–50 %" in sentence for sentence in evaluation("multi")["summary"])
    assert not any("30–50 %" in sentence for sentence in evaluation("single")["summary"])


@pytest.mark.parametrize(("beta", "said"), [(2, "for F2: a missed label counts for more"), (0.5, "for less")])
def test_it_is_said_what_thresholds_are_tuned_for(beta: float, said: str) -> None:
    data = dict(evaluation("multi"))
    data["model"] = {**data["model"], "beta": beta}
    assert said in " ".join(sentences(data))
    data["model"]["beta"] = 1
    assert "tuned for" not in " ".join(sentences(data))


def test_the_worst_confusion_is_named() -> None:
    data = dict(evaluation())
    data["hardest"] = [{"label": "Asian Art", "taken_for": "Arms and Armor", "works": 1, "of": 12}]
    assert "1 of 12 works of ‘Asian Art’ was labelled ‘Arms and Armor’." in " ".join(sentences(data))


@pytest.mark.parametrize(
    ("error", "leaning", "said"),
    [
        (0.03, 0.01, "can be taken at their word"),
        (0.05, 0.01, "can be taken at their word"),
        (0.2, 0.1, "too sure of itself"),
        (0.2, -0.1, "more often right"),
    ],
)
def test_calibration_is_judged_against_chance(error: float, leaning: float, said: str) -> None:
    data = dict(evaluation())
    data["calibration"] |= {"error": error, "by_chance": 0.04, "by_chance_high": 0.06, "leaning": leaning}
    assert said in " ".join(sentences(data))


def test_classes_with_too_few_works_are_not_ranked() -> None:
    data = dict(evaluation())
    data["classes"][0] |= {"works": 2}
    data["classes"][0]["f1"] |= {"value": 0.0}
    said = " ".join(sentences(data))
    assert "1 class with fewer than 5 works here cannot be judged one by one." in said
    assert "Drawings and Prints (0.00)" not in said


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_rows_are_ready_to_print(kind: str) -> None:
    rows = headline_rows(evaluation(kind))
    assert all(len(row) == 3 and all(isinstance(cell, str) for cell in row) for row in rows)
    assert rows[0][0] == ("right label" if kind == "single" else "likeliest label is right")
    assert rows[-1][0] == "calibration error"


def test_an_evaluation_is_plain_json_without_nan() -> None:
    import json

    import numpy as np

    held: dict[str, Any] = dict(evaluation())
    told = Evaluation({**held, "seed": np.int64(3), "extra": (np.float32(0.5), float("nan"))})
    assert json.loads(json.dumps(told.as_dict(), allow_nan=False))["extra"] == [0.5, None]
    assert told["seed"] == 3
    assert told.headline == held["headline"]
