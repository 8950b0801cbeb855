"""A small real collection with features that are made up, for tests."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from cartellino.features.store import FeatureStore
from curate.museum import hang, opened, unlike

SCHOOLS = ("Dutch", "Italian", "Chinese")


class Museum:
    """Works of three schools, every fourth with two pictures; features begin with the work's key."""

    def __init__(self, folder: Path, works: int, featured: int | None = None) -> None:
        rows = [{"id": f"w{n}", "school": SCHOOLS[n % 3]} for n in range(works)]
        names = {f"w{n}": [f"w{n}-{view}" for view in range(1 + (n % 4 == 0))] for n in range(works)}
        shown = {work: [(name, unlike(name)) for name in views] for work, views in names.items()}
        self.catalogue = opened(folder)
        self.keys = hang(self.catalogue, rows, shown)
        self.store = FeatureStore(folder / "features", "made:up", "e" * 64, 4)
        random = np.random.default_rng(0)
        for n in range(works if featured is None else featured):
            for name in names[f"w{n}"]:
                looks = np.eye(3)[n % 3] * 3 + random.normal(0, 1, 3)
                vector = np.array([[self.keys[f"w{n}"], *looks]], np.float32)
                self.store.append([hashlib.sha256(name.encode()).hexdigest()], vector)
