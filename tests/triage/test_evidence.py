"""What a rule would file of a model's suggestions, and when that is wrong."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.triage.evidence import NONE, Evidence, best, gathered

SENSITIVE = np.array([False, True, False])


def evidence(rows: list[list[float]], right: list[list[int]], kind: str) -> Evidence:
    probabilities = np.array(rows)
    true = np.zeros(probabilities.shape, bool)
    for row, places in enumerate(right):
        true[row, places] = True
    return Evidence.of(best(np.arange(len(rows)), probabilities, kind), kind, SENSITIVE, true)


def test_one_label_is_filed_by_its_own_probability_and_never_a_sensitive_one() -> None:
    found = evidence([[0.7, 0.2, 0.1], [0.7, 0.2, 0.1], [0.3, 0.6, 0.1]], [[0], [2], [1]], "single")
    assert found.confidence.tolist() == [0.7, 0.7, -np.inf]
    assert found.mistake.tolist() == [-np.inf, 0.7, -np.inf]


def test_several_tags_go_wrong_where_the_first_wrong_one_joins() -> None:
    rows = [[0.9, 0.95, 0.6], [0.9, 0.95, 0.6], [0.02, 0.99, 0.03]]
    found = evidence(rows, [[0], [0, 2], [1]], "multi")
    assert found.confidence.tolist() == [0.9, 0.9, -np.inf]
    assert found.mistake.tolist() == [0.6, -np.inf, -np.inf]


def test_a_wrong_sensitive_tag_is_no_mistake_for_it_is_not_filed() -> None:
    assert evidence([[0.9, 0.95, 0.6]], [[0, 2]], "multi").mistake.tolist() == [-np.inf]


def test_thresholds_count_works_at_or_above() -> None:
    found = Evidence(np.array([0.9, 0.8, -np.inf]), np.array([-np.inf, 0.5, -np.inf]))
    works, errors = found.counted(np.array([0.9, 0.85, 0.8, 0.5, 0.0]))
    assert works.tolist() == [1, 1, 2, 2, 2]
    assert errors.tolist() == [0, 0, 0, 1, 1]


def test_suggestions_are_the_best_ones_in_order() -> None:
    chances = np.array([[0.1, 0.4, 0.4, 0.05, 0.03, 0.02]])
    single = best(np.array([7]), chances, "single")
    assert single.places.tolist() == [[1, 2, 0, 3, 4]]
    several = best(np.array([7]), chances, "multi")
    assert several.places.tolist() == [[1, 2, 0, 3, NONE, NONE]]
    assert several.probabilities[0, -1] == 0


def test_batches_are_put_together() -> None:
    parts = [best(np.array([n]), np.array([[0.2, 0.8]]), "single") for n in range(3)]
    assert gathered(parts).works.tolist() == [0, 1, 2]
    assert len(gathered([]).works) == 0


@settings(deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["single", "multi"]))
def test_counting_is_what_filing_one_by_one_would_give(seed: int, kind: str) -> None:
    random = np.random.default_rng(seed)
    chances = np.round(random.dirichlet(np.ones(3), 20), 2)
    right = random.random((20, 3)) < 0.5
    suggested = best(np.arange(20), chances, kind)
    found = Evidence.of(suggested, kind, SENSITIVE, right)
    for threshold in (0.05, 0.3, 0.5, 0.8):
        filed = [
            {place for place, p, may in zip(*row, strict=True) if may and p >= threshold}
            for row in zip(
                suggested.places, suggested.probabilities, suggested.may_file(kind, SENSITIVE), strict=True
            )
        ]
        wrong = [any(not right[n, place] for place in places) for n, places in enumerate(filed)]
        works, errors = found.counted(np.array([threshold]))
        assert (works[0], errors[0]) == (sum(map(bool, filed)), sum(wrong))


def test_withheld_classes_leave_their_place_empty() -> None:
    chances = np.array([[0.1, 0.6, 0.3], [0.7, 0.1, 0.2]])
    found = best(np.arange(2), chances, "single", np.array([False, True, False]))
    assert found.places.tolist() == [[NONE, 2, 0], [0, 2, NONE]]
    assert found.probabilities.tolist() == [[0, 0.3, 0.1], [0.7, 0.2, 0]]
    assert not found.may_file("single", np.zeros(3, bool))[0].any()
