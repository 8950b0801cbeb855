"""All pictures that works name, brought into the store; what cannot be trusted goes into quarantine."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cartellino.catalogue import Catalogue
from cartellino.catalogue.database import batches
from cartellino.catalogue.pictures import WantedPicture
from cartellino.errors import PictureError
from cartellino.pictures import reading
from cartellino.pictures.orders import Found, Order, keep, quarantine_stamp
from cartellino.pictures.store import PictureStore
from cartellino.pictures.workers import MANY, Workers, mapped
from cartellino.progress import Progress, Silent
from cartellino.records import Picture

_BATCH = 200
_PAGE = 1000
_T = TypeVar("_T")


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


def keep_wanted(
    catalogue: Catalogue,
    store: PictureStore,
    base: Path,
    progress: Progress | None = None,
    workers: int = 2,
) -> KeptSummary:
    """Read, decode and keep every picture that works name and whose file is new or has changed.

    Files are read and decoded by workers (`cartellino.pictures.workers`), a few at a time; while they go on,
    what came of them is settled on the disk and written to the catalogue in batches. Killed at any moment and
    run again, it goes on where it was: a picture is in the catalogue only once its file is whole in the
    store.

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
        How many.

    Raises
    ------
    StorageError
        If the store or the catalogue cannot be written; no picture is blamed for that.
    """
    progress = progress or Silent()
    total = catalogue.pictures.in_files()
    if not total:
        return KeptSummary()
    progress.start("Keeping pictures", total, "pictures")
    with at_work(store, workers, total) as crew:
        run = _Run(catalogue, store, base, progress, crew)
        for batch in settled(store, run.cases(), _BATCH, lambda case: case[1].picture):
            run.record(batch)
    progress.finish()
    return counted(run.tally, run.reasons)


def counted(tally: Counter[str], reasons: Counter[str]) -> KeptSummary:
    """The summary of a run, from how often each thing happened."""
    return KeptSummary(
        tally["kept"],
        tally["quarantined"],
        tally["unchanged"],
        tally["waiting"],
        dict(reasons.most_common()),
    )


@contextmanager
def at_work(store: PictureStore, workers: int, total: int, handful: int = 16) -> Iterator[Workers]:
    """Workers for a job of `total` pictures, in processes if they are many."""
    with warnings.catch_warnings(), Workers(store, workers, apart=total >= MANY, handful=handful) as crew:
        # what matters of Pillow's warnings is said as a reason or a change
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield crew


def settled(
    store: PictureStore, cases: Iterable[_T], size: int, picture: Callable[[_T], Picture | None]
) -> Iterator[list[_T]]:
    """Batches of cases whose pictures are safe on the disk; it is waited for while others are made."""

    def settle(batch: list[_T]) -> list[_T]:
        store.settle(filter(None, map(picture, batch)))
        return batch

    with ThreadPoolExecutor(1, thread_name_prefix="disk") as disk:
        yield from mapped(disk, settle, batches(cases, size), 2)


class _Run:
    def __init__(
        self, catalogue: Catalogue, store: PictureStore, base: Path, progress: Progress, crew: Workers
    ) -> None:
        self.catalogue, self.store, self.base = catalogue, store, base
        self.progress, self.crew = progress, crew
        self.tally: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()

    def cases(self) -> Iterator[tuple[WantedPicture, Found]]:
        """Every picture that is new or has changed, with what became of it."""
        for wanted, found in self.crew.kept(self._orders()):
            yield wanted, self._looked_up(wanted, found) if found.digest else found
            self.progress.advance()

    def record(self, batch: Sequence[tuple[WantedPicture, Found]]) -> None:
        """Write down what became of them, all or nothing."""
        kept = [(wanted.id, found.picture, found.stamp) for wanted, found in batch if found.picture]
        refused = [
            (wanted.id, found.reason, found.stamp) for wanted, found in batch if _is_refused(wanted, found)
        ]
        with self.catalogue.transaction():
            self.catalogue.pictures.keep_all(kept)
            self.catalogue.pictures.quarantine_all(refused)
        unchanged = len(batch) - len(kept) - len(refused)
        self.tally.update(kept=len(kept), quarantined=len(refused), unchanged=unchanged)
        self.reasons.update(reason for _, reason, _ in refused)

    def _orders(self) -> Iterator[tuple[WantedPicture, Order]]:
        after = 0
        while page := self.catalogue.pictures.wanted(_PAGE, after):
            after = page[-1].id
            for wanted in page:
                if wanted.status != "wanted" and self._is_as_it_was(wanted):
                    self.tally["unchanged"] += 1
                    self.progress.advance()
                else:
                    yield wanted, Order(str(self.base), wanted.address)

    def _is_as_it_was(self, wanted: WantedPicture) -> bool:
        """Whether the file is the one that was read; one that is away now takes nothing back."""
        try:
            stamp = reading.stamp(reading.located(self.base, wanted.address))
        except PictureError:
            return True
        if wanted.status == "quarantined":
            stamp = quarantine_stamp(self.store, stamp)
        return wanted.stamp == stamp

    def _looked_up(self, wanted: WantedPicture, found: Found) -> Found:
        """Here, because a connection to the catalogue belongs to one thread."""
        known = self.catalogue.pictures.known(found.digest)
        if known and self.store.has(known):
            return Found(known, stamp=found.stamp)
        # A run that was killed had got this far with it.
        return keep(self.store, Order(str(self.base), wanted.address, anew=True))


def _is_refused(wanted: WantedPicture, found: Found) -> bool:
    """Whether it goes into quarantine; a file that went away meanwhile takes nothing back."""
    return bool(found.reason) and not (found.away and wanted.status != "wanted")
