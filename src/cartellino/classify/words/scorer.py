"""A bag of visual words that was learnt, as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.scorer import Scorer, Tensors
from cartellino.classify.words import kernels
from cartellino.classify.words.describing import describe, pictures
from cartellino.classify.words.detectors import Detector, Local
from cartellino.classify.words.histograms import Floats, Form, Lexicon
from cartellino.classify.words.kernels import Kernel

_AT_A_TIME = 512  # pictures whose histograms are held at once


@dataclass(frozen=True)
class WordsScorer(Scorer):
    """From pictures to scores: keypoints, words, histogram, kernel, margins.

    Parameters
    ----------
    detector : Detector
        How keypoints are found and described.
    lexicon : Lexicon
        The vocabulary, and the histograms' form.
    kernel : Kernel
        How alike histograms are.
    support : ndarray (s, d) of float32
        Histograms, mapped, that a picture's is compared with.
    coefficients : ndarray (s, k) of float32
        What each likeness counts for each class.
    intercepts : ndarray (k,) of float32
        The score of each class without any.
    folder : Path, optional
        Where descriptors are kept from one time to the next; not part of what is saved.
    """

    family: ClassVar[str] = "words"

    detector: Detector
    lexicon: Lexicon
    kernel: Kernel
    support: Floats
    coefficients: Floats
    intercepts: Floats
    folder: Path | None = None

    sees: ClassVar[str] = "pictures"

    @property
    def width(self) -> int:
        """None: it takes pictures."""
        return 0

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return len(self.intercepts)

    def scores(self, X: NDArray[Any]) -> Floats:
        """Scores (n, k) of pictures, before the temperature: margins.

        Parameters
        ----------
        X : array-like (n,)
            Files' names, paths or `Shown`.

        Raises
        ------
        PictureError
            If a file is gone or cannot be decoded.
        MissingExtraError
            If OpenCV is not installed.
        """
        shown = pictures(X)
        parts = [self._scores(shown[at : at + _AT_A_TIME]) for at in range(0, len(shown), _AT_A_TIME)]
        return np.concatenate(parts) if parts else np.zeros((0, self.columns), np.float32)

    def _scores(self, shown: Any) -> Floats:
        return self.scores_of(describe(shown, self.detector, self.folder))

    def scores_of(self, described: Any) -> Floats:
        """Scores (n, k) of pictures of which it is known what was found in them (sequence of `Local`)."""
        read = kernels.mapped(self.kernel.name, self.lexicon.read(described))
        values = self.kernel.values(kernels.raw(self.kernel.name, read, self.support))
        scores: Floats = (values @ self.coefficients + self.intercepts).astype(np.float32)
        return scores

    def found(self, picture: Any) -> Local:
        """What is found in one picture."""
        (shown,) = pictures([picture])
        return self.detector.found(shown)

    def tensors(self) -> dict[str, NDArray[Any]]:
        """Vocabulary, rarity, histograms that support it, what they count, intercepts."""
        return {
            "words": self.lexicon.words,
            "rarity": self.lexicon.rarity,
            "support": self.support,
            "coefficients": self.coefficients,
            "intercepts": self.intercepts,
        }

    def about(self) -> dict[str, Any]:
        """How keypoints are found, counted and compared."""
        return {
            "detector": asdict(self.detector),
            "form": asdict(self.lexicon.form),
            "kernel": asdict(self.kernel),
        }

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer of which these are `tensors` and `about`.

        Raises
        ------
        KeyError, TypeError, ValueError
            If a part is missing or is not what it should be.
        """
        lexicon = Lexicon(tensors["words"], tensors["rarity"], Form(**about["form"]))
        scorer = cls(
            Detector(**about["detector"]),
            lexicon,
            Kernel(**about["kernel"]),
            tensors["support"],
            tensors["coefficients"],
            tensors["intercepts"],
        )
        scorer._refuse_other_shapes()
        return scorer

    def _refuse_other_shapes(self) -> None:
        width = self.lexicon.width * (3 if self.kernel.name == "additive-chi2" else 1)
        wanted = {
            "rarity": (self.lexicon.rarity.shape, (len(self.lexicon.words),)),
            "support": (self.support.shape, (len(self.coefficients), width)),
            "coefficients": (self.coefficients.shape[1:], self.intercepts.shape),
        }
        for name, (found, shape) in wanted.items():
            if found != shape:
                raise ValueError(f"its {name} are {found}, and should be {shape}")
