"""Histograms: every keypoint counted once a level, where it stands; nothing in a blank picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.words.detectors import Local
from cartellino.classify.words.histograms import NORMS, Form, Lexicon

WORDS = np.eye(4, 64, dtype=np.float32)


def local(said: Any, places: Any) -> Local:
    """Keypoints of known words at known places."""
    points = np.zeros((len(said), 4), np.float32)
    points[:, :2] = np.asarray(places, np.float32).reshape(-1, 2)
    return Local(points, WORDS[np.asarray(said, int)].astype(np.float16))


def lexicon(**form: Any) -> Lexicon:
    return Lexicon(WORDS, np.ones(4, np.float32), Form(**form))


PICTURE = local([0, 0, 1, 3], [(0.1, 0.1), (0.9, 0.1), (0.6, 0.9), (1.0, 1.0)])


def test_words_are_counted() -> None:
    assert lexicon().counts(PICTURE).tolist() == [2, 1, 0, 1]
    np.testing.assert_allclose(lexicon(norm="l1").histogram(PICTURE), [0.5, 0.25, 0, 0.25])


def test_a_pyramid_counts_in_quarters_row_by_row() -> None:
    counted = lexicon(levels=2).counts(PICTURE).reshape(5, 4)
    assert counted.tolist() == [[2, 1, 0, 1], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 1]]


def test_finer_cells_weigh_more_as_lazebnik_has_it() -> None:
    whole = lexicon(levels=3, norm="l1").histogram(PICTURE).reshape(21, 4)
    sums = np.array([whole[:1].sum(), whole[1:5].sum(), whole[5:].sum()])
    np.testing.assert_allclose(sums / sums[0], [1, 1, 2], rtol=1e-6)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1), st.floats(0, 1)), max_size=30),
    st.integers(1, 4),
    st.sampled_from(NORMS),
    st.booleans(),
)
def test_every_form_has_its_length(told: list[Any], levels: int, norm: str, tf_idf: bool) -> None:
    picture = local([each[0] for each in told], [each[1:] for each in told])
    found = lexicon(levels=levels, norm=norm, tf_idf=tf_idf)
    counted = found.counts(picture)
    assert counted.sum() == levels * len(told)
    histogram = found.histogram(picture)
    assert histogram.shape == (found.width,) == (4 * found.form.cells,)
    length = np.abs(histogram).sum() if norm == "l1" else np.linalg.norm(histogram)
    np.testing.assert_allclose(length, 1 if told else 0, atol=1e-5)


def test_a_rare_word_counts_more_and_a_frequent_one_less_than_its_times() -> None:
    described = [local([0] * 9 + [1], [(0.5, 0.5)] * 10)] + [local([0], [(0.5, 0.5)])] * 20
    found = Lexicon.learn(described, 2, 1000, Form(tf_idf=True), seed=0)
    common, rare = (int(place) for place in found.said(local([0, 1], [(0.5, 0.5)] * 2)))
    assert found.rarity[rare] > found.rarity[common]
    plain = Lexicon(found.words, found.rarity, Form(norm="l1")).histogram(described[0])
    weighed = Lexicon(found.words, found.rarity, Form(tf_idf=True, norm="l1")).histogram(described[0])
    assert plain[common] / plain[rare] == pytest.approx(9)
    assert weighed[common] / weighed[rare] < 3


def test_pictures_are_read_in_order() -> None:
    blank = local([], [])
    np.testing.assert_array_equal(
        lexicon().read([PICTURE, blank]), [lexicon().histogram(PICTURE), np.zeros(4)]
    )
