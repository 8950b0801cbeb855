"""What a worker is asked for and what it finds: one picture, from a file or from bytes that were fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cartellino.errors import PictureError
from cartellino.pictures import reading
from cartellino.pictures.store import PictureStore
from cartellino.records import Picture


@dataclass(frozen=True, slots=True)
class Order:
    """A picture to be kept.

    Parameters
    ----------
    base, address : str
        The file, as `reading.located` takes them; both '' for a picture that was fetched.
    data : bytes
        What was fetched.
    anew : bool
        Whether to decode a file even where the store may have it.
    """

    base: str = ""
    address: str = ""
    data: bytes = b""
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What became of it.

    Parameters
    ----------
    picture : Picture or None
        As it is kept now.
    reason : str
        Why it is not, as a clause.
    digest : str
        Of a file that was not decoded because the store may have it.
    stamp : str
        Of its file; '' if it was fetched, could not be read, or should be tried again by the next run.
    away : bool
        Whether it could not even be read.
    """

    picture: Picture | None = None
    reason: str = ""
    digest: str = ""
    stamp: str = ""
    away: bool = False


def keep(store: PictureStore, order: Order) -> Found:
    """Read a picture, and keep it if it can be trusted.

    Raises
    ------
    StorageError
        If the store cannot be written.
    """
    try:
        return _kept(store, order)
    except MemoryError:  # there may be enough of it another time
        return Found(reason="there is not enough memory to decode it")


def quarantine_stamp(store: PictureStore, stamp: str) -> str:
    """Names the cap too, so that raising it gives the file another chance."""
    return f"{stamp}-{store.settings.max_megapixels:g}"


def _kept(store: PictureStore, order: Order) -> Found:
    if not order.address:
        return _added(store, reading.File(order.data, "", ""))
    try:
        path = reading.located(Path(order.base), order.address)
        file = reading.read(path, store.settings.max_megapixels)
    except PictureError as error:
        return Found(reason=error.what, away=True)
    if not order.anew and store.may_have(file.digest):
        return Found(digest=file.digest, stamp=file.stamp)
    return _added(store, file)


def _added(store: PictureStore, file: reading.File) -> Found:
    try:
        return Found(store.add(file.data, file.digest), stamp=file.stamp)
    except PictureError as error:
        return Found(reason=error.what, stamp=file.stamp and quarantine_stamp(store, file.stamp))
