"""A small painted gallery, each picture of a known school, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from cartellino.acquire.gallery.brush import Hand
from cartellino.acquire.gallery.schools import SCHOOLS
from cartellino.progress import Silent

NAMES = tuple(SCHOOLS)


def painted(folder: Path, works: int, schools: int = 3, side: int = 160) -> tuple[Any, Any]:
    """Files (n,) and the places (n,) of their schools, in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    y = np.arange(works) % schools
    files = np.empty(works, object)
    for place, school in enumerate(y.tolist()):
        random = np.random.default_rng([7, place])
        hand = Hand(*random.uniform(0.2, 0.8, 4))
        image = SCHOOLS[NAMES[school]].paint(random, (side, side * 4 // 5), hand).image
        files[place] = str(folder / f"{place:03d}.png")
        image.convert("RGB").save(files[place])
    return files, y


class Told(Silent):
    """Progress that remembers."""

    def __init__(self) -> None:
        self.tasks: list[tuple[str, int | None]] = []
        self.advanced = 0

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.tasks.append((task, total))

    def advance(self, count: int = 1) -> None:
        self.advanced += count
