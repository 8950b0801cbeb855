from __future__ import annotations

import numpy as np
import pytest

from cartellino.collection import Collection
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking import sample as sampling
from cartellino.curate.looking.sample import draw


def test_a_drawing_tells_the_truth_about_its_works(museum: Collection, rooms: LabelSet) -> None:
    drawn = draw(museum.catalogue, rooms, seed=0)
    works = [view.work for view in drawn.views]
    assert works == sorted(set(works))
    rows = np.searchsorted(rooms.works, works)
    for place in range(len(rooms.classes)):
        assert (drawn.truth[:, place] == rooms.has(place)[rows]).all()
        assert drawn.truth[drawn.drawn[place], place].all()
    assert (drawn.kin == rooms.kin[rows]).all()


def test_the_seed_draws_the_same_and_another_draws_others(
    museum: Collection, rooms: LabelSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "FEWEST", 5)
    monkeypatch.setattr(sampling, "MOST", 5)
    one, again, other = (draw(museum.catalogue, rooms, seed) for seed in (1, 1, 2))
    assert one.views == again.views
    assert [each.tolist() for each in one.drawn] == [each.tolist() for each in again.drawn]
    assert one.views != other.views
    assert [len(each) for each in one.drawn] == [5, 5]


def test_with_many_classes_fewer_of_each_are_drawn(
    museum: Collection, rooms: LabelSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "FEWEST", 2)
    monkeypatch.setattr(sampling, "MOST_IN_ALL", 6)
    assert len(draw(museum.catalogue, rooms, 0).views) == 6
