"""Vectors that were computed in this process, kept as long as there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cartellino.errors import PictureError
from cartellino.features.preprocessing import Shown
from cartellino.files import digest_of, explained
from cartellino.records import Trim

Vector = npt.NDArray[np.float32]
Key = tuple[str, str, Trim | None]  # hash of the view, digest of the file, what is shown of it

_ROOM = 512 * 2**20  # bytes of vectors: 60,000 pictures of the default backbone
_FILES = 1_000_000  # digests of files that are remembered


class Memory:
    """The newest vectors by view and contents of the picture; safe to share between threads.

    Parameters
    ----------
    room : int
        Bytes that the vectors may take.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._room, self._taken = room, 0
        self._vectors: OrderedDict[Key, Vector] = OrderedDict()
        self._digests: dict[tuple[str, int, int], str] = {}
        self._lock = threading.Lock()

    def key(self, view_hash: str, shown: Shown) -> Key:
        """Under which a picture's vector is kept; a file that has changed has another.

        Raises
        ------
        PictureError
            If there is no such file.
        """
        return view_hash, self._digest(shown.file), shown.trim

    def get(self, key: Key) -> Vector | None:
        """The vector kept under `key`, if it still is."""
        with self._lock:
            if key in self._vectors:
                self._vectors.move_to_end(key)
            return self._vectors.get(key)

    def keep(self, key: Key, vector: Vector) -> None:
        """Keep a vector; those that were not asked for longest make room."""
        with self._lock:
            if key not in self._vectors:
                self._taken += vector.nbytes
            self._vectors[key] = vector
            while self._taken > self._room and len(self._vectors) > 1:
                self._taken -= self._vectors.popitem(last=False)[1].nbytes

    def _digest(self, file: Path) -> str:
        try:
            told = file.stat()
            seen = (str(file), told.st_size, told.st_mtime_ns)
            digest = self._digests.get(seen) or digest_of(file)
        except OSError as error:
            reason = explained(error, file)
            raise PictureError(reason.what, reason.where, reason.do) from error
        if len(self._digests) < _FILES:
            self._digests[seen] = digest
        return digest
