"""Reads a large source in a process beside the one that writes, so that two processors share the work.

Cutting rows into cells and digesting them takes as long as half of the writing, and Python's threads would
only take turns. What the other process needs is told in JSON: what the source was made with, and how the
catalogue knows it.
"""

from __future__ import annotations

import os
import subprocess
from array import array
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple
from pathlib import Path
from typing import IO, Any

from cartellino import processes
from cartellino.acquire.reading import Reading
from cartellino.acquire.registry import SOURCES
from cartellino.acquire.source import Remark
from cartellino.catalogue.batching import Batch, Prepared, unswept
from cartellino.catalogue.sources import Source as KnownSource
from cartellino.catalogue.texts import Texts
from cartellino.errors import CartellinoError, StorageError
from cartellino.records import Column, Rejected

_MODULE = "cartellino.acquire.beside"
_CELL, _ROW = "\x1f", "\x1e"  # ASCII's separators of units and records; a row that has one goes as JSON


def batches(reading: Reading, known: KnownSource) -> Generator[Batch, None, None]:
    """What `reading.batches` yields, read by a process of its own; by this one if none can be begun.

    The process is at most one batch ahead, since a pipe holds little, and ends when this iterator is closed
    or this process dies. Errors of the source are raised here as they would be without it.

    Raises
    ------
    StorageError
        If the process is killed before it has read all.
    """
    with _process(reading, known) as answers:
        message = _next(answers)
        if message is None:
            yield from reading.batches(known)
            return
        while message and "batch" in message:
            batch = _unpacked(message["batch"], message["cells"])
            reading.works += len(batch.works) + len(batch.unchanged)
            yield batch
            message = _next(answers)
    if message is None:
        raise StorageError(
            "the process that reads it was ended from outside, perhaps for lack of memory",
            reading.source.address,
            "Repeat the command: it goes on where it stopped.",
        )
    if "error" in message:
        raise processes.made(message["error"])
    remarks = reading.source.remarks
    remarks.kept, remarks.count = [Remark(*each) for each in message["remarks"]], message["count"]


def serve() -> None:
    """Read what comes in tells of; out go batches, then the remarks or an error."""
    coming, going = processes.ways()
    try:
        reading, known = _asked(coming)
    except Exception:  # it cannot be made here: the other process reads, and says what is wrong
        os._exit(1)
    try:
        processes.say(going, _read(reading, known, going))
    except OSError:  # nobody listens any more
        os._exit(1)


def _read(reading: Reading, known: KnownSource, going: IO[bytes]) -> dict[str, Any]:
    try:
        with unswept():
            for batch in reading.batches(known):
                _tell(going, batch)
    except BrokenPipeError:
        raise
    except Exception as error:
        return {"error": processes.told(error)}
    remarks = reading.source.remarks
    return {"remarks": [astuple(each) for each in remarks.kept], "count": remarks.count}


@contextmanager
def _process(reading: Reading, known: KnownSource) -> Iterator[IO[bytes] | None]:
    """The answers of a process that reads, which is gone afterwards; None if there is none."""
    process = _started() if _can_be_told(reading) else None
    if process is None:
        yield None
        return
    going, coming = processes.pipes(process)
    with process:
        try:
            _ask(going, reading, known)
            yield coming
        finally:
            process.kill()


def _started() -> subprocess.Popen[bytes] | None:
    try:
        return processes.begun(_MODULE)
    except OSError:
        return None


def _can_be_told(reading: Reading) -> bool:
    """Whether another process could make the source: one of the registry that says what it is made with."""
    source = reading.source
    try:
        return bool(source.made_with) and SOURCES.load(source.kind) is type(source)
    except CartellinoError:
        return False


def _ask(going: IO[bytes], reading: Reading, known: KnownSource) -> None:
    """Tell the process what to read; if it is gone already, it will not answer."""
    source = reading.source
    texts = source.texts
    try:
        processes.say(
            going,
            {
                "kind": source.kind,
                "made_with": source.made_with,
                "home": str(reading.home),
                "strict": reading.strict,
                "known": asdict(known),
                "texts": None if texts is None else len(texts.lines) * texts.lines.itemsize,
            },
        )
        if texts is not None:
            going.write(texts.lines.tobytes() + texts.digests.tobytes())
        going.close()
    except OSError:
        return


def _asked(coming: IO[bytes]) -> tuple[Reading, KnownSource]:
    said = processes.heard(coming)
    columns = tuple(Column(**each) for each in said["known"].pop("columns"))
    known = KnownSource(**said["known"], columns=columns)
    source = SOURCES.load(said["kind"])(**said["made_with"])
    if said["texts"] is not None:
        size = said["texts"]
        source.texts = Texts(known, array("q", coming.read(size)), array("q", coming.read(size)))
    return Reading(source, Path(said["home"]), said["strict"]), known


def _next(answers: IO[bytes] | None) -> dict[str, Any] | None:
    """The next message, with the bytes of its cells; None if the process ended."""
    try:
        message: dict[str, Any] | None = processes.heard(answers) if answers else None
    except EOFError:
        return None
    if answers and message and "batch" in message:
        size, message["cells"] = message["cells"], answers.read(message["cells"])
        return message if len(message["cells"]) == size else None
    return message


def _tell(going: IO[bytes], batch: Batch) -> None:
    """Send a batch: what is short as JSON, then the cells as one text, which is cut in half the time."""
    works, unchanged, rejected, last, refused = batch
    texts = [_text(work.cells) for work in works]
    short = [_short(*each) for each in zip(works, texts, strict=True)]
    cells = _ROW.join(text or "" for text in texts).encode("utf-8", "surrogatepass")
    told = short, unchanged, list(map(astuple, rejected)), last, refused and astuple(refused)
    processes.say(going, {"batch": told, "cells": len(cells)})
    going.write(cells)
    going.flush()


def _text(cells: tuple[str | None, ...]) -> str | None:
    """A row's cells as one text, if cutting gives them back."""
    try:
        text = _CELL.join(cells)  # type: ignore[arg-type]
    except TypeError:  # a cell is None
        return None
    return text if text.count(_CELL) == len(cells) - 1 and _ROW not in text else None


def _short(work: Prepared, text: str | None) -> tuple[Any, ...]:
    line, id_, accession, title, cells, *others = work
    return line, id_, accession, title, cells if text is None else None, *others


def _unpacked(said: list[Any], cells: bytes) -> Batch:
    works, unchanged, rejected, last, refused = said
    texts = cells.decode("utf-8", "surrogatepass").split(_ROW)
    return Batch(
        [_work(text, *each) for text, each in zip(texts, works, strict=False)],
        unchanged,
        [Rejected(*each) for each in rejected],
        last,
        Rejected(*refused) if refused else None,
    )


def _work(
    text: str,
    line: int,
    id_: str,
    accession: str,
    title: str,
    cells: list[str | None] | None,
    several: list[Any],
    pictures: list[str],
    digest: int,
    text_digest: int | None,
) -> Prepared:
    values = tuple((column, tuple(told)) for column, told in several) if several else ()
    whole = tuple(text.split(_CELL) if cells is None else cells)
    return Prepared(line, id_, accession, title, whole, values, tuple(pictures), digest, text_digest)
