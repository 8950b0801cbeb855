from __future__ import annotations

from dataclasses import replace

import numpy as np

from cartellino.curate.looking.cues import ALL, BACKGROUND, ORIGIN, SHAPE, SIZE, cues
from cartellino.curate.looking.pixels import Pixels
from cartellino.curate.looking.sample import Sample


def test_what_never_differs_is_no_cue(sample: Sample, pixels: Pixels) -> None:
    found = cues(sample, pixels)
    assert SIZE not in found, "all pictures are 90 pixels long"
    assert ORIGIN not in found, "all are PNG files of one table"
    assert {SHAPE, BACKGROUND, ALL} <= set(found)
    assert list(found)[-1] == ALL
    assert found[ALL].shape[1] == sum(columns.shape[1] for name, columns in found.items() if name != ALL)


def test_hosts_and_kinds_of_file_are_a_cue(sample: Sample, pixels: Pixels) -> None:
    first = sample.views[0]._replace(address="https://one.example.org/1.png")
    found = cues(replace(sample, views=(first, *sample.views[1:])), pixels)
    assert found[ORIGIN].shape == (len(sample.views), 2)
    assert found[ORIGIN].sum(axis=1).tolist() == [1.0] * len(sample.views)


def test_pictures_that_cannot_be_decoded_are_left_out(sample: Sample, pixels: Pixels) -> None:
    levels, rings = pixels.levels.copy(), pixels.rings.copy()
    levels[2], rings[2] = np.nan, np.nan
    found = cues(sample, replace(pixels, levels=levels, rings=rings))
    assert len(found[BACKGROUND]) == len(sample.views) - 1
    assert np.isfinite(found[ALL]).all()
