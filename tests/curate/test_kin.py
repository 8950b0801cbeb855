"""Kin: whoever is linked, however far around."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue
from cartellino.curate.kin import group_links, kin_of, shown
from cartellino.curate.pairs import distinct, rows_of

from .museum import hang, unlike

PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=40)


def by_hand(works: list[int], links: list[list[tuple[int, int]]]) -> dict[int, int]:
    """The smallest work that each can reach, by walking."""
    kin = {work: work for work in works}
    for _ in works:
        for link in links:
            for one, number in link:
                for other, same in link:
                    if number == same and one in kin and other in kin:
                        kin[one] = kin[other] = min(kin[one], kin[other])
    return kin


@settings(deadline=None, max_examples=50)
@given(st.sets(st.integers(0, 30), max_size=12), PAIRS, PAIRS)
def test_kin_are_those_one_can_walk_to(
    keys: set[int], first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    works = np.array(sorted(keys), dtype=np.int64)
    columns = [np.array(link, dtype=np.int64).reshape(-1, 2) for link in (first, second)]
    kin = kin_of(works, [(each[:, 0], each[:, 1]) for each in columns])
    assert dict(zip(works.tolist(), kin.tolist(), strict=True)) == by_hand(sorted(keys), [first, second])


def test_only_the_works_asked_for_are_linked(catalogue: Catalogue) -> None:
    base = unlike("x")
    near = {"a": [("1", base)], "b": [("2", base ^ 0b1111)], "c": [("3", base ^ 0b11111111)]}
    keys = hang(catalogue, [{"id": name} for name in near], near)
    ends = np.array([keys["a"], keys["c"]])
    pictures = shown(catalogue)
    assert len(set(kin_of(ends, pictures.links(ends)).tolist())) == 2  # only b would bring them together
    everyone = np.array(list(keys.values()))
    assert len(set(kin_of(everyone, pictures.links(everyone)).tolist())) == 1


def test_a_work_with_several_values_links_their_groups(catalogue: Catalogue) -> None:
    rows = [
        {"id": "w1", "artist": "Anna"},
        {"id": "w2", "artist": ("Anna", "Berta")},
        {"id": "w3", "artist": " Berta "},
        {"id": "w4", "artist": "Clara"},
    ]
    keys = hang(catalogue, rows)
    works = np.array(list(keys.values()))
    assert kin_of(works, [group_links(catalogue, "artist")]).tolist() == [works[0]] * 3 + [works[3]]


def test_rows_and_distinct() -> None:
    works = np.array([2, 5, 9])
    assert rows_of(works, np.array([9, 3, 2, 10])).tolist() == [2, -1, 0, -1]
    assert rows_of(np.empty(0, np.int64), np.array([1])).tolist() == [-1]
    assert distinct(np.array([-1, -1, 0, 3, 3])).tolist() == [-1, 0, 3]
    assert distinct(np.empty(0, np.int64)).tolist() == []
