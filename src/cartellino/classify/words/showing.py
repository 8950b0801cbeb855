"""Visual words to be looked at: on a picture, by what is nearest to each, and how often each is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from cartellino.classify.words import vocabulary
from cartellino.classify.words.describing import describe, pictures
from cartellino.classify.words.detectors import Local, numbers
from cartellino.classify.words.histograms import Form
from cartellino.classify.words.scorer import WordsScorer
from cartellino.features import preprocessing
from cartellino.features.preprocessing import Shown
from cartellino.show.charts import style

# Told apart by every kind of colour vision; a picture has room for so many.
COLOURS = (style.VERMILLION, style.BLUE, style.ORANGE, style.GREEN, style.PURPLE)
# How far around a keypoint a descriptor looks, in diameters: 24 σ of KAZE and 12 σ of SIFT, whose diameter
# is 2 σ; ORB's diameter is its patch.
_REACH = {"kaze": 12.0, "sift": 6.0, "orb": 1.0}


@dataclass(frozen=True)
class Spoken:
    """The words of one picture.

    Parameters
    ----------
    picture : Shown
        Which.
    pixels : ndarray (height, width, 3) of uint8
        As it was looked at, but in colour.
    centres : ndarray (m, 2) of float32
        Keypoints, across and down, in those pixels.
    diameters : ndarray (m,) of float32
        Of their circles, in pixels.
    words : ndarray (m,) of int64
        The word of each.
    distances : ndarray (m,) of float32
        How far each descriptor is from its word.
    """

    picture: Shown
    pixels: NDArray[np.uint8]
    centres: NDArray[np.float32]
    diameters: NDArray[np.float32]
    words: NDArray[np.int64]
    distances: NDArray[np.float32]


@dataclass(frozen=True)
class Exemplar:
    """A keypoint that says a word nearly as it stands in the vocabulary.

    Parameters
    ----------
    picture : Shown
        Where.
    point : ndarray (3,) of float32
        Across, down and diameter, as shares (see `Local`).
    distance : float
        How far it is from the word.
    """

    picture: Shown
    point: NDArray[np.float32]
    distance: float


def spoken(scorer: WordsScorer, picture: Any) -> Spoken:
    """The words of a picture, and where they stand.

    Raises
    ------
    PictureError
        If its file is gone or cannot be decoded.
    """
    (shown,) = pictures([picture])
    local = scorer.detector.found(shown)
    pixels = preprocessing.reduced(shown.file, shown.trim, scorer.detector.side)
    words, distances = _said(scorer, local)
    sides = np.array([pixels.shape[1], pixels.shape[0]], np.float32)
    return Spoken(
        shown, pixels, local.points[:, :2] * sides, local.points[:, 2] * sides.max(), words, distances
    )


def frequent(told: Sequence[Spoken], count: int) -> dict[int, int]:
    """The words that some pictures say most, most frequent first, and how often they say each."""
    words, times = np.unique(np.concatenate([each.words for each in told]), return_counts=True)
    most = np.argsort(-times, kind="stable")[:count]
    return dict(zip(words[most].tolist(), times[most].tolist(), strict=True))


def drawn(told: Spoken, colours: Mapping[int, str], side: int) -> NDArray[np.uint8]:
    """Draw a picture with a circle around every keypoint, its words by colour.

    Parameters
    ----------
    told : Spoken
        The picture and its words.
    colours : mapping of int to str
        Colours of words; other words are thin and pale.
    side : int
        Its longest side in pixels.

    Returns
    -------
    ndarray (height, width, 3) of uint8
    """
    height, width = told.pixels.shape[:2]
    scale = side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    image = Image.fromarray(told.pixels).resize(size, Image.Resampling.BICUBIC)
    brush = ImageDraw.Draw(image)
    named = np.isin(told.words, list(colours))
    for place in np.argsort(named, kind="stable").tolist():  # those that have a name above the others
        across, down = told.centres[place] * scale
        reach = max(told.diameters[place] * scale / 2, 3.0)
        word = int(told.words[place])
        box = (across - reach, down - reach, across + reach, down + reach)
        brush.ellipse(box, outline=colours.get(word, style.CONTEXT), width=3 if word in colours else 1)
    return np.asarray(image)


def exemplars(scorer: WordsScorer, X: Any, words: Sequence[int], count: int) -> dict[int, list[Exemplar]]:
    """For each of some words the keypoints nearest to it, nearest first, no two of one picture.

    Parameters
    ----------
    scorer : WordsScorer
        Knows the words.
    X : array-like (n,)
        Pictures to look in.
    words : sequence of int
        Which words.
    count : int
        How many for each, at most.
    """
    shown = pictures(X)
    found: dict[int, list[Exemplar]] = {word: [] for word in words}
    for picture, local in zip(shown, describe(shown, scorer.detector, scorer.folder), strict=True):
        said, distances = _said(scorer, local)
        for word, nearest in found.items():
            places = np.flatnonzero(said == word)
            if len(places):
                best = int(places[distances[places].argmin()])
                nearest.append(Exemplar(picture, local.points[best, :3], float(distances[best])))
    return {
        word: list(islice(sorted(nearest, key=lambda each: each.distance), count))
        for word, nearest in found.items()
    }


def patch(scorer: WordsScorer, exemplar: Exemplar, side: int) -> NDArray[np.uint8]:
    """What a descriptor saw around its keypoint, (side, side, 3) of uint8; plain beyond the picture."""
    shown = exemplar.picture
    image = Image.fromarray(preprocessing.reduced(shown.file, shown.trim, scorer.detector.side))
    across, down, diameter = exemplar.point * np.array([*image.size, max(image.size)], np.float32)
    reach = max(float(diameter) * _REACH[scorer.detector.name], 8.0) / 2
    edges = [int(each) for each in (across - reach, down - reach, across + reach, down + reach)]
    wall = Image.new("RGB", (edges[2] - edges[0], edges[3] - edges[1]), style.HAIRLINE)
    wall.paste(image, (-edges[0], -edges[1]))
    return np.asarray(wall.resize((side, side), Image.Resampling.BICUBIC))


def shares(scorer: WordsScorer, X: Any) -> NDArray[np.float32]:
    """How large a share of a picture's keypoints says each word, (n, words), whatever the recipe counts."""
    plain = replace(
        scorer.lexicon, form=Form(norm="l1"), rarity=np.ones(len(scorer.lexicon.words), np.float32)
    )
    return plain.read(describe(pictures(X), scorer.detector, scorer.folder))


def _said(scorer: WordsScorer, local: Local) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    return vocabulary.nearest(scorer.lexicon.words, numbers(local.rows))
