"""What is saved says the same once it is read again, and is refused if it is not whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load, save

from cartellino.classify.words import kernels
from cartellino.classify.words.classifier import WordsClassifier
from cartellino.classify.words.scorer import WordsScorer


def learnt(gallery: Any, cache: Path, **told: Any) -> WordsScorer:
    X, y = gallery
    model = WordsClassifier(words=20, strengths=(3.0,), gammas=(1.0,), cv=2, cache=cache, **told)
    scorer: WordsScorer = model.fit(X[:24], y[:24]).scorer_
    return scorer


@pytest.mark.parametrize("kernel", kernels.KERNELS)
def test_what_was_saved_says_the_same(kernel: str, gallery: Any, cache: Path) -> None:
    scorer = learnt(gallery, cache, kernel=kernel, levels=2, tf_idf=True)
    about = json.loads(json.dumps(scorer.about()))
    again = WordsScorer.restored(load(save(scorer.tensors())), about)
    X = gallery[0][24:]
    np.testing.assert_allclose(again.scores(X), scorer.scores(X), atol=1e-6)
    assert (again.columns, again.width, again.sees) == (3, 0, "pictures")
    assert again.scores(X).dtype == np.float32
    if kernel in kernels.EXPLICIT:
        assert len(again.support) == 3  # a row for each class, however many pictures it was learnt from


def test_a_picture_says_the_same_alone(gallery: Any, cache: Path) -> None:
    scorer = learnt(gallery, cache)
    X = gallery[0][24:28]
    alone = np.concatenate([scorer.scores(X[place : place + 1]) for place in range(len(X))])
    np.testing.assert_allclose(alone, scorer.scores(X), atol=1e-6)
    assert scorer.scores(X[:0]).shape == (0, 3)


def test_a_blank_picture_has_scores_too(gallery: Any, cache: Path, tmp_path: Path) -> None:
    Image.new("L", (90, 90), 127).save(tmp_path / "blank.png")
    assert np.isfinite(learnt(gallery, cache).scores(np.array([str(tmp_path / "blank.png")]))).all()


@pytest.mark.parametrize(
    ("name", "cut"), [("words", np.s_[:-1]), ("support", np.s_[:, :-1]), ("intercepts", np.s_[:-1])]
)
def test_parts_that_do_not_fit_are_refused(name: str, cut: Any, gallery: Any, cache: Path) -> None:
    scorer = learnt(gallery, cache)
    tensors = scorer.tensors()
    with pytest.raises(ValueError, match="should be"):
        WordsScorer.restored({**tensors, name: tensors[name][cut]}, scorer.about())
    with pytest.raises(KeyError):
        WordsScorer.restored({key: each for key, each in tensors.items() if key != name}, scorer.about())
