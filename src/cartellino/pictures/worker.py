"""A process that keeps pictures for another one: handfuls come in, answers go out, until the other is gone.

Lines of JSON, and the bytes of pictures after the line that orders them: what comes back from a process that
has read a hostile picture is data and can never be code.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import IO, Any

from filelock import FileLock

from cartellino import processes
from cartellino.pictures import opening
from cartellino.pictures.orders import Found, Order, keep
from cartellino.pictures.store import PictureStore
from cartellino.records import Picture, Trim
from cartellino.settings import PictureSettings


def serve() -> None:
    """Read which store it is, say that we are ready, then answer handful after handful.

    The other's death ends what comes in, on every system, and so us.
    """
    warnings.filterwarnings("ignore", module=r"PIL\.")
    coming, going = processes.ways()
    try:
        folder, settings = processes.heard(coming)
        store = PictureStore(Path(folder), PictureSettings(**settings))
        opening.share_large(FileLock(store.begun / "large.lock"))
        processes.say(going, "ready")
        while True:
            processes.say(going, _done(store, _ordered(coming)))
    except (EOFError, OSError):
        os._exit(0)


def introduce(going: IO[bytes], store: PictureStore) -> None:
    """Tell a worker which store it works for."""
    processes.say(going, (str(store.folder.absolute()), asdict(store.settings)))


def is_ready(coming: IO[bytes]) -> bool:
    """Wait for a worker's first word."""
    return bool(processes.heard(coming) == "ready")


def order(going: IO[bytes], handful: Sequence[Order | None]) -> None:
    """Give a handful to a worker; None for nothing to do."""
    processes.say(going, [each and (each.base, each.address, len(each.data), each.anew) for each in handful])
    for each in handful:
        if each and each.data:
            going.write(each.data)
    going.flush()


def found(coming: IO[bytes]) -> list[Found]:
    """A worker's answers to a handful.

    Raises
    ------
    EOFError
        If it died.
    CartellinoError
        What stopped it, a store that cannot be written for one.
    """
    said = processes.heard(coming)
    if isinstance(said, dict):
        raise processes.made(said)
    return [Found(_picture(picture), *others) for picture, *others in said]


def _picture(said: list[Any] | None) -> Picture | None:
    if said is None:
        return None
    digest, file, width, height, trim, mark, kind, changes = said
    return Picture(digest, file, width, height, Trim(*trim), mark, kind, tuple(changes))


def _ordered(coming: IO[bytes]) -> list[Order | None]:
    said = processes.heard(coming)
    return [each and Order(each[0], each[1], coming.read(each[2]), each[3]) for each in said]


def _done(store: PictureStore, handful: list[Order | None]) -> object:
    try:
        return [astuple(keep(store, each) if each else Found()) for each in handful]
    except Exception as error:  # whoever waits for the answer must learn of it
        return processes.told(error)
