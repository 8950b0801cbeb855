from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.acquire.gallery.plan import Planned, plan
from cartellino.acquire.gallery.schools import SCHOOLS

PLAN = plan(7, 360)


def test_all_schools_are_there_in_fair_numbers() -> None:
    counts = Counter(work.school for work in PLAN)
    assert set(counts) == {*SCHOOLS, ""}
    assert all(counts[school] >= 36 for school in SCHOOLS)
    assert 2 <= counts[""] <= 15


def test_artists_mostly_keep_to_a_school() -> None:
    astray = [work for work in PLAN if work.school and work.artist.school != work.school]
    assert 0 < len(astray) < 0.12 * len(PLAN)


def test_some_works_stand_between_two_schools() -> None:
    between = [work for work in PLAN if work.manner]
    assert 0.04 < len(between) / len(PLAN) < 0.18
    assert all(work.manner != work.subject and work.school in (work.manner, work.subject) for work in between)
    assert {work.school == work.manner for work in between} == {True, False}


def test_the_mess_is_there() -> None:
    several = [work for work in PLAN if len(work.views) > 1]
    assert 18 <= len(several) <= 60
    assert sum(not work.views for work in PLAN) == 6
    assert 4 <= sum(work.copy_of >= 0 for work in PLAN) <= 10
    written = Counter(view.written for work in PLAN for view in work.views)
    for odd in ("cut", "html", "missing", "cmyk", "turned", "alpha", "sixteen bit"):
        assert written[odd] == 1


def test_copies_are_of_works_that_have_pictures() -> None:
    by_place = {work.place: work for work in PLAN}
    for work in PLAN:
        if work.copy_of >= 0:
            first = by_place[work.copy_of]
            assert first.views
            assert first.views[0].written == "jpeg"
            assert (first.subject, first.manner, first.artist) == (work.subject, work.manner, work.artist)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 60))
def test_any_seed_and_number_make_a_plan_with_files_of_their_own(seed: int, works: int) -> None:
    made = plan(seed, works)
    assert [work.place for work in made] == list(range(works))
    files = [view.file for work in made for view in work.views]
    assert len(files) == len({file.lower() for file in files})


@pytest.mark.parametrize("seed", [7, 8])
def test_a_plan_follows_its_seed(seed: int) -> None:
    def gist(made: list[Planned]) -> list[tuple[str, str]]:
        return [(work.school, work.artist.name) for work in made]

    assert gist(plan(seed, 90)) == gist(plan(seed, 90))
    assert gist(plan(seed, 90)) != gist(plan(seed + 10, 90))
