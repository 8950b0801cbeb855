"""Pairs of works and values in arrays do what sets and lists would."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.curate.pairs import Pairs

VALUES = st.sampled_from(["a", "b", "c", "d"])
TOLD = st.lists(st.tuples(st.integers(0, 6), VALUES), max_size=25).map(
    lambda pairs: sorted(pairs, key=lambda pair: pair[0])
)


def plain(pairs: Pairs) -> list[tuple[int, str]]:
    return [
        (work, pairs.names[code])
        for work, code in zip(pairs.works.tolist(), pairs.codes.tolist(), strict=True)
    ]


@settings(deadline=None)
@given(TOLD, st.dictionaries(VALUES, st.lists(st.sampled_from("abxyz"), max_size=3)))
def test_becoming_replaces_each_value_in_its_place(
    told: list[tuple[int, str]], ends: dict[str, list[str]]
) -> None:
    found = Pairs.of(told).becoming(lambda value: ends.get(value, [value]))
    wanted = dict.fromkeys((work, end) for work, value in told for end in ends.get(value, [value]))
    assert plain(found) == list(wanted)
    assert set(found.names) == {value for _, value in wanted}


@settings(deadline=None)
@given(TOLD)
def test_first_takes_what_stands_first(told: list[tuple[int, str]]) -> None:
    wanted: dict[int, str] = {}
    for work, value in told:
        wanted.setdefault(work, value)
    assert plain(Pairs.of(told).first()) == list(wanted.items())


@settings(deadline=None)
@given(TOLD, TOLD)
def test_and_keeps_the_order_of_works_and_within_them(
    told: list[tuple[int, str]], other: list[tuple[int, str]]
) -> None:
    both = Pairs.of(told).and_(Pairs.of(other))
    assert plain(both) == sorted([*told, *other], key=lambda pair: pair[0])


def test_holding_asks_each_value_once() -> None:
    asked: list[str] = []

    def is_a(value: str) -> bool:
        asked.append(value)
        return value == "a"

    pairs = Pairs.of([(1, "a"), (2, "b"), (3, "a")])
    assert plain(pairs.where(pairs.holding(is_a))) == [(1, "a"), (3, "a")]
    assert asked == ["a", "b"]
