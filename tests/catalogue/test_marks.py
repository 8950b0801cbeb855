from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue.marks import Marks


@given(st.lists(st.lists(st.integers(0, 1 << 40), max_size=20), max_size=5))
def test_each_number_counts_once(parts: list[list[int]]) -> None:
    marks = Marks()
    for numbers in parts:
        marks.add(numbers)
    assert len(marks) == len({number for numbers in parts for number in numbers})
