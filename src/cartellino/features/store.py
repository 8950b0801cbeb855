"""The feature store: one vector for each picture, appended, read at random or in sequence.

Vectors lie one after another in a flat file of float32, and a small SQLite index says which row is which
picture's. Rows are on the disk before the index names them, so a process that dies leaves at most rows
that nobody names, and the next append writes over those. Why so: docs/decisions/feature-store.md.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError
from cartellino.features.index import Index, Places
from cartellino.files import digest, explained, one_writer

Vectors = npt.NDArray[np.float32]

_BLOCK = 4096  # digests looked up at a time
_UNUSUAL = re.compile(r"[^A-Za-z0-9._@+-]+")
_LONGEST = 80  # characters of a folder's name


class FeatureStore:
    """The vectors of one backbone over the pictures of a collection; safe to share between threads.

    Parameters
    ----------
    folder : Path
        The collection's ``features`` folder; each backbone and layout has its own folder in it.
    backbone_id, backbone_hash : str
        Whose vectors these are (`Backbone.id`, `Backbone.hash`).
    width : int
        Numbers in a vector.
    blocks : tuple of int
        Widths of the stages that a vector holds side by side (`Backbone.blocks`).

    Attributes
    ----------
    views : tuple of (str, int)
        This backbone and its width, as several views side by side would name theirs.

    Raises
    ------
    FeatureError
        If the folder holds vectors of another backbone, layout, preprocessing or width, or is damaged.
    StorageError
        If it cannot be opened or written.
    """

    def __init__(
        self,
        folder: Path,
        backbone_id: str,
        backbone_hash: str,
        width: int,
        blocks: tuple[int, ...] = (),
    ) -> None:
        self.backbone_id, self.backbone_hash, self.blocks = backbone_id, backbone_hash, blocks
        self.views = ((backbone_id, width),)
        self.folder, self.width = folder / _folder_name(backbone_id), width
        self._path = self.folder / "vectors.f32"
        self._row_bytes = width * 4
        self._lock = threading.RLock()
        self._writing: ExitStack | None = None
        self._index = Index(self.folder, backbone_id, backbone_hash, width)

    def count(self) -> int:
        """Pictures that have a vector."""
        with self._lock:
            return self._index.count()

    def missing(self, digests: Iterable[str]) -> list[str]:
        """Those of `digests` that have no vector yet, in their order."""
        absent: list[str] = []
        for block in _blocks(digests, _BLOCK):
            places = self._places(block)
            absent += [digest for digest, place in zip(block, places.tolist(), strict=True) if place < 0]
        return absent

    def append(self, digests: Sequence[str], vectors: Vectors) -> int:
        """Keep vectors, all of them or none; pictures that have one already keep it.

        The first append takes the store's write lock, which `close` gives back.

        Parameters
        ----------
        digests : sequence of str
            Digests of pictures.
        vectors : ndarray of float32, shape (n, width)
            Their vectors, finite.

        Returns
        -------
        int
            How many were new.

        Raises
        ------
        FeatureError
            If the vectors have another shape or type, or are not finite.
        CollectionError
            If another process is writing to this store.
        StorageError
            If the disk is full or cannot be written.
        """
        self._check(digests, vectors)
        with self._lock:
            self._take_lock()
            first = {digest: row for row, digest in reversed(list(enumerate(digests)))}
            new = self.missing(list(dict.fromkeys(digests)))
            start = self._index.count()
            self._write(start, vectors[[first[digest] for digest in new]])
            self._index.add(start, new)
        return len(new)

    def read(self, digests: Sequence[str]) -> Vectors:
        """Give the vectors of pictures, in their order.

        Returns
        -------
        ndarray of float32, shape (n, width)

        Raises
        ------
        FeatureError
            If a picture has no vector; it names the first few.
        """
        blocks = list(_blocks(digests, _BLOCK))
        places = np.concatenate([self._places(block) for block in blocks] or [np.empty(0, np.int64)])
        if (places < 0).any():
            raise _none_for([digests[row] for row in np.flatnonzero(places < 0).tolist()], str(self.folder))
        vectors = np.empty((len(digests), self.width), np.float32)
        if len(places):
            self._fill(vectors, places)
        return vectors

    def stream(self, batch: int = 1024) -> Iterator[tuple[list[str], Vectors]]:
        """Yield all digests and vectors in the order they were kept, `batch` at a time."""
        count = self.count()
        for start in range(0, count, batch):
            stop = min(start + batch, count)
            with self._lock:
                digests = self._index.digests(start, stop)
            yield digests, self.rows(start, stop)

    def rows(self, start: int, stop: int) -> Vectors:
        """Vectors `start` to `stop` (not included) in the order they were kept, float32 (n, width)."""
        vectors = np.empty((stop - start, self.width), np.float32)
        self._fill(vectors, np.arange(start, stop))
        return vectors

    def named(self, rows: Sequence[int]) -> list[str]:
        """Digests of single rows, in the order of `rows`."""
        with self._lock:
            return self._index.named(rows)

    def close(self) -> None:
        """Close the files and give the write lock back."""
        with self._lock:
            self._index.close()
            if self._writing is not None:
                self._writing.close()
                self._writing = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _places(self, digests: list[str]) -> Places:
        with self._lock:
            return self._index.places(digests)

    def _check(self, digests: Sequence[str], vectors: Vectors) -> None:
        if vectors.dtype != np.float32 or vectors.shape != (len(digests), self.width):
            raise FeatureError(
                f"{len(digests):,} vectors of {self.width:,} numbers (float32) were to be kept, "
                f"and {vectors.dtype} of shape {vectors.shape} came",
                str(self.folder),
                "Use the backbone that the store was opened for.",
            )
        if not np.isfinite(vectors).all():
            raise FeatureError("a vector is not finite", str(self.folder), "Check the backbone's weights.")

    def _take_lock(self) -> None:
        if self._writing is None:
            with ExitStack() as stack:
                stack.enter_context(one_writer(self.folder / "write.lock", "extracting features"))
                self._writing = stack.pop_all()

    def _write(self, start: int, vectors: Vectors) -> None:
        try:
            self._path.touch()
            with self._path.open("r+b", buffering=0) as stream:
                stream.seek(start * self._row_bytes)
                _write_all(stream, vectors)
                os.fsync(stream.fileno())
        except OSError as error:
            raise explained(error, self._path) from error

    def _fill(self, vectors: Vectors, places: Places) -> None:
        """Read rows in the order they lie on the disk, each run of neighbours in one go."""
        order = np.argsort(places, kind="stable")
        breaks = np.flatnonzero((np.diff(places[order]) != 1) | (np.diff(order) != 1)) + 1
        ends = [*breaks.tolist(), len(order)]
        try:
            with self._path.open("rb", buffering=0) as stream:
                for begin, end in zip([0, *ends], ends, strict=False):
                    stream.seek(int(places[order[begin]]) * self._row_bytes)
                    self._read_into(stream, vectors[order[begin] : order[begin] + end - begin])
        except OSError as error:
            raise explained(error, self._path) from error

    def _read_into(self, stream: BinaryIO, rows: Vectors) -> None:
        view = _bytes(rows)
        while view:
            got = stream.readinto(view)  # type: ignore[attr-defined]
            if not got:
                raise FeatureError(
                    "the file of vectors ends early",
                    str(self._path),
                    "Copy it again in full, or remove its folder and extract the features anew.",
                )
            view = view[got:]


def _folder_name(backbone_id: str) -> str:
    """A name that every system allows; those of hubs and folders hold slashes, and may be long."""
    name = backbone_id.replace(":", "-")
    plain = _UNUSUAL.sub("-", name)[-_LONGEST:]
    return name if plain == name else f"{plain.strip('-.')}-{digest(backbone_id.encode())[:8]}"


def _write_all(stream: BinaryIO, rows: Vectors) -> None:
    view = _bytes(rows)
    while view:
        view = view[stream.write(view) :]


def _bytes(rows: Vectors) -> memoryview:
    return rows.reshape(-1).view(np.uint8).data


def _blocks(items: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(items)
    while block := list(islice(iterator, size)):
        yield block


def _none_for(digests: list[str], where: str) -> FeatureError:
    named = ", ".join(digest[:12] for digest in digests[:3]) + (" …" if len(digests) > 3 else "")
    noun = "picture has" if len(digests) == 1 else "pictures have"
    return FeatureError(
        f"{len(digests):,} {noun} no features yet ({named})", where, "Extract them: cartellino features."
    )
