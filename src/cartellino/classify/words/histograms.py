"""How often each word stands in a picture, and where: what a bag of visual words says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.words import vocabulary
from cartellino.classify.words.detectors import Local, numbers
from cartellino.classify.words.vocabulary import Words

Floats = NDArray[np.float32]

NORMS = ("hellinger", "l1", "l2")


@dataclass(frozen=True)
class Form:
    """The form of a histogram.

    Parameters
    ----------
    levels : int
        Levels of the spatial pyramid (Lazebnik, Schmid and Ponce, CVPR 2006): 1 counts in the whole
        picture, 2 in its quarters too, 3 in its sixteenths too.
    tf_idf : bool
        Whether a word that is frequent in a picture counts by its logarithm, and one that stands in many
        pictures counts less (Sivic and Zisserman, ICCV 2003).
    norm : str
        'l1': shares; 'l2': length 1; 'hellinger': square roots of shares, so that a product is
        Bhattacharyya's coefficient (Arandjelović and Zisserman, CVPR 2012).
    """

    levels: int = 1
    tf_idf: bool = False
    norm: str = "l1"

    @property
    def cells(self) -> int:
        """Cells of all levels."""
        return sum(4**level for level in range(self.levels))


@dataclass(frozen=True)
class Lexicon:
    """A vocabulary, and how pictures are written in it.

    Parameters
    ----------
    words : ndarray (words, d) of float32
        The vocabulary.
    rarity : ndarray (words,) of float32
        What each word counts; ones without tf-idf.
    form : Form
        The histograms' form.
    """

    words: Words
    rarity: Floats
    form: Form

    @classmethod
    def learn(cls, described: Sequence[Local], words: int, bound: int, form: Form, seed: int) -> Lexicon:
        """Learn a vocabulary, and how rare its words are, from pictures.

        Parameters
        ----------
        described : sequence of Local
            What was found in the pictures to learn from, and no others.
        words, bound, seed
            As of `vocabulary.learn`.
        form : Form
            The histograms' form.

        Raises
        ------
        ModelError
            If no picture has a keypoint.
        """
        found = vocabulary.learn(described, words, bound, seed)
        blank = cls(found, np.ones(len(found), np.float32), form)
        if not form.tf_idf:
            return blank
        had = np.sum([blank.counts(local)[: len(found)] > 0 for local in described], axis=0)
        rarity = (
            np.log((1 + len(described)) / (1 + had)) + 1
        )  # smoothed as in scikit-learn's TfidfTransformer
        return replace(blank, rarity=rarity.astype(np.float32))

    @property
    def width(self) -> int:
        """Numbers in a histogram."""
        return len(self.words) * self.form.cells

    def read(self, described: Sequence[Local]) -> Floats:
        """Histograms (n, width) of pictures; of one without keypoints zeros."""
        read = np.zeros((len(described), self.width), np.float32)
        for place, local in enumerate(described):
            read[place] = self.histogram(local)
        return read

    def histogram(self, local: Local) -> Floats:
        """The histogram (width,) of a picture."""
        counted = self.counts(local)
        if self.form.tf_idf:
            counted = np.log1p(counted) * np.tile(self.rarity, self.form.cells)
        counted = counted * _weights(self.form.levels).repeat(len(self.words))
        return _normal(counted, self.form.norm)

    def counts(self, local: Local) -> Floats:
        """How often each word stands in each cell (width,), the whole picture first."""
        counted = np.zeros(self.width, np.float32)
        if len(local) == 0:
            return counted
        said = self.said(local)
        size = len(self.words)
        first = 0
        for level in range(self.form.levels):
            cells = _cell(local.points, 2**level)
            counted[first * size : (first + 4**level) * size] = np.bincount(
                cells * size + said, minlength=4**level * size
            )
            first += 4**level
        return counted

    def said(self, local: Local) -> NDArray[np.int64]:
        """The word (m,) of each keypoint of a picture."""
        return vocabulary.nearest(self.words, numbers(local.rows))[0]


def _cell(points: Floats, sides: int) -> NDArray[np.int64]:
    """The cell of each point among sides × sides, row by row."""
    across, down = np.clip((points[:, :2] * sides).astype(np.int64), 0, sides - 1).T
    cell: NDArray[np.int64] = down * sides + across
    return cell


def _weights(levels: int) -> Floats:
    """What a cell of each level counts: a match within a finer one says twice as much (equation 3)."""
    top = levels - 1
    of = [2.0**-top if level == 0 else 2.0 ** (level - top - 1) for level in range(levels)]
    return np.repeat(np.array(of, np.float32), [4**level for level in range(levels)])


def _normal(counted: Floats, norm: str) -> Floats:
    length = float(np.linalg.norm(counted) if norm == "l2" else counted.sum())
    shares = counted / np.float32(length) if length > 0 else counted
    found: Floats = np.sqrt(shares) if norm == "hellinger" else shares
    return found
