"""First looks at a label set: what is shown, of which works, and that it is the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from cartellino.collection import Collection
from cartellino.curate.labelset import LabelSet
from cartellino.show import figures
from cartellino.show.drawing import Drawing
from cartellino.studies.drawn import labelled
from cartellino.studies.drawn.chosen import seen
from cartellino.studies.run import Tabled


@pytest.fixture(scope="module")
def samples(museum: Collection, tabled: Tabled) -> Drawing:
    drawn = labelled.samples(museum, tabled, tabled.rows[0])
    assert drawn is not None
    return drawn


def hung(drawing: Drawing) -> list[NDArray[np.uint8]]:
    return [np.asarray(field.images[0].get_array()) for field in drawing.figure.axes]


def looks(museum: Collection, label_set: LabelSet, *parts: str) -> set[bytes]:
    works = label_set.works[np.isin(label_set.parts, parts)].tolist()
    return {pixels.tobytes() for pixels in seen(museum, works, 320).values()}


def test_samples_are_of_works_that_are_learnt_from_and_of_no_others(
    museum: Collection, tabled: Tabled, samples: Drawing
) -> None:
    assert tabled.label_set is not None
    shown = {pixels.tobytes() for pixels in hung(samples)}
    assert shown <= looks(museum, tabled.label_set, "train")
    assert not shown & looks(museum, tabled.label_set, "validation", "test")


def test_classes_stand_with_the_number_of_their_works_the_largest_first(
    tabled: Tabled, samples: Drawing
) -> None:
    told = [text.get_text() for text in samples.figure.texts]
    assert tabled.label_set is not None
    works = {
        name: sum(tabled.label_set.counts(place).values()) for place, name in enumerate(("Men", "Women"))
    }
    order = sorted(works, key=lambda name: -works[name])
    assert told == [word for name in order for word in (name, f"{works[name]} works")]
    assert len(hung(samples)) <= 12


def test_the_same_works_hang_each_time(museum: Collection, tabled: Tabled, samples: Drawing) -> None:
    again = labelled.samples(museum, tabled, tabled.rows[0])
    assert again is not None
    assert figures.svg(again.figure) == figures.svg(samples.figure)


def test_the_funnel_and_the_intensities_are_those_of_the_label_sets_own_report(
    museum: Collection, tabled: Tabled
) -> None:
    page = museum.labels.report("people")
    for name in ("funnel", "intensities"):
        drawn = getattr(labelled, name)(museum, tabled, tabled.rows[0])
        written = (page.parent / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        assert figures.svg(drawn.figure) == written
