"""The settings of recipes and the parameters of estimators are the same, with the same defaults."""

from __future__ import annotations

import pytest

from cartellino.classify.recipe import Recipe, load
from cartellino.classify.words import detectors, histograms, kernels
from cartellino.classify.words.classifier import WordsClassifier
from cartellino.classify.words.settings import SETTINGS
from cartellino.classify.words.tagger import WordsTagger
from cartellino.errors import InputError

_OTHERS = {"cv", "class_weight", "cache", "random_state", "beta"}


@pytest.mark.parametrize("kind", [WordsClassifier, WordsTagger])
def test_settings_are_the_estimators_parameters(kind: type) -> None:
    told = kind().get_params()
    assert set(told) - _OTHERS == set(SETTINGS)
    assert {key: told[key] for key in SETTINGS} == {key: each.default for key, each in SETTINGS.items()}


@pytest.mark.parametrize(
    ("key", "names"),
    [("detector", detectors.KINDS), ("norm", histograms.NORMS), ("kernel", kernels.KERNELS)],
)
def test_what_can_be_chosen_is_what_there_is(key: str, names: list[str]) -> None:
    assert all(SETTINGS[key].fits(name) for name in names)
    assert all(f"'{name}'" in SETTINGS[key].wanted for name in names)
    assert not SETTINGS[key].fits("surf")


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("levels", 5),
        ("levels", True),
        ("words", 1),
        ("side", 8),
        ("weakest", -1),
        ("strengths", [0]),
        ("tf_idf", 1),
    ],
)
def test_what_does_not_fit_is_refused_in_words(key: str, wrong: object) -> None:
    with pytest.raises(InputError, match=f"'{key}' should be"):
        Recipe.from_dict({"name": "mine", "family": "words", key: wrong}, "mine.toml")


def test_the_fifth_study_is_a_recipe() -> None:
    recipe = load("p5-words")
    assert (recipe.family, recipe.settings["detector"], recipe.settings["words"]) == ("words", "kaze", 100)
    assert (recipe.settings["levels"], recipe.settings["tf_idf"]) == (1, False)
    assert load("words").family == "words"
