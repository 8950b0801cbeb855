"""Pictures decoded once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cartellino.classify.networks import pictures
from cartellino.errors import PictureError
from cartellino.features import preprocessing
from cartellino.features.preprocessing import Shown
from cartellino.progress import Silent

from .patterns import Patterns


class Counting(Silent):
    decoded = 0

    def advance(self, count: int = 1) -> None:
        self.decoded += count


def test_names_paths_and_what_lies_inside_borders_are_pictures(patterns: Patterns) -> None:
    path = Path(patterns.X[0])
    assert pictures.listed([str(path), path, Shown(path)]) == [Shown(path)] * 3
    assert pictures.listed(np.array([[str(path)]], object)) == [Shown(path)]
    with pytest.raises(ValueError, match="should be a list of files"):
        pictures.listed(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="should be the name of a file, not float"):
        pictures.listed([1.5])


def test_squares_are_those_of_the_backbones(patterns: Patterns) -> None:
    held = pictures.squares(pictures.listed(patterns.X[:3]), 24, 3)
    assert (held[1] == preprocessing.squashed(Path(patterns.X[1]), None, 24)).all()
    grey = pictures.squares(pictures.listed(patterns.X[:3]), 24, 1)
    assert (grey[1, ..., 0] == np.asarray(Image.fromarray(held[1]).convert("L"))).all()


def test_a_folder_keeps_what_was_decoded(patterns: Patterns, tmp_path: Path) -> None:
    shown, first, again = pictures.listed(patterns.X), Counting(), Counting()
    held = pictures.decoded(shown, 16, 3, tmp_path, first)
    assert (held == pictures.decoded(shown, 16, 3, None)).all()
    assert (pictures.decoded(shown, 16, 3, tmp_path, again) == held).all()
    assert (first.decoded, again.decoded) == (30, 0)
    assert len(list(tmp_path.iterdir())) == 1
    pictures.decoded(shown, 17, 3, tmp_path)
    pictures.decoded(shown[1:], 16, 3, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_picture_that_changed_is_decoded_anew(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    Image.new("RGB", (20, 20), "white").save(path)
    assert pictures.decoded([Shown(path)], 8, 3, tmp_path / "kept").max() == 255
    Image.new("RGB", (20, 21), "black").save(path)
    assert pictures.decoded([Shown(path)], 8, 3, tmp_path / "kept").max() == 0


def test_a_broken_picture_leaves_nothing_behind(patterns: Patterns, broken: Path, tmp_path: Path) -> None:
    shown = pictures.listed([*patterns.X, broken])
    with pytest.raises(PictureError, match=r"broken\.png"):
        pictures.decoded(shown, 16, 3, tmp_path / "kept")
    assert not list((tmp_path / "kept").iterdir())
    with pytest.raises(PictureError, match=r"gone\.png"):
        pictures.decoded([Shown(tmp_path / "gone.png")], 16, 3, tmp_path / "kept")
