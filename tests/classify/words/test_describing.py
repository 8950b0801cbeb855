"""Pictures described: in order, each once, resumed where it was left, and never one for another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartellino.classify.words.describing import describe, pictures
from cartellino.classify.words.detectors import Detector
from cartellino.classify.words.store import LocalStore
from cartellino.errors import PictureError
from cartellino.features.preprocessing import Shown
from cartellino.records import Trim
from classify.words.gallery import Told

QUICK = Detector("orb")


def test_what_estimators_are_given_becomes_pictures() -> None:
    shown = [Shown(Path("a.png")), Shown(Path("b.png"))]
    assert pictures(["a.png", Path("b.png")]) == shown
    assert pictures(np.array(["a.png", "b.png"])) == shown
    assert pictures(np.array(shown, object)[:, None]) == shown
    assert pictures([["a.png"], ["b.png"]]) == shown
    for wrong in (np.zeros((2, 2)), [3.0]):
        with pytest.raises(ValueError, match="picture"):
            pictures(wrong)


def test_threads_answer_in_order(gallery: tuple[Any, Any]) -> None:
    shown = pictures(gallery[0][:20])
    described = describe(shown, QUICK)
    for found, each in zip(described, shown, strict=True):
        np.testing.assert_array_equal(found.rows, QUICK.found(each).rows)
    assert len(described.at(np.array([3, 1]))) == 2
    np.testing.assert_array_equal(described.at(np.array([3, 1]))[1].rows, described[1].rows)


def test_a_picture_is_described_once(gallery: tuple[Any, Any], tmp_path: Path) -> None:
    shown = pictures(gallery[0][:10])
    first, second = Told(), Told()
    fresh = describe([*shown, shown[0]], QUICK, tmp_path, first)
    again = describe(shown, QUICK, tmp_path, second)
    assert (first.advanced, second.tasks) == (10, [])
    assert all(np.array_equal(one.rows, two.rows) for one, two in zip(fresh, again, strict=False))


def test_a_picture_by_another_name_is_the_same_and_another_border_is_not(
    gallery: tuple[Any, Any], tmp_path: Path
) -> None:
    (tmp_path / "copy.png").write_bytes(Path(gallery[0][0]).read_bytes())
    shown = [Shown(Path(gallery[0][0])), Shown(tmp_path / "copy.png")]
    shown.append(Shown(shown[0].file, Trim(20, 20, 120, 120)))
    keys = describe(shown, QUICK).keys
    assert keys[0] == keys[1] != keys[2]


def test_a_broken_picture_stops_and_nothing_is_lost(gallery: tuple[Any, Any], tmp_path: Path) -> None:
    (tmp_path / "torn.jpg").write_bytes(b"\xff\xd8\xff torn")
    shown = pictures([*gallery[0][:5], str(tmp_path / "torn.jpg"), *gallery[0][5:8]])
    with pytest.raises(PictureError, match=r"torn\.jpg"):
        describe(shown, QUICK, tmp_path / "cache")
    assert len(LocalStore(tmp_path / "cache", QUICK)) == 5


def test_a_picture_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"gone\.png"):
        describe(pictures([str(tmp_path / "gone.png")]), QUICK)
