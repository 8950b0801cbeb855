"""The figures of a study: what each kind is drawn for, and for what it gives nothing."""

from __future__ import annotations

import pytest

import cartellino
from cartellino.acquire.gallery import paint
from cartellino.acquire.tables.table import TableSource
from cartellino.show.drawing import Drawing
from cartellino.studies import study
from cartellino.studies.drawn.drawings import DRAWERS, drawings
from cartellino.studies.run import carry_out

pytest.importorskip("torch", reason="networks need the [train] extra: pip install 'cartellino[train]'")
pytest.importorskip("cv2", reason="words need the [classical] extra: pip install 'cartellino[classical]'")

pytestmark = pytest.mark.train

QUICK = {"size": 32, "epochs": 1}
TABLE = {
    "title": "Four ways",
    "labels": "school",
    "measures": ["top_1"],
    "figures": [
        *("data", "funnel", "samples", "intensities"),
        *("curves", "architecture", "augmentation", "words", "keypoints", "pairs"),
    ],
    "runs": [
        {"called": "Linear", "recipe": "linear"},
        {"called": "Network", "recipe": "p4-tuned", "change": {**QUICK, "resize": 36}},
        {"called": "Augmented", "recipe": "p3-cnn", "change": QUICK},
        {"called": "The same, weighted", "recipe": "p3-cnn-weighted", "change": QUICK},
        {"called": "Words", "recipe": "words", "change": {"words": 12, "side": 128, "folds": 2}},
    ],
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Drawing]:
    folder = tmp_path_factory.mktemp("museum")
    paint(folder / "gallery", seed=5, works=40)
    with cartellino.create(folder / "my-museum") as museum:
        museum.add(TableSource(folder / "gallery" / "works.csv", images=folder / "gallery" / "photos"))
        museum.labels.define("school", field="School", min_works=3)
        told = study.read({"name": "mine", "title": "Mine", "tables": [TABLE]}, "here")
        tabled = carry_out(museum, told, scale="full")
        assert [done.refused for done in tabled[0].rows] == [""] * 5
        return drawings(museum, tabled)["Four ways"]


def test_every_kind_is_drawn_for_the_runs_that_have_it(drawn: list[Drawing]) -> None:
    """What is of the labels once; curves of every network, and what two networks share once."""
    found = [each.name.removeprefix("four-ways-") for each in drawn]
    assert [name for name in found if not name.endswith("-pairs")] == [
        *("1-data", "1-funnel", "1-samples", "1-intensities"),
        *("2-curves", "3-curves", "4-curves"),
        *("2-architecture", "3-architecture"),
        "3-augmentation",
        *("5-words", "5-keypoints"),
    ]


def test_captions_say_which_run_it_is(drawn: list[Drawing]) -> None:
    named = {each.name.removeprefix("four-ways-"): each for each in drawn}
    assert named["2-curves"].see.startswith("Network. ")
    assert named["2-architecture"].data.startswith("p4-tuned: ")
    assert not named["1-samples"].see.startswith("Linear. ")


def test_pictures_stand_in_strips_the_first_as_it_is(drawn: list[Drawing]) -> None:
    (sheet,) = [each for each in drawn if each.name.endswith("augmentation")]
    shown = [field.images[0].get_array() for field in sheet.figure.axes]
    assert len(shown) % 6 == 0
    assert any((shown[0] != other).any() for other in shown[1:6])
    assert sheet.inline.count("<image") == len(shown)


def test_every_kind_that_a_table_may_ask_for_has_a_drawer() -> None:
    assert set(DRAWERS) == set(study.FIGURES)
