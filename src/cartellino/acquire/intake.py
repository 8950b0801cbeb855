"""Brings the works of a source into a collection: rows into the catalogue, then pictures into the store."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from cartellino.acquire import beside
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.acquire.reading import Reading
from cartellino.acquire.remote.downloads import Again, fetch_wanted
from cartellino.acquire.remote.source import RemoteSource
from cartellino.acquire.remote.telling import Telling
from cartellino.acquire.source import Source
from cartellino.catalogue import Catalogue
from cartellino.catalogue.clock import now
from cartellino.catalogue.sources import Source as KnownSource
from cartellino.catalogue.works import Remark
from cartellino.catalogue.writing import Written
from cartellino.errors import InputError
from cartellino.pictures.keeping import KeptSummary, keep_wanted
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress, Silent
from cartellino.records import Rejected
from cartellino.settings import Settings

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Intake:
    """What came in, and what did not.

    Parameters
    ----------
    source : str
        Name of the source in the catalogue.
    written : Written
        Works added, updated, unchanged and gone, and rows rejected.
    pictures : KeptSummary
        Pictures kept, quarantined and unchanged.
    bad_rows, bad_pictures, remarks : tuple of str
        The first few of each, as sentences; the catalogue has them all.
    remark_count : int
        How many remarks there are.
    """

    source: str
    written: Written
    pictures: KeptSummary
    bad_rows: tuple[str, ...]
    bad_pictures: tuple[str, ...]
    remarks: tuple[str, ...]
    remark_count: int

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return asdict(self)


def bring_in(
    source: Source,
    catalogue: Catalogue,
    store: PictureStore,
    settings: Settings,
    progress: Progress,
    strict: bool = False,
    again: Again | None = None,
) -> Intake:
    """Make the catalogue hold what the source holds, and the store its pictures.

    Killed at any moment, the same call goes on; called again, it updates what changed and doubles nothing.

    Parameters
    ----------
    source : Source
        Where works come from.
    catalogue : Catalogue
        Where they go.
    store : PictureStore
        Where their pictures go.
    settings : Settings
        Of the collection.
    progress : Progress
        Who is told.
    strict : bool
        Whether the first row that cannot be used stops everything; then nothing of this reading is kept.
    again : Again, optional
        Which pictures of the web are asked for again; only those that are missing, if not given.

    Raises
    ------
    InputError
        If the source holds nothing, or with `strict`, at its first bad row, with line number and reason.
    StorageError
        If the disk is full or cannot be written.
    """
    begun = now()
    store.sweep()
    home = catalogue.path.resolve().parent
    with Fetcher(settings.fetch, Telling(progress)) as fetcher:
        if isinstance(source, RemoteSource):
            source.connect(fetcher, catalogue.fetches, progress)
        if strict:
            _check(source)
        name = _name(source, catalogue)
        key = catalogue.works.source(name, source.kind, source.address, source.columns, source.format)
        if source.heavy:
            source.texts = catalogue.works.texts(key)
        reading = Reading(source, home, strict)
        workers = settings.features.workers or os.cpu_count() or 1
        read = beside.batches if source.heavy and workers > 1 else Reading.batches
        told = Silent() if source.remote else progress  # it tells of each record itself
        with closing(read(reading, catalogue.works.known(key))) as batches:
            written = catalogue.works.write_batches(key, batches, progress=told)
        repeated = reading.works - written.added - written.updated - written.unchanged
        _write_remarks(catalogue, key, source, repeated)
        kept = keep_wanted(catalogue, store, home, progress, workers)
        kept += fetch_wanted(catalogue, store, fetcher, progress, workers, again)
    return _told(catalogue, key, name, written, kept, begun)


def _check(source: Source) -> None:
    """Read all before anything is written, so that a bad row costs nothing."""
    for item in source.works():
        if isinstance(item, Rejected):
            raise InputError(
                f"line {item.line} cannot be used: {item.reason}",
                source.address,
                "Correct it, or leave out --strict to go on without it.",
            )


def _name(source: Source, catalogue: Catalogue) -> str:
    """The source's name, with a number if another source has it already."""
    taken = {known.name: known for known in catalogue.works.sources()}
    name, count = source.name, 1
    while name in taken and not _same(source, taken[name]):
        count += 1
        name = f"{source.name} {count}"
    return name


def _same(source: Source, known: KnownSource) -> bool:
    """Whether a known source is this one: at the same place, or moved from there with most of its columns.

    A file of the same name elsewhere is another source while the first is still there: taken for the same, it
    would make all works of the first be gone.
    """
    if known.kind != source.kind or known.address == source.address:
        return known.kind == source.kind
    shared = {column.name for column in source.columns} & {column.name for column in known.columns}
    return 2 * len(shared) > len(known.columns) and not Path(known.address).exists()


def _write_remarks(catalogue: Catalogue, key: int, source: Source, repeated: int) -> None:
    if repeated > 0:
        text = f"{repeated:,} rows repeat an earlier row's id and belong to its work; this is the first"
        source.remarks.add(text, _first_repeating(catalogue, key))
    with catalogue.transaction():
        for remark in source.remarks:
            catalogue.works.remark(key, remark.text, work=_key(catalogue, remark.work_id), line=remark.line)


def _key(catalogue: Catalogue, work_id: str) -> int | None:
    try:
        return catalogue.works.key(work_id) if work_id else None
    except InputError:  # the row was refused after the source had remarked on it
        return None


def _first_repeating(catalogue: Catalogue, key: int) -> int | None:
    seen: set[int] = set()
    for line, work, _ in catalogue.works.rows(key):
        if work in seen:
            return line
        seen.add(work)
    return None


def _told(
    catalogue: Catalogue, key: int, name: str, written: Written, kept: KeptSummary, begun: str
) -> Intake:
    rejected = islice(catalogue.works.rejected(key), _SHOWN)
    quarantined = (each for each in catalogue.pictures.quarantined() if each.at >= begun)
    remarks = list(catalogue.works.remarks(key))
    return Intake(
        source=name,
        written=written,
        pictures=kept,
        bad_rows=tuple(map(_why, rejected)),
        bad_pictures=tuple(
            f"{each.work_id} · {each.address}: {each.reason}" for each in islice(quarantined, _SHOWN)
        ),
        remarks=tuple(map(_sentence, remarks[:_SHOWN])),
        remark_count=len(remarks),
    )


def _why(row: Rejected) -> str:
    where = row.raw if row.raw.startswith(("http://", "https://")) else f"line {row.line}"
    return f"{where}: {row.reason}"


def _sentence(remark: Remark) -> str:
    return remark.remark if remark.line is None else f"line {remark.line}: {remark.remark}"
