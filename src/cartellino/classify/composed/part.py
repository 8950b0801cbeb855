"""A learnt classifier within another: what it sees, which classes it knows, how far to believe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.calibrating import probabilities
from cartellino.classify.families import family
from cartellino.classify.scorer import Scorer, Tensors

Floats = NDArray[Any]
Ranges = tuple[tuple[int, int], ...]

# Beyond this a probability is no longer told from none, nor from certainty, in single precision.
_TINY = 1e-7


@dataclass(frozen=True)
class Part:
    """A classifier within another.

    Parameters
    ----------
    scorer : Scorer
        What it learnt.
    temperature : float
        What its scores are divided by.
    ranges : tuple of (int, int), or None
        Where the columns that it sees begin and end; None: it sees all of a row.
    known : tuple of int
        Places, among the classes of the whole, of those that its columns stand for.
    """

    scorer: Scorer
    temperature: float
    ranges: Ranges | None
    known: tuple[int, ...]

    def chances(self, X: NDArray[Any], kind: str, k: int) -> Floats:
        """Calibrated probabilities (n, k), float64, of rows of the whole."""
        return self.believed(self.scorer.scores(seen(X, self.ranges)), kind, k)

    def believed(self, scores: Floats, kind: str, k: int) -> Floats:
        """Calibrated probabilities (n, k), float64, that its scores stand for; 0 for classes not known."""
        if len(scores) == 0:
            return np.zeros((0, k))
        told = probabilities(kind, np.asarray(scores, np.float64) / self.temperature)
        if self.known == tuple(range(k)):
            return told
        whole = np.zeros((len(told), k))
        whole[:, list(self.known)] = told
        return whole


def seen(X: NDArray[Any], ranges: Ranges | None) -> NDArray[Any]:
    """The columns of rows within some ranges, side by side."""
    if ranges is None:
        return X
    parts = [X[:, start:stop] for start, stop in ranges]
    return parts[0] if len(parts) == 1 else np.hstack(parts)


def ranges_of(columns: Any, width: int) -> Ranges | None:
    """The same columns as ranges.

    Parameters
    ----------
    columns : None, slice or array-like of int
        What is seen of a row; None: all of it.
    width : int
        Numbers in a row.

    Raises
    ------
    ValueError
        If they are none, or not those of a row.
    """
    if columns is None:
        return None
    try:
        places = np.arange(width)[columns]
    except IndexError as error:
        raise ValueError(f"there are no such columns in {width} features: {columns}") from error
    if len(places) == 0:
        raise ValueError(f"a member should see some of the {width} features")
    ends = np.flatnonzero(np.diff(places) != 1)
    starts = np.concatenate([[0], ends + 1])
    stops = np.concatenate([ends, [len(places) - 1]])
    return tuple((int(places[a]), int(places[b]) + 1) for a, b in zip(starts, stops, strict=True))


def log_chances(kind: str, chances: Floats) -> Floats:
    """Scores that stand for probabilities: their logarithms (one label), or log odds (several)."""
    clipped = np.clip(chances, _TINY, None if kind == "single" else 1 - _TINY)
    logs: Floats = np.log(clipped)
    return logs if kind == "single" else logs - np.log1p(-clipped)


def nested(parts: Sequence[Part]) -> tuple[dict[str, NDArray[Any]], list[dict[str, Any]]]:
    """The tensors of parts under their places, and all else of them as JSON's objects."""
    tensors = {
        f"{place}/{name}": each
        for place, part in enumerate(parts)
        for name, each in part.scorer.tensors().items()
    }
    return tensors, [_described(part) for part in parts]


def unnested(tensors: Tensors, about: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The parts of which these are `nested`.

    Raises
    ------
    KeyError, TypeError, ValueError
        If something is missing or is not what it should be.
    """
    return tuple(_restored(under(tensors, f"{place}/"), told) for place, told in enumerate(about))


def under(tensors: Tensors, prefix: str) -> dict[str, NDArray[Any]]:
    """The tensors whose names begin with a prefix, by what follows it."""
    return {name.removeprefix(prefix): each for name, each in tensors.items() if name.startswith(prefix)}


@dataclass(frozen=True)
class Composite(Scorer):
    """What scorers made of parts share.

    Parameters
    ----------
    kind : str
        'single' or 'multi'.
    parts : tuple of Part
        What it is made of.
    across : int
        Numbers in a row of the whole; 0 where rows are pictures.
    classes : int
        Columns of the whole.
    """

    kind: str
    parts: tuple[Part, ...]
    across: int
    classes: int

    @property
    def sees(self) -> str:  # type: ignore[override]  # of the parts, so it is not the class's
        """What its parts see: 'features' or 'pictures'."""
        return self.parts[0].scorer.sees

    @property
    def width(self) -> int:
        """Numbers in a row."""
        return self.across

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return self.classes

    def tensors(self) -> dict[str, NDArray[Any]]:
        """The tensors of its parts, under their places."""
        return nested(self.parts)[0]

    def about(self) -> dict[str, Any]:
        """Its parts, and what it makes of them."""
        told = {"kind": self.kind, "width": self.across, "classes": self.classes}
        return {**told, "parts": nested(self.parts)[1]}

    @staticmethod
    def seen(place: int, width: int, classes: int) -> int:
        """Numbers in the rows of which its part at a place sees columns: those of the whole, if not more."""
        return width

    @classmethod
    def told(cls, tensors: Tensors, about: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters that all have, from what was saved."""
        parts = unnested(tensors, about["parts"])
        kind, width, classes = about["kind"], int(about["width"]), int(about["classes"])
        if not parts or kind not in ("single", "multi"):
            raise ValueError("it has no parts, or is of no known kind")
        for place, part in enumerate(parts):
            _check(part, cls.seen(place, width, classes), classes)
        return {"kind": kind, "parts": parts, "across": width, "classes": classes}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer made of these parts."""
        return cls(**cls.told(tensors, about))


def _described(part: Part) -> dict[str, Any]:
    if not part.scorer.family:
        raise TypeError(f"{type(part.scorer).__name__} should say which family restores it")
    return {
        "family": part.scorer.family,
        "temperature": part.temperature,
        "ranges": None if part.ranges is None else [list(each) for each in part.ranges],
        "known": list(part.known),
        "scorer": part.scorer.about(),
    }


def _restored(tensors: Tensors, told: Mapping[str, Any]) -> Part:
    ranges = told["ranges"]
    return Part(
        scorer=family(told["family"]).restored(tensors, told["scorer"]),
        temperature=float(told["temperature"]),
        ranges=None if ranges is None else tuple((int(start), int(stop)) for start, stop in ranges),
        known=tuple(int(place) for place in told["known"]),
    )


def _check(part: Part, width: int, classes: int) -> None:
    shown = width if part.ranges is None else sum(stop - start for start, stop in part.ranges)
    inside = all(0 <= start < stop <= width for start, stop in part.ranges or ())
    if not inside or (part.scorer.sees == "features" and part.scorer.width != shown):
        raise ValueError("a part of it sees other columns than there are")
    if len(part.known) != part.scorer.columns or not all(0 <= place < classes for place in part.known):
        raise ValueError("a part of it knows other classes than there are")
    if not part.temperature > 0:
        raise ValueError("a part of it has no temperature")
