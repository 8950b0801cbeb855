"""Where to look: read from a line or a file, refused in words, cut into grids."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.classify.recipe import load
from cartellino.classify.search.space import Dimension, applied, combinations, described, read_space, views
from cartellino.errors import InputError

LINEAR = load("linear")


def test_a_line_with_every_form() -> None:
    told = "strengths=log:10..1000/3, balance=0..0.5,folds=int:3..9,class_weight=none|balanced"
    space = read_space(told, LINEAR)
    assert space == (
        Dimension("strengths", (), 10, 1000, log=True, points=3),
        Dimension("balance", (), 0, 0.5),
        Dimension("folds", (), 3, 9, whole=True),
        Dimension("class_weight", ("none", "balanced")),
    )
    assert described(space)[0] == "strengths: log:10..1000/3"


def test_a_file_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "space.toml"
    file.write_text(
        'strengths = [[3000, 100], [30]]\nbalance = "0..0.5"\n'
        'class_weight = ["none", { "Asian Art" = 2.0 }]\n'
        'sees = [["lite2:all"], ["lite2:all", "lite2:head"]]\n',
        encoding="utf-8",
    )
    space = read_space(str(file), LINEAR)
    assert space[0].choices == ([3000, 100], [30])
    assert space[2].choices[1] == {"Asian Art": 2.0}
    assert [each.views for each in views(LINEAR, space)] == [(), ("lite2:all",), ("lite2:all", "lite2:head")]


def test_a_family_says_what_is_worth_a_search() -> None:
    assert {each.name for each in read_space("auto", LINEAR)} == {"strengths", "balance"}


def test_a_single_value_will_do_for_a_list() -> None:
    assert applied(LINEAR, {"strengths": 7.0, "balance": 0.1}).settings["strengths"] == (7.0,)
    assert applied(LINEAR, {}) == LINEAR


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "does not say where to look"),
        ("balance", "does not say where to look"),
        ("nothing=1..2", "there is no setting 'nothing'"),
        ("balance=0..9", "'balance' should be a number from 0 to 0.5"),
        ("strengths=log:0..10", "cannot run from 0 to 10"),
        ("balance=0.4..0.1", "cannot run from 0.4 to 0.1"),
        ("folds=int:2..4.5", "cannot run from 2 to 4.5"),
        ("class_weight=none|heavy", "'class_weight' should be"),
        ("family=linear|svm", "'family' is not searched"),
        ("balance=1e..2", "is not a range of numbers"),
        ("missing.toml", "no such search space"),
    ],
)
def test_what_cannot_be_searched_is_refused_in_words(told: str, said: str) -> None:
    with pytest.raises(InputError) as found:
        read_space(told, LINEAR)
    assert said in str(found.value)


def test_a_grid_is_every_combination_once() -> None:
    space = read_space("strengths=log:1..1000/4,folds=int:2..4/9,class_weight=none|balanced", LINEAR)
    found = combinations(space)
    assert len(found) == 4 * 3 * 2
    assert [each["strengths"] for each in found[::6]] == pytest.approx([1, 10, 100, 1000])
    assert {each["folds"] for each in found} == {2, 3, 4}
    assert len({str(each) for each in found}) == len(found)


@given(st.floats(1e-6, 1e6), st.floats(1.001, 1e6), st.booleans(), st.integers(2, 9))
def test_a_grid_stays_within_its_range_and_keeps_its_ends(
    low: float, factor: float, log: bool, points: int
) -> None:
    values = Dimension("x", (), low, low * factor, log=log, points=points).grid()
    assert (values[0], values[-1]) == (low, low * factor)
    assert all(low <= value <= low * factor for value in values)
    assert list(values) == sorted(values)
