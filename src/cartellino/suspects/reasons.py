"""Why a work is suspected, and how the reasons add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import prod
from typing import Any


class Kind(StrEnum):
    """What may be wrong with a work."""

    LABEL = "label"  # a model that has not seen it would label it otherwise
    TWIN = "twin"  # the same picture has another label elsewhere
    PICTURE = "picture"  # the picture shows something that is not the work
    PLACE = "place"  # it looks like nothing else, or like nothing of its class


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look at a work again.

    Parameters
    ----------
    kind : Kind
        What may be wrong.
    sentence : str
        Why, for a person to read.
    strength : float
        From 0 to 1: the chance, as far as this reason goes, that something is wrong.
    works : tuple of int
        Keys of the works that it speaks of.
    picture : str
        Digest of the picture that it speaks of, or ''.
    """

    kind: Kind
    sentence: str
    strength: float
    works: tuple[int, ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A work to look at again, with all its reasons.

    Parameters
    ----------
    work : int
        The work's key.
    given : tuple of str
        The labels it has.
    thought : tuple of (str, float)
        What a model that has not seen it thinks, likeliest first.
    reasons : tuple of Reason
        The strongest first.
    alike : tuple of int
        Keys of the works that look most like it, nearest first.
    """

    work: int
    given: tuple[str, ...]
    thought: tuple[tuple[str, float], ...]
    reasons: tuple[Reason, ...]
    alike: tuple[int, ...] = ()

    @property
    def doubt(self) -> float:
        """What the list is ranked by; see `together`."""
        return together(reason.strength for reason in self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """The same in JSON's terms."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> Suspect:
        """The suspect that `as_dict` told of."""
        reasons = tuple(
            Reason(
                Kind(each["kind"]), each["sentence"], each["strength"], tuple(each["works"]), each["picture"]
            )
            for each in told["reasons"]
        )
        thought = tuple((label, chance) for label, chance in told["thought"])
        return cls(told["work"], tuple(told["given"]), thought, reasons, tuple(told["alike"]))


def together(strengths: Iterable[float]) -> float:
    """The chance that at least one of several reasons holds, if they are independent: 1 − ∏(1 − s)."""
    return 1 - prod(1 - strength for strength in strengths)


def ranked(suspects: Iterable[Suspect]) -> list[Suspect]:
    """The most doubtful first; equals in the order of their keys."""
    return sorted(suspects, key=lambda each: (-each.doubt, each.work))


def of_kind(suspects: Sequence[Suspect], kinds: Iterable[str]) -> list[Suspect]:
    """Those with a reason of one of `kinds`, in their order; all of them if none is named."""
    wanted = set(kinds)
    return [each for each in suspects if not wanted or wanted & {str(reason.kind) for reason in each.reasons}]
