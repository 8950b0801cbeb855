"""Detectors: the strongest keypoints, the same each time; nothing found is an answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cartellino.classify.words.detectors import KINDS, Detector, numbers, one_thread_each
from cartellino.errors import PictureError
from cartellino.features.preprocessing import Shown
from cartellino.records import Trim


@pytest.fixture(scope="module")
def grey(gallery: tuple[Any, Any]) -> Any:
    return np.asarray(Image.open(gallery[0][1]).convert("L"))


@pytest.mark.parametrize("name", KINDS)
def test_points_lie_in_the_picture_strongest_first(name: str, grey: Any) -> None:
    local = Detector(name).found_in(grey)
    width, kept_as = KINDS[name]
    assert len(local) > 5
    assert (local.rows.shape, local.rows.dtype) == ((len(local), width), kept_as)
    assert ((local.points[:, :2] >= 0) & (local.points[:, :2] <= 1)).all()
    assert (np.diff(local.points[:, 3]) <= 0).all()


@pytest.mark.parametrize("name", KINDS)
def test_fewer_keypoints_are_the_strongest_of_more(name: str, grey: Any) -> None:
    many, few = Detector(name, keypoints=400).found_in(grey), Detector(name, keypoints=5).found_in(grey)
    assert 0 < len(few) <= 5
    if name != "orb":  # which deals what it may keep among its scales
        assert len(few) == 5
        np.testing.assert_array_equal(few.points[:, 3], many.points[:5, 3])


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (80, 60)])
def test_nothing_is_found_in_nothing(name: str, shape: tuple[int, int]) -> None:
    local = Detector(name).found_in(np.full(shape, 127, np.uint8))
    assert len(local) == 0
    assert local.rows.shape == (0, KINDS[name][0])


def test_a_higher_threshold_finds_less(grey: Any) -> None:
    assert len(Detector(threshold=0.01).found_in(grey)) < len(Detector().found_in(grey))


def test_the_border_is_not_looked_at(tmp_path: Path, grey: Any) -> None:
    height, width = grey.shape
    framed = Image.new("L", (width + 40, height + 20), 0)
    framed.paste(Image.fromarray(grey), (30, 10))
    framed.save(tmp_path / "framed.png")
    shown = Shown(tmp_path / "framed.png", Trim(30, 10, 30 + width, 10 + height))
    np.testing.assert_array_equal(Detector().found(shown).rows, Detector().found_in(grey).rows)


def test_every_setting_has_a_hash_of_its_own() -> None:
    told = [
        Detector(),
        Detector("sift"),
        Detector(side=320),
        Detector(keypoints=100),
        Detector(threshold=0.01),
    ]
    assert len({each.hash for each in told}) == len(told)
    assert Detector(threshold=0.001).hash == Detector().hash


def test_the_distance_of_bits_is_hammings() -> None:
    rows = np.random.default_rng(0).integers(0, 256, (2, 32)).astype(np.uint8)
    first, second = numbers(rows)
    assert np.square(first - second).sum() == np.bitwise_count(rows[0] ^ rows[1]).sum()


def test_opencv_has_its_threads_back() -> None:
    import cv2

    before = cv2.getNumThreads()
    with one_thread_each():
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == before


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "torn.jpg").write_bytes(b"\xff\xd8\xff torn")
    with pytest.raises(PictureError, match=r"torn\.jpg"):
        Detector().found(Shown(tmp_path / "torn.jpg"))


@pytest.mark.parametrize("there", ["None", "type(sys)('cv2')"])
def test_without_opencv_a_sentence_says_how_to_get_it(there: str) -> None:
    program = (
        f"import sys; sys.modules['cv2'] = {there}\n"
        "from cartellino.classify.words.detectors import Detector\n"
        "Detector().hash\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "pip install 'cartellino[classical]'" in done.stderr.splitlines()[-1]
