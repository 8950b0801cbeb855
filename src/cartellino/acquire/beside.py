"""Reads a large source in a process beside the one that writes, so that two processors share the work.

Cutting rows into cells and digesting them takes as long as half of the writing, and Python's threads would
only take turns. A plain subprocess is started, not one of ``multiprocessing``, which would run the script of
a person who calls Cartellino from one a second time. What passes between the two is pickled and marshalled;
that is safe here, as it never leaves these two processes.
"""

from __future__ import annotations

import marshal
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from operator import attrgetter
from typing import IO, Any

from cartellino.acquire.reading import Reading
from cartellino.acquire.source import Remarks
from cartellino.catalogue.batching import Batch, Prepared, unswept
from cartellino.catalogue.sources import Source as KnownSource
from cartellino.errors import CartellinoError, StorageError
from cartellino.records import Rejected

_CHILD = "from cartellino.acquire.beside import main; main()"
_REJECTED = attrgetter("line", "reason", "raw")


def batches(reading: Reading, known: KnownSource) -> Generator[Batch, None, None]:
    """What `reading.batches` yields, read by a process of its own; by this one if none can be started.

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
        while isinstance(message, bytes):
            batch = _unpacked(message)
            reading.works += len(batch.works) + len(batch.unchanged)
            yield batch
            message = _next(answers)
    if isinstance(message, BaseException):
        raise message
    if message is None:
        raise StorageError(
            "the process that reads it was ended from outside, perhaps for lack of memory",
            reading.source.address,
            "Repeat the command: it goes on where it stopped.",
        )
    reading.source.remarks.kept, reading.source.remarks.count = message.kept, message.count


def main() -> None:
    """Read what standard input tells of; to standard output go batches, then the remarks or an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that writes decides what Ctrl-C means
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        reading, known = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started this one
    except Exception:  # made of something that only the other process can import: that one reads
        os._exit(1)
    _tell(answers, _read(reading, known, answers))


def _read(reading: Reading, known: KnownSource, answers: IO[bytes]) -> Remarks | BaseException:
    try:
        with unswept():
            for batch in reading.batches(known):
                _tell(answers, _packed(batch))
    except CartellinoError as error:
        return error
    except Exception as error:
        error.add_note(f"In the process that reads:\n{traceback.format_exc()}")
        return error
    return reading.source.remarks


def _tell(answers: IO[bytes], message: object) -> None:
    data = pickle.dumps(message)
    try:
        answers.write(data)
        answers.flush()
    except OSError:  # nobody listens any more
        os._exit(1)


@contextmanager
def _process(reading: Reading, known: KnownSource) -> Iterator[IO[bytes] | None]:
    """The answers of a process that reads, which is gone afterwards; None if there is none."""
    process = _started()
    if process is None:
        yield None
        return
    assert process.stdin
    assert process.stdout
    with process:
        try:
            _ask(process.stdin, reading, known)
            yield process.stdout
        finally:
            process.kill()


def _started() -> subprocess.Popen[bytes] | None:
    if getattr(sys, "frozen", False) or not sys.executable:  # then this is the program itself, not Python
        return None
    paths = os.pathsep.join(filter(None, sys.path))
    try:
        return subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, "-P", "-c", _CHILD],  # -P: not what lies in the folder one happens to be in
            env=os.environ | {"PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
    except OSError:
        return None


def _ask(questions: IO[bytes], reading: Reading, known: KnownSource) -> None:
    """Tell the process what to read; if that cannot be told, it ends without an answer."""
    with suppress(OSError, pickle.PicklingError, TypeError, AttributeError), questions:
        questions.write(pickle.dumps((reading, known)))


def _next(answers: IO[bytes] | None) -> Any:
    """The next message, or None if the process ended."""
    try:
        return pickle.load(answers) if answers else None  # noqa: S301 - of the process started here
    except (EOFError, pickle.UnpicklingError):
        return None


def _packed(batch: Batch) -> bytes:
    """A batch as bytes, in a third of the time that pickling it would take."""
    works, unchanged, rejected, last, refused = batch
    refusal = _REJECTED(refused) if refused else None
    return marshal.dumps((list(map(tuple, works)), unchanged, list(map(_REJECTED, rejected)), last, refusal))


def _unpacked(data: bytes) -> Batch:
    works, unchanged, rejected, last, refusal = marshal.loads(data)  # noqa: S302 - of the process started here
    return Batch(
        list(map(Prepared._make, works)),
        unchanged,
        [Rejected(*fields) for fields in rejected],
        last,
        Rejected(*refusal) if refusal else None,
    )
