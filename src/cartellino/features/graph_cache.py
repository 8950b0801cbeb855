"""Built graphs, kept in the user's cache folder and checked before use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cartellino.errors import CartellinoError
from cartellino.files import digest, write_bytes

_BUILDING = threading.Lock()  # two threads that need the same graph build it once


def kept(name: str, build: Callable[[], bytes]) -> bytes:
    """Give the graph called `name` from the cache, or build it and put it there.

    The digest of the contents is part of the file's name, so that a damaged file is noticed and built
    anew instead of giving other vectors. A cache that cannot be written is done without.

    Parameters
    ----------
    name : str
        A name that changes with anything that would change the graph.
    build : callable
        Makes the graph's bytes.
    """
    with _BUILDING:
        return _found(name) or _built(name, build)


def _found(name: str) -> bytes | None:
    for path in sorted(_folder().glob(f"{name}.*.onnx")):
        data = _sound(path)
        if data is not None:
            return data
    return None


def _built(name: str, build: Callable[[], bytes]) -> bytes:
    data = build()
    with suppress(CartellinoError):  # built again next time: half a second, and no reason to stop
        write_bytes(_folder() / f"{name}.{digest(data)[:32]}.onnx", data)
    return data


def _sound(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if path.name.split(".")[-2] == digest(data)[:32] else None


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("cartellino", appauthor=False) / "graphs"
