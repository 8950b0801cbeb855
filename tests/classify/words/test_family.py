"""The family: from a recipe and a lesson to an estimator, and from what was saved to a scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartellino.classify.families import family
from cartellino.classify.family import Lesson
from cartellino.classify.predict import predict_pictures
from cartellino.classify.recipe import load
from cartellino.classify.saved import load as loaded
from cartellino.classify.saved import save
from cartellino.classify.train import train
from cartellino.features.preprocessing import Shown
from classify.world import dataset

QUICK = {"words": 20, "strengths": [3.0], "gammas": [1.0], "folds": 2}


@pytest.mark.parametrize(("kind", "name"), [("single", "WordsClassifier"), ("multi", "WordsTagger")])
def test_a_recipe_becomes_an_estimator(kind: str, name: str, tmp_path: Path) -> None:
    recipe = load("p5-words").changed({"beta": 1.5, "folds": 3, "kernel": "chi2"})
    lesson = Lesson(kind, ("a", "b"), seed=5, class_weight={0: 2.0}, cache=tmp_path)
    estimator: Any = family("words").estimator(recipe, lesson)
    told = estimator.get_params()
    assert type(estimator).__name__ == name
    assert (told["words"], told["cv"], told["kernel"], told["random_state"]) == (100, 3, "chi2", 5)
    assert (told["class_weight"], told["cache"]) == ({0: 2.0}, tmp_path)
    assert told.get("beta", 1.5) == 1.5


def test_a_model_is_trained_saved_and_read(gallery: Any, tmp_path: Path) -> None:
    held = dataset(works=60)
    files, schools = gallery
    owner = np.arange(60)
    X = np.empty(60, object)
    X[:] = [Shown(Path(files[schools == place % 3][place % 16])) for place in range(60)]
    told = type(held)(X, owner, held.label_set, "pictures", "ef" * 32)
    model = train(told, load("words").changed(QUICK), seed=1)
    save(model, tmp_path / "model")
    again = loaded(tmp_path / "model")
    np.testing.assert_allclose(predict_pictures(again, X[:6]), predict_pictures(model, X[:6]), atol=1e-6)
    assert json.loads((tmp_path / "model" / "model.json").read_text())["recipe"]["family"] == "words"


def test_without_opencv_the_recipe_says_so_before_it_begins() -> None:
    program = (
        "import sys\n"
        "import importlib.util as util; real = util.find_spec\n"
        "util.find_spec = lambda name, *told: None if name == 'cv2' else real(name, *told)\n"
        "from cartellino.classify.families import family\n"
        "from cartellino.classify.family import Lesson\n"
        "from cartellino.classify.recipe import load\n"
        "family('words').estimator(load('p5-words'), Lesson('single', ('a', 'b')))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "pip install 'cartellino[classical]'" in done.stderr.splitlines()[-1]


def test_recipes_are_read_without_what_learns() -> None:
    program = (
        "import sys\n"
        "from cartellino.classify.recipe import load\n"
        "load('words')\n"
        "assert not {'cv2', 'sklearn', 'PIL'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
