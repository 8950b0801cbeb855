"""Descriptors on the disc: as many rows a picture as it has keypoints, a few hundred pictures a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.words.detectors import Detector, Local
from cartellino.errors import FeatureError
from cartellino.files import digest, write_bytes

_OPEN = 8  # files whose rows are held in memory at a time
_ENDING = ".safetensors"


class LocalStore:
    """What a detector found, by picture.

    Each file is written whole and never changed, and is called by what it holds, so that two processes may
    write side by side and a kill costs what was not yet written. Nothing in it depends on a label.

    Parameters
    ----------
    folder : Path
        Gets a folder for each way to detect.
    detector : Detector
        Whose descriptors these are.
    """

    def __init__(self, folder: Path, detector: Detector) -> None:
        self.folder = folder / f"{detector.name}-{detector.hash[:16]}"
        self._places: dict[str, tuple[Path, int]] = {}
        self._read: set[Path] = set()
        self._opened = lru_cache(maxsize=_OPEN)(_tensors)
        self.refresh()

    def refresh(self) -> None:
        """Learn of files that were written since."""
        for path in sorted(set(self.folder.glob(f"*{_ENDING}")) - self._read):
            self._index(path, _keys(path))

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def get(self, key: str) -> Local:
        """What was found in the picture of this key.

        Raises
        ------
        KeyError
            If it was not asked for yet.
        FeatureError
            If its file is damaged.
        """
        path, place = self._places[key]
        tensors = self._opened(path)
        start, end = (int(cut) for cut in tensors["cuts"][place : place + 2])
        return Local(tensors["points"][start:end], tensors["rows"][start:end])

    def put(self, found: Mapping[str, Local]) -> None:
        """Keep what was found in some pictures, all or nothing.

        Raises
        ------
        StorageError
            If the disk is full or cannot be written.
        """
        from safetensors.numpy import save

        if not found:
            return
        data = save(_packed(found))
        path = self.folder / f"{digest(data)[:32]}{_ENDING}"
        write_bytes(path, data)
        self._index(path, list(found))

    def _index(self, path: Path, keys: Iterable[str]) -> None:
        self._read.add(path)
        self._places.update({key: (path, place) for place, key in enumerate(keys)})


def _packed(found: Mapping[str, Local]) -> dict[str, NDArray[Any]]:
    told = list(found.values())
    return {
        "keys": np.array([list(bytes.fromhex(key)) for key in found], np.uint8),
        "cuts": np.cumsum([0, *map(len, told)], dtype=np.int64),
        "points": np.concatenate([local.points for local in told]),
        "rows": np.concatenate([local.rows for local in told]),
    }


def _keys(path: Path) -> list[str]:
    """The keys of a file, without reading the rest of it."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as opened:
            return [key.tobytes().hex() for key in opened.get_tensor("keys")]
    except (OSError, SafetensorError) as error:
        raise _damaged(path, error) from error


def _tensors(path: Path) -> dict[str, NDArray[Any]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return dict(load(path.read_bytes()))
    except (OSError, SafetensorError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> FeatureError:
    return FeatureError(
        f"these descriptors cannot be read ({error})",
        str(path),
        "Remove the file; what it held will be computed anew.",
    )
