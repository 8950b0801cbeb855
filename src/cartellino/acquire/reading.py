"""One reading of a source: its works in batches, as the catalogue writes them."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cartellino.acquire.source import Source
from cartellino.catalogue.batching import Batch, prepare
from cartellino.catalogue.sources import Source as KnownSource
from cartellino.records import Rejected, Unchanged, Work


@dataclass(slots=True)
class Reading:
    """A source on its way into a collection.

    Parameters
    ----------
    source : Source
        Where the works come from.
    home : Path
        The collection's folder.
    strict : bool
        Whether the reading ends at the first row that cannot be used.
    works : int
        Works read so far; a work of several rows counts with each.
    """

    source: Source
    home: Path
    strict: bool = False
    works: int = 0

    def batches(self, known: KnownSource) -> Generator[Batch, None, None]:
        """Read the source, which the catalogue has as `known`, from beginning to end."""
        for batch in prepare(self._at_home(), known, strict=self.strict):
            self.works += len(batch.works) + len(batch.unchanged)
            yield batch

    def _at_home(self) -> Iterator[Work | Unchanged | Rejected]:
        """The works; pictures inside the collection's folder are named from there: it can move."""
        if not self.source.base.is_relative_to(self.home):
            yield from self.source.works()
            return
        start = f"{self.home}{os.sep}"
        for item in self.source.works():
            if isinstance(item, Work) and item.pictures:
                yield replace(item, pictures=tuple(_from(start, address) for address in item.pictures))
            else:
                yield item


def _from(start: str, address: str) -> str:
    inside = address.removeprefix(start)
    return address if inside == address else inside.replace(os.sep, "/")
