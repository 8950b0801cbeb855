"""Makes batches of what a source yields: checked, digested, ready to be written in one transaction each."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
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


class Batch(NamedTuple):
    """A stretch of a reading up to line `last`; `refused` is the row that ends the reading, if one does.

    For each of `works` there is its digest and, or None, that of its text; `unchanged` are lines.
    """

    works: list[Work]
    digests: list[int]
    texts: list[int | None]
    unchanged: list[int]
    rejected: list[Rejected]
    last: int
    refused: Rejected | None


def prepare(works: Iterable[Work | Unchanged | Rejected], source: Source, *, strict: bool) -> Iterator[Batch]:
    """The batches of a reading of `source`; with `strict` it ends before the first row that is rejected.

    Raises
    ------
    ValueError
        If the works are not in line order.
    """
    width = len(source.columns)
    digest, text_digest = digester(source), text_digester(source)
    last = 0
    for part in batches(works, max(1, min(_ROWS, _CELLS // max(1, width)))):
        items, refused = _checked(part, width, strict)
        last = refused.line - 1 if refused else _last_line(part, last)
        good = [item for item in items if isinstance(item, Work)]
        texts = [text_digest(work.text) if work.text else None for work in good]
        unchanged = [item.line for item in items if isinstance(item, Unchanged)]
        bad = [item for item in items if isinstance(item, Rejected)]
        yield Batch(good, list(map(digest, good)), texts, unchanged, bad, last, refused)
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


def _checked(
    items: list[Work | Unchanged | Rejected], width: int, strict: bool
) -> tuple[list[Work | Unchanged | Rejected], Rejected | None]:
    """The items as they can be written; with `strict`, those before the first that is rejected, and that."""
    checked = [
        item if type(item) is not Work or (len(item.cells) == width and item.id) else _fitted(item, width)
        for item in items
    ]
    if strict:
        for place, item in enumerate(checked):
            if isinstance(item, Rejected):
                return checked[:place], item
    return checked, None


def _fitted(work: Work, width: int) -> Work | Rejected:
    """The work with a cell for every column, or why it cannot be used."""
    over = len(work.cells) - width
    if over > 0:
        reason = f"it has {over} cells more than there are columns"
    elif not work.id:
        reason = "it has no id"
    else:
        return replace(work, cells=work.cells + (None,) * -over)
    return Rejected(work.line, reason, "\t".join(cell or "" for cell in work.cells))


def _last_line(items: Sequence[Work | Unchanged | Rejected], before: int) -> int:
    last = before
    for item in items:
        if item.line <= last:
            raise ValueError(f"a source yields its rows in line order, and {item.line} came after {last}")
        last = item.line
    return last
