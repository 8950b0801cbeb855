from __future__ import annotations

from dataclasses import replace

import numpy as np

from cartellino.collection import Collection
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.pixels import BINS, Pixels, look
from cartellino.curate.looking.sample import Sample
from cartellino.progress import Silent


def test_means_and_histograms_tell_light_classes_from_dark(rooms: LabelSet, pixels: Pixels) -> None:
    arms, paintings = rooms.classes.index("Arms"), rooms.classes.index("Paintings")
    assert pixels.means[arms].mean() > 180 > 100 > pixels.means[paintings].mean()
    assert pixels.histograms.shape == (2, BINS)
    assert np.allclose(pixels.histograms.sum(axis=1), 1)
    assert pixels.histograms[arms, -4:].sum() > 0.5
    assert pixels.histograms[paintings, : BINS // 2].sum() > 0.7


def test_the_ring_is_the_background(sample: Sample, pixels: Pixels) -> None:
    tall = np.array([view.picture.height > view.picture.width for view in sample.views])
    assert (pixels.rings[tall, :3] > 200).all()
    assert (pixels.rings[~tall, :3] < 90).all()
    assert (pixels.rings[tall, 3] < 8).all(), "the blade itself is no part of it"


def test_a_picture_that_is_gone_counts_for_nothing(
    museum: Collection, sample: Sample, pixels: Pixels
) -> None:
    lost = sample.views[0]
    broken = lost._replace(picture=replace(lost.picture, file=f"00/{'0' * 62}.jpg"))
    seen = look(replace(sample, views=(broken, *sample.views[1:])), museum.pictures, Silent())
    assert not seen.seen[0]
    assert seen.seen[1:].all()
    assert np.isnan(seen.rings[0]).all()
    assert np.allclose(seen.histograms.sum(axis=1), 1)
    assert np.array_equal(seen.levels[1:], pixels.levels[1:])
