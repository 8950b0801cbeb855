from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cartellino.classify import recipe as shipped
from cartellino.classify import saved
from cartellino.classify.predict import predict_pictures
from cartellino.classify.recipe import Recipe
from cartellino.classify.train import train
from cartellino.errors import InputError, ModelError
from classify.composed.world import LINEAR, composed, dataset

CHAIN = composed("chain", member=LINEAR, chains=2)


@pytest.mark.parametrize("told", [{}, {"sees": ["lite2:all@mirror"]}, {"class_weight": {"Asian Art": 3.0}}])
def test_a_saved_chain_says_what_it_said(told: dict[str, Any], tmp_path: Path) -> None:
    data = dataset("multi")
    member = {"member": {**LINEAR, **told}}
    model = train(data, CHAIN.changed(member), seed=3)
    assert model.thresholds is not None
    said = predict_pictures(model, data.X)
    assert said.shape == (len(data.X), 3)
    saved.save(model, tmp_path / "model")
    again = saved.load(tmp_path / "model")
    assert predict_pictures(again, data.X) == pytest.approx(said, abs=1e-6)
    assert again.recipe.to_json() == model.recipe.to_json()


def test_what_a_label_weighs_is_said_by_its_name() -> None:
    data = dataset("multi")
    heavy = CHAIN.changed({"class_weight": {"Asian Art": 3.0}})
    more = predict_pictures(train(data, heavy), data.X) - predict_pictures(train(data, CHAIN), data.X)
    assert more[:, 0].mean() > 0.03
    assert abs(more[:, 1:].mean()) < 0.03


def test_a_broken_chain_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    saved.save(train(dataset("multi"), CHAIN), folder)
    about: dict[str, Any] = json.loads((folder / "model.json").read_text())
    links = about["scorer"]["parts"]
    for parts in (links[:-1], [*links[:2], {**links[2], "known": links[1]["known"]}, *links[3:]], []):
        broken = {**about, "scorer": {**about["scorer"], "parts": parts}}
        (folder / "model.json").write_text(json.dumps(broken))
        with pytest.raises(ModelError, match="missing or broken"):
            saved.load(folder)


def test_a_chain_may_be_a_member() -> None:
    data = dataset("multi")
    both = composed("average", members=[{"family": "chain", "member": LINEAR, "chains": 1}, LINEAR])
    assert predict_pictures(train(data, both), data.X).shape == (len(data.X), 3)


def test_one_label_a_work_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="several labels"):
        train(dataset(), CHAIN)


@pytest.mark.parametrize("member", [{"family": "bagging", "member": LINEAR}, {"family": "words"}])
def test_members_without_room_for_labels_are_refused(member: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="no room"):
        train(dataset("multi"), composed("chain", member=member))


def test_the_shipped_recipe() -> None:
    found = shipped.load("chain")
    assert found.family == "chain"
    assert found.settings["chains"] == 3
    assert Recipe.from_dict(json.loads(found.to_json()), "a file").to_json() == found.to_json()
