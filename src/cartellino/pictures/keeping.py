"""All pictures that works name, brought into the store; what cannot be trusted goes into quarantine."""

from __future__ import annotations

import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from cartellino.catalogue import Catalogue
from cartellino.catalogue.pictures import WantedPicture
from cartellino.errors import PictureError
from cartellino.pictures import reading
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress, Silent
from cartellino.records import Picture

_BATCH = 200
_PAGE = 1000
_T = TypeVar("_T")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """What became of the pictures that works name.

    Parameters
    ----------
    kept, quarantined, unchanged : int
        Pictures newly kept, newly quarantined, and left as they were because their file is the same.
    waiting : int
        Pictures that could not be fetched this time; the next run tries again.
    reasons : dict of str to int
        How many were quarantined or are waiting for each reason.
    """

    kept: int = 0
    quarantined: int = 0
    unchanged: int = 0
    waiting: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def __add__(self, other: KeptSummary) -> KeptSummary:
        """Both together."""
        reasons = Counter(self.reasons) + Counter(other.reasons)
        return KeptSummary(
            self.kept + other.kept,
            self.quarantined + other.quarantined,
            self.unchanged + other.unchanged,
            self.waiting + other.waiting,
            dict(reasons.most_common()),
        )


@dataclass(frozen=True, slots=True)
class _Case:
    """One wanted picture on its way: what is known of it so far."""

    wanted: WantedPicture
    stamp: str = ""
    file: reading.File | None = None
    picture: Picture | None = None
    reason: str = ""
    unchanged: bool = False


def keep_wanted(
    catalogue: Catalogue,
    store: PictureStore,
    base: Path,
    progress: Progress | None = None,
    workers: int = 2,
) -> KeptSummary:
    """Read, decode and keep every picture that works name and whose file is new or has changed.

    Files are read and decoded on threads (Pillow frees the interpreter meanwhile), a few at a time; what came
    of them is written to the catalogue in batches. Killed at any moment and run again, it goes on where it
    was: a picture is in the catalogue only once its file is whole in the store.

    Parameters
    ----------
    catalogue : Catalogue
        Its `pictures` say what is wanted.
    store : PictureStore
        Where pictures are kept.
    base : Path
        The folder that relative addresses start from.
    progress : Progress, optional
        Who is told.
    workers : int
        Threads.

    Raises
    ------
    StorageError
        If the store or the catalogue cannot be written; no picture is blamed for that.
    """
    progress = progress or Silent()
    tally: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    total = catalogue.pictures.in_files()
    if not total:
        return KeptSummary()
    progress.start("Keeping pictures", total, "pictures")
    with warnings.catch_warnings(), ThreadPoolExecutor(workers) as pool:
        warnings.filterwarnings(
            "ignore", module=r"PIL\."
        )  # what matters of them is said as a reason or a change
        keeper = _Keeper(catalogue, store, base, pool, workers)
        for batch in _batches(_told(keeper.cases(_wanted(catalogue)), progress)):
            store.settle()
            with catalogue.transaction():
                for case in batch:
                    tally[_recorded(catalogue, case)] += 1
                    reasons.update([case.reason] if case.reason and not case.unchanged else [])
    progress.finish()
    return counted(tally, reasons)


def counted(tally: Counter[str], reasons: Counter[str]) -> KeptSummary:
    """The summary of a run, from how often each thing happened."""
    return KeptSummary(
        tally["kept"],
        tally["quarantined"],
        tally["unchanged"],
        tally["waiting"],
        dict(reasons.most_common()),
    )


class _Keeper:
    def __init__(
        self, catalogue: Catalogue, store: PictureStore, base: Path, pool: Executor, workers: int
    ) -> None:
        self.catalogue, self.store, self.base, self.pool = catalogue, store, base, pool
        self.ahead = 2 * workers

    def cases(self, wanted: Iterable[WantedPicture]) -> Iterator[_Case]:
        """Read on the pool, look up here (a connection belongs to one thread), decode on the pool."""
        read = mapped(self.pool, self._read, wanted, self.ahead)
        looked_up = map(self._looked_up, read)
        return mapped(self.pool, self._kept, looked_up, self.ahead)

    def _read(self, wanted: WantedPicture) -> _Case:
        try:
            path = reading.located(self.base, wanted.address)
            stamp = self._stamp(wanted, reading.stamp(path))
            if wanted.stamp == stamp and wanted.status != "wanted":
                return _Case(wanted, unchanged=True)
            file = reading.read(path, self.store.settings.max_megapixels)
            return _Case(wanted, file.stamp, file)
        except PictureError as error:
            # A file that is away now (a drive unplugged) takes nothing back from a picture kept before.
            return _Case(wanted, reason=error.what, unchanged=wanted.status != "wanted")

    def _stamp(self, wanted: WantedPicture, stamp: str) -> str:
        return self._quarantine_stamp(stamp) if wanted.status == "quarantined" else stamp

    def _quarantine_stamp(self, stamp: str) -> str:
        """Names the cap too, so that raising it gives the file another chance."""
        return f"{stamp}-{self.store.settings.max_megapixels:g}"

    def _looked_up(self, case: _Case) -> _Case:
        known = self.catalogue.pictures.known(case.file.digest) if case.file else None
        if known and self.store.has(known):
            return _Case(case.wanted, case.stamp, picture=known)
        return case

    def _kept(self, case: _Case) -> _Case:
        if case.file is None:
            return case
        try:
            return _Case(case.wanted, case.stamp, picture=self.store.add(case.file.data))
        except PictureError as error:
            return _Case(case.wanted, self._quarantine_stamp(case.stamp), reason=error.what)


def _recorded(catalogue: Catalogue, case: _Case) -> str:
    if case.unchanged:
        return "unchanged"
    if case.picture:
        catalogue.pictures.keep(case.wanted.id, case.picture, case.stamp)
        return "kept"
    catalogue.pictures.quarantine(case.wanted.id, case.reason, case.stamp)
    return "quarantined"


def _wanted(catalogue: Catalogue) -> Iterator[WantedPicture]:
    after = 0
    while page := catalogue.pictures.wanted(_PAGE, after):
        yield from page
        after = page[-1].id


def _told(cases: Iterator[_Case], progress: Progress) -> Iterator[_Case]:
    for case in cases:
        progress.advance()
        yield case


def _batches(cases: Iterator[_Case]) -> Iterator[list[_Case]]:
    while batch := list(islice(cases, _BATCH)):
        yield batch


def mapped(pool: Executor, work: Callable[[_T], _R], items: Iterable[_T], ahead: int) -> Iterator[_R]:
    """Like pool.map, but only `ahead` items are taken before they are wanted, which bounds the memory."""
    waiting: deque[Future[_R]] = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
