"""The transformer: a step of a pipeline that computes each picture's features once."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline

from cartellino.errors import FeatureError, PictureError
from cartellino.features import transformer
from cartellino.features.backbone import Session
from cartellino.features.looks import LOOKS
from cartellino.features.memory import Memory
from cartellino.features.preprocessing import Shown
from cartellino.features.registry import BACKBONES
from cartellino.features.transformer import FeatureTransformer
from cartellino.features.views import SideBySide
from cartellino.records import Trim
from features.tiny import Tiny

seen: list[int] = []


class Counted(Tiny):
    """Tells how many squares went through it."""

    def _session(self) -> Session:
        inner = super()._session()

        def embed(batch: np.ndarray) -> np.ndarray:
            seen.append(len(batch))
            return inner(batch)

        return embed


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backbone of another package, plugged in by its entry point, and a memory with nothing in it."""
    point = EntryPoint("counted", "features.test_transformer:Counted", BACKBONES.group)
    monkeypatch.setattr("cartellino.registry.entry_points", lambda group: [point])
    monkeypatch.setattr(transformer, "_MEMORY", Memory())
    transformer._loaded.cache_clear()
    seen.clear()


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[list[Path], np.ndarray]:
    """Reddish and bluish pictures of noise."""
    random, y = np.random.default_rng(0), np.arange(24) % 2
    paths = []
    for number, blue in enumerate(y):
        pixels = random.integers(0, 200, (10, 14, 3))
        pixels[..., 2 * blue] += 55
        paths.append(tmp_path / f"{number}.png")
        Image.fromarray(pixels.astype(np.uint8)).save(paths[-1])
    return paths, y


def test_features_are_those_of_the_views_side_by_side(pictures: tuple[list[Path], np.ndarray]) -> None:
    paths, _ = pictures
    shown = [Shown(path, Trim(1, 1, 9, 9)) for path in paths]
    views = (Tiny(), Tiny().looking(LOOKS["quarters"]))
    told = [[view.embed(view.prepare(each.file, each.trim)[None])[0] for view in views] for each in shown]
    step = FeatureTransformer(("counted", "counted@quarters")).fit(shown)
    np.testing.assert_array_equal(step.transform(shown), [np.concatenate(each) for each in told])
    assert step.n_features_out_ == 15
    assert step.features_hash_ == SideBySide.of(views).hash


def test_names_paths_and_pictures_whole_give_the_same(pictures: tuple[list[Path], np.ndarray]) -> None:
    paths, _ = pictures
    step = FeatureTransformer(("counted",))
    told = step.transform(paths)
    np.testing.assert_array_equal(step.transform(np.array([str(path) for path in paths])), told)
    np.testing.assert_array_equal(step.transform([Shown(path) for path in paths]), told)
    np.testing.assert_array_equal(step.transform(np.array(paths, dtype=object)), told)


def test_a_pipeline_clones_searches_and_validates_computing_each_picture_once(
    pictures: tuple[list[Path], np.ndarray],
) -> None:
    paths, y = pictures
    X = np.array([Shown(path) for path in paths], dtype=object)
    pipeline = make_pipeline(FeatureTransformer(("counted",), workers=1), LogisticRegression())
    search = GridSearchCV(clone(pipeline), {"logisticregression__C": [0.01, 1.0]}, cv=3).fit(X, y)
    scores = cross_val_score(pipeline, X, y, cv=3)
    assert search.best_score_ > 0.9
    assert scores.mean() > 0.9
    assert sum(seen) == len(paths)
    assert clone(search.best_estimator_).get_params()["featuretransformer__views"] == ("counted",)


def test_the_views_are_a_parameter_like_others(pictures: tuple[list[Path], np.ndarray]) -> None:
    paths, y = pictures
    pipeline = make_pipeline(FeatureTransformer(("counted",)), LogisticRegression())
    grid = {"featuretransformer__views": [("counted",), ("counted", "counted@mirror")]}
    search = GridSearchCV(pipeline, grid, cv=2).fit(paths, y)
    assert len(search.cv_results_["params"]) == 2


def test_a_picture_that_fails_is_told_and_not_skipped(pictures: tuple[list[Path], np.ndarray]) -> None:
    paths, _ = pictures
    paths[3].write_bytes(b"no picture")
    with pytest.raises(PictureError, match=r"3\.png"):
        FeatureTransformer(("counted",)).transform(paths)


def test_a_view_named_twice_is_refused() -> None:
    with pytest.raises(FeatureError, match="named twice"):
        FeatureTransformer(("counted", "counted:mean")).fit([])
