from __future__ import annotations

from pathlib import Path

import pytest

import cartellino
from cartellino.acquire.gallery import paint
from cartellino.acquire.tables.table import TableSource
from cartellino.classify import recipe as recipes
from cartellino.collection import Collection

SEES = ["lite2:all", "lite2:all@mirror"]


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    folder = tmp_path_factory.mktemp("museum")
    paint(folder / "gallery", seed=5, works=60)
    held = cartellino.create(folder / "my-museum")
    held.close()
    settings = folder / "my-museum" / "cartellino.toml"
    told = settings.read_text(encoding="utf-8").replace('"lite2:all+gram"', '"lite2"')
    settings.write_text(told, encoding="utf-8")
    held = cartellino.open(folder / "my-museum")
    held.add(TableSource(folder / "gallery" / "works.csv", images=folder / "gallery" / "photos"))
    held.labels.define("school", field="School", min_works=4)
    return held


def test_a_recipe_that_names_views_sees_them_side_by_side(museum: Collection) -> None:
    model = museum.train("school", options={"sees": SEES, "folds": 2, "choose_on": "folds"})
    assert model.trained.width == 2 * 2136
    assert model.trained.backbone_id == "lite2:all, lite2:all@mirror"
    work = museum.catalogue.works.id(next(museum.catalogue.works.keys()))
    assert museum.predict(model, [work])[work]
    plain = museum.train("school", options={"folds": 2, "choose_on": "folds"})
    assert (plain.trained.width, plain.trained.backbone_id) == (2136, "lite2:all")
    assert plain.name != model.name


def test_what_is_seen_is_made_once(museum: Collection) -> None:
    recipe = recipes.load("linear").changed({"sees": SEES})
    with museum.sight(recipe) as seen:
        digests = [
            digest for _, digest in museum.catalogue.pictures.shown_by(list(museum.catalogue.works.keys()))
        ]
        assert seen.read(digests[:3]).shape == (3, 4272)
        assert seen.blocks == 2 * museum.backbone.blocks
    folders = sorted(each.name for each in (Path(museum.folder) / "features").iterdir())
    assert len(folders) == 2
