"""A bag of visual words as a scikit-learn estimator over pictures: one label a picture."""

from __future__ import annotations

from typing import Any, Self

from numpy.typing import ArrayLike, NDArray
from sklearn.utils import check_consistent_length

from cartellino.classify.heads import weighing
from cartellino.classify.heads.answering import OneLabel, places
from cartellino.classify.words.describing import pictures
from cartellino.classify.words.estimator import Words, weights_of
from cartellino.progress import Progress

Floats = NDArray[Any]


class WordsClassifier(OneLabel, Words):
    """A bag of visual words (Csurka et al., ECCV workshop, 2004) and a support vector machine.

    Parameters
    ----------
    detector : str
        'kaze', 'sift' or 'orb'.
    side : int
        Longest side, in pixels, at which pictures are looked at.
    keypoints : int
        How many are kept of a picture, the strongest.
    weakest : float
        The weakest response that counts as a keypoint; 0: OpenCV's own.
    words : int
        Words of the vocabulary.
    sampled : int
        Descriptors that it is learnt from, at most; as many of each picture.
    levels : int
        Levels of the spatial pyramid: 1 counts in the whole picture, 2 in quarters too, 3 in sixteenths.
    tf_idf : bool
        Whether rare words count more and many of one count less than as many times.
    norm : str
        Of histograms: 'hellinger', 'l1' or 'l2'.
    kernel : str
        'rbf', 'linear', 'additive-chi2', 'chi2' or 'intersection'.
    strengths : sequence of float
        Values of the machine's C to choose from, for a kernel whose mean is about 1.
    gammas : sequence of float
        How fast 'rbf' and 'chi2' fall, to choose from, in units of the mean distance.
    cv : int, splitter or iterable
        Folds by which they are chosen and probabilities are calibrated, where `fit` is given no validation
        rows.
    class_weight : 'balanced', mapping or None
        What a picture of each class weighs.
    cache : path, optional
        A folder that keeps descriptors from one time to the next: they do not depend on labels.
    random_state : int, RandomState or None
        For the folds, the sample of descriptors and k-means.

    Attributes
    ----------
    classes_ : ndarray (k,)
        Labels, sorted.
    scorer_ : WordsScorer
        What was learnt, as plain numbers.
    temperature_ : float
        What scores are divided by (Guo et al., ICML 2017).
    out_of_sample_ : OutOfSample
        Rows and scores that calibrated it; their vocabulary was learnt without them, too.
    choice_ : dict
        What was chosen out of sample.
    """

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from pictures (n,) and labels (n,).

        Parameters
        ----------
        X : array-like (n,)
            Files' names, paths or `Shown`.
        y : array-like (n,)
            One label a picture.
        sample_weight : array-like (n,), optional
            Weight of each picture; those of weight 0 take no part.
        groups : array-like (n,), optional
            Pictures of one group share a fold.
        validation : array-like, optional
            Rows (places, or a mask) that choose in the place of folds, and are learnt from once it is
            chosen. Where they are few, folds still calibrate.
        progress : Progress, optional
            Who is told of pictures and vocabularies.

        Raises
        ------
        PictureError
            If a file is gone or cannot be decoded.
        ModelError
            If no picture has a keypoint.
        MissingExtraError
            If OpenCV is not installed.
        """
        shown = pictures(X)
        check_consistent_length(shown, y)
        weights = weights_of(sample_weight, len(shown))
        self.classes_, place = places(y, weights)
        emphasis = weighing.single(self.class_weight, self.classes_, place, weights)
        self._taught((shown, place, weights), emphasis, place, (groups, validation, progress))
        return self
