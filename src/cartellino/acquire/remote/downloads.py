"""Pictures that works name on the web: fetched politely, decoded beside that, kept like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import starmap

from cartellino.acquire.fetch.asked import Asked, Failed, Got
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.catalogue import Catalogue
from cartellino.catalogue.pictures import WantedPicture
from cartellino.pictures.keeping import KeptSummary, at_work, counted, settled
from cartellino.pictures.orders import Found, Order
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress
from cartellino.records import Picture

_PAGE = 500  # addresses looked up in the ledger at a time
_BATCH = 100  # pictures written down at a time: what a kill can make fetched twice
_HANDFUL = 4  # pictures given to a worker at a time: a slow museum fills even that in seconds
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
    with at_work(store, workers, waiting, _HANDFUL) as crew:
        answers = fetcher.many(_asked(catalogue, again or Again()))
        outcomes = starmap(_outcome, crew.kept(map(_ordered, answers)))
        for batch in settled(store, outcomes, _BATCH, lambda outcome: outcome.picture):
            _record(catalogue, batch)
            tally.update(outcome.became for outcome in batch)
            reasons.update(outcome.reason for outcome in batch if outcome.reason)
            progress.advance(len(batch))
    progress.finish()
    return counted(tally, reasons)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An answer without its body, and what became of the body; `size` is its bytes."""

    answer: Got | Failed
    size: int = 0
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


def _ordered(answer: Got | Failed) -> tuple[_Outcome, Order | None]:
    """An answer, parted from its body: many wait to be written down."""
    if isinstance(answer, Failed):
        return _Outcome(answer, reason=answer.reason), None
    bare = _Outcome(replace(answer, data=b""), len(answer.data))
    return bare, Order(data=answer.data) if answer.fresh else None


def _outcome(bare: _Outcome, found: Found) -> _Outcome:
    return replace(bare, picture=found.picture, reason=found.reason or bare.reason)


def _record(catalogue: Catalogue, batch: Sequence[_Outcome]) -> None:
    """Write down what became of each picture and of each address, all or nothing."""
    kept = catalogue.pictures.kept_among([outcome.answer.asked.key for outcome in batch])
    pictures = [
        (outcome.answer.asked.key, outcome.picture, _stamp(outcome.answer))
        for outcome in batch
        if outcome.picture
    ]
    refused = [
        (outcome.answer.asked.key, outcome.reason, _stamp(outcome.answer))
        for outcome in batch
        if outcome.became == "quarantined" and outcome.answer.asked.key not in kept  # nothing is taken back
    ]
    got = [(outcome.answer, outcome.size) for outcome in batch if isinstance(outcome.answer, Got)]
    with catalogue.transaction():
        catalogue.pictures.keep_all(pictures)
        catalogue.pictures.quarantine_all(refused)
        catalogue.fetches.done(
            [
                (each.asked.address, _KIND, each.attempts, size, each.etag, each.modified, None)
                for each, size in got
                if each.fresh
            ]
        )
        catalogue.fetches.unchanged([each.asked.address for each, _ in got if not each.fresh])
        failed = [outcome.answer for outcome in batch if isinstance(outcome.answer, Failed)]
        catalogue.fetches.failed(
            [(each.asked.address, _KIND, each.lasting, each.attempts, each.reason) for each in failed]
        )


def _stamp(answer: Got | Failed) -> str:
    return (answer.etag or answer.modified) if isinstance(answer, Got) else ""
