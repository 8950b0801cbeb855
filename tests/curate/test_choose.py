"""Choosing classes: rare ones go, again and again, until what is left stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.curate.choose import Labelled, choose
from cartellino.curate.definition import LabelDefinition
from cartellino.errors import LabelError


def labelled(works: list[set[str]]) -> Labelled:
    names = sorted(set().union(*works))
    pairs = [(row, names.index(name)) for row, values in enumerate(works) for name in sorted(values)]
    rows, values = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Labelled(rows, values, tuple(names), len(works))


def held(chosen: Labelled) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in range(chosen.works)]
    for row, value in zip(chosen.rows.tolist(), chosen.values.tolist(), strict=True):
        found[row].add(chosen.names[value])
    return found


def test_a_work_freed_of_a_rare_value_counts_for_the_other() -> None:
    works = [{"a"}] * 4 + [{"b"}] * 4 + [{"a", "rare"}]
    chosen = choose(labelled(works), LabelDefinition("x", "x", min_works=4))
    assert held(chosen)[-1] == {"a"}
    assert chosen.left_out == {}


def test_a_class_that_lives_only_beside_another_goes_in_a_single_label_set() -> None:
    works = [{"a"}] * 6 + [{"b"}] * 6 + [{"a", "c"}] * 6
    chosen = choose(labelled(works), LabelDefinition("x", "x"))
    assert chosen.names == ("a", "b")
    assert held(chosen)[-1] == {"a"}
    several = choose(labelled(works), LabelDefinition("x", "x", kind="multi"))
    assert held(several)[-1] == {"a", "c"}


def test_classes_are_in_alphabetical_order_whatever_their_case() -> None:
    works = [{"b"}] * 5 + [{"A"}] * 5 + [{"C"}] * 5
    assert choose(labelled(works), LabelDefinition("x", "x")).names == ("A", "b", "C")


def test_equals_for_the_top_are_taken_by_alphabet() -> None:
    works = [{"b"}] * 5 + [{"a"}] * 5 + [{"c"}] * 5
    assert choose(labelled(works), LabelDefinition("x", "x", top=2)).names == ("a", "b")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sets(st.sampled_from("abcdef"), min_size=1, max_size=3), min_size=10, max_size=60),
    st.integers(1, 8),
    st.none() | st.integers(2, 4),
    st.sampled_from(["single", "multi"]),
)
def test_what_is_left_obeys_every_rule(works: list[set[str]], least: int, top: int | None, kind: str) -> None:
    rules = LabelDefinition("x", "x", kind=kind, min_works=least, top=top)
    try:
        chosen = choose(labelled(works), rules)
    except LabelError:
        return
    found = held(chosen)
    assert chosen.per_value().min() >= least
    assert top is None or len(chosen.names) <= top
    assert kind == "multi" or max(map(len, found)) == 1
    assert all(new <= old for new, old in zip(found, works, strict=True))
    assert sum(chosen.left_out.values()) == sum(not values for values in found)


def test_ids_are_told_from_labels() -> None:
    with pytest.raises(LabelError, match=r"20 values for 20 works"):
        choose(labelled([{str(n)} for n in range(20)]), LabelDefinition("x", "x"))
