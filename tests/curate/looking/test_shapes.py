from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.sample import Sample
from cartellino.curate.looking.shapes import border, longest, origin, ratio, shapes
from cartellino.records import Trim


def test_tall_classes_are_told_from_wide_ones(rooms: LabelSet, sample: Sample) -> None:
    told = dict(zip(rooms.classes, shapes(sample), strict=True))
    assert told["Arms"]["ratio"][2] < 0.7 < 1.3 < told["Paintings"]["ratio"][2]
    assert told["Arms"]["pictures"] == 24
    assert told["Arms"]["formats"] == {"PNG": 1.0}
    assert told["Arms"]["origins"] == {"works": 1.0}
    assert longest(sample.views).tolist() == [90.0] * len(sample.views)


def test_a_border_is_a_share_of_its_side_and_no_part_of_the_shape(sample: Sample) -> None:
    view = sample.views[0]
    padded = replace(view.picture, width=100, height=200, trim=Trim(10, 0, 80, 140))
    assert border([view._replace(picture=padded)]) == pytest.approx(np.array([[0.1, 0, 0.2, 0.3]]))
    assert ratio([view._replace(picture=padded)]) == pytest.approx([0.5])


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://images.example.org/a/b.jpg", "images.example.org"),
        ("photos/b.jpg", "works"),
        ("C:\\b.jpg", "works"),
    ],
)
def test_pictures_come_from_a_host_or_a_source(sample: Sample, address: str, told: str) -> None:
    assert origin(sample.views[0]._replace(address=address)) == told
