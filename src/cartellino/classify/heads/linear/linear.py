"""Linear classifiers as scikit-learn estimators: one label a row, or several."""

from __future__ import annotations

from dataclasses import dataclass

from cartellino.classify.heads.head import Classifier, Tagger
from cartellino.classify.heads.linear.estimator import Linear
from cartellino.classify.heads.tagging import LossSettings


class LinearClassifier(Linear, Classifier):
    """Regularised multinomial logistic regression on standardised features.

    Parameters
    ----------
    strengths : sequence of float
        L2 penalties to choose from, against the summed log loss (scikit-learn's ``1 / C``).
    cv : int, splitter or iterable
        Folds by which the strength is chosen and the probabilities are calibrated, where `fit` is given
        no validation rows.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs; 'balanced' lets every class weigh the same.
    tolerance : float
        The solver stops once the next step promises to lower the mean log loss by less than this, in nats.
    max_passes : int
        Passes over the features for one strength at most.
    blocks : sequence of int
        Widths of the blocks of features, side by side, such as the stages of a network; none: all are one.
    balance : float
        What wide blocks give up to narrow ones: 0 nothing, 0.5 all that width gives them.
    random_state : int, RandomState or None
        For the folds and the solver's first guess.

    Attributes
    ----------
    classes_ : ndarray (k,)
        Labels, sorted.
    coef_, intercept_ : ndarray (k, d), ndarray (k,)
        For features as they come.
    strength_ : float
        The penalty chosen.
    losses_ : tuple of float
        Calibrated log loss out of sample for each strength, strongest first.
    temperature_ : float
        What scores are divided by (Guo et al., ICML 2017).
    out_of_sample_ : OutOfSample
        Rows and scores that calibrated it.
    """


@dataclass(kw_only=True, eq=False, repr=False)
class LinearTagger(LossSettings, Linear, Tagger):
    """Independent regularised logistic regressions on standardised features, for several labels a row.

    Parameters
    ----------
    strengths, cv, tolerance, max_passes, blocks, balance, random_state
        As of `LinearClassifier`; one strength and one temperature for all labels.
    class_weight : 'balanced', mapping or None
        What a row that has a label weighs in its regression, by the place of the label; 'balanced': as
        much as those without.
    beta : float or None
        Thresholds are tuned for F-beta; 2 counts a missed label four times as much as one too many.
        None: one half for all.
    loss, focus, focus_present, focus_absent, clip
        What is minimised, as of `TagLoss`.

    Attributes
    ----------
    thresholds_ : ndarray (k,)
        A label is given where its probability reaches its threshold.
    classes_ : ndarray (k,)
        Places of the labels; of a single label its absence and its presence, as `fit` was given them.
    coef_, intercept_, strength_, losses_, temperature_, out_of_sample_
        As of `LinearClassifier`.
    """

    beta: float | None = 2.0
