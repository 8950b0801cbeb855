"""A backbone of another package, small and quick: the mean colour of a picture."""

from __future__ import annotations

import time

import numpy as np

from cartellino.features.backbone import Backbone, Pixels, Session, Vectors, hashed


class Tiny(Backbone):
    """Three numbers for each picture; `pause` seconds for each call make it as slow as a network."""

    name, size, width = "tiny", 8, 3

    def __init__(self, layout: str = "", pause: float = 0.0) -> None:
        super().__init__()
        self.id, self.hash, self.pause = f"tiny:{layout or 'mean'}", hashed(layout=layout), pause

    def _session(self) -> Session:
        def embed(batch: Pixels) -> Vectors:
            time.sleep(self.pause)
            return batch.mean(axis=(1, 2), dtype=np.float32)

        return embed
