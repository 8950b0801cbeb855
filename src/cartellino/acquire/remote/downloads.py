"""Pictures that works name on the web: fetched politely, decoded beside that, kept like any other."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from cartellino.acquire.fetch.asked import Asked, Failed, Got
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.catalogue import Catalogue
from cartellino.catalogue.pictures import WantedPicture
from cartellino.errors import PictureError
from cartellino.pictures.keeping import KeptSummary, counted, mapped
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress
from cartellino.records import Picture

_PAGE = 500  # addresses looked up in the ledger at a time
_BATCH = 100  # pictures written down at a time: what a kill can make fetched twice
_KIND = "picture"


@dataclass(frozen=True, slots=True)
class Again:
    """What is to be asked for again.

    Parameters
    ----------
    kept : bool
        Pictures that are kept, if they changed since (RFC 9110, section 13: conditional requests).
    refused : bool
        Pictures in quarantine, whatever the reason.
    """

    kept: bool = False
    refused: bool = False


def fetch_wanted(
    catalogue: Catalogue,
    store: PictureStore,
    fetcher: Fetcher,
    progress: Progress,
    workers: int,
    again: Again | None = None,
) -> KeptSummary:
    """Fetch, decode and keep every picture that works name on the web and that is not kept yet.

    Killed at any moment and run again, it goes on where it was; an address that failed for the moment is
    tried again by the next run, one that failed for good is in quarantine with its reason.

    Raises
    ------
    StorageError
        If the store or the catalogue cannot be written; no picture is blamed for that.
    """
    tally: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    waiting = catalogue.pictures.waiting_on_web()
    if not waiting and again is None:
        return KeptSummary()
    progress.start("Fetching pictures", waiting, "pictures")
    with warnings.catch_warnings(), ThreadPoolExecutor(workers) as pool:
        warnings.filterwarnings("ignore", module=r"PIL\.")
        answers = fetcher.many(_asked(catalogue, again or Again()))
        outcomes = mapped(pool, lambda answer: _outcome(store, answer), answers, 2 * workers)
        while batch := list(islice(outcomes, _BATCH)):
            store.settle()
            _record(catalogue, batch)
            tally.update(outcome.became for outcome in batch)
            reasons.update(outcome.reason for outcome in batch if outcome.reason)
            progress.advance(len(batch))
    progress.finish()
    return counted(tally, reasons)


@dataclass(frozen=True, slots=True)
class _Outcome:
    answer: Got | Failed
    picture: Picture | None = None
    reason: str = ""

    @property
    def became(self) -> str:
        if self.picture:
            return "kept"
        if isinstance(self.answer, Failed):
            return "quarantined" if self.answer.lasting else "waiting"
        return "quarantined" if self.reason else "unchanged"


def _asked(catalogue: Catalogue, again: Again) -> Iterator[Asked]:
    after = 0
    while page := catalogue.pictures.wanted(_PAGE, after, web=True):
        after = page[-1].id
        statuses = {"wanted", "kept" if again.kept else "", "quarantined" if again.refused else ""}
        yield from _of(catalogue, [wanted for wanted in page if wanted.status in statuses])


def _of(catalogue: Catalogue, page: Sequence[WantedPicture]) -> Iterator[Asked]:
    kept = [wanted.address for wanted in page if wanted.status == "kept"]
    known = catalogue.fetches.known(kept) if kept else {}
    for wanted in page:
        before = known.get(wanted.address)
        mark = (before.etag, before.modified) if before else ("", "")
        yield Asked(wanted.address, accept="image/*", etag=mark[0], modified=mark[1], key=wanted.id)


def _outcome(store: PictureStore, answer: Got | Failed) -> _Outcome:
    if isinstance(answer, Failed):
        return _Outcome(answer, reason=answer.reason)
    if not answer.fresh:
        return _Outcome(answer)
    try:
        return _Outcome(answer, store.add(answer.data))
    except PictureError as error:
        return _Outcome(answer, reason=error.what)


def _record(catalogue: Catalogue, batch: Sequence[_Outcome]) -> None:
    """Write down what became of each picture and of each address, all or nothing."""
    kept = catalogue.pictures.kept_among([outcome.answer.asked.key for outcome in batch])
    with catalogue.transaction():
        for outcome in batch:
            key, stamp = outcome.answer.asked.key, _stamp(outcome.answer)
            if outcome.picture:
                catalogue.pictures.keep(key, outcome.picture, stamp)
            elif outcome.became == "quarantined" and key not in kept:  # what is gone takes nothing back
                catalogue.pictures.quarantine(key, outcome.reason, stamp)
        got = [outcome.answer for outcome in batch if isinstance(outcome.answer, Got)]
        catalogue.fetches.done(
            [
                (each.asked.address, _KIND, each.attempts, len(each.data), each.etag, each.modified, None)
                for each in got
                if each.fresh
            ]
        )
        catalogue.fetches.unchanged([each.asked.address for each in got if not each.fresh])
        failed = [outcome.answer for outcome in batch if isinstance(outcome.answer, Failed)]
        catalogue.fetches.failed(
            [(each.asked.address, _KIND, each.lasting, each.attempts, each.reason) for each in failed]
        )


def _stamp(answer: Got | Failed) -> str:
    return (answer.etag or answer.modified) if isinstance(answer, Got) else ""
