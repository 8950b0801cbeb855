"""Pictures decoded once, to squares of bytes that every epoch reads again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from cartellino.errors import PictureError
from cartellino.features import preprocessing
from cartellino.features.preprocessing import Shown
from cartellino.files import explained
from cartellino.progress import Progress, Silent

Pixels = npt.NDArray[np.uint8]

_SHARE = 64  # pictures decoded between two words to who is told


def listed(X: Any) -> list[Shown]:
    """The pictures that an estimator is given, (n,) or (n, 1): names of files, or `Shown`.

    Raises
    ------
    ValueError
        If it is no such list.
    """
    entries = np.asarray(X, object)
    if entries.ndim == 2 and entries.shape[1] == 1:  # as scikit-learn's ensembles hand them on
        entries = entries[:, 0]
    if entries.ndim != 1:
        raise ValueError(f"pictures should be a list of files, not an array of shape {entries.shape}")
    return [_shown(entry) for entry in entries]


def _shown(entry: Any) -> Shown:
    if isinstance(entry, Shown):
        return entry
    if not isinstance(entry, (str, Path)):
        raise ValueError(f"a picture should be the name of a file, not {type(entry).__name__}")
    return Shown(Path(entry))


def squares(pictures: Sequence[Shown], side: int, channels: int) -> Pixels:
    """Decode pictures to squares, several at once.

    Parameters
    ----------
    pictures : sequence of Shown
        Files and what lies inside their borders.
    side : int
        Of the square.
    channels : int
        3 for RGB; 1 for grey (ITU-R BT.601, as Pillow weighs colours).

    Returns
    -------
    ndarray of uint8, shape (n, side, side, channels)

    Raises
    ------
    PictureError
        If one cannot be decoded: none is left out or replaced.
    """
    out = np.empty((len(pictures), side, side, channels), np.uint8)
    _decode(pictures, out, Silent())
    return out


def decoded(
    pictures: Sequence[Shown], side: int, channels: int, folder: Path | None, progress: Progress | None = None
) -> Pixels:
    """Decode pictures once: into memory, or into a file of `folder` that later runs open again.

    The file is named by what it holds (names, dates and sizes of the files, borders, side), and gets its
    name once it is whole and on the disk.

    Raises
    ------
    PictureError
        If one cannot be decoded.
    StorageError
        If the disk is full or the folder cannot be written.
    """
    told = progress or Silent()
    shape = (len(pictures), side, side, channels)
    if folder is None:
        held = np.empty(shape, np.uint8)
        _decode(pictures, held, told)
        return held
    path = folder / f"decoded-{_key(pictures, side, channels)}.bin"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _write(pictures, path, shape, told)
        return np.memmap(path, np.uint8, "r", shape=shape)
    except OSError as error:
        raise explained(error, path) from error


def _write(pictures: Sequence[Shown], path: Path, shape: tuple[int, ...], progress: Progress) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w+b") as stream:
            held = np.memmap(stream, np.uint8, "w+", shape=shape)
            _decode(pictures, held, progress)
            held.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _decode(pictures: Sequence[Shown], into: Pixels, progress: Progress) -> None:
    def one(place: int) -> None:
        square = preprocessing.squashed(pictures[place].file, pictures[place].trim, into.shape[1])
        grey = into.shape[3] == 1
        into[place] = np.asarray(Image.fromarray(square).convert("L"))[..., None] if grey else square

    progress.start("Decoding pictures", len(pictures), "pictures")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for begun in range(0, len(pictures), _SHARE):
            share = range(begun, min(begun + _SHARE, len(pictures)))
            list(pool.map(one, share))
            progress.advance(len(share))
    progress.finish()


def _key(pictures: Sequence[Shown], side: int, channels: int) -> str:
    told = hashlib.sha256(f"{preprocessing.VERSION} {side} {channels}".encode())
    for picture in pictures:
        state = _state(picture.file)
        told.update(repr((str(picture.file), picture.trim, state.st_size, state.st_mtime_ns)).encode())
    return told.hexdigest()[:32]


def _state(file: Path) -> os.stat_result:
    try:
        return file.stat()
    except OSError as error:
        raise PictureError(f"the picture is gone ({error})", str(file), "Add its source again.") from error
