"""Figures of where a network looks: for which runs they are drawn, of which pictures, under which words."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import cartellino
from cartellino.acquire.gallery import paint
from cartellino.acquire.tables.table import TableSource
from cartellino.show.drawing import Drawing
from cartellino.studies import study
from cartellino.studies.drawn.drawings import drawings
from cartellino.studies.drawn.maps import Answers, right_and_wrong
from cartellino.studies.run import Tabled, carry_out

pytest.importorskip("torch", reason="networks need the [train] extra: pip install 'cartellino[train]'")
pytest.importorskip("timm")

pytestmark = pytest.mark.train

RUNS = [
    {"called": "Linear", "recipe": "linear", "change": {"strengths": [100], "folds": 2}},
    {"called": "Network", "recipe": "p4-tuned", "change": {"size": 32, "resize": 40, "epochs": 1}},
    {"called": "Tokens", "recipe": "p3-cnn", "change": {"network": "vit-tiny", "size": 32, "epochs": 1}},
]
TABLE: dict[str, Any] = {
    "title": "Looking",
    "labels": "school",
    "measures": ["top_1"],
    "figures": ["heat", "feature-maps"],
    "runs": RUNS,
}
NAMED = {**TABLE, "title": "Named", "layer": "middle", "runs": RUNS[1:2]}


def test_which_pictures_of_a_label_are_shown() -> None:
    """4 and 5 are wrong, 5 by a label that is shown; 6 has the other label too; 7 and 8 were not asked."""
    has = np.zeros((9, 3), bool)
    has[:, 0], has[6, 2] = True, True
    answers = Answers(
        np.array([0, 0, 0, 0, 2, 1, 2, 0, 2]), np.array([0.5, 0.9, 0.7, 0.8, 0.9, 0.4, 1, 1, 1])
    )
    right, wrong = right_and_wrong(np.arange(7), 0, [0, 1], has, answers)
    assert right.tolist() == [1, 2, 0]
    assert wrong.tolist() == [5, 4]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Tabled], dict[str, list[Drawing]]]:
    folder = tmp_path_factory.mktemp("museum")
    paint(folder / "gallery", seed=5, works=40)
    with cartellino.create(folder / "my-museum") as museum:
        museum.add(TableSource(folder / "gallery" / "works.csv", images=folder / "gallery" / "photos"))
        school = museum.labels.define("school", field="School", min_works=3)
        named = {**NAMED, "show": ["no such school", school.classes[1]]}
        told = study.read({"name": "mine", "title": "Mine", "tables": [TABLE, named]}, "here")
        tabled = carry_out(museum, told, scale="full")
        assert [done.refused for done in tabled[0].rows] == [""] * 3
        return tabled, drawings(museum, tabled)


def words_of(drawing: Drawing) -> list[str]:
    return [text.get_text() for text in drawing.figure.texts]


def test_they_are_drawn_of_networks_with_a_layer_that_knows_what_lies_where(made: Any) -> None:
    """Not of other classifiers, nor of transformers."""
    assert [each.name for each in made[1]["Looking"]] == ["looking-2-heat", "looking-2-feature-maps"]
    assert made[1]["Looking"][0].see.startswith("Network. ")


def test_captions_say_what_it_is_catalogued_as_and_what_the_model_says(made: Any) -> None:
    tabled, drawn = made
    classes = tabled[0].label_set.classes
    one_of = "|".join(map(re.escape, classes))
    said = words_of(drawn["Looking"][0])
    heads = [each for each in said if each.startswith("catalogued as") and "model" in each]
    assert heads
    assert all(
        re.fullmatch(rf"catalogued as ({one_of}), and the model says (so|otherwise)", each) for each in heads
    )
    place = said.index(heads[0])
    under = said[place + 1 : place + 3]
    assert re.fullmatch(rf"catalogued as ({one_of}),", under[0])
    assert re.fullmatch(rf"the model says ({one_of}) \([01]\.\d\d\)", under[1])


def test_right_ones_stand_apart_from_wrong_ones(made: Any) -> None:
    right = None
    for said in words_of(made[1]["Looking"][0]):
        if said.endswith((" so", " otherwise")):
            right, catalogued = said.endswith(" so"), ""
        elif said.startswith("catalogued as "):
            catalogued = said.removeprefix("catalogued as ").rstrip(",")
        elif said.startswith("the model says "):
            assert (said.removeprefix("the model says ")[:-7] == catalogued) is right


def test_a_table_names_the_labels_and_the_layer(made: Any) -> None:
    tabled, drawn = made
    heat, features = drawn["Named"]
    shown = {each for each in words_of(heat) if each.endswith((" so", " otherwise"))}
    assert {each.split(",")[0] for each in shown} == {f"catalogued as {tabled[1].label_set.classes[1]}"}
    assert "16 channels of 10 × 10" in drawn["Looking"][1].data
    assert "6 channels of 28 × 28" in features.data


def test_every_picture_stands_beside_its_map(made: Any) -> None:
    """The last field is the key to the colours."""
    *fields, _ = made[1]["Looking"][0].figure.axes
    shown = [field.images[0].get_array() for field in fields]
    assert len(shown) % 2 == 0
    for plain, laid in zip(shown[::2], shown[1::2], strict=True):
        assert plain.shape == laid.shape
        assert (plain != laid).any()
