"""Mending a split: what can be moved is, what cannot is told, and no new gap opens."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.curate.choose import Labelled
from cartellino.curate.repair import repair
from cartellino.curate.strata import FREE, Units, units_of


def units(held: list[set[int]], fixed: list[int] | None = None) -> Units:
    rows = np.array([row for row, values in enumerate(held) for _ in values], dtype=np.int64)
    values = np.array([value for each in held for value in sorted(each)], dtype=np.int64)
    labelled = Labelled(rows, values, ("a", "b", "c"), len(held))
    bound = np.array(fixed or [FREE] * len(held), dtype=np.int64)
    return units_of(labelled, np.arange(len(held)), bound)


def present(held: list[set[int]], parts: np.ndarray) -> set[tuple[int, int]]:
    return {(value, int(part)) for values, part in zip(held, parts, strict=True) for value in values}


def test_moves_a_unit_that_its_part_can_spare() -> None:
    held = [{0}, {0}, {0, 1}, {1}, {1}]
    parts = np.array([0, 0, 0, 0, 1])
    assert repair(units(held), parts, 2, np.array([0, 1])) == set()
    assert present(held, parts) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_fixed_unit_stays_and_its_class_is_told() -> None:
    held = [{0}, {0}, {1}, {1}]
    parts = np.array([0, 0, 0, 1])
    assert repair(units(held, [0, 0, FREE, FREE]), parts, 2, np.array([0, 1])) == {0}
    assert parts.tolist() == [0, 0, 0, 1]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sets(st.integers(0, 2), min_size=1), st.integers(0, 2)), min_size=3, max_size=20),
)
def test_what_was_there_stays_there(drawn: list[tuple[set[int], int]]) -> None:
    held, parts = [values for values, _ in drawn], np.array([part for _, part in drawn])
    before = present(held, parts)
    lacking = repair(units(held), parts, 3, np.arange(3))
    after = present(held, parts)
    assert before <= after
    assert {value for value in range(3) for part in range(3) if (value, part) not in after} == lacking
