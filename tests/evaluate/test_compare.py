"""Comparisons: what is better is said to be so only with evidence."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartellino.errors import InputError, ModelError
from cartellino.evaluate import compare_report, compare_words
from cartellino.evaluate.compare import Candidate, Cost, agreement, compare
from cartellino.evaluate.compare_figures import drawn
from cartellino.evaluate.said import Said, chosen_by

from .labelled import CLASSES, label_set, said

WORKS = 160
MADE = {"seed": 0, "version": "0.1.0", "created_at": "2026-11-22T02:31:00+00:00"}
CHEAP = Cost(2.0, 10_000, 40.0, 9000.0)


def candidate(name: str, told: Said, cost: Cost = CHEAP) -> Candidate:
    return Candidate(name, name, "lite2:all", told, cost, MADE)


def spoilt(told: Said, works: int, start: int = 0) -> Said:
    """The same, with the right label of some works taken for the next."""
    chances = np.full(told.probabilities.shape, 0.01)
    right = told.truth.copy()
    right[start : start + works] = (right[start : start + works] + 1) % len(CLASSES)
    chances[np.arange(len(right)), right] = 0.97
    return replace(told, probabilities=chances, chosen=chosen_by("single", chances, None))


def compared(*told: Said, against: str = "best", kin: int = 1, **options: Any) -> dict[str, Any]:
    named = [candidate(f"m{place}", each) for place, each in enumerate(told)]
    held = label_set(told[0].kind, WORKS, kin=kin)
    return compare(named, held, part="test", against=against, rounds=300, **options)


BASE = said(works=WORKS)
GOOD, SAME, POOR = spoilt(BASE, 8), spoilt(BASE, 9, start=40), spoilt(BASE, 60)


def test_a_clear_winner_is_named_with_its_figure() -> None:
    told = compared(GOOD, POOR)
    (pair,) = told["pairs"]
    assert pair["better"] == told["best"] == "m0"
    assert pair["mcnemar"] == {"first": 52, "second": 0, "p": pytest.approx(2 * 0.5**52)}
    assert pair["differences"]["top_1"]["value"] == pytest.approx(52 / 160)
    assert pair["differences"]["log_loss"]["value"] < 0
    assert told["headline"].startswith("On 160 test works ‘m0’ is better than ‘m1’: right label 95 %")


def test_a_difference_that_chance_makes_is_no_win() -> None:
    told = compared(SAME, GOOD)
    (pair,) = told["pairs"]
    assert pair["better"] is None
    assert told["best"] == "m1"
    assert "none of the 2 is shown to be better" in told["headline"]
    assert "within the interval" in told["summary"][0]


def test_equals_are_called_equals() -> None:
    told = compared(GOOD, GOOD)
    assert told["pairs"][0]["p"] == 1.0
    assert told["summary"][0] == "‘m0’ and ‘m1’ are right for the same works."


def test_many_questions_ask_for_more_evidence() -> None:
    nearly = spoilt(BASE, 15)  # 7 works worse than GOOD, and none better: p = 0.016
    alone = compared(GOOD, nearly)
    crowd = compared(GOOD, nearly, *(spoilt(BASE, 8, start=start) for start in (30, 60, 90, 120)))
    assert alone["pairs"][0]["better"] == "m0"
    of_two = next(each for each in crowd["pairs"] if {each["first"], each["second"]} == {"m0", "m1"})
    assert of_two["better"] is None
    assert of_two["p_corrected"] > of_two["p"]
    assert len(crowd["pairs"]) == 15
    first = compared(GOOD, nearly, spoilt(BASE, 8, start=30), against="first")
    assert [pair["second"] for pair in first["pairs"]] == ["m1", "m2"]


def test_kin_are_no_independent_witnesses() -> None:
    """Sixteen works that are one group of kin are one piece of evidence."""
    loose = compared(spoilt(BASE, 0), spoilt(BASE, 16))
    kin = np.arange(WORKS) // 16
    bound = [replace(each, kin=kin) for each in (spoilt(BASE, 0), spoilt(BASE, 16))]
    assert loose["pairs"][0]["better"] == "m0"
    assert compared(*bound)["pairs"][0]["better"] is None


def test_several_labels_are_compared_too() -> None:
    whole = said("multi", WORKS)
    blind = replace(whole, probabilities=whole.probabilities * 0.3, chosen=whole.chosen & False)
    told = compared(whole, blind)
    assert told["main"] == "f1_micro"
    assert told["pairs"][0]["mcnemar"] is None
    assert told["pairs"][0]["better"] == "m0"
    assert "by 0." in told["summary"][0]


def test_figures_on_the_works_themselves_are_those_of_the_reports() -> None:
    from cartellino.evaluate.measure import measured

    for kind in ("single", "multi"):
        whole = said(kind, WORKS)
        (row,) = drawn([whole], 0, 5)
        told = measured(whole, 0, 10)["figures"]
        for key in set(row) & set(told):
            assert row[key][0] == pytest.approx(told[key]["value"]), key


def test_agreement_is_mutual() -> None:
    found = agreement([GOOD, SAME, POOR])
    assert np.allclose(found, found.T)
    assert found[0, 1] == pytest.approx(1 - 17 / 160)
    assert np.allclose(np.diag(found), 1)


def test_the_frontier_is_what_nothing_beats_at_its_cost() -> None:
    slow, quick = Cost(1.0, 1, 5.0, 1.0), Cost(1.0, 1, 50.0, 1.0)
    named = [candidate("slow", GOOD, slow), candidate("quick", SAME, quick), candidate("bad", POOR, slow)]
    told = compare(named, label_set("single", WORKS), part="test", rounds=50)
    assert told["frontier"]["predicting"] == ["slow", "quick"]
    assert told["frontier"]["training"] == ["slow"]
    near = [
        candidate("a", GOOD, Cost(1.0)),
        candidate("b", GOOD, Cost(1.05)),
        candidate("c", GOOD, Cost(2.0)),
    ]
    alike = compare(near, label_set("single", WORKS), part="test", rounds=50)
    assert alike["frontier"] == {"predicting": [], "training": ["a", "b"]}


def test_what_cannot_be_compared_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="one model alone"):
        compared(GOOD)
    with pytest.raises(InputError, match="'m' is named twice"):
        compare([candidate("m", GOOD)] * 2, label_set("single", WORKS), part="test")
    with pytest.raises(InputError, match="'best' or 'first'"):
        compared(GOOD, POOR, against="worst")
    with pytest.raises(ModelError, match="other works or classes"):
        compared(GOOD, replace(POOR, truth=POOR.truth[::-1].copy()))


def test_the_page_says_what_the_json_says(tmp_path: Path) -> None:
    told = compared(GOOD, replace(POOR), SAME)
    page = compare_report.write(told, tmp_path)
    assert json.loads(page.with_suffix(".json").read_text(encoding="utf-8")) == told
    text = html.unescape(page.read_text(encoding="utf-8")).replace("\N{NO-BREAK SPACE}", " ")
    assert told["headline"] in text
    for sentence in told["summary"]:
        assert sentence in text
    assert {path.name for path in (tmp_path / "figures").iterdir()} >= {"predicting.svg", "training.png"}
    for address in re.findall(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", page.read_text(encoding="utf-8")):
        assert address.startswith("#"), address


@pytest.mark.parametrize(
    ("rate", "shown"), [(0.0312, "0.031"), (3.21, "3.2"), (42.0, "42"), (123.4, "120"), (712345.0, "710,000")]
)
def test_rates_have_two_digits(rate: float, shown: str) -> None:
    assert compare_words.rate(rate) == shown
