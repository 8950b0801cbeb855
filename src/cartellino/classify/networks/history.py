"""What each epoch came to, which was the best, and when to stop: all of it read off the rows of a history."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from cartellino.classify.networks.measures import WATCHED

Row = dict[str, Any]

LEARNT, ASKED = "train", "validation"
_TOLD = ("loss", "accuracy", "top-3", "top-5", "f1", "f2", "rate")
_DIGITS = 5  # as many as a curve can show, so that cards stay small


def watched(rows: Sequence[Row], what: str) -> list[float]:
    """The validation part's values of a measure, one for each epoch."""
    return [row[what] for row in rows if row["part"] == ASKED]


def best(rows: Sequence[Row], what: str) -> int:
    """The epoch with the best value (the first of equals), from 1; without a validation part the last."""
    values = watched(rows, what)
    if not values:
        return max((row["epoch"] for row in rows), default=0)
    better = max if WATCHED[what] else min
    return values.index(better(values)) + 1


def is_over(rows: Sequence[Row], what: str, patience: int | None, last_stage: int) -> bool:
    """Whether `patience` epochs in a row, all of the last stage, brought nothing better.

    Parameters
    ----------
    rows : sequence of Row
        The history so far.
    what : str
        The measure that is watched.
    patience : int or None
        None: never.
    last_stage : int
        Epochs before the last stage.
    """
    values = watched(rows, what)
    return patience is not None and len(values) - max(best(rows, what), last_stage) >= patience


def table(rows: Sequence[Row]) -> str:
    """The history as CSV (RFC 4180), a line for each epoch and part."""
    written = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(written, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def told(rows: Sequence[Row]) -> list[Row]:
    """What is worth keeping of a history, as JSON's numbers: 'epoch', 'part' and all measures."""
    return [_told(row) for row in rows]


def _told(row: Row) -> Row:
    kept = {key: float(f"{row[key]:.{_DIGITS}g}") for key in _TOLD if key in row}
    return {"epoch": int(row["epoch"]), "part": str(row["part"]), **kept}
