"""Keypoints of a picture and what it looks like around each: KAZE, SIFT and ORB, by OpenCV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import MissingExtraError
from cartellino.features import preprocessing
from cartellino.features.backbone import hashed
from cartellino.features.preprocessing import Shown

VERSION = 1  # part of every detector's hash: raise it with any change that moves a descriptor

# Numbers that OpenCV gives for a keypoint, and how they are kept: KAZE's lie between -1 and 1 and lose
# nothing that matters as halves; SIFT's are whole numbers up to 255, ORB's 256 bits are 32 bytes.
KINDS: dict[str, tuple[int, type[np.generic]]] = {
    "kaze": (64, np.float16),
    "sift": (128, np.uint8),
    "orb": (32, np.uint8),
}
# OpenCV's own: the weakest response that counts as a keypoint.
THRESHOLDS = {"kaze": 0.001, "sift": 0.04, "orb": 20.0}
_SMALLEST = 16  # pixels: OpenCV finds nothing in less, and ORB fails
_NEED = "A bag of visual words"


@dataclass(frozen=True)
class Local:
    """What was found in one picture, the strongest keypoint first.

    Parameters
    ----------
    points : ndarray (m, 4) of float32
        Where: across and down as shares of the picture's sides; diameter as a share of its longest side;
        response.
    rows : ndarray (m, d) of float16 or uint8
        Descriptors, as the detector gives them.
    """

    points: NDArray[np.float32]
    rows: NDArray[Any]

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class Detector:
    """How keypoints are found and described.

    Parameters
    ----------
    name : str
        'kaze' (Alcantarilla, Bartoli and Davison, ECCV 2012), 'sift' (Lowe, IJCV 60, 2004) or 'orb'
        (Rublee et al., ICCV 2011).
    side : int
        Longest side, in pixels, to which a picture is reduced first; smaller ones stay as they are.
    keypoints : int
        How many are kept of a picture, the strongest.
    threshold : float
        The weakest response that counts: KAZE's of the Hessian, SIFT's contrast, ORB's difference in grey;
        0: OpenCV's own.
    """

    name: str = "kaze"
    side: int = 448
    keypoints: int = 500
    threshold: float = 0.0

    @property
    def hash(self) -> str:
        """SHA-256 over everything that moves a descriptor."""
        told: dict[str, Any] = {**asdict(self), "threshold": self.threshold or THRESHOLDS[self.name]}
        told |= {"version": VERSION, "preprocessing": preprocessing.VERSION}
        return hashed(**told, opencv=_opencv().__version__)

    def found(self, picture: Shown) -> Local:
        """Keypoints and descriptors of a picture; none is an answer.

        Raises
        ------
        PictureError
            If its file is gone or cannot be decoded.
        MissingExtraError
            If OpenCV is not installed.
        """
        return self.found_in(preprocessing.reduced(picture.file, picture.trim, self.side, "L"))

    def found_in(self, grey: NDArray[np.uint8]) -> Local:
        """Keypoints and descriptors of a picture that is decoded, (height, width) of uint8."""
        width, kept_as = KINDS[self.name]
        if min(grey.shape) < _SMALLEST:
            return Local(np.zeros((0, 4), np.float32), np.zeros((0, width), kept_as))
        told, rows = self._made().detectAndCompute(grey, None)
        points = np.array([(*key.pt, key.size, key.response) for key in told], np.float32).reshape(-1, 4)
        described = np.zeros((0, width), kept_as) if rows is None else rows.astype(kept_as)
        strongest = np.lexsort((points[:, 0], points[:, 1], -points[:, 3]))[: self.keypoints]
        points[:, :3] /= np.array([grey.shape[1], grey.shape[0], max(grey.shape)], np.float32)
        return Local(points[strongest], described[strongest])

    def _made(self) -> Any:
        """A detector of OpenCV, new for every picture: they are cheap, and not made for two threads."""
        cv2, threshold = _opencv(), self.threshold or THRESHOLDS[self.name]
        if self.name == "kaze":
            return _kaze(cv2)(threshold=threshold)
        if self.name == "sift":
            return cv2.SIFT_create(nfeatures=self.keypoints, contrastThreshold=threshold)
        return cv2.ORB_create(nfeatures=self.keypoints, fastThreshold=round(threshold))


def numbers(rows: NDArray[Any]) -> NDArray[np.float32]:
    """Descriptors as numbers whose Euclidean distance is meant: ORB's bytes become their bits.

    The squared distance of bits is their Hamming distance, which ORB is compared by.
    """
    if rows.dtype == np.uint8 and rows.shape[1] == KINDS["orb"][0]:
        return np.unpackbits(rows, axis=1).astype(np.float32)
    return rows.astype(np.float32)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Keep OpenCV from splitting a picture among threads of its own, while threads of ours take one each."""
    cv2 = _opencv()
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


def _opencv() -> Any:
    try:
        import cv2
    except ModuleNotFoundError as error:
        raise MissingExtraError(_NEED, "classical") from error
    if _kaze(cv2) is None:  # the plain package, which has no KAZE since version 5
        raise MissingExtraError(_NEED, "classical")
    return cv2


def _kaze(cv2: Any) -> Any:
    """Makes KAZE: of the main module up to version 4, of the contributed ones since."""
    contributed = getattr(cv2, "xfeatures2d", None)
    return getattr(contributed, "KAZE_create", None) or getattr(cv2, "KAZE_create", None)
