"""What may go wrong, and when: drawn from the seed, the path and the attempt, so that runs repeat."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

REFUSALS = ("server_error", "too_many")
MANNERS = ("stall", "reset_mid_body", "truncate", "drip")
TEMPORARY = REFUSALS + MANNERS
OF_OBJECTS = ("missing", "redirect_loop", "redirect_to", "gzip_bomb")
OF_PICTURES = (*OF_OBJECTS, "truncated_jpeg", "mislabel", "html_as_jpeg", "noai")


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of a museum, all of them off unless asked for; each a share of what it may befall, 0 to 1.

    A path has at most one lasting fault, and at most one temporary fault an attempt; so the shares of each
    kind may not exceed 1 together. Temporary faults never befall robots.txt.

    Parameters
    ----------
    seed : int
        Another seed, other faults.
    most : int
        A path's temporary faults end after so many: whoever comes again long enough is served.
    forbid_after : int
        So many requests a second are served; whoever asks more gets 403 for `forbid_seconds`, as at the Met.
        0 for no such limit.
    forbid_seconds : float
        How long.
    server_error : float
        Temporary: 500, 502 or 503.
    too_many : float
        Temporary: 429 with Retry-After, in seconds or as an HTTP date.
    retry_after : int
        Seconds that it says.
    stall : float
        Temporary: silence for `stall_seconds`, before the answer or in the middle of its body; then the end.
    stall_seconds : float
        How long.
    reset_mid_body : float
        Temporary: the connection is reset (RST) after half of the body.
    truncate : float
        Temporary: half of the body that Content-Length promises, then an orderly end.
    drip : float
        Temporary: the whole body, in small parts over `drip_seconds`.
    drip_seconds : float
        How long.
    missing : float or collection of int
        Lasting: 404, for a share of objects and of pictures, or for the objects of these ids.
    redirect_loop : float
        Lasting: redirects that lead in circles.
    redirect_to : float
        Lasting: a redirect to one of `redirect_targets`.
    redirect_targets : tuple of str
        Addresses where no museum has its pictures.
    gzip_bomb : float
        Lasting: a small answer that unfolds to `bomb_megabytes` of zeros.
    bomb_megabytes : int
        How much.
    truncated_jpeg : float
        Lasting, pictures: the first two thirds of the file, with the length of just these.
    mislabel : float
        Lasting, pictures: a PNG that is called image/jpeg. It can be had all the same.
    html_as_jpeg : float
        Lasting, pictures: a page of HTML that is called image/jpeg.
    noai : float
        Lasting, pictures: served with 'X-Robots-Tag: noai, noimageai'.

    Raises
    ------
    ValueError
        If a share is not within 0 and 1, or those of one kind exceed 1 together.
    """

    seed: int = 0
    most: int = 2
    forbid_after: int = 0
    forbid_seconds: float = 1.0
    server_error: float = 0.0
    too_many: float = 0.0
    retry_after: int = 1
    stall: float = 0.0
    stall_seconds: float = 5.0
    reset_mid_body: float = 0.0
    truncate: float = 0.0
    drip: float = 0.0
    drip_seconds: float = 1.0
    missing: float | Collection[int] = 0.0
    redirect_loop: float = 0.0
    redirect_to: float = 0.0
    redirect_targets: tuple[str, ...] = ("http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/")
    gzip_bomb: float = 0.0
    bomb_megabytes: int = 256
    truncated_jpeg: float = 0.0
    mislabel: float = 0.0
    html_as_jpeg: float = 0.0
    noai: float = 0.0

    def __post_init__(self) -> None:
        for kinds in (TEMPORARY, OF_PICTURES):
            shares = [self._share(kind) for kind in kinds]
            if min(shares) < 0 or sum(shares) > 1 + 1e-9:
                raise ValueError(f"shares of faults must be within 0 and 1 together: {shares}")

    @classmethod
    def all(cls, share: float = 0.01, **others: Any) -> Faults:
        """Every fault at once, each with the same share; `others` are as they are told."""
        shares = dict.fromkeys((*TEMPORARY, *OF_PICTURES), share)
        return cls(**({"forbid_after": 200} | shares | others))

    @classmethod
    def named(cls, words: str) -> Faults:
        """The faults in words: 'none', 'all', 'all=0.02' or 'stall=0.1,drip=0.2,seed=3'."""
        settings = dict(part.partition("=")[::2] for part in words.split(",") if part and part != "none")
        share = settings.pop("all", None)
        unknown = settings.keys() - {each.name for each in fields(cls)}
        if unknown:
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}")
        numbers: dict[str, Any] = {
            name: float(value) if "." in value else int(value) for name, value in settings.items()
        }
        return cls(**numbers) if share is None else cls.all(float(share or 0.01), **numbers)

    def _share(self, kind: str) -> float:
        value = getattr(self, kind)
        return float(value) if isinstance(value, int | float) else 0.0

    def lasting(self, kind: str, key: str, work: int) -> str:
        """The lasting fault of an object or picture; '' if it has none."""
        if kind not in ("object", "picture"):
            return ""
        if not isinstance(self.missing, int | float) and work in self.missing:
            return "missing"
        return self._drawn(OF_PICTURES if kind == "picture" else OF_OBJECTS, "lasting", key)

    def temporary(self, target: str, attempt: int) -> str:
        """The fault drawn for an attempt, whatever went before it; '' for none."""
        return self._drawn(TEMPORARY, "temporary", target, attempt)

    def _drawn(self, kinds: tuple[str, ...], *what: object) -> str:
        shares = [self._share(kind) for kind in kinds]
        if not any(shares):
            return ""
        lot = drawn(self.seed, *what)
        for kind, share in zip(kinds, shares, strict=True):
            if lot < share:
                return kind
            lot -= share
        return ""


def drawn(*what: object) -> float:
    """A number from 0 up to 1 that follows from `what` alone."""
    digest = hashlib.blake2b("|".join(map(str, what)).encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


class Dice:
    """The temporary faults of a run: who asks for the same things as often meets the same faults."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._attempts: Counter[str] = Counter()
        self._met: Counter[str] = Counter()

    def thrown(self, target: str) -> tuple[str, int]:
        """The fault of this attempt ('' for none), and which attempt it is, from 0."""
        attempt = self._attempts[target]
        self._attempts[target] += 1
        if target == "/robots.txt" or self._met[target] >= self._faults.most:
            return "", attempt
        fault = self._faults.temporary(target, attempt)
        self._met[target] += bool(fault)
        return fault, attempt
