"""Confirming: copies agree, look-alikes do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cartellino.curate.likeness.confirm import ENOUGH, agreement
from cartellino.pictures.sketch import measured as sketch_of

from .painted import COPIES, measured, painting


@pytest.mark.parametrize("name", COPIES)
def test_copies_agree(name: str, tmp_path: Path) -> None:
    images = [painting(seed) for seed in range(4)]
    originals = [measured(image, tmp_path) for image in images]
    copies = [measured(COPIES[name](image), tmp_path) for image in images]
    assert agreement(originals, copies).min() >= ENOUGH
    assert agreement(copies, originals).min() >= ENOUGH


def test_look_alikes_of_the_same_large_shapes_do_not(tmp_path: Path) -> None:
    one = [measured(painting(seed), tmp_path) for seed in range(6)]
    other = [measured(painting(seed, detail=seed + 50), tmp_path) for seed in range(6)]
    assert agreement(one, other).max() < ENOUGH - 0.2


def test_a_part_that_differs_does_not_go_unseen(tmp_path: Path) -> None:
    image = painting(3)
    other = image.copy()
    other.paste(painting(3, detail=77).crop((100, 60, 220, 180)), (100, 60))  # a quarter of what is looked at
    assert agreement([measured(image, tmp_path)], [measured(other, tmp_path)])[0] < ENOUGH


def test_brightness_and_contrast_do_not_count(tmp_path: Path) -> None:
    image = painting(4)
    faded = image.point(lambda level: 60 + level // 2)
    assert agreement([measured(image, tmp_path)], [measured(faded, tmp_path)])[0] > 0.95


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 200), st.integers(1, 200), st.integers(0, 255), st.integers(0, 5))
def test_any_two_pictures_have_an_agreement(width: int, height: int, level: int, seed: int) -> None:
    flat = sketch_of(Image.new("L", (width, height), level), (0.0, 0.0, 1.0, 1.0), 10.0)
    other = sketch_of(painting(seed).convert("L"), (0.1, 0.0, 1.0, 0.9), 200.0)
    found = agreement([flat, flat, other], [other, flat, flat])
    assert np.isfinite(found).all()
    assert found.tolist() == [0, 0, 0]  # one colour says nothing


def test_pairs_do_not_depend_on_who_is_compared_beside_them(tmp_path: Path) -> None:
    one = [measured(painting(seed), tmp_path) for seed in range(3)]
    other = [measured(COPIES["framed"](painting(seed)), tmp_path) for seed in range(3)]
    together = agreement(one, other)
    apart = [agreement([a], [b])[0] for a, b in zip(one, other, strict=True)]
    assert np.allclose(together, apart, atol=1e-4)
    assert agreement([], []).tolist() == []


def test_what_a_small_picture_cannot_show_is_not_asked_of_it(tmp_path: Path) -> None:
    image = painting(5)
    tiny = measured(image.resize((40, 30), Image.Resampling.LANCZOS), tmp_path)
    sharp = measured(image, tmp_path)
    asked = agreement([sharp], [replace(tiny, fineness=sharp.fineness)])[0]
    assert agreement([sharp], [tiny])[0] > asked
