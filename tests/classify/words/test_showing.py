"""Words to be looked at: where they are said, what is nearest to each, how often."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartellino.classify.words import showing
from cartellino.classify.words.classifier import WordsClassifier
from cartellino.classify.words.scorer import WordsScorer
from cartellino.features.preprocessing import Shown


@pytest.fixture(scope="module")
def scorer(gallery: Any, cache: Path) -> WordsScorer:
    X, y = gallery
    model = WordsClassifier(
        words=15, levels=2, tf_idf=True, strengths=(3.0,), gammas=(1.0,), cv=2, cache=cache
    )
    learnt: WordsScorer = model.fit(X[:24], y[:24]).scorer_
    return learnt


def test_every_keypoint_lies_in_the_picture_and_says_its_word(scorer: WordsScorer, gallery: Any) -> None:
    told = showing.spoken(scorer, gallery[0][0])
    height, width = told.pixels.shape[:2]
    assert (told.centres >= 0).all()
    assert (told.centres <= [width, height]).all()
    local = scorer.detector.found(Shown(Path(gallery[0][0])))
    np.testing.assert_array_equal(told.words, scorer.lexicon.said(local))
    times = np.bincount(told.words)
    assert list(showing.frequent([told], 3).values()) == sorted(times, reverse=True)[:3]
    twice = showing.frequent([told, told], 3)
    assert twice == {word: 2 * times[word] for word in showing.frequent([told], 3)}


def test_words_are_drawn_in_their_colours_where_they_are(scorer: WordsScorer, gallery: Any) -> None:
    told = showing.spoken(scorer, gallery[0][0])
    (word,) = showing.frequent([told], 1)
    image = showing.drawn(told, {word: "#00FF00"}, 880)
    assert max(image.shape) == 880
    across, down = told.centres[told.words == word].T * 880 / max(told.pixels.shape)
    drawn = np.argwhere((image == (0, 255, 0)).all(axis=2))
    assert len(drawn)
    reach = 880 / max(told.pixels.shape) * told.diameters[told.words == word].max() / 2 + 6
    for y, x in drawn[::25]:
        assert np.hypot(across - x, down - y).min() <= reach
    assert not (showing.drawn(told, {}, 880) == (0, 255, 0)).all(axis=2).any()


def test_exemplars_are_the_nearest_of_each_picture(scorer: WordsScorer, gallery: Any) -> None:
    X = gallery[0][:12]
    (word,) = showing.frequent([showing.spoken(scorer, X[0])], 1)
    found = showing.exemplars(scorer, X, [word], count=4)[word]
    distances = [each.distance for each in found]
    assert distances == sorted(distances)
    assert len({each.picture.file for each in found}) == len(found) <= 4
    told = showing.spoken(scorer, found[0].picture)
    assert distances[0] == told.distances[told.words == word].min()


def test_patches_have_one_size_even_at_the_edge(scorer: WordsScorer, gallery: Any) -> None:
    shown = Shown(Path(gallery[0][0]))
    corner = showing.Exemplar(shown, np.array([0, 1, 0.1], np.float32), 0.0)
    assert showing.patch(scorer, corner, 40).shape == (40, 40, 3)


def test_shares_add_up_whatever_the_recipe_counts(scorer: WordsScorer, gallery: Any) -> None:
    shares = showing.shares(scorer, gallery[0][:5])
    assert shares.shape == (5, len(scorer.lexicon.words))
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-6)
