"""A process that reads with a mistake in its code."""

from __future__ import annotations

from cartellino.acquire import beside
from cartellino.acquire.reading import Reading

__all__ = ["serve"]
serve = beside.serve


def _batches(*_: object) -> None:
    raise AttributeError("a mistake")


Reading.batches = _batches  # type: ignore[assignment,method-assign]
