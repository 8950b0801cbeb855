"""A small real collection whose features are made up: three cultures, two works not what they seem."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cartellino import collection
from web.museum import Piece, hang

CULTURES = ("Chinese", "Dutch", "Japanese")
WORKS = 75
WRONG = "c10"  # looks Japanese, is catalogued as Dutch
ALSO_WRONG = "c30"  # looks Dutch, is catalogued as Chinese
LOOKS = {WRONG: 2, ALSO_WRONG: 1}
PAGE = "c20"  # its second picture is a page of writing


def made(folder: Path) -> Path:
    """Hang the works, give them features, and freeze the label set ``culture``."""
    pieces = [
        Piece(
            f"c{n}",
            f"Work {n}",
            CULTURES[n % 3],
            sizes=((300, 200), (200, 300)) if f"c{n}" == PAGE else ((300, 200),),
        )
        for n in range(WORKS)
    ]
    hang(folder, pieces)
    random = np.random.default_rng(5)
    with collection.open(folder) as museum, museum.feature_store() as store:
        for n, piece in enumerate(pieces):
            looks = LOOKS.get(piece.id, n % 3)
            for picture in museum.catalogue.pictures.of(museum.catalogue.works.key(piece.id)):
                vector = random.normal(0, 1, (1, store.width)).astype(np.float32)
                vector[0, looks * 40 : looks * 40 + 40] += 2.5
                store.append([picture.digest], vector)
        # Painted alike: as near-duplicates they would all be kin.
        museum.labels.define("culture", field="culture", duplicates=False)
    return folder
