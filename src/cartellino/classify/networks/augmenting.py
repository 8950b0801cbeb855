"""By how much pictures are changed while they are learnt from: the studies' numbers, and one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from cartellino.errors import InputError

FILLS = ("nearest", "reflect", "black")


@dataclass(frozen=True)
class Augmentation:
    """Every number says how far a change may go; each picture draws its own, evenly, in each epoch.

    Parameters
    ----------
    rotation : float
        Degrees to either side.
    flip : float
        Chance of being mirrored left to right.
    shift : tuple of (float, float)
        Across and down, as shares of the picture, to either side.
    shear : float
        Radians to either side. (Keras reads such numbers as degrees since 2017, as radians before; a shear of
        P1's 0.2 degrees would move no pixel.)
    zoom : float
        The picture is enlarged or made smaller by up to this share.
    stretch : float
        The same for its width and its height apart.
    channel_shift : float
        Added to each colour, of 255.
    lighting : float
        Share by which brightness and contrast change.
    warp : float
        Perspective: the share of half a side by which corners move.
    fill : str
        What shows where the picture has been moved away: 'nearest' its edge, 'reflect', 'black'.
    randaugment : int
        Magnitude of two operations drawn from RandAugment's fourteen (Cubuk et al., CVPR workshops 2020), of
        30; 0 none.
    """

    rotation: float = 0.0
    flip: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    shear: float = 0.0
    zoom: float = 0.0
    stretch: float = 0.0
    channel_shift: float = 0.0
    lighting: float = 0.0
    warp: float = 0.0
    fill: str = "nearest"
    randaugment: int = 0


_P1 = Augmentation(rotation=40, flip=0.5, shift=(0.2, 0.2), shear=0.2, zoom=0.2, channel_shift=10)
# Numbers that a paper does not give are ours: P3's, P5's, and those of P1's several labels.
STUDIES: dict[str, Augmentation] = {
    "none": Augmentation(),
    "flip": Augmentation(flip=0.5),
    "p1": _P1,
    "p1-multi": Augmentation(
        rotation=10, flip=0.5, zoom=0.1, shear=0.1, lighting=0.2, warp=0.2, fill="reflect"
    ),
    "p3": Augmentation(rotation=20, flip=0.5, zoom=0.2, stretch=0.2),
    "p5": Augmentation(shift=(0.2, 0.2), rotation=20, zoom=0.2),
    "randaugment": Augmentation(flip=0.5, randaugment=9, fill="reflect"),
}


def named(told: str | Mapping[str, Any]) -> Augmentation:
    """An augmentation by a study's name, or from a table of numbers; 'like' in it names what it changes.

    Raises
    ------
    InputError
        If there is no such name or number, or a number cannot be.
    """
    if isinstance(told, str):
        if told not in STUDIES:
            raise InputError(f"no augmentation is called '{told}'", "augment", _choice())
        return STUDIES[told]
    numbers = dict(told)
    base = named(str(numbers.pop("like", "none")))
    known = {entry.name for entry in fields(Augmentation)}
    unknown = [name for name in numbers if name not in known]
    if unknown:
        raise InputError(
            f"an augmentation has no '{unknown[0]}'", "augment", f"It has: {', '.join(sorted(known))}."
        )
    return _checked(replace(base, **{name: _settled(value) for name, value in numbers.items()}))


def _settled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _checked(made: Augmentation) -> Augmentation:
    numbers = asdict(made)
    fill, shift = numbers.pop("fill"), numbers.pop("shift")
    pair = isinstance(shift, tuple) and len(shift) == 2
    values = [*numbers.values(), *(shift if pair else ())]
    fair = all(isinstance(each, (int, float)) and each >= 0 for each in values)
    if not fair or not pair or fill not in FILLS or made.flip > 1 or made.zoom >= 1 or made.stretch >= 1:
        raise InputError(
            "an augmentation has numbers from 0 up, a 'shift' of two, and flip, zoom, stretch up to 1",
            "augment",
            f"Correct it; fill is one of {', '.join(FILLS)}.",
        )
    return made


def _choice() -> str:
    return f"There are: {', '.join(STUDIES)}; or give a table of numbers."
