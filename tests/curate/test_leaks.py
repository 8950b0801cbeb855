"""Ties between works, and those that a split cuts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.curate.choose import Labelled
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze, links_of
from cartellino.curate.kin import kin_of, shown
from cartellino.curate.labelset import PARTS
from cartellino.curate.leaks import Ties, naive_crossing, ties
from cartellino.curate.split import split
from cartellino.curate.strata import FREE
from cartellino.errors import LabelError
from cartellino.progress import Silent

from .museum import hang, unlike

GROUPS = st.lists(st.lists(st.integers(0, 39), min_size=2, max_size=6), max_size=15)


def links(groups: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    pairs = [(work, number) for number, group in enumerate(groups) for work in group]
    told = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return told[:, 0], told[:, 1]


@settings(deadline=None, max_examples=60)
@given(GROUPS, GROUPS, st.integers(0, 5))
def test_no_tie_of_any_kind_crosses_any_split(
    first: list[list[int]], second: list[list[int]], seed: int
) -> None:
    works = np.arange(40, dtype=np.int64)
    told = [("picture", links(first)), ("artist", links(second))]
    labelled = Labelled(works, works % 2, ("a", "b"), 40)
    rules = LabelDefinition("x", "x", ratios={"train": 0.8, "test": 0.2}, seed=seed)
    kin = kin_of(works, [pairs for _, pairs in told])
    try:
        parts = split(labelled, kin, rules, np.full(40, FREE, dtype=np.int64))
    except LabelError:
        return  # too much is tied together to be split at all
    found = ties(works, np.array(PARTS)[parts], told)
    assert [each.crossing for each in found] == [0, 0]
    assert [each.edges for each in found] == [
        sum(len(set(group)) - 1 for group in groups) for groups in (first, second)
    ]


def test_what_is_cut_is_counted() -> None:
    works = np.arange(6, dtype=np.int64)
    parts = np.array(["train", "test", "train", "train", "test", "test"])
    groups = [[0, 1], [2, 3], [1, 4, 5], [0]]
    assert ties(works, parts, [("picture", links(groups))]) == [Ties("picture", 6, 4, 1)]
    assert naive_crossing([Ties("picture", 6, 4, 1)], {"train": 3, "test": 3}) == pytest.approx(2.0)
    assert naive_crossing([], {}) == 0


def test_a_frozen_set_has_its_ties_whole(catalogue: Catalogue) -> None:
    rows = [{"id": f"w{n}", "school": "AB"[n % 2], "artist": f"A{n % 30}", "place": "x"} for n in range(120)]
    same = {f"w{n}": [("shared", unlike("shared"))] for n in (0, 2, 4)}
    near = {"w1": [("one", unlike("one"))], "w3": [("two", unlike("one") ^ 3)]}
    hang(catalogue, rows, {**same, **near})
    definition = LabelDefinition("x", "school", group_by=("artist",))
    frozen = freeze(catalogue, definition, Silent())
    found = ties(frozen.works, frozen.parts, links_of(catalogue, definition, frozen.works, shown(catalogue)))
    assert [(each.why, each.edges, each.crossing) for each in found] == [
        ("the same picture", 2, 0),
        ("nearly the same picture", 3, 0),
        ("the same artist", 90, 0),
    ]
