"""Makes batches of what a source yields: checked, digested, ready to be written in one transaction each."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from cartellino.catalogue.database import batches
from cartellino.catalogue.digests import digester
from cartellino.catalogue.sources import Source
from cartellino.catalogue.texts import text_digester
from cartellino.records import Rejected, Unchanged, Work

_ROWS = 4_000  # in one transaction: what a kill can cost; words are indexed at half the cost of 1,000
_CELLS = 400_000  # in one transaction, for very wide tables


class Prepared(NamedTuple):
    """A work of one row, with the digest of all that was read and, or None, that of its text."""

    line: int
    id: str
    accession: str
    title: str
    cells: tuple[str | None, ...]
    several: tuple[tuple[int, tuple[str, ...]], ...]
    pictures: tuple[str, ...]
    digest: int
    text: int | None


class Batch(NamedTuple):
    """A stretch of a reading up to line `last`; `refused` is the row that ends the reading, if one does.

    `unchanged` are the lines of rows that are left as they stand.
    """

    works: list[Prepared]
    unchanged: list[int]
    rejected: list[Rejected]
    last: int
    refused: Rejected | None


Item = Prepared | Unchanged | Rejected


def prepare(works: Iterable[Work | Unchanged | Rejected], source: Source, *, strict: bool) -> Iterator[Batch]:
    """The batches of a reading of `source`; with `strict` it ends before the first row that is rejected.

    Raises
    ------
    ValueError
        If the works are not in line order.
    """
    width = len(source.columns)
    last = 0
    for part in batches(map(_preparer(source), works), max(1, min(_ROWS, _CELLS // max(1, width)))):
        items, refused = _accepted(part) if strict else (part, None)
        last = refused.line - 1 if refused else _last_line(part, last)
        prepared = [item for item in items if isinstance(item, Prepared)]
        unchanged = [item.line for item in items if isinstance(item, Unchanged)]
        rejected = [item for item in items if isinstance(item, Rejected)]
        yield Batch(prepared, unchanged, rejected, last, refused)
        if refused:
            return


@contextmanager
def unswept() -> Iterator[None]:
    """Leave the search for circular garbage for later: rows make none, and looking costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _preparer(source: Source) -> Callable[[Work | Unchanged | Rejected], Item]:
    """A function that makes of a work what can be written, or tells why it cannot be used."""
    width, digest, text_digest = len(source.columns), digester(source), text_digester(source)

    def prepared(work: Work | Unchanged | Rejected) -> Item:
        if not isinstance(work, Work):
            return work
        if len(work.cells) > width or not work.id:
            return _unfit(work, width)
        if len(work.cells) < width:
            work = replace(work, cells=work.cells + (None,) * (width - len(work.cells)))
        text = text_digest(work.text) if work.text else None
        return Prepared(
            work.line,
            work.id,
            work.accession,
            work.title,
            work.cells,
            work.several,
            work.pictures,
            digest(work),
            text,
        )

    return prepared


def _unfit(work: Work, width: int) -> Rejected:
    over = len(work.cells) - width
    reason = f"it has {over} cells more than there are columns" if over > 0 else "it has no id"
    return Rejected(work.line, reason, "\t".join(cell or "" for cell in work.cells))


def _accepted(items: list[Item]) -> tuple[list[Item], Rejected | None]:
    """The items before the first that is rejected, and that."""
    for place, item in enumerate(items):
        if isinstance(item, Rejected):
            return items[:place], item
    return items, None


def _last_line(items: Sequence[Item], before: int) -> int:
    last = before
    for item in items:
        if item.line <= last:
            raise ValueError(f"a source yields its rows in line order, and {item.line} came after {last}")
        last = item.line
    return last
